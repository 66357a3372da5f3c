//! The whole screen.

use ratatui::prelude::{Buffer, Frame, Rect, Widget};
use ratatui::widgets::Paragraph;

use crate::tui::app::state::App;
use crate::tui::glyphs::Glyphs;
use crate::tui::layout;
use crate::tui::view::ascii;
use crate::tui::view::compare::ComparePane;
use crate::tui::view::detail::DetailPane;
use crate::tui::view::footer::Footer;
use crate::tui::view::header::Header;
use crate::tui::view::list::ListPane;
use crate::tui::view::map::MapPane;
use crate::tui::view::overlay::OverlayBox;
use crate::tui::view::search_line::SearchLine;

/// Draws the whole screen. The state must have been laid out for it.
pub fn draw(app: &App, frame: &mut Frame) {
    let area = frame.area();
    let size = area.as_size();
    if !layout::fits(size) {
        return frame.render_widget(TooSmall, area);
    }
    frame.buffer_mut().set_style(area, app.theme.ground());
    if let Some(open) = &app.compare {
        frame.render_widget(ComparePane { app, open }, area);
        frame.render_widget(Footer(app), area);
    } else if let Some(map) = &app.map {
        frame.render_widget(MapPane { app, map }, area);
        frame.render_widget(Footer(app), area);
    } else {
        let areas = &app.browse.areas();
        let list = ListPane { app, areas };
        let (query, _) = list.search_box_parts(areas.search_box);
        frame.render_widget(Header(app), areas.header);
        frame.render_widget(list, area);
        frame.render_widget(DetailPane { app, areas }, area);
        frame.render_widget(Footer(app), area);
        if let Some(cursor) = SearchLine(app).cursor(query) {
            frame.set_cursor_position(cursor);
        }
    }
    if let Some(overlay) = app.overlays.last() {
        frame.render_widget(OverlayBox { app, overlay }, area);
    }
    if app.glyphs == Glyphs::ASCII {
        ascii::restrict(frame.buffer_mut());
    }
}

/// What is drawn where nothing else fits.
struct TooSmall;

impl Widget for TooSmall {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let least = layout::SMALLEST;
        let text = format!("hospitui needs {}x{} (now {}x{})", least.width, least.height, area.width, area.height);
        let middle = Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area };
        // A line alone would be cut on both sides.
        Paragraph::new(text).centered().render(middle, buf);
    }
}
