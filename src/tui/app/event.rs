//! What happens to the state, and what it asks of the loop.

use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::layout::Size;

use crate::catalog::{Catalog, HospitalKey};
use crate::compare::{Basis, Distribution};
use crate::formats::Progress;
use crate::search::{Answer, Ask};
use crate::tui::keymap::{self, Action};

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The mouse was clicked or its wheel turned.
    Mouse(MouseEvent),
    /// The terminal has another size.
    Resize(Size),
    /// A search has ended: its generation, and what it found.
    Found(u64, Answer),
    /// What has been loaded so far, or all of it.
    Loaded(Arc<Catalog>, Loading),
    /// How far the loading is.
    Progress(Progress),
    /// The hospitals of the catalog of this generation have been counted.
    Counted(u64, Vec<Distribution>),
    /// What the screen asks of all hospitals is known from now on.
    Surveyed,
    /// The terminal has another background.
    Background(Background),
    /// A copy has been made, or not: what it is of, in brief, and how it went.
    Copied(String, Copied),
    /// Something to tell the user.
    Notice(String),
}

/// How a copy went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// This program took it.
    By(&'static str),
    /// It was sent to the terminal, after what a program said that did not take it.
    Sent(Option<String>),
    /// It was not made; the reason.
    Refused(String),
}

/// The background of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// Darker than the text.
    Dark,
    /// Lighter than the text.
    Light,
}

impl Event {
    /// Whether it may be handled before others that wait: answers, what the terminal is like, and quitting.
    pub(crate) fn may_overtake(&self) -> bool {
        match self {
            Self::Found(..) | Self::Resize(_) | Self::Loaded(..) | Self::Progress(_) => true,
            Self::Counted(..) | Self::Surveyed | Self::Background(_) | Self::Copied(..) | Self::Notice(_) => true,
            Self::Key(key) => keymap::resolve_everywhere(*key) == Some(Action::Quit),
            Self::Paste(_) | Self::Mouse(_) => false,
        }
    }
}

/// How far the loading is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loading {
    /// More hospitals will come.
    Underway(Progress),
    /// The files have been read to their end.
    Done,
    /// The user stopped it; the files contain more.
    Stopped,
}

impl Loading {
    /// Takes a report of the progress; one may still come after the loading was stopped.
    pub(super) fn advance(&mut self, progress: Progress) {
        if matches!(self, Self::Underway(_)) {
            *self = Self::Underway(progress);
        }
    }
}

/// What the loop should do for the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Restore the terminal and stop until continued.
    Suspend,
    /// Draw all of the screen anew.
    Redraw,
    /// Put text on the clipboard.
    Copy {
        /// All of it.
        text: String,
        /// What it is, for the message.
        brief: String,
    },
    /// Open a web address.
    Open(String),
    /// Turn mouse events on or off.
    CaptureMouse(bool),
    /// Search; the answer comes back with this generation.
    Search(u64, Ask),
    /// Stop loading, and keep what has been loaded.
    StopLoading,
    /// Count the hospitals of the catalog on these bases, and rank these two; the result comes back with this generation.
    Count(u64, Vec<Basis>, [HospitalKey; 2]),
}
