//! What terminals send besides keys, and keys as slow lines and input methods send them, in a pseudo-terminal.

use std::thread;
use std::time::Duration;

use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rustix::process::Signal;

use crate::support::terminal::Terminal;

/// After such a pause nothing that came before belongs to what comes next.
const PAUSE: Duration = Duration::from_millis(600);

/// Reports and strings that terminals are known to send: a name, a tab, and the bytes with `^[` for Esc and `^G` for BEL.
fn reports() -> Vec<Vec<u8>> {
    let lines = include_str!("../data/reports.txt").lines().map(|line| line.split_once('\t').unwrap().1);
    lines.map(|bytes| bytes.replace("^[", "\x1b").replace("^G", "\x07").into_bytes()).collect()
}

fn browser() -> Terminal {
    Terminal::browse(120, 40, &[], &[])
}

/// The selected hospital, by the row of its pointer.
fn selected(terminal: &Terminal) -> String {
    let text = terminal.text();
    text.lines().find(|line| line.contains('▌')).unwrap_or_default().chars().take(50).collect()
}

/// Sees that `j` moves on, and `k` back.
fn assert_keys_work(terminal: &mut Terminal, what: &str) {
    let before = selected(terminal);
    terminal.send(b"j");
    terminal.wait_until(&format!("j after {what}"), |terminal| selected(terminal) != before);
    terminal.send(b"k");
    terminal.wait_until(&format!("k after {what}"), |terminal| selected(terminal) == before);
}

fn quit(mut terminal: Terminal) {
    terminal.send(b"\x03");
    assert!(terminal.wait_for_end().success());
    assert!(!terminal.is_raw());
}

#[test]
fn reports_neither_act_nor_deaden_the_keyboard() {
    let mut terminal = browser();
    for report in reports() {
        let before = terminal.text();
        terminal.send(&report);
        assert_keys_work(&mut terminal, &report.escape_ascii().to_string());
        assert_eq!(terminal.text(), before, "{}", report.escape_ascii());
    }
    quit(terminal);
}

#[test]
fn reports_are_not_typed_into_the_search_box() {
    let mut terminal = browser();
    terminal.type_keys("/");
    for report in reports() {
        terminal.send(&report);
    }
    terminal.send(b"shanghai");
    terminal.see("/ shanghai");
    terminal.see("1 of 5");
    quit(terminal);
}

#[test]
fn a_report_that_comes_byte_by_byte_is_still_one() {
    let mut terminal = browser();
    let before = terminal.text();
    for byte in b"\x1b]11;rgb:fcfc/bcbc/dcdc\x07" {
        terminal.send(&[*byte]);
        thread::sleep(Duration::from_millis(30));
    }
    assert_keys_work(&mut terminal, "a slow report");
    assert_eq!(terminal.text(), before);
    quit(terminal);
}

#[test]
fn the_beginning_of_a_report_is_forgotten_after_a_pause() {
    let mut terminal = browser();
    // All prefixes of all reports are tried on a simulated clock.
    for report in [&b"\x1b[?2026;2$y"[..], b"\x1bP>|xterm(390)\x1b\\", b"\x1b]11;rgb:fcfc\x07"] {
        for length in (1..report.len()).step_by(2) {
            terminal.send(&report[..length]);
            thread::sleep(PAUSE);
            assert_keys_work(&mut terminal, &report[..length].escape_ascii().to_string());
        }
    }
    quit(terminal);
}

#[test]
fn a_report_that_pauses_behind_its_esc_is_not_typed() {
    let mut terminal = browser();
    let before = terminal.text();
    for report in [&b"\x1b]11;rgb:fcfc/bcbc/dcdc\x07"[..], b"\x1bP>|xterm(390)\x1b\\", b"\x1b[?2026;2$y"] {
        terminal.send(&report[..1]);
        thread::sleep(Duration::from_millis(250));
        terminal.send(&report[1..]);
        assert_keys_work(&mut terminal, &report.escape_ascii().to_string());
        assert_eq!(terminal.text(), before);
    }
    terminal.type_keys("/ c h o");
    terminal.see("3 of 5");
    for report in [&b"\x1b]11;rgb:fcfc/bcbc/dcdc\x07"[..], b"\x1bP>|xterm(390)\x1b\\", b"\x1b[?2026;2$y"] {
        terminal.send(&report[..2]);
        thread::sleep(Duration::from_millis(250));
        terminal.send(&report[2..]);
        terminal.send(&report[..2]);
        thread::sleep(PAUSE);
    }
    terminal.type_keys("n");
    terminal.see("/ chon");
    quit(terminal);
}

