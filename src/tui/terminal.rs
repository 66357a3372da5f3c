//! The terminal: entered, left, and given back whatever happens.
//!
//! A program that dies in raw mode leaves a terminal that echoes nothing. So it is restored on quit, on
//! error, on a panic of any thread, on SIGTERM, SIGHUP, SIGINT and SIGQUIT, and around a suspension. Signals
//! are handled on a thread of their own; restoring writes to the file descriptor itself, past any lock that
//! the drawing thread may hold.

use std::io::{self, IsTerminal, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError, TryLockError};
use std::time::{Duration, Instant};
use std::{panic, thread};

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{Command, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Rect, Size};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::getpgrp;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr};
use signal_hook::consts::{SIGTSTP, SIGTTOU};
use signal_hook::low_level::{emulate_default_handler, raise};

use super::{Alarm, Wake, signals};

/// Whether the terminal is ours now.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Whether a signal is ending the program, which then takes the terminal no more.
static ENDING: AtomicBool = AtomicBool::new(false);

/// The modes that the terminal had before anything was asked of it; whoever asks for its background changes them.
static FOUND: Mutex<Option<Termios>> = Mutex::new(None);

/// Largest screen that is drawn: far beyond any that can be seen, and still little memory. A terminal may claim to have
/// 65,535 columns and rows.
const LARGEST: Size = Size::new(2000, 500);

/// How long giving the terminal back waits for one that does not read.
const PATIENCE: Duration = Duration::from_millis(30);

/// How long it waits for a frame to end that is being written.
const LONGEST_FRAME: Duration = Duration::from_secs(1);

/// Held while a frame is written, so that restoring does not fall into the middle of one.
static DRAWING: Mutex<()> = Mutex::new(());

/// The terminal in raw mode on its alternate screen. Dropping it gives the terminal back.
pub struct Session {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    mouse: bool,
    /// Where wide characters stand in the frame on the screen.
    wide: Vec<Position>,
}

