//! The part of a page that is seen.

use ratatui::prelude::{Buffer, Rect, Widget};

use crate::tui::app::state::App;
use crate::tui::app::viewport::Viewport;
use crate::tui::page::Role;
use crate::tui::view::paint;
use crate::tui::view::scroll_bar::ScrollBar;

pub(super) struct PageView<'a> {
    pub(super) app: &'a App,
    pub(super) viewport: &'a Viewport,
    /// The scroll bar stands in the last column of this area.
    pub(super) scroll_bar: Rect,
}

impl Widget for PageView<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self { app, viewport, scroll_bar } = self;
        let (page, top) = (&viewport.page, viewport.top);
        for (line, row) in page.lines.iter().skip(top).zip(area.rows()) {
            paint::line(&app.theme.line(line), row, buf);
        }
        let selected = page.rows.get(viewport.selected).cloned().unwrap_or_default();
        for (line, row) in (top..).zip(area.rows()) {
            if selected.contains(&line) {
                app.theme.span(app.glyphs.pointer.to_string(), Role::Heading).render(row, buf);
            }
        }
        let (length, seen) = (page.lines.len(), area.height.into());
        ScrollBar { app, length, seen, top }.render(scroll_bar, buf);
    }
}
