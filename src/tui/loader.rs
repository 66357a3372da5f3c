//! Loading on a thread of its own, while the screen shows what has come.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use super::app::Loading;
use super::{Alarm, Wake};
use crate::catalog::Catalog;
use crate::formats::{LoadError, Progress, ProgressObserver};

/// How often the screen is told how far it is.
const BEAT: Duration = Duration::from_millis(50);

/// What loads the data, telling somebody who looks on.
pub trait Load: FnOnce(&mut dyn ProgressObserver) -> Result<Catalog, LoadError> + Send + 'static {}

impl<F: FnOnce(&mut dyn ProgressObserver) -> Result<Catalog, LoadError> + Send + 'static> Load for F {}

/// The thread that loads.
pub struct Loader {
    stopped: Arc<AtomicBool>,
}

impl Loader {
    /// Asks it to stop, and to leave what it has.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

/// Loads by `load`, and wakes the loop with what has come.
pub fn spawn(load: impl Load, wake: Sender<Wake>) -> io::Result<Loader> {
    let stopped = Arc::new(AtomicBool::new(false));
    let loader = Loader { stopped: Arc::clone(&stopped) };
    let work = move || {
        let alarm = Alarm(wake);
        let mut teller =
            Teller { wake: alarm.0.clone(), stopped, last: Progress::default(), told: None, shown: None, published: 0 };
        // When the loop is gone nobody is left to be told.
        let _ = match load(&mut teller) {
            Ok(catalog) => alarm.0.send(Wake::Loaded(Arc::new(catalog), Loading::Done)),
            Err(LoadError::Stopped) => {
                alarm.0.send(Wake::Loaded(Arc::new(teller.shown.take().unwrap_or_default()), Loading::Stopped))
            }
            Err(error) => alarm.0.send(Wake::Unloadable(error)),
        };
    };
    thread::Builder::new().name("loader".to_owned()).spawn(work)?;
    Ok(loader)
}

/// Tells the loop.
struct Teller {
    wake: Sender<Wake>,
    stopped: Arc<AtomicBool>,
    last: Progress,
    told: Option<Instant>,
    /// What had been loaded when it was stopped. It shares the hospitals.
    shown: Option<Catalog>,
    /// How many hospitals the screen has been shown.
    published: usize,
}

impl ProgressObserver for Teller {
    fn on_progress(&mut self, progress: &Progress) -> ControlFlow<()> {
        self.last = progress.clone();
        // Of a pipe nobody knows whether more will come soon; what has come is told at once.
        if progress.of.is_none() || self.told.is_none_or(|told| told.elapsed() >= BEAT) {
            self.told = Some(Instant::now());
            let _ = self.wake.send(Wake::Loading(self.last.clone()));
        }
        if self.stopped.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn on_catalog(&mut self, so_far: &Catalog) {
        if self.stopped.load(Ordering::Relaxed) {
            self.shown = Some(so_far.clone());
        } else if !so_far.is_empty() && so_far.len() >= self.published * 2 {
            // The list is made searchable each time, so each time it is at least twice as long: all of that together
            // takes no longer than doing it once more.
            self.published = so_far.len();
            let loading = Loading::Underway(Progress { hospitals: so_far.len(), ..self.last.clone() });
            let _ = self.wake.send(Wake::Loaded(Arc::new(so_far.clone()), loading));
        }
    }
}
