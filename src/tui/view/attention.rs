//! Where the attention is, for the terminal's cursor: screen readers, braille displays and magnifiers follow it.

use ratatui::layout::Position;

use crate::tui::app::overlay::Overlay;
use crate::tui::app::state::App;
use crate::tui::app::viewport::Viewport;
use crate::tui::keymap::Context;
use crate::tui::layout::{self, Pane};

/// Where the hidden cursor is to stand: at the start of the selected row, or of the text that is read. None where the
/// cursor is shown, in the search box.
#[must_use]
pub(crate) fn hidden_cursor(app: &App) -> Option<Position> {
    if !layout::fits(app.size) {
        return Some(Position::ORIGIN);
    }
    if let Some(Overlay { viewport, .. }) = app.overlays.last() {
        let (_, text) = layout::overlay(app.size, viewport.page.lines.len());
        return Some(selected_row(text.as_position(), viewport));
    }
    if let Some(open) = &app.compare {
        return Some(selected_row(open.areas().text.as_position(), &open.viewport));
    }
    let parts = app.browse.areas();
    match (app.context(), app.browse.focus) {
        (Context::SearchBox, _) => None,
        (_, Pane::Detail) => Some(parts.text.as_position()),
        (_, Pane::List) => Some(Position::new(parts.rows.x, parts.rows.y + app.browse.selected_line())),
    }
}

/// The start of the selected row of a page, or of the page where none is seen.
fn selected_row(start: Position, viewport: &Viewport) -> Position {
    let lines = viewport.page.rows.get(viewport.selected).cloned().unwrap_or_default();
    let first = lines.start.max(viewport.top);
    let is_seen = first < lines.end && first < viewport.top + viewport.height;
    let below = if is_seen { u16::try_from(first - viewport.top).unwrap_or(0) } else { 0 };
    Position::new(start.x, start.y + below)
}
