//! The browser: the loop that reads events, changes the state and draws it.
//!
//! Event → [`keymap::resolve`] → [`app::App::handle`] → [`view::draw`]. Only this file, [`input`] and
//! [`terminal`] touch the terminal. Keys, signals, loaded data and search answers come as [`Wake`]s over one channel,
//! from threads of their own, so that the screen never waits for any of them.

pub mod app;
mod counting;
pub mod glyphs;
pub mod input;
pub mod keymap;
pub mod layout;
mod loader;
pub mod page;
mod searching;
mod signals;
pub mod terminal;
pub mod theme;
pub mod view;

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};
use std::{env, fmt, io, thread};

use crossterm::event::Event as Input;

use crate::catalog::Catalog;
use crate::compare::Distribution;
use crate::formats::{LoadError, Progress};
use crate::search::Answer;
use app::{App, Effect, Event, Loading};
use glyphs::Glyphs;
use input::Waiting;
pub use loader::Load;
use loader::Loader;
use searching::SearchThread;
use terminal::Session;
use theme::Theme;

/// Longest that events are taken without a frame between them.
const LONGEST_WAIT: Duration = Duration::from_millis(30);

/// How the browser looks and behaves.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The colours; none asks the terminal for its background.
    pub theme: Option<Theme>,
    /// The signs to draw with.
    pub glyphs: Glyphs,
    /// Whether clicks and the wheel go to the browser.
    pub mouse: bool,
}

/// What wakes the loop.
#[derive(Debug)]
pub enum Wake {
    /// Keys, paste, mouse, resize.
    Input(Input),
    /// A search has ended: its generation, and what it found.
    Found(u64, Answer),
    /// What has been loaded so far, or all of it.
    Loaded(Arc<Catalog>, Loading),
    /// Loading goes on: how far it is.
    Loading(Progress),
    /// Hospitals have been counted.
    Counted(Vec<Distribution>),
    /// Loading failed.
    Unloadable(LoadError),
    /// The program was stopped, and goes on.
    Continued,
    /// The terminal is gone.
    HungUp,
    /// Keys can no longer be read.
    Unreadable(io::Error),
    /// A thread panicked; its message has been printed.
    Panicked,
}

/// Why the browser could not start or go on.
#[derive(Debug)]
pub enum Error {
    /// There is no terminal to draw on.
    NoTerminal,
    /// The terminal says that it cannot draw a screen, or nothing of itself.
    TooPlain,
    /// The terminal failed.
    Io(io::Error),
    /// The data could not be loaded.
    Load(LoadError),
    /// A thread panicked; its message has been printed.
    Panicked,
}

