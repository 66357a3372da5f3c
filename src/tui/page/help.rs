//! The help: every key, from the key table, and what the symbols of a comparison mean.

use crate::tui::keymap;
use crate::tui::page::{Page, Role};

/// Columns that the keys take.
const KEYS: usize = 13;

/// What symbols mean that are not keys.
const SYMBOLS: [(&str, &str); 3] = [
    ("!", "the figure has a caveat; press Enter to read it"),
    ("[1]", "the number of the source, at the end of the page"),
    ("about", "a number calculated from figures that have a limit"),
];

/// The help, laid out for so many columns.
pub(crate) fn page(columns: usize) -> Page {
    let mut page = Page::default();
    let room = columns.saturating_sub(KEYS + 6).max(10);
    let line = |page: &mut Page, keys: &str, does: &str| {
        page.cells(2, &[(keys, Role::Key, KEYS), (does, Role::Plain, room)]);
    };
    for (heading, bindings) in keymap::groups() {
        page.heading(&heading);
        bindings.iter().for_each(|binding| line(&mut page, binding.keys, binding.description));
    }
    page.heading(keymap::EDITING_HEADING);
    keymap::EDITING.iter().for_each(|(keys, does)| line(&mut page, keys, does));
    page.heading("Symbols in the comparison");
    SYMBOLS.iter().for_each(|(symbol, meaning)| line(&mut page, symbol, meaning));
    page
}
