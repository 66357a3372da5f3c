//! Moving and scrolling, and keeping both within what there is to show.

use super::{App, Compare, Overlay};
use crate::tui::keymap::Motion;
use crate::tui::layout::{self, Pane};
use crate::tui::page::Page;

impl App {
    pub(super) fn step(&mut self, motion: Motion) {
        if let Some(Overlay::Menu { kind, selected, scroll }) = self.overlays.last().copied() {
            let page = layout::overlay(self.size, usize::MAX).1.height.into();
            let selected = moved(selected, motion, self.menu_len(kind), page);
            self.overlays.pop();
            self.overlays.push(Overlay::Menu { kind, selected, scroll });
        } else if let Some(overlay) = self.overlays.last_mut() {
            let page = layout::overlay(self.size, usize::MAX).1.height.into();
            let scroll = overlay.scroll();
            *scroll = moved(*scroll, motion, usize::MAX, page);
        } else if let Some(open) = self.compare {
            self.compare = Some(self.step_comparison(open, motion));
        } else if self.browse.focus == Pane::Detail && !self.browse.editing {
            let page = layout::browse(self.size, Pane::Detail).text.height.into();
            self.browse.scroll = moved(self.browse.scroll, motion, usize::MAX, page);
        } else {
            let page = self.hospitals_on_screen();
            self.select(moved(self.browse.selected, motion, self.browse.found.total, page));
        }
    }

    pub(super) fn select(&mut self, at: usize) {
        if at != self.browse.selected {
            self.browse.scroll = 0;
        }
        self.browse.selected = at;
        self.browse.chosen = self.selected();
    }

    pub(super) fn hospitals_on_screen(&self) -> usize {
        let rows = layout::browse(self.size, Pane::List).rows;
        usize::from(rows.height / layout::lines_per_hospital(rows))
    }

    /// Brings every selection and scroll position within what there is to show.
    pub(super) fn settle(&mut self) {
        let browse = &mut self.browse;
        browse.selected = browse.selected.min(browse.found.total.saturating_sub(1));
        let visible = self.hospitals_on_screen().max(1);
        let browse = &mut self.browse;
        browse.top = browse.top.clamp((browse.selected + 1).saturating_sub(visible), browse.selected);
        // Pages are only laid out where they can be seen and have been scrolled.
        if self.compare.is_none() && self.browse.scroll > 0 {
            let text = usize::from(layout::browse(self.size, self.browse.focus).text.height);
            self.browse.scroll = self.browse.scroll.min(self.detail_page(self.size).lines.len().saturating_sub(text));
        }
        self.settle_comparison();
        if let Some((_, page, scroll)) = self.overlay_page(self.size) {
            let shown = layout::overlay(self.size, page.lines.len()).1.height;
            let most = page.lines.len().saturating_sub(shown.into());
            let mut scroll = scroll.min(most);
            if let Some(Overlay::Menu { selected, .. }) = self.overlays.last_mut() {
                *selected = (*selected).min(page.rows.len().saturating_sub(1));
                let (start, end) = lines_to_show(&page, *selected);
                scroll = scroll.clamp(end.saturating_sub(shown.into()).min(start), start).min(most);
            }
            if let Some(overlay) = self.overlays.last_mut() {
                *overlay.scroll() = scroll;
            }
        }
    }

    /// Moves to another row; within a row that is higher than the screen, scrolls first.
    pub(super) fn step_comparison(&self, open: Compare, motion: Motion) -> Compare {
        let page = self.compare_page(self.size);
        let height = usize::from(self.compare_layout(self.size).text.height);
        let (start, end) = lines_to_show(&page, open.selected);
        match motion {
            Motion::Down if end > open.top + height => Compare { top: open.top + 1, ..open },
            Motion::Up if start < open.top => Compare { top: open.top - 1, ..open },
            Motion::Last => Compare { selected: page.rows.len().saturating_sub(1), top: page.lines.len(), ..open },
            // Rows take about three lines.
            _ => Compare { selected: moved(open.selected, motion, page.rows.len(), height / 3), ..open },
        }
    }

    /// Keeps the selected row of the comparison on the screen, its heading too where it is the first; of a row
    /// that is higher than the screen, some of it.
    pub(super) fn settle_comparison(&mut self) {
        let Some(mut open) = self.compare else { return };
        let page = self.compare_page(self.size);
        let height = usize::from(self.compare_layout(self.size).text.height);
        open.selected = open.selected.min(page.rows.len().saturating_sub(1));
        let (start, end) = lines_to_show(&page, open.selected);
        let shows_end = end.saturating_sub(height);
        open.top = open.top.clamp(start.min(shows_end), start.max(shows_end));
        open.top = open.top.min(page.lines.len().saturating_sub(height));
        self.compare = Some(open);
    }
}

/// The lines that belong to a row: from its heading, if it is the first below one, and after the last row to
/// the end of the page, where the sources stand.
fn lines_to_show(page: &Page, selected: usize) -> (usize, usize) {
    let Some(row) = page.rows.get(selected) else { return (0, 0) };
    let start = page.rows[..selected].last().map_or(0, |before| before.end);
    let end = if selected + 1 == page.rows.len() { page.lines.len() } else { row.end };
    (start, end)
}

/// Where `motion` leads from `at` among `count`, a page being `page` long.
pub(super) fn moved(at: usize, motion: Motion, count: usize, page: usize) -> usize {
    let last = count.saturating_sub(1);
    // A line of the old page stays in sight.
    let page = page.saturating_sub(1).max(1);
    let to = match motion {
        Motion::Up => at.saturating_sub(1),
        Motion::Down => at.saturating_add(1),
        Motion::PageUp => at.saturating_sub(page),
        Motion::PageDown => at.saturating_add(page),
        Motion::HalfUp => at.saturating_sub(page.div_ceil(2)),
        Motion::HalfDown => at.saturating_add(page.div_ceil(2)),
        Motion::First => 0,
        Motion::Last => last,
    };
    to.min(last)
}
