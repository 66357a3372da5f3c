//! The whole state. Routes events and actions to the part that they concern.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Size;

use crate::catalog::Catalog;
use crate::text::Text;
use crate::tui::app::browse::Browse;
use crate::tui::app::compare::Compare;
use crate::tui::app::event::{Background, Effect, Event, Loading};
use crate::tui::app::map::Map;
use crate::tui::app::overlay::{Overlay, OverlayKind};
use crate::tui::app::pointer::Pointer;
use crate::tui::bindings::Bindings;
use crate::tui::glyphs::Glyphs;
use crate::tui::keymap::{Action, Context, Motion};
use crate::tui::layout::{self, Pane, Panes, Screen};
use crate::tui::line_editor;
use crate::tui::page::help;
use crate::tui::resume::Place;
use crate::tui::theme::{Name, Theme};

/// Everything that the screen shows.
#[derive(Debug)]
pub struct App {
    /// What is browsed.
    pub catalog: Arc<Catalog>,
    /// How many catalogs there were before.
    pub(super) generation: u64,
    /// The size of the screen.
    pub(crate) size: Size,
    /// How many panes are shown.
    pub(super) panes: Panes,
    /// The styles to draw with.
    pub theme: Theme,
    /// The characters to draw with.
    pub glyphs: Glyphs,
    /// What keys mean.
    pub(super) bindings: Bindings,
    /// The search box, the list and the detail pane.
    pub browse: Browse,
    /// The comparison, when it is open.
    pub compare: Option<Compare>,
    /// The map, when it is open.
    pub map: Option<Map>,
    /// What lies on top of the rest, the last one on top.
    pub overlays: Vec<Overlay>,
    /// A message to the user, until the next key.
    pub(crate) message: Option<String>,
    /// How far the loading is.
    pub(crate) loading: Loading,
    /// Whether the theme follows the background of the terminal.
    pub follows_background: bool,
    pub(super) pointer: Pointer,
    /// The filter that was chosen or taken back, until it is told how many it finds.
    pub(super) unreported_filter: Option<String>,
    /// Where to go when all data are loaded.
    pub(super) place: Option<Place>,
}

impl App {
    /// The first screen: all hospitals in file order, the first selected.
    #[must_use]
    pub fn new(catalog: Arc<Catalog>, size: Size, glyphs: Glyphs, mouse: bool) -> Self {
        let browse = Browse::new(&catalog, size);
        let mut app = Self {
            catalog,
            generation: 0,
            size,
            panes: Panes::default(),
            theme: Theme::DARK,
            glyphs,
            bindings: Bindings::default(),
            browse,
            compare: None,
            map: None,
            overlays: Vec::new(),
            message: None,
            loading: Loading::Done,
            follows_background: false,
            pointer: Pointer::new(mouse),
            unreported_filter: None,
            place: None,
        };
        app.set_bindings(Bindings::default());
        app
    }

    /// What a key means now.
    pub(crate) fn context(&self) -> Context {
        match (self.overlays.last(), &self.compare, self.browse.focus) {
            (Some(overlay), ..) => overlay.kind.context(),
            (_, Some(_), _) => Context::Compare,
            _ if self.map.is_some() => Context::Map,
            _ if self.browse.search_box.is_active => Context::SearchBox,
            (_, _, Pane::List) => Context::List,
            (_, _, Pane::Detail) => Context::Detail,
        }
    }

    /// Whether a pane has the keys.
    pub(crate) fn has_focus(&self, pane: Pane) -> bool {
        self.overlays.is_empty() && self.browse.focus == pane
    }

    /// Whether a search is under way.
    pub(crate) fn is_searching(&self) -> bool {
        self.browse.is_searching()
    }

    /// Whether an event must wait for the search under way: what acts on the list acts on the one that the user has
    /// typed for. Typing on does not wait.
    pub(crate) fn must_wait(&self, event: &Event) -> bool {
        let is_action = match event {
            Event::Key(key) => self.bindings.resolve(self.context(), *key).is_some(),
            // What lies on top is clicked as it is seen, before an answer changes it.
            Event::Mouse(_) => self.overlays.is_empty(),
            _ => true,
        };
        is_action && self.is_searching() && !event.may_overtake()
    }

    /// The key that came with Esc in one piece, as slow lines and tmux deliver them; none where both are one key with Alt
    /// that has a meaning.
    pub(crate) fn without_escape(&self, key: KeyEvent) -> Option<KeyEvent> {
        let has_meaning = self.bindings.resolve(self.context(), key).is_some()
            || self.context() == Context::SearchBox && line_editor::edits_by_words(key);
        let is_split = key.modifiers.contains(KeyModifiers::ALT) && !has_meaning;
        is_split.then(|| KeyEvent { modifiers: key.modifiers - KeyModifiers::ALT, ..key })
    }

