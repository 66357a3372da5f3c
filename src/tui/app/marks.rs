//! Marks, and the comparison that they open.

use super::{App, Compare, Effect};
use crate::compare::Comparison;
use crate::report::wording::{self, Citations};
use crate::report::{self, Content, Format, sentences};
use crate::tui::keymap::Show;
use crate::tui::page::compare::Entry;

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
                self.compare = Some(Compare { left, right, show: Show::All, selected: 0, top: 0 });
            }
            None => self.message = Some("mark a hospital with Space, move to another, then press c".to_owned()),
        }
    }

    /// Changes what the comparison shows, and keeps the selected row selected while it is still there.
    pub(super) fn change_comparison(&mut self, change: impl FnOnce(&mut Compare)) {
        let names = |app: &Self| -> Vec<String> {
            let names = app.with_comparison(|_, entries| entries.iter().map(Entry::name).collect());
            names.unwrap_or_default()
        };
        let Some(mut open) = self.compare else { return };
        let selected = names(self).into_iter().nth(open.selected);
        change(&mut open);
        self.compare = Some(open);
        let at = selected.and_then(|name| names(self).iter().position(|other| *other == name));
        self.compare = Some(Compare { selected: at.unwrap_or(0), ..open });
    }

    pub(super) fn swap(&mut self) {
        self.change_comparison(|open| (open.left, open.right) = (open.right, open.left));
    }

    /// Shows only some rows; asked for again, all.
    pub(super) fn show_only(&mut self, show: Show) {
        self.change_comparison(|open| open.show = if open.show == show { Show::All } else { show });
        let says = match self.compare.map_or(Show::All, |open| open.show) {
            Show::All => "all rows",
            Show::Differences => "only rows in which both sides say something, and not the same",
            Show::Comparable => "only rows that can be compared",
            Show::Gaps => "only rows with a gap",
        };
        self.message = Some(says.to_owned());
    }

    pub(super) fn jump_to_difference(&mut self, forward: bool) {
        let Some(open) = self.compare else { return };
        let differing: Vec<usize> = self
            .with_comparison(|_, entries| {
                entries.iter().enumerate().filter(|(_, entry)| entry.differs()).map(|(at, _)| at).collect()
            })
            .unwrap_or_default();
        let target = if forward {
            differing.iter().find(|at| **at > open.selected)
        } else {
            differing.iter().rev().find(|at| **at < open.selected)
        };
        match (target, &mut self.compare) {
            (Some(&at), Some(open)) => open.selected = at,
            _ => self.message = Some("no further row differs".to_owned()),
        }
    }

    pub(super) fn cite(&mut self) -> Option<Effect> {
        let text = match self.compare {
            Some(open) => self
                .with_comparison(|comparison, entries| {
                    entries.get(open.selected).map(|entry| match entry {
                        Entry::Fact(row) => sentences::fact_row(comparison, row),
                        Entry::Measure(row) => sentences::compared_row(comparison, row),
                        Entry::Listed(_, row) => sentences::listed(comparison, row),
                    })
                })
                .flatten(),
            None => self.selected().map(|key| sentences::citation(&self.catalog, key)),
        };
        let sources = |open: Compare| {
            let citations = Citations::new(&self.catalog, &[open.left, open.right]);
            citations.all().map(|source| format!("\n{}", wording::source(source))).collect::<Vec<_>>().concat()
        };
        let text = text? + &self.compare.map_or(String::new(), sources);
        self.message = Some("sent to the clipboard with its sources; some terminals ignore that".to_owned());
        Some(Effect::Copy(text))
    }

    pub(super) fn copy_comparison(&mut self) -> Option<Effect> {
        let open = self.compare?;
        let content = Content::Comparison(Comparison::new(&self.catalog, open.left, open.right));
        let mut markdown = Vec::new();
        report::write(&mut markdown, &content, Format::Markdown, None).ok()?;
        self.message = Some("the comparison was sent to the clipboard; some terminals ignore that".to_owned());
        Some(Effect::Copy(String::from_utf8(markdown).ok()?))
    }
}
