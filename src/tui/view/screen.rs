//! The whole screen.

use ratatui::prelude::{Buffer, Frame, Rect, Widget};
use ratatui::widgets::Paragraph;

use crate::tui::app::state::App;
use crate::tui::layout;
use crate::tui::view::compare::ComparePane;
use crate::tui::view::detail::DetailPane;
use crate::tui::view::footer::Footer;
use crate::tui::view::header::Header;
use crate::tui::view::list::ListPane;
use crate::tui::view::overlay::OverlayBox;
use crate::tui::view::search_line::SearchLine;

/// Draws the whole screen. The state must have been laid out for it.
pub fn draw(app: &App, frame: &mut Frame) {
    let area = frame.area();
    let size = area.as_size();
    if !layout::fits(size) {
        return frame.render_widget(TooSmall, area);
    }
    if let Some(open) = &app.compare {
        frame.render_widget(ComparePane { app, open }, area);
        frame.render_widget(Footer(app), layout::compare(size).footer);
    } else {
        let parts = layout::browse(size, app.browse.focus);
        frame.render_widget(Header(app), parts.header);
        frame.render_widget(ListPane(app), parts.list);
        frame.render_widget(DetailPane(app), parts.detail);
        frame.render_widget(Footer(app), parts.footer);
        if let Some(cursor) = SearchLine(app).cursor(parts.search_box) {
            frame.set_cursor_position(cursor);
        }
    }
    if let Some(overlay) = app.overlays.last() {
        frame.render_widget(OverlayBox { app, overlay }, area);
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
