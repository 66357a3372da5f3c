//! The line at the top: what is loaded, and who is marked.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Paint;
use crate::catalog::number::group;
use crate::formats::Progress;
use crate::report::wording::count;
use crate::text::{clip, width};
use crate::tui::page::Role;

/// A number of bytes for people: `13.3 MB`.
fn bytes(count: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
    let megabytes = (count as f64 / 1e5).round() / 10.0;
    format!("{} MB", group(megabytes))
}

impl Paint<'_> {
    pub(super) fn header(&self, frame: &mut Frame, area: Rect) {
        let marks = self.marks(usize::from(area.width) / 2);
        let room = usize::from(area.width).saturating_sub(marks.width() + 14);
        if let Some(progress) = &self.app.loading {
            let gauge = self.gauge(progress, room);
            frame.render_widget(gauge, area);
            frame.render_widget(marks.right_aligned(), area);
            return;
        }
        let cut = if self.app.is_cut { " (not all of it: loading was stopped)" } else { "" };
        let title = format!("{}{cut}", self.app.catalog.title());
        let title = clip(&title, room);
        let line = Line::from(vec![self.span(" hospitui  ", Role::Heading), self.span(title, Role::Plain)]);
        frame.render_widget(line, area);
        frame.render_widget(marks.right_aligned(), area);
    }

    /// ` hospitui  ████████░░░░  6.1 of 13.3 MB  12,288 hospitals  Esc stops`, within `room`.
    fn gauge(&self, progress: &Progress, room: usize) -> Line<'static> {
        const BAR: usize = 16;
        let share = progress.of.filter(|of| *of > 0).map(|of| (progress.bytes * BAR as u64 / of).min(BAR as u64));
        let [full, empty] = self.app.glyphs.gauge;
        let bar = share.map_or_else(String::new, |share| {
            let share = usize::try_from(share).unwrap_or(BAR);
            format!("{}{}  ", full.repeat(share), empty.repeat(BAR - share))
        });
        let bytes = match progress.of {
            Some(of) => format!("{} of {}", bytes(progress.bytes), bytes(of)),
            None => bytes(progress.bytes),
        };
        let hospitals = count(progress.hospitals, "hospital");
        let words = format!("loading  {bar}{bytes}  {hospitals}  Esc stops");
        let words = clip(&words, room).into_owned();
        Line::from(vec![self.span(" hospitui  ", Role::Heading), self.span(words, Role::Plain)])
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
