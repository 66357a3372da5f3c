//! The search box, the list of what it finds, and the detail pane.

mod detail_pane;
mod points;

use std::sync::Arc;

use crossterm::event::KeyEvent;
use ratatui::layout::{Position, Rect, Size};

use crate::catalog::{Catalog, HospitalKey};
use crate::report::wording::number;
use crate::search::{Answer, Ask, FacetChoice, Order, with_order};
use crate::tui::app::event::Effect;
use crate::tui::app::list_rows::{ListRows, name_columns};
use crate::tui::app::search_box::SearchBox;
use crate::tui::app::viewport::{Viewport, WHEEL_LINES, moved};
use crate::tui::keymap::Motion;
use crate::tui::layout::{self, BrowseAreas, Pane, Panes, Screen};
use crate::tui::page::detail::CitableLines;

/// How many hospitals of a list are asked for at first; more when the user scrolls there.
const WINDOW: usize = 200;

/// The search box, the list and the detail pane.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
pub struct Browse {
    /// The search box.
    pub(crate) search_box: SearchBox,
    /// What the query finds: how many, and the first of them in order.
    pub found: Answer,
    /// Which of them is selected.
    pub selected: usize,
    /// The first one on the screen.
    pub top: usize,
    /// Which pane has the keys.
    pub(crate) focus: Pane,
    /// The order that the user chose.
    pub(crate) order: Order,
    /// The hospitals marked A and B.
    pub marks: [Option<HospitalKey>; 2],
    /// The page of the selected hospital, once it has been laid out.
    pub(crate) detail: Viewport,
    /// Whether the name above that page is read, as first when the keys go there.
    pub(crate) is_on_title: bool,
    /// Whether answers should count the facets of the list.
    pub(super) wants_facets: bool,
    /// Whether they should say where the hospitals lie.
    wants_points: bool,
    /// Lines of the hospitals in the list.
    pub(crate) rows: ListRows,
    /// Columns that most names take.
    name_columns: u16,
    /// Whether the detail page shows caveats and notes.
    has_remarks: bool,
    /// The key that shows and hides them.
    pub(super) remarks_key: Option<String>,
    screen: Screen,
    /// The hospital and the columns that the detail page is laid out for.
    detail_of: Option<(HospitalKey, u16)>,
    /// What can be cited of that page.
    citable: CitableLines,
    /// The query and the order that `found` answers.
    answered_for: (String, Order),
    /// The hospital that the user moved to. Typing on keeps it selected while it matches, and selects it again when it
    /// matches again.
    chosen: Option<HospitalKey>,
    /// The newest search that was asked for, and the newest that was answered.
    requested: u64,
    answered: u64,
}

impl Browse {
    /// All hospitals in file order, the first selected.
    pub(super) fn new(catalog: &Arc<Catalog>, size: Size) -> Self {
        let found = Answer::all(catalog, WINDOW);
        let rows = ListRows::of(catalog, &found);
        let screen = Screen { size, panes: Panes::default() };
        Self { found, rows, name_columns: name_columns(catalog), screen, ..Self::default() }
    }

    /// Where everything stands on the screen.
    pub(crate) fn areas(&self) -> BrowseAreas {
        layout::browse(self.screen, self.focus, self.name_columns)
    }

    /// The selected hospital, when the list is not empty.
    pub(crate) fn selected_hospital(&self) -> Option<HospitalKey> {
        self.found.keys.get(self.selected).copied()
    }

    /// The order of the list: the query's own, or else the chosen one.
    pub(crate) fn shown_order(&self) -> Order {
        self.found.query.order().unwrap_or_else(|| self.order.clone())
    }

    /// How many more hospitals the query may find: ` + 1 possibly`; nothing where there is none.
    pub(crate) fn possibly(&self) -> String {
        match self.found.possibly {
            0 => String::new(),
            more => format!(" + {} possibly", number(more)),
        }
    }

    /// What Tab would add to the query at the cursor.
    pub(crate) fn continuation(&self) -> Option<&str> {
        let suggestion = self.found.suggestions.first()?;
        self.search_box.continuation(suggestion.at.clone(), &suggestion.text)
    }

    /// Whether a search is under way.
    pub(super) fn is_searching(&self) -> bool {
        self.answered < self.requested
    }

    // Searching.

    /// Takes a key of the search box; a message when it is full.
    pub(super) fn type_key(&mut self, key: KeyEvent) -> Result<Option<Effect>, String> {
        Ok(self.search_box.type_key(key)?.then(|| self.search()))
    }

    /// Text that is pasted goes to the search box.
    pub(super) fn paste(&mut self, text: &str) -> Effect {
        self.search_box.is_active = true;
        self.search_box.paste(text);
        self.search()
    }

    /// Goes to the search box.
    pub(super) fn edit_query(&mut self) {
        (self.search_box.is_active, self.focus) = (true, Pane::List);
    }

