//! Writes a document as aligned columns of plain text.

use std::io::{self, Write};

use crate::report::document::{Cell, Document, Section};
use crate::text::{pad, width, wrap};

/// The space between columns.
const GAP: usize = 2;

/// The minimum width of a column that is shrunk to fit.
const NARROWEST: usize = 8;

/// The maximum width of a column if the width of the table is not limited.
const WIDEST: usize = 60;

/// Writes `document`, at most `limit` display columns wide.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, document: &Document, limit: Option<usize>) -> io::Result<()> {
    if !document.title.is_empty() {
        writeln!(out, "{}", document.title)?;
    }
    for line in &document.lead {
        writeln!(out, "{line}")?;
    }
    for (at, section) in document.sections.iter().enumerate() {
        if at > 0 || !document.title.is_empty() {
            writeln!(out)?;
        }
        if !section.heading.is_empty() {
            writeln!(out, "{}", section.heading.to_uppercase())?;
        }
        write_section(out, section, limit)?;
    }
    if !document.sources.is_empty() {
        writeln!(out, "\nSOURCES")?;
    }
    for (number, source) in &document.sources {
        writeln!(out, "[{number}]  {source}")?;
    }
    if !document.data_files.is_empty() {
        writeln!(out, "\nDATA FILES")?;
    }
    document.data_files.iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn write_section(out: &mut impl Write, section: &Section, limit: Option<usize>) -> io::Result<()> {
    let widths = widths(section, limit);
    write_row(out, &section.columns, &widths)?;
    section.rows.iter().try_for_each(|row| write_row(out, &texts(row), &widths))
}

fn texts(row: &[Cell]) -> Vec<String> {
    row.iter().map(Cell::text).collect()
}

fn write_row(out: &mut impl Write, cells: &[String], widths: &[usize]) -> io::Result<()> {
    let wrapped: Vec<Vec<String>> = cells
        .iter()
        .zip(widths)
        .map(|(cell, &columns)| cell.lines().flat_map(|line| wrap(line, columns)).collect())
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        let mut text = String::new();
        for (cell, &columns) in wrapped.iter().zip(widths) {
            text.push_str(&pad(cell.get(line).map_or("", String::as_str), columns));
            text.push_str(&" ".repeat(GAP));
        }
        writeln!(out, "{}", text.trim_end())?;
    }
    Ok(())
}

/// The width of each column: what its cells need. If that is too much in total, the widest columns are shrunk.
fn widths(section: &Section, limit: Option<usize>) -> Vec<usize> {
    let rows: Vec<Vec<String>> = section.rows.iter().map(|row| texts(row)).collect();
    let content_width = |at: usize| {
        let cells = rows.iter().map(|row| &row[at]).chain([&section.columns[at]]);
        cells.flat_map(|cell| cell.lines()).map(width).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..section.columns.len()).map(content_width).collect();
    match limit {
        None => widths.iter_mut().for_each(|width| *width = (*width).min(WIDEST)),
        Some(limit) => {
            let available = limit.saturating_sub(GAP * widths.len().saturating_sub(1));
            while widths.iter().sum::<usize>() > available {
                match widths.iter_mut().max() {
                    Some(widest) if *widest > NARROWEST => *widest -= 1,
                    _ => break,
                }
            }
        }
    }
    widths
}
