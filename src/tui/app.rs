//! The state of the screen, and how events change it.
//!
//! [`App::handle`] takes an event, changes the state and says what the loop should do besides
//! ([`Effect`]); it neither draws nor reads nor waits, so tests type keys and look. The view only reads.

mod compare;
mod filter;
mod loading;
mod marks;
mod menu;
mod motion;
mod mouse;

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseEvent};
use ratatui::layout::Size;
use tui_input::Input;

pub use compare::Compare;
pub use menu::Menu;

use super::glyphs::Glyphs;
use super::keymap::{self, Action, Context};
use super::layout::{self, Pane};
use super::page::{Page, detail, help};
use crate::catalog::{Catalog, HospitalKey};
use crate::compare::{Basis, Distribution};
use crate::formats::Progress;
use crate::search::{Answer, Ask, Order};

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
    Found(u64, Answer),
    /// What has been loaded so far, or all of it.
    Loaded(Arc<Catalog>, Loading),
    /// Loading goes on: how far it is.
    Loading(Progress),
    /// Hospitals have been counted.
    Counted(Vec<Distribution>),
}

/// How the loading stands when its hospitals come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loading {
    /// More will come.
    Underway(Progress),
    /// That was all.
    Done,
    /// The user stopped it; the files have more.
    Stopped,
}

/// What the loop should do for the state.
#[derive(Clone, Debug, PartialEq)]
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
    Search(u64, Ask),
    /// Stop loading, and leave what there is.
    StopLoading,
    /// Count the hospitals on these bases.
    Count(Vec<Basis>),
}

/// The list and the detail pane.
#[derive(Debug, Default)]
pub struct Browse {
    /// The filter's text and caret.
    pub filter: Input,
    /// Whether keys go to the filter.
    pub editing: bool,
    /// What the filter leaves: how many, and the first of them in order.
    pub found: Answer,
    /// Which of them is selected.
    pub selected: usize,
    /// The first one on the screen.
    pub top: usize,
    /// Which pane has the keys.
    pub focus: Pane,
    /// The first line of the detail on the screen.
    pub scroll: usize,
    /// The order of the list.
    pub order: Order,
    /// The filter and the order that `found` answers.
    answers: (String, Order),
    /// The hospital that the user moved to: further typing must not move away from it, and comes back to it when it
    /// matches again.
    chosen: Option<HospitalKey>,
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
    /// A choice.
    Menu {
        /// What is chosen.
        kind: Menu,
        /// Which entry is selected.
        selected: usize,
        /// The first line on the screen.
        scroll: usize,
    },
}

impl Overlay {
    /// The first line on the screen.
    fn scroll(&mut self) -> &mut usize {
        match self {
            Self::Help { scroll } | Self::Row { scroll } | Self::Menu { scroll, .. } => scroll,
        }
    }
}

/// Everything that the screen shows.
#[derive(Debug)]
pub struct App {
    /// What is browsed.
    pub catalog: Arc<Catalog>,
    /// The size of the last frame, or of the one to come; by it pages are turned.
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
    /// How far the loading is, while it goes on.
    pub loading: Option<Progress>,
    /// Whether the loading was stopped before the files ended.
    pub is_cut: bool,
    mouse: bool,
    /// The newest search that was asked for, and the newest that was answered.
    generation: u64,
    answered: u64,
}

impl App {
    /// The first screen: all hospitals in catalog order, the first selected.
    #[must_use]
    pub fn new(catalog: Arc<Catalog>, size: Size, glyphs: Glyphs, mouse: bool) -> Self {
        let found = Answer::all(&catalog, filter::WINDOW);
        let browse = Browse { found, ..Browse::default() };
        Self {
            catalog,
            size,
            glyphs,
            browse,
            compare: None,
            overlays: Vec::new(),
            marks: [None; 2],
            message: None,
            loading: None,
            is_cut: false,
            mouse,
            generation: 0,
            answered: 0,
        }
    }

    /// What a key now means.
    #[must_use]
    pub fn context(&self) -> Context {
        match (self.overlays.last(), &self.compare, self.browse.editing, self.browse.focus) {
            (Some(Overlay::Menu { .. }), ..) => Context::Menu,
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
        self.browse.found.keys.get(self.browse.selected).copied()
    }

    /// The detail page of the selected hospital, on a screen of that size.
    #[must_use]
    pub fn detail_page(&self, size: Size) -> Page {
        let columns = layout::browse(size, self.browse.focus).text.width;
        self.selected().map_or_else(Page::default, |key| detail::page(&self.catalog, key, columns.into()))
    }

    /// The page on top, on a screen of that size.
    #[must_use]
    pub fn overlay_page(&self, size: Size) -> Option<(&'static str, Page, usize)> {
        let columns = layout::overlay_columns(size);
        match *self.overlays.last()? {
            Overlay::Help { scroll } => Some(("Keys", help::page(columns), scroll)),
            Overlay::Row { scroll } => {
                Some(("Row", self.compare.as_ref().map(|open| open.row_page(columns)).unwrap_or_default(), scroll))
            }
            Overlay::Menu { kind, scroll, .. } => Some((kind.title(), self.menu_page(kind, columns), scroll)),
        }
    }

    /// Whether a search is under way.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        self.answered < self.generation
    }

