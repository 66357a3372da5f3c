//! A box on top of the rest: the help, a row in full, a menu.

use ratatui::prelude::{Buffer, Line, Margin, Modifier, Rect, Widget};
use ratatui::widgets::Block;

use crate::tui::app::overlay::Overlay;
use crate::tui::app::state::App;
use crate::tui::layout;
use crate::tui::page::Role;
use crate::tui::view::page::PageView;
use crate::tui::view::paint::clear;

pub(super) struct OverlayBox<'a> {
    pub(super) app: &'a App,
    pub(super) overlay: &'a Overlay,
}

impl Widget for OverlayBox<'_> {
    fn render(self, _: Rect, buf: &mut Buffer) {
        let Self { app: App { theme, glyphs, .. }, overlay } = self;
        let viewport = &overlay.viewport;
        let (border, text) = layout::overlay(self.app.screen(), viewport.page.lines.len());
        clear(border, *theme, buf);
        let title = theme.span(format!(" {} ", overlay.title()), Role::Heading);
        let close = Line::from(theme.span(self.app.close_label(&overlay.kind), Role::Muted)).right_aligned();
        let edge = theme.style(Role::Heading).remove_modifier(Modifier::BOLD);
        let pane = Block::bordered().border_set(glyphs.border).border_style(edge);
        pane.title(title).title(close).render(border, buf);
        let scroll_bar = border.inner(Margin::new(0, 1));
        PageView { app: self.app, viewport, scroll_bar }.render(text, buf);
    }
}
