//! The state of the screen, and how events change it.
//!
//! [`App::handle`] takes an event, changes the state and says what the loop should do besides
//! ([`Effect`]); it neither draws nor reads nor waits, so tests type keys and look. The view only reads.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Size};
use tui_input::backend::crossterm::EventHandler;
use tui_input::{Input, InputRequest};

use super::glyphs::Glyphs;
use super::keymap::{self, Action, Context, Motion, Show};
use super::layout::{self, Pane};
use super::page::compare::{self as compare_page, Entry};
use super::page::{Page, detail, help, row};
use crate::catalog::{Catalog, HospitalKey};
use crate::compare::Comparison;
use crate::report::{self, Content, Format, sentences};
use crate::search::{Hit, MAX_QUERY, Tier};
use crate::text::Text;

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// The terminal has another size.
    Resize(Size),
    /// A search has ended: its generation, and what it found.
    Found(u64, Vec<Hit>),
}

/// What the loop should do for the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Give the terminal back until continued.
    Suspend,
    /// Put text on the clipboard.
    Copy(String),
    /// Take the mouse, or leave it to the terminal.
    CaptureMouse(bool),
    /// Search; the answer comes back with this generation.
    Search(u64, String),
}

/// In which order the list stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best match first; without a filter, as in the catalog.
    #[default]
    Catalog,
    /// By name.
    Name,
    /// By country, region, city.
    Place,
}

/// The list and the detail pane.
#[derive(Debug, Default)]
pub struct Browse {
    /// The filter's text and caret.
    pub filter: Input,
    /// Whether keys go to the filter.
    pub editing: bool,
    /// What the filter leaves, in order.
    pub hits: Vec<Hit>,
    /// Which hit is selected.
    pub selected: usize,
    /// The first hit on the screen.
    pub top: usize,
    /// Which pane has the keys.
    pub focus: Pane,
    /// The first line of the detail on the screen.
    pub scroll: usize,
    /// The order of the list.
    pub sort: Sort,
    /// Whether the user moved to the selected hospital, so that further typing must not move it away.
    chosen: bool,
}

/// The comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compare {
    /// The hospital on the left.
    pub left: HospitalKey,
    /// The hospital on the right.
    pub right: HospitalKey,
    /// Which rows are shown.
    pub show: Show,
    /// Which row is selected.
    pub selected: usize,
    /// The first line on the screen.
    pub top: usize,
}

/// A page laid over the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// Every key.
    Help {
        /// The first line on the screen.
        scroll: usize,
    },
    /// The selected row of the comparison in full.
    Row {
        /// The first line on the screen.
        scroll: usize,
    },
    /// What each side of the comparison does not publish.
    Ledger {
        /// The first line on the screen.
        scroll: usize,
    },
}

impl Overlay {
    /// The first line on the screen.
    fn scroll(&mut self) -> &mut usize {
        match self {
            Self::Help { scroll } | Self::Row { scroll } | Self::Ledger { scroll } => scroll,
        }
    }
}

/// Everything that the screen shows.
#[derive(Debug)]
pub struct App {
    /// What is browsed.
    pub catalog: Arc<Catalog>,
    /// The size of the terminal.
    pub size: Size,
    /// The signs to draw with.
    pub glyphs: Glyphs,
    /// The list and the detail pane.
    pub browse: Browse,
    /// The comparison, when it is open.
    pub compare: Option<Compare>,
    /// Pages laid over the rest, the last on top.
    pub overlays: Vec<Overlay>,
    /// The marked hospitals, A and B.
    pub marks: [Option<HospitalKey>; 2],
    /// A word to the user, until the next key.
    pub message: Option<String>,
    mouse: bool,
    /// The newest search that was asked for, and the newest that was answered.
    generation: u64,
    answered: u64,
}

impl App {
    /// The first screen: all hospitals in catalog order, the first selected.
    #[must_use]
    pub fn new(catalog: Arc<Catalog>, size: Size, glyphs: Glyphs, mouse: bool) -> Self {
        let all = |(key, _)| Hit { key, tier: Tier::Whole, name: Vec::new(), native: Vec::new(), through: None };
        let browse = Browse { hits: catalog.hospitals().map(all).collect(), ..Browse::default() };
        Self {
            catalog,
            size,
            glyphs,
            browse,
            compare: None,
            overlays: Vec::new(),
            marks: [None; 2],
            message: None,
            mouse,
            generation: 0,
            answered: 0,
        }
    }