    /// Whether an event must wait for the search under way: what acts on the list must find the list that
    /// the user has typed for. Typing on does not wait.
    #[must_use]
    pub fn must_wait(&self, event: &Event) -> bool {
        let acts = match event {
            Event::Key(key) => keymap::resolve(self.context(), *key).is_some(),
            _ => true,
        };
        acts && self.is_searching() && !Self::never_waits(event)
    }

    /// Whether an event may overtake others that wait: answers, sizes, and leaving.
    #[must_use]
    pub fn never_waits(event: &Event) -> bool {
        match event {
            Event::Found(..) | Event::Resize(_) | Event::Loaded(..) | Event::Loading(_) | Event::Counted(_) => true,
            Event::Key(key) => key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL),
            Event::Paste(_) | Event::Mouse(_) => false,
        }
    }

    /// Takes an event, and says what the loop should do besides.
    pub fn handle(&mut self, event: Event) -> Option<Effect> {
        match event {
            Event::Key(key) => {
                self.message = None;
                match keymap::resolve(self.context(), key) {
                    // What cannot be seen is not acted on.
                    Some(action) if !layout::fits(self.size) && !action.is_always_safe() => None,
                    Some(action) => self.update(action),
                    None if self.context() == Context::Filter => self.type_key(key),
                    None => None,
                }
            }
            Event::Paste(text) => self.paste(&text),
            Event::Mouse(mouse) => {
                self.click_or_scroll(mouse);
                self.look_deeper()
            }
            Event::Resize(size) => {
                self.size = size;
                // A screen too small to draw on scrolls nothing, so that growing finds the place again.
                if layout::fits(size) {
                    self.clamp();
                }
                self.look_deeper()
            }
            Event::Found(generation, found) => {
                if generation == self.generation {
                    self.answered = generation;
                    self.show(found);
                    return self.look_deeper();
                }
                None
            }
            Event::Loaded(catalog, loading) => self.take_in(catalog, loading),
            Event::Loading(progress) => {
                self.loading = self.loading.take().map(|_| progress);
                None
            }
            Event::Counted(counted) => {
                if let Some(open) = &mut self.compare {
                    open.keep(counted);
                }
                self.clamp();
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
            Action::Sort => self.open_menu(Menu::Sort),
            Action::Facets => {
                self.open_menu(Menu::Facets);
                return Some(self.search());
            }
            Action::Choose => return self.choose(),
            Action::ClearFilter => {
                self.browse.editing = false;
                return self.set_filter(String::new());
            }
            Action::Back => return self.back(),
            Action::Mouse => return Some(self.toggle_mouse()),
            Action::Help => self.toggle_help(),
            Action::Move(motion) => self.step(motion),
            Action::EditFilter => (self.browse.editing, self.browse.focus) = (true, Pane::List),
            Action::KeepFilter => self.browse.editing = false,
            Action::Complete => return self.complete(),
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
            Action::NextAnswer => self.jump_to_answer(true),
            Action::PreviousAnswer => self.jump_to_answer(false),
            Action::OpenRow => return self.open_row(),
        }
        self.clamp();
        self.look_deeper()
    }

    fn toggle_mouse(&mut self) -> Effect {
        self.mouse = !self.mouse;
        self.message = Some(if self.mouse { "mouse on" } else { "mouse off" }.to_owned());
        Effect::CaptureMouse(self.mouse)
    }

    fn toggle_help(&mut self) {
        if self.overlays.pop_if(|top| matches!(top, Overlay::Help { .. })).is_none() {
            self.overlays.push(Overlay::Help { scroll: 0 });
        }
    }

    /// Closes what is on top: a page, the comparison, the detail pane, the filter; then stops the loading. Never the
    /// program.
    fn back(&mut self) -> Option<Effect> {
        if self.overlays.pop().is_some() || self.compare.take().is_some() {
            return None;
        }
        if self.browse.focus == Pane::Detail {
            self.browse.focus = Pane::List;
            return None;
        }
        if !self.browse.filter.value().is_empty() {
            return self.set_filter(String::new());
        }
        self.stop_loading()
    }
}
