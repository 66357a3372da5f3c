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
use crate::compare::{Comparison, FactRow, FactSide, ListRow, Presence, Row, Side, Verdict};
use crate::report::wording::{self, Citations};
use crate::text::{Text, pad, width};
use crate::tui::glyphs::Glyphs;

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
                order.is_some_and(|order| order != Ordering::Equal)
            }
            Self::Listed(_, row) => {
                let said = |mentions: &[Mention]| mentions.iter().filter_map(Mention::detail).collect::<Vec<_>>();
                row.presence() == Presence::Shared && said(&row.left) != said(&row.right)
            }
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

/// The rows of a comparison in order, all or only those that differ.
#[must_use]
pub fn entries<'a, 'b>(comparison: &'b Comparison<'a>, only_differences: bool) -> Vec<Entry<'a, 'b>> {
    let facts = comparison.facts.iter().map(Entry::Fact);
    let rows = comparison.rows.iter().map(Entry::Measure);
    let lists = comparison.lists.iter().flat_map(|list| list.rows.iter().map(|row| Entry::Listed(list.label, row)));
    facts.chain(rows).chain(lists).filter(|entry| !only_differences || entry.differs()).collect()
}

/// The page of `entries`, laid out for `columns`.
#[must_use]
pub fn page(comparison: &Comparison, entries: &[Entry], columns: usize, glyphs: &Glyphs) -> Page {
    let mut builder = Builder {
        comparison,
        columns: Columns::new(columns),
        glyphs,
        citations: Citations::new(comparison.catalog),
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
    builder.sources();
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
                self.row(row.label, cells, Vec::new());
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
                self.row(row.name, cells, vec![presence]);
            }
        }
    }

    fn fact(&mut self, key: HospitalKey, side: Option<&FactSide>) -> Cell {
        match side {
            None => vec![("not in the source".to_owned(), Role::Muted)],
            Some(FactSide { text, fact: None }) => vec![(text.clone(), Role::Value)],
            Some(FactSide { text, fact: Some(fact) }) => {
                vec![(format!("{text} {}", self.citations.mark(key, &fact.source)), Role::Value)]
            }
        }
    }

    fn mentions(&mut self, key: HospitalKey, mentions: &[Mention]) -> Cell {
        if mentions.is_empty() {
            return vec![("not in the source".to_owned(), Role::Muted)];
        }
        let mut line = |mention: &Mention| {
            let detail = mention.detail().unwrap_or_else(|| "yes".to_owned());
            let when = match (mention, mention.period()) {
                (Mention::Item(_), None) => String::new(),
                (_, period) => format!(", {}", wording::period(period)),
            };
            (format!("{detail}{when} {}", self.citations.mark(key, mention.source())), Role::Value)
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
            let Some(measure) = self.comparison.catalog.measures().get(&figure.measure) else { continue };
            let mark = self.citations.mark(key, &figure.source);
            let when = wording::period(figure.period.as_ref());
            let value = wording::value(measure, figure);
            cell.push((format!("instead {value} {}, {when} {mark}", measure.label), Role::Plain));
        }
        if !side.history.is_empty() {
            cell.push((format!("{} more of other periods", side.history.len()), Role::Muted));
        }
        if let Some(bar) = self.bar(row, side) {
            cell.push((bar, if key == self.comparison.left { Role::SideA } else { Role::SideB }));
        }
        cell
    }

    fn figure(&mut self, key: HospitalKey, row: &Row, figure: &Figure, cell: &mut Cell) {
        let mark = self.citations.marks(key, figure);
        let caveat = if figure.caveat.is_some() { " !" } else { "" };
        cell.push((format!("{} {mark}{caveat}", wording::value(row.measure, figure)), Role::Value));
        let part = self.comparison.catalog.hospital(key).scope_name(figure.scope.as_ref());
        let part = part.map_or(String::new(), |part| format!("{part} only, "));
        cell.push((format!("{part}{}", wording::period(figure.period.as_ref())), Role::Muted));
    }

    /// A bar on one scale for both sides: solid up to the least it may be, dashed up to the most.
    fn bar(&self, row: &Row, side: &Side) -> Option<String> {
        let (left, right) = (row.left.interval()?, row.right.interval()?);
        let finite = [left.low, left.high, right.low, right.high].into_iter().filter(|n| n.is_finite());
        let top = finite.fold(0.0, f64::max);
        let Columns::Beside { side: columns, .. } = self.columns else { return None };
        let mine = side.interval()?;
        if top <= 0.0 {
            return None;
        }
        let columns = columns.min(30);
        // An open top gets a little room beyond the longest bar, so that it is seen to go on.
        let open = [left.high, right.high].iter().any(|high| high.is_infinite());
        #[expect(clippy::cast_precision_loss, reason = "a bar has a few dozen columns")]
        let full = columns as f64 * if open { 0.85 } else { 1.0 };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between zero and `columns`")]
        let at = |n: f64| ((n / top * full).round() as usize).min(columns);
        let solid = at(mine.low).max(usize::from(mine.low > 0.0));
        let end = if mine.high.is_finite() { at(mine.high).max(solid) } else { columns };
        let mut bar = self.glyphs.bar.to_string().repeat(solid);
        bar.push_str(&self.glyphs.maybe.to_string().repeat(end - solid));
        if mine.high.is_infinite() {
            bar.pop();
            bar.push(self.glyphs.onward);
        }
        Some(bar)
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

    fn sources(&mut self) {
        let columns = match self.columns {
            Columns::Beside { label, side, verdict } => INDENT + label + 2 * side + verdict,
            Columns::Stacked { columns } => columns,
        };
        self.page.heading("Sources");
        let sources: Vec<_> = self.citations.list().collect();
        for (number, source) in sources {
            self.page.paragraph(&format!("[{number}] {}", wording::source(source)), Role::Plain, INDENT, columns);
        }
    }
}

