//! Lays out content as tables with headings, for the formats that people read.

mod comparison;
mod hospital;
mod layout;

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
    section.rows.extend(keys.iter().map(|&key| {
        let hospital = catalog.hospital(key);
        let text = |text: &Option<Text>| Cell::stated(text.as_deref().unwrap_or_default());
        vec![
            Cell::stated(hospital.name.as_str()),
            text(&hospital.native_name),
            Cell::stated(hospital.place.line()),
            text(&hospital.kind),
            Cell::stated(hospital.id.as_str()),
        ]
    }));
    Document { sections: vec![section], ..Document::default() }
}
