//! The line at the bottom.

use ratatui::prelude::{Buffer, Line, Rect, Widget};

use crate::text::{clip, wrap};
use crate::tui::app::footer::{self, Hint};
use crate::tui::app::state::App;
use crate::tui::page::Role;
use crate::tui::view::paint::{self, clear};

pub(super) struct Footer<'a>(pub(super) &'a App);

/// Most lines of a message.
const MOST_LINES: usize = 3;

impl Widget for Footer<'_> {
    fn render(self, screen: Rect, buf: &mut Buffer) {
        let last = Rect { y: screen.bottom().saturating_sub(1), height: screen.height.min(1), ..screen };
        match footer::footer(self.0) {
            footer::Footer::Words(text, role) => self.message(&text, role, screen, buf),
            footer::Footer::Hints(hints) => paint::line(&self.hints(&hints), last, buf),
        }
    }
}

impl Footer<'_> {
    /// A message, in as many lines as it needs above the lower edge of the screen.
    fn message(&self, text: &str, role: Role, screen: Rect, buf: &mut Buffer) {
        let columns = usize::from(screen.width).saturating_sub(2);
        let mut lines = wrap(text, columns);
        if lines.len() > MOST_LINES {
            lines[MOST_LINES - 1] = clip(&lines[MOST_LINES - 1..].join(" "), columns).into_owned();
            lines.truncate(MOST_LINES);
        }
        let height = u16::try_from(lines.len()).unwrap_or(0).min(screen.height);
        let area = Rect { y: screen.bottom() - height, height, ..screen };
        clear(area, self.0.theme, buf);
        for (line, row) in lines.into_iter().zip(area.rows()) {
            self.0.theme.span(format!(" {line}"), role).render(row, buf);
        }
    }

    fn hints(&self, hints: &[Hint]) -> Line<'static> {
        let spans = hints.iter().flat_map(|hint| {
            let key = self.0.theme.span(format!(" {}", hint.key), Role::Key);
            [key, self.0.theme.span(format!(" {}  ", hint.word), Role::Muted)]
        });
        spans.collect()
    }
}
