//! Lays out content as tables with headings, for the formats that people read.

mod comparison;
mod hospital;
mod layout;

use std::borrow::Cow;

use rayon::prelude::*;

use crate::catalog::{Catalog, HospitalKey};
use crate::report::content::Content;
use crate::text::Text;
pub use layout::{Cell, Document, Line, LineKind, Section};

/// Lays out `content`.
#[must_use]
pub(crate) fn build(content: &Content) -> Document {
    match content {
        Content::List(catalog, keys) => list(catalog, keys),
        Content::Hospital(catalog, key) => hospital::document(catalog, *key),
        Content::Comparison(_, view) => comparison::document(view),
    }
}

/// The headings of a list.
pub(super) const LIST: [&str; 5] = ["name", "native name", "place", "kind", "id"];

/// The texts of a hospital in a list.
pub(super) fn list_row(catalog: &Catalog, key: HospitalKey) -> [Cow<'_, str>; LIST.len()] {
    let hospital = catalog.summary(key);
    [
        hospital.name.into(),
        hospital.native_name.unwrap_or_default().into(),
        hospital.place_line().into(),
        hospital.kind.map_or("", Text::as_str).into(),
        hospital.id.into(),
    ]
}

fn list(catalog: &Catalog, keys: &[HospitalKey]) -> Document {
    let mut section = Section::new("", &LIST);
    let row = |key: &HospitalKey| list_row(catalog, *key).map(Cell::stated).to_vec();
    section.rows.par_extend(keys.par_iter().with_min_len(1_024).map(row));
    Document { sections: vec![section], ..Document::default() }
}