fn wrapped(cell: &Cell, columns: usize) -> Cell {
    cell.iter().flat_map(|(text, role)| lines_of(text, columns).into_iter().map(|line| (line, *role))).collect()
}

fn verdict_lines(row: &Row) -> Cell {
    let mut lines: Cell = row
        .reasons
        .iter()
        .map(|reason| {
            let role = match reason {
                Verdict::Comparable | Verdict::Caveat => Role::Comparable,
                Verdict::OneSide | Verdict::Neither => Role::Muted,
                _ => Role::Limited,
            };
            (format!("{} {}", reason.mark(), reason.words()), role)
        })
        .collect();
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

/// A row in full: both figures whole, what the measure means, reasons, history, caveats and sources.
#[must_use]
pub fn open_row(comparison: &Comparison, entry: &Entry, columns: usize) -> Page {
    let mut page = Page::default();
    let mut citations = Citations::new(comparison.catalog);
    if let Entry::Measure(row) = entry {
        page.paragraph(&wording::row_label(row), Role::Title, 0, columns);
        if let Some(term) = &row.measure.native_term {
            page.paragraph(term, Role::Plain, 0, columns);
        }
        page.paragraph(&row.measure.definition, Role::Plain, 0, columns);
        page.paragraph(&format!("Unit: {}", row.measure.unit), Role::Muted, 0, columns);
        page.gap();
        for reason in &row.reasons {
            let text = format!("{} {}: {}", reason.mark(), reason.words(), reason.sentence());
            page.paragraph(&text, Role::Limited, 0, columns);
        }
    }
    for (mark, key, role) in [("A", comparison.left, Role::SideA), ("B", comparison.right, Role::SideB)] {
        page.gap();
        page.paragraph(&format!("{mark} {}", comparison.catalog.hospital(key).name), role, 0, columns);
        let is_left = mark == "A";
        match entry {
            Entry::Fact(row) => {
                open_fact(
                    &mut page,
                    &mut citations,
                    key,
                    if is_left { row.left.as_ref() } else { row.right.as_ref() },
                    columns,
                );
            }
            Entry::Measure(row) => {
                let side = if is_left { &row.left } else { &row.right };
                open_side(comparison, &mut page, &mut citations, key, row, side, columns);
            }
            Entry::Listed(_, row) => {
                open_mentions(&mut page, &mut citations, key, if is_left { &row.left } else { &row.right }, columns);
            }
        }
    }
    page.heading("Sources");
    for (number, source) in citations.list() {
        page.paragraph(&format!("[{number}] {}", wording::source(source)), Role::Plain, 2, columns);
        if let Some(note) = &source.note {
            page.paragraph(note, Role::Muted, 6, columns);
        }
    }
    page
}

fn open_caveat(page: &mut Page, caveat: Option<&Text>, columns: usize) {
    if let Some(caveat) = caveat {
        page.caveat(caveat, 4, columns);
    }
}

fn open_fact(page: &mut Page, citations: &mut Citations, key: HospitalKey, side: Option<&FactSide>, columns: usize) {
    let Some(side) = side else { return page.paragraph("not in the source", Role::Muted, 2, columns) };
    let mark = side.fact.map_or(String::new(), |fact| format!(" {}", citations.mark(key, &fact.source)));
    page.paragraph(&format!("{}{mark}", side.text), Role::Value, 2, columns);
    open_caveat(page, side.fact.and_then(|fact| fact.caveat.as_ref()), columns);
}

fn open_mentions(page: &mut Page, citations: &mut Citations, key: HospitalKey, mentions: &[Mention], columns: usize) {
    if mentions.is_empty() {
        page.paragraph("not in the source", Role::Muted, 2, columns);
    }
    for mention in mentions {
        let detail = mention.detail().map_or(String::new(), |detail| format!(": {detail}"));
        let when = wording::period(mention.period());
        let text = format!("{}{detail}, {when} {}", mention.name(), citations.mark(key, mention.source()));
        page.paragraph(&text, Role::Value, 2, columns);
        open_caveat(page, mention.caveat(), columns);
    }
}

fn open_side(
    comparison: &Comparison,
    page: &mut Page,
    citations: &mut Citations,
    key: HospitalKey,
    row: &Row,
    side: &Side,
    columns: usize,
) {
    let hospital = comparison.catalog.hospital(key);
    if side.figures.is_empty() {
        page.paragraph(wording::missing(row.measure, side), Role::Muted, 2, columns);
    }
    let mut show = |lead: &str, figure: &Figure| {
        let Some(measure) = comparison.catalog.measures().get(&figure.measure) else { return };
        let label = if figure.measure == row.measure.id { String::new() } else { format!(" {}", measure.label) };
        let text = format!(
            "{lead}{}{label}, {}, {} {}",
            wording::value(measure, figure),
            wording::period(figure.period.as_ref()),
            wording::scope(hospital, figure),
            citations.marks(key, figure)
        );
        page.paragraph(&text, Role::Value, 2, columns);
        if let Some(formula) = wording::formula(comparison.catalog, figure) {
            page.paragraph(&formula, Role::Muted, 4, columns);
        }
        open_caveat(page, figure.caveat.as_ref(), columns);
    };
    side.figures.iter().for_each(|figure| show("", figure));
    side.instead.iter().for_each(|figure| show("instead ", figure));
    side.history.iter().for_each(|figure| show("other period: ", figure));
}
