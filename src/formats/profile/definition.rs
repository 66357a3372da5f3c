//! What a profile says.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::catalog::{Family, Measure, MeasureTable, Missing, Period};
use crate::formats::profile::row_definition::MeasureRows;
use crate::text::Text;

/// Which columns of a dataset mean what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Where the schema stands, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Text>,
    /// A name of its own: lower case, digits and hyphens.
    pub id: Text,
    /// What a dataset of this kind is called.
    pub title: Text,
    /// Headings by which such a dataset is known: any of the lists, every heading in it. Left out, it is only used
    /// when it is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matches: Vec<Vec<Text>>,
    /// The built-in profile that is followed in what is left out here: ids, publisher, address, language, constants, missing
    /// texts and footnotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<Text>,
    /// Whose ids the id column has, such as `cms-ccn`: hospitals of one id in two editions are one hospital.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<Text>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Text>,
    /// Where it is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Text>,
    /// Its language, as in BCP 47.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Text>,
    /// What a reader should know of it, its licence among that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// The columns of names, places and facts.
    pub columns: ProfileColumns,
    /// What holds for every row.
    #[serde(default, skip_serializing_if = "Constants::is_empty")]
    pub constants: Constants,
    /// How many digits its ids have. Ids of fewer digits, which a spreadsheet has stripped of their zeros, get them back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_digits: Option<usize>,
    /// The columns of files that have several rows a hospital: a row a measure, or a row a period.
    #[serde(default, skip_serializing_if = "MeasureRows::is_empty")]
    pub rows: MeasureRows,
    /// Headings of the column with the date or year that a row's figures were counted in, for figures that name none of
    /// their own. Left out, the edition's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub period: Vec<Text>,
    /// The columns of figures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<FigureColumn>,
    /// Families of measures that the built-in table does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub families: Vec<Family>,
    /// Measures that the built-in table does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Texts that mean that there is no value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingText>,
    /// Codes of the footnote columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<Footnote>,
    /// How headings tell the edition, where neither the file nor its name says a year; the first that fits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<EditionOf>,
    /// What the columns of a file are headed, with examples of their values, for whoever fills the profile in. It is not
    /// read. `#1` is the first column of a file without headings, and names it in `columns` and `figures`, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<HeadingExamples>,
}

/// What a column is headed, with examples of its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HeadingExamples {
    /// The heading.
    pub heading: Text,
    /// Some of its values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Text>,
}

/// The columns of names, places and facts. Each lists headings; `*` at the end matches any ending. Of several columns
/// that a row fills the first counts, except that aliases are all taken, and the parts of an address joined.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Columns", bound = "T: schemars::JsonSchema + Serialize + AsRef<[Text]> + Default"))]
#[serde(
    deny_unknown_fields,
    default,
    bound(serialize = "T: Serialize + AsRef<[Text]>", deserialize = "T: Deserialize<'de> + Default")
)]
pub struct ProfileColumns<T = Vec<Text>> {
    /// The id. Without one, ids are made from name and place.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub id: T,
    /// The name. A row without one is rejected.
    pub name: T,
    /// The name in the country's own script.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub native_name: T,
    /// Other names.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub aliases: T,
    /// City or town.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub city: T,
    /// Province, state or region.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub region: T,
    /// Country.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub country: T,
    /// Degrees north.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub latitude: T,
    /// Degrees east.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub longitude: T,
    /// What kind of hospital it is.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub kind: T,
    /// Its grade in the country's system.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub grade: T,
    /// Who owns it.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub ownership: T,
    /// When it was founded or opened.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub founded: T,
    /// Whether it is open, closed, planned.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub status: T,
    /// The parts of its street, such as its number; joined by spaces in the order of the file, before the address.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub street: T,
    /// The parts of its address, in order.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub address: T,
    /// Its telephone number.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub phone: T,
    /// Its web address.
    #[serde(skip_serializing_if = "is_unnamed")]
    pub website: T,
}

fn is_unnamed(headings: &impl AsRef<[Text]>) -> bool {
    headings.as_ref().is_empty()
}

/// Hands the names of all columns, which are the fields of [`ProfileColumns`], to a macro.
macro_rules! each_column {
    ($with:ident) => {
        $with!(id name native_name aliases city region country latitude longitude kind grade ownership founded status street address phone website)
    };
}

impl<T> ProfileColumns<T> {
    /// The same columns, each as `change` makes it.
    pub(crate) fn map<U>(&self, mut change: impl FnMut(&T) -> U) -> ProfileColumns<U> {
        macro_rules! changed {
            ($($column:ident)*) => { ProfileColumns { $($column: change(&self.$column)),* } };
        }
        each_column!(changed)
    }

    /// All columns, each with its name in profiles.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &T)> {
        macro_rules! listed {
            ($($column:ident)*) => { [$((stringify!($column), &self.$column)),*] };
        }
        each_column!(listed).into_iter()
    }
}

/// What holds for every row of a dataset whose columns do not say it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Constants {
    /// The country of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Text>,
    /// The region of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Text>,
    /// The kind of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Text>,
}

