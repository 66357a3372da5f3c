//! How the program leaves the terminal when it ends: by signals, suspension, a closed terminal, a panic.
#![expect(clippy::print_stdout, reason = "the long runs say how much they did")]

use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};

use crate::support::command::PROGRAM;
use crate::support::terminal::Terminal;

mod shell;

/// Keys that lead to each kind of screen, and a text that it shows.
const SCREENS: [(&str, &[&str]); 7] = [
    ("", &["5 of 5"]),
    ("/ c h o n g", &["/ chong", "2 of 5"]),
    ("Space G c", &["answered"]),
    ("?", &["Outside the search box"]),
    ("s", &["Sort by", "with a figure"]),
    ("f", &["Filter by", "country"]),
    ("Space G c Enter", &["answered", "Esc closes"]),
];

fn browser() -> Terminal {
    Terminal::browse(120, 40, &[], &[])
}

/// The browser showing one of [`SCREENS`].
fn browser_on(screen: (&str, &[&str])) -> Terminal {
    lead_to(screen, browser())
}

fn lead_to((keys, shown): (&str, &[&str]), mut terminal: Terminal) -> Terminal {
    terminal.type_keys(keys);
    terminal.wait_for(keys, |screen| shown.iter().all(|text| screen.contents().contains(text)));
    terminal
}

#[test]
fn signals_give_the_terminal_back_on_each_screen() {
    signal_on_each_screen(1);
}

#[test]
#[ignore = "takes a minute"]
fn signals_give_the_terminal_back_on_each_screen_twenty_times() {
    signal_on_each_screen(20);
}

fn signal_on_each_screen(times: usize) {
    let signals =
        [(Signal::TERM, "Terminated"), (Signal::HUP, "Hangup"), (Signal::INT, "Interrupt"), (Signal::QUIT, "Quit")];
    let mut took = Vec::new();
    for (signal, name) in signals {
        for screen in SCREENS.repeat(times) {
            let mut terminal = browser_on(screen);
            let start = Instant::now();
            terminal.signal(signal);
            let status = terminal.wait_for_end();
            took.push(start.elapsed());
            assert!(status.signal().is_some_and(|by| by.contains(name)), "{name} on {screen:?}: {status:?}");
            terminal.assert_restored();
        }
    }
    took.sort();
    let (middle, last) = (took[took.len() / 2], took[took.len() - 1]);
    println!("{} signals restored; the middle one took {middle:?}, the slowest {last:?}", took.len());
    // The limit is 100 ms. On a busy machine some runs may take longer, but at least half must be within it.
    assert!(middle < Duration::from_millis(100), "{middle:?}");
}

#[test]
fn a_terminal_that_no_longer_reads_does_not_keep_the_program_alive() {
    let mut terminal = browser();
    terminal.freeze();
    terminal.signal(Signal::TERM);
    let status = terminal.wait_for_end();
    assert!(status.signal().is_some_and(|by| by.contains("Terminated")), "{status:?}");
    assert!(!terminal.is_raw(), "raw mode stays on");
}

#[test]
fn a_signal_before_the_first_frame_gives_the_terminal_back() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        // Nothing reads here, so the question for the background colour is not answered, in raw mode.
        let mut terminal = Terminal::start(120, 40, &[], &[]);
        terminal.wait_for_raw(true);
        terminal.signal(signal);
        assert!(terminal.wait_for_end().signal().is_some());
        terminal.assert_restored();
    }
}

#[test]
fn keys_typed_after_a_suspension_do_not_reach_the_shell() {
    for _ in 0..10 {
        let mut terminal = browser();
        terminal.send(b"\x1amymymym");
        terminal.wait_until_stopped();
        terminal.wait_for("the shell's screen", |screen| !screen.alternate_screen());
        terminal.assert_restored();
        assert_eq!(terminal.asked().clipboard, [""; 0]);
    }
}

