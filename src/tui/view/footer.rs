//! The line at the bottom: a message, else help with the query, else the keys that do something now.

use ratatui::prelude::{Buffer, Line, Rect, Widget};

use crate::text::{Text, clip, width};
use crate::tui::app::compare::Compare;
use crate::tui::app::state::App;
use crate::tui::keymap::{Action, BINDINGS, Binding, Motion};
use crate::tui::page::Role;

pub(super) struct Footer<'a>(pub(super) &'a App);

impl Widget for Footer<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let columns = usize::from(area.width);
        let message = self.0.message.as_ref().map(|message| Text::clean(message).to_string());
        match message.or_else(|| self.query_help()) {
            Some(text) => self.0.theme.span(clip(&format!(" {text}"), columns), Role::Caveat).render(area, buf),
            None => self.hints(columns).render(area, buf),
        }
    }
}

impl<'a> Footer<'a> {
    /// While typing: what the part of the query at the cursor may become, else its first mistake, else how to see what
    /// only possibly matches.
    fn query_help(&self) -> Option<String> {
        let browse = &self.0.browse;
        if !browse.search_box.is_active || !self.0.overlays.is_empty() {
            return None;
        }
        let found = &browse.found;
        let suggestions: Vec<&str> = found.suggestions.iter().map(|suggestion| suggestion.text.as_str()).collect();
        match (&suggestions[..], found.query.mistakes.first(), found.possibly) {
            ([], Some(mistake), _) => Some(mistake.to_string()),
            ([], None, 0) => None,
            ([], None, more) => {
                Some(format!("{more} more may match; put ? after the sign to include them (beds>?2000)"))
            }
            (suggestions, ..) => Some(format!("Tab  {}", suggestions.join("  "))),
        }
    }

    /// The keys that do something now, as many as fit. Those that lead back, to the help and out always fit, so that
    /// nobody is lost.
    fn hints(&self, columns: usize) -> Line<'a> {
        let context = self.0.context();
        let bound = BINDINGS.iter().filter(|binding| binding.contexts.contains(&context));
        let hints = bound.filter(|binding| self.does_something(binding.action)).filter_map(Hint::of);
        let (last, mut first): (Vec<Hint>, Vec<Hint>) = hints.partition(|hint| hint.is_way_out);
        let mut left = columns.saturating_sub(last.iter().map(Hint::width).sum());
        let fitting = first.iter().take_while(|hint| {
            let fits = hint.width() <= left;
            left = left.saturating_sub(hint.width());
            fits
        });
        first.truncate(fitting.count());
        let spans = first.into_iter().chain(last).flat_map(|hint| {
            let key = self.0.theme.span(format!(" {}", hint.key), Role::Key);
            [key, self.0.theme.span(format!(" {}  ", hint.word), Role::Muted)]
        });
        spans.collect()
    }

    /// Whether an action would do something now.
    fn does_something(&self, action: Action) -> bool {
        let (browse, compare) = (&self.0.browse, &self.0.compare);
        match action {
            Action::Copy => match compare {
                Some(open) => open.entry().is_some(),
                None => browse.selected_hospital().is_some(),
            },
            Action::OpenRow => compare.as_ref().is_some_and(Compare::can_open),
            Action::Compare => browse.pair().is_some(),
            Action::Mark | Action::OpenDetail => browse.selected_hospital().is_some(),
            Action::Complete => !browse.found.suggestions.is_empty(),
            Action::Back => self.0.can_go_back(),
            _ => true,
        }
    }
}

/// A key and what it does, in a word.
struct Hint {
    key: &'static str,
    word: &'static str,
    is_way_out: bool,
}

impl Hint {
    fn of(binding: &Binding) -> Option<Self> {
        let key = match binding.action {
            Action::Move(Motion::Down) => "↑↓",
            _ => binding.key_names().next()?,
        };
        let is_way_out = matches!(binding.action, Action::Back | Action::Help | Action::Quit);
        Some(Self { key, word: binding.hint?, is_way_out })
    }

    /// Columns that it takes, with the spaces around it.
    fn width(&self) -> usize {
        width(self.key) + width(self.word) + 4
    }
}
