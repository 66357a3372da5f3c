//! The help: every key, from the key table, and what the symbols of a comparison mean.

use crate::tui::bindings::Bindings;
use crate::tui::keymap::{self, Action, Context};
use crate::tui::page::{Page, Role};

/// Columns that the keys take.
const KEYS: usize = 16;

/// What symbols mean that are not keys, after the one of a caveat.
const SYMBOLS: [(&str, &str); 2] = [
    ("[1]", "the number of the source, at the end of the page"),
    ("about", "a number calculated from figures that have a limit"),
];

/// The help, laid out for so many columns.
pub(crate) fn page(bindings: &Bindings, columns: usize) -> Page {
    let mut page = Page::default();
    let room = columns.saturating_sub(KEYS + 6).max(10);
    let mut add = |heading: &str, lines: &[(&str, &str)]| {
        page.heading(heading);
        for (key, meaning) in lines {
            page.cells(2, &[(key, Role::Key, KEYS), (meaning, Role::Plain, room)]);
        }
    };
    for (heading, group) in keymap::groups() {
        let keys = |binding| (bindings.keys_of(binding), binding.description);
        let lines: Vec<_> = group.into_iter().map(keys).filter(|(keys, _)| !keys.is_empty()).collect();
        add(&heading, &lines);
    }
    add(keymap::EDITING_HEADING, keymap::EDITING);
    let open = bindings.key_of(Action::OpenRow, Context::Compare);
    let caveat = open.map_or_else(String::new, |key| format!("; press {key} to read it"));
    let caveat = format!("the figure has a caveat{caveat}");
    add("Symbols in the comparison", &[&[("!", &*caveat)], &SYMBOLS[..]].concat());
    page
}
