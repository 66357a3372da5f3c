//! A comparison saved to a file, so that it can be repeated later and the changes listed.
//!
//! The file names the catalogs with their SHA-256, the two hospitals with their datasets, and what each row showed. Replaying
//! it compares the same two hospitals again and lists what has changed.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::catalog::{Catalog, Figure, Observed};
use crate::compare::{Answer, Comparison};
use crate::formats::Input;
use crate::report::json;
use crate::report::view::{ComparisonView, Entry, LimitView, Said, SideView};
use crate::report::wording;
use crate::text::Text;

/// The form of the file, by which it is recognised.
const FORM: &str = "hospitui comparison 2";

/// Why a comparison cannot be saved or read.
#[derive(Debug)]
#[non_exhaustive]
pub enum SaveError {
    /// The path of a catalog, named here, is not UTF-8.
    PathNotUtf8(Text),
    /// The file is not a saved comparison.
    NotSaved(serde_json::Error),
    /// The file says that it has another form, named here.
    OtherForm(Text),
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
            Self::OtherForm(form) => write!(f, "this is a “{form}”, and only a “{FORM}” can be replayed"),
            Self::Json(error) => error.fmt(f),
        }
    }
}

impl Error for SaveError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotSaved(error) | Self::Json(error) => Some(error),
            Self::PathNotUtf8(_) | Self::OtherForm(_) => None,
        }
    }
}

/// A saved comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedComparison {
    form: Text,
    /// What was loaded.
    pub catalogs: Vec<SavedCatalog>,
    /// The hospital on the left.
    pub left: SavedHospital,
    /// The hospital on the right.
    pub right: SavedHospital,
    /// What each row said, by measure and part.
    rows: BTreeMap<Text, SavedRow>,
}

/// A catalog that was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedCatalog {
    /// Its title.
    pub title: Text,
    /// Where it was read from.
    pub from: Origin,
    /// The SHA-256 of its text.
    pub sha256: Text,
}

/// Where a catalog was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// It came with the program.
    Bundled,
    /// Standard input, which cannot be read again.
    Stdin,
    /// A file, by its absolute path.
    File(PathBuf),
}

impl SavedCatalog {
    /// What to call it.
    fn name(&self) -> Text {
        match &self.from {
            Origin::Bundled => "bundled".into(),
            Origin::Stdin => "standard input".into(),
            Origin::File(path) => Text::clean(&path.to_string_lossy()),
        }
    }
}

/// A hospital: its id, and the place of its file among the catalogs, since two files may use one id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedHospital {
    /// The place of its file among the record's catalogs, from 0.
    pub catalog: usize,
    /// Its id.
    pub id: Text,
}

/// What a row showed: values, not words, so that a change of our wording is no change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedRow {
    label: Text,
    answer: Answer,
    limits: Vec<SavedLimit>,
    left: Vec<SavedValue>,
    right: Vec<SavedValue>,
}

/// A limit without its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedLimit {
    kind: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    years: Option<u32>,
}

/// A figure, or the words of a statement or a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SavedValue {
    /// A figure, and behind it its parts where it is a total.
    Figures(Vec<Figure>),
    /// Words of a source.
    Words(Text),
}

impl SavedValue {
    fn new(said: &Said) -> Self {
        match &said.figure {
            // What is derived is kept as the sources' figures are: by its value.
            Some(figure) => {
                let plain = |figure: &Figure| Figure { derivation: None, note: None, ..figure.clone() };
                Self::Figures([figure].into_iter().chain(&said.parts).map(plain).collect())
            }
            None => Self::Words(Text::clean(&said.phrase())),
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Words(words) => words.to_string(),
            // A part of a total is named by its measure.
            Self::Figures(figures) => {
                let name = |at, figure: &Figure| if at > 0 { format!("{}: ", figure.measure) } else { String::new() };
                let named = figures.iter().enumerate();
                let named = named.map(|(at, figure)| name(at, figure) + &figure_in_words(figure));
                named.collect::<Vec<_>>().join(" · ")
            }
        }
    }
}

fn figure_in_words(figure: &Figure) -> String {
    let value = match figure.value {
        Observed::Stated(quantity) => quantity.to_string(),
        Observed::Missing(reason) => reason.words().to_owned(),
    };
    let caveat = figure.caveat.as_ref().map_or(String::new(), |caveat| format!(" (caveat: {caveat})"));
    format!("{value}, {}{caveat}", wording::period(figure.period.as_ref()))
}

