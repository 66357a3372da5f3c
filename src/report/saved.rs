//! Comparisons saved to a file, so that they can be replayed later.
//!
//! The file has the catalogs with their SHA-256, the two hospitals with their datasets, and the values of each row.
//! Replaying it compares the same hospitals again and lists what has changed.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::catalog::{Catalog, Figure, Observed};
use crate::compare::Answer;
use crate::formats::Input;
use crate::report::json;
use crate::report::view::{ComparisonView, Entry, LimitView, SideView, ValueView};
use crate::report::wording;
use crate::text::Text;

/// The format and version of the file.
const FORMAT: &str = "hospitui comparison 1";

/// Why a comparison cannot be saved or read.
#[derive(Debug)]
#[non_exhaustive]
pub enum SaveError {
    /// The path of a catalog, named here, is not UTF-8.
    PathNotUtf8(Text),
    /// The file is not a saved comparison.
    NotSaved(serde_json::Error),
    /// The file has another format or version, named here.
    OtherFormat(Text),
    /// JSON could not be written.
    Json(serde_json::Error),
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PathNotUtf8(name) => {
                write!(f, "cannot save a comparison of {name}: its path is not UTF-8; rename the file")
            }
            Self::NotSaved(error) => write!(f, "not a saved comparison: {error}; make one with `compare --save`"),
            Self::OtherFormat(format) => write!(f, "the format is “{format}”; only “{FORMAT}” can be replayed"),
            Self::Json(error) => error.fmt(f),
        }
    }
}

impl Error for SaveError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotSaved(error) | Self::Json(error) => Some(error),
            Self::PathNotUtf8(_) | Self::OtherFormat(_) => None,
        }
    }
}

/// A saved comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedComparison {
    format: Text,
    /// The loaded catalogs.
    pub catalogs: Vec<SavedCatalog>,
    /// The hospital on the left.
    pub left: SavedHospital,
    /// The hospital on the right.
    pub right: SavedHospital,
    /// The values of each row, by the key of the row.
    rows: BTreeMap<Text, SavedRow>,
}

/// A loaded catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedCatalog {
    /// Its title.
    pub title: Text,
    /// Where it was read from.
    pub from: CatalogLocation,
    /// The SHA-256 of its text.
    pub sha256: Text,
}

/// Where a catalog was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CatalogLocation {
    /// It is part of the program.
    Bundled,
    /// Standard input, which cannot be read again.
    Stdin,
    /// A file, by its absolute path.
    File(PathBuf),
}

impl SavedCatalog {
    /// Its name in messages.
    fn name(&self) -> Text {
        match &self.from {
            CatalogLocation::Bundled => "bundled".into(),
            CatalogLocation::Stdin => "standard input".into(),
            CatalogLocation::File(path) => Text::clean(&path.to_string_lossy()),
        }
    }
}

/// A hospital: its id and its catalog, since two files may use the same id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedHospital {
    /// The index of its catalog in [`SavedComparison::catalogs`].
    pub catalog: usize,
    /// Its id.
    pub id: Text,
}

/// The values of a row. Our own wording is not saved, so rewording a message is not reported as a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedRow {
    label: Text,
    answer: Answer,
    limits: Vec<SavedLimit>,
    left: Vec<SavedValue>,
    right: Vec<SavedValue>,
}

/// A limit without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedLimit {
    kind: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    years: Option<u32>,
}

/// A figure, or the text of a fact or a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SavedValue {
    /// A figure, followed by its parts if it is a total.
    Figures(Vec<Figure>),
    /// A text from a source.
    Text(Text),
}

impl SavedValue {
    fn new(value: &ValueView) -> Self {
        match &value.figure {
            // A derived figure is compared by its value, like others.
            Some(figure) => {
                let plain = |figure: &Figure| Figure { derivation: None, note: None, ..figure.clone() };
                Self::Figures([figure].into_iter().chain(&value.parts).map(plain).collect())
            }
            None => Self::Text(Text::clean(&value.phrase())),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.to_string(),
            // The parts of a total are labelled with their measures.
            Self::Figures(figures) => {
                let name = |at, figure: &Figure| if at > 0 { format!("{}: ", figure.measure) } else { String::new() };
                let named = figures.iter().enumerate();
                let named = named.map(|(at, figure)| name(at, figure) + &figure_text(figure));
                named.collect::<Vec<_>>().join(" · ")
            }
        }
    }
}

fn figure_text(figure: &Figure) -> String {
    let value = match figure.value {
        Observed::Stated(quantity) => quantity.to_string(),
        Observed::Missing(reason) => reason.words().to_owned(),
    };
    let caveat = figure.caveat.as_ref().map_or(String::new(), |caveat| format!(" (caveat: {caveat})"));
    format!("{value}, {}{caveat}", wording::period(figure.period.as_ref()))
}

impl SavedComparison {
    /// The saved form of a comparison of hospitals of `catalog`, which was read from `inputs`; without inputs it is the
    /// bundled catalog.
    #[must_use]
    pub(crate) fn new(catalog: &Catalog, comparison: &ComparisonView, inputs: &[Input]) -> Self {
        let [left, right] = comparison.hospitals.each_ref().map(|who| who.key);
        let named = |key| SavedHospital { catalog: catalog.dataset_index(key), id: catalog.hospital(key).id.clone() };
        let rows = comparison.entries.iter().map(|entry| (Text::clean(&entry.key), SavedRow::new(entry)));
        Self {
            format: FORMAT.into(),
            catalogs: saved_catalogs(catalog, inputs),
            left: named(left),
            right: named(right),
            rows: rows.collect(),
        }
    }

