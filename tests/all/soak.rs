//! Long use of the real program in a pseudo-terminal: memory must not grow, and no input may end the program.
#![expect(clippy::print_stdout, reason = "the long runs say how much they did")]

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

use crate::support::terminal::Terminal;

/// The allowed growth of memory in kilobytes.
const MOST_GROWTH: usize = 1024;

/// Input that visits every screen and returns to the list, as bytes of a terminal. Esc is sent in its long form, because a
/// single byte would be combined with the next key.
const ROUND: &[&str] = &[
    "j",
    "j",
    "k",
    "G",
    "g",
    "\x1b[B",
    "\x1b[A",
    "l",
    "\x04",
    "\x15",
    "h",
    " ",
    "j",
    " ",
    "c",
    "n",
    "n",
    "x",
    "d",
    "d",
    "\r",
    "j",
    "\x1b[27u",
    "l",
    "j",
    "\x1b[27u",
    "y",
    "\x1b[27u",
    " ",
    "k",
    " ",
    "?",
    "G",
    "?",
    "/",
    "c",
    "h",
    "o",
    "n",
    "g",
    "\x7f",
    "重",
    "\x15",
    "\x1b[200~牡丹 江\x1b[201~",
    "\x15",
    "\r",
    "\x1b[<65;6;8M",
    "\x1b[<64;6;8M",
    "\x1b[<0;6;8M",
    "g",
];

#[test]
fn memory_stays_the_same_in_long_use() {
    use_for(500, 1_500);
}

#[test]
#[ignore = "takes minutes"]
fn memory_stays_the_same_over_a_million_events() {
    use_for(50_000, 1_000_000);
}

/// Sends events to warm up and then more events, and compares the memory after both.
fn use_for(warm_up: usize, events: usize) {
    let mut terminal = Terminal::browse(120, 40, &[], &[]);
    send_rounds(&mut terminal, warm_up);
    let before = terminal.status("VmRSS");
    send_rounds(&mut terminal, events);
    let after = terminal.status("VmRSS");
    println!("{events} events: from {before} to {after} kB");
    assert!(after < before + MOST_GROWTH, "from {before} to {after} kB");
    terminal.type_keys("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.assert_restored();
}

/// Sends [`ROUND`] until the given number of events is reached, and waits until each batch has been processed.
fn send_rounds(terminal: &mut Terminal, events: usize) {
    const AT_ONCE: usize = 10;
    for batch in 0..events.div_ceil(ROUND.len() * AT_ONCE) {
        terminal.send(ROUND.concat().repeat(AT_ONCE).as_bytes());
        let mark = format!("batch{batch}");
        terminal.send(format!("/{mark}").as_bytes());
        terminal.see(&format!("/ {mark}"));
        terminal.send(b"\x15\r");
        terminal.see_gone(&mark);
    }
}

/// Random bytes, without the keys that quit or suspend.
#[test]
fn a_million_random_bytes_neither_break_nor_end_the_program() {
    const COUNT: usize = 1_000_000;
    const AT_ONCE: usize = 10_000;
    let mut dice = SmallRng::seed_from_u64(2026);
    let mut terminal = Terminal::browse(120, 40, &[], &[]);
    for _ in 0..COUNT / AT_ONCE {
        let bytes: Vec<u8> = std::iter::repeat_with(|| dice.random())
            .filter(|byte| ![b'q', 0x03, 0x1a].contains(byte))
            .take(AT_ONCE)
            .collect();
        terminal.send(&bytes);
        terminal.wait_until_taken();
    }
    assert!(terminal.is_alive(), "{:?}", terminal.wait_for_end());
    // End any unfinished mouse report or paste, so that a screen is drawn.
    terminal.send(b"M\x1b[201~");
    terminal.resize(100, 30);
    terminal.wait_for("a screen", |screen| screen.rows(0, 100).any(|row| row.contains("help")));
    assert_eq!(terminal.asked().mischief, [""; 0]);
    terminal.type_keys("C-c C-c");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.assert_restored();
    println!("{COUNT} bytes taken");
}