impl Error {
    /// The exit code: that of a panic is Rust's own.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Panicked => 101,
            _ => 2,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTerminal => f.write_str(
                "the browser needs a terminal; for pipes and scripts use `hospitui list`, `show` or `compare`",
            ),
            Self::TooPlain => f.write_str(
                "this terminal cannot draw a screen, by its TERM; set TERM=xterm-256color if it can, or use `hospitui list`",
            ),
            Self::Io(error) => write!(f, "the terminal failed: {error}"),
            Self::Load(error) => error.fmt(f),
            Self::Panicked => f.write_str("an internal error ended the program; the message above says where"),
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Makes sure that there is a terminal to draw on.
///
/// # Errors
///
/// [`Error::NoTerminal`] when there is none, [`Error::TooPlain`] when it cannot draw.
pub fn require_terminal() -> Result<(), Error> {
    if !terminal::is_there() {
        return Err(Error::NoTerminal);
    }
    let is_plain = env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    if is_plain { Err(Error::TooPlain) } else { Ok(()) }
}

/// The width of the terminal in columns, when there is one.
#[must_use]
pub fn terminal_width() -> Option<usize> {
    crossterm::terminal::size().ok().map(|(width, _)| width.into()).filter(|width| *width > 0)
}

/// Every key with what it does, for the manual page: `(keys, words)`.
#[must_use]
pub fn key_help() -> Vec<(String, String)> {
    let groups = keymap::groups().into_iter();
    let lines = groups.flat_map(|(heading, bindings)| bindings.into_iter().map(move |one| (heading.clone(), one)));
    lines.map(|(heading, binding)| (binding.names(), format!("{heading}: {}", binding.says))).collect()
}

/// Opens the browser until the user quits. The data is loaded meanwhile, by `load`, on a thread of its own.
///
/// # Errors
///
/// When the terminal fails, the data cannot be loaded, or a thread panics.
pub fn run(load: impl Load, options: Options) -> Result<(), Error> {
    let (wake, wakes) = mpsc::channel();
    let loader = loader::spawn(load, wake.clone())?;
    terminal::watch(wake.clone())?;
    terminal::wait_for_front();
    // The question goes to the terminal before anything else reads its answers.
    let theme = theme(options.theme);
    let mut session = Session::enter(options.mouse)?;
    let search = SearchThread::spawn(wake.clone())?;
    input::spawn_reader(wake.clone())?;
    let catalog = Arc::new(Catalog::default());
    let mut app = App::new(catalog, session.size()?, options.glyphs, options.mouse);
    app.loading = Some(Progress::default());
    let threads = Threads { search, loader, wake };
    let ended = event_loop(app, theme, &mut session, &wakes, &threads);
    drop(session);
    ended
}

/// The threads that work for the loop.
struct Threads {
    search: SearchThread,
    loader: Loader,
    /// By which short-lived threads send what they found.
    wake: Sender<Wake>,
}

/// How long the first frame waits for the first hospitals: a screen that fills at once reads better than one that
/// flashes empty.
const FIRST_FRAME: Duration = Duration::from_millis(35);

/// What comes until the first hospitals do, or anything else that cannot wait, or the time is up.
fn before_first_frame(wakes: &Receiver<Wake>) -> VecDeque<Wake> {
    let start = Instant::now();
    let mut early = VecDeque::new();
    while let Ok(wake) = wakes.recv_timeout(FIRST_FRAME.saturating_sub(start.elapsed())) {
        let can_wait = matches!(wake, Wake::Loading(_));
        early.push_back(wake);
        if !can_wait {
            break;
        }
    }
    early
}

/// How long a frame waits for the answer to what was just typed: most come sooner, and one frame costs less than two.
const ANSWER: Duration = Duration::from_millis(8);

/// What is to be taken before the next frame, which has waited so long. All that has come meanwhile is, so that a storm
/// of events costs few frames; but not for longer than the eye waits, so that a storm that does not end is seen.
fn before_next_frame(wakes: &Receiver<Wake>, waited: Duration, app: &App) -> Option<Wake> {
    match ANSWER.checked_sub(waited) {
        Some(left) if app.is_searching() => wakes.recv_timeout(left).ok(),
        _ if waited < LONGEST_WAIT => wakes.try_recv().ok(),
        _ => None,
    }
}

fn event_loop(
    mut app: App,
    theme: Theme,
    session: &mut Session,
    wakes: &Receiver<Wake>,
    threads: &Threads,
) -> Result<(), Error> {
    let mut waiting = Waiting::default();
    let mut early = before_first_frame(wakes);
    loop {
        if early.is_empty() {
            let drawn = session.draw(|frame| view::draw(&app, theme, frame))?;
            // The terminal may have changed before it said so; the state follows what was drawn.
            if let Some(size) = drawn.filter(|size| *size != app.size) {
                early.push_back(Wake::Input(Input::Resize(size.width, size.height)));
            }
        }
        if early.is_empty() {
            early.push_back(wakes.recv().unwrap_or(Wake::HungUp));
        }
        let start = Instant::now();
        while let Some(wake) = early.pop_front().or_else(|| before_next_frame(wakes, start.elapsed(), &app)) {
            let event = match wake {
                Wake::Input(input) => input::event(input),
                Wake::Found(generation, found) => Some(Event::Found(generation, found)),
                Wake::Loaded(catalog, loading) => {
                    threads.search.look_at(&catalog)?;
                    Some(Event::Loaded(catalog, loading))
                }
                Wake::Loading(progress) => Some(Event::Loading(progress)),
                Wake::Counted(counted) => Some(Event::Counted(counted)),
                Wake::Unloadable(error) => return Err(Error::Load(error)),
                Wake::Continued => {
                    session.resume()?;
                    Some(Event::Resize(session.size()?))
                }
                Wake::HungUp => return Ok(()),
                Wake::Unreadable(error) => return Err(error.into()),
                Wake::Panicked => return Err(Error::Panicked),
            };
            if let Some(event) = event {
                waiting.push(event);
            }
            while let Some(event) = waiting.next(&app) {
                match app.handle(event) {
                    None => {}
                    Some(Effect::Quit) => return Ok(()),
                    Some(Effect::Suspend) => session.suspend(),
                    Some(Effect::Copy(text)) => session.copy(&text)?,
                    Some(Effect::CaptureMouse(on)) => session.capture_mouse(on)?,
                    Some(Effect::Search(generation, ask)) => threads.search.ask(generation, ask)?,
                    Some(Effect::StopLoading) => threads.loader.stop(),
                    Some(Effect::Count(bases)) => counting::spawn(&app.catalog, bases, threads.wake.clone())?,
                }
            }
        }
    }
}

/// Tells the loop when the thread that holds it panics.
struct Alarm(Sender<Wake>);

impl Drop for Alarm {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send(Wake::Panicked);
        }
    }
}

/// Lets a test see that a panic on any thread leaves a usable terminal. Not in a release build.
fn panic_for_test(thread: &str, text: &str) {
    let is_asked = |on: String| on.strip_prefix(thread).is_some_and(|on| on.trim_start() == text);
    let forced = cfg!(debug_assertions) && env::var("HOSPITUI_TEST_PANIC").is_ok_and(is_asked);
    assert!(!forced, "forced by HOSPITUI_TEST_PANIC");
}

/// The theme asked for; else what suits the terminal's background, dark when it does not say.
fn theme(asked: Option<Theme>) -> Theme {
    use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

    let no_colour = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match asked {
        _ if no_colour => Theme::Plain,
        Some(theme) => theme,
        None => {
            let mut options = QueryOptions::default();
            options.timeout = Duration::from_millis(500);
            match theme_mode(options) {
                Ok(ThemeMode::Light) => Theme::Light,
                _ => Theme::Dark,
            }
        }
    }
}
