//! The loop: takes messages, changes the state, draws.

use std::collections::VecDeque;
use std::env;
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use crate::catalog::Catalog;
use crate::formats::Progress;
use crate::tui::app::event::{Copied, Effect, Event, Loading};
use crate::tui::app::state::App;
use crate::tui::background;
use crate::tui::bindings::Bindings;
use crate::tui::clipboard::{self, Clipboard, Copying, NotTaken};
use crate::tui::error::Error;
use crate::tui::event_queue::EventQueue;
use crate::tui::glyphs::Glyphs;
use crate::tui::keymap::Action;
use crate::tui::layout::Panes;
use crate::tui::message::{Message, Messages};
use crate::tui::panic_guard::panic_for_test;
use crate::tui::resume::Resume;
use crate::tui::session::{self, Session};
use crate::tui::terminal::Requests;
use crate::tui::theme::{self, Colours, Depth, Theme};
use crate::tui::view::{hidden_cursor, hyperlinks, screen};
use crate::tui::workers::counting;
use crate::tui::workers::loader::{Load, Loader};
use crate::tui::workers::reader;
use crate::tui::workers::searcher::SearchWorker;
use crate::tui::{opener, signals, terminal};

/// How long the first frame waits for the first hospitals and for the background of the terminal: a screen that is full
/// at once reads better than one that flashes empty or changes its colours.
const FIRST_FRAME_WAIT: Duration = Duration::from_millis(35);

/// How long a frame waits for the answer to what was just typed. Most come sooner, and one frame costs less than two.
const ANSWER_WAIT: Duration = Duration::from_millis(8);

/// How long events are handled without a frame between them.
const LONGEST_BATCH: Duration = Duration::from_millis(30);

/// How the browser looks and behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// The colours; none asks the terminal for its background.
    pub theme: Option<theme::Name>,
    /// The characters to draw with; none asks the environment what can be shown.
    pub glyphs: Option<Glyphs>,
    /// Whether clicks and the wheel go to the browser.
    pub mouse: bool,
    /// Which way texts take to the clipboard.
    pub clipboard: Clipboard,
    /// How many panes are shown.
    pub panes: Panes,
    /// What keys mean.
    pub bindings: Bindings,
    /// Colours in the place of those of the theme.
    pub colours: Colours,
    /// What the session before has left.
    pub resume: Resume,
}

/// Opens the browser until the user quits. Meanwhile `load` loads the data on a thread of its own.
///
/// Returns what the session leaves to the next one.
///
/// # Errors
///
/// When the terminal fails, the data cannot be loaded, or a thread panics.
pub fn run(load: impl Load, options: Options) -> Result<Resume, Error> {
    let (sender, messages) = mpsc::channel();
    let loader = Loader::spawn(load, sender.clone())?;
    terminal::restore_on_panic();
    signals::spawn(sender.clone())?;
    signals::spawn_hang_up_watch(sender.clone());
    terminal::wait_for_foreground();
    let theme = theme(options.theme, options.colours);
    let follows_background = options.theme.is_none() && theme != Theme::PLAIN;
    let background_colour = follows_background && background::can_be_asked();
    let requests = Requests { mouse: options.mouse, background: follows_background, background_colour };
    let session = Session::enter(requests)?;
    let search = SearchWorker::spawn(sender.clone())?;
    reader::spawn(sender.clone())?;
    let (glyphs, message) = options.glyphs.map_or_else(Glyphs::from_environment, |glyphs| (glyphs, None));
    let mut app = App::new(Arc::new(Catalog::default()), session.size()?, glyphs, options.mouse);
    (app.theme, app.follows_background, app.message) = (theme, follows_background, message);
    app.set_panes(options.panes);
    app.set_bindings(options.bindings);
    app.resume(options.resume);
    app.loading = Loading::Underway(Progress::default());
    let (queue, clipboard) = (EventQueue::default(), options.clipboard);
    let received = VecDeque::new();
    Browser { app, session, messages, received, sender, search, loader, queue, clipboard }.run()
}

/// The state, the screen, and the threads that work for them.
struct Browser {
    app: App,
    session: Session,
    messages: Receiver<Message>,
    /// Messages that have come while something else was waited for.
    received: VecDeque<Message>,
    /// For threads that are started later.
    sender: Messages,
    search: SearchWorker,
    loader: Loader,
    queue: EventQueue,
    clipboard: Clipboard,
}

impl Browser {
    fn run(mut self) -> Result<Resume, Error> {
        self.await_first_frame();
        loop {
            let start = Instant::now();
            while let Some(message) = self.received.pop_front().or_else(|| self.before_next_frame(start.elapsed())) {
                if self.receive(message)?.is_break() {
                    return Ok(self.app.leave());
                }
            }
            self.draw()?;
            self.received.push_back(self.messages.recv().unwrap_or(Message::HungUp));
        }
    }

