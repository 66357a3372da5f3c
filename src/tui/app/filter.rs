//! The filter: typing, pasting, and the list that comes back.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::backend::crossterm::EventHandler;
use tui_input::{Input, InputRequest};

use super::{App, Effect, Menu, Overlay};
use crate::search::{Answer, Ask, MAX_QUERY};
use crate::text::{self, Text};
use crate::tui::keymap::Context;

/// How many hospitals of a list are asked for at first; more when the user scrolls there.
pub(super) const WINDOW: usize = 200;

impl App {
    pub(super) fn type_key(&mut self, key: KeyEvent) -> Option<Effect> {
        let full = self.browse.filter.value().chars().count() >= MAX_QUERY;
        if full && matches!(key.code, KeyCode::Char(_)) && (key.modifiers - KeyModifiers::SHIFT).is_empty() {
            self.message = Some(format!("a filter takes at most {MAX_QUERY} characters"));
            return None;
        }
        if matches!(key.code, KeyCode::Char(c) if !text::may_follow(self.before_caret(), c)) {
            return None;
        }
        let changed = self.browse.filter.handle_event(&crossterm::event::Event::Key(key))?;
        // What is suggested depends on where the caret stands.
        (changed.value || changed.cursor).then(|| self.search())
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

    /// Puts the first suggestion in the place of what is being typed.
    pub(super) fn complete(&mut self) -> Option<Effect> {
        let suggestion = self.browse.found.suggestions.first()?.clone();
        let text = self.browse.filter.value();
        let (before, after) = (text.get(..suggestion.at.start)?, text.get(suggestion.at.end..)?);
        let caret = before.chars().count() + suggestion.text.chars().count();
        let text = format!("{before}{}{after}", suggestion.text);
        if text.chars().count() > MAX_QUERY {
            return None;
        }
        self.browse.filter = Input::new(text).with_cursor(caret);
        Some(self.search())
    }

    /// What the first suggestion would add behind the caret, when it goes on with what is typed there.
    #[must_use]
    pub fn suggested(&self) -> Option<&str> {
        let is_at_end = self.browse.filter.cursor() == self.browse.filter.value().chars().count();
        let suggestion = self.browse.found.suggestions.first().filter(|_| self.browse.editing && is_at_end)?;
        let text = self.browse.filter.value();
        let typed = text.get(suggestion.at.clone()).filter(|_| suggestion.at.end == text.len())?;
        let starts = suggestion.text.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed));
        suggestion.text.get(typed.len()..).filter(|_| starts)
    }

    /// Asks for what the filter finds. Until the answer comes the old list stays.
    pub(super) fn search(&mut self) -> Effect {
        self.ask(WINDOW)
    }

    /// Asks for more of the list when the screen comes near the end of what is known of it.
    pub(super) fn look_deeper(&mut self) -> Option<Effect> {
        let known = self.browse.found.keys.len();
        let needed = self.browse.selected.max(self.browse.top) + self.hospitals_on_screen() + 1;
        let is_short = known < self.browse.found.total && known < needed;
        (is_short && !self.is_searching()).then(|| self.ask((needed + WINDOW).max(known * 2)))
    }

    fn ask(&mut self, want: usize) -> Effect {
        self.generation += 1;
        let filter = &self.browse.filter;
        let query = filter.value().to_owned();
        let caret = self.before_caret().len();
        let keep = self.browse.chosen;
        let is_menu = matches!(self.overlays.last(), Some(Overlay::Menu { kind: Menu::Facets, .. }));
        let order = self.browse.order.clone();
        Effect::Search(self.generation, Ask { query, order, want, keep, caret: Some(caret), facets: is_menu })
    }

    fn before_caret(&self) -> &str {
        let (text, caret) = (self.browse.filter.value(), self.browse.filter.cursor());
        text.char_indices().nth(caret).map_or(text, |(at, _)| &text[..at])
    }

    /// Shows a new list. A hospital that the user moved to stays selected while it matches.
    pub(super) fn show(&mut self, found: Answer) {
        let kept = self.browse.chosen;
        let answers = (self.browse.filter.value().to_owned(), self.browse.order.clone());
        let is_same_list = answers == self.browse.answers;
        (self.browse.found, self.browse.answers) = (found, answers);
        let at = kept.and_then(|key| self.browse.found.keys.iter().position(|found| *found == key));
        match at {
            Some(at) => self.browse.selected = at,
            // More of the same list: the place in it stays.
            None if is_same_list => {}
            None => {
                (self.browse.selected, self.browse.top, self.browse.scroll) = (0, 0, 0);
            }
        }
        self.clamp();
    }
}
