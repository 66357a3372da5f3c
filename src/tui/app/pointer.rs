//! What the mouse has done, as far as its next event depends on it.

use std::time::{Duration, Instant};

use ratatui::layout::Position;

/// Longest time between the clicks of a double click.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);

/// A scroll bar, named by what it scrolls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScrollBarOf {
    List,
    Detail,
    Compare,
    Overlay,
}

/// Which click of a double click one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Click {
    First,
    Second,
    /// The second one, where the first has closed what was clicked. It was not meant for what lay below.
    Stray,
}

/// The mouse.
#[derive(Debug, Default)]
pub(super) struct Pointer {
    /// Whether its events come to the browser.
    pub(super) is_captured: bool,
    /// The scroll bar that is being dragged.
    pub(super) dragged: Option<ScrollBarOf>,
    last_click: Option<(Position, Instant)>,
    has_closed: bool,
}

impl Pointer {
    pub(super) fn new(is_captured: bool) -> Self {
        Self { is_captured, ..Self::default() }
    }

    /// Takes a click.
    pub(super) fn click(&mut self, at: Position) -> Click {
        let is_second = self.last_click.is_some_and(|(place, time)| place == at && time.elapsed() < DOUBLE_CLICK);
        let has_closed = std::mem::take(&mut self.has_closed);
        // A third click begins anew.
        self.last_click = (!is_second).then(|| (at, Instant::now()));
        match (is_second, has_closed) {
            (false, _) => Click::First,
            (true, false) => Click::Second,
            (true, true) => Click::Stray,
        }
    }

    /// Notes that the last click has closed what was clicked.
    pub(super) fn note_closed(&mut self) {
        self.has_closed = true;
    }
}
