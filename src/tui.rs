//! The browser: the loop that reads events, changes the state and draws it.
//!
//! Event → [`keymap::resolve`] → [`app::App::handle`] → [`view::draw`]. Only this file and [`terminal`] touch the
//! terminal. Keys, signals, loaded data and search answers come as [`Wake`]s over one channel, from threads of their own,
//! so that the screen never waits for any of them.

pub mod app;
pub mod glyphs;
pub mod keymap;
pub mod layout;
mod loader;
pub mod page;
pub mod terminal;
pub mod theme;
pub mod view;

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};
use std::{env, fmt, io, iter, thread};

use crossterm::event::{Event as Input, KeyCode, KeyEventKind, KeyModifiers};
use ratatui::layout::Size;

use crate::catalog::Catalog;
use crate::formats::{LoadError, Progress};
use crate::search::{Answer, Ask, Searcher};
use app::{App, Effect, Event, Loading};
use glyphs::Glyphs;
pub use loader::Load;
use loader::Loader;
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
    // The question goes to the terminal before anything else reads its answers.
    let theme = theme(options.theme);
    let mut session = Session::enter(options.mouse)?;
    let search = spawn_search(wake.clone())?;
    spawn_reader(wake)?;
    let catalog = Arc::new(Catalog::default());
    let mut app = App::new(catalog, session.size()?, options.glyphs, options.mouse);
    app.loading = Some(Progress::default());
    let threads = Threads { search, loader };
    let ended = event_loop(app, theme, &mut session, &wakes, &threads);
    drop(session);
    ended
}

/// The threads that work for the loop.
struct Threads {
    search: SearchThread,
    loader: Loader,
}

/// How long the first frame waits for the first hospitals: a screen that fills at once reads better than one that
/// flashes empty.
const FIRST_FRAME: Duration = Duration::from_millis(35);

/// What comes until the first hospitals do, or anything else that cannot wait, or the time is up.
fn before_first_frame(wakes: &Receiver<Wake>) -> Vec<Wake> {
    let start = Instant::now();
    let mut early = Vec::new();
    while let Ok(wake) = wakes.recv_timeout(FIRST_FRAME.saturating_sub(start.elapsed())) {
        let can_wait = matches!(wake, Wake::Loading(_));
        early.push(wake);
        if !can_wait {
            break;
        }
    }
    early
}

fn event_loop(
    mut app: App,
    theme: Theme,
    session: &mut Session,
    wakes: &Receiver<Wake>,
    threads: &Threads,
) -> Result<(), Error> {
    let mut waiting: VecDeque<Event> = VecDeque::new();
    let mut early = before_first_frame(wakes);
    loop {
        if early.is_empty() {
            session.draw(|frame| view::draw(&app, theme, frame))?;
        }
        // All that has come meanwhile is taken before the next frame, so a storm of events costs few; but not for
        // longer than the eye waits, so that a storm that does not end is seen.
        if early.is_empty() {
            early.push(wakes.recv().unwrap_or(Wake::HungUp));
        }
        let start = Instant::now();
        let more = iter::from_fn(|| if start.elapsed() < LONGEST_WAIT { wakes.try_recv().ok() } else { None });
        for wake in std::mem::take(&mut early).into_iter().chain(more) {
            let event = match wake {
                Wake::Input(input) => event(input),
                Wake::Found(generation, found) => Some(Event::Found(generation, found)),
                Wake::Loaded(catalog, loading) => {
                    threads.search.look_at(&catalog)?;
                    Some(Event::Loaded(catalog, loading))
                }
                Wake::Loading(progress) => Some(Event::Loading(progress)),
                Wake::Unloadable(error) => return Err(Error::Load(error)),
                Wake::Continued => {
                    session.resume()?;
                    Some(Event::Resize(session.size()?))
                }
                Wake::HungUp => return Ok(()),
                Wake::Unreadable(error) => return Err(error.into()),
                Wake::Panicked => return Err(Error::Panicked),
            };
            waiting.extend(event);
            while let Some(event) = next_event(&app, &mut waiting) {
                match app.handle(event) {
                    None => {}
                    Some(Effect::Quit) => return Ok(()),
                    Some(Effect::Suspend) => session.suspend(),
                    Some(Effect::Copy(text)) => session.copy(&text)?,
                    Some(Effect::CaptureMouse(on)) => session.capture_mouse(on)?,
                    Some(Effect::Search(generation, ask)) => threads.search.ask(generation, ask)?,
                    Some(Effect::StopLoading) => threads.loader.stop(),
                }
            }
        }
    }
}

/// The next event that may be handled: the first, unless it must wait for a search; then one that need not.
pub fn next_event(app: &App, waiting: &mut VecDeque<Event>) -> Option<Event> {
    let is_first_free = waiting.front().is_some_and(|event| !app.must_wait(event));
    let at = if is_first_free { 0 } else { waiting.iter().position(App::never_waits)? };
    waiting.remove(at)
}

