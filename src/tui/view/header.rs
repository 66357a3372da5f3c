//! The line at the top: what is loaded, and which hospitals are marked.

use ratatui::prelude::{Buffer, Line, Rect, Widget};

use crate::catalog::number::group;
use crate::formats::Progress;
use crate::report::wording::count;
use crate::text::{clip, width};
use crate::tui::app::event::Loading;
use crate::tui::app::state::App;
use crate::tui::page::Role;

pub(super) struct Header<'a>(pub(super) &'a App);

impl Widget for Header<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let marks = self.marks(usize::from(area.width) / 2);
        let room = usize::from(area.width).saturating_sub(marks.width() + 14);
        let title = self.0.catalog.title();
        let title = match &self.0.loading {
            Loading::Underway(progress) => self.progress(progress),
            Loading::Done => title,
            Loading::Stopped => format!("{title} (incomplete: loading was stopped)"),
        };
        let name = self.0.theme.span(" hospitui  ", Role::Heading);
        Line::from(vec![name, self.0.theme.span(clip(&title, room), Role::Plain)]).render(area, buf);
        marks.right_aligned().render(area, buf);
    }
}

impl<'a> Header<'a> {
    /// `loading  ████████░░░░  6.1 MB of 13.3 MB  12,288 hospitals  Esc stops`.
    fn progress(&self, progress: &Progress) -> String {
        /// Columns of the gauge.
        const GAUGE: usize = 16;
        let share = progress.of.filter(|of| *of > 0).map(|of| (progress.bytes * GAUGE as u64 / of).min(GAUGE as u64));
        let [full, empty] = self.0.glyphs.gauge;
        let gauge = share.map_or_else(String::new, |share| {
            let share = usize::try_from(share).unwrap_or(GAUGE);
            format!("{}{}  ", full.repeat(share), empty.repeat(GAUGE - share))
        });
        let bytes = match progress.of {
            Some(of) => format!("{} of {}", megabytes(progress.bytes), megabytes(of)),
            None => megabytes(progress.bytes),
        };
        format!("loading  {gauge}{bytes}  {}  Esc stops", count(progress.hospitals, "hospital"))
    }

    /// `A Guangzhou …  B Shanghai … `, within so many columns.
    fn marks(&self, columns: usize) -> Line<'a> {
        let marks = self.0.browse.marks;
        let each = columns / marks.iter().flatten().count().max(1);
        let mut line = Line::default();
        for (mark, letter, role) in [(marks[0], "A ", Role::SideA), (marks[1], "B ", Role::SideB)] {
            if let Some(key) = mark {
                let name = clip(&self.0.catalog.hospital(key).name, each.saturating_sub(width(letter) + 2));
                line.push_span(self.0.theme.span(letter, role));
                line.push_span(self.0.theme.span(format!("{name}  "), Role::Plain));
            }
        }
        line
    }
}

/// A number of bytes for people: `13.3 MB`.
fn megabytes(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
    let megabytes = (bytes as f64 / 1e5).round() / 10.0;
    format!("{} MB", group(megabytes))
}
