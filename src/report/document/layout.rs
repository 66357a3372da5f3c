//! The layout of a page: sections with rows of cells.

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
    /// Whether it is folded at first, in formats that can fold.
    pub is_folded: bool,
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

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its lines.
    pub lines: Vec<(LineKind, String)>,
    /// A bar below the lines.
    pub bar: Option<Bar>,
}

impl Cell {
    /// A cell with a statement of a source.
    pub(super) fn stated(text: impl Into<String>) -> Self {
        Self::default().with(LineKind::Stated, text)
    }

    /// A cell with the reason why there is no statement.
    pub(super) fn missing(text: impl Into<String>) -> Self {
        Self::default().with(LineKind::Missing, text)
    }

    /// Adds a line to the cell, unless it is empty or repeats a note or caveat of the cell.
    pub(super) fn with(mut self, kind: LineKind, text: impl Into<String>) -> Self {
        let text = text.into();
        let is_remark = matches!(kind, LineKind::Note | LineKind::Caveat);
        let is_repeated = is_remark && self.lines.iter().any(|line| line.0 == kind && line.1 == text);
        if !text.is_empty() && !is_repeated {
            self.lines.push((kind, text));
        }
        self
    }

    pub(super) fn with_caveat(self, caveat: Option<&Text>) -> Self {
        match caveat {
            Some(caveat) => self.with(LineKind::Caveat, caveat.as_str()),
            None => self,
        }
    }

    /// Adds a note to the cell.
    pub(super) fn with_note(self, note: Option<&Text>) -> Self {
        match note {
            Some(note) => self.with(LineKind::Note, format!("note: {note}")),
            None => self,
        }
    }

    /// Adds a figure's formula, note and caveat to the cell.
    pub(super) fn with_notes(self, catalog: &Catalog, figure: &Figure) -> Self {
        let formula = wording::formula(catalog, figure).unwrap_or_default();
        self.with(LineKind::Note, formula).with_note(figure.note.as_ref()).with_caveat(figure.caveat.as_ref())
    }

    /// The cell as plain text. Caveats are marked as such.
    #[must_use]
    pub fn text(&self) -> String {
        let line = |(kind, text): &(LineKind, String)| match kind {
            LineKind::Caveat => format!("caveat: {text}"),
            _ => text.clone(),
        };
        self.lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl Section {
    pub(super) fn new(heading: &str, columns: &[&str]) -> Self {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Self { heading: heading.to_owned(), columns, rows: Vec::new(), is_folded: false }
    }
}

/// The cited sources with their numbers, each with its full reference.
pub(super) fn sources(citations: &Citations) -> Vec<(usize, String)> {
    citations.list().map(|(number, source)| (number, wording::source(source))).collect()
}
