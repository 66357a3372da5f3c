//! Whole sessions of the real program in a pseudo-terminal.

use crate::support::base64;
use crate::support::command::{self, PROGRAM};
use crate::support::terminal::{Terminal, trimmed};

mod appearance;
mod clipboard;
mod files;
mod links;
mod loading;
mod memory;
mod search_box;

fn browser() -> Terminal {
    Terminal::browse(120, 40, &[], &[])
}

/// Types keys step by step. After each step the screen must show the given text, or no longer show it if a `!` precedes it.
fn flow(mut terminal: Terminal, steps: &[(&str, &str)]) -> Terminal {
    for (keys, shown) in steps {
        terminal.type_keys(keys);
        match shown.strip_prefix('!') {
            Some(gone) => terminal.see_gone(gone),
            None => terminal.see(shown),
        }
    }
    terminal
}

/// Quits, and asserts that the terminal is restored and that no request of a hostile text reached it.
fn quit(mut terminal: Terminal) {
    terminal.type_keys("C-c");
    let status = terminal.wait_for_end();
    assert_eq!(status.exit_code(), 0, "{status:?}");
    terminal.assert_restored();
    assert_eq!(terminal.asked().mischief, [""; 0]);
}

#[test]
fn browse_filter_compare_and_quit() {
    let mut terminal = browser();
    terminal.see("5 of 5");
    terminal.type_keys("Down Down");
    terminal.see("▌Shanghai");
    terminal.type_keys("/ c h o n g");
    terminal.see("2 of 5");
    terminal.see_gone("Mudanjiang Women");
    terminal.type_keys("Esc");
    terminal.see("press / to search");
    terminal.type_keys("/ m d j n g");
    terminal.see("▌Mudanjiang");
    terminal.type_keys("Enter Esc");
    terminal.see("press / to search");
    terminal.type_keys("g Space");
    terminal.see("A▌Guangzhou");
    terminal.type_keys("j j Space c");
    terminal.see("A larger by more than 620");
    terminal.see("more than 1,500  2018 or");
    terminal.see("880  as of 2022-03-11 !");
    terminal.type_keys("?");
    terminal.see("Outside the search box");
    terminal.type_keys("q");
    terminal.see_gone("Outside the search box");
    terminal.type_keys("q");
    let status = terminal.wait_for_end();
    assert_eq!(status.exit_code(), 0, "{status:?}");
    terminal.assert_restored();
}

#[test]
fn help_lists_every_key() {
    let mut terminal = Terminal::browse(120, 130, &[], &[]);
    terminal.type_keys("?");
    terminal.see("has a caveat");
    let text = terminal.text();
    for binding in hospitui::tui::keymap::BINDINGS {
        let wanted =
            |line: &&str| line.contains(&format!("│   {} ", binding.keys)) && line.contains(binding.description);
        let line = text.lines().find(wanted);
        assert!(line.is_some(), "{} is not in the help:\n{text}", binding.keys);
    }
}

#[test]
fn ctrl_c_quits_from_everywhere() {
    for keys in ["", "/ a", "Space G c", "?", "Space G c Enter"] {
        let mut terminal = browser();
        terminal.type_keys(keys);
        terminal.type_keys("C-c");
        assert_eq!(terminal.wait_for_end().exit_code(), 0, "after `{keys}`");
        terminal.assert_restored();
    }
}

#[test]
fn the_mouse_works_and_can_be_turned_off() {
    let mut terminal = browser();
    assert_ne!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    terminal.send(b"\x1b[<0;6;8M\x1b[<0;6;8m");
    terminal.see("▌Shanghai");
    terminal.type_keys("m");
    terminal.wait_for("mouse off", |screen| screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None);
    let terminal = Terminal::browse(120, 40, &["--no-mouse"], &[]);
    assert_eq!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
}

#[test]
fn the_wheel_scrolls_what_is_under_it() {
    let mut terminal = browser();
    terminal.send(b"\x1b[<65;6;8M\x1b[<65;6;8M");
    terminal.see("▌Shanghai");
    let before = terminal.text();
    terminal.send(b"\x1b[<65;90;20M");
    terminal.wait_for("the detail scrolled", |screen| trimmed(screen) != before);
    assert!(terminal.text().contains("▌Shanghai"), "{}", terminal.text());
    quit(terminal);
}

#[test]
fn a_click_on_the_filter_edits_it_and_on_the_detail_leaves_it() {
    let mut terminal = browser();
    terminal.send(b"\x1b[<0;6;2M\x1b[<0;6;2m");
    terminal.type_keys("m d j");
    terminal.see("/ mdj");
    terminal.send(b"\x1b[<0;90;20M\x1b[<0;90;20m");
    terminal.see("← list");
    quit(terminal);
}

#[test]
fn the_detail_is_opened_scrolled_and_left() {
    let mut terminal = flow(Terminal::browse(80, 24, &[], &[]), &[("l", "← list")]);
    let before = terminal.text();
    terminal.type_keys("C-d C-d");
    terminal.wait_for("the detail scrolled", |screen| trimmed(screen) != before);
    quit(flow(terminal, &[("G", "Undated profile"), ("g", "Guangzhou"), ("Esc", "→ detail")]));
}

