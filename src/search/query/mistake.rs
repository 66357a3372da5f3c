//! What is wrong with a query.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use crate::search::query::field::QueryField;
use crate::search::query::token::{Operator, Token};
use crate::text::{Text, clean, clip, width};

/// A part of a query that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong with it.
    pub kind: MistakeKind,
    /// Where it stands in the query, in bytes.
    pub at: Range<usize>,
}

/// What is wrong with a part of a query. Its text names the fix.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    NoValue(QueryField),
    /// Nothing is asked of the measure of that name.
    NoTest(String),
    /// The measure of that name is compared with nothing.
    NoNumber(String),
    /// A measure is compared with what is no number.
    NotANumber {
        /// The name of the measure.
        name: String,
        /// What was typed.
        value: String,
    },
    /// No order has that name.
    UnknownOrder(String),
    /// No field or measure has that name.
    UnknownName {
        /// The name.
        name: String,
        /// The part of the query in which it stands.
        part: String,
        /// The known name that was probably meant.
        meant: Option<String>,
    },
    /// The query is longer than so many characters.
    TooLong(usize),
}

impl fmt::Display for MistakeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = |text: &str, most| clip(&Text::clean(text), most).into_owned();
        match self {
            Self::FieldIsText { field, value } => {
                let condition = Token::condition(field.name(), Operator::Colon, value).to_string();
                write!(f, "{} is text; write {}", field.name(), short(&condition, 40))
            }
            Self::NotAnOrder(name) => write!(f, "to sort, write sort:{}", short(name, 20)),
            Self::NoValue(field) => write!(f, "{0}: needs a value, as in {0}:{1}", field.name(), field.example()),
            Self::NoTest(name) => write!(f, "{name}: needs none, any or a number, as in {name}:none"),
            Self::NoNumber(name) => write!(f, "{name} needs a number, as in {name}>1000"),
            Self::NotANumber { name, value } => {
                write!(f, "“{}” is no number; write digits, as in {name}>1000", short(value, 20))
            }
            Self::UnknownOrder(name) => write!(
                f,
                "nothing is called “{}” to sort by; write sort:name, sort:place or a measure, as in sort:beds",
                short(name, 20)
            ),
            Self::UnknownName { name, part, meant } => {
                write!(f, "no field or measure is called “{}”; ", short(name, 20))?;
                match meant {
                    Some(meant) => write!(f, "did you mean {meant}?"),
                    None => write!(f, "to search the text itself, quote it: \"{}\"", short(part, 30)),
                }
            }
            Self::TooLong(most) => write!(f, "not searched: a query has at most {most} characters; shorten it"),
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
