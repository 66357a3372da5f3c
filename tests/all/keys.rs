//! What the screen says of keys: those that hold, whatever they are.

use std::sync::Arc;

use hospitui::formats::bundled;
use hospitui::tui::Bindings;
use hospitui::tui::app::App;
use hospitui::tui::glyphs::Glyphs;
use ratatui::layout::Size;

use crate::support::screen::Screen;

/// The browser in which these actions have these keys.
fn with_keys(lines: &[(&str, &str)]) -> Screen {
    let mut bindings = Bindings::default();
    for (name, keys) in lines {
        bindings.set(name, keys).unwrap();
    }
    bindings.check().unwrap();
    let size = Size::new(200, 50);
    let mut app = App::new(Arc::new(bundled()), size, Glyphs::UNICODE, true);
    app.set_bindings(bindings);
    Screen::showing(app, size)
}

const OWN: [(&str, &str); 8] = [
    ("search", "Ctrl-e"),
    ("mark", "Ctrl-t"),
    ("compare", "Ctrl-v"),
    ("remarks", "Ctrl-r"),
    ("back", "Ctrl-b"),
    ("open", "Ctrl-o"),
    ("complete", "Ctrl-y"),
    ("clear-query", "Ctrl-x"),
];

#[test]
fn the_screen_names_the_keys_that_hold() {
    for (keys, says) in [
        ("", "press Ctrl-e to search"),
        ("", "(Ctrl-r shows them)"),
        ("C-r", "(Ctrl-r hides them)"),
        ("C-v", "mark a hospital with Ctrl-t, move to another, then press Ctrl-v"),
        ("C-t j C-t j C-t", "A and B are marked; press Ctrl-t on one to unmark it, or Ctrl-v to compare"),
        ("s", " Ctrl-b closes "),
        ("? G", "the figure has a caveat; press Ctrl-o to read it"),
        ("C-t j C-v G", "  Ctrl-o opens"),
        ("C-e c i t y : c", "Ctrl-y  "),
        ("C-e x x x x", "Ctrl-x clears the search."),
        ("C-e x x x x Enter", "Ctrl-b clears the search."),
    ] {
        let text = with_keys(&OWN).typed(keys).text();
        assert!(text.contains(says), "{keys}: no {says} in\n{text}");
    }
}

#[test]
fn the_screen_names_no_key_where_an_action_has_none() {
    let none = OWN.map(|(name, keys)| (name, if matches!(name, "back" | "clear-query") { keys } else { "" }));
    for (keys, says, not) in [
        ("", " type to search", "press"),
        ("", "caveats", "shows them"),
        ("? G", "the figure has a caveat", "to read it"),
        ("x i t y : c", "ity:c", "Tab  "),
    ] {
        let text = with_keys(&none).typed(keys).text();
        assert!(text.contains(says) && !text.contains(not), "{keys}: {says}, not {not} in\n{text}");
    }
}

#[test]
fn a_click_on_the_words_that_close_a_box_closes_it() {
    let keys = [("back", "Ctrl-PgDn")];
    let (words, open) = (" Ctrl-PgDn closes ", with_keys(&keys).typed("s").text());
    let (row, line) = open.lines().enumerate().find(|(_, line)| line.contains(words)).unwrap();
    let column = line[..line.find(words).unwrap()].chars().count();
    let clicked = with_keys(&keys).typed("s").clicked(u16::try_from(column + 1).unwrap(), u16::try_from(row).unwrap());
    assert!(!clicked.text().contains("closes"), "{}", clicked.text());
}

#[test]
fn a_key_that_means_nothing_says_so_where_no_letter_begins_a_search() {
    for (keys, says) in [
        ("s %", "no command for “%” here; ? for help"),
        ("f C-k", "no command for “Ctrl-k” here; ? for help"),
        ("Space G c z", "no command for “z” here; ? for help"),
        ("Space G c Enter !", "no command for “!” here; ? for help"),
        ("? z", "no command for “z” here"),
    ] {
        let (before, screen) =
            (Screen::new(120, 40).typed(&keys[..keys.rfind(' ').unwrap()]), Screen::new(120, 40).typed(keys));
        let (before, text) = (before.text(), screen.text());
        let rows = |text: &str| text.lines().take(39).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(text.lines().last().unwrap().trim(), says, "{keys}");
        assert_eq!(rows(&text), rows(&before), "{keys} changes nothing else");
        let after = screen.typed("j").text();
        assert!(!after.lines().last().unwrap().contains("no command"), "{keys}: it goes with the next key");
    }
    let own = with_keys(&[("help", "F5")]).typed("s %").text();
    assert!(own.contains("no command for “%” here; F5 for help"), "{own}");
    let narrow = Screen::new(40, 10).typed("s C-x").text();
    assert!(narrow.contains("no command for “Ctrl-x” here") && !narrow.contains("for help"), "{narrow}");
    let list = Screen::new(120, 40).typed("z").text();
    assert!(list.contains("/ z") && !list.contains("no command"), "{list}");
}
