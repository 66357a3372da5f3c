//! A scroll bar.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState, StatefulWidget, Widget};

use crate::tui::glyphs::Glyphs;
use crate::tui::page::Role;
use crate::tui::theme::Theme;

/// A scroll bar in the last column of its area, when there is more than is seen.
pub(super) struct ScrollBar<'a> {
    pub(super) length: usize,
    pub(super) seen: usize,
    pub(super) top: usize,
    pub(super) theme: Theme,
    pub(super) glyphs: &'a Glyphs,
}

impl Widget for ScrollBar<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Some(last) = self.length.checked_sub(self.seen).filter(|last| *last > 0) else { return };
        let [track, thumb] = self.glyphs.scroll;
        // ratatui draws a position beyond the end outside of the area.
        let mut state = ScrollbarState::new(last + 1).viewport_content_length(self.seen).position(self.top.min(last));
        Scrollbar::new(ScrollbarOrientation::VerticalRight)
            .begin_symbol(None)
            .end_symbol(None)
            .track_symbol(Some(track))
            .thumb_symbol(thumb)
            .track_style(self.theme.style(Role::Muted))
            .thumb_style(self.theme.style(Role::Heading))
            .render(area, buf, &mut state);
    }
}
