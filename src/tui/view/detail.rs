//! The detail pane: one hospital in full.

use ratatui::Frame;
use ratatui::text::Line;

use super::Paint;
use crate::text::clip;
use crate::tui::layout::{self, Pane};
use crate::tui::page::Role;

impl Paint<'_> {
    pub(super) fn detail(&self, frame: &mut Frame, parts: &layout::Browse) {
        let focused = self.has_keys(Pane::Detail);
        let mut block = self.block(focused);
        if let Some(key) = self.app.selected() {
            let name = &self.app.catalog.hospital(key).name;
            let name = clip(name, usize::from(parts.detail.width.saturating_sub(6)));
            block = block.title(Line::from(self.span(format!(" {name} "), Role::Title)));
        }
        frame.render_widget(block, parts.detail);
        let page = self.app.detail_page(self.size);
        self.page(frame, parts.text, &page, self.app.browse.scroll);
        let shown = parts.text.height.into();
        self.scrollbar(frame, parts.detail, page.lines.len(), shown, self.app.browse.scroll);
    }
}
