//! Answers queries, so that typing never waits for a search.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::{io, iter, thread};

use crate::catalog::Catalog;
use crate::search::{Ask, Searcher};
use crate::tui::app::event::Event;
use crate::tui::error::Error;
use crate::tui::message::{Message, Messages};
use crate::tui::panic_guard::{PanicGuard, panic_for_test};

enum Task {
    /// Search this catalog from now on.
    Catalog(Arc<Catalog>),
    /// Answer this, as the search of this generation.
    Search(u64, Ask),
}

/// The thread that answers queries.
pub(crate) struct SearchWorker {
    tasks: Sender<Task>,
    /// The newest generation asked for. A search of an older one ends early.
    newest: Arc<AtomicU64>,
}

impl SearchWorker {
    /// Starts it, on an empty catalog.
    pub(crate) fn spawn(messages: Messages) -> io::Result<Self> {
        let (tasks, receiver) = mpsc::channel();
        let newest = Arc::new(AtomicU64::new(0));
        let worker = Self { tasks, newest: Arc::clone(&newest) };
        let answer = move || answer(&receiver, &PanicGuard(messages), &newest);
        thread::Builder::new().name("search".to_owned()).spawn(answer)?;
        Ok(worker)
    }

    /// Has it answer `ask` as `generation`, and nothing older.
    pub(crate) fn search(&self, generation: u64, ask: Ask) -> Result<(), Error> {
        self.newest.store(generation, Ordering::Relaxed);
        self.tasks.send(Task::Search(generation, ask)).map_err(|_| Error::Panicked)
    }

    /// Has it search this catalog from now on.
    pub(crate) fn set_catalog(&self, catalog: &Arc<Catalog>) -> Result<(), Error> {
        self.tasks.send(Task::Catalog(Arc::clone(catalog))).map_err(|_| Error::Panicked)
    }
}

/// Works until the loop is gone. Of the tasks that have come, only the newest catalog and the newest query count.
fn answer(tasks: &Receiver<Task>, messages: &PanicGuard, newest: &AtomicU64) {
    let mut searcher = Searcher::new(Arc::new(Catalog::default()));
    let (mut is_prepared, mut waiting) = (true, None);
    while let Some(first) = waiting.take().or_else(|| tasks.recv().ok()) {
        let (mut catalog, mut query) = (None, None);
        for task in iter::once(first).chain(tasks.try_iter()) {
            match task {
                Task::Catalog(newer) => catalog = Some(newer),
                Task::Search(generation, ask) => query = Some((generation, ask)),
            }
        }
        if let Some(catalog) = catalog {
            is_prepared = query.is_none();
            if is_prepared {
                // The list is there already, and lacks only this.
                catalog.survey();
                messages.send(Message::Event(Event::Surveyed));
            }
            // The old index is freed before the new one is built.
            drop(searcher);
            searcher = Searcher::new(catalog);
        }
        if let Some((generation, ask)) = query {
            panic_for_test("search", &ask.query);
            let found = searcher.search_while(&ask, &|| newest.load(Ordering::Relaxed) == generation);
            if found.is_some_and(|found| !messages.send(Message::Event(Event::Found(generation, found)))) {
                return;
            }
        }
        waiting = tasks.try_recv().ok();
        if !is_prepared && waiting.is_none() {
            searcher.catalog().survey();
            is_prepared = true;
            messages.send(Message::Event(Event::Surveyed));
        }
    }
}
