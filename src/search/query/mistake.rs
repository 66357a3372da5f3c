//! What is wrong with a query.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use crate::search::query::field::QueryField;
use crate::search::query::token::{Operator, Token};
use crate::text::{Text, clean, clip, width};

/// A part of a query that cannot be understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    /// What is wrong with it.
    pub kind: MistakeKind,
    /// Where it stands in the query, in bytes.
    pub at: Range<usize>,
}

/// What is wrong with a part of a query. Its text names the fix.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MistakeKind {
    /// A field, which is text, is compared with a value as if it were a number.
    FieldIsText {
        /// The field.
        field: QueryField,
        /// The value.
        value: String,
    },
    /// An order is asked for with another operator than `:` or `=`, or with `!`.
    NotAnOrder(String),
    /// Nothing is asked of a field.
    NoValue {
        /// The field.
        field: QueryField,
        /// What some hospital says in it; empty where none is known.
        example: String,
    },
    /// Nothing is asked of the measure of that name.
    NoTest(String),
    /// A measure is compared with nothing.
    NoNumber {
        /// The name of the measure.
        name: String,
        /// A number that some hospital has.
        example: Option<f64>,
    },
    /// A measure is compared with what is no number.
    NotANumber {
        /// The name of the measure.
        name: String,
        /// What was typed.
        value: String,
        /// A number that some hospital has.
        example: Option<f64>,
    },
    /// No order has that name.
    UnknownOrder {
        /// The name.
        name: String,
        /// A measure that hospitals have.
        example: Option<Text>,
    },
    /// The name is a part of the names of several fields or measures.
    SeveralNames {
        /// What was typed.
        name: String,
        /// The names.
        names: Vec<String>,
    },
    /// No place is named.
    NoPlace,
    /// The degrees are of no point on the globe.
    NotOnGlobe(String),
    /// The files do not say where the hospitals of that id or that city lie.
    NoCoordinates(String),
    /// No hospital lies in a city of that name.
    UnknownPlace {
        /// The name.
        place: String,
        /// The city that was probably meant.
        meant: Option<Text>,
    },
    /// Several cities have that name.
    SeveralPlaces {
        /// The name.
        place: String,
        /// The cities with their regions.
        places: Vec<Text>,
    },
    /// What was typed is no distance.
    NoDistance(String),
    /// A distance is asked for, and no place to measure it from.
    WithinNothing,
    /// No field or measure has that name.
    UnknownName {
        /// The name.
        name: String,
        /// The part of the query in which it stands.
        part: String,
        /// The known name that was probably meant.
        meant: Option<String>,
    },
    /// An order or a place is joined by `or`.
    NoAlternative,
    /// There are more ways to satisfy the query than so many.
    TooManyAlternatives(usize),
    /// The query is longer than so many characters.
    TooLong(usize),
}

impl MistakeKind {
    /// Whether it is wrong how a place is named.
    pub(super) fn is_of_place(&self) -> bool {
        matches!(
            self,
            Self::NoPlace
                | Self::NotOnGlobe(_)
                | Self::NoCoordinates(_)
                | Self::UnknownPlace { .. }
                | Self::SeveralPlaces { .. }
        )
    }
}

fn short(text: &str, most: usize) -> String {
    clip(&Text::clean(text), most).into_owned()
}

/// The first of some names, and how many more there are.
fn listed(names: &[impl AsRef<str>]) -> String {
    /// Most names listed.
    const MOST: usize = 5;
    let first: Vec<String> = names.iter().take(MOST).map(|name| short(name.as_ref(), 40)).collect();
    let more = names.len().saturating_sub(MOST);
    let more = if more > 0 { format!("; {more} more") } else { String::new() };
    format!("{}{more}", first.join(", "))
}

/// A condition with a number that hospitals have: `, as in beds>320`.
fn with_number(name: &str, example: Option<f64>) -> String {
    example.map_or(String::new(), |number| format!(", as in {name}>={number}"))
}

