//! The detail pane: going there, reading it, and laying out its page.

use ratatui::layout::Position;

use crate::catalog::Catalog;
use crate::report::citation::Citable;
use crate::tui::app::browse::Browse;
use crate::tui::keymap::Motion;
use crate::tui::layout::Pane;
use crate::tui::page::detail::{self, Remarks};

impl Browse {
    /// Goes to the detail pane, when there is a hospital to show. It is read from its name on.
    pub(in crate::tui::app) fn focus_detail(&mut self) {
        if self.selected_hospital().is_some() {
            (self.focus, self.is_on_title) = (Pane::Detail, true);
            self.detail.go_to_start();
        }
    }

    /// Goes to the line of the detail pane that was clicked.
    pub(super) fn click_detail(&mut self, at: Position) {
        if self.selected_hospital().is_some() {
            let text = self.areas().text;
            self.focus = Pane::Detail;
            self.is_on_title = at.y < text.y;
            self.detail.select_line(at.y.saturating_sub(text.y).into());
        }
    }

    /// Reads on in the detail pane. The name above the page is its first line.
    pub(super) fn read(&mut self, motion: Motion, catalog: &Catalog) {
        self.lay_out_detail(catalog);
        match motion {
            Motion::Down if self.is_on_title => self.is_on_title = false,
            Motion::Up if self.detail.cursor_line == 0 => self.is_on_title = true,
            _ => {
                self.is_on_title = motion == Motion::First;
                self.detail.scroll(motion);
            }
        }
    }

    /// Scrolls the detail pane, whichever pane has the keys. What is read is then a line of the page.
    pub(in crate::tui::app) fn scroll_detail(&mut self, motion: Motion, catalog: &Catalog) {
        self.lay_out_detail(catalog);
        self.detail.scroll(motion);
        self.is_on_title = false;
    }

    /// Shows the caveats and notes of the hospital, or only their number; whether they are shown now.
    pub(in crate::tui::app) fn toggle_remarks(&mut self) -> bool {
        self.has_remarks = !self.has_remarks;
        self.detail_of = None;
        self.has_remarks
    }

    /// What can be cited in the line that is read: two figures where they stand beside each other.
    pub(in crate::tui::app) fn citable_read(&self) -> Vec<&Citable> {
        let is_read = self.focus == Pane::Detail && !self.is_on_title;
        let lines = self.citable.iter().filter(|(lines, _)| is_read && lines.contains(&self.detail.cursor_line));
        lines.map(|(_, citable)| citable).collect()
    }

    /// Lays out the page of the selected hospital, if it is seen and not laid out yet.
    pub(in crate::tui::app) fn lay_out_detail(&mut self, catalog: &Catalog) {
        let text = self.areas().text;
        let (height, columns) = (usize::from(text.height), text.width);
        if text.is_empty() {
            return;
        }
        let wanted = self.selected_hospital().map(|key| (key, columns));
        if wanted.is_none() || wanted != self.detail_of || height != self.detail.height {
            let remarks = Remarks { are_shown: self.has_remarks, key: self.remarks_key.as_deref() };
            let laid_out = wanted.map(|(key, columns)| detail::page(catalog, key, columns.into(), remarks));
            let (page, citable) = laid_out.unwrap_or_default();
            self.detail.show(page, height);
            self.citable = citable;
            self.detail_of = wanted;
        }
    }
}
