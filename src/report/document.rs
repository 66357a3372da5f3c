//! Lays out content as tables with headings, for the formats that people read.

mod comparison;
mod hospital;
mod layout;

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

fn list(catalog: &Catalog, keys: &[HospitalKey]) -> Document {
    let mut section = Section::new("", &["name", "native name", "place", "kind", "id"]);
    section.rows.par_extend(keys.par_iter().with_min_len(1_024).map(|&key| {
        let hospital = catalog.summary(key);
        vec![
            Cell::stated(hospital.name),
            Cell::stated(hospital.native_name.unwrap_or_default()),
            Cell::stated(hospital.place_line()),
            Cell::stated(hospital.kind.map_or("", Text::as_str)),
            Cell::stated(hospital.id),
        ]
    }));
    Document { sections: vec![section], ..Document::default() }
}
