//! The line at the top: what is loaded, and which hospitals are marked.

use ratatui::prelude::{Buffer, Line, Rect, Widget};

use crate::catalog::number::group;
use crate::formats::Progress;
use crate::report::wording::count;
use crate::text::{clip, width};
use crate::tui::app::event::Loading;
use crate::tui::app::state::App;
use crate::tui::keymap::Action;
use crate::tui::page::{Role, SIDES};
use crate::tui::view::paint;

pub(super) struct Header<'a>(pub(super) &'a App);

/// Columns before the title.
const NAME: &str = " hospitui  ";

/// Fewest columns of a title; where there are fewer, it gives way to the marks.
const SHORTEST_TITLE: usize = 16;

impl Widget for Header<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let columns = usize::from(area.width);
        let title = self.0.catalog.title();
        let title = match &self.0.loading {
            Loading::Underway(progress) => self.progress(progress),
            Loading::Done => title,
            Loading::Stopped => format!("{title} (incomplete: loading was stopped)"),
        };
        let least = NAME.len() + SHORTEST_TITLE.min(width(&title));
        let has_title = self.0.browse.marks.iter().flatten().next().is_none() || columns >= 80;
        let marks =
            self.marks(if has_title { columns.saturating_sub(least + 2).min(columns * 3 / 5) } else { columns });
        let marks_columns: usize = marks.iter().map(|span| width(&span.content)).sum();
        if has_title {
            let room = columns.saturating_sub(marks_columns + NAME.len() + 1);
            let name = self.0.theme.span(NAME, Role::Heading);
            paint::line(&Line::from(vec![name, self.0.theme.span(clip(&title, room), Role::Plain)]), area, buf);
        }
        let marks_columns = u16::try_from(marks_columns).unwrap_or(area.width).min(area.width);
        paint::line(&marks, Rect { x: area.right() - marks_columns, width: marks_columns, ..area }, buf);
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
        let stop = self.0.key_in_list(Action::Back).map_or_else(String::new, |key| format!("  {key} stops"));
        format!("loading  {gauge}{bytes}  {}{stop}", count(progress.hospitals, "hospital"))
    }

    /// `A Guangzhou …  B Shanghai … `, within so many columns. A short name leaves its room to the other one.
    fn marks(&self, columns: usize) -> Line<'a> {
        let marks = self.0.browse.marks;
        if marks.iter().flatten().next().is_none() {
            return Line::default();
        }
        let names = marks.map(|mark| mark.map_or("–", |key| self.0.catalog.hospital(key).name.as_str()));
        let room = columns.saturating_sub(SIDES.iter().map(|(letter, _)| width(letter) + 3).sum());
        let half = room / 2;
        let needed = names.map(width);
        let rooms = [room - needed[1].min(half), room - needed[0].min(half)];
        let mut line = Line::default();
        for ((name, room), (letter, role)) in names.into_iter().zip(rooms).zip(SIDES) {
            line.push_span(self.0.theme.span(format!("{letter} "), role));
            line.push_span(self.0.theme.span(format!("{}  ", clip(name, room)), Role::Plain));
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
