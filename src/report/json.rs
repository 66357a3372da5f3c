//! JSON of a stable shape, for scripts. The README lists the fields of every object, and a test compares them.

mod comparison;
mod hospital;
mod list;
mod parts;
mod text;

use std::io::{self, Write};

use crate::report::content::Content;
use hospital::FullHospital;
pub(crate) use parts::{Cited, Identity, Observation};
pub(crate) use text::{Layout, escape_invisible, pretty};

/// Writes `content` as JSON with a newline at the end.
///
/// # Errors
///
/// When `out` cannot be written to.
pub(crate) fn write(out: &mut impl Write, content: &Content, layout: Layout) -> io::Result<()> {
    match content {
        Content::List(hospitals) => list::write(out, hospitals, layout),
        Content::Hospital(catalog, key) => layout.write(out, &FullHospital::new(catalog, *key)),
        Content::Comparison(catalog, view) => comparison::write(out, catalog, view, layout),
    }
}
