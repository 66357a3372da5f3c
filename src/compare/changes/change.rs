//! The report of changes between two editions. The fields are those of the JSON output.

use serde::Serialize;

use crate::catalog::Hospital;
use crate::text::Text;

/// The changes between two datasets that identify hospitals by the same scheme of ids.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Changes {
    /// Hospitals that only the new dataset has.
    pub added: Vec<HospitalName>,
    /// Hospitals that only the old dataset has.
    pub removed: Vec<HospitalName>,
    /// Hospitals whose rows in the old dataset could not be read.
    pub unread_in_old: Vec<UnreadHospital>,
    /// Hospitals whose rows in the new dataset could not be read.
    pub unread_in_new: Vec<UnreadHospital>,
    /// How many rows of the old dataset could not be read and have no id.
    pub unknown_in_old: usize,
    /// How many rows of the new dataset could not be read and have no id.
    pub unknown_in_new: usize,
    /// Hospitals whose name has changed.
    pub renamed: Vec<Renamed>,
    /// Hospitals with other changes.
    pub changed: Vec<Changed>,
    /// Columns and measures that the new dataset has for no hospital.
    pub only_in_old: Vec<UnmatchedField>,
    /// Columns and measures that the old dataset has for no hospital.
    pub only_in_new: Vec<UnmatchedField>,
}

/// A hospital by id, name and place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HospitalName {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// Its place in one line.
    pub place: String,
}

/// A hospital whose row could not be read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnreadHospital {
    /// Its id.
    pub id: Text,
    /// Its name in the other dataset, if that dataset has the hospital.
    pub name: Option<Text>,
}

/// A hospital whose name has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Renamed {
    /// Its id.
    pub id: Text,
    /// Its name in the old dataset.
    pub from: Text,
    /// Its name in the new dataset.
    pub to: Text,
}

/// A hospital with changes other than its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changed {
    /// Its id.
    pub id: Text,
    /// Its name in the new dataset.
    pub name: Text,
    /// Its changes.
    pub changes: Vec<Change>,
}

/// One change of one hospital.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The label of the column, list or measure; of a measure with the part of the hospital.
    pub what: String,
    /// Whether a figure has changed.
    pub is_figure: bool,
    /// The old value, if the old dataset has one.
    pub from: Option<String>,
    /// The new value, if the new dataset has one.
    pub to: Option<String>,
}

/// A column or measure that only one of the two datasets has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnmatchedField {
    /// Its label.
    pub what: String,
    /// Whether it is a measure.
    pub is_figure: bool,
    /// How many hospitals have a value for it.
    pub hospitals: usize,
}

impl Changes {
    /// Whether nothing has changed and every row could be read.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl HospitalName {
    pub(super) fn new(hospital: &Hospital) -> Self {
        Self { id: hospital.id.clone(), name: hospital.name.clone(), place: hospital.place.line() }
    }
}

impl Change {
    /// A change, unless both values are equal.
    pub(super) fn new(what: &str, is_figure: bool, from: Option<String>, to: Option<String>) -> Option<Self> {
        (from != to).then(|| Self { what: what.to_owned(), is_figure, from, to })
    }
}

/// `text` followed by its caveat.
pub(super) fn with_caveat(text: String, caveat: Option<&str>) -> String {
    match caveat {
        Some(caveat) => format!("{text} (caveat: {caveat})"),
        None => text,
    }
}
