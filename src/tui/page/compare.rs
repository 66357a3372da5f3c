//! Two hospitals side by side: a row a measure, with values, periods, bars and the verdict in words.
//!
//! From 80 columns on, the sides stand beside each other; below, they stack:
//!
//! ```text
//!                     A Guangzhou …           B Shanghai …            verdict
//!   open beds         more than 1,500 [1]     not in the source       # different definition
//!                     no period stated        instead: 880 (beds put …
//!                     ━━━━━━━━━━━━━━━╌╌╌▸
//! ```

use std::cmp::Ordering;

use super::{Line, Page, Role, lines_of};
use crate::catalog::{Figure, HospitalKey, Mention};
use crate::compare::{Bar, Comparison, FactRow, FactSide, ListRow, Presence, Row, Side, Verdict};
use crate::report::document::mention_period;
use crate::report::wording::{self, Citations};
use crate::text::{pad, width};
use crate::tui::glyphs::Glyphs;
use crate::tui::keymap::Show;

/// Fewest columns at which the two sides stand beside each other.
pub const SIDE_BY_SIDE: usize = 78;

/// Which row of a comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Entry<'a, 'b> {
    /// A statement in words.
    Fact(&'b FactRow<'a>),
    /// A measure.
    Measure(&'b Row<'a>),
    /// A name in the list of that heading.
    Listed(&'static str, &'b ListRow<'a>),
}

impl Entry<'_, '_> {
    /// Whether both sides say something, and not the same.
    #[must_use]
    pub fn differs(&self) -> bool {
        match self {
            Self::Fact(row) => match (&row.left, &row.right) {
                (Some(left), Some(right)) => left.text != right.text,
                _ => false,
            },
            Self::Measure(row) => {
                let order = row.left.interval().zip(row.right.interval()).and_then(|(a, b)| a.order(&b));
                row.verdict() < Verdict::DifferentScope && order.is_some_and(|order| order != Ordering::Equal)
            }
            Self::Listed(_, row) => {
                let said = |mentions: &[Mention]| mentions.iter().filter_map(Mention::detail).collect::<Vec<_>>();
                row.presence() == Presence::Shared && said(&row.left) != said(&row.right)
            }
        }
    }

    /// Whether the rules allow to hold the sides against each other.
    #[must_use]
    pub fn is_comparable(&self) -> bool {
        match self {
            Self::Fact(row) => row.left.is_some() && row.right.is_some() && row.reasons.is_empty(),
            Self::Measure(row) => row.order().is_some(),
            Self::Listed(_, row) => row.presence() == Presence::Shared,
        }
    }

    /// Whether a side says nothing of what the other states. A name in one list only is no gap: lists are
    /// never complete.
    #[must_use]
    pub fn has_gap(&self) -> bool {
        match self {
            Self::Fact(row) => row.left.is_none() || row.right.is_none(),
            Self::Measure(row) => row.left.missing().is_some() || row.right.missing().is_some(),
            Self::Listed(..) => false,
        }
    }

    /// What it is of, by which it is found again.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Fact(row) => row.label.to_owned(),
            Self::Measure(row) => row.key(),
            Self::Listed(label, row) => format!("{label} {}", row.name),
        }
    }

    /// The heading it stands under.
    #[must_use]
    pub fn heading(&self) -> &str {
        match self {
            Self::Fact(_) => "Statements",
            Self::Measure(row) => &row.family.label,
            Self::Listed(label, _) => label,
        }
    }
}

/// The rows of a comparison in order, those that `show` lets through.
#[must_use]
pub fn entries<'a, 'b>(comparison: &'b Comparison<'a>, show: Show) -> Vec<Entry<'a, 'b>> {
    let facts = comparison.facts.iter().map(Entry::Fact);
    let rows = comparison.rows.iter().map(Entry::Measure);
    let lists = comparison.lists.iter().flat_map(|list| list.rows.iter().map(|row| Entry::Listed(list.label, row)));
    let shown = |entry: &Entry| match show {
        Show::All => true,
        Show::Differences => entry.differs(),
        Show::Comparable => entry.is_comparable(),
        Show::Gaps => entry.has_gap(),
    };
    facts.chain(rows).chain(lists).filter(shown).collect()
}

