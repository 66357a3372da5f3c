//! What clicks, the wheel and dragging do.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Margin, Position, Rect};

use crate::text::width;
use crate::tui::app::event::Effect;
use crate::tui::app::footer;
use crate::tui::app::overlay::OverlayKind;
use crate::tui::app::pointer::{Click, ScrollBarOf};
use crate::tui::app::state::App;
use crate::tui::app::viewport::WHEEL_LINES;
use crate::tui::keymap::{Action, Motion};
use crate::tui::layout;

impl App {
    /// Has events of the mouse come, or leaves them to the terminal.
    pub(super) fn toggle_mouse(&mut self) -> Effect {
        let is_captured = !self.pointer.is_captured;
        self.pointer.is_captured = is_captured;
        self.message = Some(if is_captured { "mouse on" } else { "mouse off" }.to_owned());
        Effect::CaptureMouse(is_captured)
    }

    /// Takes an event of the mouse.
    pub(super) fn point(&mut self, mouse: MouseEvent) -> Option<Effect> {
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            // What cannot be seen is not acted on.
            _ if !layout::fits(self.size) => {}
            MouseEventKind::ScrollUp => self.wheel(at, Motion::Up),
            MouseEventKind::ScrollDown => self.wheel(at, Motion::Down),
            MouseEventKind::Down(MouseButton::Left) => return self.click(at),
            MouseEventKind::Drag(MouseButton::Left) => self.drag(at),
            MouseEventKind::Up(MouseButton::Left) => self.pointer.dragged = None,
            _ => {}
        }
        None
    }

    fn wheel(&mut self, at: Position, motion: Motion) {
        match (self.overlays.last_mut(), &mut self.compare, &mut self.map) {
            (Some(overlay), ..) => (0..WHEEL_LINES).for_each(|_| overlay.viewport.wheel(motion)),
            (None, Some(open), _) => open.viewport.wheel(motion),
            (None, None, Some(map)) => map.wheel(at, motion == Motion::Up),
            (None, None, None) => self.browse.wheel(at, motion, &self.catalog),
        }
    }

    fn click(&mut self, at: Position) -> Option<Effect> {
        let click = self.pointer.click(at);
        if click == Click::Stray {
            return None;
        }
        let hint = footer::action_at(self, at);
        self.message = None;
        self.pointer.dragged = self.scroll_bars().into_iter().find(|(_, bar)| bar.contains(at)).map(|(of, _)| of);
        if let Some(action) = hint {
            return self.update(action);
        }
        if self.pointer.dragged.is_some() {
            self.drag(at);
            None
        } else if !self.overlays.is_empty() {
            self.click_overlay(at)
        } else {
            self.click_row(at, click == Click::Second)
        }
    }

    /// Chooses the selected entry of a menu, selects another one, or closes the box beside which was clicked. While a menu
    /// is being counted it is a small box, and what is clicked beside it may be meant for a row: only its label closes it.
    fn click_overlay(&mut self, at: Position) -> Option<Effect> {
        let screen = self.screen();
        let close = width(&self.close_label(&self.overlays.last()?.kind));
        let overlay = self.overlays.last_mut()?;
        let is_counting = overlay.is_facets() && self.browse.found.facets.is_none();
        let (border, text) = layout::overlay(screen, overlay.viewport.page.lines.len());
        let is_beside = !border.contains(at) && !is_counting;
        if is_beside || layout::overlay_close(border, close).contains(at) {
            self.close_overlay();
            self.pointer.note_closed();
            return None;
        }
        let selected = overlay.viewport.selected;
        let is_row = text.contains(at) && overlay.viewport.select_line(usize::from(at.y - text.y));
        let is_choice = is_row && matches!(overlay.kind, OverlayKind::Menu(_)) && overlay.viewport.selected == selected;
        if !is_choice {
            return None;
        }
        self.pointer.note_closed();
        self.choose(true)
    }

    /// Selects a row of the list or of the comparison, or a hospital on the map. A second click opens it, as Enter does.
    fn click_row(&mut self, at: Position, is_second: bool) -> Option<Effect> {
        let (is_row, open) = match (&mut self.compare, &mut self.map) {
            (Some(compare), _) => (compare.click(at), Action::OpenRow),
            (None, Some(map)) => (map.click(at), Action::ShowDetail),
            (None, None) => (self.browse.click(at), Action::OpenDetail),
        };
        if !(is_row && is_second) {
            return None;
        }
        self.browse.search_box.leave();
        self.update(open)
    }

    /// The scroll bars on top, each with the column that it stands in.
    fn scroll_bars(&self) -> Vec<(ScrollBarOf, Rect)> {
        let last_column = |area: Rect| Rect { x: area.right().saturating_sub(1), width: area.width.min(1), ..area };
        let within = |border: Rect| last_column(border.inner(Margin::new(0, 1)));
        if let Some(overlay) = self.overlays.last() {
            let (border, _) = layout::overlay(self.screen(), overlay.viewport.page.lines.len());
            let bar = overlay.viewport.can_scroll().then(|| (ScrollBarOf::Overlay, within(border)));
            return bar.into_iter().collect();
        }
        if let Some(open) = &self.compare {
            let text = open.areas().text;
            let bar = Rect { x: text.right(), width: 1, ..text };
            return open.viewport.can_scroll().then_some((ScrollBarOf::Compare, bar)).into_iter().collect();
        }
        if self.map.is_some() {
            return Vec::new();
        }
        let parts = self.browse.areas();
        let beside_text = Rect { y: parts.text.y, height: parts.text.height, ..last_column(parts.detail) };
        let list = self.browse.can_scroll().then_some((ScrollBarOf::List, parts.divider));
        let detail = self.browse.detail.can_scroll().then_some((ScrollBarOf::Detail, beside_text));
        list.into_iter().chain(detail).collect()
    }

    /// Scrolls to where the dragged scroll bar is held.
    fn drag(&mut self, at: Position) {
        let bars = self.scroll_bars();
        let Some((of, bar)) = bars.into_iter().find(|(of, _)| Some(*of) == self.pointer.dragged) else { return };
        let last = usize::from(bar.height.saturating_sub(1));
        let share = usize::from(at.y.saturating_sub(bar.y)).min(last);
        let viewport = match of {
            ScrollBarOf::List => return self.browse.scroll_to(share, last),
            ScrollBarOf::Detail => Some(&mut self.browse.detail),
            ScrollBarOf::Compare => self.compare.as_mut().map(|open| &mut open.viewport),
            ScrollBarOf::Overlay => self.overlays.last_mut().map(|overlay| &mut overlay.viewport),
        };
        if let Some(viewport) = viewport {
            viewport.scroll_to(share, last);
        }
    }
}
