//! Writes a document as aligned columns of plain text.

use std::borrow::Cow;
use std::io::{self, Write};

use rayon::prelude::*;

use crate::report::content::Content;
use crate::report::document::{self, Cell, Document, Section};
use crate::text::{width, wrap};

/// The space between columns.
const GAP: usize = 2;

/// The minimum width of a column that is shrunk to fit.
const NARROWEST: usize = 8;

/// The maximum width of a column if the width of the table is not limited.
const WIDEST: usize = 60;

/// Spaces that are written at a time.
const SPACES: &str = "                                ";

/// Rows that one core lays out at a time.
const BATCH: usize = 1_024;

/// Rows that are laid out before they are written.
const MANY: usize = 64 * BATCH;

/// Writes `content`, at most `limit` display columns wide.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, content: &Content, limit: Option<usize>) -> io::Result<()> {
    match content {
        // A list may have a hundred thousand rows: no document is made of them.
        Content::List(catalog, keys, measures) => {
            let row = |at: usize| document::list_row(catalog, keys[at], measures);
            let headings = document::list_headings(catalog, measures).into_iter().map(Cow::Borrowed);
            write_rows(out, &headings.collect::<Vec<_>>(), keys.len(), row, limit)
        }
        Content::Hospital(..) | Content::Comparison(..) => write_document(out, &document::build(content), limit),
    }
}

pub(super) fn write_document(out: &mut impl Write, document: &Document, limit: Option<usize>) -> io::Result<()> {
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
    let headings: Vec<Cow<str>> = section.columns.iter().map(|heading| Cow::Borrowed(&**heading)).collect();
    let row = |at: usize| section.rows[at].iter().map(Cell::text).collect::<Vec<_>>();
    write_rows(out, &headings, section.rows.len(), row, limit)
}

/// Writes so many rows below headings. All cores lay them out.
fn write_rows<'a, R: AsRef<[Cow<'a, str>]>>(
    out: &mut impl Write,
    headings: &[Cow<str>],
    count: usize,
    row: impl Fn(usize) -> R + Sync,
    limit: Option<usize>,
) -> io::Result<()> {
    let widths = widths(headings, count, &row, limit);
    let mut text = String::new();
    push_row(&mut text, headings, &widths);
    out.write_all(text.as_bytes())?;
    for first in (0..count).step_by(MANY) {
        let end = count.min(first + MANY);
        let batches = (first..end).into_par_iter().step_by(BATCH).map(|first| {
            let mut text = String::new();
            (first..end.min(first + BATCH)).for_each(|at| push_row(&mut text, row(at).as_ref(), &widths));
            text
        });
        batches.collect::<Vec<_>>().iter().try_for_each(|text| out.write_all(text.as_bytes()))?;
    }
    Ok(())
}

/// Adds a row, in as many lines as its cells need.
fn push_row(text: &mut String, cells: &[Cow<str>], widths: &[usize]) {
    if cells.iter().zip(widths).all(|(cell, columns)| fits(cell, *columns)) {
        return push_line(text, cells.iter().map(|cell| &**cell), widths);
    }
    let wrapped: Vec<Vec<Cow<str>>> = cells.iter().zip(widths).map(|(cell, columns)| lines(cell, *columns)).collect();
    for line in 0..wrapped.iter().map(Vec::len).max().unwrap_or(0) {
        push_line(text, wrapped.iter().map(|cell| cell.get(line).map_or("", |line| &**line)), widths);
    }
}

/// Adds a line, with no space at its end.
fn push_line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>, widths: &[usize]) {
    let start = text.len();
    let mut spaces = 0;
    for (cell, columns) in cells.zip(widths) {
        if !cell.is_empty() {
            text.extend(std::iter::repeat_n(SPACES, spaces / SPACES.len()));
            text.push_str(&SPACES[..spaces % SPACES.len()]);
            text.push_str(cell);
            spaces = 0;
        }
        spaces += columns.saturating_sub(width(cell)) + GAP;
    }
    text.truncate(start + text[start..].trim_end().len());
    text.push('\n');
}

fn fits(cell: &str, columns: usize) -> bool {
    width(cell) <= columns && !cell.contains('\n')
}

/// The lines of a cell in a column of that width.
fn lines(cell: &str, columns: usize) -> Vec<Cow<'_, str>> {
    if fits(cell, columns) {
        return vec![Cow::Borrowed(cell)];
    }
    cell.lines().flat_map(|line| wrap(line, columns)).map(Cow::Owned).collect()
}

/// The width of each column: what its cells need. If that is too much in total, the widest columns are shrunk.
fn widths<'a, R: AsRef<[Cow<'a, str>]>>(
    headings: &[Cow<str>],
    count: usize,
    row: &(impl Fn(usize) -> R + Sync),
    limit: Option<usize>,
) -> Vec<usize> {
    let cell_width = |cell: &str| cell.lines().map(width).max().unwrap_or(0);
    let headings: Vec<usize> = headings.iter().map(|heading| cell_width(heading)).collect();
    let widest = |mut widths: Vec<usize>, at: usize| {
        for (widest, cell) in widths.iter_mut().zip(row(at).as_ref()) {
            *widest = (*widest).max(cell_width(cell));
        }
        widths
    };
    let wider = |a: Vec<usize>, b: Vec<usize>| a.into_iter().zip(b).map(|(a, b)| a.max(b)).collect();
    let rows = (0..count).into_par_iter().with_min_len(BATCH);
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
