//! Marks, and the comparison that they open.

use super::{App, Compare, Effect, Overlay};
use crate::compare::Comparison;
use crate::report::{self, Content, Format, sentences};
use crate::tui::keymap::Show;
use crate::tui::layout;

impl App {
    pub(super) fn mark(&mut self) {
        let Some(key) = self.selected() else { return };
        match self.marks.map(|mark| mark == Some(key)) {
            [true, _] => self.marks[0] = None,
            [_, true] => self.marks[1] = None,
            _ => match self.marks.iter_mut().find(|mark| mark.is_none()) {
                Some(free) => *free = Some(key),
                None => self.message = Some("A and B are marked; unmark one with Space, or press c".to_owned()),
            },
        }
    }

    pub(super) fn open_comparison(&mut self) {
        let pair = match (self.marks, self.selected()) {
            ([Some(a), Some(b)], _) => Some((a, b)),
            ([Some(a), None], Some(b)) if a != b => Some((a, b)),
            ([None, Some(b)], Some(a)) if a != b => Some((a, b)),
            _ => None,
        };
        match pair {
            Some((left, right)) => {
                let columns = layout::compare(self.size).text.width.into();
                self.compare = Some(Compare::new(&self.catalog, left, right, columns, self.glyphs));
            }
            None => self.message = Some("mark a hospital with Space, move to another, then press c".to_owned()),
        }
    }

    pub(super) fn swap(&mut self) {
        if let Some(open) = &mut self.compare {
            open.swap(&self.catalog);
        }
    }

    /// Shows only some rows; asked for again, all.
    pub(super) fn show_only(&mut self, show: Show) {
        let Some(open) = &mut self.compare else { return };
        open.show_only(show);
        let says = match open.show {
            Show::All => "all rows",
            Show::Differences => "only rows that differ",
            Show::BothTexts => "only what both texts say",
            Show::OneText => "only what one text says",
        };
        self.message = Some(says.to_owned());
    }

    pub(super) fn jump_to_answer(&mut self, forward: bool) {
        let height = self.compare_height();
        if let Some(open) = &mut self.compare
            && !open.jump_to_answer(forward, height)
        {
            self.message = Some("no further row has an answer".to_owned());
        }
    }

    /// Opens the selected row, or opens or folds the selected group.
    pub(super) fn open_row(&mut self) -> Option<Effect> {
        if !self.shows_selection() {
            return None;
        }
        let open = self.compare.as_mut()?;
        if open.toggle() {
            self.clamp();
            return None;
        }
        open.entry()?;
        let uncounted = open.uncounted();
        self.overlays.push(Overlay::Row { scroll: 0 });
        (!uncounted.is_empty()).then_some(Effect::Count(uncounted))
    }

    /// Brings the selected row of the comparison on the screen; whether it was there. Keys act on what is seen.
    fn shows_selection(&mut self) -> bool {
        let height = self.compare_height();
        let Some(open) = &mut self.compare else { return true };
        let is_seen = open.is_selection_seen(height);
        if !is_seen {
            open.reveal(height);
        }
        is_seen
    }

    pub(super) fn cite(&mut self) -> Option<Effect> {
        if !self.shows_selection() {
            return None;
        }
        let text = match &self.compare {
            Some(open) => sentences::cited(open.view(), open.entry()?),
            None => sentences::citation(&self.catalog, self.selected()?),
        };
        self.message = Some("copied with sources (if your terminal allows it)".to_owned());
        Some(Effect::Copy(text))
    }

    pub(super) fn copy_comparison(&mut self) -> Option<Effect> {
        let [left, right] = self.compare.as_ref()?.keys();
        let content = Content::Comparison(Comparison::new(&self.catalog, left, right));
        let mut markdown = Vec::new();
        report::write(&mut markdown, &content, Format::Markdown, None).ok()?;
        self.message = Some("the comparison was copied (if your terminal allows it)".to_owned());
        Some(Effect::Copy(String::from_utf8(markdown).ok()?))
    }
}
