//! The comparison: what is compared, which rows are shown and open, and the page of them.
//!
//! The comparison itself is worked out when it is opened, swapped or loaded anew; the page when rows are opened or
//! hidden, or when the width changes.

use std::collections::HashSet;
use std::io;
use std::ops::Range;

use ratatui::layout::Position;

use crate::catalog::{Catalog, HospitalKey};
use crate::compare::{Answer, Basis, Distribution};
use crate::report::view::{ComparisonView, Entry, Group};
use crate::report::{self, Content, Format, TableStyle, sentences};
use crate::tui::app::viewport::Viewport;
use crate::tui::glyphs::Glyphs;
use crate::tui::keymap::{Action, Show};
use crate::tui::layout::{self, CompareAreas, Panes, Screen};
use crate::tui::page::compare::{ComparePage, Item, head};
use crate::tui::page::{Page, PageLine, row};

/// The comparison.
#[derive(Debug)]
pub struct Compare {
    pub(crate) comparison: ComparisonView,
    /// Which rows are shown.
    pub(crate) show: Show,
    /// The one-sided groups that are open.
    open: HashSet<Group>,
    items: Vec<Item>,
    /// The page of the items.
    pub viewport: Viewport,
    /// The lines above it, which say who A and B are.
    pub(crate) head: Vec<PageLine>,
    screen: Screen,
    glyphs: Glyphs,
    /// The key that opens and folds a group.
    open_key: Option<String>,
    /// The distributions among all loaded hospitals that have been counted.
    counted: Vec<Distribution>,
    /// The bases on which the hospitals have been counted, or are being counted.
    requested: Vec<Basis>,
}

impl Compare {
    /// Compares two hospitals on that screen.
    pub(super) fn new(
        catalog: &Catalog,
        [left, right]: [HospitalKey; 2],
        screen: Screen,
        glyphs: &Glyphs,
        open_key: Option<String>,
    ) -> Self {
        let mut compare = Self {
            comparison: ComparisonView::new(catalog, left, right),
            show: Show::All,
            open: HashSet::new(),
            items: Vec::new(),
            viewport: Viewport::default(),
            head: Vec::new(),
            screen,
            glyphs: *glyphs,
            open_key,
            counted: Vec::new(),
            requested: Vec::new(),
        };
        compare.viewport.moves_by_lines = screen.panes == Panes::One;
        compare.refresh();
        compare
    }

    /// The hospitals on the left and on the right.
    #[must_use]
    pub fn keys(&self) -> [HospitalKey; 2] {
        self.comparison.hospitals.each_ref().map(|who| who.key)
    }

    /// The lines of each row of the page.
    #[must_use]
    pub fn rows(&self) -> &[Range<usize>] {
        &self.viewport.page.rows
    }

