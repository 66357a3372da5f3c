//! Two hospitals side by side, group by group.
//!
//! From 78 columns on, the sides stand beside each other; below, they stack. Wide pages have bars, both on one axis:
//!
//! ```text
//!   visits      4.7 million, 2017      3.37 million, 2019     A larger by 1.28–1.38 million · two years apart
//!               A ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
//!               B ━━━━━━━━━━━━━━━━━━━━━
//! ▸ ONLY IN A'S TEXT · 12 measures, 8 other
//!     deliveries 33,717 (2017) · …
//! ```
//!
//! For readers that speak whole lines, each row may be a sentence instead:
//! `visits: A larger by 1.28–1.38 million; two years apart – A 4.7 million, 2017, with a caveat; B 3.37 million, 2019`.

use std::collections::HashSet;

use crate::compare::Answer;
use crate::report::view::{ComparisonView, Entry, Group, SideView, Subject, ValueView};
use crate::report::wording;
use crate::text::{clip, width};
use crate::tui::glyphs::Glyphs;
use crate::tui::page::{Cell, GAP, Page, PageLine, Role, SIDES, bar, lines_of, wrapped};

/// Fewest columns at which the two sides stand beside each other.
const SIDE_BY_SIDE: usize = 78;

/// Most columns that a row takes: farther apart, the eye loses the line.
const WIDEST: usize = 150;

/// Fewest columns at which rows have bars.
const WITH_BARS: usize = 100;

/// What can be selected on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// The entry at a position of the comparison.
    Entry(usize),
    /// The heading of a one-sided group, which opens and folds it.
    Fold(Group),
    /// The measures of which neither text has a number.
    WithoutNumber,
}

/// The page of a comparison, before it is laid out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ComparePage<'a> {
    /// The comparison.
    pub(crate) comparison: &'a ComparisonView,
    /// What is shown, in order.
    pub(crate) items: &'a [Item],
    /// The one-sided groups that are open.
    pub(crate) open: &'a HashSet<Group>,
    /// Whether the summary stands first.
    pub(crate) has_summary: bool,
    /// Whether each row is a sentence, rather than cells beside each other.
    pub(crate) has_sentences: bool,
    /// The key that opens and folds a group.
    pub(crate) open_key: Option<&'a str>,
    /// The characters to draw with.
    pub(crate) glyphs: &'a Glyphs,
}

impl ComparePage<'_> {
    /// Lays it out for so many columns.
    pub(crate) fn lay_out(self, columns: usize) -> Page {
        let columns = columns.min(WIDEST);
        let marks = self.comparison.side_summaries.each_ref().map(|once| once.source.is_none());
        let mut builder =
            Builder { content: self, columns, widths: Widths::new(columns), marks, page: Page::default() };
        builder.build();
        builder.page
    }
}

/// The lines above the rows: who A is and who B is, each with its source where it has one only.
pub(crate) fn head(comparison: &ComparisonView, columns: usize) -> Vec<PageLine> {
    let line = |side: usize| {
        let (mark, role) = SIDES[side];
        let who = &comparison.hospitals[side];
        let source = comparison.side_summaries[side].source.map_or(String::new(), |number| format!(" [{number}]"));
        let room = columns.saturating_sub(3);
        let name = clip(&format!("{}{source}", who.name), room).into_owned();
        let left = room.saturating_sub(width(&name) + 2);
        let about = if left > 8 { format!("  {}", clip(&who.about, left)) } else { String::new() };
        PageLine::of(format!(" {mark} "), role).with(name, Role::Title).with(about, Role::Muted)
    };
    vec![line(0), line(1)]
}

/// How the columns of a row are shared out; none where the sides stack.
#[derive(Clone, Copy)]
struct Widths {
    label: usize,
    side: usize,
    conclusion: usize,
}

/// Columns before a row, the first of which is the pointer's.
const INDENT: usize = 2;

impl Widths {
    fn new(columns: usize) -> Option<Self> {
        if columns < SIDE_BY_SIDE {
            return None;
        }
        let label = (columns / 5).clamp(14, 26);
        let conclusion = (columns * 3 / 10).clamp(22, 46);
        let side = (columns - INDENT - label - conclusion - 3 * GAP) / 2;
        Some(Self { label, side, conclusion })
    }
}