/// A column of figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FigureColumn {
    /// Its headings; the first that a dataset has is read.
    pub columns: Vec<Text>,
    /// The id of the measure.
    pub measure: Text,
    /// Headings of the column with its footnote codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<Text>,
    /// Headings of the column with the date or year that it was counted in. Left out, the profile's `period`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub period: Vec<Text>,
}

/// A text that means that there is no value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MissingText {
    /// The text, in any case of letters.
    pub text: Text,
    /// Why there is no value.
    pub reason: Missing,
}

/// What a footnote code means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Footnote {
    /// The code.
    pub code: Text,
    /// A few words by which the footnote is known where an edition writes it out instead of its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<Text>,
    /// Why there is no value, when it explains that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Missing>,
    /// What it says, in a sentence.
    #[serde(rename = "says")]
    pub text: Text,
}

/// An edition that headings tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EditionOf {
    /// Headings that only such an edition has, every one.
    pub headings: Vec<Text>,
    /// Its years: `2017`, `2016/2019`, or `2023/..` for that year or later.
    pub edition: Text,
}

/// Why a profile cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProfileError {
    /// It is no profile: where, and what is wrong there.
    Syntax {
        /// The path to the field.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// Something follows it.
    Trailing(String),
    /// It names no column for the hospitals' names.
    NoNameColumn,
    /// A column of figures is of an undefined measure.
    UnknownMeasure(Text),
    /// A column of figures is of a measure that is calculated.
    CalculatedMeasure(Text),
    /// An edition that cannot be read.
    InvalidEdition(Text),
    /// It follows a profile that is not built in.
    UnknownProfile(Text),
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { path, message } => {
                write!(f, "at `{path}`: {message}; `hospitui profile FILE` writes one to start from")
            }
            Self::Trailing(message) => write!(f, "more text follows the profile: {message}; remove it"),
            Self::NoNameColumn => f.write_str("`columns.name` is empty; say which column holds the hospitals' names"),
            Self::UnknownMeasure(id) => {
                write!(f, "the measure `{id}` is neither built in nor defined under `measures`; define it there")
            }
            Self::CalculatedMeasure(id) => {
                write!(f, "the measure `{id}` is calculated, not stated; name one that sources state")
            }
            Self::UnknownProfile(id) => write!(f, "it is like `{id}`, which is no built-in profile"),
            Self::InvalidEdition(text) => write!(f, "`{text}` is no edition; write 2017, 2016/2019 or 2023/.."),
        }
    }
}

impl std::error::Error for ProfileError {}

impl Profile {
    /// Takes what is left out from another profile.
    pub(super) fn follow(&mut self, other: &Self) {
        fn fill<T: Clone + Default + PartialEq>(own: &mut T, other: &T) {
            if *own == T::default() {
                own.clone_from(other);
            }
        }
        fill(&mut self.ids, &other.ids);
        fill(&mut self.id_digits, &other.id_digits);
        fill(&mut self.publisher, &other.publisher);
        fill(&mut self.address, &other.address);
        fill(&mut self.language, &other.language);
        fill(&mut self.constants, &other.constants);
        fill(&mut self.missing, &other.missing);
        fill(&mut self.footnotes, &other.footnotes);
    }

    /// The measure of that id: its own, or a built-in one.
    #[must_use]
    pub(crate) fn measure(&self, id: &str) -> Option<&Measure> {
        let local = self.measures.iter().find(|measure| *measure.id == *id);
        local.or_else(|| MeasureTable::standard().get(id))
    }

    /// Whether what it refers to is there.
    ///
    /// # Errors
    ///
    /// What is wrong, with a fix.
    pub fn check(&self) -> Result<(), ProfileError> {
        if self.columns.name.is_empty() {
            return Err(ProfileError::NoNameColumn);
        }
        for FigureColumn { measure: id, .. } in &self.figures {
            let measure = self.measure(id).ok_or_else(|| ProfileError::UnknownMeasure(id.clone()))?;
            if measure.formula.is_some() {
                return Err(ProfileError::CalculatedMeasure(id.clone()));
            }
        }
        let invalid = self.editions.iter().find(|one| Period::edition(&one.edition).is_none());
        invalid.map_or(Ok(()), |one| Err(ProfileError::InvalidEdition(one.edition.clone())))
    }
}

impl Profile {
    /// Whether it names columns by their position, `#1`, so that a file has no line of headings.
    #[must_use]
    pub(crate) fn is_by_position(&self) -> bool {
        let is_position = |name: &Text| {
            let digits = name.strip_prefix('#').unwrap_or_default();
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        !self.columns.name.is_empty() && self.columns.name.iter().all(is_position)
    }
}

/// The names of that many columns of a file without headings.
#[must_use]
pub(crate) fn positions(columns: usize) -> Vec<Text> {
    (1..=columns).map(|at| Text::clean(&format!("#{at}"))).collect()
}

impl Constants {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An id made from a title: its letters and digits in lower case, with hyphens between.
#[must_use]
pub(crate) fn id_of(title: &str) -> Text {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    Text::clean(&words.join("-"))
}
