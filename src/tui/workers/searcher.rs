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
    /// Search this catalog from now on; whether it is all that is loaded.
    Catalog(Arc<Catalog>, bool),
    /// Answer this, as the search of this generation.
    Search(u64, Ask),
}

/// The thread that answers queries.
pub(crate) struct SearchWorker {
    tasks: Sender<Task>,
    newest: Arc<Newest>,
}

/// What was asked last, for the thread to see while it works.
#[derive(Debug, Default)]
struct Newest {
    /// The newest generation asked for. A search of an older one ends early.
    generation: AtomicU64,
    /// How many tasks have been sent.
    tasks: AtomicU64,
}

impl SearchWorker {
    /// Starts it, on an empty catalog.
    pub(crate) fn spawn(messages: Messages) -> io::Result<Self> {
        let (tasks, receiver) = mpsc::channel();
        let newest = Arc::new(Newest::default());
        let worker = Self { tasks, newest: Arc::clone(&newest) };
        let searcher = Searcher::new(Arc::new(Catalog::default()));
        let work = move || {
            let messages = PanicGuard(messages);
            Worker { tasks: receiver, received: 0, newest, searcher, is_whole: false, last: None }.work(&messages);
        };
        thread::Builder::new().name("search".to_owned()).spawn(work)?;
        Ok(worker)
    }

    /// Has it answer `ask` as `generation`, and nothing older.
    pub(crate) fn search(&self, generation: u64, ask: Ask) -> Result<(), Error> {
        self.newest.generation.store(generation, Ordering::Relaxed);
        self.send(Task::Search(generation, ask))
    }

    /// Has it search this catalog from now on; whether it is all that is loaded.
    pub(crate) fn set_catalog(&self, catalog: &Arc<Catalog>, is_whole: bool) -> Result<(), Error> {
        self.send(Task::Catalog(Arc::clone(catalog), is_whole))
    }

    fn send(&self, task: Task) -> Result<(), Error> {
        self.newest.tasks.fetch_add(1, Ordering::Relaxed);
        self.tasks.send(task).map_err(|_| Error::Panicked)
    }
}

/// The loop is gone.
struct Gone;

/// What the thread has.
struct Worker {
    tasks: Receiver<Task>,
    /// How many tasks it has taken.
    received: u64,
    newest: Arc<Newest>,
    searcher: Searcher,
    /// Whether the catalog is all that is loaded.
    is_whole: bool,
    /// The last query of this catalog.
    last: Option<(u64, Ask)>,
}

impl Worker {
    /// Works until the loop is gone. Of the tasks that have come, only the newest catalog and the newest query count.
    fn work(mut self, messages: &PanicGuard) {
        let mut is_prepared = true;
        while let Ok(first) = self.tasks.recv() {
            let (mut catalog, mut query) = (None, None);
            for task in iter::once(first).chain(self.tasks.try_iter()) {
                self.received += 1;
                match task {
                    Task::Catalog(newer, is_whole) => catalog = Some((newer, is_whole)),
                    Task::Search(generation, ask) => query = Some((generation, ask)),
                }
            }
            if let Some((catalog, is_whole)) = catalog {
                is_prepared = query.is_none();
                if is_prepared {
                    // The list is there already, and lacks only this.
                    survey(&catalog, messages);
                }
                // The old index is freed before the new one is built.
                self.searcher = Searcher::new(Arc::new(Catalog::default()));
                self.searcher = Searcher::new(catalog);
                (self.is_whole, self.last) = (is_whole, None);
            }
            if let Some((generation, ask)) = query {
                panic_for_test("search", &ask.query);
                self.last = Some((generation, ask));
                if self.answer(messages).is_err() {
                    return;
                }
            }
            if !is_prepared && self.is_idle() {
                survey(self.searcher.catalog(), messages);
                is_prepared = true;
            }
            if self.read_ahead(messages).is_err() {
                return;
            }
        }
    }

    /// Answers the last query, unless a newer one comes.
    fn answer(&mut self, messages: &PanicGuard) -> Result<(), Gone> {
        let Some((generation, ask)) = &self.last else { return Ok(()) };
        let wanted = || self.newest.generation.load(Ordering::Relaxed) == *generation;
        let found = self.searcher.search_while(ask, &wanted);
        let is_sent = found.is_none_or(|found| messages.send(Message::Event(Event::Found(*generation, found))));
        if is_sent { Ok(()) } else { Err(Gone) }
    }

    /// Whether no task waits.
    fn is_idle(&self) -> bool {
        self.newest.tasks.load(Ordering::Relaxed) == self.received
    }

    /// Reads what the next key will ask for, until the next task comes. Once the other texts of all hospitals are searched,
    /// the last query is answered again.
    fn read_ahead(&mut self, messages: &PanicGuard) -> Result<(), Gone> {
        let (newest, received) = (&self.newest, self.received);
        let is_idle = || newest.tasks.load(Ordering::Relaxed) == received;
        if let Some((_, ask)) = self.last.as_ref().filter(|_| is_idle()) {
            self.searcher.read_figures_of(&ask.query, &is_idle);
        }
        if !self.is_whole || self.searcher.has_other_texts() || !self.searcher.read_other_texts(&is_idle) {
            return Ok(());
        }
        self.answer(messages)
    }
}

/// Finds out what lists show of each hospital and that takes a look at all.
fn survey(catalog: &Catalog, messages: &PanicGuard) {
    catalog.survey();
    messages.send(Message::Event(Event::Surveyed));
}
