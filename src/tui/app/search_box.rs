//! The search box: its text and its cursor.

use std::ops::Range;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::InputRequest;
use unicode_segmentation::UnicodeSegmentation;

use crate::search::{FacetChoice, MAX_QUERY};
use crate::text::{self, Text};
use crate::tui::app::query_history::QueryHistory;
use crate::tui::line_editor;

/// The search box.
#[derive(Debug, Default)]
pub(crate) struct SearchBox {
    input: tui_input::Input,
    /// Whether keys go to it.
    pub(crate) is_active: bool,
    history: QueryHistory,
    /// Whether the names of all fields and measures are suggested.
    pub(super) wants_names: bool,
}

impl SearchBox {
    /// The text.
    pub(crate) fn text(&self) -> &str {
        self.input.value()
    }

    /// The text before the cursor.
    pub(super) fn before_cursor(&self) -> &str {
        let (text, cursor) = (self.text(), self.input.cursor());
        text.char_indices().nth(cursor).map_or(text, |(at, _)| &text[..at])
    }

    /// Asks for the names of all fields and measures, if the cursor stands where a word may begin; whether it does.
    pub(super) fn ask_names(&mut self) -> bool {
        self.wants_names = self.is_at_empty_word();
        self.wants_names
    }

    fn is_at_empty_word(&self) -> bool {
        let before = self.before_cursor();
        let after = &self.text()[before.len()..];
        let is_gap = |c: Option<char>| c.is_none_or(char::is_whitespace);
        self.is_active && is_gap(before.chars().next_back()) && is_gap(after.chars().next())
    }

    /// The first byte of the text that is seen where there are `columns`, and the column of the cursor from there.
    pub(crate) fn visible(&self, columns: usize) -> (usize, usize) {
        let before = self.before_cursor();
        let starts = before.grapheme_indices(true).map(|(at, _)| at).chain([before.len()]);
        let mut seen = starts.map(|at| (at, text::width(&before[at..])));
        seen.find(|(_, column)| *column <= columns).unwrap_or((before.len(), 0))
    }

    /// How many characters may be added.
    fn room(&self) -> usize {
        MAX_QUERY.saturating_sub(self.text().chars().count())
    }

    /// Takes a key; whether it changed something, or a message when the box is full.
    pub(super) fn type_key(&mut self, key: KeyEvent) -> Result<bool, String> {
        if let KeyCode::Char(c) = key.code {
            if self.room() == 0 && (key.modifiers - KeyModifiers::SHIFT).is_empty() {
                return Err(format!("a search takes at most {MAX_QUERY} characters"));
            }
            if !text::may_follow(self.before_cursor(), c) {
                return Ok(false);
            }
        }
        // Suggestions depend on where the cursor stands, too.
        let change = line_editor::request(key).and_then(|request| self.input.handle(request));
        let is_new = change.is_some_and(|change| change.value || change.cursor);
        self.wants_names &= !is_new;
        Ok(is_new)
    }

    /// Inserts pasted text, cleaned.
    pub(super) fn paste(&mut self, text: &str) {
        // Cleaning trims; the space between a pasted word and the one before it stays.
        self.wants_names = false;
        let lead = if text.starts_with(char::is_whitespace) { " " } else { "" };
        for c in lead.chars().chain(Text::clean(text).chars()).take(self.room()) {
            self.input.handle(InputRequest::InsertChar(c));
        }
    }

    /// Replaces the text; whether it is another one.
    pub(super) fn set(&mut self, text: String) -> bool {
        let is_new = self.text() != text;
        self.wants_names = false;
        self.input = tui_input::Input::new(text);
        is_new
    }

    /// Leaves it, and keeps the query for [`Self::recall`].
    pub(super) fn leave(&mut self) {
        (self.is_active, self.wants_names) = (false, false);
        self.history.remember(self.input.value());
    }

    /// The queries that can be called back.
    pub(super) fn history(&mut self) -> &mut QueryHistory {
        &mut self.history
    }

    /// The query used before the present one, or after it.
    pub(super) fn recall(&mut self, is_earlier: bool) -> Option<String> {
        if is_earlier { self.history.earlier(self.input.value()) } else { self.history.later() }
    }

    /// Replaces the part `at` with a suggestion; whether it has room for it.
    pub(super) fn complete(&mut self, at: Range<usize>, suggestion: &str) -> bool {
        let mut text = self.text().to_owned();
        if !text.is_char_boundary(at.start) || !text.is_char_boundary(at.end) {
            return false;
        }
        let cursor = text[..at.start].chars().count() + suggestion.chars().count();
        text.replace_range(at, suggestion);
        let fits = text.chars().count() <= MAX_QUERY;
        if fits {
            self.wants_names = false;
            self.input = tui_input::Input::new(text).with_cursor(cursor);
        }
        fits
    }

    /// What a suggestion for the part `at` would add at the cursor, if it continues what is typed there.
    pub(super) fn continuation<'a>(&self, at: Range<usize>, suggestion: &'a str) -> Option<&'a str> {
        let text = self.text();
        let is_at_end = at.end == text.len() && self.input.cursor() == text.chars().count();
        let typed = text.get(at).filter(|_| self.is_active && is_at_end)?;
        let start = suggestion.get(..typed.len())?;
        start.eq_ignore_ascii_case(typed).then(|| &suggestion[typed.len()..])
    }

    /// Whether the query asks for what a filter chooses.
    pub(super) fn has(&self, choice: &FacetChoice) -> bool {
        choice.is_in(self.text())
    }
}
