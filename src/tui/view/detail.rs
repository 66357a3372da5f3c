//! The detail pane: one hospital in full. Its name stays above the page.

use ratatui::prelude::{Buffer, Rect, Widget};

use crate::text::clip;
use crate::tui::app::state::App;
use crate::tui::layout::{BrowseAreas, Pane};
use crate::tui::page::{Role, detail};
use crate::tui::view::page::PageView;

pub(super) struct DetailPane<'a> {
    pub(super) app: &'a App,
    pub(super) areas: &'a BrowseAreas,
}

impl Widget for DetailPane<'_> {
    fn render(self, _: Rect, buf: &mut Buffer) {
        let Self { app, areas: BrowseAreas { detail: area, title, text, .. } } = self;
        let Some(key) = app.browse.selected_hospital().filter(|_| !area.is_empty()) else { return };
        let columns = title.width.into();
        let lines = detail::title(&app.catalog, key, columns);
        // The rest of a long name stands in the first lines of the page, until they are scrolled away.
        let is_whole = lines.len() < 2 || app.browse.detail.top == 0;
        let name = lines.into_iter().next().filter(|_| is_whole);
        let name = name.unwrap_or_else(|| clip(&app.catalog.hospital(key).name, columns).into_owned());
        app.theme.span(name, Role::Title).render(*title, buf);
        if app.has_focus(Pane::Detail) {
            let pointer = app.theme.span(app.glyphs.pointer.to_string(), Role::Heading);
            let below = if app.browse.is_on_title { 0 } else { 1 + app.browse.detail.line_on_screen() };
            let line = Rect { x: area.x, y: title.y + below, width: area.width.min(1), height: title.height };
            pointer.render(line, buf);
            if app.browse.is_on_title {
                buf.set_style(*title, app.theme.selected(true));
            }
        }
        let scroll_bar = Rect { y: text.y, height: text.height, ..*area };
        PageView { app, viewport: &app.browse.detail, scroll_bar }.render(*text, buf);
    }
}
