//! Changes, as they are reported.

use serde::Serialize;

use crate::catalog::Hospital;
use crate::text::Text;

/// What has changed between two datasets whose ids mean the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Changes {
    /// Hospitals that only the new one has.
    pub added: Vec<Named>,
    /// Hospitals that only the old one has.
    pub gone: Vec<Named>,
    /// Hospitals whose rows in the old one could not be read.
    pub unread_in_old: Vec<Unnamed>,
    /// Hospitals whose rows in the new one could not be read.
    pub unread_in_new: Vec<Unnamed>,
    /// How many rows of the old one could not be read and do not say whose they are.
    pub unknown_in_old: usize,
    /// How many rows of the new one could not be read and do not say whose they are.
    pub unknown_in_new: usize,
    /// Hospitals that have another name.
    pub renamed: Vec<Renamed>,
    /// Hospitals of which something else has changed.
    pub changed: Vec<Changed>,
    /// What the new one never says of any hospital.
    pub only_in_old: Vec<Heading>,
    /// What the old one never says of any hospital.
    pub only_in_new: Vec<Heading>,
}

/// A hospital.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Named {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// Where it lies.
    pub place: String,
}

/// A hospital that could not be read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unnamed {
    /// Its id.
    pub id: Text,
    /// Its name in the other dataset; none when that does not have it.
    pub name: Option<Text>,
}

/// A hospital with another name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Renamed {
    /// Its id.
    pub id: Text,
    /// Its name in the old dataset.
    pub from: Text,
    /// Its name in the new one.
    pub to: Text,
}

/// A hospital of which something has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changed {
    /// Its id.
    pub id: Text,
    /// Its name in the new dataset.
    pub name: Text,
    /// What has changed.
    pub changes: Vec<Change>,
}

/// Something that has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What: a fact, a heading, a list, a measure with its part.
    pub what: String,
    /// Whether it is a figure.
    pub is_figure: bool,
    /// What the old dataset says; none when it says nothing.
    pub from: Option<String>,
    /// What the new one says; none when it says nothing.
    pub to: Option<String>,
}

/// What one of the two datasets says of its hospitals and the other never does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heading {
    /// What: a fact, a heading, a measure.
    pub what: String,
    /// Whether it is a measure.
    pub is_figure: bool,
    /// Of how many hospitals.
    pub hospitals: usize,
}

impl Changes {
    /// Whether nothing has changed, as far as all could be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Named {
    pub(super) fn new(hospital: &Hospital) -> Self {
        Self { id: hospital.id.clone(), name: hospital.name.clone(), place: hospital.place.line() }
    }
}

impl Change {
    /// A change, unless both say the same.
    pub(super) fn new(what: &str, is_figure: bool, from: Option<String>, to: Option<String>) -> Option<Self> {
        (from != to).then(|| Self { what: what.to_owned(), is_figure, from, to })
    }
}

/// A statement with its caveat.
pub(super) fn with_caveat(text: String, caveat: Option<&str>) -> String {
    match caveat {
        Some(caveat) => format!("{text} (caveat: {caveat})"),
        None => text,
    }
}
