//! The line between list and detail.

use ratatui::prelude::{Buffer, Rect, Widget};

use crate::tui::app::state::App;
use crate::tui::page::Role;

pub(super) struct Divider<'a>(pub(super) &'a App);

impl Widget for Divider<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let [line, _] = self.0.glyphs.scroll;
        for row in area.rows() {
            self.0.theme.span(line, Role::Muted).render(row, buf);
        }
    }
}
