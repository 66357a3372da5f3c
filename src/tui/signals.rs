//! Signals and hang-ups, each awaited on a thread of its own.

use std::time::{Duration, Instant};
use std::{io, mem, thread};

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTOU, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use crate::tui::app::event::Event;
use crate::tui::message::{Message, Messages};
use crate::tui::panic_guard::{PanicGuard, panic_for_test};
use crate::tui::session;
use crate::tui::terminal::{is_in_foreground, restore, restore_for_good};

/// How long a shell may take from continuing a program to putting it into the foreground, or to ending it.
const SHELL_TIMEOUT: Duration = Duration::from_secs(1);

/// Handles signals from now on, and tells the loop of those that concern it.
pub(super) fn spawn(messages: Messages) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let handle_all = move || {
        let messages = PanicGuard(messages);
        let mut pending: Vec<i32> = Vec::new();
        loop {
            if pending.is_empty() {
                pending.extend(signals.wait());
            }
            put_in_order(&mut pending, &mut signals);
            for signal in mem::take(&mut pending) {
                if signal == SIGTSTP {
                    restore();
                    pending.extend(signals.pending());
                }
                // A stop would hold up what has come meanwhile until the next continuation.
                let is_superseded = signal == SIGTSTP && pending.iter().any(|one| *one == SIGCONT || is_fatal(*one));
                if !is_superseded && !handle(signal, &messages) {
                    return;
                }
            }
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(handle_all).map(drop)
}

/// Waits for the signals that belong to a continuation, and puts all in the order in which they are to be handled.
fn put_in_order(pending: &mut Vec<i32>, signals: &mut Signals) {
    if pending.contains(&SIGCONT) {
        let start = Instant::now();
        while !is_in_foreground() && !pending.iter().copied().any(is_fatal) && start.elapsed() < SHELL_TIMEOUT {
            thread::sleep(Duration::from_millis(1));
            pending.extend(signals.pending());
        }
        // Whoever stopped the program has continued it.
        pending.retain(|signal| *signal != SIGTSTP);
    }
    // Fatal ones first: a continuation that stops the program again would hold them up until the next.
    pending.sort_unstable_by_key(|signal| !is_fatal(*signal));
}

/// Whether a signal ends the program.
fn is_fatal(signal: i32) -> bool {
    ![SIGWINCH, SIGTSTP, SIGCONT].contains(&signal)
}

/// Does what a signal asks; before a stop the terminal has been restored. Whether the loop is still there.
fn handle(signal: i32, messages: &PanicGuard) -> bool {
    match signal {
        SIGWINCH => {
            panic_for_test("signals", "");
            crossterm::terminal::size().map_or(true, |(width, height)| {
                let size = session::drawn_size(Size::new(width, height));
                messages.send(Message::Event(Event::Resize(size)))
            })
        }
        SIGCONT if is_in_foreground() => messages.send(Message::Continued),
        // Continued in the background, where there is no terminal to go on with.
        SIGCONT => emulate_default_handler(SIGTTOU).is_ok(),
        SIGTSTP => emulate_default_handler(SIGTSTP).is_ok(),
        fatal => {
            restore_for_good();
            emulate_default_handler(fatal).is_ok()
        }
    }
}

/// Tells the loop when the terminal is closed. A program that ignores SIGHUP would not notice. The kernel reports a hang-up to a poll for nothing else.
pub(super) fn spawn_hang_up_watch(messages: Messages) {
    let wait = move || {
        let messages = PanicGuard(messages);
        let stdout = rustix::stdio::stdout();
        let mut polled = [PollFd::new(&stdout, PollFlags::empty())];
        loop {
            match poll(&mut polled, None) {
                Err(rustix::io::Errno::INTR) => {}
                Ok(_) if !polled[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => {}
                _ => break,
            }
        }
        messages.send(Message::HungUp);
    };
    // If this thread cannot be started, SIGHUP still ends the program.
    let _ = thread::Builder::new().name("hang-up".to_owned()).spawn(wait);
}
