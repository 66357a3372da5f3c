//! Writes a document as Markdown tables.

use std::io::{self, Write};

use crate::report::document::{Cell, Document};

/// Writes `document`.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, document: &Document) -> io::Result<()> {
    if !document.title.is_empty() {
        writeln!(out, "# {}\n", escape(&document.title))?;
    }
    for line in &document.lead {
        writeln!(out, "{}\n", escape_line(line))?;
    }
    for section in &document.sections {
        if !section.heading.is_empty() {
            writeln!(out, "## {}\n", escape(&section.heading))?;
        }
        write_row(out, &section.columns)?;
        writeln!(out, "|{}", " --- |".repeat(section.columns.len()))?;
        let rows = section.rows.iter().map(|row| row.iter().map(Cell::text).collect::<Vec<_>>());
        rows.into_iter().try_for_each(|row| write_row(out, &row))?;
        writeln!(out)?;
    }
    if !document.sources.is_empty() {
        writeln!(out, "## Sources\n")?;
    }
    for (number, source) in &document.sources {
        writeln!(out, "- \\[{number}\\] {}", escape(source))?;
    }
    if !document.data_files.is_empty() {
        writeln!(out, "\n## Data files\n")?;
    }
    document.data_files.iter().try_for_each(|line| writeln!(out, "- {}", escape_line(line)))
}

fn write_row(out: &mut impl Write, cells: &[impl AsRef<str>]) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|cell| escape(cell.as_ref()).replace('\n', "<br>")).collect();
    writeln!(out, "| {} |", cells.join(" | "))
}

/// `text` with the special characters of Markdown and HTML escaped.
#[must_use]
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// `text` escaped for the start of a line, where some characters and numbers start a list, a quotation or a rule.
fn escape_line(text: &str) -> String {
    let mut out = escape(text);
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    let begins_list = digits > 0 && out[digits..].starts_with(['.', ')']);
    if begins_list || out.starts_with(['-', '+', '>', '=']) {
        out.insert(digits, '\\');
    }
    out
}