/// What an input means to the state; none when nothing.
fn event(input: Input) -> Option<Event> {
    match input {
        Input::Key(key) if key.kind != KeyEventKind::Release => Some(Event::Key(key)),
        Input::Paste(text) => {
            panic_for_test("main", &text);
            Some(Event::Paste(text))
        }
        Input::Mouse(mouse) => Some(Event::Mouse(mouse)),
        Input::Resize(width, height) => Some(Event::Resize(Size::new(width, height))),
        _ => None,
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

/// What the search thread is told.
enum Task {
    /// From now on this is searched.
    Catalog(Arc<Catalog>),
    /// Find this.
    Ask(u64, Ask),
}

/// The thread that answers queries.
struct SearchThread {
    tasks: Sender<Task>,
    /// The newest generation asked for; a search for an older one ends early.
    newest: Arc<AtomicU64>,
}

impl SearchThread {
    fn ask(&self, generation: u64, ask: Ask) -> Result<(), Error> {
        self.newest.store(generation, Ordering::Relaxed);
        self.tasks.send(Task::Ask(generation, ask)).map_err(|_| Error::Panicked)
    }

    fn look_at(&self, catalog: &Arc<Catalog>) -> Result<(), Error> {
        self.tasks.send(Task::Catalog(Arc::clone(catalog))).map_err(|_| Error::Panicked)
    }
}

/// Answers queries on a thread of its own; of several that wait, only the newest, on the newest catalog.
fn spawn_search(wake: Sender<Wake>) -> io::Result<SearchThread> {
    let (tasks, given) = mpsc::channel::<Task>();
    let newest = Arc::new(AtomicU64::new(0));
    let thread = SearchThread { tasks, newest: Arc::clone(&newest) };
    let work = move || {
        let alarm = Alarm(wake);
        let mut searcher = Searcher::new(Arc::new(Catalog::default()));
        while let Ok(first) = given.recv() {
            let (mut catalog, mut asked) = (None, None);
            for task in iter::once(first).chain(given.try_iter()) {
                match task {
                    Task::Catalog(newer) => catalog = Some(newer),
                    Task::Ask(generation, ask) => asked = Some((generation, ask)),
                }
            }
            if let Some(catalog) = catalog {
                // The old index goes before the new one comes.
                drop(searcher);
                searcher = Searcher::new(catalog);
            }
            let Some((generation, ask)) = asked else {
                searcher.prepare();
                continue;
            };
            panic_for_test("search", &ask.query);
            let found = searcher.search_while(&ask, &|| newest.load(Ordering::Relaxed) == generation);
            if found.is_some_and(|found| alarm.0.send(Wake::Found(generation, found)).is_err()) {
                return;
            }
        }
    };
    thread::Builder::new().name("search".to_owned()).spawn(work)?;
    Ok(thread)
}

/// Lets a test see that a panic on any thread leaves a usable terminal. Not in a release build.
fn panic_for_test(thread: &str, text: &str) {
    let is_asked = |on: String| on.strip_prefix(thread).is_some_and(|on| on.trim_start() == text);
    let forced = cfg!(debug_assertions) && env::var("HOSPITUI_TEST_PANIC").is_ok_and(is_asked);
    assert!(!forced, "forced by HOSPITUI_TEST_PANIC");
}

/// Reads the terminal on a thread of its own, which ends with the program.
fn spawn_reader(wake: Sender<Wake>) -> io::Result<()> {
    let read = move || {
        let alarm = Alarm(wake);
        let mut answers = LateAnswer::default();
        loop {
            let wake = match crossterm::event::read() {
                Ok(input) if answers.holds(&input) => continue,
                Ok(input) => Wake::Input(input),
                Err(error) => Wake::Unreadable(error),
            };
            let ends = matches!(wake, Wake::Unreadable(_));
            if alarm.0.send(wake).is_err() || ends {
                return;
            }
        }
    };
    thread::Builder::new().name("reader".to_owned()).spawn(read).map(drop)
}

/// A terminal's answer to the question for its background that comes too late to be one, over a slow line:
/// crossterm reads it as keys, Alt-] and on, which must not be taken for typing.
#[derive(Debug, Default)]
struct LateAnswer {
    keys_left: usize,
}

impl LateAnswer {
    /// Longest answer, in keys: `]11;rgb:ffff/ffff/ffff` and its end.
    const LONGEST: usize = 32;

    /// Whether `input` belongs to an answer.
    fn holds(&mut self, input: &Input) -> bool {
        let Input::Key(key) = input else { return false };
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Char(']') if alt => self.keys_left = Self::LONGEST,
            // The answer ends with ESC \ or with BEL, which is Ctrl-g.
            KeyCode::Char('\\') if alt && self.keys_left > 0 => return std::mem::take(&mut self.keys_left) > 0,
            KeyCode::Char('g') if key.modifiers == KeyModifiers::CONTROL => {
                return std::mem::take(&mut self.keys_left) > 0;
            }
            KeyCode::Char('0'..='9' | 'a'..='f' | 'A'..='F' | ';' | ':' | '/' | 'r' | 'g' | 'b')
                if self.keys_left > 0 =>
            {
                self.keys_left -= 1;
            }
            _ => self.keys_left = 0,
        }
        self.keys_left > 0
    }
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

#[cfg(test)]
mod tests {
    use crossterm::event::KeyEvent;

    use super::*;

    /// What is left of keys after late answers are taken out; `^x` is Alt-x.
    fn typed(keys: &str) -> String {
        let (mut answer, mut alt, mut left) = (LateAnswer::default(), false, String::new());
        for c in keys.chars() {
            if c == '^' {
                alt = true;
                continue;
            }
            let modifiers = if std::mem::take(&mut alt) { KeyModifiers::ALT } else { KeyModifiers::NONE };
            if !answer.holds(&Input::Key(KeyEvent::new(KeyCode::Char(c), modifiers))) {
                left.push(c);
            }
        }
        left
    }

    #[test]
    fn a_late_answer_of_the_terminal_is_no_typing() {
        assert_eq!(typed("j^]11;rgb:1c1c/1c1c/1c1c^\\k"), "jk");
        assert_eq!(typed("/chong"), "/chong");
        assert_eq!(typed("^]11;rgb:1c1c/qj"), "qj", "what cannot be an answer is typing again");
    }
}
