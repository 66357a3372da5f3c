//! A page of which a part is seen: scrolling it, and selecting a row of it.

use std::ops::Range;

use crate::tui::keymap::Motion;
use crate::tui::page::Page;

/// Lines that one step of the wheel scrolls.
pub(super) const WHEEL_LINES: usize = 3;

/// A page, the part of it that is seen, and the row that is selected. A page without rows is read line by line, and so is
/// one with rows where that is asked for: the row that is read is then the selected one.
#[derive(Debug, Default)]
pub struct Viewport {
    pub(crate) page: Page,
    /// Lines that are seen.
    pub(crate) height: usize,
    /// The first line that is seen.
    pub top: usize,
    /// The selected row.
    pub selected: usize,
    /// The line that is read, always one that is seen. It moves with the page, and on alone where the page has come to
    /// an end: so every line can be reached, and scrolling is the same as without it.
    pub(crate) cursor_line: usize,
    /// Whether the keys move from line to line, and the selection follows.
    pub(super) moves_by_lines: bool,
}

impl Viewport {
    /// Shows `page` instead, `height` lines of it. The selection and the scroll position stay, as far as it has them.
    pub(super) fn show(&mut self, page: Page, height: usize) {
        let row_before = self.page.rows.get(self.selected).cloned();
        (self.page, self.height) = (page, height);
        if self.moves_by_lines
            && let (Some(before), Some(row)) = (row_before, self.page.rows.get(self.selected))
        {
            // As far from the selected row as it was, and still within it if it was.
            let line = (row.start + self.cursor_line).saturating_sub(before.start);
            self.cursor_line =
                if before.contains(&self.cursor_line) { line.min(row.end.saturating_sub(1)) } else { line };
        }
        self.clamp();
    }

    /// The last scroll position.
    fn last_top(&self) -> usize {
        self.page.lines.len().saturating_sub(self.height)
    }

    /// Moves by lines where the page is read so, else by rows.
    pub(super) fn scroll(&mut self, motion: Motion) {
        if self.is_read_by_lines() {
            self.top = moved(self.top, motion, self.last_top() + 1, self.height);
            self.cursor_line = moved(self.cursor_line, motion, self.page.lines.len(), self.height);
            self.update_cursor_line();
        } else {
            self.step(motion);
        }
    }

    /// Turns the wheel by one step. It moves what is seen: lines that are only read are left behind.
    pub(super) fn wheel(&mut self, motion: Motion) {
        self.update_cursor_line();
        self.scroll(motion);
    }

    fn is_read_by_lines(&self) -> bool {
        self.moves_by_lines || self.page.rows.is_empty()
    }

    /// Goes back to the start of the page.
    pub(super) fn go_to_start(&mut self) {
        (self.top, self.cursor_line) = (0, 0);
        self.update_cursor_line();
    }

    /// Scrolls to a share of the page.
    pub(super) fn scroll_to(&mut self, share: usize, of: usize) {
        self.turn(self.last_top() * share / of.max(1));
    }

    /// Whether there is more of the page than is seen.
    pub(super) fn can_scroll(&self) -> bool {
        self.last_top() > 0
    }

    /// Selects a row, and brings it into view.
    pub(super) fn select(&mut self, row: usize) {
        self.selected = row;
        self.cursor_line = self.page.rows.get(row).map_or(self.cursor_line, |lines| lines.start);
        self.clamp();
        self.reveal();
    }

