//! Two hospitals side by side, group by group.
//!
//! From 78 columns on, the sides stand beside each other; below, they stack. Wide pages have bars, both on one axis:
//!
//! ```text
//!   visits      4.7 million, 2017      3.37 million, 2019     A larger by 1.28–1.38 million · two years apart
//!               A ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
//!               B ━━━━━━━━━━━━━━━━━━━━━
//! ▸ ONLY IN A'S TEXT 12   deliveries 33,717 (2017) · …
//! ```

use std::collections::HashSet;

use crate::compare::{Answer, Bar};
use crate::report::view::{ComparisonView, Entry, Group, Said, SideView, Subject};
use crate::report::wording;
use crate::text::{clip, pad, width};
use crate::tui::glyphs::Glyphs;
use crate::tui::page::bar;
use crate::tui::page::{Page, PageLine, Role, lines_of};

/// Fewest columns at which the two sides stand beside each other.
const SIDE_BY_SIDE: usize = 78;

/// Most columns that a row takes: farther apart, the eye loses the line.
const WIDEST: usize = 150;

/// Fewest columns at which rows have bars.
const WITH_BARS: usize = 100;

/// Most columns of a bar.
const BAR: usize = 60;

/// What can be selected on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// The entry at a position of the view.
    Entry(usize),
    /// The heading of a one-sided group, which opens and folds it.
    Fold(Group),
    /// The measures of which neither text has a number.
    WithoutNumber,
}

/// What a page of a comparison is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Content<'a> {
    /// The comparison.
    pub(crate) comparison: &'a ComparisonView,
    /// What is shown, in order.
    pub(crate) items: &'a [Item],
    /// The one-sided groups that are open.
    pub(crate) open: &'a HashSet<Group>,
    /// Whether the summary stands first.
    pub(crate) has_summary: bool,
    /// The signs to draw with.
    pub(crate) glyphs: &'a Glyphs,
}

/// The page, laid out for `columns`.
pub(crate) fn page(content: Content, columns: usize) -> Page {
    let marks = [0, 1].map(|side| content.comparison.once[side].source.is_none());
    let mut builder =
        Builder { content, columns: columns.min(WIDEST), widths: Widths::new(columns), marks, page: Page::default() };
    builder.build();
    builder.page
}

/// The lines above the rows: who A is and who B is, each with its source where it has one only.
pub(crate) fn head(view: &ComparisonView, columns: usize) -> Vec<PageLine> {
    let sides = [("A", Role::SideA), ("B", Role::SideB)].into_iter().enumerate();
    let line = |(side, (mark, role)): (usize, (&str, Role))| {
        let who = &view.hospitals[side];
        let source = view.once[side].source.map_or(String::new(), |number| format!(" [{number}]"));
        let name = format!("{}{source}", who.name);
        let room = columns.saturating_sub(3);
        let name = clip(&name, room).into_owned();
        let left = room.saturating_sub(width(&name) + 2);
        let about = if left > 8 { format!("  {}", clip(&who.about, left)) } else { String::new() };
        PageLine::of(format!(" {mark} "), role).with(name, Role::Title).with(about, Role::Muted)
    };
    sides.map(line).collect()
}

/// How the columns of a row are shared out; none where the sides stack.
#[derive(Clone, Copy)]
struct Widths {
    label: usize,
    side: usize,
    says: usize,
}

/// Columns before a row, the first of which is the pointer's.
const INDENT: usize = 2;
/// Columns between cells.
const GAP: usize = 2;

impl Widths {
    fn new(columns: usize) -> Option<Self> {
        let columns = columns.min(WIDEST);
        if columns < SIDE_BY_SIDE {
            return None;
        }
        let label = (columns / 5).clamp(14, 26);
        let says = (columns * 3 / 10).clamp(22, 46);
        let side = (columns - INDENT - label - says - 3 * GAP) / 2;
        Some(Self { label, side, says })
    }
}

struct Builder<'a> {
    content: Content<'a>,
    columns: usize,
    widths: Option<Widths>,
    /// Whether the values of a side have marks: a side with one source has it in the head.
    marks: [bool; 2],
    page: Page,
}

/// Lines with roles.
type Cell = Vec<(String, Role)>;