/// The page of `entries`, laid out for `columns`.
#[must_use]
pub fn page(comparison: &Comparison, entries: &[Entry], columns: usize, glyphs: &Glyphs) -> Page {
    let mut builder = Builder {
        comparison,
        columns: Columns::new(columns),
        glyphs,
        citations: Citations::new(comparison.catalog, &[comparison.left, comparison.right]),
        page: Page::default(),
    };
    let mut heading = "";
    for entry in entries {
        if heading != entry.heading() {
            heading = entry.heading();
            builder.page.heading(heading);
        }
        let start = builder.page.lines.len();
        builder.entry(entry);
        builder.page.rows.push(start..builder.page.lines.len());
    }
    if entries.is_empty() {
        builder.page.push(Line::of("  No row is of this kind.", Role::Muted));
    }
    builder.page.sources(&builder.citations, columns);
    builder.page
}

/// The line above the rows that names the sides, or two where they stack.
#[must_use]
pub fn head(comparison: &Comparison, columns: usize) -> Vec<Line> {
    let (left, right) = (&comparison.left_hospital().name, &comparison.right_hospital().name);
    match Columns::new(columns) {
        Columns::Stacked { columns } => {
            let room = columns.saturating_sub(3);
            vec![
                Line::of(" A ", Role::SideA).with(pad(left, room), Role::SideA),
                Line::of(" B ", Role::SideB).with(pad(right, room), Role::SideB),
            ]
        }
        Columns::Beside { label, side, verdict } => {
            let start = Line::of(" ".repeat(INDENT + label + GAP), Role::Plain);
            let named = |line: Line, mark: &str, name: &str, role| {
                line.with(pad(&format!("{mark} {name}"), side), role).with(" ".repeat(GAP), Role::Plain)
            };
            let line = named(named(start, "A", left, Role::SideA), "B", right, Role::SideB);
            vec![line.with(pad("verdict", verdict), Role::Muted)]
        }
    }
}

const INDENT: usize = 2;
const GAP: usize = 2;

/// How the width is shared out.
enum Columns {
    Beside { label: usize, side: usize, verdict: usize },
    Stacked { columns: usize },
}

impl Columns {
    fn new(columns: usize) -> Self {
        if columns < SIDE_BY_SIDE {
            return Self::Stacked { columns };
        }
        let verdict = 22.min(columns / 5 + 2);
        let label = (columns / 5).clamp(16, 34);
        let side = (columns - INDENT - label - verdict - 3 * GAP) / 2;
        Self::Beside { label, side, verdict }
    }
}

struct Builder<'a, 'b> {
    comparison: &'b Comparison<'a>,
    columns: Columns,
    glyphs: &'b Glyphs,
    citations: Citations<'a>,
    page: Page,
}

/// One side of a row, as lines with roles.
type Cell = Vec<(String, Role)>;

impl Builder<'_, '_> {
    fn entry(&mut self, entry: &Entry) {
        let (left, right) = (self.comparison.left, self.comparison.right);
        match entry {
            Entry::Fact(row) => {
                let cells = [self.fact(left, row.left.as_ref()), self.fact(right, row.right.as_ref())];
                self.row(row.label, cells, row.reasons.iter().copied().map(reason_line).collect());
            }
            Entry::Measure(row) => {
                let cells = [self.side(left, row, &row.left), self.side(right, row, &row.right)];
                self.row(&wording::row_label(row), cells, verdict_lines(row));
            }
            Entry::Listed(_, row) => {
                let presence = match row.presence() {
                    Presence::Shared => ("= shared".to_owned(), Role::Comparable),
                    Presence::OnlyLeft => ("< only A".to_owned(), Role::Muted),
                    Presence::OnlyRight => ("> only B".to_owned(), Role::Muted),
                };
                let cells = [self.mentions(left, &row.left), self.mentions(right, &row.right)];
                let mut verdict = vec![presence];
                verdict.extend(row.reasons().into_iter().map(reason_line));
                self.row(row.name, cells, verdict);
            }
        }
    }