#[test]
fn keys_of_rxvt_neither_eat_the_next_key_nor_are_lost() {
    let mut terminal = browser();
    let (first, before) = (selected(&terminal), terminal.text());
    terminal.send(b"\x1b[7$j");
    terminal.wait_until("j", |terminal| selected(terminal) != first);
    terminal.type_keys("k");
    terminal.wait_until("k", |terminal| selected(terminal) == first);
    terminal.send(b"\x1b[b\x1b[b");
    terminal.wait_until("the detail pane scrolled", |terminal| terminal.text() != before);
    assert_eq!(selected(&terminal), first);
    quit(terminal);
}

#[test]
fn control_c_quits_though_the_end_of_a_paste_is_lost() {
    let mut terminal = browser();
    terminal.send(b"\x1b[200~lost");
    for _ in 0..3 {
        thread::sleep(Duration::from_millis(250));
        terminal.type_keys("j");
    }
    thread::sleep(Duration::from_millis(250));
    quit(terminal);
}

#[test]
fn a_million_bytes_of_reports_in_pieces_never_act() {
    let mut random = SmallRng::seed_from_u64(16);
    let mut terminal = browser();
    let (before, reports, mut sent) = (terminal.text(), reports(), 0);
    while sent < 1_000_000 {
        let report = reports.choose(&mut random).unwrap();
        // A byte more than Esc, which is a key where the machine is too busy to send the rest at once.
        let cut = random.random_range(2..report.len());
        terminal.send(&report[..cut]);
        terminal.send(&report[cut..]);
        sent += report.len();
    }
    terminal.wait_until_taken();
    assert_keys_work(&mut terminal, "many reports");
    assert_eq!(terminal.text(), before);
    quit(terminal);
}

#[test]
fn escape_and_a_key_in_one_piece_are_both_taken() {
    let mut terminal = browser();
    terminal.type_keys("/ c h o");
    terminal.see("3 of 5");
    terminal.send(b"\x1bj");
    terminal.see("5 of 5");
    terminal.type_keys("Space j Space c");
    terminal.see("Compare");
    terminal.send(b"\x1bq");
    assert!(terminal.wait_for_end().success(), "Esc leaves the comparison, q quits");
}

#[test]
fn q_closes_what_lies_on_top() {
    let mut terminal = browser();
    for open in ["?", "s", "f"] {
        terminal.type_keys(open);
        terminal.see("Esc closes");
        terminal.type_keys("q");
        terminal.see_gone("Esc closes");
    }
    terminal.type_keys("Space j Space c");
    terminal.see("Compare");
    terminal.type_keys("Enter");
    terminal.see("Esc closes");
    terminal.type_keys("q");
    terminal.see_gone("Esc closes");
    terminal.type_keys("q");
    assert!(terminal.wait_for_end().success());
}

#[test]
fn control_l_draws_everything_anew() {
    let mut terminal = browser();
    let before = terminal.text();
    terminal.write_over("foreign text");
    terminal.send(b"\x0c");
    terminal.wait_until("the whole screen", |terminal| terminal.text() == before);
    quit(terminal);
}

#[test]
fn keys_of_full_width_are_the_keys_that_were_meant() {
    let mut terminal = browser();
    let first = selected(&terminal);
    terminal.send("ｊ".as_bytes());
    terminal.wait_until("j", |terminal| selected(terminal) != first);
    for slash in ["／", "、"] {
        terminal.send(slash.as_bytes());
        terminal.see("Enter keep");
        terminal.type_keys("Esc");
        terminal.see_gone("Enter keep");
    }
    terminal.send("\u{3000}".as_bytes());
    terminal.see("c compare");
    terminal.send("？".as_bytes());
    terminal.see("Help");
    terminal.send("ｑ".as_bytes());
    terminal.see_gone("Esc closes");
    quit(terminal);
}

#[test]
fn a_letter_that_is_no_command_begins_a_search() {
    let mut terminal = browser();
    terminal.send("重庆".as_bytes());
    terminal.see("2 of 5");
    terminal.type_keys("Esc");
    terminal.see("5 of 5");
    terminal.send(b"west");
    terminal.see("/ west");
    quit(terminal);
}

