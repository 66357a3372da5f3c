//! A list, a hospital, a comparison: written as a table, text, Markdown, HTML, CSV or JSON.
//!
//! [`wording`] holds the phrases that every view shares, the screen too. [`document`] lays content out as
//! headed tables, which [`table`], [`markdown`] and [`html`] draw; [`sentences`] says the same in full sentences;
//! [`csv`] and [`json`] give it to other programs; [`record`] keeps a comparison to be made again. Every one of them gives each number its period
//! and its source, or says that there is none.

pub mod catalog;
pub mod changes;
pub mod csv;
pub mod document;
pub mod html;
pub mod json;
pub mod markdown;
pub mod record;
pub mod sentences;
pub mod table;
pub mod view;
pub mod wording;

use std::io::{self, Write};

use crate::catalog::{Catalog, HospitalKey};
use crate::compare::Comparison;

/// What to write.
#[derive(Clone, Debug)]
pub enum Content<'a> {
    /// Hospitals, a line each.
    List(&'a Catalog, Vec<HospitalKey>),
    /// One hospital in full.
    Hospital(&'a Catalog, HospitalKey),
    /// Two hospitals side by side.
    Comparison(Comparison<'a>),
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

/// Writes `content` as `format`; `width` limits a table to so many columns.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, content: &Content, format: Format, width: Option<usize>) -> io::Result<()> {
    match format {
        Format::Table => table::write(out, &document::build(content), width),
        Format::Markdown => markdown::write(out, &document::build(content)),
        Format::Html => html::write(out, &document::build(content)),
        Format::Text => sentences::write(out, content),
        Format::Json => json::write(out, content),
        Format::Csv => csv::write(out, content),
    }
}