    /// Moves the selection by rows, a page being what is seen. A row that is higher than the screen is scrolled through.
    /// Lines before the selected row and behind it are read on until the row is reached.
    fn step(&mut self, motion: Motion) {
        let (row, line) = (self.selected, self.cursor_line);
        let (start, end) = self.page.lines_of_row(row);
        let own = self.page.rows.get(row).cloned().unwrap_or_default();
        match motion {
            Motion::Down if line < own.start => {
                self.top += usize::from(end > self.top + self.height);
                self.cursor_line = line + 1;
                return self.bring_line_into_view();
            }
            Motion::Up if line > own.start => {
                self.top -= usize::from(start < self.top);
                self.cursor_line = line.saturating_sub(1);
                return self.bring_line_into_view();
            }
            _ => {}
        }
        self.move_selection(motion);
        self.update_cursor_line();
        // Before the first row and behind the last one there are lines to read, too.
        match motion {
            Motion::Down if self.selected == row => self.cursor_line = (line + 1).min(end.saturating_sub(1)),
            Motion::Up if self.selected == row => self.cursor_line = line.saturating_sub(1).max(start),
            _ => {}
        }
        self.keep_line_seen();
    }

    fn move_selection(&mut self, motion: Motion) {
        let (start, end) = self.page.lines_of_row(self.selected);
        let page = self.height.saturating_sub(1).max(1);
        match motion {
            Motion::Down if end > self.top + self.height => self.top += 1,
            Motion::Up if start < self.top => self.top -= 1,
            Motion::Down | Motion::Up => {
                let row = moved(self.selected, motion, self.page.rows.len(), 1);
                // Behind the last row there may be a screen of sources, which stays.
                if row != self.selected {
                    self.select(row);
                }
            }
            Motion::First => (self.selected, self.top) = (0, 0),
            Motion::Last => {
                self.selected = self.page.rows.len().saturating_sub(1);
                self.top = self.last_top();
            }
            Motion::PageDown => self.turn(self.top.saturating_add(page)),
            Motion::PageUp => self.turn(self.top.saturating_sub(page)),
            Motion::HalfDown => self.turn(self.top.saturating_add(page.div_ceil(2))),
            Motion::HalfUp => self.turn(self.top.saturating_sub(page.div_ceil(2))),
        }
    }

    /// Shows the lines from `top` on, and selects a row among them.
    fn turn(&mut self, top: usize) {
        let last = self.last_top();
        let is_at_end = top > last && self.top >= last;
        let is_at_start = top == 0 && self.top == 0;
        self.top = top.min(last);
        let seen = self.top..self.top + self.height.max(1);
        let is_seen = |row: &Range<usize>| row.start < seen.end && row.end > seen.start;
        let rows = &self.page.rows;
        self.selected = if is_at_end {
            rows.len().saturating_sub(1)
        } else if is_at_start {
            0
        } else if rows.get(self.selected).is_some_and(is_seen) {
            self.selected
        } else {
            let whole = rows.iter().position(|row| seen.contains(&row.start));
            whole.or_else(|| rows.iter().position(is_seen)).unwrap_or(self.selected)
        };
        self.update_cursor_line();
    }

    /// Selects the row at a line of the screen; whether there is one. A page that is read by lines is read on from there.
    pub(super) fn select_line(&mut self, line: usize) -> bool {
        let row = self.page.rows.iter().position(|row| row.contains(&(self.top + line)));
        self.selected = row.unwrap_or(self.selected);
        if self.is_read_by_lines() {
            self.cursor_line = self.top + line;
        }
        self.update_cursor_line();
        row.is_some()
    }

    /// Reads the selected row where it is seen. A page that is read by lines is read on where it was, and the row that is
    /// read is selected, or between two rows the next one.
    fn update_cursor_line(&mut self) {
        if self.is_read_by_lines() {
            self.keep_line_seen();
            let rows = &self.page.rows;
            let row = rows.iter().position(|row| self.cursor_line < row.end);
            self.selected = row.unwrap_or(rows.len().saturating_sub(1));
        } else if let Some(row) = self.page.rows.get(self.selected) {
            self.cursor_line = if self.is_selection_seen() { row.start } else { self.top };
            self.keep_line_seen();
        }
    }