impl SavedComparison {
    /// What is saved of `comparison`, whose catalogs were read from `inputs`; of the bundled one when there are none.
    #[must_use]
    pub fn new(comparison: &Comparison, inputs: &[Input]) -> Self {
        let (catalog, view) = (comparison.catalog, ComparisonView::new(comparison));
        let named = |key| SavedHospital { catalog: catalog.dataset_index(key), id: catalog.hospital(key).id.clone() };
        let mut rows: BTreeMap<Text, SavedRow> = BTreeMap::new();
        for entry in &view.entries {
            // Two rows may be called the same, as two campuses of one name are; each is kept.
            let mut key = Text::clean(&entry.key);
            for nth in 2.. {
                if !rows.contains_key(&key) {
                    break;
                }
                key = Text::clean(&format!("{} #{nth}", entry.key));
            }
            rows.insert(key, SavedRow::new(entry));
        }
        Self {
            form: FORM.into(),
            catalogs: made(catalog, inputs),
            left: named(comparison.left),
            right: named(comparison.right),
            rows,
        }
    }

    /// The text of the file. Characters that cannot be seen, as in names of files, are escaped.
    ///
    /// # Errors
    ///
    /// When the path of a catalog is not UTF-8: it could not be read again.
    pub fn to_json(&self) -> Result<String, SaveError> {
        let is_text = |made: &&SavedCatalog| !matches!(&made.from, Origin::File(path) if path.to_str().is_none());
        if let Some(made) = self.catalogs.iter().find(|made| !is_text(made)) {
            return Err(SaveError::PathNotUtf8(made.name()));
        }
        let json = serde_json::to_string_pretty(self).map_err(SaveError::Json)?;
        Ok(json::escape_unseen(&json) + "\n")
    }

    /// Reads a saved comparison.
    ///
    /// # Errors
    ///
    /// When `text` is not a saved comparison of this version.
    pub fn read(text: &str) -> Result<Self, SaveError> {
        let saved: Self = serde_json::from_str(text).map_err(SaveError::NotSaved)?;
        if saved.form.as_str() == FORM { Ok(saved) } else { Err(SaveError::OtherForm(saved.form)) }
    }

    /// What is different in `now`, a line each; none when all is as it was.
    #[must_use]
    pub fn changes(&self, now: &Self) -> Vec<String> {
        let mut changes = Vec::new();
        for old in &self.catalogs {
            if !now.catalogs.iter().any(|new| new.sha256 == old.sha256) {
                changes.push(format!("the catalog “{}” ({}) has changed", old.title, old.name()));
            }
        }
        for new in now.catalogs.iter().skip(self.catalogs.len()) {
            changes.push(format!("the catalog “{}” ({}) is new", new.title, new.name()));
        }
        for (key, old) in &self.rows {
            match now.rows.get(key) {
                None => changes.push(format!("{}: the row is gone", old.label)),
                Some(new) => changes.extend(old.changes(new)),
            }
        }
        let added = now.rows.iter().filter(|(key, _)| !self.rows.contains_key(*key));
        changes.extend(added.map(|(_, new)| {
            let said = |said: &[SavedValue]| said.iter().map(SavedValue::words).collect::<Vec<_>>().join("; ");
            format!("{}: a new row. A {}. B {}.", new.label, said(&new.left), said(&new.right))
        }));
        changes
    }
}

impl SavedRow {
    fn new(entry: &Entry) -> Self {
        let side = |side: &SideView| side.said().map(SavedValue::new).collect();
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
        let said = |said: &[SavedValue]| match said {
            [] => "nothing".to_owned(),
            said => said.iter().map(SavedValue::words).collect::<Vec<_>>().join("; "),
        };
        let sides = [("A", &self.left, &now.left), ("B", &self.right, &now.right)].into_iter();
        let mut changes: Vec<String> = sides
            .filter(|(_, old, new)| old != new)
            .map(|(mark, old, new)| format!("{label}, {mark}: was {}; is {}", said(old), said(new)))
            .collect();
        if (self.answer, &self.limits) != (now.answer, &now.limits) {
            let words = |kept: &Self| {
                let limits = kept.limits.iter().map(|limit| limit.kind.as_str());
                [kept.answer.name()].into_iter().chain(limits).collect::<Vec<_>>().join(", ")
            };
            changes.push(format!("{label}: the answer was {}, is {}", words(self), words(now)));
        }
        changes
    }
}

fn made(catalog: &Catalog, inputs: &[Input]) -> Vec<SavedCatalog> {
    let from = |input: Option<&Input>| match input {
        None => Origin::Bundled,
        Some(Input::Stdin) => Origin::Stdin,
        Some(Input::File(path)) => Origin::File(path.canonicalize().unwrap_or_else(|_| path.clone())),
    };
    let datasets = catalog.datasets().iter().enumerate();
    let made = datasets.map(|(at, one)| SavedCatalog {
        title: one.title.clone(),
        from: from(inputs.get(at)),
        sha256: one.sha256.as_str().into(),
    });
    made.collect()
}
