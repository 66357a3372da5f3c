//! The content and the format of a report.

use crate::catalog::{Catalog, HospitalKey};
use crate::report::view::ComparisonView;
use crate::text::Text;

/// What to write.
#[derive(Clone, Debug)]
pub enum Content<'a> {
    /// Hospitals, a line each, with their latest figures of the measures of these ids.
    List(&'a Catalog, Vec<HospitalKey>, Vec<Text>),
    /// One hospital in full.
    Hospital(&'a Catalog, HospitalKey),
    /// Two hospitals side by side.
    Comparison(&'a Catalog, &'a ComparisonView),
}

/// How to write it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Aligned columns, for reading in a terminal.
    #[default]
    Table,
    /// Full sentences with every caveat, for reading aloud.
    Text,
    /// JSON of a documented, stable shape.
    Json,
    /// CSV that is safe to open in a spreadsheet.
    Csv,
    /// Markdown tables.
    Markdown,
    /// One self-contained page.
    Html,
}
