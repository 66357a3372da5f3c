//! A scroll bar.

use ratatui::prelude::{Buffer, Rect, StatefulWidget, Widget};
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState};

use crate::tui::app::state::App;
use crate::tui::page::Role;

pub(super) struct ScrollBar<'a> {
    pub(super) app: &'a App,
    pub(super) length: usize,
    pub(super) seen: usize,
    pub(super) top: usize,
}

impl Widget for ScrollBar<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Some(last) = self.length.checked_sub(self.seen).filter(|last| *last > 0) else { return };
        let [track, thumb] = self.app.glyphs.scroll;
        // ratatui draws a position beyond the end outside of the area.
        let mut state = ScrollbarState::new(last + 1).viewport_content_length(self.seen).position(self.top.min(last));
        Scrollbar::new(ScrollbarOrientation::VerticalRight)
            .begin_symbol(None)
            .end_symbol(None)
            .track_symbol(Some(track))
            .thumb_symbol(thumb)
            .track_style(self.app.theme.style(Role::Muted))
            .thumb_style(self.app.theme.style(Role::Heading))
            .render(area, buf, &mut state);
    }
}
