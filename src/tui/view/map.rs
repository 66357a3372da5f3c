//! The map: how many hospitals are on it, a dot for each of them, a scale bar, and the selected hospital in words.

use ratatui::prelude::{Buffer, Color, Line, Rect, Widget};
use ratatui::widgets::canvas::{Canvas, Points};

use crate::report::wording::{count, kilometres, number};
use crate::text::clip;
use crate::tui::app::map::Map;
use crate::tui::app::state::App;
use crate::tui::page::{Role, SIDES};
use crate::tui::view::page::PageView;
use crate::tui::view::paint;

pub(super) struct MapPane<'a> {
    pub(super) app: &'a App,
    pub(super) map: &'a Map,
}

impl Widget for MapPane<'_> {
    fn render(self, _: Rect, buf: &mut Buffer) {
        let Self { app, map } = self;
        let parts = map.areas();
        let title = " Map  ";
        let found = tally(map);
        let tally = clip(&found, usize::from(parts.header.width).saturating_sub(title.len() + 1));
        let header = [app.theme.span(title, Role::Heading), app.theme.span(tally, Role::Muted)];
        paint::line(&Line::from_iter(header), parts.header, buf);
        self.dots(parts.canvas, buf);
        self.signs(parts.canvas, buf);
        paint::line(&self.scale_bar(parts.scale.width), parts.scale, buf);
        // The scroll bar stands in the column after the text.
        let scroll_bar = Rect { width: parts.text.width + 1, ..parts.text };
        PageView { app, viewport: &map.text, scroll_bar }.render(parts.text, buf);
    }
}

impl MapPane<'_> {
    fn dots(&self, area: Rect, buf: &mut Buffer) {
        let Self { app, map } = self;
        let ground = app.theme.ground();
        let color = app.theme.style(Role::Heading).fg.or(ground.fg).unwrap_or(Color::Reset);
        let [columns, rows] = app.glyphs.dots_in_cell();
        let last = |cells: u16, dots: u16| f64::from(cells.saturating_mul(dots).saturating_sub(1));
        Canvas::default()
            .marker(app.glyphs.dot_marker)
            .background_color(ground.bg.unwrap_or(Color::Reset))
            .x_bounds([0.0, last(area.width, columns)])
            .y_bounds([0.0, last(area.height, rows)])
            .paint(|context| context.draw(&Points { coords: &map.dots, color }))
            .render(area, buf);
    }

    /// The marked hospitals as letters, and the selected one.
    fn signs(&self, area: Rect, buf: &mut Buffer) {
        let Self { app, map } = self;
        let marked = app.browse.marks.into_iter().zip(SIDES).filter_map(|(mark, (letter, role))| {
            let key = mark?;
            let spot = map.points.spot(key, app.catalog.points().of(key))?;
            Some((spot, letter.to_owned(), role))
        });
        let selected = (map.selected, app.glyphs.spot.to_string(), Role::Caveat);
        for (spot, sign, role) in marked.chain([selected]) {
            if let Some([column, row]) = map.view.cell_of(spot.at, area.as_size()) {
                let cell = Rect::new(area.x + column, area.y + row, 1, 1);
                app.theme.span(sign, role).render(cell, buf);
            }
        }
    }

    /// `├──────┤ 500 km`.
    fn scale_bar(&self, columns: u16) -> Line<'static> {
        let Self { app, map } = self;
        let Some((length, far)) = map.view.scale_bar(columns / 4) else { return Line::default() };
        let [start, rule, end] = app.glyphs.scale;
        let bar = match usize::from(length) {
            0 | 1 => rule.to_owned(),
            length => format!("{start}{}{end}", rule.repeat(length - 2)),
        };
        let words = [(format!(" {bar} "), Role::Muted), (kilometres(far), Role::Plain)];
        words.into_iter().map(|(text, role)| app.theme.span(text, role)).collect()
    }
}

/// How many hospitals are on the map, and how many are not.
fn tally(map: &Map) -> String {
    let found = format!("{} found", count(map.points.len(), "hospital"));
    match map.points.without {
        0 => found,
        without => format!("{found} · {} more without coordinates", number(without)),
    }
}
