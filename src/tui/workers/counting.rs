//! Counts all hospitals for a distribution: among a million that takes longer than a frame.

use std::sync::Arc;
use std::{io, thread};

use crate::catalog::{Catalog, HospitalKey};
use crate::compare::{Basis, Distribution};
use crate::tui::app::event::Event;
use crate::tui::message::{Message, Messages};
use crate::tui::panic_guard::PanicGuard;

/// Counts the hospitals on each basis and ranks two of them, on a thread that ends with that.
pub(crate) fn spawn(
    catalog: &Arc<Catalog>,
    generation: u64,
    bases: Vec<Basis>,
    sides: [HospitalKey; 2],
    messages: Messages,
) -> io::Result<()> {
    let catalog = Arc::clone(catalog);
    let count = move || {
        let messages = PanicGuard(messages);
        let counted = Distribution::of_bases(&catalog, bases, sides);
        messages.send(Message::Event(Event::Counted(generation, counted)));
    };
    thread::Builder::new().name("counting".to_owned()).spawn(count).map(drop)
}
