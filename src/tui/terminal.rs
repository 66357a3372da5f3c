//! Enters the terminal, and restores it whatever happens.
//!
//! A program that dies in raw mode leaves a terminal that echoes nothing. So the terminal is restored on quit, on an
//! error, on a panic of any thread, on SIGTERM, SIGHUP, SIGINT and SIGQUIT, and around a suspension. Signals are handled
//! on a thread of their own, so the state here is global. Every way waits for the answers that the terminal owes.
//! Restoring writes to the file descriptor itself, past any lock that the drawing thread may hold.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};
use std::{env, panic, thread};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::getpgrp;
use rustix::termios::{LocalModes, QueueSelector, tcflush, tcgetattr, tcgetpgrp};
use signal_hook::consts::{SIGTSTP, SIGTTOU};
use signal_hook::low_level::{emulate_default_handler, raise};

use crate::tui::background;
use crate::tui::error::Error;

/// Whether the browser has the terminal now.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Whether a signal is ending the program, which then never enters the terminal again.
static ENDING: AtomicBool = AtomicBool::new(false);

/// Held while something is written to the terminal, so that restoring does not fall into the middle of a frame.
static DRAWING: Mutex<()> = Mutex::new(());

/// How long restoring waits for a terminal that does not read.
const WRITE_TIMEOUT: Duration = Duration::from_millis(30);

/// How long restoring waits for the end of a frame that is being written.
const FRAME_TIMEOUT: Duration = Duration::from_secs(1);

/// Checks that there is a terminal to draw on: standard output, and one to read keys from.
///
/// # Errors
///
/// [`Error::NoTerminal`] when there is none, [`Error::DumbTerminal`] when it cannot draw.
pub(crate) fn require_terminal() -> Result<(), Error> {
    let has_keys = || io::stdin().is_terminal() || std::fs::File::open("/dev/tty").is_ok();
    if !(io::stdout().is_terminal() && has_keys()) {
        return Err(Error::NoTerminal);
    }
    let is_dumb = env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    if is_dumb { Err(Error::DumbTerminal) } else { Ok(()) }
}

/// Columns and lines of the terminal, when there is one.
#[must_use]
pub(crate) fn size() -> Option<(usize, usize)> {
    let (columns, lines) = crossterm::terminal::size().ok()?;
    (columns > 0 && lines > 0).then_some((columns.into(), lines.into()))
}

/// Has the terminal report when its background changes between dark and light (private mode 2031), and no longer.
const REPORT_BACKGROUND: Print<&str> = Print("\x1b[?2031h");
const KEEP_BACKGROUND: Print<&str> = Print("\x1b[?2031l");

/// What is asked of the terminal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Requests {
    /// Clicks and the wheel.
    pub(super) mouse: bool,
    /// Reports of another background.
    pub(super) background: bool,
    /// The colour of the background, at once.
    pub(super) background_colour: bool,
}

/// Takes the terminal: raw mode, alternate screen, pastes in one piece, no cursor.
pub(super) fn enter(requests: Requests) -> io::Result<()> {
    let drawing = DRAWING.lock().unwrap_or_else(PoisonError::into_inner);
    if ENDING.load(Ordering::SeqCst) {
        drop(drawing);
        // The signal is about to end the program.
        loop {
            thread::park();
        }
    }
    ENTERED.store(true, Ordering::SeqCst);
    // The modes may have been changed while the program was stopped, of which crossterm does not know.
    let _ = disable_raw_mode();
    enable_raw_mode()?;
    let mut out = io::stdout();
    queue!(out, EnterAlternateScreen, EnableBracketedPaste, Hide)?;
    if requests.mouse {
        queue!(out, EnableMouseCapture)?;
    }
    if requests.background {
        queue!(out, REPORT_BACKGROUND)?;
    }
    if requests.background_colour {
        background::note_question();
        queue!(out, Print(background::QUESTION))?;
    }
    out.flush()
}

/// The right to write to the terminal; none after it has been restored.
pub(super) fn lock_if_entered() -> Option<MutexGuard<'static, ()>> {
    let drawing = DRAWING.lock().unwrap_or_else(PoisonError::into_inner);
    ENTERED.load(Ordering::SeqCst).then_some(drawing)
}

