//! A list, a hospital, a comparison: written as a table, text, Markdown, HTML, CSV or JSON.
//!
//! [`List`] has the columns of a list. [`citation`] cites one statement.
//! [`wording`] holds the phrases that every view shares, the screen too. [`document`] lays content out as
//! headed tables, which [`table`], [`markdown`] and [`html`] draw; [`sentences`] says the same in full sentences;
//! [`csv`] and [`json`] are for other programs; [`saved`] stores a comparison so that it can be repeated. Every one of them
//! gives each number its period and its source, or says that there is none.

pub(crate) mod addresses;
pub mod catalog;
pub mod changes;
pub(crate) mod citation;
mod content;
pub mod csv;
pub mod document;
pub mod fields;
pub mod html;
pub mod json;
mod list;
pub mod markdown;
pub mod saved;
pub(crate) mod sentences;
pub mod table;
pub mod view;
pub(crate) mod wording;

use std::io::{self, Write};

pub use content::{Content, Format, TableStyle};
pub use list::{Column, List};

/// Writes `content` as `format`; a table in that style.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, content: &Content, format: Format, style: TableStyle) -> io::Result<()> {
    match format {
        Format::Table => table::write(out, content, style),
        Format::Markdown => markdown::write(out, &document::build(content)),
        Format::Html => html::write(out, &document::build(content)),
        Format::Text => sentences::write(out, content),
        Format::Json => json::write(out, content, json::Layout::Indented),
        Format::JsonLines => json::write(out, content, json::Layout::Lines),
        Format::Csv => csv::write(out, content, csv::Separator::Comma),
        Format::Tsv => csv::write(out, content, csv::Separator::Tab),
    }
}