    /// How many lines the page has.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.viewport.page.lines.len()
    }

    fn item(&self) -> Option<Item> {
        self.items.get(self.viewport.selected).copied()
    }

    /// The selected entry; none where the heading of a group is selected.
    pub(crate) fn entry(&self) -> Option<&Entry> {
        match self.item()? {
            Item::Entry(at) => self.comparison.entries.get(at),
            Item::Fold(_) | Item::WithoutNumber => None,
        }
    }

    /// Whether there is something to open or to fold at the selection.
    pub(crate) fn can_open(&self) -> bool {
        matches!(self.item(), Some(Item::Entry(_) | Item::Fold(_)))
    }

    // Changing what is compared or shown. The same row stays selected.

    /// Compares the same two on another catalog, which has them and more, such as a later edition.
    pub(super) fn reload(&mut self, catalog: &Catalog) {
        let [left, right] = self.keys();
        let comparison = ComparisonView::new(catalog, left, right);
        self.counted.clear();
        self.requested.clear();
        if comparison != self.comparison {
            let top = self.viewport.top;
            self.keeping_selection(|compare| compare.comparison = comparison);
            self.viewport.top = top;
            self.viewport.clamp();
        }
    }

    /// Does what an action asks for; a message about it.
    pub(super) fn update(&mut self, action: Action, catalog: &Catalog) -> Option<&'static str> {
        match action {
            Action::Only(show) => Some(self.show_only(show)),
            Action::NextAnswer | Action::PreviousAnswer => {
                let is_found = self.jump_to_answer(action == Action::NextAnswer);
                (!is_found).then_some("no more rows with an answer")
            }
            Action::Swap => {
                self.swap(catalog);
                Some("A and B swapped")
            }
            _ => None,
        }
    }

    fn swap(&mut self, catalog: &Catalog) {
        let [left, right] = self.keys();
        let swapped = |group: &Group| match group {
            Group::OnlyLeft => Group::OnlyRight,
            Group::OnlyRight => Group::OnlyLeft,
            other => *other,
        };
        self.keeping_selection(|compare| {
            compare.comparison = ComparisonView::new(catalog, right, left);
            compare.open = compare.open.iter().map(swapped).collect();
        });
    }

    /// Shows only some rows; asked for again, all. Says which.
    fn show_only(&mut self, show: Show) -> &'static str {
        self.keeping_selection(|compare| compare.show = if compare.show == show { Show::All } else { show });
        match self.show {
            Show::All => "showing all rows",
            Show::Differences => "showing only differing rows",
            Show::BothTexts => "showing only rows in both texts",
            Show::OneText => "showing only rows in one text",
        }
    }

    fn keeping_selection(&mut self, change: impl FnOnce(&mut Self)) {
        let key = self.entry().map(|entry| entry.key.clone());
        let was_read = self.viewport.is_selection_read();
        change(self);
        self.refresh();
        let entries = &self.comparison.entries;
        let is_it = |item: &Item| matches!(item, Item::Entry(at) if Some(&entries[*at].key) == key.as_ref());
        let selected = self.items.iter().position(is_it);
        self.viewport.selected = selected.unwrap_or(0);
        if self.viewport.moves_by_lines {
            // The summary may have gone, or come.
            return match selected {
                Some(row) if was_read => self.viewport.select(row),
                _ => self.viewport.go_to_start(),
            };
        }
        if self.viewport.selected == 0 {
            self.viewport.top = 0;
        }
        self.viewport.clamp();
    }

    /// Opens or folds the one-sided group that is selected; whether one is.
    pub(super) fn toggle_group(&mut self) -> bool {
        let Some(Item::Fold(group)) = self.item() else { return false };
        if !self.open.remove(&group) {
            self.open.insert(group);
        }
        self.refresh();
        true
    }

    /// Selects the row that was clicked; whether there is one.
    pub(super) fn click(&mut self, at: Position) -> bool {
        let text = self.areas().text;
        text.contains(at) && self.viewport.select_line(usize::from(at.y - text.y))
    }

    /// Moves to the next or the previous row that has an answer; whether there is one. The selected row itself is the
    /// next one while it has not been seen.
    fn jump_to_answer(&mut self, forward: bool) -> bool {
        let entries = &self.comparison.entries;
        let has_answer = |item: &Item| match item {
            Item::Entry(at) => entries[*at].group == Group::SideBySide && !entries[*at].measures.is_empty(),
            Item::Fold(_) | Item::WithoutNumber => false,
        };
        let selected = self.viewport.selected;
        if forward && self.viewport.is_selection_ahead() && self.items.get(selected).is_some_and(has_answer) {
            self.viewport.select(selected);
            return true;
        }
        let mut answered = self.items.iter().enumerate().filter(|(_, item)| has_answer(item)).map(|(at, _)| at);
        let at = if forward { answered.find(|at| *at > selected) } else { answered.rfind(|at| *at < selected) };
        self.viewport.select(at.unwrap_or(selected));
        at.is_some()
    }

    /// Goes to the selected row; whether it was there. Keys act on what is seen, or by lines, on what is read.
    pub(super) fn shows_selection(&mut self) -> bool {
        let is_there = self.viewport.is_selection_read();
        if !is_there {
            self.viewport.select(self.viewport.selected);
        }
        is_there
    }

    /// The selected row as text with its sources, and in brief.
    pub(super) fn row_for_clipboard(&self) -> Option<(String, String)> {
        let (comparison, entry) = (&self.comparison, self.entry()?);
        Some((sentences::entry_for_clipboard(comparison, entry), entry.in_brief()))
    }

    /// The whole comparison as Markdown.
    pub(super) fn to_markdown(&self, catalog: &Catalog) -> io::Result<String> {
        let mut markdown = Vec::new();
        report::write(
            &mut markdown,
            &Content::Comparison(catalog, &self.comparison),
            Format::Markdown,
            TableStyle::default(),
        )?;
        String::from_utf8(markdown).map_err(io::Error::other)
    }

    // The selected row in full.

    /// The page of the selected entry, laid out for so many columns.
    pub(super) fn row_page(&self, columns: usize) -> Page {
        let Some(entry) = self.entry() else { return Page::default() };
        row::page(&self.comparison, entry, self.distributions(entry), columns, &self.glyphs)
    }

    /// The distributions that an entry's values are part of; none while they are being counted.
    fn distributions(&self, entry: &Entry) -> Option<Vec<&Distribution>> {
        let mut found: Vec<&Distribution> = Vec::new();
        for basis in entry.bases.iter().flatten() {
            let one = self.counted.iter().find(|one| one.basis == *basis)?;
            // Both sides of one source and one time are in one distribution.
            if !found.iter().any(|other| other.counts_as(one)) {
                found.push(one);
            }
        }
        Some(found)
    }

    /// The bases of the selected entry on which the hospitals have to be counted. They are returned once.
    pub(super) fn take_uncounted(&mut self) -> Vec<Basis> {
        let bases = self.entry().map_or(&[][..], |entry| &entry.bases[..]);
        let is_new = |basis: &&Basis| !self.requested.contains(basis);
        let uncounted: Vec<Basis> = bases.iter().flatten().filter(is_new).cloned().collect();
        self.requested.extend_from_slice(&uncounted);
        uncounted
    }

    /// Keeps what has been counted.
    pub(super) fn keep(&mut self, counted: &[Distribution]) {
        self.counted.extend_from_slice(counted);
    }

    // Laying out.

    /// Where everything stands on the screen.
    pub(crate) fn areas(&self) -> CompareAreas {
        layout::compare(self.screen.size)
    }

    /// Takes another screen.
    pub(super) fn resize(&mut self, screen: Screen) {
        if screen != self.screen {
            self.screen = screen;
            self.lay_out();
        }
    }

    /// Works out which items are shown, and lays them out.
    fn refresh(&mut self) {
        self.items = Group::ALL.into_iter().flat_map(|group| self.items_of(group)).collect();
        self.lay_out();
    }

    fn items_of(&self, group: Group) -> Vec<Item> {
        let entries =
            self.comparison.entries.iter().enumerate().filter(|(_, entry)| {
                entry.group == group && entry.answer != Answer::Neither && is_shown(entry, self.show)
            });
        let mut items: Vec<Item> = entries.map(|(at, _)| Item::Entry(at)).collect();
        if self.show != Show::All {
            return items;
        }
        if group.is_one_sided() && !items.is_empty() {
            if !self.open.contains(&group) {
                items.clear();
            }
            items.insert(0, Item::Fold(group));
        }
        if group == Group::CannotTell && !self.comparison.without_number().is_empty() {
            items.push(Item::WithoutNumber);
        }
        items
    }

    fn lay_out(&mut self) {
        let parts = self.areas();
        let Self { comparison, items, open, screen, glyphs, .. } = self;
        let (has_summary, open_key) = (self.show == Show::All, self.open_key.as_deref());
        let has_sentences = screen.panes == Panes::One;
        let page = ComparePage { comparison, items, open, has_summary, has_sentences, open_key, glyphs };
        let page = page.lay_out(parts.text.width.into());
        self.head = head(&self.comparison, parts.head.width.into());
        self.viewport.show(page, parts.text.height.into());
    }
}

fn is_shown(entry: &Entry, show: Show) -> bool {
    match show {
        Show::All => true,
        Show::Differences => entry.differs(),
        Show::BothTexts => !entry.group.is_one_sided(),
        Show::OneText => entry.group.is_one_sided(),
    }
}
