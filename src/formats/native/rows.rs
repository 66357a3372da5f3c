//! Hospitals of our own JSON as rows: what a list does not show is read from the text of the file on first use.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::catalog::lazy::{LookAtFigures, ReadRow};
use crate::catalog::period::Age;
use crate::catalog::row_chunk::RowHead;
use crate::catalog::{Details, Fact, Figure, Hospital, Period, Place};
use crate::text::Text;

/// Reads the objects of a file that has been checked, so that all of them can be read.
#[derive(Debug, Default)]
pub(super) struct NativeRows {
    /// The measures of which some hospital that has been read has a figure.
    measures: Mutex<HashSet<Text>>,
}

impl NativeRows {
    /// Notes the measures of hospitals that have been read.
    pub(super) fn note(&self, measures: HashSet<Text>) {
        self.measures().extend(measures);
    }

    fn measures(&self) -> MutexGuard<'_, HashSet<Text>> {
        self.measures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The figures of a hospital, and nothing else.
#[derive(Default, Deserialize)]
struct Figures {
    #[serde(default)]
    figures: Vec<Figure>,
}

/// Who owns a hospital, and nothing else.
#[derive(Default, Deserialize)]
struct Ownership {
    ownership: Option<Fact>,
}

fn figures(row: &str) -> Vec<Figure> {
    if may_have(row, b"\"figures\"") { read::<Figures>(row).figures } else { Vec::new() }
}

/// Whether an object may have a field. Most lack most fields, which a look at their letters tells; one with escaped
/// letters has to be read.
fn may_have(row: &str, field: &[u8]) -> bool {
    memchr::memmem::find(row.as_bytes(), field).is_some() || memchr::memchr(b'\\', row.as_bytes()).is_some()
}

fn read<T: DeserializeOwned + Default>(row: &str) -> T {
    let read = serde_json::from_str(row);
    debug_assert!(read.is_ok(), "{row} has been read before");
    read.unwrap_or_default()
}

impl ReadRow for NativeRows {
    fn details(&self, row: &str) -> Details {
        read::<Hospital>(row).details.into_inner()
    }

    fn ownership(&self, row: &str) -> Option<String> {
        let found = may_have(row, b"\"ownership\"").then(|| read::<Ownership>(row))?;
        found.ownership.map(|fact| fact.text.to_string())
    }

    fn for_each_figures(&self, rows: &mut dyn Iterator<Item = &str>, measures: &[Text], look: &mut LookAtFigures) {
        for (at, row) in rows.enumerate() {
            let mut figures = figures(row);
            figures.retain(|figure| measures.contains(&figure.measure));
            look(at, &figures);
        }
    }

    fn source(&self) -> Option<&Text> {
        None
    }

    fn may_state(&self, measures: &[Text]) -> bool {
        let known = self.measures();
        measures.iter().any(|measure| known.contains(measure))
    }

    fn newest(&self, row: &str) -> Option<Age> {
        figures(row).iter().filter_map(|figure| figure.period.as_ref().map(Period::age)).max()
    }
}

/// What is kept of a hospital.
pub(super) fn head(hospital: &Hospital) -> RowHead<'_> {
    let Place { city, region, country } = &hospital.place;
    RowHead {
        id: hospital.id.as_str().into(),
        name: hospital.name.as_str().into(),
        native_name: hospital.native_name.clone(),
        aliases: hospital.aliases.clone(),
        place: [city, region, country].map(|part| part.as_deref().map(Into::into)),
        kind: hospital.kind.as_deref().map(Into::into),
    }
}