impl Session {
    /// Takes the terminal.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be set up; it is then as it was.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        take(mouse).inspect_err(|_| restore())?;
        let terminal = new_terminal().inspect_err(|_| restore())?;
        Ok(Self { terminal, mouse, wide: Vec::new() })
    }

    /// The size of the screen, as far as it is drawn.
    ///
    /// # Errors
    ///
    /// When the terminal does not say.
    pub fn size(&self) -> io::Result<Size> {
        self.terminal.size().map(drawn)
    }

    /// Draws a frame, unless the terminal has been given back; the size that was drawn.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame)) -> io::Result<Option<Size>> {
        let _drawing = DRAWING.lock().unwrap_or_else(PoisonError::into_inner);
        if ENTERED.load(Ordering::SeqCst) {
            let area = Rect::from((Position::ORIGIN, self.size()?));
            if self.terminal.get_frame().area() != area {
                self.terminal.resize(area)?;
            }
            let wide = &mut self.wide;
            let drawn = self.terminal.draw(|frame| {
                paint(frame);
                refresh_halves(wide, frame.buffer_mut());
            })?;
            return Ok(Some(drawn.area.as_size()));
        }
        Ok(None)
    }

    /// Takes the mouse, or leaves it to the terminal.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn capture_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        if on { send(EnableMouseCapture) } else { send(DisableMouseCapture) }
    }

    /// Sends `text` to the clipboard by OSC 52; the terminal may ignore it.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        send(CopyToClipboard::to_clipboard_from(text))
    }

    /// Gives the terminal back and stops until continued. The watcher of signals then asks for [`Self::resume`].
    pub fn suspend(&mut self) {
        // The watcher restores and stops, as for a SIGTSTP from outside. What was typed behind it waits until then.
        let start = Instant::now();
        let _ = raise(SIGTSTP);
        while ENTERED.load(Ordering::SeqCst) && start.elapsed() < LONGEST_FRAME {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Takes the terminal again after a suspension, with an empty screen so that all is drawn anew.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be set up.
    pub fn resume(&mut self) -> io::Result<()> {
        take(self.mouse)?;
        self.terminal = new_terminal()?;
        self.wide.clear();
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        restore();
    }
}

/// The part of a screen that is drawn.
#[must_use]
pub fn drawn(size: Size) -> Size {
    Size::new(size.width.min(LARGEST.width), size.height.min(LARGEST.height))
}

/// A terminal of which nothing is known yet; the first frame gives it its size.
fn new_terminal() -> io::Result<Terminal<CrosstermBackend<Stdout>>> {
    let viewport = Viewport::Fixed(Rect::ZERO);
    Terminal::with_options(CrosstermBackend::new(io::stdout()), TerminalOptions { viewport })
}

/// Has the second half of every wide character written anew that gives way to a narrow one: ratatui leaves
/// that to the terminal, and not every terminal does it.
fn refresh_halves(wide: &mut Vec<Position>, buffer: &mut Buffer) {
    for at in wide.drain(..) {
        let is_narrow = buffer.cell(at).is_some_and(|cell| cell.cell_width() < 2);
        if is_narrow && let Some(half) = buffer.cell_mut(Position::new(at.x + 1, at.y)) {
            half.set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    }
    let cells = buffer.content.iter().enumerate().filter(|(_, cell)| cell.cell_width() > 1);
    wide.extend(cells.map(|(at, _)| Position::from(buffer.pos_of(at))));
}

/// Sends a command, unless the terminal has been given back.
fn send(command: impl Command) -> io::Result<()> {
    let _drawing = DRAWING.lock().unwrap_or_else(PoisonError::into_inner);
    if !ENTERED.load(Ordering::SeqCst) {
        return Ok(());
    }
    let mut out = io::stdout();
    queue!(out, command)?;
    out.flush()
}

fn take(mouse: bool) -> io::Result<()> {
    let drawing = DRAWING.lock().unwrap_or_else(PoisonError::into_inner);
    if ENDING.load(Ordering::SeqCst) {
        drop(drawing);
        // The signal comes any moment.
        loop {
            thread::park();
        }
    }
    ENTERED.store(true, Ordering::SeqCst);
    // Somebody may have changed the modes while the program was stopped, of which crossterm does not know.
    let _ = disable_raw_mode();
    enable_raw_mode()?;
    // From here on crossterm knows what to go back to.
    *FOUND.lock().unwrap_or_else(PoisonError::into_inner) = None;
    let mut out = io::stdout();
    queue!(out, EnterAlternateScreen, EnableBracketedPaste, Hide)?;
    if mouse {
        queue!(out, EnableMouseCapture)?;
    }
    out.flush()
}

/// Whether the terminal listens to this program: a shell that has put it behind others has the terminal itself.
pub(super) fn is_in_front() -> bool {
    tcgetpgrp(rustix::stdio::stdout()).map_or(true, |group| group == getpgrp())
}

/// Whether those behind may write to the terminal; else they are stopped for it.
fn lets_others_write() -> bool {
    tcgetattr(rustix::stdio::stdout()).is_ok_and(|modes| !modes.local_modes.contains(LocalModes::TOSTOP))
}

/// Waits until the program is in front. One that is started behind others stops before it asks for anything, as all that
/// want the terminal do.
pub fn wait_for_front() {
    while !is_in_front() {
        let _ = emulate_default_handler(SIGTTOU);
        // Who continued it may end it: the watcher of signals comes first.
        thread::sleep(PATIENCE);
    }
}

/// Gives the terminal back: once, however often it is called.
pub(super) fn restore() {
    restore_within(LONGEST_FRAME);
}

/// Gives the terminal back, never to take it again: the program is about to end.
pub(super) fn restore_for_good() {
    ENDING.store(true, Ordering::SeqCst);
    restore();
}

fn restore_within(patience: Duration) {
    // Whoever holds the lock behind others may be stopped for good.
    let _drawing = drawing_within(if is_in_front() { patience } else { Duration::ZERO });
    let is_in_front = is_in_front();
    if !ENTERED.swap(false, Ordering::SeqCst) {
        if is_in_front && let Some(modes) = FOUND.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            let _ = tcsetattr(rustix::stdio::stdout(), OptionalActions::Now, modes);
        }
        return;
    }
    let mut bytes = Vec::new();
    // Writing to memory cannot fail; and if the terminal is gone there is nothing left to restore.
    let _ = queue!(bytes, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show);
    if takes_more_within(PATIENCE) && (is_in_front || lets_others_write()) {
        let _ = rustix::io::write(rustix::stdio::stdout(), &bytes);
    }
    // Whoever changes the modes from behind is stopped; a shell that has come forward has set its own.
    if is_in_front {
        let _ = disable_raw_mode();
    }
}

/// Whether the terminal reads on, in time; one that hangs must not hold the program.
fn takes_more_within(patience: Duration) -> bool {
    let stdout = rustix::stdio::stdout();
    let mut watched = [PollFd::new(&stdout, PollFlags::OUT)];
    let patience = patience.try_into().ok();
    poll(&mut watched, patience.as_ref()).is_ok_and(|ready| ready > 0)
}

/// The right to draw, when the drawing thread gives it up in time; a thread stuck in a dead terminal does not.
fn drawing_within(patience: Duration) -> Option<std::sync::MutexGuard<'static, ()>> {
    let start = Instant::now();
    loop {
        match DRAWING.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) if start.elapsed() >= patience => return None,
            Err(TryLockError::WouldBlock) if start.elapsed() >= PATIENCE && !takes_more_within(Duration::ZERO) => {
                return None;
            }
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(1)),
        }
    }
}

