//! The comparison: what is compared, which rows are shown and open, which is selected, and the page as it is laid out.
//!
//! All of it is worked out when it changes, never at a key: the comparison itself when it is opened or swapped, the page
//! when rows are opened or hidden, or when the width changes.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::catalog::{Catalog, HospitalKey};
use crate::compare::{Basis, Distribution};
use crate::report::view::{ComparisonView, Entry, Group};
use crate::tui::glyphs::Glyphs;
use crate::tui::keymap::{Motion, Show};
use crate::tui::page::compare::{self as compare_page, Content, Item};
use crate::tui::page::row::Standing;
use crate::tui::page::{Page, row};

/// The comparison.
#[derive(Debug)]
pub struct Compare {
    view: ComparisonView,
    /// Which rows are shown.
    pub show: Show,
    /// The one-sided groups that are open.
    open: HashSet<Group>,
    items: Vec<Item>,
    /// Which of the items is selected.
    pub selected: usize,
    /// The first line on the screen.
    pub top: usize,
    page: Page,
    /// The columns that the page is laid out for.
    columns: usize,
    glyphs: Glyphs,
    /// What has been counted among all loaded hospitals.
    counted: Vec<Distribution>,
}

impl Compare {
    /// Compares two hospitals, for a screen of so many columns.
    #[must_use]
    pub fn new(catalog: &Catalog, left: HospitalKey, right: HospitalKey, columns: usize, glyphs: Glyphs) -> Self {
        let mut compare = Self {
            view: ComparisonView::of(catalog, left, right),
            show: Show::All,
            open: HashSet::new(),
            items: Vec::new(),
            selected: 0,
            top: 0,
            page: Page::default(),
            columns,
            glyphs,
            counted: Vec::new(),
        };
        compare.refresh();
        compare
    }

    /// What is compared.
    #[must_use]
    pub fn view(&self) -> &ComparisonView {
        &self.view
    }

    /// The hospitals on the left and on the right.
    #[must_use]
    pub fn keys(&self) -> [HospitalKey; 2] {
        self.view.hospitals.each_ref().map(|who| who.key)
    }

