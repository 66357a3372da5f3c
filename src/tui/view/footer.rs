//! The line at the bottom.

use ratatui::prelude::{Buffer, Line, Rect, Widget};

use crate::text::clip;
use crate::tui::app::footer::{self, Hint};
use crate::tui::app::state::App;
use crate::tui::page::Role;

pub(super) struct Footer<'a>(pub(super) &'a App);

impl Widget for Footer<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        match footer::footer(self.0) {
            footer::Footer::Words(text) => {
                let text = clip(&format!(" {text}"), area.width.into()).into_owned();
                self.0.theme.span(text, Role::Caveat).render(area, buf);
            }
            footer::Footer::Hints(hints) => self.hints(&hints).render(area, buf),
        }
    }
}

impl Footer<'_> {
    fn hints(&self, hints: &[Hint]) -> Line<'static> {
        let spans = hints.iter().flat_map(|hint| {
            let key = self.0.theme.span(format!(" {}", hint.key), Role::Key);
            [key, self.0.theme.span(format!(" {}  ", hint.word), Role::Muted)]
        });
        spans.collect()
    }
}
