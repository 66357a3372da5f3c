//! Hospitals of our own JSON as rows: what a list does not show is read from the text of the file on first use.

use serde::Deserialize;

use crate::catalog::lazy::ReadRow;
use crate::catalog::period::Age;
use crate::catalog::row_chunk::RowHead;
use crate::catalog::{Details, Fact, Figure, Hospital, Period, Place};
use crate::text::Text;

/// Reads the objects of a file that has been checked, so that what it looks for is there.
#[derive(Debug)]
pub(super) struct NativeRows;

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
    // Most hospitals have none, which a look at the letters tells.
    let may_have = memchr::memmem::find(row.as_bytes(), b"\"figures\"").is_some();
    if may_have { serde_json::from_str::<Figures>(row).unwrap_or_default().figures } else { Vec::new() }
}

impl ReadRow for NativeRows {
    fn details(&self, row: &str) -> Details {
        serde_json::from_str::<Hospital>(row).unwrap_or_default().details.into_inner()
    }

    fn ownership(&self, row: &str) -> Option<String> {
        memchr::memmem::find(row.as_bytes(), b"\"ownership\"")?;
        let Ownership { ownership } = serde_json::from_str(row).unwrap_or_default();
        ownership.map(|fact| fact.text.to_string())
    }

    fn figures(&self, row: &str, measures: &[Text]) -> Vec<Figure> {
        let mut figures = figures(row);
        figures.retain(|figure| measures.contains(&figure.measure));
        figures
    }

    fn source(&self) -> Option<&Text> {
        None
    }

    fn may_state(&self, _: &[Text]) -> bool {
        true
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