    /// Replaces the query.
    pub(super) fn set_query(&mut self, query: String) -> Option<Effect> {
        self.search_box.set(query).then(|| self.search())
    }

    /// Leaves the search box, and keeps its query.
    pub(super) fn keep_query(&mut self) {
        self.search_box.leave();
    }

    /// Leaves the search box, and clears it.
    pub(super) fn clear_query(&mut self) -> Option<Effect> {
        self.search_box.leave();
        self.set_query(String::new())
    }

    /// Replaces the query with the one used before it, or after it.
    pub(super) fn recall_query(&mut self, is_earlier: bool) -> Option<Effect> {
        let query = self.search_box.recall(is_earlier)?;
        self.set_query(query)
    }

    /// Whether the user has neither typed nor moved to a hospital.
    pub(super) fn is_untouched(&self) -> bool {
        self.chosen.is_none() && self.search_box.text().is_empty() && !self.search_box.is_active
    }

    /// Makes a query and a hospital those to be shown when the catalog is searched next.
    pub(super) fn go_to(&mut self, query: String, key: Option<HospitalKey>) {
        self.chosen = key;
        self.search_box.set(query);
    }

    /// Puts the first suggestion in the place of what is being typed. Where nothing is, the names of all fields and measures are
    /// suggested.
    pub(super) fn complete(&mut self) -> Option<Effect> {
        let Some(suggestion) = self.found.suggestions.first() else {
            return self.search_box.ask_names().then(|| self.search());
        };
        self.search_box.complete(suggestion.at.clone(), &suggestion.text).then(|| self.search())
    }

    /// Sorts the list. A hospital that the user moved to or marked stays selected; else the first one is.
    pub(super) fn sort_by(&mut self, order: Order) -> Option<Effect> {
        let selected = self.selected_hospital();
        self.chosen = self.chosen.or(selected.filter(|_| self.marks.contains(&selected)));
        // An order in the query goes before the chosen one.
        if self.found.query.order().is_some() {
            return self.set_query(with_order(self.search_box.text(), &order));
        }
        self.order = order;
        Some(self.search())
    }

    /// Adds what a filter asks for to the query, or takes it out.
    pub(super) fn toggle(&mut self, choice: &FacetChoice) -> Option<Effect> {
        self.set_query(choice.toggled_in(self.search_box.text()))
    }

    /// Asks for what the query finds. Until the answer comes, the old list stays.
    pub(super) fn search(&mut self) -> Effect {
        self.ask(WINDOW)
    }

    /// Asks for more of the list when the screen comes near the end of what is known of it.
    pub(super) fn fetch_more(&mut self) -> Option<Effect> {
        let known = self.found.keys.len();
        let needed = self.selected.max(self.top) + usize::from(self.screen.size.height) + 1;
        let is_short = known < self.found.length() && known < needed;
        (is_short && !self.is_searching()).then(|| self.ask((needed + WINDOW).max(known * 2)))
    }

    fn ask(&mut self, want: usize) -> Effect {
        self.requested += 1;
        let ask = Ask {
            query: self.search_box.text().to_owned(),
            order: self.order.clone(),
            want,
            keep: self.chosen,
            caret: Some(self.search_box.before_cursor().len()),
            names: self.search_box.wants_names,
            facets: self.wants_facets,
            points: self.wants_points,
        };
        Effect::Search(self.requested, ask)
    }

    /// Takes the answer to a search, unless a newer one is under way.
    pub(super) fn receive(&mut self, generation: u64, found: Answer, catalog: &Arc<Catalog>) {
        if generation == self.requested {
            self.answered = generation;
            self.show(found, catalog);
        }
    }

    /// Takes a catalog that has the hospitals known so far, and more. What is selected and marked stays.
    pub(super) fn set_catalog(&mut self, catalog: &Arc<Catalog>) -> Option<Effect> {
        self.detail_of = None;
        self.name_columns = name_columns(catalog);
        let known = self.found.keys.len().max(WINDOW);
        let is_far = self.chosen.is_some_and(|key| key.index() >= known);
        let wants_more = is_far || self.wants_points;
        if self.is_searching() || !self.search_box.text().is_empty() || self.order != Order::default() || wants_more {
            return Some(self.search());
        }
        // All hospitals in file order need no search.
        self.show(Answer::all(catalog, known), catalog);
        None
    }

    /// Shows a new list. The hospital that the user moved to is selected, if the list has it.
    fn show(&mut self, found: Answer, catalog: &Arc<Catalog>) {
        self.rows = ListRows::of(catalog, &found);
        let answered_for = (self.search_box.text().to_owned(), self.order.clone());
        let is_same_list = answered_for == self.answered_for;
        (self.found, self.answered_for) = (found, answered_for);
        let at = self.chosen.and_then(|key| self.found.keys.iter().position(|found| *found == key));
        match at {
            Some(at) => self.selected = at,
            // More of the same list: the place in it stays.
            None if is_same_list => {}
            None => {
                (self.selected, self.top) = (0, 0);
                self.detail.go_to_start();
            }
        }
        self.clamp();
    }

