//! A page laid over the rest: the help, a row in full, a menu.

use ratatui::Frame;
use ratatui::buffer::CellWidth;
use ratatui::text::Line;
use ratatui::widgets::Clear;

use super::Paint;
use crate::tui::app::Overlay;
use crate::tui::layout;
use crate::tui::page::Role;

impl Paint<'_> {
    pub(super) fn overlay(&self, frame: &mut Frame) {
        let Some((title, page, scroll)) = self.app.overlay_page(self.size) else { return };
        let (border, text) = layout::overlay(self.size, page.lines.len());
        let title = Line::from(self.span(format!(" {title} "), Role::Heading));
        let close = Line::from(self.span(" Esc closes ", Role::Muted)).right_aligned();
        // A wide character that reaches under the border would hide it.
        for y in border.top()..border.bottom() {
            let before = border.x.checked_sub(1).and_then(|x| frame.buffer_mut().cell_mut((x, y)));
            if let Some(cell) = before.filter(|cell| cell.cell_width() > 1) {
                cell.set_symbol(" ");
            }
        }
        frame.render_widget(Clear, border);
        frame.render_widget(self.block(true).title(title).title(close), border);
        self.page(frame, text, &page, scroll);
        if let Some(Overlay::Menu { selected, .. }) = self.app.overlays.last() {
            self.pointer(frame, text, page.rows.get(*selected).cloned(), scroll);
        }
        self.scrollbar(frame, border, page.lines.len(), text.height.into(), scroll);
    }
}
