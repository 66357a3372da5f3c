//! The line at the bottom: a word to the user, else the keys that matter now.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Paint;
use crate::text::{Text, clip};
use crate::tui::keymap::{Action, BINDINGS, Binding, Motion};
use crate::tui::page::Role;

impl Paint<'_> {
    pub(super) fn footer(&self, frame: &mut Frame, area: Rect) {
        let columns = usize::from(area.width);
        if let Some(message) = &self.app.message {
            let message = format!(" {}", Text::clean(message));
            frame.render_widget(Line::from(self.span(clip(&message, columns).into_owned(), Role::Caveat)), area);
            return;
        }
        if let Some(hint) = self.query_hint() {
            frame.render_widget(Line::from(self.span(clip(&hint, columns).into_owned(), Role::Caveat)), area);
            return;
        }
        let mut spans: Vec<Span> = Vec::new();
        let mut used = 0;
        // The way back, help and quit always fit, so that nobody is lost.
        let hints: Vec<(String, &str)> = self.hints().collect();
        let (last, first): (Vec<_>, Vec<_>) =
            hints.into_iter().partition(|(_, word)| ["back", "help", "quit"].contains(word));
        let size = |hint: &(String, &str)| crate::text::width(&hint.0) + crate::text::width(hint.1) + 4;
        let reserved: usize = last.iter().map(size).sum();
        for hint in &first {
            if used + size(hint) + reserved > columns {
                break;
            }
            used += size(hint);
            self.hint(&mut spans, hint);
        }
        for hint in &last {
            self.hint(&mut spans, hint);
        }
        frame.render_widget(Line::from(spans), area);
    }

    /// While the filter is edited: what its part at the caret may become, else its first mistake with the cure, else
    /// how to see what only possibly matches.
    fn query_hint(&self) -> Option<String> {
        let browse = &self.app.browse;
        if !browse.editing || !self.app.overlays.is_empty() {
            return None;
        }
        let found = &browse.found;
        let texts: Vec<&str> = found.suggestions.iter().map(|suggestion| suggestion.text.as_str()).collect();
        match (&texts[..], found.query.mistakes.first()) {
            ([], Some(mistake)) => Some(format!(" {mistake}")),
            ([], None) if found.possibly > 0 => Some(format!(
                " {} more possibly: their sources leave it open; write ? after the sign to see them",
                found.possibly
            )),
            ([], None) => None,
            (texts, _) => Some(format!(" Tab  {}", texts.join("  "))),
        }
    }

    fn hint(&self, spans: &mut Vec<Span<'static>>, (key, word): &(String, &'static str)) {
        spans.push(self.span(format!(" {key}"), Role::Key));
        spans.push(self.span(format!(" {word}  "), Role::Muted));
    }

    /// The bindings of the present context that do something in the present state.
    fn hints(&self) -> impl Iterator<Item = (String, &'static str)> {
        let context = self.app.context();
        let bound = BINDINGS.iter().filter(move |binding| binding.contexts.contains(&context));
        bound
            .filter(|binding| self.is_open(binding.action))
            .filter_map(|binding| Some((key_name(binding), binding.hint?)))
    }

    /// Whether an action would do something now.
    fn is_open(&self, action: Action) -> bool {
        let (app, selected) = (self.app, self.app.selected());
        match action {
            Action::Compare => {
                app.marks.iter().flatten().count() == 2
                    || app.marks.iter().flatten().any(|mark| Some(*mark) != selected)
            }
            Action::Mark | Action::OpenDetail => selected.is_some(),
            Action::Complete => !app.browse.found.suggestions.is_empty(),
            Action::Back => !app.overlays.is_empty() || app.compare.is_some() || !app.browse.filter.value().is_empty(),
            _ => true,
        }
    }
}

/// The key that the footer names: both arrows for moving, else the first.
fn key_name(binding: &Binding) -> String {
    match binding.action {
        Action::Move(Motion::Down) => "↑↓".to_owned(),
        _ => binding.keys.first().map_or_else(String::new, |key| key.name()),
    }
}