    // Moving.

    /// Moves in the list, or scrolls the detail pane if it has the keys.
    pub(super) fn step(&mut self, motion: Motion, catalog: &Catalog) {
        if self.focus == Pane::Detail && !self.search_box.is_active {
            self.read(motion, catalog);
        } else {
            self.select(moved(self.selected, motion, self.found.length(), self.hospitals_on_screen()));
        }
    }

    fn select(&mut self, at: usize) {
        if at != self.selected {
            self.detail.go_to_start();
        }
        self.selected = at;
        self.chosen = self.selected_hospital();
        self.clamp();
    }

    /// Goes to the other pane.
    pub(super) fn switch_pane(&mut self) {
        match self.focus {
            Pane::List => self.focus_detail(),
            Pane::Detail => self.focus = Pane::List,
        }
    }

    /// Turns the wheel: it moves what is under it.
    pub(super) fn wheel(&mut self, at: Position, motion: Motion, catalog: &Catalog) {
        let parts = self.areas();
        if parts.list.contains(at) {
            self.select(moved(self.selected, motion, self.found.length(), 1));
        } else if parts.detail.contains(at) {
            (0..WHEEL_LINES).for_each(|_| self.scroll_detail(motion, catalog));
        }
    }

    /// Whether there are more hospitals than are seen.
    pub(super) fn can_scroll(&self) -> bool {
        self.found.length() > self.hospitals_on_screen()
    }

    /// Scrolls the list to a share of its length. The selection stays in view.
    pub(super) fn scroll_to(&mut self, share: usize, of: usize) {
        self.top = self.found.length().saturating_sub(self.hospitals_on_screen()) * share / of.max(1);
        let visible = self.hospitals_on_screen().max(1);
        self.select(self.selected.clamp(self.top, self.top + visible - 1));
    }

    /// The line of the list in which the selected hospital begins.
    pub(crate) fn selected_line(&self) -> u16 {
        let has_second_lines = layout::has_second_lines(self.list_area());
        let before: u16 = (self.top..self.selected).map(|at| self.rows.height(at, has_second_lines)).sum();
        before + u16::from(self.rows.has_heading(self.selected))
    }

    /// Goes to what was clicked; whether it is a hospital.
    pub(super) fn click(&mut self, at: Position) -> bool {
        let parts = self.areas();
        if parts.rows.contains(at) {
            let row = self.rows.at_line(self.top, at.y - parts.rows.y, layout::has_second_lines(parts.rows));
            self.focus = Pane::List;
            let is_hospital = row < self.found.length();
            if is_hospital {
                self.select(row);
            }
            return is_hospital;
        }
        if parts.search_box.contains(at) {
            self.edit_query();
        } else if parts.detail.contains(at) {
            self.search_box.leave();
            self.click_detail(at);
        }
        false
    }

    // Marking.

    /// Marks the selected hospital, or takes its mark away; false when two others are marked.
    pub(super) fn mark(&mut self, selected: Option<HospitalKey>) -> bool {
        let Some(selected) = selected else { return true };
        if let Some(mark) = self.marks.iter_mut().find(|mark| **mark == Some(selected)) {
            *mark = None;
        } else if let Some(free) = self.marks.iter_mut().find(|mark| mark.is_none()) {
            *free = Some(selected);
        } else {
            return false;
        }
        true
    }

    /// The two hospitals to compare: those that are marked, or the one that is and the selected one.
    pub(crate) fn pair(&self, selected: Option<HospitalKey>) -> Option<[HospitalKey; 2]> {
        match (self.marks, selected) {
            ([Some(a), Some(b)], _) => Some([a, b]),
            ([Some(a), None], Some(b)) | ([None, Some(b)], Some(a)) if a != b => Some([a, b]),
            _ => None,
        }
    }

    // Laying out.

    /// The rows of the list, wherever the keys go.
    fn list_area(&self) -> Rect {
        layout::browse(self.screen, Pane::List, self.name_columns).rows
    }

    fn hospitals_on_screen(&self) -> usize {
        let area = self.list_area();
        self.rows.seen(self.top, area.height, layout::has_second_lines(area))
    }

    /// Takes another screen.
    pub(super) fn resize(&mut self, screen: Screen) {
        self.screen = screen;
        self.clamp();
    }

    /// Keeps the selection within the list, and in view.
    fn clamp(&mut self) {
        self.selected = self.selected.min(self.found.length().saturating_sub(1));
        let area = self.list_area();
        let first = self.rows.top_before(self.selected, area.height, layout::has_second_lines(area));
        self.top = self.top.clamp(first, self.selected);
    }
}
