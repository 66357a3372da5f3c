//! Hospitals of our own JSON as rows: what a list does not show is read from the text of the file on first use.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::catalog::lazy::{LookAtFigures, LookAtTexts, ReadRow};
use crate::catalog::period::Age;
use crate::catalog::row_chunk::RowHead;
use crate::catalog::{Accreditation, Details, Extra, Fact, Figure, Hospital, Item, ListKind, Period, Place, TextField};
use crate::text::Text;

/// Reads the objects of a file that has been checked, so that all of them can be read.
#[derive(Debug, Default)]
pub(super) struct NativeRows {
    seen: Mutex<Seen>,
}

/// What hospitals that have been read have.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The measures of which some has a figure.
    pub(super) measures: HashSet<Text>,
    /// The headings under which some says something besides.
    pub(super) headings: BTreeSet<Text>,
}

impl Seen {
    /// Notes what a hospital has.
    pub(super) fn note(&mut self, hospital: &Hospital) {
        for figure in &hospital.details.figures {
            if !self.measures.contains(&figure.measure) {
                self.measures.insert(figure.measure.clone());
            }
        }
        for (heading, _) in hospital.details.extra.iter().flat_map(|extra| &extra.facts) {
            if !self.headings.contains(heading) {
                self.headings.insert(heading.clone());
            }
        }
    }
}

impl NativeRows {
    /// Notes what hospitals that have been read have.
    pub(super) fn note(&self, seen: Seen) {
        let mut all = self.seen();
        all.measures.extend(seen.measures);
        all.headings.extend(seen.headings);
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The figures of a hospital, and nothing else.
#[derive(Default, Deserialize)]
struct Figures {
    #[serde(default)]
    figures: Vec<Figure>,
}

/// Where a hospital lies, and nothing else.
#[derive(Default, Deserialize)]
struct Located {
    #[serde(default)]
    place: Point,
}

#[derive(Default, Deserialize)]
struct Point {
    latitude: Option<f64>,
    longitude: Option<f64>,
}

/// What is said of a hospital in words, without its figures.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Words {
    status: Option<Fact>,
    grade: Option<Fact>,
    ownership: Option<Fact>,
    founded: Option<Fact>,
    address: Option<Fact>,
    phone: Option<Fact>,
    website: Option<Fact>,
    accreditations: Vec<Accreditation>,
    specialties: Vec<Item>,
    affiliations: Vec<Item>,
    partners: Vec<Item>,
    programmes: Vec<Item>,
    milestones: Vec<Item>,
    people: Vec<Item>,
    extra: Vec<Extra>,
}

impl From<Words> for Details {
    fn from(words: Words) -> Self {
        let Words { status, grade, ownership, founded, address, phone, website, accreditations, specialties, .. } =
            words;
        let Words { affiliations, partners, programmes, milestones, people, extra, .. } = words;
        Self {
            status,
            grade,
            ownership,
            founded,
            address,
            phone,
            website,
            accreditations,
            specialties,
            affiliations,
            partners,
            programmes,
            milestones,
            people,
            extra,
            ..Self::default()
        }
    }
}

/// The key of a field in JSON, with its quotes; of several, all.
fn keys(field: &TextField) -> &'static [&'static str] {
    match field {
        TextField::Ownership => &["\"ownership\""],
        TextField::Status => &["\"status\""],
        TextField::Grade => &["\"grade\""],
        TextField::Founded => &["\"founded\""],
        TextField::Address => &["\"address\""],
        TextField::Postcode => &["\"address\"", "\"extra\""],
        TextField::Phone => &["\"phone\""],
        TextField::Website => &["\"website\""],
        TextField::List(ListKind::Accreditations) => &["\"accreditations\""],
        TextField::List(ListKind::Specialties) => &["\"specialties\""],
        TextField::List(ListKind::Affiliations) => &["\"affiliations\""],
        TextField::List(ListKind::Partners) => &["\"partners\""],
        TextField::List(ListKind::Programmes) => &["\"programmes\""],
        TextField::List(ListKind::Milestones) => &["\"milestones\""],
        TextField::List(ListKind::People) => &["\"people\""],
        TextField::Other(_) => &["\"extra\""],
        _ => &[],
    }
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

    fn for_each_texts(&self, rows: &mut dyn Iterator<Item = &str>, field: &TextField, look: &mut LookAtTexts) {
        let keys = keys(field);
        for (at, row) in rows.enumerate() {
            if keys.iter().any(|key| may_have(row, key.as_bytes())) {
                let details = Details::from(read::<Words>(row));
                let texts = field.of_details(&details);
                look(at, &texts.iter().map(|text| &**text).collect::<Vec<_>>());
            }
        }
    }

    fn point(&self, row: &str) -> Option<[f64; 2]> {
        let point = may_have(row, b"\"latitude\"").then(|| read::<Located>(row).place)?;
        Some([point.latitude?, point.longitude?])
    }

    fn headings(&self) -> Vec<(Text, TextField)> {
        self.seen().headings.iter().map(|heading| (heading.clone(), TextField::Other(heading.clone()))).collect()
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
        let seen = self.seen();
        measures.iter().any(|measure| seen.measures.contains(measure))
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
