//! A comparison kept in a file, so that it can be made again later and the changes be seen.
//!
//! The record names the catalogs with their SHA-256, the two hospitals with their files, and what each row said.
//! Replaying it compares the same two hospitals anew and lists what is no longer as it was.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::json;
use super::view::{ComparisonView, Entry, LimitView, Said, SideView};
use super::wording;
use crate::catalog::{Catalog, Figure, Observed};
use crate::compare::{Answer, Comparison};
use crate::formats::Input;
use crate::text::Text;

/// The form of the file, by which it is recognised.
const FORM: &str = "hospitui comparison 2";

/// A kept comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    form: Text,
    /// What was loaded.
    pub catalogs: Vec<Made>,
    /// The hospital on the left.
    pub left: Named,
    /// The hospital on the right.
    pub right: Named,
    /// What each row said, by measure and part.
    rows: BTreeMap<Text, Kept>,
}

/// A catalog that was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Made {
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

impl Made {
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
pub struct Named {
    /// The place of its file among the record's catalogs, from 0.
    pub catalog: usize,
    /// Its id.
    pub id: Text,
}

/// What a row said: meanings, so that a change of our wording is no change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    label: Text,
    answer: Answer,
    limits: Vec<KeptLimit>,
    left: Vec<KeptSaid>,
    right: Vec<KeptSaid>,
}

/// A limit without its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptLimit {
    kind: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    years: Option<u32>,
}

/// A figure, or the words of a statement or a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KeptSaid {
    /// A figure, and behind it its parts where it is a total.
    Figures(Vec<Figure>),
    /// Words of a source.
    Words(Text),
}

impl KeptSaid {
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

impl Record {
    /// The record of `comparison`, whose catalogs were read from `inputs`; from the bundled one when there are none.
    #[must_use]
    pub fn new(comparison: &Comparison, inputs: &[Input]) -> Self {
        let (catalog, view) = (comparison.catalog, ComparisonView::new(comparison));
        let named = |key| Named { catalog: catalog.dataset_index(key), id: catalog.hospital(key).id.clone() };
        let mut rows: BTreeMap<Text, Kept> = BTreeMap::new();
        for entry in &view.entries {
            // Two rows may be called the same, as two campuses of one name are; each is kept.
            let mut key = Text::clean(&entry.key);
            for nth in 2.. {
                if !rows.contains_key(&key) {
                    break;
                }
                key = Text::clean(&format!("{} #{nth}", entry.key));
            }
            rows.insert(key, Kept::new(entry));
        }
        Self {
            form: FORM.into(),
            catalogs: made(catalog, inputs),
            left: named(comparison.left),
            right: named(comparison.right),
            rows,
        }
    }

    /// The record as it is kept: what cannot be seen in it, such as in the names of files, is escaped.
    ///
    /// # Errors
    ///
    /// When the path of a catalog is no UTF-8, in words with the cure.
    pub fn to_json(&self) -> Result<String, String> {
        let is_text = |made: &&Made| !matches!(&made.from, Origin::File(path) if path.to_str().is_none());
        if let Some(made) = self.catalogs.iter().find(|made| !is_text(made)) {
            return Err(format!("cannot keep a comparison of {}: its path is no UTF-8; rename it", made.name()));
        }
        let json = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        Ok(json::escape_unseen(&json) + "\n")
    }

    /// Reads a kept record.
    ///
    /// # Errors
    ///
    /// When `text` is no record, in words with the cure.
    pub fn read(text: &str) -> Result<Self, String> {
        let record: Self = serde_json::from_str(text)
            .map_err(|error| format!("this is no kept comparison: {error}; make one with `compare --save`"))?;
        if record.form.as_str() == FORM {
            Ok(record)
        } else {
            Err(format!("this is a “{}”, and only a “{FORM}” can be replayed", record.form))
        }
    }

    /// What is different in `now`, a line each; none when all is as it was.
    #[must_use]
    pub fn changes(&self, now: &Self) -> Vec<String> {
        let mut changes = Vec::new();
        for old in &self.catalogs {
            if !now.catalogs.iter().any(|new| new.sha256 == old.sha256) {
                changes.push(format!("the catalog “{}” ({}) is not as it was", old.title, old.name()));
            }
        }
        for new in now.catalogs.iter().skip(self.catalogs.len()) {
            changes.push(format!("the catalog “{}” ({}) was not there", new.title, new.name()));
        }
        for (key, old) in &self.rows {
            match now.rows.get(key) {
                None => changes.push(format!("{}: the row is gone", old.label)),
                Some(new) => changes.extend(old.changes(new)),
            }
        }
        let added = now.rows.iter().filter(|(key, _)| !self.rows.contains_key(*key));
        changes.extend(added.map(|(_, new)| {
            let said = |said: &[KeptSaid]| said.iter().map(KeptSaid::words).collect::<Vec<_>>().join("; ");
            format!("{}: a new row. A {}. B {}.", new.label, said(&new.left), said(&new.right))
        }));
        changes
    }
}

impl Kept {
    fn new(entry: &Entry) -> Self {
        let side = |side: &SideView| side.said().map(KeptSaid::new).collect();
        let limit = |limit: &LimitView| KeptLimit { kind: limit.kind.into(), years: limit.years };
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
        let said = |said: &[KeptSaid]| match said {
            [] => "nothing".to_owned(),
            said => said.iter().map(KeptSaid::words).collect::<Vec<_>>().join("; "),
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

fn made(catalog: &Catalog, inputs: &[Input]) -> Vec<Made> {
    let from = |input: Option<&Input>| match input {
        None => Origin::Bundled,
        Some(Input::Stdin) => Origin::Stdin,
        Some(Input::File(path)) => Origin::File(path.canonicalize().unwrap_or_else(|_| path.clone())),
    };
    let datasets = catalog.datasets().iter().enumerate();
    let made = datasets.map(|(at, one)| Made {
        title: one.title.clone(),
        from: from(inputs.get(at)),
        sha256: one.sha256.as_str().into(),
    });
    made.collect()
}
