//! The comparison: who A and B are, the section that is seen, and the rows under it.

use ratatui::prelude::{Buffer, Line, Rect, Widget};

use crate::text::{clip, width};
use crate::tui::app::compare::Compare;
use crate::tui::app::state::App;
use crate::tui::keymap::Show;
use crate::tui::page::Role;
use crate::tui::view::page::PageView;
use crate::tui::view::paint;

pub(super) struct ComparePane<'a> {
    pub(super) app: &'a App,
    pub(super) open: &'a Compare,
}

impl Widget for ComparePane<'_> {
    fn render(self, _: Rect, buf: &mut Buffer) {
        let Self { app, open } = self;
        let parts = open.areas();
        paint::line(&self.header(parts.header.width.into()), parts.header, buf);
        for (line, row) in open.head.iter().zip(parts.head.rows()) {
            paint::line(&app.theme.line(line), row, buf);
        }
        paint::line(&self.section(parts.section.width.into()), parts.section, buf);
        // The scroll bar stands in the column after the text.
        let scroll_bar = Rect { width: parts.text.width + 1, ..parts.text };
        PageView { app, viewport: &open.viewport, scroll_bar }.render(parts.text, buf);
    }
}

impl<'a> ComparePane<'a> {
    fn header(&self, columns: usize) -> Line<'a> {
        let title = match self.open.show {
            Show::All => " Compare  ",
            Show::Differences => " Compare: differing rows  ",
            Show::BothTexts => " Compare: rows in both texts  ",
            Show::OneText => " Compare: rows in one text  ",
        };
        let tally = clip(&self.open.comparison.tally, columns.saturating_sub(title.len() + 1));
        Line::from(vec![self.app.theme.span(title, Role::Heading), self.app.theme.span(tally, Role::Muted)])
    }

    /// The title of the section that is seen, in a rule.
    fn section(&self, columns: usize) -> Line<'a> {
        let title = self.open.viewport.page.section_at(self.open.viewport.top);
        let rule = self.app.glyphs.border.horizontal_top;
        let title = clip(title, columns.saturating_sub(5));
        let rest = rule.repeat(columns.saturating_sub(width(&title) + 4));
        let spans = [(rule.repeat(2), Role::Muted), (format!(" {title} "), Role::Heading), (rest, Role::Muted)];
        spans.map(|(text, role)| self.app.theme.span(text, role)).into_iter().collect()
    }
}
