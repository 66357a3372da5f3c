//! The layout of a page: sections with rows of cells.

use std::borrow::Cow;

use crate::catalog::{Catalog, Figure};
use crate::compare::Bar;
use crate::report::wording::{self, Citations};
use crate::text::Text;

/// A page: a title, tables, the sources, and the data files.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The title.
    pub title: String,
    /// Lines below the title.
    pub lead: Vec<String>,
    /// The tables.
    pub sections: Vec<Section>,
    /// The cited sources with their numbers.
    pub sources: Vec<(usize, String)>,
    /// The data files, so that the page can be reproduced; see [`wording::identity`].
    pub data_files: Vec<String>,
}

/// A table with a heading.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The heading; empty if the table needs none.
    pub heading: String,
    /// Column headings.
    pub columns: Vec<String>,
    /// The rows. Each has one cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// Of each column, whether its cells are never broken: an id is copied as it stands. Empty for none.
    pub unbroken: Vec<bool>,
    /// Whether it is folded at first, in formats that can fold.
    pub is_folded: bool,
    /// Whether its two middle columns are the sides of a comparison, which may have bars.
    pub has_bars: bool,
}

/// The kind of a line in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// A statement of a source.
    Stated,
    /// The reason why there is no statement.
    Missing,
    /// A formula, a limit, a note, or a related value.
    Note,
    /// A remark that may change the value.
    Caveat,
}

/// A line of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its kind.
    pub kind: LineKind,
    /// Its text.
    pub text: String,
    /// The numbers of the sources that are cited after the text.
    pub sources: Vec<usize>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its lines.
    pub lines: Vec<Line>,
    /// A bar below the lines.
    pub bar: Option<Bar>,
}

impl Cell {
    /// A cell with a statement of a source.
    pub(in crate::report) fn stated(text: impl Into<String>) -> Self {
        Self::default().with(LineKind::Stated, text)
    }

    /// A cell with the reason why there is no statement.
    pub(super) fn missing(text: impl Into<String>) -> Self {
        Self::default().with(LineKind::Missing, text)
    }

    /// A cell with citations of sources.
    pub(super) fn citing(sources: &[usize]) -> Self {
        Self::default().with_cited(LineKind::Stated, "", sources)
    }

    /// Adds a line to the cell, unless it is empty or repeats a note or caveat of the cell.
    pub(super) fn with(self, kind: LineKind, text: impl Into<String>) -> Self {
        self.with_cited(kind, text, &[])
    }

    /// Adds a line with its sources to the cell, as in [`Self::with`].
    pub(super) fn with_cited(mut self, kind: LineKind, text: impl Into<String>, sources: &[usize]) -> Self {
        let line = Line { kind, text: text.into(), sources: sources.to_vec() };
        let is_empty = line.text.is_empty() && line.sources.is_empty();
        let is_remark = matches!(kind, LineKind::Note | LineKind::Caveat);
        let is_repeated = is_remark && self.lines.contains(&line);
        if !is_empty && !is_repeated {
            self.lines.push(line);
        }
        self
    }

    /// Adds a caveat and a note to the cell.
    pub(super) fn with_remarks(self, caveat: Option<&Text>, note: Option<&Text>) -> Self {
        let note = note.map_or(String::new(), |note| format!("note: {note}"));
        self.with(LineKind::Note, note).with(LineKind::Caveat, caveat.map_or("", Text::as_str))
    }

    /// Adds a figure's formula, note and caveat to the cell.
    pub(super) fn with_notes(self, catalog: &Catalog, figure: &Figure) -> Self {
        let formula = wording::formula(catalog, figure).unwrap_or_default();
        self.with(LineKind::Note, formula).with_remarks(figure.caveat.as_ref(), wording::note(figure).as_ref())
    }

    /// The cell as plain text. Caveats are marked as such.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match &*self.lines {
            [] => Cow::Borrowed(""),
            [line] => line.plain(),
            lines => Cow::Owned(lines.iter().map(Line::plain).collect::<Vec<_>>().join("\n")),
        }
    }
}

impl Line {
    /// The line as plain text, with the marks of its sources.
    fn plain(&self) -> Cow<'_, str> {
        if self.kind != LineKind::Caveat && self.sources.is_empty() {
            return Cow::Borrowed(self.text.trim());
        }
        let lead = if self.kind == LineKind::Caveat { "caveat: " } else { "" };
        Cow::Owned(format!("{lead}{} {}", self.text, wording::marks(&self.sources)).trim().to_owned())
    }
}

impl Section {
    pub(in crate::report) fn new(heading: &str, columns: &[&str]) -> Self {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Self { heading: heading.to_owned(), columns, ..Self::default() }
    }
}

/// The cited sources with their numbers, each with its full reference.
pub(super) fn sources(citations: &Citations) -> Vec<(usize, String)> {
    citations.list().map(|(number, source)| (number, wording::source(source))).collect()
}
