//! Lays out content as tables with headings, for the formats that people read.

mod comparison;
mod hospital;
mod layout;

use std::borrow::Cow;

use rayon::prelude::*;

use crate::report::content::Content;
use crate::report::list::{Column, List};
pub use layout::{Cell, Document, Line, LineKind, Section};

/// Lays out `content`.
#[must_use]
pub(crate) fn build(content: &Content) -> Document {
    match content {
        Content::List(hospitals) => list(hospitals),
        Content::Hospital(catalog, key) => hospital::document(catalog, *key),
        Content::Comparison(_, view) => comparison::document(view),
    }
}

fn list(list: &List) -> Document {
    let rows = list.for_people();
    let headings = rows.headings();
    let mut section = Section::new("", &headings.iter().map(|heading| &**heading).collect::<Vec<_>>());
    section.unbroken = rows.columns().map(|column| *column == Column::Id).collect();
    let row = |at: usize| rows.words(at).into_iter().map(Cow::into_owned).map(Cell::stated).collect::<Vec<_>>();
    section.rows.par_extend((0..rows.len()).into_par_iter().with_min_len(1_024).map(row));
    Document { sections: vec![section], ..Document::default() }
}