    /// Takes an event, and returns what the loop should do.
    pub fn handle(&mut self, event: Event) -> Option<Effect> {
        let brings_content =
            matches!(event, Event::Found(..) | Event::Loaded(..) | Event::Counted(..) | Event::Surveyed);
        let mut effect = None;
        match event {
            Event::Key(key) => effect = self.press(key),
            Event::Paste(text) => effect = self.paste(&text),
            Event::Mouse(mouse) => effect = self.point(mouse),
            Event::Resize(size) => self.resize(size),
            Event::Found(generation, found) => {
                self.browse.receive(generation, found, &self.catalog);
                self.report_filter();
                self.update_map();
            }
            Event::Loaded(catalog, loading) => effect = self.set_catalog(catalog, loading),
            Event::Progress(progress) => self.loading.advance(progress),
            // A count of an earlier catalog is outdated.
            Event::Counted(generation, _) if generation != self.generation => {}
            Event::Surveyed => {}
            Event::Counted(_, counted) => self.compare.iter_mut().for_each(|open| open.keep(&counted)),
            Event::Background(background) => self.set_background(background),
            Event::Copied(brief, copied) => self.report_copy(&brief, copied),
            Event::Notice(notice) => self.message = Some(Text::clean(&notice).to_string()),
        }
        if brings_content {
            self.lay_out_overlays();
        }
        effect.or_else(|| self.browse.fetch_more()).or_else(|| self.count_for_row())
    }

    fn press(&mut self, key: KeyEvent) -> Option<Effect> {
        (self.message, self.unreported_filter) = (None, None);
        if self.context() == Context::Menu && layout::fits(self.size) && self.type_in_menu(key) {
            return None;
        }
        match self.bindings.resolve(self.context(), key) {
            // What cannot be seen is not acted on.
            Some(action) if !layout::fits(self.size) && !action.is_always_safe() => None,
            Some(action) => self.update(action),
            None if self.context() == Context::SearchBox && layout::fits(self.size) => {
                self.browse.type_key(key).unwrap_or_else(|message| {
                    self.message = Some(message);
                    None
                })
            }
            None if !layout::fits(self.size) => None,
            None if !matches!(self.context(), Context::List | Context::Detail) => {
                self.message = Some(self.no_command(key));
                None
            }
            None => self.begin_query(key),
        }
    }

    /// A letter that is no command begins a search with it: a Chinese one can mean nothing else. Other keys do nothing.
    fn begin_query(&mut self, key: KeyEvent) -> Option<Effect> {
        let is_letter = matches!(key.code, KeyCode::Char(c) if c.is_alphanumeric());
        let is_plain = (key.modifiers - KeyModifiers::SHIFT).is_empty();
        if !(is_letter && is_plain) {
            self.message = Some(self.no_command(key));
            return None;
        }
        self.browse.edit_query();
        self.browse.type_key(key).ok().flatten()
    }

