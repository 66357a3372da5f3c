//! The comparison: who A and B are, the section that is seen, and the rows under it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Paint;
use crate::text::{clip, width};
use crate::tui::app::Compare;
use crate::tui::keymap::Show;
use crate::tui::layout;
use crate::tui::page::Role;
use crate::tui::page::compare::head;

impl Paint<'_> {
    pub(super) fn compare(&self, frame: &mut Frame, open: &Compare) {
        let parts = layout::compare(self.size);
        self.compare_header(frame, parts.header, open);
        for (at, line) in (0u16..).zip(&head(open.view(), parts.head.width.into())) {
            let area = Rect { y: parts.head.y + at, height: 1, ..parts.head };
            frame.render_widget(self.line(line), area.intersection(parts.head));
        }
        let page = open.page(parts.text.width.into());
        let shown = usize::from(parts.text.height);
        let top = open.top.min(page.lines.len().saturating_sub(shown));
        self.section(frame, parts.section, page.section_at(top));
        self.page(frame, parts.text, &page, top);
        self.pointer(frame, parts.text, page.rows.get(open.selected).cloned(), top);
        let track = Rect { width: parts.text.width + 1, ..parts.text };
        self.scrollbar_in(frame, track, page.lines.len(), shown, top);
        self.footer(frame, parts.footer);
    }

    fn compare_header(&self, frame: &mut Frame, area: Rect, open: &Compare) {
        let title = match open.show {
            Show::All => " Compare  ",
            Show::Differences => " Compare: rows that differ  ",
            Show::BothTexts => " Compare: what both texts say  ",
            Show::OneText => " Compare: what one text says  ",
        };
        let room = usize::from(area.width).saturating_sub(title.len() + 1);
        let line = vec![self.span(title, Role::Heading), self.span(clip(&open.view().tally, room), Role::Muted)];
        frame.render_widget(Line::from(line), area);
    }

    /// The title of the section that is seen, in the line that parts the rows from their head.
    fn section(&self, frame: &mut Frame, area: Rect, title: &str) {
        let rule = self.app.glyphs.border.horizontal_top;
        let columns = usize::from(area.width);
        let lead = rule.repeat(2.min(columns));
        let title = clip(title, columns.saturating_sub(5)).into_owned();
        let rest = rule.repeat(columns.saturating_sub(width(&title) + 4));
        let spans = [(lead, Role::Muted), (format!(" {title} "), Role::Heading), (rest, Role::Muted)];
        frame.render_widget(Line::from(spans.map(|(text, role)| self.span(text, role)).to_vec()), area);
    }

    /// The pointer along the selected row.
    pub(super) fn pointer(&self, frame: &mut Frame, text: Rect, row: Option<std::ops::Range<usize>>, top: usize) {
        let Some(row) = row else { return };
        for line in row.filter(|line| *line >= top).take(text.height.into()) {
            let y = text.y.saturating_add(u16::try_from(line - top).unwrap_or(u16::MAX));
            if y < text.bottom() {
                let pointer = self.span(self.app.glyphs.pointer.to_string(), Role::Heading);
                frame.render_widget(pointer, Rect { y, width: 1, height: 1, ..text });
            }
        }
    }
}
