//! The help: every key, from the one table, and what the marks of a comparison mean.

use super::{Page, Role};
use crate::compare::Verdict;
use crate::tui::keymap;

/// The help, laid out for `columns`.
#[must_use]
pub fn page(columns: usize) -> Page {
    const KEYS: usize = 13;
    let mut page = Page::default();
    let says = columns.saturating_sub(KEYS + 6).max(10);
    for (heading, bindings) in keymap::groups() {
        page.heading(&heading);
        for binding in bindings {
            page.cells(2, &[(&binding.names(), Role::Key, KEYS), (binding.says, Role::Plain, says)]);
        }
    }
    page.heading("Editing the filter");
    for (keys, does) in keymap::EDITING {
        page.cells(2, &[(keys, Role::Key, KEYS), (does, Role::Plain, says)]);
    }
    page.heading("Verdicts of the comparison");
    for verdict in Verdict::ALL {
        let mark = format!("{} {}", verdict.mark(), verdict.words());
        page.cells(
            2,
            &[(&mark, Role::Limited, 22), (verdict.sentence(), Role::Plain, columns.saturating_sub(28).max(10))],
        );
    }
    page
}
