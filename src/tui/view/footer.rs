//! The line at the bottom.

use ratatui::prelude::{Buffer, Line, Rect, Widget};

use crate::tui::app::footer::{self, Hint};
use crate::tui::app::state::App;
use crate::tui::page::Role;
use crate::tui::view::paint::{self, clear};

pub(super) struct Footer<'a>(pub(super) &'a App);

impl Widget for Footer<'_> {
    fn render(self, screen: Rect, buf: &mut Buffer) {
        let last = Rect { y: screen.bottom().saturating_sub(1), height: screen.height.min(1), ..screen };
        match footer::footer(self.0) {
            footer::Footer::Words(lines, role) => self.message(&lines, role, screen, buf),
            footer::Footer::Hints(title, hints) => paint::line(&self.hints(title, &hints), last, buf),
        }
    }
}

impl Footer<'_> {
    /// A message, at the lower edge of the screen.
    fn message(&self, lines: &[String], role: Role, screen: Rect, buf: &mut Buffer) {
        let height = u16::try_from(lines.len()).unwrap_or(0).min(screen.height);
        let area = Rect { y: screen.bottom() - height, height, ..screen };
        clear(area, self.0.theme, buf);
        for (line, row) in lines.iter().zip(area.rows()) {
            self.0.theme.span(format!(" {line}"), role).render(row, buf);
        }
    }

    fn hints(&self, title: Option<String>, hints: &[Hint]) -> Line<'static> {
        let title = title.map(|title| self.0.theme.span(title, Role::Heading));
        let hints = hints.iter().flat_map(|hint| {
            let key = self.0.theme.span(format!(" {}", hint.key), Role::Key);
            [key, self.0.theme.span(format!(" {}  ", hint.word), Role::Muted)]
        });
        title.into_iter().chain(hints).collect()
    }
}
