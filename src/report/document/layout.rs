//! A page of headed tables: sections of rows of cells.

use crate::catalog::{Catalog, Figure};
use crate::compare::Bar;
use crate::report::wording::{self, Citations};
use crate::text::Text;

/// A page: a title, headed tables, the sources, and what it was made from.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What the page is of.
    pub title: String,
    /// Lines below the title.
    pub lead: Vec<String>,
    /// The tables.
    pub sections: Vec<Section>,
    /// The sources cited, numbered.
    pub sources: Vec<(usize, String)>,
    /// The catalogs, so that the page can be made again; see [`wording::identity`].
    pub identity: Vec<String>,
}

/// A headed table.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The heading; empty for a table that needs none.
    pub heading: String,
    /// Column headings.
    pub columns: Vec<String>,
    /// Rows of as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// Whether it is folded where a page can fold.
    pub is_folded: bool,
}

/// What a line of a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What a source states.
    Stated,
    /// That nothing is stated, and why.
    Missing,
    /// How a figure was worked out, or what is published besides.
    Note,
    /// What may change it.
    Caveat,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its lines.
    pub lines: Vec<(Kind, String)>,
    /// A bar under them.
    pub bar: Option<Bar>,
}

impl Cell {
    /// A cell that holds what a source states.
    pub(super) fn stated(text: impl Into<String>) -> Self {
        Self::default().with(Kind::Stated, text)
    }

    /// A cell that says why there is nothing.
    pub(super) fn missing(text: impl Into<String>) -> Self {
        Self::default().with(Kind::Missing, text)
    }

    /// This cell with a line added; an empty line is left out, and a remark that stands in it already.
    pub(super) fn with(mut self, kind: Kind, text: impl Into<String>) -> Self {
        let text = text.into();
        let is_remark = matches!(kind, Kind::Note | Kind::Caveat);
        let is_said = is_remark && self.lines.iter().any(|line| line.0 == kind && line.1 == text);
        if !text.is_empty() && !is_said {
            self.lines.push((kind, text));
        }
        self
    }

    pub(super) fn with_caveat(self, caveat: Option<&Text>) -> Self {
        match caveat {
            Some(caveat) => self.with(Kind::Caveat, caveat.as_str()),
            None => self,
        }
    }

    /// This cell with a remark that changes nothing.
    pub(super) fn with_note(self, note: Option<&Text>) -> Self {
        match note {
            Some(note) => self.with(Kind::Note, format!("note: {note}")),
            None => self,
        }
    }

    /// This cell with a figure's formula, note and caveat.
    pub(super) fn with_notes(self, catalog: &Catalog, figure: &Figure) -> Self {
        let formula = wording::formula(catalog, figure).unwrap_or_default();
        self.with(Kind::Note, formula).with_note(figure.note.as_ref()).with_caveat(figure.caveat.as_ref())
    }

    /// The cell as plain text, a caveat named as such.
    #[must_use]
    pub fn text(&self) -> String {
        let line = |(kind, text): &(Kind, String)| match kind {
            Kind::Caveat => format!("caveat: {text}"),
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

/// The sources cited, numbered, each in full.
pub(super) fn sources(citations: &Citations) -> Vec<(usize, String)> {
    citations.list().map(|(number, source)| (number, wording::source(source))).collect()
}
