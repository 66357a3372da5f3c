//! Where the attention is, for the terminal's cursor: screen readers, braille displays and magnifiers follow it.

use ratatui::layout::{Position, Rect};

use crate::tui::app::overlay::Overlay;
use crate::tui::app::state::App;
use crate::tui::app::viewport::Viewport;
use crate::tui::keymap::Context;
use crate::tui::layout::{self, Pane};

/// Where the hidden cursor is to stand: at the start of the selected row, or of the line that is read. None where the
/// cursor is shown, in the search box.
#[must_use]
pub fn hidden_cursor(app: &App) -> Option<Position> {
    if !layout::fits(app.size) {
        return Some(Position::ORIGIN);
    }
    if let Some(Overlay { viewport, .. }) = app.overlays.last() {
        let (_, text) = layout::overlay(app.screen(), viewport.page.lines.len());
        return Some(line_read(text, viewport));
    }
    if let Some(open) = &app.compare {
        return Some(line_read(open.areas().text, &open.viewport));
    }
    if let Some(map) = &app.map {
        return Some(line_read(map.areas().text, &map.text));
    }
    let parts = app.browse.areas();
    match (app.context(), app.browse.focus) {
        (Context::SearchBox, _) => None,
        (_, Pane::Detail) if app.browse.is_on_title => Some(parts.title.as_position()),
        (_, Pane::Detail) => Some(line_read(parts.text, &app.browse.detail)),
        (_, Pane::List) => Some(Position::new(parts.rows.x, parts.rows.y + app.browse.selected_line())),
    }
}

/// The start of the line of a page that is read.
fn line_read(text: Rect, viewport: &Viewport) -> Position {
    Position::new(text.x, text.y + viewport.line_on_screen())
}
