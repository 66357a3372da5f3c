//! Clicks and the wheel.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::App;
use super::motion::moved;
use crate::tui::keymap::Motion;
use crate::tui::layout::{self, Pane};

impl App {
    pub(super) fn click_or_scroll(&mut self, mouse: MouseEvent) {
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollUp => self.scroll_at(at, Motion::Up),
            MouseEventKind::ScrollDown => self.scroll_at(at, Motion::Down),
            MouseEventKind::Down(MouseButton::Left) => self.click(at),
            _ => return,
        }
        self.clamp();
    }

    /// The wheel moves what is under it, three lines at a time where lines scroll.
    pub(super) fn scroll_at(&mut self, at: Position, motion: Motion) {
        const LINES: usize = 3;
        let parts = layout::browse(self.size, self.browse.focus);
        let scrolls = |from: usize| (0..LINES).fold(from, |from, _| moved(from, motion, usize::MAX, 1));
        if !self.overlays.is_empty() {
            (0..LINES).for_each(|_| self.step(motion));
        } else if self.compare.is_some() || parts.list.contains(at) {
            self.step_list_or_row(motion);
        } else if parts.detail.contains(at) {
            self.browse.scroll = scrolls(self.browse.scroll);
        }
    }

    pub(super) fn step_list_or_row(&mut self, motion: Motion) {
        if self.compare.is_some() {
            self.step(motion);
        } else {
            self.select(moved(self.browse.selected, motion, self.browse.found.total, 1));
        }
    }

    pub(super) fn click(&mut self, at: Position) {
        if !self.overlays.is_empty() {
            return;
        }
        if let Some(open) = &mut self.compare {
            let text = layout::compare(self.size).text;
            if text.contains(at) {
                open.select_line(usize::from(at.y - text.y));
            }
            return;
        }
        let parts = layout::browse(self.size, self.browse.focus);
        if parts.rows.contains(at) {
            let hospital =
                self.browse.top + usize::from((at.y - parts.rows.y) / layout::lines_per_hospital(parts.rows));
            self.browse.focus = Pane::List;
            if hospital < self.browse.found.total {
                self.select(hospital);
            }
        } else if parts.filter.contains(at) {
            (self.browse.editing, self.browse.focus) = (true, Pane::List);
        } else if parts.detail.contains(at) {
            (self.browse.editing, self.browse.focus) = (false, Pane::Detail);
        }
    }
}