    /// What a key now means.
    #[must_use]
    pub fn context(&self) -> Context {
        match (self.overlays.last(), &self.compare, self.browse.editing, self.browse.focus) {
            (Some(_), ..) => Context::Overlay,
            (_, Some(_), ..) => Context::Compare,
            (_, _, true, _) => Context::Filter,
            (_, _, _, Pane::List) => Context::List,
            (_, _, _, Pane::Detail) => Context::Detail,
        }
    }

    /// The selected hospital, when the list is not empty.
    #[must_use]
    pub fn selected(&self) -> Option<HospitalKey> {
        self.browse.hits.get(self.browse.selected).map(|hit| hit.key)
    }

    /// The detail page of the selected hospital.
    #[must_use]
    pub fn detail_page(&self) -> Page {
        let columns = layout::browse(self.size, self.browse.focus).text.width;
        self.selected().map_or_else(Page::default, |key| detail::page(&self.catalog, key, columns.into()))
    }

    /// The open comparison with the rows that it shows.
    pub fn with_comparison<T>(&self, look: impl FnOnce(&Comparison, &[Entry]) -> T) -> Option<T> {
        let open = self.compare?;
        let comparison = Comparison::new(&self.catalog, open.left, open.right);
        let entries = compare_page::entries(&comparison, open.show);
        Some(look(&comparison, &entries))
    }

    /// The page of the open comparison.
    #[must_use]
    pub fn compare_page(&self) -> Page {
        let columns = self.size.width.into();
        let page =
            self.with_comparison(|comparison, entries| compare_page::page(comparison, entries, columns, &self.glyphs));
        page.unwrap_or_default()
    }

    /// Lines that the names of A and B take above the comparison.
    #[must_use]
    pub fn compare_layout(&self) -> layout::Compare {
        let stacked = usize::from(self.size.width) < compare_page::SIDE_BY_SIDE;
        layout::compare(self.size, if stacked { 2 } else { 1 })
    }

    /// The page on top.
    #[must_use]
    pub fn overlay_page(&self) -> Option<(&'static str, Page, usize)> {
        let columns = layout::overlay_columns(self.size);
        match *self.overlays.last()? {
            Overlay::Help { scroll } => Some(("Keys", help::page(columns), scroll)),
            Overlay::Row { scroll } => {
                let selected = self.compare?.selected;
                let page = self.with_comparison(|comparison, entries| {
                    entries.get(selected).map(|entry| row::page(comparison, entry, columns, &self.glyphs))
                });
                Some(("Row", page.flatten().unwrap_or_default(), scroll))
            }
            Overlay::Ledger { scroll } => {
                let page = self.with_comparison(|comparison, _| row::ledger(comparison, columns));
                Some(("Not published", page.unwrap_or_default(), scroll))
            }
        }
    }

    /// Whether an event must wait for the search under way: what acts on the list must find the list that
    /// the user has typed for. Typing on does not wait.
    #[must_use]
    pub fn must_wait(&self, event: &Event) -> bool {
        let acts = match event {
            Event::Key(key) => keymap::resolve(self.context(), *key).is_some(),
            _ => true,
        };
        acts && self.answered < self.generation && !Self::never_waits(event)
    }