/// Restores the terminal and stops the program until it is continued.
pub(super) fn suspend() {
    // The signal thread does it, as for a SIGTSTP from outside. What was typed meanwhile waits until then.
    let start = Instant::now();
    let _ = raise(SIGTSTP);
    while ENTERED.load(Ordering::SeqCst) && start.elapsed() < FRAME_TIMEOUT {
        thread::sleep(Duration::from_millis(1));
    }
}

/// Whether the program is in the foreground. A shell that has put it into the background has the terminal itself.
pub(super) fn is_in_foreground() -> bool {
    tcgetpgrp(rustix::stdio::stdout()).map_or(true, |group| group == getpgrp())
}

/// Whether a background program may write to the terminal without being stopped.
fn may_write_in_background() -> bool {
    tcgetattr(rustix::stdio::stdout()).is_ok_and(|modes| !modes.local_modes.contains(LocalModes::TOSTOP))
}

/// Waits until the program is in the foreground. In the background it stops before it asks the terminal for anything, as
/// every program does that needs one.
pub(super) fn wait_for_foreground() {
    while !is_in_foreground() {
        let _ = emulate_default_handler(SIGTTOU);
        // Whoever continued it may also end it: the signal thread gets time for that.
        thread::sleep(WRITE_TIMEOUT);
    }
}

/// Restores the terminal: once, however often it is called.
pub(super) fn restore() {
    restore_within(FRAME_TIMEOUT);
}

/// Restores the terminal, never to enter it again: the program is about to end.
pub(super) fn restore_for_good() {
    ENDING.store(true, Ordering::SeqCst);
    restore();
}

fn restore_within(timeout: Duration) {
    // In the background, whoever holds the lock may be stopped for good.
    let _drawing = lock_within(if is_in_foreground() { timeout } else { Duration::ZERO });
    if ENTERED.load(Ordering::SeqCst) && is_in_foreground() {
        take_answers();
    }
    let is_in_foreground = is_in_foreground();
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut bytes = Vec::new();
    // Writing to memory cannot fail; and if the terminal is gone there is nothing left to restore.
    let _ = queue!(bytes, KEEP_BACKGROUND, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show);
    if is_writable_within(WRITE_TIMEOUT) && (is_in_foreground || may_write_in_background()) {
        let _ = rustix::io::write(rustix::stdio::stdout(), &bytes);
    }
    // Changing the modes from the background stops the program; and a shell in the foreground has set its own.
    if is_in_foreground {
        let _ = disable_raw_mode();
    }
}

/// Waits for the answers that the terminal owes, which the reader takes. The shell would take them for something typed.
fn take_answers() {
    // Where the reader has not started or has panicked, what has come is still there.
    if !background::await_answers() {
        let _ = tcflush(rustix::stdio::stdout(), QueueSelector::IFlush);
    }
}

/// Whether the terminal reads on in time. One that hangs must not hold the program.
fn is_writable_within(timeout: Duration) -> bool {
    let stdout = rustix::stdio::stdout();
    let mut polled = [PollFd::new(&stdout, PollFlags::OUT)];
    let timeout = timeout.try_into().ok();
    poll(&mut polled, timeout.as_ref()).is_ok_and(|ready| ready > 0)
}

/// The right to write, when the drawing thread gives it up in time. One that is stuck in a dead terminal does not.
fn lock_within(timeout: Duration) -> Option<MutexGuard<'static, ()>> {
    let start = Instant::now();
    loop {
        match DRAWING.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) if start.elapsed() >= timeout => return None,
            Err(TryLockError::WouldBlock)
                if start.elapsed() >= WRITE_TIMEOUT && !is_writable_within(Duration::ZERO) =>
            {
                return None;
            }
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(1)),
        }
    }
}

/// From now on, a panic on any thread restores the terminal before its message is printed, so that it can be read.
pub(super) fn restore_on_panic() {
    let print = panic::take_hook();
    // Only this thread draws: when it panics, no frame will end.
    let drawing_thread = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        let is_drawing = thread::current().id() == drawing_thread;
        restore_within(if is_drawing { Duration::ZERO } else { FRAME_TIMEOUT });
        print(info);
    }));
}