    fn fact(&mut self, key: HospitalKey, side: Option<&FactSide>) -> Cell {
        match side {
            None => vec![("not in the source".to_owned(), Role::Muted)],
            Some(side) => {
                let mark = side.source.map_or(String::new(), |id| format!(" {}", self.citations.mark(key, id)));
                let caveat = if side.caveat.is_some() { " !" } else { "" };
                let mut cell = vec![(format!("{}{mark}{caveat}", side.text), Role::Value)];
                if !side.others.is_empty() {
                    cell.push((format!("{} more of other sources", side.others.len()), Role::Muted));
                }
                cell
            }
        }
    }

    fn mentions(&mut self, key: HospitalKey, mentions: &[Mention]) -> Cell {
        if mentions.is_empty() {
            return vec![("not in the source".to_owned(), Role::Muted)];
        }
        let mut line = |mention: &Mention| {
            let detail = mention.detail().unwrap_or_else(|| "yes".to_owned());
            let when = mention_period(mention);
            let when = if when.is_empty() { when } else { format!(", {when}") };
            let caveat = if mention.caveat().is_some() { " !" } else { "" };
            (format!("{detail}{when} {}{caveat}", self.citations.mark(key, mention.source())), Role::Value)
        };
        mentions.iter().map(&mut line).collect()
    }

    fn side(&mut self, key: HospitalKey, row: &Row, side: &Side) -> Cell {
        let mut cell = Cell::new();
        for figure in &side.figures {
            self.figure(key, row, figure, &mut cell);
        }
        if side.figures.is_empty() {
            cell.push((wording::missing(row.measure, side).to_owned(), Role::Muted));
        }
        for figure in &side.instead {
            let aside = wording::aside(self.comparison.catalog, figure);
            let caveat = if figure.caveat.is_some() { " !" } else { "" };
            cell.push((format!("instead {aside} {}{caveat}", self.citations.marks(key, figure)), Role::Plain));
        }
        if !side.history.is_empty() {
            cell.push((format!("{} more of other periods", side.history.len()), Role::Muted));
        }
        let is_left = key == self.comparison.left;
        if let Some(bar) = self.bar(row, is_left) {
            cell.push((bar, if is_left { Role::SideA } else { Role::SideB }));
        }
        cell
    }

    fn figure(&mut self, key: HospitalKey, row: &Row, figure: &Figure, cell: &mut Cell) {
        let mark = self.citations.marks(key, figure);
        let caveat = if figure.caveat.is_some() { " !" } else { "" };
        cell.push((format!("{} {mark}{caveat}", wording::value(row.measure, figure)), Role::Value));
        let part = self.comparison.catalog.hospital(key).details.scope_name(figure.scope.as_ref());
        let part = part.map_or(String::new(), |part| format!("{part} only, "));
        cell.push((format!("{part}{}", wording::period(figure.period.as_ref())), Role::Muted));
    }

    fn bar(&self, row: &Row, is_left: bool) -> Option<String> {
        let Columns::Beside { side: columns, .. } = self.columns else { return None };
        let [left, right] = row.bars()?;
        Some(draw_bar(if is_left { left } else { right }, columns.min(30), self.glyphs))
    }

    fn row(&mut self, label: &str, cells: [Cell; 2], verdict: Cell) {
        match self.columns {
            Columns::Beside { label: label_columns, side, verdict: verdict_columns } => {
                let label = vec![(label.to_owned(), Role::Label)];
                let [left, right] = cells;
                let parts = [(label, label_columns), (left, side), (right, side), (verdict, verdict_columns)];
                self.beside(&parts);
            }
            Columns::Stacked { columns } => {
                self.page.paragraph(label, Role::Label, INDENT, columns);
                for (text, role) in &verdict {
                    self.page.paragraph(text, *role, INDENT + 2, columns);
                }
                for (cell, mark, role) in [(&cells[0], "A ", Role::SideA), (&cells[1], "B ", Role::SideB)] {
                    self.stacked(cell, mark, role, columns);
                }
            }
        }
    }