impl Builder<'_> {
    fn build(&mut self) {
        let Content { comparison, items, has_summary, .. } = self.content;
        if has_summary {
            self.page.section("Summary");
            // Who the two are stands in the head.
            for line in comparison.summary.iter().skip(comparison.hospitals.len()) {
                self.page.paragraph(line, Role::Plain, INDENT, self.columns);
            }
        }
        let mut group = None;
        for item in items {
            let of = self.group_of(*item);
            let is_fold = matches!(item, Item::Fold(_));
            if group != Some(of) && !is_fold {
                self.group(of);
            }
            group = Some(of);
            if let Item::Fold(group) = *item {
                self.page.gap();
                self.page.section(self.content.comparison.title(group));
            }
            let start = self.page.lines.len();
            self.item(*item);
            self.page.rows.push(start..self.page.lines.len());
        }
        if items.is_empty() {
            self.page.push(PageLine::of("  No rows to show.", Role::Muted));
        }
        self.sources();
    }

    fn group_of(&self, item: Item) -> Group {
        match item {
            Item::Entry(at) => self.content.comparison.entries[at].group,
            Item::Fold(group) => group,
            Item::WithoutNumber => Group::CannotTell,
        }
    }

    fn group(&mut self, group: Group) {
        self.page.gap();
        self.page.section(self.content.comparison.title(group));
        let heading =
            format!("{} {}", self.content.comparison.title(group).to_uppercase(), self.content.comparison.count(group));
        self.page.push(PageLine::of(heading, Role::Heading));
    }

    fn item(&mut self, item: Item) {
        match item {
            Item::Fold(group) => self.fold(group),
            Item::WithoutNumber => self.without_number(),
            Item::Entry(at) => {
                let entry = &self.content.comparison.entries[at];
                match entry.group.side() {
                    Some(side) => self.one_sided(entry, side),
                    None => self.two_sided(entry),
                }
            }
        }
    }

    /// A one-sided group: its count, and the first of its values while it is folded.
    fn fold(&mut self, group: Group) {
        const LINES: usize = 2;
        let view = self.content.comparison;
        let is_open = self.content.open.contains(&group);
        let sign = self.content.glyphs.fold[usize::from(is_open)];
        let heading = format!("{sign} {} {}", view.title(group).to_uppercase(), view.count(group));
        let side = group.side().unwrap_or_default();
        if is_open {
            self.page
                .push(PageLine::of("  ", Role::Plain).with(heading, Role::Heading).with("  Enter closes", Role::Muted));
            self.reasons(group);
            return;
        }
        self.page.push(PageLine::of("  ", Role::Plain).with(heading, Role::Heading).with("  Enter opens", Role::Muted));
        let preview =
            view.group(group).filter(|entry| entry.subject == Subject::Measure).map(|entry| preview(entry, side));
        let preview = preview.collect::<Vec<_>>().join(" · ");
        let lines = lines_of(&preview, self.columns.saturating_sub(INDENT + 4));
        let is_cut = lines.len() > LINES;
        for (at, line) in lines.into_iter().take(LINES).enumerate() {
            let end = if is_cut && at + 1 == LINES { " …" } else { "" };
            self.page.push(PageLine::of(" ".repeat(INDENT + 2), Role::Plain).with(format!("{line}{end}"), Role::Plain));
        }
        self.reasons(group);
    }

    /// Why the other text has no number, once for each reason.
    fn reasons(&mut self, group: Group) {
        for reason in self.content.comparison.reasons(group) {
            self.page.paragraph(&reason, Role::Muted, INDENT + 2, self.columns);
        }
    }

    fn without_number(&mut self) {
        for (labels, [a, b]) in self.content.comparison.without_number() {
            let why = if a == b { format!("both: {a}") } else { format!("A: {a}; B: {b}") };
            let text = format!("No number in either text ({why}): {}", labels.join(", "));
            self.page.paragraph(&text, Role::Muted, INDENT, self.columns);
        }
    }

    fn one_sided(&mut self, entry: &Entry, side: usize) {
        let mut cell = self.side(&entry.sides[side], side);
        if entry.subject == Subject::Names {
            let names: Vec<String> = entry.sides[side].shown.iter().map(Said::phrase).collect();
            cell = vec![(format!("{} named: {}", names.len(), names.join(" · ")), Role::Plain)];
        }
        let label = vec![(entry.title(), Role::Label)];
        if let Some(Widths { label: columns, .. }) = self.widths {
            let room = self.columns.saturating_sub(INDENT + columns + 2 * GAP);
            self.beside(&[(label, columns), (cell, room)]);
        } else {
            self.page.paragraph(&entry.title(), Role::Label, INDENT, self.columns);
            for (text, role) in cell {
                self.page.paragraph(&text, role, INDENT + 2, self.columns);
            }
        }
    }

    fn two_sided(&mut self, entry: &Entry) {
        let [left, right] = [0, 1].map(|at| self.side(&entry.sides[at], at));
        let says = says(entry);
        let Some(Widths { label, side, says: columns }) = self.widths else {
            return self.stacked(entry, &[left, right], &says);
        };
        let name = vec![(entry.title(), Role::Label)];
        self.beside(&[(name, label), (left, side), (right, side), (says, columns)]);
        if self.columns >= WITH_BARS
            && let Some(bars) = entry.bars
        {
            self.bars(&bars, INDENT + label + GAP);
        }
    }

    /// Both bars, one under the other, on one axis.
    fn bars(&mut self, bars: &[Bar; 2], indent: usize) {
        let room = self.columns.saturating_sub(indent + 2).min(BAR);
        for (one, (mark, role)) in bars.iter().zip([("A", Role::SideA), ("B", Role::SideB)]) {
            let drawn = bar::draw(*one, room, self.content.glyphs);
            let line = PageLine::of(" ".repeat(indent), Role::Plain);
            self.page.push(line.with(format!("{mark} {drawn}"), role));
        }
    }

    /// A side's values, and what stands beside them.
    fn side(&self, side: &SideView, at: usize) -> Cell {
        let mut cell: Cell = side.shown.iter().map(|said| (self.line(said, at), Role::Value)).collect();
        if side.shown.is_empty() {
            cell.push((side.missing.to_owned(), Role::Muted));
        }
        // One more is shown; of several the opened row has them all.
        match &side.also[..] {
            [] => {}
            [said] => cell.push((format!("also {}", self.line(said, at)), Role::Muted)),
            all => cell.push((format!("also {} more", wording::number(all.len())), Role::Muted)),
        }
        cell
    }

    fn line(&self, said: &Said, at: usize) -> String {
        let marks =
            if self.marks[at] && !said.sources.is_empty() { format!(" {}", said.marks()) } else { String::new() };
        let caveat = if said.caveat.is_some() { " !" } else { "" };
        let when = if said.when.is_empty() { String::new() } else { format!("  {}", said.when) };
        format!("{}{when}{marks}{caveat}", said.counted())
    }

    /// Cells beside each other, each as high as it needs to be.
    fn beside(&mut self, cells: &[(Cell, usize)]) {
        let wrapped: Vec<(Cell, usize)> =
            cells.iter().map(|(cell, columns)| (wrapped(cell, *columns), *columns)).collect();
        let height = wrapped.iter().map(|(cell, _)| cell.len()).max().unwrap_or(0);
        for at in 0..height {
            let mut line = PageLine::of(" ".repeat(INDENT), Role::Plain);
            for (cell, columns) in &wrapped {
                let (text, role) = cell.get(at).map_or(("", Role::Plain), |(text, role)| (text, *role));
                line = line.with(pad(text, *columns), role).with(" ".repeat(GAP), Role::Plain);
            }
            self.page.push(line);
        }
    }

    fn stacked(&mut self, entry: &Entry, sides: &[Cell; 2], says: &Cell) {
        self.page.paragraph(&entry.title(), Role::Label, INDENT, self.columns);
        let indent = INDENT + 2;
        for (cell, (mark, role)) in sides.iter().zip([("A ", Role::SideA), ("B ", Role::SideB)]) {
            for (at, (text, text_role)) in
                wrapped(cell, self.columns.saturating_sub(indent + 2)).into_iter().enumerate()
            {
                let start = PageLine::of(" ".repeat(indent), Role::Plain);
                let start = if at == 0 { start.with(mark, role) } else { start.with("  ", Role::Plain) };
                self.page.push(start.with(text, text_role));
            }
        }
        for (text, role) in says {
            self.page.paragraph(text, *role, indent, self.columns);
        }
    }

    fn sources(&mut self) {
        let sources = &self.content.comparison.sources;
        if !sources.is_empty() {
            self.page.section("Sources");
        }
        let sources = sources.iter().map(|source| (source.number, (&source.text).into(), source.note.as_deref()));
        self.page.sources("SOURCES", sources, self.columns);
    }
}

/// `deliveries 33,717 (2017)`.
fn preview(entry: &Entry, side: usize) -> String {
    let value =
        |said: &Said| if said.when.is_empty() { said.text.clone() } else { format!("{} ({})", said.text, said.when) };
    let values: Vec<String> = entry.sides[side].shown.iter().map(value).collect();
    format!("{} {}", entry.label, values.join(" / "))
}

/// What can be said of an entry, and what limits it.
fn says(entry: &Entry) -> Cell {
    // The group says already that it cannot be told; why is what matters here.
    let is_untold = entry.group == Group::CannotTell && entry.answer != Answer::Neither;
    let is_said = !is_untold && !entry.says.is_empty();
    let mut cell: Cell = is_said.then(|| (entry.says.clone(), Role::Comparable)).into_iter().collect();
    // Caveats have their sign at the value; what is left out here stands in the opened row.
    let limits: Vec<&str> = entry.brief_limits().collect();
    cell.extend((!limits.is_empty()).then(|| (limits.join(" · "), Role::Limited)));
    cell
}

fn wrapped(cell: &Cell, columns: usize) -> Cell {
    cell.iter().flat_map(|(text, role)| lines_of(text, columns).into_iter().map(|line| (line, *role))).collect()
}
