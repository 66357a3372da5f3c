//! The filter: typing, pasting, and the list that comes back.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::backend::crossterm::EventHandler;
use tui_input::{Input, InputRequest};

use super::{App, Effect, Sort};
use crate::search::{Hit, MAX_QUERY};
use crate::text::Text;
use crate::tui::keymap::Context;

impl App {
    pub(super) fn type_key(&mut self, key: KeyEvent) -> Option<Effect> {
        let full = self.browse.filter.value().chars().count() >= MAX_QUERY;
        if full && matches!(key.code, KeyCode::Char(_)) && (key.modifiers - KeyModifiers::SHIFT).is_empty() {
            self.message = Some(format!("a filter takes at most {MAX_QUERY} characters"));
            return None;
        }
        let changed = self.browse.filter.handle_event(&crossterm::event::Event::Key(key))?;
        changed.value.then(|| self.search())
    }

    /// Text that is pasted goes to the filter, in one piece and cleaned.
    pub(super) fn paste(&mut self, text: &str) -> Option<Effect> {
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

    pub(super) fn set_filter(&mut self, text: String) -> Option<Effect> {
        let changed = self.browse.filter.value() != text;
        self.browse.filter = Input::new(text);
        changed.then(|| self.search())
    }

    /// Asks for what the filter finds. Until the answer comes the old list stays.
    pub(super) fn search(&mut self) -> Effect {
        self.generation += 1;
        Effect::Search(self.generation, self.browse.filter.value().to_owned())
    }

    /// Shows a new list. A hospital that the user moved to stays selected while it matches.
    pub(super) fn show(&mut self, hits: Vec<Hit>) {
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
    pub(super) fn order(&mut self) {
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
    pub(super) fn next_sort(&mut self) -> Effect {
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
}
