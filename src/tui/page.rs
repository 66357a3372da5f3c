//! Pages: lines of text whose pieces have a role, laid out for a width.
//!
//! A page knows neither colours nor the terminal. So the state can keep it, and knows how long it is and where each row
//! stands; [`super::view`] turns roles into styles when it draws.

pub(crate) mod bar;
pub(crate) mod compare;
pub(crate) mod detail;
pub(crate) mod help;
pub(crate) mod map;
pub(crate) mod menu;
pub(crate) mod row;

use std::borrow::Cow;
use std::ops::Range;

use crate::text::{pad, width, wrap};

/// What a piece of text is; it decides how it looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Role {
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
    /// A letter that the query matched.
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
    /// What the program has to say.
    Message,
    /// What is wrong with the query.
    Mistake,
}

/// A piece of text with a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) role: Role,
}

/// A line of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageLine(pub(crate) Vec<Piece>);

impl PageLine {
    /// A line of one piece.
    pub(crate) fn of(text: impl Into<String>, role: Role) -> Self {
        Self::default().with(text, role)
    }

    /// The start of a line that is indented.
    pub(crate) fn indented(columns: usize) -> Self {
        Self::of(" ".repeat(columns), Role::Plain)
    }

    /// This line with a piece added.
    pub(crate) fn with(mut self, text: impl Into<String>, role: Role) -> Self {
        self.0.push(Piece { text: text.into(), role });
        self
    }

    /// The columns that it takes.
    pub(crate) fn width(&self) -> usize {
        self.0.iter().map(|piece| width(&piece.text)).sum()
    }

    /// This line filled with spaces to so many columns.
    pub(crate) fn padded(self, columns: usize) -> Self {
        let missing = columns.saturating_sub(self.width());
        self.with(" ".repeat(missing), Role::Plain)
    }
}

/// Lines, and which of them belong to which row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) lines: Vec<PageLine>,
    /// The lines of each row that can be selected, in order.
    pub(crate) rows: Vec<Range<usize>>,
    /// The first line and the title of each section. The title of the section that is seen stays in view.
    pub(crate) sections: Vec<(usize, &'static str)>,
}

impl Page {
    /// Adds a line.
    pub(crate) fn push(&mut self, line: PageLine) {
        self.lines.push(line);
    }

    /// Begins a section at the next line.
    pub(crate) fn section(&mut self, title: &'static str) {
        self.sections.push((self.lines.len(), title));
    }

    /// The title of the section that a line stands in.
    pub(crate) fn section_at(&self, line: usize) -> &'static str {
        self.sections.iter().take_while(|(start, _)| *start <= line).last().map_or("", |(_, title)| title)
    }

    /// The lines that belong to a row: from its heading, if it is the first below one, and after the last row to the end
    /// of the page, where the sources stand.
    pub(crate) fn lines_of_row(&self, row: usize) -> (usize, usize) {
        let Some(lines) = self.rows.get(row) else { return (0, 0) };
        let start = self.rows[..row].last().map_or(0, |before| before.end);
        let end = if row + 1 == self.rows.len() { self.lines.len() } else { lines.end };
        (start, end)
    }

    /// Adds an empty line, unless the page is empty or ends with one.
    pub(crate) fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.0.is_empty()) {
            self.lines.push(PageLine::default());
        }
    }

    /// Adds a heading, with an empty line before it.
    pub(crate) fn heading(&mut self, text: &str) {
        self.gap();
        self.push(PageLine::of(text, Role::Heading));
    }

    /// Adds `text` wrapped to `columns`, each line indented.
    pub(crate) fn paragraph(&mut self, text: &str, role: Role, indent: usize, columns: usize) {
        for line in wrap(text, columns.saturating_sub(indent)) {
            self.push(PageLine::indented(indent).with(line, role));
        }
    }

    /// Adds numbered sources, each `(number, text, note)`, under a heading if there are any.
    pub(crate) fn sources<'a>(
        &mut self,
        heading: &str,
        sources: impl IntoIterator<Item = (usize, Cow<'a, str>, Option<&'a str>)>,
        columns: usize,
    ) {
        for (at, (number, text, note)) in sources.into_iter().enumerate() {
            if at == 0 {
                self.heading(heading);
            }
            self.paragraph(&format!("[{number}] {text}"), Role::Plain, 2, columns);
            if let Some(note) = note {
                self.paragraph(note, Role::Muted, 6, columns);
            }
        }
    }

    /// Adds a caveat: `!` and its text.
    pub(crate) fn caveat(&mut self, text: &str, indent: usize, columns: usize) {
        for (at, line) in wrap(text, columns.saturating_sub(indent + 2)).into_iter().enumerate() {
            let sign = if at == 0 { "! " } else { "  " };
            let start = PageLine::indented(indent).with(sign, Role::Caveat);
            self.push(start.with(line, Role::Muted));
        }
    }

    /// Adds cells beside each other, each `(text, role, columns)`.
    pub(crate) fn cells(&mut self, indent: usize, cells: &[(&str, Role, usize)]) {
        let cells: Vec<(Cell, usize)> =
            cells.iter().map(|(text, role, columns)| (vec![((*text).to_owned(), *role)], *columns)).collect();
        self.beside(indent, &cells);
    }

    /// Adds cells beside each other, each wrapped to its columns and as high as it needs to be.
    pub(crate) fn beside(&mut self, indent: usize, cells: &[(Cell, usize)]) {
        let wrapped: Vec<(Cell, usize)> =
            cells.iter().map(|(cell, columns)| (wrapped(cell, *columns), *columns)).collect();
        let height = wrapped.iter().map(|(cell, _)| cell.len()).max().unwrap_or(0);
        for at in 0..height {
            let mut line = PageLine::indented(indent);
            for (cell, columns) in &wrapped {
                let (text, role) = cell.get(at).map_or(("", Role::Plain), |(text, role)| (text, *role));
                line = line.with(pad(text, *columns), role).with(" ".repeat(GAP), Role::Plain);
            }
            self.push(line);
        }
    }
}

/// The text of a cell, in parts that begin a line each.
pub(crate) type Cell = Vec<(String, Role)>;

/// Columns between cells.
pub(crate) const GAP: usize = 2;

/// The sides of a comparison.
pub(crate) const SIDES: [(&str, Role); 2] = [("A", Role::SideA), ("B", Role::SideB)];

/// A cell in lines of at most so many columns.
pub(crate) fn wrapped(cell: &Cell, columns: usize) -> Cell {
    cell.iter().flat_map(|(text, role)| lines_of(text, columns).into_iter().map(|line| (line, *role))).collect()
}

/// `text` in lines of at most so many columns, its own line ends kept.
pub(crate) fn lines_of(text: &str, columns: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrap(line, columns)).collect()
}
