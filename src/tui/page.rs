//! Pages: lines of text whose parts have a role, laid out for a width.
//!
//! A page knows neither colours nor the terminal, so the state can ask how long it is and where a row
//! stands, and the view only paints it.

pub mod compare;
pub mod detail;
pub mod help;
pub mod row;

use std::ops::Range;

use crate::report::wording::{self, Citations};
use crate::text::{pad, width, wrap};

/// What a piece of text is, which decides how it looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Plain text.
    #[default]
    Plain,
    /// The name of a hospital.
    Title,
    /// The heading of a family or a list.
    Heading,
    /// What a value is.
    Label,
    /// A value that a source states.
    Value,
    /// Periods, sources, what is missing.
    Muted,
    /// What may change a number.
    Caveat,
    /// A letter that the filter matched.
    Match,
    /// The hospital on the left, or marked A.
    SideA,
    /// The hospital on the right, or marked B.
    SideB,
    /// What can be said of a comparison.
    Comparable,
    /// What limits it.
    Limited,
    /// The name of a key.
    Key,
}

/// A piece of text with a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// What it is.
    pub role: Role,
}

/// A line of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Span>);

impl Line {
    /// A line of one span.
    #[must_use]
    pub fn of(text: impl Into<String>, role: Role) -> Self {
        Self::default().with(text, role)
    }

    /// This line with a span added.
    #[must_use]
    pub fn with(mut self, text: impl Into<String>, role: Role) -> Self {
        self.0.push(Span { text: text.into(), role });
        self
    }

    /// Display columns that it takes.
    #[must_use]
    pub fn width(&self) -> usize {
        self.0.iter().map(|span| width(&span.text)).sum()
    }
}

/// Lines, and which of them belong to which row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The lines.
    pub lines: Vec<Line>,
    /// The lines of each row that can be selected, in order.
    pub rows: Vec<Range<usize>>,
    /// Where each section begins, and what it is called: the title of what is seen is kept in view.
    pub sections: Vec<(usize, &'static str)>,
}

impl Page {
    /// Adds a line.
    pub fn push(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Begins a section at the next line.
    pub fn section(&mut self, title: &'static str) {
        self.sections.push((self.lines.len(), title));
    }

    /// The title of the section that a line stands in.
    #[must_use]
    pub fn section_at(&self, line: usize) -> &'static str {
        self.sections.iter().take_while(|(start, _)| *start <= line).last().map_or("", |(_, title)| title)
    }

    /// The lines that belong to a row: from its heading, if it is the first below one, and after the last row to the end
    /// of the page, where the sources stand.
    #[must_use]
    pub fn lines_of_row(&self, row: usize) -> (usize, usize) {
        let Some(lines) = self.rows.get(row) else { return (0, 0) };
        let start = self.rows[..row].last().map_or(0, |before| before.end);
        let end = if row + 1 == self.rows.len() { self.lines.len() } else { lines.end };
        (start, end)
    }

    /// Adds an empty line, unless the page is empty or ends with one.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.0.is_empty()) {
            self.lines.push(Line::default());
        }
    }

    /// Adds a heading, set off from what stands before.
    pub fn heading(&mut self, text: &str) {
        self.gap();
        self.push(Line::of(text, Role::Heading));
    }

    /// Adds `text` wrapped to `columns`, each line indented.
    pub fn paragraph(&mut self, text: &str, role: Role, indent: usize, columns: usize) {
        for line in wrap(text, columns.saturating_sub(indent)) {
            self.push(Line::of(" ".repeat(indent), Role::Plain).with(line, role));
        }
    }

    /// Adds the sources that were cited, numbered, with what a reader should know of each.
    pub fn sources(&mut self, citations: &Citations, columns: usize) {
        for (at, (number, source)) in citations.list().enumerate() {
            if at == 0 {
                self.heading("Sources");
            }
            self.paragraph(&format!("[{number}] {}", wording::source(source)), Role::Plain, 2, columns);
            if let Some(note) = &source.note {
                self.paragraph(note, Role::Muted, 6, columns);
            }
        }
    }

    /// Adds a caveat: a sign that stands out, and its text.
    pub fn caveat(&mut self, text: &str, indent: usize, columns: usize) {
        for (at, line) in wrap(text, columns.saturating_sub(indent + 2)).into_iter().enumerate() {
            let sign = if at == 0 { "! " } else { "  " };
            let start = Line::of(" ".repeat(indent), Role::Plain).with(sign, Role::Caveat);
            self.push(start.with(line, Role::Muted));
        }
    }

    /// Adds cells side by side, each `(text, role, columns)` wrapped in its own column.
    pub fn cells(&mut self, indent: usize, cells: &[(&str, Role, usize)]) {
        const GAP: usize = 2;
        let wrapped: Vec<Vec<String>> = cells.iter().map(|(text, _, columns)| lines_of(text, *columns)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut line = Line::of(" ".repeat(indent), Role::Plain);
            for (lines, (_, role, columns)) in wrapped.iter().zip(cells) {
                line = line.with(pad(lines.get(at).map_or("", String::as_str), *columns), *role);
                line = line.with(" ".repeat(GAP), Role::Plain);
            }
            self.push(line);
        }
    }
}

/// `text` in lines of at most `columns`, its own line ends kept.
pub(super) fn lines_of(text: &str, columns: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrap(line, columns)).collect()
}