impl fmt::Display for MistakeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FieldIsText { .. } | Self::NoValue { .. } => self.fmt_of_field(f),
            Self::NoPlace
            | Self::NotOnGlobe(_)
            | Self::NoCoordinates(_)
            | Self::UnknownPlace { .. }
            | Self::SeveralPlaces { .. }
            | Self::NoDistance(_)
            | Self::WithinNothing => self.fmt_of_place(f),
            Self::NotAnOrder(name) => write!(f, "to sort, write sort:{}", short(name, 20)),
            Self::NoTest(name) => write!(f, "{name}: needs none, any or a number, as in {name}:none"),
            Self::NoNumber { name, example } => write!(f, "{name} needs a number{}", with_number(name, *example)),
            Self::NotANumber { name, value, example } => {
                write!(f, "“{}” is no number; write digits{}", short(value, 20), with_number(name, *example))
            }
            Self::UnknownOrder { name, example } => {
                let example = example.as_ref().map_or(String::new(), |id| format!(", as in sort:{id}"));
                let name = short(name, 20);
                write!(f, "nothing is called “{name}” to sort by; write sort:name, sort:place or a measure{example}")
            }
            Self::SeveralNames { name, names } => {
                write!(f, "“{}” may be several: {}", short(name, 20), listed(names))
            }
            Self::UnknownName { name, part, meant } => {
                write!(f, "no field or measure is called “{}”; ", short(name, 20))?;
                match meant {
                    Some(meant) => write!(f, "did you mean {meant}?"),
                    None => write!(f, "to search the text itself, quote it: \"{}\"", short(part, 30)),
                }
            }
            Self::NoAlternative => {
                write!(f, "or joins words and conditions; to search the word, quote it: \"or\"")
            }
            Self::TooManyAlternatives(most) => {
                write!(f, "not searched: the alternatives make more than {most} combinations; ask for fewer at a time")
            }
            Self::TooLong(most) => write!(f, "not searched: a query has at most {most} characters; shorten it"),
        }
    }
}

impl MistakeKind {
    fn fmt_of_field(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let condition = |field: &QueryField, value: &str| {
            short(&Token::condition(&field.name(), Operator::Colon, value).to_string(), 40)
        };
        match self {
            Self::FieldIsText { field, value } => {
                write!(f, "{} is text; write {}", field.name(), condition(field, value))
            }
            Self::NoValue { field, example } if example.is_empty() => {
                write!(f, "{}: needs a value; no hospital says anything there", field.name())
            }
            Self::NoValue { field, example } => {
                write!(f, "{}: needs a value, as in {}", field.name(), condition(field, example))
            }
            _ => Ok(()),
        }
    }

    fn fmt_of_place(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOnGlobe(degrees) => write!(
                f,
                "“{}” is no point on the globe; write degrees north and east, as in near:42.36,-71.06",
                short(degrees, 30)
            ),
            Self::NoCoordinates(place) => write!(
                f,
                "no file says where “{}” lies; write degrees north and east, as in near:42.36,-71.06",
                short(place, 30)
            ),
            Self::UnknownPlace { place, meant } => {
                write!(f, "no hospital has the id or the city “{}”; ", short(place, 30))?;
                match meant {
                    Some(city) => write!(f, "did you mean near:\"{}\"?", short(city, 30)),
                    None => write!(f, "write degrees north and east, as in near:42.36,-71.06"),
                }
            }
            Self::SeveralPlaces { place, places } => {
                let quoted: Vec<String> = places.iter().map(|place| format!("near:\"{place}\"")).collect();
                write!(f, "there are several of “{}”: {}", short(place, 30), listed(&quoted))
            }
            Self::NoDistance(_) => {
                write!(f, "within: needs a distance with its unit, as in within:25km or within:10mi")
            }
            Self::WithinNothing => write!(f, "within: needs a place, as in near:42.36,-71.06 or near:\"Boston\""),
            _ => write!(f, "near: needs a place: degrees, the id of a hospital, or a city, as in near:42.36,-71.06"),
        }
    }
}

impl Mistake {
    /// The query with the mistake pointed at, and what is wrong with it, cleaned for a terminal.
    #[must_use]
    pub(crate) fn pointed_at(&self, query: &str) -> String {
        let part = |range: Range<usize>| clean(query.get(range).unwrap_or_default()).into_owned();
        // Cleaning trims, so that the spaces between the parts are put back.
        let before = part(0..self.at.start);
        let before = if before.is_empty() { before } else { before + " " };
        let (wrong, after) = (part(self.at.clone()), part(self.at.end..query.len()));
        let marks = "^".repeat(width(&wrong).max(1));
        let lead = " ".repeat(width(&before));
        format!("{}\n{lead}{marks} {self}", format!("{before}{wrong} {after}").trim_end())
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl Error for Mistake {}
