//! What terminals send besides keys, and keys as slow lines and input methods send them, in a pseudo-terminal.

use std::thread;
use std::time::Duration;

use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use crate::support::terminal::Terminal;

/// After such a pause nothing that came before belongs to what comes next.
const PAUSE: Duration = Duration::from_millis(600);

/// Reports and strings that terminals are known to send, each whole.
const REPORTS: &[&[u8]] = &[
    b"\x1b[?2026;2$y",
    b"\x1b[?997;1n",
    b"\x1b[?1;1R",
    b"\x1b[?62;22c",
    b"\x1b[>41;390;0c",
    b"\x1b[24;80R",
    b"\x1b[8;40;120t",
    b"\x1b[?1u",
    b"\x1b[0n",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1bP>|xterm(390)\x1b\\",
    b"\x1bP1+r524742=38\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1b]11;rgb:fcfc/bcbc/dcdc\x07",
    b"\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
    b"\x1b]52;c;aGVsbG8=\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b^private\x1b\\",
    b"\x1bXstring\x1b\\",
];

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
    for report in REPORTS {
        let before = terminal.text();
        terminal.send(report);
        assert_keys_work(&mut terminal, &report.escape_ascii().to_string());
        assert_eq!(terminal.text(), before, "{}", report.escape_ascii());
    }
    quit(terminal);
}

#[test]
fn reports_are_not_typed_into_the_search_box() {
    let mut terminal = browser();
    terminal.type_keys("/");
    for report in REPORTS {
        terminal.send(report);
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
    for report in [REPORTS[0], REPORTS[3], REPORTS[11], REPORTS[14]] {
        for length in 3..report.len() {
            terminal.send(&report[..length]);
            thread::sleep(PAUSE);
            assert_keys_work(&mut terminal, &report[..length].escape_ascii().to_string());
        }
    }
    quit(terminal);
}

#[test]
fn random_reports_in_pieces_never_act() {
    let mut random = SmallRng::seed_from_u64(16);
    let mut terminal = browser();
    let before = terminal.text();
    let mut sent = 0;
    while sent < 20_000 {
        let report = REPORTS.choose(&mut random).unwrap();
        let cut = random.random_range(1..report.len());
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
    terminal.see("2 of 5");
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
    terminal.see("Keys");
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
    terminal.see("/ hospital");
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
fn the_background_is_taken_from_the_environment_where_the_terminal_says_nothing() {
    let styles = |colours: &str| {
        let mut terminal = Terminal::silent(80, 24, &[("COLORFGBG", colours)]);
        terminal.see("of 5");
        let found = (0..80).find_map(|x| {
            terminal.screen().cell(0, x).map(|cell| cell.fgcolor()).filter(|c| *c != vt100::Color::Default)
        });
        quit(terminal);
        found
    };
    assert_ne!(styles("0;15"), styles("15;0"));
}
