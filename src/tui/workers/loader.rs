//! Loads the data while the screen shows what has been loaded so far.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{io, thread};

use crate::catalog::Catalog;
use crate::formats::{LoadError, Progress, ProgressObserver};
use crate::tui::app::event::{Event, Loading};
use crate::tui::error::Error;
use crate::tui::message::{Message, Messages};
use crate::tui::panic_guard::PanicGuard;

/// How often the progress is reported.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(50);

/// A function that loads the data and reports its progress to an observer.
pub trait Load: FnOnce(&mut dyn ProgressObserver) -> Result<Catalog, LoadError> + Send + 'static {}

impl<F: FnOnce(&mut dyn ProgressObserver) -> Result<Catalog, LoadError> + Send + 'static> Load for F {}

/// The thread that loads.
pub(crate) struct Loader {
    stopped: Arc<AtomicBool>,
}

impl Loader {
    /// Starts it.
    pub(crate) fn spawn(load: impl Load, messages: Messages) -> io::Result<Self> {
        let stopped = Arc::new(AtomicBool::new(false));
        let loader = Self { stopped: Arc::clone(&stopped) };
        let work = move || {
            let mut observer = Reporter::new(PanicGuard(messages), stopped);
            let message = match load(&mut observer) {
                Ok(catalog) => Message::Event(Event::Loaded(Arc::new(catalog), Loading::Done)),
                Err(LoadError::Stopped) => {
                    let so_far = observer.so_far.take().unwrap_or_default();
                    Message::Event(Event::Loaded(Arc::new(so_far), Loading::Stopped))
                }
                Err(error) => Message::Failed(Error::Load(error)),
            };
            observer.messages.send(message);
        };
        thread::Builder::new().name("loader".to_owned()).spawn(work)?;
        Ok(loader)
    }

    /// Asks it to stop, and to keep what it has loaded.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

/// Reports the progress to the loop.
struct Reporter {
    messages: PanicGuard,
    stopped: Arc<AtomicBool>,
    progress: Progress,
    reported: Option<Instant>,
    /// What had been loaded when it was stopped, or was shown last. It shares the hospitals.
    so_far: Option<Catalog>,
    /// How many hospitals the screen has been shown.
    published: usize,
}

impl Reporter {
    fn new(messages: PanicGuard, stopped: Arc<AtomicBool>) -> Self {
        Self { messages, stopped, progress: Progress::default(), reported: None, so_far: None, published: 0 }
    }
}

impl ProgressObserver for Reporter {
    fn on_progress(&mut self, progress: &Progress) -> ControlFlow<()> {
        self.progress = progress.clone();
        // A pipe has no known length and may pause at any time, so its progress is reported at once.
        if progress.of.is_none() || self.reported.is_none_or(|at| at.elapsed() >= PROGRESS_INTERVAL) {
            self.reported = Some(Instant::now());
            self.messages.send(Message::Event(Event::Progress(progress.clone())));
        }
        if self.stopped.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn wants_preview(&self) -> bool {
        true
    }

    fn on_catalog(&mut self, so_far: &Catalog) {
        if self.stopped.load(Ordering::Relaxed) {
            self.so_far = Some(so_far.clone());
        } else if !so_far.is_empty() && so_far.len() >= self.published * 2 {
            // Each published catalog is indexed anew. Since each is at least twice as long as the one before, all of
            // them together take no longer than the last one alone takes twice.
            self.published = so_far.len();
            self.so_far = Some(so_far.clone());
            let loading = Loading::Underway(Progress { hospitals: so_far.len(), ..self.progress.clone() });
            self.messages.send(Message::Event(Event::Loaded(Arc::new(so_far.clone()), loading)));
        }
    }
}
