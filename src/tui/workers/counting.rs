//! Counts all hospitals for a distribution: among a million that takes longer than a frame.

use std::sync::Arc;
use std::{io, thread};

use crate::catalog::Catalog;
use crate::compare::{Basis, Distribution};
use crate::tui::app::event::Event;
use crate::tui::message::{Message, Messages};
use crate::tui::panic_guard::PanicGuard;

/// Counts the hospitals on each basis, on a thread that ends with that.
pub(crate) fn spawn(catalog: &Arc<Catalog>, generation: u64, bases: Vec<Basis>, messages: Messages) -> io::Result<()> {
    let catalog = Arc::clone(catalog);
    let count = move || {
        let messages = PanicGuard(messages);
        messages.send(Message::Event(Event::Counted(generation, Distribution::of_bases(&catalog, bases))));
    };
    thread::Builder::new().name("counting".to_owned()).spawn(count).map(drop)
}
