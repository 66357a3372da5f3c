//! A comparison kept in a file, so that it can be made again later and the changes be seen.
//!
//! The record names the catalogs with their SHA-256, the two hospitals, and what each row said. Replaying it
//! compares the same two hospitals anew and lists what is no longer as it was.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::sentences;
use super::wording;
use crate::catalog::Catalog;
use crate::compare::Comparison;
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
    /// The file, or `bundled`.
    pub file: Text,
    /// The SHA-256 of its text.
    pub sha256: Text,
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
    /// The record of `comparison`.
    #[must_use]
    pub fn new(comparison: &Comparison) -> Self {
        let rows = comparison.rows.iter().map(|row| {
            let key = format!("{} {}", row.measure.id, row.part.unwrap_or_default());
            let reasons = row.reasons.iter().map(|reason| reason.words().into()).collect();
            let left = sentences::side(comparison, comparison.left, row, &row.left).into();
            let right = sentences::side(comparison, comparison.right, row, &row.right).into();
            (Text::clean(&key), Kept { label: wording::row_label(row).into(), left, right, reasons })
        });
        Self {
            form: FORM.into(),
            catalogs: made(comparison.catalog),
            left: comparison.left_hospital().id.clone(),
            right: comparison.right_hospital().id.clone(),
            rows: rows.collect(),
        }
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
                changes.push(format!("the catalog “{}” ({}) is not as it was", old.title, old.file));
            }
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

fn made(catalog: &Catalog) -> Vec<Made> {
    let made = |one: &crate::catalog::Dataset| Made {
        title: one.title.clone(),
        file: one.origin.clone(),
        sha256: one.sha256.as_str().into(),
    };
    catalog.datasets().iter().map(made).collect()
}