    /// Does what a key asks for, but for what concerns the map.
    pub(super) fn update_all_but_map(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Quit => return Some(Effect::Quit),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Redraw => return Some(Effect::Redraw),
            Action::Mouse => return Some(self.toggle_mouse()),
            Action::Back => return self.back(),
            Action::Copy => return self.copy(),
            Action::CopyAll => return self.copy_comparison(),
            Action::OpenAddress => return self.open_address(),
            Action::CopyAddress => return self.copy_address(),
            Action::FilterBy => return Some(self.open_facets()),
            Action::Choose | Action::Toggle => return self.choose(action == Action::Toggle),
            Action::Find => self.begin_find(),
            Action::Complete => return self.browse.complete(),
            Action::ClearQuery => return self.browse.clear_query(),
            Action::EarlierQuery => return self.browse.recall_query(true),
            Action::LaterQuery => return self.browse.recall_query(false),
            Action::Help => self.toggle_help(),
            Action::OpenRow => self.open_row(),
            Action::Move(motion) => self.step(motion),
            Action::Sort => self.open_orders(),
            Action::EditQuery => self.browse.edit_query(),
            Action::KeepQuery => self.browse.keep_query(),
            Action::ScrollDetail(motion) => self.browse.scroll_detail(motion, &self.catalog),
            Action::OpenDetail => self.browse.focus_detail(),
            Action::OpenList => self.browse.focus = Pane::List,
            Action::SwitchPane => self.browse.switch_pane(),
            Action::Remarks => self.toggle_remarks(),
            Action::Mark => self.message = self.mark(),
            Action::Compare => self.open_comparison(),
            Action::Swap | Action::Only(_) | Action::NextAnswer | Action::PreviousAnswer => {
                self.message = self.compare.as_mut()?.update(action, &self.catalog).map(str::to_owned);
            }
            _ => {}
        }
        None
    }

    fn step(&mut self, motion: Motion) {
        if let Some(overlay) = self.overlays.last_mut() {
            overlay.viewport.scroll(motion);
        } else if let Some(open) = &mut self.compare {
            open.viewport.scroll(motion);
        } else {
            self.browse.step(motion, &self.catalog);
        }
    }

    fn paste(&mut self, text: &str) -> Option<Effect> {
        self.message = None;
        let takes_text = matches!(self.context(), Context::SearchBox | Context::List | Context::Detail);
        (takes_text && layout::fits(self.size)).then(|| self.browse.paste(text))
    }

    fn set_background(&mut self, background: Background) {
        if self.follows_background {
            self.theme.name = Name::suiting(background);
        }
    }

    fn toggle_remarks(&mut self) {
        let state = if self.browse.toggle_remarks() { "shown" } else { "hidden" };
        self.message = Some(format!("caveats and notes {state}"));
    }

    fn toggle_help(&mut self) {
        if self.overlays.pop_if(|top| matches!(top.kind, OverlayKind::Help)).is_none() {
            self.open_overlay(OverlayKind::Help);
        }
    }

    /// Whether [`Self::back`] would do something.
    pub(crate) fn can_go_back(&self) -> bool {
        matches!(self.loading, Loading::Underway(_)) || self.can_go_back_on_screen()
    }

    /// Whether [`Self::back`] would stop the loading.
    pub(super) fn back_stops_loading(&self) -> bool {
        matches!(self.loading, Loading::Underway(_)) && !self.can_go_back_on_screen()
    }

    fn can_go_back_on_screen(&self) -> bool {
        let has_search = self.browse.focus == Pane::Detail || !self.browse.search_box.text().is_empty();
        !self.overlays.is_empty() || self.compare.is_some() || self.map.is_some() || has_search
    }

    /// Closes what is on top: an overlay, the comparison, the detail pane, the search; then stops the loading. Never
    /// the program.
    fn back(&mut self) -> Option<Effect> {
        if self.end_find() || self.close_overlay() || self.compare.take().is_some() || self.close_map() {
            return None;
        }
        if self.browse.focus == Pane::Detail {
            self.browse.focus = Pane::List;
            return None;
        }
        if !self.browse.search_box.text().is_empty() {
            return self.browse.clear_query();
        }
        self.stop_loading()
    }

    // Opening and choosing.

    fn open_comparison(&mut self) {
        match self.browse.pair(self.selected_hospital()) {
            Some(pair) => {
                let screen = self.screen();
                let open_key = self.bindings.key_of(Action::OpenRow, Context::Compare).map(str::to_owned);
                self.compare = Some(Compare::new(&self.catalog, pair, screen, &self.glyphs, open_key));
            }
            None => self.message = Some(self.how_to_compare()),
        }
    }

    /// Opens the selected row, or opens or folds the selected group.
    fn open_row(&mut self) {
        let Some(open) = &mut self.compare else { return };
        if open.shows_selection() && !open.toggle_group() && open.entry().is_some() {
            self.open_overlay(OverlayKind::Row);
        }
    }

    /// Asks for what an opened row shows and has not been counted on this catalog.
    fn count_for_row(&mut self) -> Option<Effect> {
        let has_row = self.overlays.iter().any(|overlay| matches!(overlay.kind, OverlayKind::Row));
        let compare = self.compare.as_mut().filter(|_| has_row)?;
        let bases = compare.take_uncounted();
        (!bases.is_empty()).then(|| Effect::Count(self.generation, bases, compare.keys()))
    }

    pub(super) fn open_overlay(&mut self, kind: OverlayKind) {
        self.overlays.push(Overlay::new(kind));
        self.lay_out_overlays();
    }

    pub(super) fn close_overlay(&mut self) -> bool {
        let is_closed = self.overlays.pop().is_some();
        self.browse.wants_facets = self.overlays.iter().any(Overlay::is_facets);
        is_closed
    }

    // Laying out.

    /// Takes how many panes are shown.
    pub fn set_panes(&mut self, panes: Panes) {
        self.panes = panes;
        self.resize(self.size);
    }

    /// What the screen is divided by.
    pub(crate) fn screen(&self) -> Screen {
        Screen { size: self.size, panes: self.panes }
    }

    /// Lays out what is shown on a screen of that size, as far as it has changed. To be called before drawing.
    pub fn lay_out(&mut self, size: Size) {
        if size != self.size {
            self.resize(size);
        }
        self.resize_panes();
        self.lay_out_map();
        if self.compare.is_none() && layout::fits(self.size) {
            self.browse.lay_out_detail(&self.catalog);
        }
    }

    /// Takes another size. One that is too small to draw on changes nothing else, so that growing finds the place again.
    fn resize(&mut self, size: Size) {
        self.size = size;
        if layout::fits(size) {
            self.resize_panes();
            self.lay_out_overlays();
        }
    }

    pub(super) fn lay_out_overlays(&mut self) {
        let screen = self.screen();
        let Self { overlays, compare, browse, catalog, glyphs, bindings, .. } = self;
        let columns = layout::overlay_columns(screen);
        for Overlay { kind, viewport } in overlays {
            let page = match kind {
                OverlayKind::Help => help::page(bindings, columns),
                OverlayKind::Row => compare.as_ref().map(|open| open.row_page(columns)).unwrap_or_default(),
                OverlayKind::Menu(menu) => {
                    let choice = menu.entry(viewport.selected).map(|entry| entry.choice.clone());
                    menu.refresh(browse, catalog);
                    // What is selected stays so, wherever it stands now.
                    viewport.selected = choice.and_then(|choice| menu.position(&choice)).unwrap_or(viewport.selected);
                    menu.page(columns, glyphs)
                }
            };
            let height = layout::overlay(screen, page.lines.len()).1.height;
            viewport.show(page, height.into());
        }
    }
}
