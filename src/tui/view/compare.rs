//! The comparison: the head that names A and B, and the rows under it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Paint;
use crate::text::clip;
use crate::tui::keymap::Show;
use crate::tui::page::Role;
use crate::tui::page::compare::head;

impl Paint<'_> {
    pub(super) fn compare(&self, frame: &mut Frame) {
        let Some(open) = self.app.compare else { return };
        let parts = self.app.compare_layout(self.size);
        let columns = usize::from(self.size.width);
        let page = self.app.compare_page(self.size);
        let (lines, tally) = self
            .app
            .with_comparison(|comparison, entries| {
                let tally = comparison.tally();
                let counts: Vec<String> = tally
                    .iter()
                    .map(|(verdict, count)| format!("{} {} {count}", verdict.mark(), verdict.words()))
                    .collect();
                (
                    head(comparison, columns),
                    format!("{} measures: {}  {} rows shown", comparison.rows.len(), counts.join("  "), entries.len()),
                )
            })
            .unwrap_or_default();
        let title = match open.show {
            Show::All => " Comparison  ",
            Show::Differences => " Differences  ",
            Show::Comparable => " Comparable rows  ",
            Show::Gaps => " Gaps  ",
        };
        let room = columns.saturating_sub(title.len() + 1);
        let line = vec![self.span(title, Role::Heading), self.span(clip(&tally, room), Role::Muted)];
        frame.render_widget(Line::from(line), parts.header);
        for (at, line) in (0u16..).zip(&lines) {
            let area = Rect { y: parts.head.y + at, height: 1, ..parts.head };
            frame.render_widget(self.line(line), area.intersection(parts.head));
        }
        let rule = self.app.glyphs.border.horizontal_top.repeat(columns);
        let under = Rect { y: parts.head.bottom().saturating_sub(1), height: 1, ..parts.head };
        frame.render_widget(Line::from(self.span(rule, Role::Muted)), under);
        self.page(frame, parts.text, &page, open.top);
        self.pointer(frame, parts.text, page.rows.get(open.selected).cloned(), open.top);
        self.footer(frame, parts.footer);
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