/// A panic on any thread gives the terminal back before its message is printed, so that it can be read.
fn restore_on_panic() {
    let print = panic::take_hook();
    // Only this thread draws: when it panics, no frame will end.
    let drawer = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        restore_within(if thread::current().id() == drawer { Duration::ZERO } else { LONGEST_FRAME });
        print(info);
    }));
}

/// Watches for signals, a hang-up and panics from now on: the terminal is given back whatever comes, and `wake` is told
/// when the loop must know of it.
///
/// # Errors
///
/// When signals cannot be watched for.
pub fn watch(wake: Sender<Wake>) -> io::Result<()> {
    *FOUND.lock().unwrap_or_else(PoisonError::into_inner) = tcgetattr(rustix::stdio::stdout()).ok();
    restore_on_panic();
    signals::watch(wake.clone())?;
    watch_hang_up(wake);
    Ok(())
}

/// A terminal that is closed wakes nobody who ignores SIGHUP, and crossterm then polls for ever (crossterm
/// #793). The kernel reports the hang-up to whoever waits for nothing else.
fn watch_hang_up(wake: Sender<Wake>) {
    let watch = move || {
        let alarm = Alarm(wake);
        let stdout = rustix::stdio::stdout();
        let mut watched = [PollFd::new(&stdout, PollFlags::empty())];
        loop {
            match poll(&mut watched, None) {
                Err(rustix::io::Errno::INTR) => {}
                Ok(_) if !watched[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => {}
                _ => break,
            }
        }
        let _ = alarm.0.send(Wake::HungUp);
    };
    // Without the watcher SIGHUP still ends the program; so go on without it.
    let _ = thread::Builder::new().name("hang-up".to_owned()).spawn(watch);
}

/// Whether both ends needed for a screen are there: standard output, and a terminal to read keys from.
#[must_use]
pub fn is_there() -> bool {
    let keys = || io::stdin().is_terminal() || std::fs::File::open("/dev/tty").is_ok();
    io::stdout().is_terminal() && keys()
}
