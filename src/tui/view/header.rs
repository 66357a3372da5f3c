//! The line at the top: what is loaded, and who is marked.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Paint;
use crate::text::{clip, width};
use crate::tui::page::Role;

impl Paint<'_> {
    pub(super) fn header(&self, frame: &mut Frame, area: Rect) {
        let marks = self.marks(usize::from(area.width) / 2);
        let room = usize::from(area.width).saturating_sub(marks.width() + 14);
        let title = self.app.catalog.title();
        let title = clip(&title, room);
        let line = Line::from(vec![self.span(" hospitui  ", Role::Heading), self.span(title, Role::Plain)]);
        frame.render_widget(line, area);
        frame.render_widget(marks.right_aligned(), area);
    }

    /// `A Guangzhou …  B Shanghai … `, within `room`.
    fn marks(&self, room: usize) -> Line<'static> {
        let marked = self.app.marks.iter().flatten().count();
        let each = room / marked.max(1);
        let mut spans = Vec::new();
        for (mark, letter, role) in [(self.app.marks[0], "A ", Role::SideA), (self.app.marks[1], "B ", Role::SideB)] {
            if let Some(key) = mark {
                let name = &self.app.catalog.hospital(key).name;
                spans.push(self.span(letter, role));
                spans.push(
                    self.span(clip(name, each.saturating_sub(width(letter) + 2)).into_owned() + "  ", Role::Plain),
                );
            }
        }
        Line::from(spans)
    }
}
