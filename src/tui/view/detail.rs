//! The detail pane: one hospital in full.

use ratatui::prelude::{Buffer, Margin, Rect, Widget};

use crate::text::clip;
use crate::tui::app::state::App;
use crate::tui::layout::{self, Pane};
use crate::tui::page::Role;
use crate::tui::view::page::PageView;

pub(super) struct DetailPane<'a>(pub(super) &'a App);

impl Widget for DetailPane<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let Self(app) = self;
        let name = app.browse.selected_hospital().map(|key| {
            let name = clip(&app.catalog.hospital(key).name, usize::from(area.width.saturating_sub(6)));
            format!(" {name} ")
        });
        let title = app.theme.span(name.unwrap_or_default(), Role::Title);
        app.theme.pane(&app.glyphs, app.has_focus(Pane::Detail), title).render(area, buf);
        let scroll_bar = area.inner(Margin::new(0, 1));
        PageView { app, viewport: &app.browse.detail, scroll_bar }.render(layout::text_within(area), buf);
    }
}