    /// Scrolls as little as possible to the line that is read.
    fn bring_line_into_view(&mut self) {
        let first = (self.cursor_line + 1).saturating_sub(self.height.max(1));
        self.top = self.top.clamp(first, self.cursor_line.max(first)).min(self.last_top());
        self.keep_line_seen();
    }

    fn keep_line_seen(&mut self) {
        let end = self.page.lines.len().min(self.top + self.height.max(1));
        self.cursor_line = self.cursor_line.min(end.saturating_sub(1)).max(self.top);
    }

    /// Where on the screen the line stands that is read.
    pub(crate) fn line_on_screen(&self) -> u16 {
        u16::try_from(self.cursor_line.saturating_sub(self.top)).unwrap_or(0)
    }

    /// Whether some of the selected row is seen.
    pub(super) fn is_selection_seen(&self) -> bool {
        let row = self.page.rows.get(self.selected);
        row.is_some_and(|row| row.start < self.top + self.height && row.end > self.top)
    }

    /// Whether keys act on the selected row: where the page is read by lines, only while the row is read.
    pub(super) fn is_selection_read(&self) -> bool {
        let row = self.page.rows.get(self.selected);
        self.is_selection_seen() && (!self.moves_by_lines || row.is_some_and(|row| row.contains(&self.cursor_line)))
    }

    /// Whether the selected row has not been reached.
    pub(super) fn is_selection_ahead(&self) -> bool {
        let row = self.page.rows.get(self.selected);
        if self.moves_by_lines {
            row.is_some_and(|row| self.cursor_line < row.start)
        } else {
            !self.is_selection_seen()
        }
    }

    /// Keeps within the page, and some of the selected row in view.
    pub(super) fn clamp(&mut self) {
        self.selected = self.selected.min(self.page.rows.len().saturating_sub(1));
        self.top = self.top.min(self.last_top());
        if self.moves_by_lines {
            self.bring_line_into_view();
            return self.update_cursor_line();
        }
        let (start, end) = self.page.lines_of_row(self.selected);
        if !self.page.rows.is_empty() && (start >= self.top + self.height.max(1) || end <= self.top) {
            self.reveal();
        }
        self.update_cursor_line();
    }

    /// Brings the whole selected row into view, with its heading where it is the first below one.
    pub(super) fn reveal(&mut self) {
        if self.moves_by_lines {
            return self.update_cursor_line();
        }
        let (start, end) = self.page.lines_of_row(self.selected);
        let shows_end = end.saturating_sub(self.height);
        self.top = self.top.clamp(start.min(shows_end), start.max(shows_end));
        // What belongs to the row may fill the screen alone, as sources do.
        if !self.is_selection_seen() {
            self.top = self.page.rows.get(self.selected).map_or(0, |row| row.start);
        }
        self.top = self.top.min(self.last_top());
        self.update_cursor_line();
    }
}

/// Where `motion` leads from `at` among `count`, a page being `page` long.
pub(super) fn moved(at: usize, motion: Motion, count: usize, page: usize) -> usize {
    let last = count.saturating_sub(1);
    // A line of the old page stays in view.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::page::PageLine;

    #[test]
    fn a_text_scrolls_the_same_whatever_line_is_read() {
        use Motion::{Down, First, HalfDown, HalfUp, Last, PageDown, PageUp, Up};

        let lines = (0..50).map(|_| PageLine::default()).collect();
        let mut viewport = Viewport::default();
        viewport.show(Page { lines, ..Page::default() }, 20);
        let mut top = 0;
        let motions = [Down, PageDown, PageDown, Down, Down, Up, HalfUp, PageUp, Up, Last, Up, HalfDown, First, Down];
        for motion in motions.into_iter().chain([Down; 60]).chain([Up; 60]) {
            viewport.scroll(motion);
            top = moved(top, motion, 31, 20);
            assert_eq!(viewport.top, top, "{motion:?}");
            assert!((top..top + 20).contains(&viewport.cursor_line), "{motion:?}: {} at {top}", viewport.cursor_line);
        }
    }
}
