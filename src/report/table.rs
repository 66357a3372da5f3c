//! Writes a document as aligned columns of plain text.

use std::borrow::Cow;
use std::io::{self, Write};

use rayon::prelude::*;

use crate::report::document::{Cell, Document, Section};
use crate::text::{width, wrap};

/// The space between columns.
const GAP: usize = 2;

/// The minimum width of a column that is shrunk to fit.
const NARROWEST: usize = 8;

/// The maximum width of a column if the width of the table is not limited.
const WIDEST: usize = 60;

/// Rows that one core lays out at a time.
const BATCH: usize = 1_024;

/// Rows that are laid out before they are written.
const MANY: usize = 64 * BATCH;

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
    let headings: Vec<Cow<str>> = section.columns.iter().map(|heading| Cow::Borrowed(&**heading)).collect();
    let mut text = String::new();
    push_row(&mut text, &headings, &widths);
    out.write_all(text.as_bytes())?;
    for rows in section.rows.chunks(MANY) {
        // A list may have a hundred thousand rows: all cores lay them out.
        let batches = rows.par_chunks(BATCH).map(|rows| {
            let mut text = String::new();
            for row in rows {
                push_row(&mut text, &texts(row), &widths);
            }
            text
        });
        batches.collect::<Vec<_>>().iter().try_for_each(|text| out.write_all(text.as_bytes()))?;
    }
    Ok(())
}

fn texts(row: &[Cell]) -> Vec<Cow<'_, str>> {
    row.iter().map(Cell::text).collect()
}

/// Adds a row, in as many lines as its cells need.
fn push_row(text: &mut String, cells: &[Cow<str>], widths: &[usize]) {
    let wrapped: Vec<Vec<Cow<str>>> = cells.iter().zip(widths).map(|(cell, columns)| lines(cell, *columns)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        let start = text.len();
        for (cell, columns) in wrapped.iter().zip(widths) {
            let cell = cell.get(line).map_or("", |line| &**line);
            text.push_str(cell);
            text.extend(std::iter::repeat_n(' ', columns.saturating_sub(width(cell)) + GAP));
        }
        text.truncate(start + text[start..].trim_end().len());
        text.push('\n');
    }
}

/// The lines of a cell in a column of that width.
fn lines(cell: &str, columns: usize) -> Vec<Cow<'_, str>> {
    if width(cell) <= columns && !cell.contains('\n') {
        return vec![Cow::Borrowed(cell)];
    }
    cell.lines().flat_map(|line| wrap(line, columns)).map(Cow::Owned).collect()
}

/// The width of each column: what its cells need. If that is too much in total, the widest columns are shrunk.
fn widths(section: &Section, limit: Option<usize>) -> Vec<usize> {
    let cell_width = |cell: &str| cell.lines().map(width).max().unwrap_or(0);
    let headings: Vec<usize> = section.columns.iter().map(|heading| cell_width(heading)).collect();
    let widest = |mut widths: Vec<usize>, row: &Vec<Cell>| {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(cell_width(&cell.text()));
        }
        widths
    };
    let wider = |a: Vec<usize>, b: Vec<usize>| a.into_iter().zip(b).map(|(a, b)| a.max(b)).collect();
    let rows = section.rows.par_iter().with_min_len(BATCH);
    let mut widths = rows.fold(|| headings.clone(), widest).reduce(|| headings.clone(), wider);
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