struct Builder<'a> {
    content: ComparePage<'a>,
    columns: usize,
    widths: Option<Widths>,
    /// Whether the values of a side have marks: a side with one source has it in the head.
    marks: [bool; 2],
    page: Page,
}

impl Builder<'_> {
    fn build(&mut self) {
        let ComparePage { comparison, items, has_summary, .. } = self.content;
        if has_summary {
            self.page.section("Summary");
            // Who the two are stands in the head.
            for sentences in comparison.summary.iter().skip(comparison.hospitals.len()) {
                self.sentences(sentences);
            }
        }
        let mut group = None;
        for item in items {
            let is_first = group.replace(self.group_of(*item)) != Some(self.group_of(*item));
            match *item {
                Item::Fold(group) => self.begin(group),
                _ if is_first => self.heading(self.group_of(*item)),
                _ => {}
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

    /// Sentences in one line if they fit, otherwise each on a line of its own.
    fn sentences(&mut self, sentences: &[String]) {
        let whole = [sentences.join(" ")];
        let fits = width(&whole[0]) <= self.columns.saturating_sub(INDENT);
        for sentence in if fits { &whole } else { sentences } {
            self.page.paragraph(sentence, Role::Plain, INDENT, self.columns);
        }
    }

    fn group_of(&self, item: Item) -> Group {
        match item {
            Item::Entry(at) => self.content.comparison.entries[at].group,
            Item::Fold(group) => group,
            Item::WithoutNumber => Group::CannotTell,
        }
    }

    /// Begins the section of a group.
    fn begin(&mut self, group: Group) {
        self.page.gap();
        self.page.section(self.content.comparison.title(group));
    }

    fn title(&self, group: Group) -> String {
        let comparison = self.content.comparison;
        format!("{} · {}", comparison.title(group).to_uppercase(), comparison.contents(group))
    }

    fn heading(&mut self, group: Group) {
        self.begin(group);
        self.page.push(PageLine::of(self.title(group), Role::Heading));
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
        let is_open = self.content.open.contains(&group);
        let heading = format!("{} {}", self.content.glyphs.fold[usize::from(is_open)], self.title(group));
        let verb = if is_open { "closes" } else { "opens" };
        let hint = self.content.open_key.map_or_else(String::new, |key| format!("  {key} {verb}"));
        self.page.push(PageLine::indented(INDENT).with(heading, Role::Heading).with(hint, Role::Muted));
        if !is_open {
            let side = group.side().unwrap_or_default();
            let entries = self.content.comparison.group(group).filter(|entry| entry.subject == Subject::Measure);
            let preview = entries.map(|entry| format!("{} {}", entry.label, entry.sides[side].in_brief()));
            let preview = preview.collect::<Vec<_>>().join(" · ");
            let mut lines = lines_of(&preview, self.columns.saturating_sub(INDENT + 4));
            if lines.len() > LINES {
                lines.truncate(LINES);
                lines[LINES - 1].push_str(" …");
            }
            for line in lines {
                self.page.push(PageLine::indented(INDENT + 2).with(line, Role::Plain));
            }
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
        let names = (entry.subject == Subject::Names).then(|| self.names(&entry.sides[side]));
        if self.content.has_sentences {
            return self.sentence(entry, &names.unwrap_or_else(|| self.side_in_words(&entry.sides[side], side)));
        }
        let cell = names.map_or_else(|| self.side(&entry.sides[side], side), |names| vec![(names, Role::Plain)]);
        let label = vec![(entry.title(), Role::Label)];
        if let Some(Widths { label: columns, .. }) = self.widths {
            let room = self.columns.saturating_sub(INDENT + columns + 2 * GAP);
            self.page.beside(INDENT, &[(label, columns), (cell, room)]);
        } else {
            self.page.paragraph(&entry.title(), Role::Label, INDENT, self.columns);
            for (text, role) in cell {
                self.page.paragraph(&text, role, INDENT + 2, self.columns);
            }
        }
    }

    /// The names that only one text has.
    fn names(&self, side: &SideView) -> String {
        let names: Vec<String> = side.shown.iter().map(ValueView::phrase).collect();
        format!("{} named: {}", names.len(), names.join(if self.content.has_sentences { "; " } else { " · " }))
    }

    fn two_sided(&mut self, entry: &Entry) {
        if self.content.has_sentences {
            let [left, right] = [0, 1].map(|at| self.side_in_words(&entry.sides[at], at));
            let conclusion: Vec<&str> = answer(entry).into_iter().chain(entry.brief_limits()).collect();
            let after = if conclusion.is_empty() { "" } else { " – " };
            return self.sentence(entry, &format!("{}{after}A {left}; B {right}", conclusion.join("; ")));
        }
        let [left, right] = [0, 1].map(|at| self.side(&entry.sides[at], at));
        let conclusion = conclusion(entry);
        let Some(Widths { label, side, conclusion: columns }) = self.widths else {
            return self.stacked(entry, &[left, right], &conclusion);
        };
        let name = vec![(entry.title(), Role::Label)];
        self.page.beside(INDENT, &[(name, label), (left, side), (right, side), (conclusion, columns)]);
        if self.columns >= WITH_BARS
            && let Some(bars) = entry.bars
        {
            bar::add_pair(&mut self.page, &bars, INDENT + label + GAP, self.columns, self.content.glyphs);
        }
    }

    /// A row as a sentence. What can be said of it stands first, to be heard with its first line.
    fn sentence(&mut self, entry: &Entry, said: &str) {
        self.page.paragraph(&format!("{}: {said}", entry.title()), Role::Plain, INDENT, self.columns);
    }

    /// A side's values in words.
    fn side_in_words(&self, side: &SideView, at: usize) -> String {
        let value = |said: &ValueView| {
            let caveat = if said.caveat.is_some() { ", with a caveat" } else { "" };
            format!("{}{}{caveat}", said.phrase(), self.marks_of(said, at))
        };
        let shown: Vec<String> = side.shown.iter().map(value).collect();
        let shown = if shown.is_empty() { side.missing.to_owned() } else { shown.join(" / ") };
        match &side.also[..] {
            [] => shown,
            [said] => format!("{shown}, also {}", value(said)),
            all => format!("{shown}, also {} more", wording::number(all.len())),
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

    fn line(&self, said: &ValueView, at: usize) -> String {
        let marks = self.marks_of(said, at);
        let caveat = if said.caveat.is_some() { " !" } else { "" };
        let when = if said.when.is_empty() { String::new() } else { format!("  {}", said.when) };
        format!("{}{when}{marks}{caveat}", said.counted())
    }

    /// The marks of a value's sources, where its side has several.
    fn marks_of(&self, said: &ValueView, at: usize) -> String {
        let has_marks = self.marks[at] && !said.sources.is_empty();
        if has_marks { format!(" {}", said.marks()) } else { String::new() }
    }

    fn stacked(&mut self, entry: &Entry, sides: &[Cell; 2], conclusion: &Cell) {
        self.page.paragraph(&entry.title(), Role::Label, INDENT, self.columns);
        let indent = INDENT + 2;
        for (cell, (mark, role)) in sides.iter().zip(SIDES) {
            let mut mark = mark;
            for (text, text_role) in wrapped(cell, self.columns.saturating_sub(indent + 2)) {
                let start = PageLine::indented(indent).with(format!("{mark} "), role);
                self.page.push(start.with(text, text_role));
                mark = " ";
            }
        }
        for (text, role) in conclusion {
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

/// The answer of an entry in words, where the heading of its group does not say that it cannot be told.
fn answer(entry: &Entry) -> Option<&str> {
    let is_unknown = entry.group == Group::CannotTell && entry.answer != Answer::Neither;
    Some(entry.answer_text.as_str()).filter(|text| !is_unknown && !text.is_empty())
}

/// What can be said of an entry, and what limits it.
fn conclusion(entry: &Entry) -> Cell {
    let mut cell: Cell = answer(entry).map(|text| (text.to_owned(), Role::Comparable)).into_iter().collect();
    // Caveats are marked at the value; the opened row has all of it.
    let limits: Vec<&str> = entry.brief_limits().collect();
    cell.extend((!limits.is_empty()).then(|| (limits.join(" · "), Role::Limited)));
    cell
}