#[test]
fn the_search_box_knows_the_keys_of_line_editors() {
    let mut terminal = browser();
    terminal.send(b"/hospital");
    terminal.see("kind Children's hospital");
    let first = selected(&terminal);
    terminal.send(b"\x0e");
    terminal.wait_until("Ctrl-n", |terminal| selected(terminal) != first);
    terminal.send(b"\x10");
    terminal.wait_until("Ctrl-p", |terminal| selected(terminal) == first);
    terminal.send(b" one two");
    terminal.see("/ hospital one two");
    terminal.send(b"\x1bbX");
    terminal.see("/ hospital one Xtwo");
    terminal.send(b"\x1bb\x1bb\x1bd");
    terminal.see_gone("one");
    terminal.send(b"\x07");
    terminal.see("5 of 5");
    quit(terminal);
}

#[test]
fn earlier_queries_come_back() {
    let mut terminal = browser();
    for query in ["/shanghai\r", "/\x15chong"] {
        terminal.send(query.as_bytes());
    }
    terminal.see("/ chong");
    terminal.send(b"\x1b[1;5A");
    terminal.see("/ shanghai");
    terminal.send(b"\x1b[1;5B");
    terminal.see("/ chong");
    terminal.send(b"\x1bp\r");
    terminal.see("1 of 5");
    quit(terminal);
}

#[test]
fn shift_and_arrows_scroll_the_detail_pane_from_the_list() {
    let mut terminal = browser();
    let (first, before) = (selected(&terminal), terminal.text());
    terminal.send(b"\x1b[1;2B\x1b[1;2B");
    terminal.wait_until("the detail pane scrolled", |terminal| terminal.text() != before);
    assert_eq!(selected(&terminal), first);
    terminal.send(b"\x1b[1;2A\x1b[1;2A");
    terminal.wait_until("the detail pane scrolled back", |terminal| terminal.text() == before);
    quit(terminal);
}

/// The line in which the terminal's cursor stands, from the cursor on.
fn line_of_the_cursor(terminal: &Terminal) -> String {
    let (row, column) = terminal.screen().cursor_position();
    let line: String = terminal.screen().rows(column, 120 - column).nth(row.into()).unwrap_or_default();
    line.trim_start().to_owned()
}

#[test]
fn the_cursor_stands_where_the_attention_is() {
    let mut terminal = browser();
    let mut stands = |keys: &str, what: &str| {
        terminal.type_keys(keys);
        terminal.wait_until(what, |terminal| line_of_the_cursor(terminal).starts_with(what));
        assert!(terminal.screen().hide_cursor(), "{what}");
    };
    stands("", "▌Guangzhou");
    stands("j", "▌Chongqing Health");
    stands("l", "Chongqing Health");
    stands("Down", "重庆市");
    stands("h s Down", "▌                     name");
    stands("q ?", "In the list and the detail pane");
    stands("q Space j c", "▌ ");
    quit(terminal);
}

#[test]
fn the_theme_follows_the_background_of_the_terminal() {
    /// The private mode in which a terminal reports another background.
    const REPORTS_BACKGROUND: u16 = 2031;
    /// The report that says which background there is.
    const BACKGROUND: u16 = 996;
    let mut terminal = browser();
    let heading = |terminal: &Terminal| terminal.screen().cell(0, 1).unwrap().fgcolor();
    // On a busy machine the terminal's first answer may come too late.
    let first = heading(&terminal);
    terminal.send(b"\x1b[?997;2n");
    terminal.wait_until("light", |terminal| heading(terminal) != first);
    let light = heading(&terminal);
    terminal.send(b"\x1b[?997;1n");
    terminal.wait_until("dark", |terminal| heading(terminal) != light);
    let dark = heading(&terminal);
    assert!(terminal.asked().modes[0].contains(&REPORTS_BACKGROUND));
    assert_eq!(terminal.asked().reports, [0; 0]);
    terminal.type_keys("C-z");
    terminal.wait_until_stopped();
    terminal.signal(Signal::CONT);
    terminal.wait_until("a question for the background", |terminal| terminal.asked().reports == [BACKGROUND]);
    terminal.send(b"\x1b[?997;2n");
    terminal.wait_until("light again", |terminal| heading(terminal) == light);
    terminal.send(b"\x03");
    assert!(terminal.wait_for_end().success());
    assert!(terminal.asked().modes[1].contains(&REPORTS_BACKGROUND));
    let mut terminal = Terminal::browse(120, 40, &["--theme", "dark"], &[]);
    assert!(!terminal.asked().modes[0].contains(&REPORTS_BACKGROUND));
    terminal.send(b"\x1b[?997;2n");
    assert_keys_work(&mut terminal, "a background");
    assert_eq!(heading(&terminal), dark, "a theme that was asked for stays");
    quit(terminal);
}