#[test]
fn modes_changed_while_stopped_are_set_again() {
    let mut terminal = browser();
    terminal.signal(Signal::STOP);
    terminal.wait_until_stopped();
    terminal.make_cooked();
    terminal.signal(Signal::CONT);
    terminal.wait_for_raw(true);
    terminal.type_keys("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn the_terminal_is_not_accepted_as_data() {
    for input in ["-", "/dev/tty", "/dev/zero"] {
        let mut terminal = Terminal::start(120, 40, &[input], &[]);
        assert_eq!(terminal.wait_for_end().exit_code(), 2);
        terminal.assert_restored();
        assert!(terminal.text().contains("pipe data in"), "{}", terminal.text());
    }
}

#[test]
fn suspending_gives_the_terminal_back_and_continuing_takes_it_again() {
    let mut terminal = browser();
    for cycle in 0..20 {
        if cycle % 2 == 0 {
            terminal.type_keys("C-z");
        } else {
            terminal.signal(Signal::TSTP);
        }
        terminal.wait_until_stopped();
        terminal.wait_for("the shell's screen", |screen| !screen.alternate_screen() && !screen.hide_cursor());
        assert!(!terminal.is_raw(), "raw while stopped");
        terminal.signal(Signal::CONT);
        terminal.wait_for("the browser again", |screen| {
            screen.alternate_screen() && screen.contents().contains("5 of 5") && screen.contents().contains("? help")
        });
        terminal.wait_for_raw(true);
    }
    terminal.type_keys("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn a_suspension_keeps_the_open_screen() {
    for screen in SCREENS {
        let mut terminal = browser_on(screen);
        terminal.type_keys("C-z");
        terminal.wait_until_stopped();
        terminal.wait_for("the shell's screen", |screen| !screen.alternate_screen());
        terminal.signal(Signal::CONT);
        let mut terminal = lead_to(("", screen.1), terminal);
        terminal.type_keys("C-c");
        assert_eq!(terminal.wait_for_end().exit_code(), 0);
        terminal.assert_restored();
    }
}

#[test]
fn a_terminal_resized_while_stopped_is_drawn_at_its_new_size() {
    let mut terminal = browser();
    terminal.type_keys("C-z");
    terminal.wait_until_stopped();
    terminal.resize(80, 24);
    terminal.signal(Signal::CONT);
    terminal
        .wait_for("the new size", |screen| screen.rows(0, 80).nth(23).is_some_and(|footer| footer.contains("? help")));
}

/// Closes the terminal on each screen. The program must end within a second and usually needs some milliseconds; on a
/// busy machine one run may take longer.
fn assert_gone_with_its_terminal(start_program: impl Fn() -> Terminal) {
    let took: Vec<Duration> = SCREENS
        .into_iter()
        .map(|screen| {
            let mut terminal = lead_to(screen, start_program());
            let start = Instant::now();
            terminal.hang_up();
            terminal.wait_for_end();
            start.elapsed()
        })
        .collect();
    let fastest = took.iter().min().unwrap();
    println!("{} closed terminals; the programs were gone after {took:?}", took.len());
    assert!(*fastest < Duration::from_secs(1), "{took:?}");
    assert!(took.iter().all(|took| *took < Duration::from_secs(20)), "{took:?}");
}

#[test]
fn a_closed_terminal_ends_the_program() {
    assert_gone_with_its_terminal(browser);
}

#[test]
fn a_closed_terminal_ends_the_program_even_when_hang_ups_are_ignored() {
    assert_gone_with_its_terminal(|| {
        let mut terminal = Terminal::command("sh", &["-c", "trap '' HUP; exec \"$0\"", PROGRAM]);
        terminal.see("5 of 5");
        terminal
    });
}

/// A panic can only be forced in a debug build.
#[cfg(debug_assertions)]
#[test]
fn a_panic_on_any_thread_leaves_a_usable_terminal_and_its_message() {
    let paste = "/ \x1b[200~zz\x1b[201~";
    let threads = [("search zz", "/ z z"), ("main zz", paste), ("reader zz", paste), ("signals", "")];
    for (thread, keys) in threads {
        let mut terminal = Terminal::start(120, 40, &[], &[("HOSPITUI_TEST_PANIC", thread)]);
        terminal.see("? help");
        if thread == "signals" {
            terminal.resize(80, 24);
        }
        terminal.type_keys(keys);
        let status = terminal.wait_for_end();
        assert_eq!(status.exit_code(), 101, "{thread}: {status:?}");
        terminal.assert_restored();
        let text = terminal.text();
        assert!(text.contains("forced by HOSPITUI_TEST_PANIC"), "{text}");
    }
}

#[test]
fn a_huge_screen_is_drawn_only_in_its_visible_part() {
    let mut terminal = browser();
    terminal.claim_size(65_535, 65_535);
    // Two screens take more memory than this, so only one has been drawn.
    let start = Instant::now();
    while terminal.status("VmHWM") < 60 << 10 {
        assert!(start.elapsed() < Duration::from_secs(60), "{} kB", terminal.status("VmHWM"));
        terminal.type_keys("?");
        terminal.wait_until_taken();
    }
    terminal.claim_size(80, 24);
    terminal.wait_for("a screen", |screen| screen.rows(0, 80).nth(23).is_some_and(|row| row.contains("help")));
    assert!(terminal.status("VmHWM") < 400 << 10, "{} kB", terminal.status("VmHWM"));
    terminal.type_keys("C-c");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
}

#[test]
fn many_resizes_end_with_the_last_size() {
    let mut terminal = browser();
    terminal.type_keys("Space G c");
    terminal.see("answered");
    for step in 0..1000u16 {
        terminal.resize(1 + step % 160, 1 + step * 7 % 60);
    }
    terminal.resize(100, 30);
    terminal.wait_for("the last size", |screen| {
        let rows: Vec<String> = screen.rows(0, 100).collect();
        rows[0].contains("answered") && rows[29].contains("? help")
    });
    terminal.type_keys("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn a_terminal_that_cannot_draw_is_refused_in_one_line() {
    let with_term = |term: &str| Terminal::start(120, 40, &[], &[("TERM", term)]);
    let without = Terminal::command("env", &["-u", "TERM", PROGRAM]);
    for mut terminal in [with_term("dumb"), with_term(""), without] {
        let status = terminal.wait_for_end();
        let text = terminal.text();
        assert_eq!(status.exit_code(), 2, "{text}");
        assert!(text.trim().lines().count() <= 2 && text.contains("TERM=xterm-256color"), "{text}");
        terminal.assert_restored();
    }
    let mut plain = Terminal::start(120, 40, &[], &[("LC_ALL", "C"), ("LANG", "C")]);
    plain.see("重庆医科大学附属儿童医院");
}

#[test]
fn without_a_terminal_for_keys_there_is_one_line_and_exit_code_two() {
    let mut terminal = Terminal::command("setsid", &["--wait", "sh", "-c", "exec \"$0\" </dev/null", PROGRAM]);
    let status = terminal.wait_for_end();
    assert_eq!(status.exit_code(), 2, "{}", terminal.text());
    assert!(terminal.text().contains("needs a terminal"), "{}", terminal.text());
}