    /// Cells beside each other, each as high as it needs to be.
    fn beside(&mut self, parts: &[(Cell, usize)]) {
        let wrapped: Vec<(Cell, usize)> =
            parts.iter().map(|(cell, columns)| (wrapped(cell, *columns), *columns)).collect();
        let height = wrapped.iter().map(|(cell, _)| cell.len()).max().unwrap_or(0);
        for at in 0..height {
            let mut line = Line::of(" ".repeat(INDENT), Role::Plain);
            for (cell, columns) in &wrapped {
                let (text, role) = cell.get(at).map_or(("", Role::Plain), |(text, role)| (text, *role));
                line = line.with(pad(text, *columns), role).with(" ".repeat(GAP), Role::Plain);
            }
            self.page.push(line);
        }
    }

    /// One side of a stacked row: value and period on one line where they fit.
    fn stacked(&mut self, cell: &Cell, mark: &str, role: Role, columns: usize) {
        let indent = INDENT + 2;
        let room = columns.saturating_sub(indent + 2);
        let mut lines: Cell = Vec::new();
        for (text, role) in cell {
            match lines.last_mut() {
                Some((last, Role::Value)) if *role == Role::Muted && width(last) + width(text) + 2 <= room => {
                    last.push_str(", ");
                    last.push_str(text);
                }
                _ => lines.push((text.clone(), *role)),
            }
        }
        for (at, (text, text_role)) in wrapped(&lines, room).into_iter().enumerate() {
            let start = Line::of(" ".repeat(indent), Role::Plain);
            let start = if at == 0 { start.with(mark, role) } else { start.with("  ", Role::Plain) };
            self.page.push(start.with(text, text_role));
        }
    }
}

/// A bar of so many columns: solid up to the least that the value may be, dashed up to the most.
pub(super) fn draw_bar(bar: Bar, columns: usize, glyphs: &Glyphs) -> String {
    let solid = columns_of(bar.least, columns).max(usize::from(bar.least > 0.0));
    let end = columns_of(bar.most, columns).max(solid);
    let mut drawn = glyphs.bar.to_string().repeat(solid) + &glyphs.maybe.to_string().repeat(end - solid);
    if bar.is_open {
        drawn.pop();
        drawn.push(glyphs.onward);
    }
    drawn
}

/// `fraction` of so many columns, rounded.
pub(super) fn columns_of(fraction: f64, columns: usize) -> usize {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a fraction of a few hundred columns"
    )]
    let at = (fraction * columns as f64).round() as usize;
    at.min(columns)
}

fn wrapped(cell: &Cell, columns: usize) -> Cell {
    cell.iter().flat_map(|(text, role)| lines_of(text, columns).into_iter().map(|line| (line, *role))).collect()
}

/// A reason with its mark.
fn reason_line(reason: Verdict) -> (String, Role) {
    let role = match reason {
        Verdict::Comparable | Verdict::Caveat => Role::Comparable,
        Verdict::OneSide | Verdict::Neither => Role::Muted,
        _ => Role::Limited,
    };
    (format!("{} {}", reason.mark(), reason.words()), role)
}

fn verdict_lines(row: &Row) -> Cell {
    let mut lines: Cell = row.reasons.iter().copied().map(reason_line).collect();
    let larger = match row.order() {
        Some(Ordering::Greater) => "A",
        Some(Ordering::Less) => "B",
        Some(Ordering::Equal) => {
            lines.push(("equal".to_owned(), Role::Plain));
            return lines;
        }
        None => return lines,
    };
    if let Some(difference) = wording::difference(row) {
        lines.push((format!("{larger} {difference}"), Role::Plain));
    }
    lines
}
