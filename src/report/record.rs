//! A comparison kept in a file, so that it can be made again later and the changes be seen.
//!
//! The record names the catalogs with their SHA-256, the two hospitals, and what each row said. Replaying it
//! compares the same two hospitals anew and lists what is no longer as it was.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::json;
use super::sentences;
use super::wording;
use crate::catalog::{Catalog, Mention};
use crate::compare::{Comparison, FactSide, ListRow};
use crate::formats::Input;
use crate::text::Text;

/// The form of the file, by which it is recognised.
const FORM: &str = "hospitui comparison 1";

/// A kept comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    form: Text,
    /// What was loaded.
    pub catalogs: Vec<Made>,
    /// The id of the hospital on the left.
    pub left: Text,
    /// The id of the hospital on the right.
    pub right: Text,
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

/// What a row said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    label: Text,
    left: Text,
    right: Text,
    reasons: Vec<Text>,
}

impl Record {
    /// The record of `comparison`, whose catalogs were read from `inputs`; from the bundled one when there are none.
    #[must_use]
    pub fn new(comparison: &Comparison, inputs: &[Input]) -> Self {
        let mut rows: BTreeMap<Text, Kept> = BTreeMap::new();
        rows.extend(comparison.rows.iter().map(|row| {
            let reasons = row.reasons.iter().map(|reason| reason.words().into()).collect();
            let left = sentences::side(comparison, comparison.left, row, &row.left).into();
            let right = sentences::side(comparison, comparison.right, row, &row.right).into();
            (Text::clean(&row.key()), Kept { label: wording::row_label(row).into(), left, right, reasons })
        }));
        rows.extend(comparison.facts.iter().map(|row| {
            let said = |side: &Option<FactSide>| side.as_ref().map_or("not in the source", |side| &side.text).into();
            let reasons = row.reasons.iter().map(|reason| reason.words().into()).collect();
            let kept = Kept { label: row.label.into(), left: said(&row.left), right: said(&row.right), reasons };
            (Text::clean(&format!("statement {}", row.label)), kept)
        }));
        for list in &comparison.lists {
            rows.extend(list.rows.iter().map(|row| listed(comparison, list.label, row)));
        }
        Self {
            form: FORM.into(),
            catalogs: made(comparison.catalog, inputs),
            left: comparison.left_hospital().id.clone(),
            right: comparison.right_hospital().id.clone(),
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
        changes.extend(added.map(|(_, new)| format!("{}: a new row. {} {}", new.label, new.left, new.right)));
        changes
    }
}

impl Kept {
    fn changes(&self, now: &Self) -> Vec<String> {
        let label = &self.label;
        let sides = [(&self.left, &now.left), (&self.right, &now.right)].into_iter();
        let mut changes: Vec<String> =
            sides.filter(|(old, new)| old != new).map(|(old, new)| format!("{label}: was: {old} Is: {new}")).collect();
        if self.reasons != now.reasons {
            let words = |reasons: &[Text]| reasons.iter().map(Text::as_str).collect::<Vec<_>>().join(", ");
            changes.push(format!("{label}: the verdict was {}, is {}", words(&self.reasons), words(&now.reasons)));
        }
        changes
    }
}

/// A name of a list: where it stands, and what each side says of it.
fn listed(comparison: &Comparison, label: &str, row: &ListRow) -> (Text, Kept) {
    let said = |key, mentions: &[Mention]| {
        let said = mentions.iter().map(|one| sentences::mention(comparison.catalog, key, one));
        Text::clean(&said.collect::<Vec<_>>().join(" "))
    };
    // Rankings of one list stand in several rows, one a field and region.
    let ranked = row.left.iter().chain(&row.right).find_map(|mention| match mention {
        Mention::Ranking(ranking) => Some([&ranking.field, &ranking.region]),
        _ => None,
    });
    let place: Vec<&str> = ranked.into_iter().flatten().flatten().map(Text::as_str).collect();
    let name = format!("{label}: {} {}", row.name, place.join(" ")).trim_end().to_owned();
    let (left, right) = (said(comparison.left, &row.left), said(comparison.right, &row.right));
    (Text::clean(&name), Kept { label: name.into(), left, right, reasons: Vec::new() })
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
