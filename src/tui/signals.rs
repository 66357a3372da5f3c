//! Signals, on a thread of their own: to stop, to go on, to end, and of another size.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::Event as Input;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTOU, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::terminal::{is_in_front, restore, restore_for_good};
use super::{Alarm, Wake, panic_for_test};

/// How long a shell may take from continuing a program to putting it in front, or ending it.
const STEPS: Duration = Duration::from_secs(1);

/// Does what signals ask from now on, and tells `wake` what the loop must know of.
pub fn watch(wake: Sender<Wake>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let watch = move || {
        let alarm = Alarm(wake);
        let mut come: Vec<i32> = Vec::new();
        loop {
            if come.is_empty() {
                come.extend(signals.wait());
            }
            settle(&mut come, &mut signals);
            for signal in std::mem::take(&mut come) {
                if signal == SIGTSTP {
                    restore();
                    come.extend(signals.pending());
                }
                // What has come meanwhile goes before a stop, behind which it would wait for the next continuation.
                let is_over = signal == SIGTSTP && come.iter().any(|one| *one == SIGCONT || ends(*one));
                if !is_over && !obey(signal, &alarm.0) {
                    return;
                }
            }
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(watch).map(drop)
}

/// Waits for what belongs to a continuation, and puts what has come in the order in which it is to be obeyed.
fn settle(come: &mut Vec<i32>, signals: &mut Signals) {
    if come.contains(&SIGCONT) {
        let start = Instant::now();
        while !is_in_front() && !come.iter().copied().any(ends) && start.elapsed() < STEPS {
            thread::sleep(Duration::from_millis(1));
            come.extend(signals.pending());
        }
        // Whoever stopped it has continued it.
        come.retain(|signal| *signal != SIGTSTP);
    }
    // Ends come first: behind a continuation that stops again they would have to wait for the next.
    come.sort_unstable_by_key(|signal| !ends(*signal));
}

/// Whether a signal ends the program.
fn ends(signal: i32) -> bool {
    ![SIGWINCH, SIGTSTP, SIGCONT].contains(&signal)
}

/// Does what a signal asks; for a stop the terminal has been given back. Whether there is anybody left to be told of
/// the next.
fn obey(signal: i32, wake: &Sender<Wake>) -> bool {
    match signal {
        // Crossterm looks for this too, but not while it waits for the rest of a key that never comes.
        SIGWINCH => {
            panic_for_test("signals", "");
            let size = crossterm::terminal::size();
            size.map_or(true, |(x, y)| wake.send(Wake::Input(Input::Resize(x, y))).is_ok())
        }
        SIGCONT if is_in_front() => wake.send(Wake::Continued).is_ok(),
        // Continued behind others, where there is no terminal to go on with.
        SIGCONT => emulate_default_handler(SIGTTOU).is_ok(),
        SIGTSTP => emulate_default_handler(SIGTSTP).is_ok(),
        fatal => {
            restore_for_good();
            emulate_default_handler(fatal).is_ok()
        }
    }
}
