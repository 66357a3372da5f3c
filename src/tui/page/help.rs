//! The help: every key, from the one table, and what the signs of a comparison mean.

use super::{Page, Role};
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
    page.heading("Signs in the comparison");
    for (sign, meaning) in SIGNS {
        page.cells(2, &[(sign, Role::Key, KEYS), (meaning, Role::Plain, says)]);
    }
    page
}

/// What signs mean that are not keys.
const SIGNS: [(&str, &str); 3] = [
    ("!", "the figure has a caveat; Enter shows it"),
    ("[1]", "the number of the source, at the end of the page"),
    ("about", "a number worked out here from figures that have a limit"),
];
