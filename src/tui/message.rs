//! What the threads tell the loop.

use std::sync::mpsc::Sender;

use crate::tui::app::event::Event;
use crate::tui::clipboard::NotTaken;
use crate::tui::error::Error;

/// The sending end of the loop's channel.
pub(super) type Messages = Sender<Message>;

/// A message to the loop.
#[derive(Debug)]
pub(super) enum Message {
    /// Something for the state: a key, an answer, loaded hospitals.
    Event(Event),
    /// The terminal has answered what it was asked when the screen was entered, or does not know it. It wakes the loop.
    Answered,
    /// No program took a text for the clipboard. What it is, in brief, comes with it.
    NotTaken(NotTaken, String),
    /// The program was suspended, and continues.
    Continued,
    /// The terminal is gone.
    HungUp,
    /// The browser cannot go on.
    Failed(Error),
}