#[test]
fn paging_reaches_both_ends() {
    quit(flow(
        browser(),
        &[
            ("End", "▌Children's Hospital"),
            ("Home", "▌Guangzhou"),
            ("PageDown", "▌Children's Hospital"),
            ("PageUp", "▌Guangzhou"),
        ],
    ));
}

#[test]
fn two_marks_and_no_third() {
    quit(flow(
        browser(),
        &[
            ("c", "mark a hospital with Space"),
            ("Space", "A▌Guangzhou"),
            ("j Space", "B▌Chongqing"),
            ("j Space", "A and B are marked"),
            ("k Space", " ▌Chongqing"),
        ],
    ));
}

#[test]
fn a_comparison_is_swapped_narrowed_and_left() {
    quit(flow(
        browser(),
        &[
            ("Space j j c", "B Shanghai"),
            ("x", "A Shanghai"),
            ("d", "differing rows"),
            ("d", "all rows"),
            ("=", "rows in both texts"),
            ("-", "rows in one text"),
            ("- n", "Summary"),
            ("Esc", "5 of 5"),
        ],
    ));
}

#[test]
fn a_row_and_a_group_are_opened() {
    quit(flow(
        browser(),
        &[
            ("Space G c n n", "answered"),
            ("Enter", "Esc closes"),
            ("Esc", "!Esc closes"),
            ("G Enter", "▾ ONLY IN B'S TEXT"),
            ("Enter", "▸ ONLY IN B'S TEXT"),
            ("?", "Help"),
            ("F1", "▌"),
        ],
    ));
}

#[test]
fn the_order_changes_and_comes_back() {
    quit(flow(
        browser(),
        &[
            ("s", "Sort"),
            ("j Enter", "sorted by name"),
            ("s j Enter", "sorted by place"),
            ("s g Enter", "sorted by relevance"),
            ("/ c h o n g", "2 of 5"),
        ],
    ));
}

#[test]
fn own_keys_act_and_are_shown() {
    let args = ["--keys", "quit=Ctrl-q", "--keys", "down=E Down", "--keys", "mark=%"];
    let mut terminal = flow(
        Terminal::browse(120, 40, &args, &[]),
        &[("E", "▌Chongqing Health"), ("%", "A▌Chongqing"), ("?", "Ctrl-q"), ("Esc", "% mark")],
    );
    terminal.type_keys("q");
    terminal.see("/ q");
    terminal.type_keys("Esc");
    terminal.see("press / to search");
    terminal.type_keys("C-q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
}

#[test]
fn copies_go_to_the_clipboard_with_their_sources() {
    let mut terminal = browser();
    for (keys, wanted) in [("y", "Guangzhou"), ("Space G c n n n y", "[1] “Hospital Introduction”"), ("Y", "| --- |")]
    {
        let before = terminal.asked().clipboard.len();
        terminal.type_keys(keys);
        terminal.wait_until("a copy", |terminal| terminal.asked().clipboard.len() > before);
        let copied = base64::decode(&terminal.asked().clipboard[before]);
        assert!(copied.contains(wanted) && !copied.contains('\u{1b}'), "{copied}");
    }
    quit(terminal);
}

#[test]
fn keys_typed_ahead_are_handled_in_order() {
    let mut terminal = browser();
    terminal.send(b"/chong\r Gc");
    terminal.see("answered");
    terminal.see("A Chongqing");
    terminal.type_keys("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn esc_goes_back_and_never_quits() {
    let steps = [("Space G c Enter ?", "Help"), ("Esc", "!Help"), ("Esc", "!Esc closes"), ("Esc", "!answered")];
    let mut terminal = flow(browser(), &steps);
    terminal.type_keys("Esc");
    // A resize separates the keys.
    terminal.resize(100, 30);
    terminal.wait_for("the new size", |screen| screen.rows(0, 100).nth(29).is_some_and(|row| row.contains("? help")));
    quit(terminal);
}

#[test]
fn keys_without_a_meaning_do_nothing() {
    let mut terminal = browser();
    let before = terminal.text();
    // F5, Insert, Alt-;, Ctrl-Up, a focus report, and an unknown sequence.
    terminal.send(b"\x1b[15~\x1b[2~\x1b;\x1b[1;5A\x1b[I\x1b[99;99;99z");
    let mut terminal = flow(terminal, &[("?", "Help")]);
    terminal.type_keys("?");
    terminal.wait_for("the same screen", |screen| trimmed(screen) == before);
    quit(terminal);
}

#[test]
fn an_own_key_to_quit_works_while_typing_and_in_every_box() {
    for open in ["/ c h o", "?", "f", "s", "Space j c", "Space j c Enter"] {
        let mut terminal = Terminal::browse(120, 40, &["--keys", "quit=q Ctrl-q"], &[]);
        terminal.type_keys(open);
        terminal.send(b"\x11");
        assert!(terminal.wait_for_end().success(), "{open}");
    }
}