    /// Whether an event may overtake others that wait: answers, sizes, and leaving.
    #[must_use]
    pub fn never_waits(event: &Event) -> bool {
        match event {
            Event::Found(..) | Event::Resize(_) => true,
            Event::Key(key) => *key == KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL),
            Event::Paste(_) | Event::Mouse(_) => false,
        }
    }

    /// Takes an event, and says what the loop should do besides.
    pub fn handle(&mut self, event: Event) -> Option<Effect> {
        match event {
            Event::Key(key) => {
                self.message = None;
                match keymap::resolve(self.context(), key) {
                    Some(action) => self.update(action),
                    None if self.context() == Context::Filter => self.type_key(key),
                    None => None,
                }
            }
            Event::Paste(text) => self.paste(&text),
            Event::Mouse(mouse) => {
                self.click_or_scroll(mouse);
                None
            }
            Event::Resize(size) => {
                self.size = size;
                // A screen too small to draw on scrolls nothing, so that growing finds the place again.
                if layout::fits(size) {
                    self.settle();
                }
                None
            }
            Event::Found(generation, hits) => {
                if generation == self.generation {
                    self.answered = generation;
                    self.show(hits);
                }
                None
            }
        }
    }

    fn update(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Quit => return Some(Effect::Quit),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Cite => return self.cite(),
            Action::CopyAll => return self.copy_comparison(),
            Action::Sort => return Some(self.next_sort()),
            Action::ClearFilter => {
                self.browse.editing = false;
                return self.set_filter(String::new());
            }
            Action::Back => return self.back(),
            Action::Mouse => {
                self.mouse = !self.mouse;
                self.message = Some(if self.mouse { "mouse on" } else { "mouse off" }.to_owned());
                return Some(Effect::CaptureMouse(self.mouse));
            }
            Action::Help => {
                if self.overlays.pop_if(|top| matches!(top, Overlay::Help { .. })).is_none() {
                    self.overlays.push(Overlay::Help { scroll: 0 });
                }
            }
            Action::Move(motion) => self.step(motion),
            Action::EditFilter => (self.browse.editing, self.browse.focus) = (true, Pane::List),
            Action::KeepFilter => self.browse.editing = false,
            Action::OpenDetail if self.selected().is_some() => self.browse.focus = Pane::Detail,
            Action::OpenDetail => {}
            Action::OpenList => self.browse.focus = Pane::List,
            Action::OtherPane if self.browse.focus == Pane::List && self.selected().is_some() => {
                self.browse.focus = Pane::Detail;
            }
            Action::OtherPane => self.browse.focus = Pane::List,
            Action::Mark => self.mark(),
            Action::Compare => self.open_comparison(),
            Action::Swap => self.swap(),
            Action::Only(show) => self.show_only(show),
            Action::Ledger => self.overlays.push(Overlay::Ledger { scroll: 0 }),
            Action::NextDifference => self.jump_to_difference(true),
            Action::PreviousDifference => self.jump_to_difference(false),
            Action::OpenRow if !self.compare_page().rows.is_empty() => self.overlays.push(Overlay::Row { scroll: 0 }),
            Action::OpenRow => {}
        }
        self.settle();
        None
    }

    /// Closes what is on top: a page, the comparison, the detail pane, the filter. Never the program.
    fn back(&mut self) -> Option<Effect> {
        if self.overlays.pop().is_some() || self.compare.take().is_some() {
            return None;
        }
        if self.browse.focus == Pane::Detail {
            self.browse.focus = Pane::List;
            return None;
        }
        if self.browse.filter.value().is_empty() { None } else { self.set_filter(String::new()) }
    }

    // ---- the filter

    fn type_key(&mut self, key: KeyEvent) -> Option<Effect> {
        let full = self.browse.filter.value().chars().count() >= MAX_QUERY;
        if full && matches!(key.code, KeyCode::Char(_)) && (key.modifiers - KeyModifiers::SHIFT).is_empty() {
            self.message = Some(format!("a filter takes at most {MAX_QUERY} characters"));
            return None;
        }
        let changed = self.browse.filter.handle_event(&crossterm::event::Event::Key(key))?;
        changed.value.then(|| self.search())
    }

    /// Text that is pasted goes to the filter, in one piece and cleaned.
    fn paste(&mut self, text: &str) -> Option<Effect> {
        self.message = None;
        if !matches!(self.context(), Context::Filter | Context::List) {
            return None;
        }
        self.browse.editing = true;
        let room = MAX_QUERY.saturating_sub(self.browse.filter.value().chars().count());
        // Cleaning trims; the space that parts a pasted word from the one before it stays.
        let lead = if text.starts_with(char::is_whitespace) { " " } else { "" };
        for c in lead.chars().chain(Text::clean(text).chars()).take(room) {
            self.browse.filter.handle(InputRequest::InsertChar(c));
        }
        Some(self.search())
    }

    fn set_filter(&mut self, text: String) -> Option<Effect> {
        let changed = self.browse.filter.value() != text;
        self.browse.filter = Input::new(text);
        changed.then(|| self.search())
    }

    /// Asks for what the filter finds. Until the answer comes the old list stays.
    fn search(&mut self) -> Effect {
        self.generation += 1;
        Effect::Search(self.generation, self.browse.filter.value().to_owned())
    }

    /// Shows a new list. A hospital that the user moved to stays selected while it matches.
    fn show(&mut self, hits: Vec<Hit>) {
        let kept = self.selected().filter(|_| self.browse.chosen);
        self.browse.hits = hits;
        self.order();
        let at = kept.and_then(|key| self.browse.hits.iter().position(|hit| hit.key == key));
        if at.is_none() {
            (self.browse.chosen, self.browse.top, self.browse.scroll) = (false, 0, 0);
        }
        self.browse.selected = at.unwrap_or(0);
        self.settle();
    }

    /// Sorts the list as chosen; best-first needs nothing, since hits come ranked.
    fn order(&mut self) {
        let catalog = Arc::clone(&self.catalog);
        match self.browse.sort {
            Sort::Catalog => {}
            Sort::Name => self.browse.hits.sort_by_cached_key(|hit| catalog.hospital(hit.key).name.to_lowercase()),
            Sort::Place => self.browse.hits.sort_by_cached_key(|hit| {
                let place = &catalog.hospital(hit.key).place;
                [&place.country, &place.region, &place.city]
                    .map(|part| part.as_deref().unwrap_or("\u{10ffff}").to_lowercase())
            }),
        }
    }

    /// Changes the order. The list is asked for anew, since best-first is the search's own order.
    fn next_sort(&mut self) -> Effect {
        let (next, says) = match self.browse.sort {
            Sort::Catalog => (Sort::Name, "sorted by name"),
            Sort::Name => (Sort::Place, "sorted by place"),
            Sort::Place => (Sort::Catalog, "best match first, else catalog order"),
        };
        self.browse.sort = next;
        self.browse.chosen = true;
        self.message = Some(says.to_owned());
        self.search()
    }

    // ---- marks and the comparison

    fn mark(&mut self) {
        let Some(key) = self.selected() else { return };
        match self.marks.map(|mark| mark == Some(key)) {
            [true, _] => self.marks[0] = None,
            [_, true] => self.marks[1] = None,
            _ => match self.marks.iter_mut().find(|mark| mark.is_none()) {
                Some(free) => *free = Some(key),
                None => self.message = Some("A and B are marked; unmark one with Space, or press c".to_owned()),
            },
        }
    }

    fn open_comparison(&mut self) {
        let pair = match (self.marks, self.selected()) {
            ([Some(a), Some(b)], _) => Some((a, b)),
            ([Some(a), None], Some(b)) if a != b => Some((a, b)),
            ([None, Some(b)], Some(a)) if a != b => Some((a, b)),
            _ => None,
        };
        match pair {
            Some((left, right)) => {
                self.compare = Some(Compare { left, right, show: Show::All, selected: 0, top: 0 });
            }
            None => self.message = Some("mark a hospital with Space, move to another, then press c".to_owned()),
        }
    }

    /// Changes what the comparison shows, and keeps the selected row selected while it is still there.
    fn change_comparison(&mut self, change: impl FnOnce(&mut Compare)) {
        let names = |app: &Self| -> Vec<String> {
            let names = app.with_comparison(|_, entries| entries.iter().map(Entry::name).collect());
            names.unwrap_or_default()
        };
        let Some(mut open) = self.compare else { return };
        let selected = names(self).into_iter().nth(open.selected);
        change(&mut open);
        self.compare = Some(open);
        let at = selected.and_then(|name| names(self).iter().position(|other| *other == name));
        self.compare = Some(Compare { selected: at.unwrap_or(0), ..open });
    }

    fn swap(&mut self) {
        self.change_comparison(|open| (open.left, open.right) = (open.right, open.left));
    }

    /// Shows only some rows; asked for again, all.
    fn show_only(&mut self, show: Show) {
        self.change_comparison(|open| open.show = if open.show == show { Show::All } else { show });
        let says = match self.compare.map_or(Show::All, |open| open.show) {
            Show::All => "all rows",
            Show::Differences => "only rows in which both sides say something, and not the same",
            Show::Comparable => "only rows that can be compared",
            Show::Gaps => "only rows with a gap",
        };
        self.message = Some(says.to_owned());
    }

    fn jump_to_difference(&mut self, forward: bool) {
        let Some(open) = self.compare else { return };
        let differing: Vec<usize> = self
            .with_comparison(|_, entries| {
                entries.iter().enumerate().filter(|(_, entry)| entry.differs()).map(|(at, _)| at).collect()
            })
            .unwrap_or_default();
        let target = if forward {
            differing.iter().find(|at| **at > open.selected)
        } else {
            differing.iter().rev().find(|at| **at < open.selected)
        };
        match (target, &mut self.compare) {
            (Some(&at), Some(open)) => open.selected = at,
            _ => self.message = Some("no further row differs".to_owned()),
        }
    }

    fn cite(&mut self) -> Option<Effect> {
        let text = match self.compare {
            Some(open) => self
                .with_comparison(|comparison, entries| {
                    entries.get(open.selected).map(|entry| match entry {
                        Entry::Fact(row) => sentences::fact_row(comparison, row),
                        Entry::Measure(row) => sentences::compared_row(comparison, row),
                        Entry::Listed(_, row) => sentences::listed(comparison, row),
                    })
                })
                .flatten(),
            None => self.selected().map(|key| sentences::citation(&self.catalog, key)),
        };
        let text = text?;
        self.message = Some("sent to the clipboard with its sources; some terminals ignore that".to_owned());
        Some(Effect::Copy(text))
    }

    fn copy_comparison(&mut self) -> Option<Effect> {
        let open = self.compare?;
        let content = Content::Comparison(Comparison::new(&self.catalog, open.left, open.right));
        let mut markdown = Vec::new();
        report::write(&mut markdown, &content, Format::Markdown, None).ok()?;
        self.message = Some("the comparison was sent to the clipboard; some terminals ignore that".to_owned());
        Some(Effect::Copy(String::from_utf8(markdown).ok()?))
    }

    // ---- moving

    fn step(&mut self, motion: Motion) {
        if let Some(overlay) = self.overlays.last_mut() {
            let page = layout::overlay(self.size, usize::MAX).1.height.into();
            let scroll = overlay.scroll();
            *scroll = moved(*scroll, motion, usize::MAX, page);
        } else if let Some(open) = self.compare {
            self.compare = Some(self.step_comparison(open, motion));
        } else if self.browse.focus == Pane::Detail && !self.browse.editing {
            let page = layout::browse(self.size, Pane::Detail).text.height.into();
            self.browse.scroll = moved(self.browse.scroll, motion, usize::MAX, page);
        } else {
            let page = self.hospitals_on_screen();
            self.select(moved(self.browse.selected, motion, self.browse.hits.len(), page));
        }
    }

    fn select(&mut self, at: usize) {
        if at != self.browse.selected {
            self.browse.scroll = 0;
        }
        (self.browse.selected, self.browse.chosen) = (at, true);
    }

    fn hospitals_on_screen(&self) -> usize {
        let rows = layout::browse(self.size, Pane::List).rows;
        usize::from(rows.height / layout::lines_per_hospital(rows))
    }

    /// Brings every selection and scroll position within what there is to show.
    fn settle(&mut self) {
        let browse = &mut self.browse;
        browse.selected = browse.selected.min(browse.hits.len().saturating_sub(1));
        let visible = self.hospitals_on_screen().max(1);
        let browse = &mut self.browse;
        browse.top = browse.top.clamp((browse.selected + 1).saturating_sub(visible), browse.selected);
        let text = usize::from(layout::browse(self.size, self.browse.focus).text.height);
        self.browse.scroll = self.browse.scroll.min(self.detail_page().lines.len().saturating_sub(text));
        self.settle_comparison();
        if let Some((_, page, scroll)) = self.overlay_page() {
            let shown = layout::overlay(self.size, page.lines.len()).1.height;
            let most = page.lines.len().saturating_sub(shown.into());
            if let Some(overlay) = self.overlays.last_mut() {
                *overlay.scroll() = scroll.min(most);
            }
        }
    }

    /// Moves to another row; within a row that is higher than the screen, scrolls first.
    fn step_comparison(&self, open: Compare, motion: Motion) -> Compare {
        let page = self.compare_page();
        let height = usize::from(self.compare_layout().text.height);
        let (start, end) = lines_to_show(&page, open.selected);
        match motion {
            Motion::Down if end > open.top + height => Compare { top: open.top + 1, ..open },
            Motion::Up if start < open.top => Compare { top: open.top - 1, ..open },
            Motion::Last => Compare { selected: page.rows.len().saturating_sub(1), top: page.lines.len(), ..open },
            // Rows take about three lines.
            _ => Compare { selected: moved(open.selected, motion, page.rows.len(), height / 3), ..open },
        }
    }

    /// Keeps the selected row of the comparison on the screen, its heading too where it is the first; of a row
    /// that is higher than the screen, some of it.
    fn settle_comparison(&mut self) {
        let Some(mut open) = self.compare else { return };
        let page = self.compare_page();
        let height = usize::from(self.compare_layout().text.height);
        open.selected = open.selected.min(page.rows.len().saturating_sub(1));
        let (start, end) = lines_to_show(&page, open.selected);
        let shows_end = end.saturating_sub(height);
        open.top = open.top.clamp(start.min(shows_end), start.max(shows_end));
        open.top = open.top.min(page.lines.len().saturating_sub(height));
        self.compare = Some(open);
    }

    // ---- the mouse

    fn click_or_scroll(&mut self, mouse: MouseEvent) {
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollUp => self.scroll_at(at, Motion::Up),
            MouseEventKind::ScrollDown => self.scroll_at(at, Motion::Down),
            MouseEventKind::Down(MouseButton::Left) => self.click(at),
            _ => return,
        }
        self.settle();
    }

    /// The wheel moves what is under it, three lines at a time where lines scroll.
    fn scroll_at(&mut self, at: Position, motion: Motion) {
        const LINES: usize = 3;
        let parts = layout::browse(self.size, self.browse.focus);
        let scrolls = |from: usize| (0..LINES).fold(from, |from, _| moved(from, motion, usize::MAX, 1));
        if !self.overlays.is_empty() {
            (0..LINES).for_each(|_| self.step(motion));
        } else if self.compare.is_some() || parts.list.contains(at) {
            self.step_list_or_row(motion);
        } else if parts.detail.contains(at) {
            self.browse.scroll = scrolls(self.browse.scroll);
        }
    }

    fn step_list_or_row(&mut self, motion: Motion) {
        if self.compare.is_some() {
            self.step(motion);
        } else {
            self.select(moved(self.browse.selected, motion, self.browse.hits.len(), 1));
        }
    }

    fn click(&mut self, at: Position) {
        if !self.overlays.is_empty() {
            return;
        }
        if let Some(open) = self.compare {
            let text = self.compare_layout().text;
            if text.contains(at) {
                let line = open.top + usize::from(at.y - text.y);
                let row = self.compare_page().rows.iter().position(|row| row.contains(&line));
                self.compare = Some(Compare { selected: row.unwrap_or(open.selected), ..open });
            }
            return;
        }
        let parts = layout::browse(self.size, self.browse.focus);
        if parts.rows.contains(at) {
            let hospital =
                self.browse.top + usize::from((at.y - parts.rows.y) / layout::lines_per_hospital(parts.rows));
            self.browse.focus = Pane::List;
            if hospital < self.browse.hits.len() {
                self.select(hospital);
            }
        } else if parts.filter.contains(at) {
            (self.browse.editing, self.browse.focus) = (true, Pane::List);
        } else if parts.detail.contains(at) {
            (self.browse.editing, self.browse.focus) = (false, Pane::Detail);
        }
    }
}

/// The lines that belong to a row: from its heading, if it is the first below one, and after the last row to
/// the end of the page, where the sources stand.
fn lines_to_show(page: &Page, selected: usize) -> (usize, usize) {
    let Some(row) = page.rows.get(selected) else { return (0, 0) };
    let start = page.rows[..selected].last().map_or(0, |before| before.end);
    let end = if selected + 1 == page.rows.len() { page.lines.len() } else { row.end };
    (start, end)
}

/// Where `motion` leads from `at` among `count`, a page being `page` long.
fn moved(at: usize, motion: Motion, count: usize, page: usize) -> usize {
    let last = count.saturating_sub(1);
    // A line of the old page stays in sight.
    let page = page.saturating_sub(1).max(1);
    let to = match motion {
        Motion::Up => at.saturating_sub(1),
        Motion::Down => at.saturating_add(1),
        Motion::PageUp => at.saturating_sub(page),
        Motion::PageDown => at.saturating_add(page),
        Motion::HalfUp => at.saturating_sub(page.div_ceil(2)),
        Motion::HalfDown => at.saturating_add(page.div_ceil(2)),
        Motion::First => 0,
        Motion::Last => last,
    };
    to.min(last)
}
