//! How the screen looks in terminals of other sizes, colours and characters, and with one pane.

use super::{browser, flow, quit};
use crate::support::terminal::Terminal;

#[test]
fn resizing_redraws() {
    let mut terminal = browser();
    for (width, height) in [(80, 24), (50, 15), (39, 9), (200, 50), (120, 40)] {
        terminal.resize(width, height);
        let wanted = if width < 40 { "hospitui needs 40x10" } else { "? help" };
        terminal.see(wanted);
    }
    terminal.see("5 of 5");
}

#[test]
fn a_light_terminal_gets_other_colours_and_no_color_none() {
    let colours = |args: &[&str], env: &[(&str, &str)]| {
        let terminal = Terminal::browse(120, 40, args, env);
        let screen = terminal.screen();
        (0..40)
            .flat_map(|y| (0..120).map(move |x| (y, x)))
            .filter_map(|(y, x)| screen.cell(y, x).map(vt100::Cell::fgcolor))
            .fold(Vec::new(), |mut seen, colour| {
                if !seen.contains(&colour) {
                    seen.push(colour);
                }
                seen
            })
    };
    assert_ne!(colours(&["--theme", "dark"], &[]), colours(&["--theme", "light"], &[]));
    assert_eq!(colours(&[], &[("NO_COLOR", "1")]), [vt100::Color::Default]);
}

#[test]
fn a_narrow_terminal_shows_one_pane_and_a_tiny_one_its_need() {
    let terminal = flow(Terminal::browse(50, 15, &[], &[]), &[("", "5 of 5"), ("l", "Esc back"), ("h", "5 of 5")]);
    quit(terminal);
    let mut tiny = Terminal::start(20, 4, &[], &[]);
    tiny.see("hospitui needs 40x10");
    tiny.type_keys("q");
    assert_eq!(tiny.wait_for_end().exit_code(), 0);
    tiny.assert_restored();
}

#[test]
fn a_wide_terminal_shows_one_pane_where_that_is_asked_for() {
    for (args, env) in [(&["--panes", "one"][..], &[][..]), (&[], &[("HOSPITUI_PANES", "one")])] {
        let terminal = Terminal::browse(120, 40, args, env);
        assert!(!terminal.text().contains("more than 1,500"), "{}", terminal.text());
        quit(flow(terminal, &[("l", "more than 1,500"), ("", "!5 of 5"), ("h", "5 of 5")]));
    }
}

#[test]
fn plain_borders_draw_no_lines() {
    let mut terminal = Terminal::browse(120, 40, &["--ascii"], &[]);
    terminal.see(">Guangzhou");
    assert_ascii_but_letters(&terminal.text());
    quit(terminal);
}

/// Asserts that a screen has only ASCII and letters of the data.
fn assert_ascii_but_letters(text: &str) {
    let other: Vec<char> = text.chars().filter(|c| !c.is_ascii() && !c.is_alphabetic()).collect();
    assert!(other.is_empty(), "{other:?} in\n{text}");
}

#[test]
fn the_locale_and_the_terminal_choose_what_lines_are_drawn_with() {
    let mut terminal = Terminal::start(120, 40, &[], &[("LC_ALL", "C")]);
    terminal.see("drawn in ASCII, because the locale C is not UTF-8; --ascii=never overrules");
    terminal.see(">Guangzhou");
    assert_ascii_but_letters(&terminal.text());
    quit(terminal);
    let mut overruled = Terminal::browse(120, 40, &["--ascii=never"], &[("LC_ALL", "C")]);
    overruled.see("▌Guangzhou");
    quit(overruled);
    for (args, locale) in [(&[][..], "C.UTF-8"), (&["--ascii=never"], "C")] {
        let console = Terminal::browse(120, 40, args, &[("TERM", "linux"), ("LC_ALL", locale)]);
        let mut console = flow(console, &[("?", "┌")]);
        let text = console.text();
        assert!(!text.chars().any(|c| "╭╮╰╯━┃".contains(c)), "{args:?} {text}");
        console.type_keys("?");
        quit(console);
    }
}
