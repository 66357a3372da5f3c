//! The search on a thread of its own, so that typing never waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::{io, iter, thread};

use super::{Alarm, Error, Wake, panic_for_test};
use crate::catalog::Catalog;
use crate::search::{Ask, Searcher};

/// What the search thread is told.
enum Task {
    /// From now on this is searched.
    Catalog(Arc<Catalog>),
    /// Find this.
    Ask(u64, Ask),
}

/// The thread that answers queries.
pub struct SearchThread {
    tasks: Sender<Task>,
    /// The newest generation asked for; a search for an older one ends early.
    newest: Arc<AtomicU64>,
}

impl SearchThread {
    /// Starts it, with nothing to search yet. It sends its answers through `wake`.
    pub fn spawn(wake: Sender<Wake>) -> io::Result<Self> {
        let (tasks, given) = mpsc::channel();
        let newest = Arc::new(AtomicU64::new(0));
        let thread = Self { tasks, newest: Arc::clone(&newest) };
        thread::Builder::new().name("search".to_owned()).spawn(move || answer(&given, wake, &newest))?;
        Ok(thread)
    }

    /// Has it answer `ask` as `generation`, and nothing older.
    pub fn ask(&self, generation: u64, ask: Ask) -> Result<(), Error> {
        self.newest.store(generation, Ordering::Relaxed);
        self.tasks.send(Task::Ask(generation, ask)).map_err(|_| Error::Panicked)
    }

    /// Has it search this catalog from now on.
    pub fn look_at(&self, catalog: &Arc<Catalog>) -> Result<(), Error> {
        self.tasks.send(Task::Catalog(Arc::clone(catalog))).map_err(|_| Error::Panicked)
    }
}

/// Does the tasks given: of several that wait, only the newest question, on the newest catalog.
fn answer(given: &Receiver<Task>, wake: Sender<Wake>, newest: &AtomicU64) {
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
}
