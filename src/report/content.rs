//! The content and the format of a report.

use crate::catalog::{Catalog, HospitalKey};
use crate::report::list::List;
use crate::report::view::ComparisonView;

/// What to write.
#[derive(Clone, Debug)]
pub enum Content<'a> {
    /// Hospitals, a line each.
    List(List<'a>),
    /// One hospital in full.
    Hospital(&'a Catalog, HospitalKey),
    /// Two hospitals side by side.
    Comparison(&'a Catalog, &'a ComparisonView),
}

/// How a table looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableStyle {
    /// Columns of the terminal that it must fit.
    pub width: Option<usize>,
    /// Whether it has colours, as a terminal understands them.
    pub has_colour: bool,
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
    /// The same as JSON Lines: of a list one object a line, else one line.
    JsonLines,
    /// CSV that is safe to open in a spreadsheet.
    Csv,
    /// The same separated by tabs, without quotes.
    Tsv,
    /// Markdown tables.
    Markdown,
    /// One self-contained page.
    Html,
}
