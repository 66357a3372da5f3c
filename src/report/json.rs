//! JSON of a stable shape, for scripts. The README lists the fields of every object, and a test compares them.

mod comparison;
mod hospital;
mod parts;
mod text;

use std::io::{self, Write};

use crate::catalog::HospitalKey;
use crate::report::content::Content;
use hospital::FullHospital;
use parts::HospitalSummary;
pub(crate) use text::{escape_invisible, pretty};

/// Writes `content` as indented JSON with a newline at the end.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, content: &Content) -> io::Result<()> {
    match content {
        Content::List(catalog, keys, measures) => {
            let listed = |&key: &HospitalKey| HospitalSummary::new(catalog, key).with_figures(catalog, key, measures);
            pretty(out, &keys.iter().map(listed).collect::<Vec<_>>())
        }
        Content::Hospital(catalog, key) => pretty(out, &FullHospital::new(catalog, *key)),
        Content::Comparison(catalog, view) => comparison::write(out, catalog, view),
    }
}
