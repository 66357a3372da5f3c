//! Writes which fields and measures hospitals have.

use std::io::{self, Write};

use serde::Serialize;

use crate::report::content::{Format, TableStyle};
use crate::report::csv::{Separator, write_rows};
use crate::report::document::{Cell, Document, Section};
use crate::report::json::{self, Layout};
use crate::report::wording::count;
use crate::report::{html, markdown, table};
use crate::search::FieldEntry;
use crate::text::Text;

const HEADINGS: [&str; 5] = ["name", "type", "label", "hospitals", "example"];

/// A field as it is written in JSON.
#[derive(Serialize)]
struct FieldRecord<'a> {
    name: &'a str,
    r#type: &'static str,
    label: &'a Text,
    hospitals: usize,
    example: &'a Text,
}

/// Writes `fields` as `format`; a table in that style.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, fields: &[FieldEntry], format: Format, style: TableStyle) -> io::Result<()> {
    let records = fields.iter().map(|field| FieldRecord {
        name: &field.name,
        r#type: if field.is_measure { "measure" } else { "field" },
        label: &field.label,
        hospitals: field.hospitals,
        example: &field.example,
    });
    let records: Vec<FieldRecord> = records.collect();
    match format {
        Format::Json => json::pretty(out, &records),
        Format::JsonLines => Layout::Lines.write_all(out, records.iter()),
        Format::Csv => write_rows(out, Separator::Comma, &HEADINGS, records.iter().map(cells)),
        Format::Tsv => write_rows(out, Separator::Tab, &HEADINGS, records.iter().map(cells)),
        Format::Text => records.iter().try_for_each(|record| {
            let FieldRecord { name, r#type, label, hospitals, example } = record;
            writeln!(out, "{name}, a {type}: {label}; {}, for example {example}.", count(*hospitals, "hospital"))
        }),
        Format::Table => table::write_document(out, &document(&records), style),
        Format::Markdown => markdown::write(out, &document(&records)),
        Format::Html => html::write(out, &document(&records)),
    }
}

fn cells(record: &FieldRecord) -> [String; 5] {
    let FieldRecord { name, r#type, label, hospitals, example } = record;
    [(*name).to_owned(), (*r#type).to_owned(), label.to_string(), hospitals.to_string(), example.to_string()]
}

fn document(records: &[FieldRecord]) -> Document {
    let mut section = Section::new("", &HEADINGS);
    section.rows = records.iter().map(|record| cells(record).map(Cell::stated).into()).collect();
    Document { sections: vec![section], ..Document::default() }
}