#[test]
fn the_background_is_taken_from_the_environment_where_the_terminal_says_nothing() {
    let styles = |colours: &str| {
        let mut terminal = Terminal::silent(80, 24, &[("COLORFGBG", colours)]);
        terminal.see("of 5");
        let found = (0..80).find_map(|x| {
            terminal.screen().cell(0, x).map(vt100::Cell::fgcolor).filter(|c| *c != vt100::Color::Default)
        });
        quit(terminal);
        found
    };
    assert_ne!(styles("0;15"), styles("15;0"));
}

/// The first colour of the top line; none while the theme has none there.
fn first_colour(terminal: &Terminal) -> Option<vt100::Color> {
    let colours = (0..80).filter_map(|x| terminal.screen().cell(0, x).map(vt100::Cell::fgcolor));
    colours.into_iter().find(|colour| *colour != vt100::Color::Default)
}

#[test]
fn keys_around_a_late_answer_act_in_order() {
    let mut terminal = Terminal::silent(80, 24, &[]);
    terminal.send(b"/ch");
    terminal.see("of 5");
    terminal.wait_until("the question", |terminal| terminal.asked().background_colour == 1);
    terminal.see("/ ch");
    let neutral = first_colour(&terminal);
    thread::sleep(Duration::from_millis(200));
    for piece in [&b"o\x1b]11;rgb:fcfc/fc"[..], b"fc/fc", b"fc\x1b", b"\\ng\x1b[?6", b"2;22cq", b"i", b"n"] {
        terminal.send(piece);
        thread::sleep(Duration::from_millis(20));
    }
    terminal.see("/ chongqin");
    assert_ne!(first_colour(&terminal), neutral);
    terminal.send(b"g\x0e\x1b[?62;22c\x15west");
    terminal.see("/ west");
    let light = Terminal::browse(80, 24, &["--theme", "light"], &[]);
    assert_eq!(first_colour(&terminal), first_colour(&light));
    quit(terminal);
}

#[test]
fn an_answer_with_keys_in_one_read_neither_types_nor_takes_a_key() {
    let mut terminal = Terminal::silent(80, 24, &[]);
    terminal.wait_until_any_time("the question", |terminal| terminal.asked().background_colour == 1);
    terminal.send(b"/cho\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\\x1b[?62cng");
    terminal.see("/ chong");
    assert!(!terminal.text().contains("Keys"), "{}", terminal.text());
    quit(terminal);
}

#[test]
fn the_first_frame_has_the_colours_for_a_background_that_is_told_at_once() {
    let mut terminal = Terminal::start(80, 24, &[], &[]);
    terminal.wait_until("a frame", |terminal| terminal.text().contains("? help"));
    let first = first_colour(&terminal);
    terminal.see("of 5");
    assert_eq!(first_colour(&terminal), first);
    let dark = Terminal::browse(80, 24, &["--theme", "dark"], &[]);
    assert_eq!(first, first_colour(&dark));
    quit(terminal);
}

#[test]
fn a_terminal_is_asked_only_where_the_answer_matters_and_comes_in_order() {
    for (args, env, is_asked) in [
        (&[][..], &[][..], true),
        (&[], &[("TERM", "tmux-256color")], true),
        (&[], &[("TERM", "screen-256color"), ("TMUX", "tmux,1,0")], true),
        (&[], &[("TERM", "screen-256color"), ("STY", "1.pts-0")], false),
        (&[], &[("TERM", "screen-256color")], false),
        (&[], &[("TERM", "screen")], false),
        (&[], &[("TERM", "screen.xterm-256color")], false),
        (&[], &[("TERM", "linux")], false),
        (&[], &[("NO_COLOR", "1")], false),
        (&["--theme", "light"], &[], false),
    ] {
        let terminal = Terminal::browse(80, 24, args, env);
        assert_eq!(terminal.asked().background_colour, usize::from(is_asked), "{args:?} {env:?}");
        quit(terminal);
    }
}