    /// The page for a screen of so many columns: the one that is kept, or one made for a size that the state has not
    /// been told yet.
    #[must_use]
    pub fn page(&self, columns: usize) -> Cow<'_, Page> {
        if columns == self.columns { Cow::Borrowed(&self.page) } else { Cow::Owned(self.laid_out(columns)) }
    }

    fn laid_out(&self, columns: usize) -> Page {
        let Self { view, items, open, glyphs, .. } = self;
        compare_page::page(Content { view, items, open, has_summary: self.show == Show::All, glyphs }, columns)
    }

    /// Lays the page out for a screen of so many columns.
    pub fn lay_out(&mut self, columns: usize) {
        if columns != self.columns {
            self.columns = columns;
            self.page = self.laid_out(columns);
        }
    }

    /// The selected item.
    #[must_use]
    pub fn item(&self) -> Option<Item> {
        self.items.get(self.selected).copied()
    }

    /// The selected entry; none where the heading of a group is selected.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        match self.item()? {
            Item::Entry(at) => self.view.entries.get(at),
            Item::Fold(_) | Item::WithoutNumber => None,
        }
    }

    /// The selected entry in full, laid out for so many columns.
    #[must_use]
    pub fn row_page(&self, columns: usize) -> Page {
        let Some(entry) = self.entry() else { return Page::default() };
        row::page(&self.view, entry, &self.standing(entry), columns, &self.glyphs)
    }

    fn standing(&self, entry: &Entry) -> Standing {
        let bases: Vec<&Basis> = entry.bases.iter().flatten().collect();
        if bases.is_empty() {
            return Standing::None;
        }
        let counted = |basis: &&Basis| self.counted.iter().find(|one| one.basis == **basis);
        let mut found: Vec<Distribution> = Vec::new();
        for basis in &bases {
            let Some(one) = counted(basis) else { return Standing::Counting };
            // Both sides of one source and one time stand in one distribution.
            if !found.iter().any(|other| other.values == one.values) {
                found.push(one.clone());
            }
        }
        Standing::Counted(found)
    }

    /// What has still to be counted among all hospitals before the selected entry can say where its sides stand.
    #[must_use]
    pub fn uncounted(&self) -> Vec<Basis> {
        let bases = self.entry().map_or(&[][..], |entry| &entry.bases[..]);
        let is_new = |basis: &&Basis| !self.counted.iter().any(|one| one.basis == **basis);
        bases.iter().flatten().filter(is_new).cloned().collect()
    }

    /// Keeps what has been counted.
    pub fn keep(&mut self, counted: Vec<Distribution>) {
        self.counted.extend(counted);
    }

    /// Compares the same two anew, on a catalog that has them and more, such as a later edition; the same row stays
    /// selected.
    pub fn reload(&mut self, catalog: &Catalog) {
        let [left, right] = self.keys();
        let view = ComparisonView::of(catalog, left, right);
        self.counted.clear();
        if view != self.view {
            let (selected, top) = (self.selected_key(), self.top);
            self.view = view;
            self.refresh();
            self.select_key(selected.as_deref());
            self.top = top;
        }
    }

    /// Changes left and right; the same row stays selected.
    pub fn swap(&mut self, catalog: &Catalog) {
        let [left, right] = self.keys();
        let selected = self.selected_key();
        self.view = ComparisonView::of(catalog, right, left);
        let swapped = |group: &Group| match group {
            Group::OnlyLeft => Group::OnlyRight,
            Group::OnlyRight => Group::OnlyLeft,
            other => *other,
        };
        self.open = self.open.iter().map(swapped).collect();
        self.refresh();
        self.select_key(selected.as_deref());
    }

    /// Shows only some rows; asked for again, all.
    pub fn show_only(&mut self, show: Show) {
        let selected = self.selected_key();
        self.show = if self.show == show { Show::All } else { show };
        self.refresh();
        self.select_key(selected.as_deref());
    }

    /// Opens or folds the one-sided group that is selected; whether one is.
    pub fn toggle(&mut self) -> bool {
        let Some(Item::Fold(group)) = self.item() else { return false };
        if !self.open.remove(&group) {
            self.open.insert(group);
        }
        self.refresh();
        true
    }

    fn selected_key(&self) -> Option<String> {
        self.entry().map(|entry| entry.key.clone())
    }

    fn select_key(&mut self, key: Option<&str>) {
        let is_it = |item: &Item| matches!(item, Item::Entry(at) if Some(self.view.entries[*at].key.as_str()) == key);
        self.selected = self.items.iter().position(is_it).unwrap_or(0);
        if self.selected == 0 {
            self.top = 0;
        }
    }

    /// Works out what is shown, and lays it out.
    fn refresh(&mut self) {
        self.items.clear();
        for group in Group::ALL {
            let entries = self.view.entries.iter().enumerate().filter(|(_, entry)| entry.group == group);
            let entries = entries.filter(|(_, entry)| entry.answer != crate::compare::Answer::Neither);
            let shown: Vec<Item> =
                entries.filter(|(_, entry)| is_shown(entry, self.show)).map(|(at, _)| Item::Entry(at)).collect();
            let folds = group.is_one_sided() && self.show == Show::All;
            if folds && !shown.is_empty() {
                self.items.push(Item::Fold(group));
            }
            if !folds || self.open.contains(&group) {
                self.items.extend(shown);
            }
            let lacks = group == Group::CannotTell && self.show == Show::All && !self.view.without_number().is_empty();
            self.items.extend(lacks.then_some(Item::WithoutNumber));
        }
        self.page = self.laid_out(self.columns);
        self.selected = self.selected.min(self.items.len().saturating_sub(1));
    }

    /// Whether some of the selected row is on a screen so high.
    #[must_use]
    pub fn is_selection_seen(&self, height: usize) -> bool {
        let row = self.page.rows.get(self.selected);
        row.is_some_and(|row| row.start < self.top + height && row.end > self.top)
    }

    /// Moves to the next or the previous row that has an answer; whether there is one. The selected row itself is the
    /// next one while it has not been seen.
    pub fn jump_to_answer(&mut self, forward: bool, height: usize) -> bool {
        let has_answer = |item: &Item| match item {
            Item::Entry(at) => {
                self.view.entries[*at].group == Group::SideBySide && !self.view.entries[*at].measures.is_empty()
            }
            Item::Fold(_) | Item::WithoutNumber => false,
        };
        if forward && !self.is_selection_seen(height) && self.item().is_some_and(|item| has_answer(&item)) {
            self.reveal(height);
            return true;
        }
        let mut answered = self.items.iter().enumerate().filter(|(_, item)| has_answer(item)).map(|(at, _)| at);
        let at =
            if forward { answered.find(|at| *at > self.selected) } else { answered.rfind(|at| *at < self.selected) };
        self.selected = at.unwrap_or(self.selected);
        self.reveal(height);
        at.is_some()
    }

    /// Moves by rows, or by what is seen. A row that is higher than the screen is scrolled through.
    pub fn step(&mut self, motion: Motion, height: usize) {
        let (start, end) = self.page.lines_of_row(self.selected);
        let page = height.saturating_sub(1).max(1);
        match motion {
            Motion::Down if end > self.top + height => self.top += 1,
            Motion::Up if start < self.top => self.top -= 1,
            Motion::Down | Motion::Up => {
                self.selected = super::motion::moved(self.selected, motion, self.items.len(), 1);
                self.reveal(height);
            }
            Motion::First => (self.selected, self.top) = (0, 0),
            Motion::Last => {
                self.selected = self.items.len().saturating_sub(1);
                self.top = self.page.lines.len().saturating_sub(height);
            }
            Motion::PageDown => self.turn(self.top.saturating_add(page), height),
            Motion::PageUp => self.turn(self.top.saturating_sub(page), height),
            Motion::HalfDown => self.turn(self.top.saturating_add(page.div_ceil(2)), height),
            Motion::HalfUp => self.turn(self.top.saturating_sub(page.div_ceil(2)), height),
        }
    }

    /// Shows the lines from `top` on, and selects a row among them.
    fn turn(&mut self, top: usize, height: usize) {
        let most = self.page.lines.len().saturating_sub(height);
        let is_at_end = top > most && self.top >= most;
        let is_at_start = top == 0 && self.top == 0;
        self.top = top.min(most);
        let shown = self.top..self.top + height.max(1);
        let is_seen = |row: &std::ops::Range<usize>| row.start < shown.end && row.end > shown.start;
        let rows = &self.page.rows;
        self.selected = if is_at_end {
            rows.len().saturating_sub(1)
        } else if is_at_start {
            0
        } else if rows.get(self.selected).is_some_and(is_seen) {
            self.selected
        } else {
            let whole = rows.iter().position(|row| shown.contains(&row.start));
            whole.or_else(|| rows.iter().position(is_seen)).unwrap_or(self.selected)
        };
    }

    /// Selects the row at a line of the screen; whether there is one.
    pub fn select_line(&mut self, line: usize) -> bool {
        let row = self.page.rows.iter().position(|row| row.contains(&(self.top + line)));
        self.selected = row.unwrap_or(self.selected);
        row.is_some()
    }

    /// Keeps within what there is to show, the selected row on the screen; of one that is higher than the screen, some of
    /// it.
    pub fn clamp(&mut self, height: usize) {
        self.selected = self.selected.min(self.items.len().saturating_sub(1));
        self.top = self.top.min(self.page.lines.len().saturating_sub(height));
        let (start, end) = self.page.lines_of_row(self.selected);
        if start >= self.top + height.max(1) || end <= self.top {
            self.reveal(height);
        }
    }

    /// Brings the selected row on the screen whole, with its heading where it is the first below one.
    pub fn reveal(&mut self, height: usize) {
        let (start, end) = self.page.lines_of_row(self.selected);
        let shows_end = end.saturating_sub(height);
        self.top = self.top.clamp(start.min(shows_end), start.max(shows_end));
        // What belongs to the row may fill the screen alone, as sources do.
        if !self.is_selection_seen(height) {
            self.top = self.page.rows.get(self.selected).map_or(0, |row| row.start);
        }
        self.top = self.top.min(self.page.lines.len().saturating_sub(height));
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
