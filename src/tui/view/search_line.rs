//! The line of the search box.

use std::borrow::Cow;

use ratatui::prelude::{Buffer, Line, Position, Rect, Span, Style, Widget};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::clip;
use crate::tui::app::state::App;
use crate::tui::keymap::Action;
use crate::tui::page::Role;
use crate::tui::theme::Name;
use crate::tui::view::paint;

/// What stands before the text.
const PROMPT: &str = " / ";

pub(super) struct SearchLine<'a>(pub(super) &'a App);

impl Widget for SearchLine<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let search_box = &self.0.browse.search_box;
        if search_box.text().is_empty() && !search_box.is_active {
            // A letter that is no command begins a search, too.
            let how = self.0.key_in_list(Action::EditQuery).map_or("type".to_owned(), |key| format!("press {key}"));
            // A column stays empty before what is said of the list.
            let how = clip(&format!(" {how} to search"), usize::from(area.width).saturating_sub(1)).into_owned();
            return self.0.theme.span(how, Role::Muted).render(area, buf);
        }
        let role = if search_box.is_active { Role::Key } else { Role::Muted };
        let (start, _) = search_box.visible(room(area));
        let mut line = Line::from(self.0.theme.span(PROMPT, role));
        line.extend(self.query(start));
        // Without colour it would look like what was typed; the footer shows it, too.
        let continuation = self.0.browse.continuation().filter(|_| self.0.theme.name != Name::None);
        line.extend(continuation.map(|rest| self.0.theme.span(rest, Role::Muted)));
        paint::line(&line, area, buf);
    }
}

impl<'a> SearchLine<'a> {
    /// Where the terminal's cursor stands, when it does.
    pub(super) fn cursor(&self, area: Rect) -> Option<Position> {
        let search_box = &self.0.browse.search_box;
        if !search_box.is_active || !self.0.overlays.is_empty() || area.is_empty() {
            return None;
        }
        let (_, column) = search_box.visible(room(area));
        let column = u16::try_from(PROMPT.len() + column).unwrap_or(u16::MAX).min(area.width - 1);
        Some(Position::new(area.x + column, area.y))
    }

    /// The query from a byte on, with its mistakes marked.
    fn query(&self, start: usize) -> Vec<Span<'a>> {
        let browse = &self.0.browse;
        let text = &browse.search_box.text()[start..];
        let is_wrong = |at: usize| browse.found.query.mistakes.iter().any(|mistake| mistake.at.contains(&at));
        let shown = text.char_indices().enumerate();
        let wrong: Vec<usize> =
            shown.filter(|(_, (at, _))| is_wrong(start + at)).map(|(position, _)| position).collect();
        highlighted(text, &wrong, [self.0.theme.style(Role::Plain), self.0.theme.style(Role::Mistake)])
    }
}

/// Columns for the text and the cursor after it.
fn room(area: Rect) -> usize {
    usize::from(area.width).saturating_sub(PROMPT.len() + 1)
}

/// `text` in the first style, the graphemes that have a character at one of `positions`, which ascend, in the second. A
/// grapheme stays whole: its parts would be drawn in cells of their own, or not at all.
pub(super) fn highlighted<'a>(
    text: impl Into<Cow<'a, str>>,
    positions: &[usize],
    [style, highlight]: [Style; 2],
) -> Vec<Span<'a>> {
    let text = text.into();
    if positions.is_empty() {
        return vec![Span::styled(text, style)];
    }
    let mut runs: Vec<(String, bool)> = Vec::new();
    let mut end = 0;
    for grapheme in text.graphemes(true) {
        let start = end;
        end += grapheme.chars().count();
        let is_hit = (start..end).any(|at| positions.binary_search(&at).is_ok());
        match runs.last_mut() {
            Some((run, same)) if *same == is_hit => run.push_str(grapheme),
            _ => runs.push((grapheme.to_owned(), is_hit)),
        }
    }
    runs.into_iter().map(|(run, is_hit)| Span::styled(run, if is_hit { highlight } else { style })).collect()
}
