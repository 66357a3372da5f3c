//! The list pane: the search box, and the hospitals that it finds.

use ratatui::prelude::{Buffer, Line, Rect, Text, Widget};

use crate::report::wording::{direction, number};
use crate::search::SortBy;
use crate::text::{clip, width};
use crate::tui::app::event::Loading;
use crate::tui::app::state::App;
use crate::tui::layout::{self, BrowseAreas};
use crate::tui::page::Role;
use crate::tui::view::divider::Divider;
use crate::tui::view::hospital_row::HospitalRow;
use crate::tui::view::scroll_bar::ScrollBar;
use crate::tui::view::search_line::SearchLine;

/// Columns that the query keeps beside what is said of the list.
const QUERY: usize = 14;

pub(super) struct ListPane<'a> {
    pub(super) app: &'a App,
    pub(super) areas: &'a BrowseAreas,
}

impl Widget for ListPane<'_> {
    fn render(self, _: Rect, buf: &mut Buffer) {
        let Self { app, areas: BrowseAreas { list, search_box, rows, divider, detail, .. } } = self;
        if list.is_empty() {
            return;
        }
        let (query, summary) = self.search_box_parts(*search_box);
        SearchLine(app).render(query, buf);
        app.theme.span(self.summary(summary.width.into()), Role::Muted).render(summary, buf);
        let browse = &app.browse;
        if browse.found.length() == 0 {
            self.nothing_found().render(*rows, buf);
        }
        let (mut y, mut seen) = (rows.y, 0);
        for (at, key) in browse.found.keys.iter().enumerate().skip(browse.top) {
            let height = browse.rows.height(at, layout::has_second_lines(*rows));
            if y + height > rows.bottom() {
                break;
            }
            let heading = u16::from(browse.rows.has_heading(at));
            if heading > 0 {
                let text = clip(&self.gaps_heading(), rows.width.into()).into_owned();
                app.theme.span(text, Role::Muted).render(Rect { y, height: heading, ..*rows }, buf);
            }
            let area = Rect { y: y + heading, height: height - heading, ..*rows };
            HospitalRow { app, key: *key, is_selected: at == browse.selected }.render(area, buf);
            (y, seen) = (y + height, seen + 1);
        }
        if !detail.is_empty() {
            Divider(app).render(*divider, buf);
        }
        ScrollBar { app, length: browse.found.length(), seen, top: browse.top }.render(*divider, buf);
    }
}

impl<'a> ListPane<'a> {
    /// The line of the query, and beside it what is said of the list, as far as both have room.
    pub(super) fn search_box_parts(&self, area: Rect) -> (Rect, Rect) {
        let room = usize::from(area.width).saturating_sub(QUERY.max(width(self.app.browse.search_box.text()) + 4));
        let summary = self.summaries().into_iter().map(|text| width(&text) + 1).find(|columns| *columns <= room);
        let columns = summary.and_then(|columns| u16::try_from(columns).ok()).unwrap_or(0);
        let query = Rect { width: area.width - columns, ..area };
        (query, Rect { x: query.right(), width: columns, ..area })
    }

    /// What fits of what is said of the list.
    fn summary(&self, columns: usize) -> String {
        self.summaries().into_iter().find(|text| width(text) < columns).unwrap_or_default()
    }

    /// `2 of 5 + 1 possibly, by open beds · 3 rows rejected`, then shorter and shorter.
    fn summaries(&self) -> Vec<String> {
        let App { catalog, browse, .. } = self.app;
        let found = &browse.found;
        let possibly = browse.possibly();
        let order = match browse.shown_order().by {
            SortBy::Best => String::new(),
            SortBy::Name => " by name".to_owned(),
            SortBy::Place => " by place".to_owned(),
            SortBy::Measure(id) => {
                format!(" by {}", catalog.measures().get(&id).map_or(&id, |measure| &measure.label))
            }
            SortBy::Distance(_) => " by distance".to_owned(),
        };
        let shown = browse.shown_order();
        let order = if shown.is_turned { format!("{order}, {}", direction(&shown)) } else { order };
        let rejected = match catalog.rejected_rows() {
            0 => String::new(),
            1 => " · 1 row rejected".to_owned(),
            rows => format!(" · {} rows rejected", number(rows)),
        };
        let (total, all) = (number(found.total), number(catalog.len()));
        let counts = format!("{total} of {all}");
        vec![
            format!("{counts}{possibly}{order}{rejected}"),
            format!("{counts}{possibly}{order}"),
            format!("{counts}{possibly}"),
            counts,
            format!("{total}/{all}"),
        ]
    }

    /// What stands above hospitals that match only by letters with gaps.
    fn gaps_heading(&self) -> String {
        let found = &self.app.browse.found;
        let more = if found.total > 0 { " more" } else { "" };
        format!("  {}{more} by letters with gaps", number(found.by_gaps))
    }

    fn nothing_found(&self) -> Text<'a> {
        if self.app.catalog.is_empty() {
            let is_loading = matches!(self.app.loading, Loading::Underway(_));
            return Text::from(if is_loading { " Reading…" } else { " The catalog has no hospitals." });
        }
        let clear = self.app.how_to_clear().map(|how| Line::from(self.app.theme.span(format!(" {how}"), Role::Muted)));
        [Line::from(" Nothing matches.")].into_iter().chain(clear).collect()
    }
}