    /// The text of the file. Invisible characters, which names of files may have, are escaped.
    ///
    /// # Errors
    ///
    /// When the path of a catalog is not UTF-8, since the catalog could not be read again.
    pub(crate) fn to_json(&self) -> Result<String, SaveError> {
        let is_utf8 =
            |saved: &&SavedCatalog| !matches!(&saved.from, CatalogLocation::File(path) if path.to_str().is_none());
        if let Some(saved) = self.catalogs.iter().find(|saved| !is_utf8(saved)) {
            return Err(SaveError::PathNotUtf8(saved.name()));
        }
        let json = serde_json::to_string_pretty(self).map_err(SaveError::Json)?;
        Ok(json::escape_invisible(&json) + "\n")
    }

    /// Reads a saved comparison.
    ///
    /// # Errors
    ///
    /// When `text` is not a saved comparison of this version.
    pub(crate) fn read(text: &str) -> Result<Self, SaveError> {
        let saved: Self = serde_json::from_str(text).map_err(SaveError::NotSaved)?;
        if saved.format.as_str() == FORMAT { Ok(saved) } else { Err(SaveError::OtherFormat(saved.format)) }
    }

    /// The changes from this comparison to `now`, a line each.
    #[must_use]
    pub(crate) fn changes(&self, now: &Self) -> Vec<String> {
        let mut changes = catalog_changes(&self.catalogs, &now.catalogs);
        for (key, old) in &self.rows {
            match now.rows.get(key) {
                None => changes.push(format!("{}: row removed", old.label)),
                Some(new) => changes.extend(old.changes(new)),
            }
        }
        let added = now.rows.iter().filter(|(key, _)| !self.rows.contains_key(*key));
        changes
            .extend(added.map(|(_, new)| {
                format!("{}: row added; A: {}; B: {}", new.label, texts(&new.left), texts(&new.right))
            }));
        changes
    }
}

/// The changes from the catalogs `old` to the catalogs `new`. A catalog with the same text is unchanged, wherever it was
/// read from.
fn catalog_changes(old: &[SavedCatalog], new: &[SavedCatalog]) -> Vec<String> {
    let mut unmatched: Vec<&SavedCatalog> = new.iter().collect();
    let mut is_matched = |is_match: &dyn Fn(&SavedCatalog) -> bool| {
        let at = unmatched.iter().position(|new| is_match(new));
        at.map(|at| unmatched.remove(at)).is_some()
    };
    let other: Vec<&SavedCatalog> = old.iter().filter(|old| !is_matched(&|new| new.sha256 == old.sha256)).collect();
    let change =
        |catalog: &SavedCatalog, what: &str| format!("the catalog “{}” ({}) {what}", catalog.title, catalog.name());
    let mut changes: Vec<String> = Vec::new();
    for old in other {
        let is_read_again = is_matched(&|new| new.from == old.from);
        changes.push(change(old, if is_read_again { "has changed" } else { "is not loaded" }));
    }
    changes.extend(unmatched.into_iter().map(|new| change(new, "is new")));
    changes
}

/// The values of a side, or `nothing`.
fn texts(values: &[SavedValue]) -> String {
    match values {
        [] => "nothing".to_owned(),
        _ => values.iter().map(SavedValue::text).collect::<Vec<_>>().join("; "),
    }
}

impl SavedRow {
    fn new(entry: &Entry) -> Self {
        let side = |side: &SideView| side.values().map(SavedValue::new).collect();
        let limit = |limit: &LimitView| SavedLimit { kind: limit.kind.into(), years: limit.years };
        let [left, right] = &entry.sides;
        Self {
            label: Text::clean(&entry.label),
            answer: entry.answer,
            limits: entry.limits.iter().map(limit).collect(),
            left: side(left),
            right: side(right),
        }
    }

    fn changes(&self, now: &Self) -> Vec<String> {
        let label = &self.label;
        let sides = [("A", &self.left, &now.left), ("B", &self.right, &now.right)].into_iter();
        let mut changes: Vec<String> = sides
            .filter(|(_, old, new)| old != new)
            .map(|(mark, old, new)| format!("{label}, {mark}: was {}, now {}", texts(old), texts(new)))
            .collect();
        if (self.answer, &self.limits) != (now.answer, &now.limits) {
            let answer = |row: &Self| {
                let limits = row.limits.iter().map(|limit| limit.kind.as_str());
                [row.answer.name()].into_iter().chain(limits).collect::<Vec<_>>().join(", ")
            };
            changes.push(format!("{label}: the answer was {}, now {}", answer(self), answer(now)));
        }
        changes
    }
}

fn saved_catalogs(catalog: &Catalog, inputs: &[Input]) -> Vec<SavedCatalog> {
    let from = |input: Option<&Input>| match input {
        None => CatalogLocation::Bundled,
        Some(Input::Stdin) => CatalogLocation::Stdin,
        Some(Input::File(path)) => CatalogLocation::File(path.canonicalize().unwrap_or_else(|_| path.clone())),
    };
    let datasets = catalog.datasets().iter().enumerate();
    let saved = datasets.map(|(at, one)| SavedCatalog {
        title: one.title().clone(),
        from: from(inputs.get(at)),
        sha256: one.sha256.as_str().into(),
    });
    saved.collect()
}
