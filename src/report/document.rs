//! Lays out content as tables with headings, for the formats that people read.

mod comparison;
mod hospital;
mod layout;

use std::borrow::Cow;

use rayon::prelude::*;

use crate::catalog::{Catalog, HospitalKey};
use crate::report::content::Content;
use crate::report::wording;
use crate::text::Text;
pub use layout::{Cell, Document, Line, LineKind, Section};

/// Lays out `content`.
#[must_use]
pub(crate) fn build(content: &Content) -> Document {
    match content {
        Content::List(catalog, keys, measures) => list(catalog, keys, measures),
        Content::Hospital(catalog, key) => hospital::document(catalog, *key),
        Content::Comparison(_, view) => comparison::document(view),
    }
}

/// The headings of a list, but for those of measures.
const LIST: [&str; 5] = ["name", "native name", "place", "kind", "id"];

/// The headings of a list: behind the name those of the measures.
pub(super) fn list_headings<'a>(catalog: &'a Catalog, measures: &'a [Text]) -> Vec<&'a str> {
    let label = |id: &'a Text| catalog.measures().get(id).map_or(id.as_str(), |measure| &measure.label);
    let [name, rest @ ..] = LIST;
    std::iter::once(name).chain(measures.iter().map(label)).chain(rest).collect()
}

/// The texts of a hospital in a list.
pub(super) fn list_row<'a>(catalog: &'a Catalog, key: HospitalKey, measures: &[Text]) -> Vec<Cow<'a, str>> {
    let hospital = catalog.summary(key);
    let mut row: Vec<Cow<str>> = Vec::with_capacity(LIST.len() + measures.len());
    row.push(hospital.name.into());
    row.extend(measures.iter().map(|id| wording::latest(catalog, key, id).unwrap_or_default().into()));
    row.push(hospital.native_name.unwrap_or_default().into());
    row.push(hospital.place_line().into());
    row.push(hospital.kind.map_or("", Text::as_str).into());
    row.push(hospital.id.into());
    row
}

fn list(catalog: &Catalog, keys: &[HospitalKey], measures: &[Text]) -> Document {
    let mut section = Section::new("", &list_headings(catalog, measures));
    let row = |key: &HospitalKey| list_row(catalog, *key, measures).into_iter().map(Cell::stated).collect::<Vec<_>>();
    section.rows.par_extend(keys.par_iter().with_min_len(1_024).map(row));
    Document { sections: vec![section], ..Document::default() }
}