    /// Waits until the first hospitals and the background are there, or something else that cannot wait, or the time is up.
    fn await_first_frame(&mut self) {
        let start = Instant::now();
        let (mut has_hospitals, mut has_background) = (false, !background::is_owed());
        while !(has_hospitals && has_background)
            && let Ok(message) = self.messages.recv_timeout(FIRST_FRAME_WAIT.saturating_sub(start.elapsed()))
        {
            match &message {
                Message::Event(Event::Loaded(..)) => has_hospitals = true,
                Message::Answered | Message::Event(Event::Background(_)) => has_background = true,
                Message::Event(Event::Key(_) | Event::Paste(_) | Event::Mouse(_) | Event::Progress(_)) => {}
                _ => return self.received.push_back(message),
            }
            self.received.push_back(message);
        }
    }

    /// The next message to handle before a frame is drawn, `elapsed` after the first. All that have come are, so that a
    /// storm of events costs few frames; but not for longer than [`LONGEST_BATCH`], so that one that does not end is seen.
    fn before_next_frame(&self, elapsed: Duration) -> Option<Message> {
        match ANSWER_WAIT.checked_sub(elapsed) {
            Some(left) if self.app.is_searching() => self.messages.recv_timeout(left).ok(),
            _ if elapsed < LONGEST_BATCH => self.messages.try_recv().ok(),
            _ => None,
        }
    }

    fn receive(&mut self, message: Message) -> Result<ControlFlow<()>, Error> {
        match message {
            Message::Event(event) => {
                match &event {
                    Event::Loaded(catalog, loading) => {
                        let is_whole = !matches!(loading, Loading::Underway(_));
                        self.search.set_catalog(catalog, is_whole)?;
                    }
                    Event::Paste(text) => panic_for_test("main", text),
                    _ => {}
                }
                self.queue.push(event);
            }
            Message::Continued => {
                self.session.resume()?;
                self.queue.push(Event::Resize(self.session.size()?));
            }
            Message::Answered => {}
            Message::NotTaken(text, brief) => self.copy_without_program(&text, brief)?,
            Message::HungUp => return Ok(ControlFlow::Break(())),
            Message::Failed(error) => return Err(error),
        }
        while let Some(event) = self.queue.next(&self.app) {
            if let Some(effect) = self.app.handle(event)
                && self.perform(effect)?.is_break()
            {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn perform(&mut self, effect: Effect) -> Result<ControlFlow<()>, Error> {
        match effect {
            Effect::Quit => return Ok(ControlFlow::Break(())),
            Effect::Suspend => terminal::suspend(),
            Effect::Redraw => self.session.redraw()?,
            Effect::Copy { text, brief } => self.copy(text, brief)?,
            Effect::Open(address) => {
                let copy_key = self.app.key_in_list(Action::CopyAddress).map(str::to_owned);
                opener::open(address, copy_key, self.notifier())?;
            }
            Effect::CaptureMouse(on) => self.session.capture_mouse(on)?,
            Effect::Search(generation, ask) => self.search.search(generation, ask)?,
            Effect::StopLoading => self.loader.stop(),
            Effect::Count(generation, bases, sides) => {
                counting::spawn(&self.app.catalog, generation, bases, sides, self.sender.clone())?;
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Tells the user something, from a thread. Nobody is left to be told when the browser has ended.
    fn notifier(&self) -> impl FnOnce(String) + Send + 'static {
        let sender = self.sender.clone();
        move |notice| drop(sender.send(Message::Event(Event::Notice(notice))))
    }

    fn copy(&mut self, text: String, brief: String) -> io::Result<()> {
        let programs = clipboard::programs(self.clipboard);
        if programs.is_empty() {
            return self.copy_without_program(&NotTaken { text, reason: None }, brief);
        }
        let sender = self.sender.clone();
        let tell = move |given: Result<&'static str, NotTaken>| {
            let message = match given {
                Ok(name) => Message::Event(Event::Copied(brief, Copied::By(name))),
                Err(not_taken) => Message::NotTaken(not_taken, brief),
            };
            // Nobody is left to be told when the browser has ended.
            let _ = sender.send(message);
        };
        clipboard::give(programs, text, tell)
    }

    fn copy_without_program(&mut self, not_taken: &NotTaken, brief: String) -> io::Result<()> {
        let copied = match clipboard::without_program(not_taken, self.clipboard) {
            Copying::Sequence(sequence) => {
                session::write(&sequence)?;
                Copied::Sent(not_taken.reason.clone())
            }
            Copying::Refused(reason) => Copied::Refused(reason),
        };
        self.app.handle(Event::Copied(brief, copied));
        Ok(())
    }

    fn draw(&mut self) -> Result<(), Error> {
        let Self { app, session, .. } = self;
        session.draw(|frame| {
            app.lay_out(frame.area().as_size());
            screen::draw(app, frame);
            (hidden_cursor(app), hyperlinks(app))
        })?;
        Ok(())
    }
}

/// The theme asked for; else, until the terminal has told its background, what the environment says, or one that can be
/// read on any background.
fn theme(asked: Option<theme::Name>, colours: Colours) -> Theme {
    if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        return Theme::PLAIN;
    }
    let by_environment = || background::from_environment().map_or(theme::Name::Neutral, theme::Name::suiting);
    Theme { name: asked.unwrap_or_else(by_environment), depth: Depth::from_environment(), colours }
}
