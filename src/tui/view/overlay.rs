//! A box on top of the rest: the help, a row in full, a menu.

use ratatui::buffer::CellWidth;
use ratatui::prelude::{Buffer, Line, Margin, Rect, Widget};
use ratatui::widgets::Clear;

use crate::tui::app::overlay::Overlay;
use crate::tui::app::state::App;
use crate::tui::layout;
use crate::tui::page::Role;
use crate::tui::view::page::PageView;

pub(super) struct OverlayBox<'a> {
    pub(super) app: &'a App,
    pub(super) overlay: &'a Overlay,
}

impl Widget for OverlayBox<'_> {
    fn render(self, screen: Rect, buf: &mut Buffer) {
        let Self { app: App { theme, glyphs, .. }, overlay } = self;
        let viewport = &overlay.viewport;
        let (border, text) = layout::overlay(screen.as_size(), viewport.page.lines.len());
        clear(border, buf);
        let title = theme.span(format!(" {} ", overlay.title()), Role::Heading);
        let close = Line::from(theme.span(layout::CLOSE, Role::Muted)).right_aligned();
        theme.pane(glyphs, true, title).title(close).render(border, buf);
        let scroll_bar = border.inner(Margin::new(0, 1));
        PageView { app: self.app, viewport, scroll_bar }.render(text, buf);
    }
}

/// Clears an area, and the wide characters whose second half lies in it: they would hide its first column.
fn clear(area: Rect, buf: &mut Buffer) {
    for y in area.top()..area.bottom() {
        let before = area.x.checked_sub(1).and_then(|x| buf.cell_mut((x, y)));
        if let Some(cell) = before.filter(|cell| cell.cell_width() > 1) {
            cell.set_symbol(" ");
        }
    }
    Clear.render(area, buf);
}
