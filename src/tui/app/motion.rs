//! Moving and scrolling, and keeping both within what there is to show.

use super::{App, Overlay};
use crate::tui::keymap::Motion;
use crate::tui::layout::{self, Pane};

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
        } else if self.compare.is_some() {
            let height = self.compare_height();
            self.compare.iter_mut().for_each(|open| open.step(motion, height));
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
    pub(super) fn clamp(&mut self) {
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
        self.clamp_comparison();
        if let Some((_, page, scroll)) = self.overlay_page(self.size) {
            let shown = layout::overlay(self.size, page.lines.len()).1.height;
            let most = page.lines.len().saturating_sub(shown.into());
            let mut scroll = scroll.min(most);
            if let Some(Overlay::Menu { selected, .. }) = self.overlays.last_mut() {
                *selected = (*selected).min(page.rows.len().saturating_sub(1));
                let (start, end) = page.lines_of_row(*selected);
                scroll = scroll.clamp(end.saturating_sub(shown.into()).min(start), start).min(most);
            }
            if let Some(overlay) = self.overlays.last_mut() {
                *overlay.scroll() = scroll;
            }
        }
    }

    /// The lines of the comparison that are seen.
    pub(super) fn compare_height(&self) -> usize {
        layout::compare(self.size).text.height.into()
    }

    fn clamp_comparison(&mut self) {
        let parts = layout::compare(self.size);
        if let Some(open) = &mut self.compare {
            open.lay_out(parts.text.width.into());
            open.clamp(parts.text.height.into());
        }
    }
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
