//! Writes a document as aligned columns.

mod fit;

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use rayon::prelude::*;

use crate::report::content::{Content, TableStyle};
use crate::report::document::{self, Cell, Document, Section};
use crate::report::list::{Column, List};
use crate::text::{clip, width, wrap};
use fit::{ColumnRoom, GAP, GiveWay};

/// Spaces that are written at a time.
const SPACES: &str = "                                ";

/// Rows that one core lays out at a time.
const BATCH: usize = 1_024;

/// Rows that are laid out before they are written.
const MANY: usize = 64 * BATCH;

/// How headings look.
const HEADING: Style = Style::new().bold();

/// Writes `content` in that style.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, content: &Content, style: TableStyle) -> io::Result<()> {
    match content {
        // A list may have a hundred thousand rows: no document is made of them.
        Content::List(hospitals) => write_list(out, hospitals, style),
        Content::Hospital(..) | Content::Comparison(..) => write_document(out, &document::build(content), style),
    }
}

/// Writes a list. In a terminal each hospital has one line.
fn write_list(out: &mut impl Write, list: &List, style: TableStyle) -> io::Result<()> {
    let rows = list.for_people();
    let is_chosen = list.chosen().is_some();
    let columns = rows.columns().map(|column| TableColumn {
        gives_way: gives_way(column, is_chosen),
        style: cell_style(column).filter(|_| style.has_colour),
    });
    let table = Table {
        headings: rows.headings(),
        columns: columns.collect(),
        style,
        is_in_single_lines: style.width.is_some(),
    };
    table.write(out, rows.len(), |at| rows.words(at))
}

/// How a column of a list gives way where the columns together are too wide: an id and a number are no longer themselves
/// when they are cut, and names are cut last.
fn gives_way(column: &Column, is_chosen: bool) -> GiveWay {
    match column {
        Column::Id | Column::Figure(_) | Column::Distance | Column::Latitude | Column::Longitude => GiveWay::Never,
        Column::Name => GiveWay::Last,
        // These are left out at last.
        Column::Kind if !is_chosen => GiveWay::Wholly(0),
        Column::NativeName if !is_chosen => GiveWay::Wholly(1),
        Column::Place if !is_chosen => GiveWay::Wholly(2),
        _ => GiveWay::First,
    }
}

/// How the cells of a column of a list look.
fn cell_style(column: &Column) -> Option<Style> {
    match column {
        Column::Figure(_) | Column::Field(_) | Column::Distance => Some(AnsiColor::Cyan.on_default()),
        Column::Id => Some(Style::new().dimmed()),
        _ => None,
    }
}

pub(super) fn write_document(out: &mut impl Write, document: &Document, style: TableStyle) -> io::Result<()> {
    let heading = |text: &str| styled(text, Some(HEADING).filter(|_| style.has_colour)).into_owned();
    if !document.title.is_empty() {
        writeln!(out, "{}", heading(&document.title))?;
    }
    for line in &document.lead {
        writeln!(out, "{line}")?;
    }
    for (at, section) in document.sections.iter().enumerate() {
        if at > 0 || !document.title.is_empty() {
            writeln!(out)?;
        }
        if !section.heading.is_empty() {
            writeln!(out, "{}", heading(&section.heading.to_uppercase()))?;
        }
        write_section(out, section, style)?;
    }
    if !document.sources.is_empty() {
        writeln!(out, "\n{}", heading("SOURCES"))?;
    }
    for (number, source) in &document.sources {
        writeln!(out, "[{number}]  {source}")?;
    }
    if !document.data_files.is_empty() {
        writeln!(out, "\n{}", heading("DATA FILES"))?;
    }
    document.data_files.iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn write_section(out: &mut impl Write, section: &Section, style: TableStyle) -> io::Result<()> {
    let headings: Vec<Cow<str>> = section.columns.iter().map(|heading| Cow::Borrowed(&**heading)).collect();
    let columns = headings.iter().map(|_| TableColumn { gives_way: GiveWay::First, style: None }).collect();
    let table = Table { headings, columns, style, is_in_single_lines: false };
    table.write(out, section.rows.len(), |at| section.rows[at].iter().map(Cell::text).collect::<Vec<_>>())
}

/// `text` in a style.
fn styled(text: &str, style: Option<Style>) -> Cow<'_, str> {
    match style {
        Some(style) if !text.is_empty() => Cow::Owned(format!("{style}{text}{style:#}")),
        _ => Cow::Borrowed(text),
    }
}

struct TableColumn {
    gives_way: GiveWay,
    /// How its cells look.
    style: Option<Style>,
}

