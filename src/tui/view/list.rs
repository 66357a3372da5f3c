//! The list pane: the search box, and the hospitals that it finds.

use ratatui::prelude::{Buffer, Line, Margin, Rect, Text, Widget};

use crate::search::Order;
use crate::tui::app::state::App;
use crate::tui::layout::{self, Pane};
use crate::tui::page::Role;
use crate::tui::view::hospital_row::HospitalRow;
use crate::tui::view::scroll_bar::ScrollBar;
use crate::tui::view::search_line::SearchLine;

pub(super) struct ListPane<'a>(pub(super) &'a App);

impl Widget for ListPane<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let Self(app) = self;
        let App { browse, glyphs, theme, .. } = app;
        let title = theme.span(self.title(), Role::Heading);
        let count = Line::from(theme.span(self.count(area.width), Role::Muted)).right_aligned();
        theme.pane(glyphs, app.has_focus(Pane::List), title).title(count).render(area, buf);
        let [search_line, rows] = layout::list_parts(area);
        SearchLine(app).render(search_line, buf);
        if browse.found.total == 0 {
            self.nothing_found().render(rows, buf);
        }
        let height = layout::lines_per_hospital(rows);
        let seen = usize::from(rows.height / height);
        let shown = browse.found.keys.iter().enumerate().skip(browse.top).take(seen);
        for ((at, key), y) in shown.zip((rows.y..).step_by(height.into())) {
            let is_selected = at == browse.selected;
            HospitalRow { app, key: *key, is_selected }.render(Rect { y, height, ..rows }, buf);
        }
        let scroll_bar = area.inner(Margin::new(0, 1));
        ScrollBar { app, length: browse.found.total, seen, top: browse.top }.render(scroll_bar, buf);
    }
}

impl<'a> ListPane<'a> {
    /// ` Hospitals by name `.
    fn title(&self) -> String {
        match self.0.browse.shown_order() {
            Order::Best => " Hospitals ".to_owned(),
            Order::Name => " Hospitals by name ".to_owned(),
            Order::Place => " Hospitals by place ".to_owned(),
            Order::Measure(id) => {
                let label = self.0.catalog.measures().get(id).map_or(id, |measure| &measure.label);
                format!(" Hospitals by {label} ")
            }
        }
    }

    /// ` 2 of 5 + 1 possibly · 3 rows rejected `.
    fn count(&self, columns: u16) -> String {
        let found = &self.0.browse.found;
        let possibly = match found.possibly {
            0 => String::new(),
            more => format!("+ {more} possibly "),
        };
        let rejected = match self.0.catalog.rejected_rows() {
            0 => String::new(),
            rows if columns < 40 => format!("· {rows} rejected "),
            1 => "· 1 row rejected ".to_owned(),
            rows => format!("· {rows} rows rejected "),
        };
        format!(" {} of {} {possibly}{rejected}", found.total, self.0.catalog.len())
    }

    fn nothing_found(&self) -> Text<'a> {
        if self.0.catalog.is_empty() {
            return Text::from(" The catalog has no hospitals.");
        }
        let clear = self.0.theme.span(" Esc clears the search.", Role::Muted);
        Text::from(vec![Line::from(" Nothing matches."), Line::from(clear)])
    }
}