/// A table with its headings; the rows come when it is written.
struct Table<'a> {
    headings: Vec<Cow<'a, str>>,
    columns: Vec<TableColumn>,
    style: TableStyle,
    /// Whether each row has one line, and cells are cut; else they are wrapped.
    is_in_single_lines: bool,
}

impl Table<'_> {
    /// Writes so many rows below the headings. All cores lay them out.
    fn write<'a, R: AsRef<[Cow<'a, str>]>>(
        &self,
        out: &mut impl Write,
        count: usize,
        row: impl Fn(usize) -> R + Sync,
    ) -> io::Result<()> {
        let widths = self.widths(count, &row);
        let mut text = String::new();
        let heading = Some(HEADING).filter(|_| self.style.has_colour);
        push_wrapped(&mut text, &self.headings, &widths, |_| heading);
        out.write_all(text.as_bytes())?;
        for first in (0..count).step_by(MANY) {
            let end = count.min(first + MANY);
            let batches = (first..end).into_par_iter().step_by(BATCH).map(|first| {
                let mut text = String::new();
                (first..end.min(first + BATCH)).for_each(|at| self.push_row(&mut text, row(at).as_ref(), &widths));
                text
            });
            batches.collect::<Vec<_>>().iter().try_for_each(|text| out.write_all(text.as_bytes()))?;
        }
        Ok(())
    }

    /// Adds a row.
    fn push_row(&self, text: &mut String, cells: &[Cow<str>], widths: &[Option<usize>]) {
        let style = |at: usize| self.columns[at].style;
        if self.is_in_single_lines {
            let cells = cells.iter().zip(widths).map(|(cell, columns)| clip(cell, columns.unwrap_or(0)));
            push_line(text, cells, widths, style);
        } else {
            push_wrapped(text, cells, widths, style);
        }
    }

    /// The width of each column; none of those that have no room.
    fn widths<'a, R: AsRef<[Cow<'a, str>]>>(
        &self,
        count: usize,
        row: &(impl Fn(usize) -> R + Sync),
    ) -> Vec<Option<usize>> {
        let cell_width = |cell: &str| cell.lines().map(width).max().unwrap_or(0);
        let widest = |mut widths: Vec<usize>, at: usize| {
            for (widest, cell) in widths.iter_mut().zip(row(at).as_ref()) {
                *widest = (*widest).max(cell_width(cell));
            }
            widths
        };
        let wider = |a: Vec<usize>, b: Vec<usize>| a.into_iter().zip(b).map(|(a, b)| a.max(b)).collect();
        let none = || vec![0; self.headings.len()];
        let rows = (0..count).into_par_iter().with_min_len(BATCH);
        let cells = rows.fold(none, widest).reduce(none, wider);
        let rooms = self.columns.iter().zip(&self.headings).zip(cells);
        let rooms = rooms.map(|((column, heading), cells)| ColumnRoom {
            gives_way: column.gives_way,
            heading: cell_width(heading),
            cells,
        });
        fit::widths(&rooms.collect::<Vec<_>>(), self.style.width)
    }
}

/// Adds a row, in as many lines as its cells need.
fn push_wrapped(
    text: &mut String,
    cells: &[Cow<str>],
    widths: &[Option<usize>],
    style: impl Fn(usize) -> Option<Style>,
) {
    if cells.iter().zip(widths).all(|(cell, columns)| columns.is_none_or(|columns| fits(cell, columns))) {
        return push_line(text, cells.iter().map(|cell| Cow::Borrowed(&**cell)), widths, style);
    }
    let wrapped: Vec<Vec<Cow<str>>> =
        cells.iter().zip(widths).map(|(cell, columns)| lines(cell, columns.unwrap_or(usize::MAX))).collect();
    for line in 0..wrapped.iter().map(Vec::len).max().unwrap_or(0) {
        let cells = wrapped.iter().map(|cell| Cow::Borrowed(cell.get(line).map_or("", |line| &**line)));
        push_line(text, cells, widths, &style);
    }
}

/// Adds a line, with no space at its end.
fn push_line<'a>(
    text: &mut String,
    cells: impl Iterator<Item = Cow<'a, str>>,
    widths: &[Option<usize>],
    style: impl Fn(usize) -> Option<Style>,
) {
    let mut spaces = 0;
    for (at, (cell, columns)) in cells.zip(widths).enumerate() {
        let Some(columns) = columns else { continue };
        let cell = cell.trim_end();
        if !cell.is_empty() {
            text.extend(std::iter::repeat_n(SPACES, spaces / SPACES.len()));
            text.push_str(&SPACES[..spaces % SPACES.len()]);
            text.push_str(&styled(cell, style(at)));
            spaces = 0;
        }
        spaces += columns.saturating_sub(width(cell)) + GAP;
    }
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
