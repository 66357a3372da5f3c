//! The order in which events are handled.

use std::collections::VecDeque;

use crossterm::event::KeyCode;

use crate::tui::app::event::Event;
use crate::tui::app::state::App;

/// Events that have come and are not handled yet. What acts on the list waits for the search under way, and so does all
/// that came after it, except events that may overtake.
#[derive(Debug, Default)]
pub struct EventQueue {
    /// Events that may overtake. Apart, so that they are found at once behind a storm of keys.
    urgent: VecDeque<Event>,
    in_order: VecDeque<Event>,
}

impl EventQueue {
    /// Adds an event that has come.
    pub fn push(&mut self, event: Event) {
        let overtakes = !self.in_order.is_empty() && event.may_overtake();
        if overtakes { &mut self.urgent } else { &mut self.in_order }.push_back(event);
    }

    /// The next event that may be handled; none while all must wait.
    pub fn next(&mut self, app: &App) -> Option<Event> {
        if let Some(event) = self.urgent.pop_front() {
            return Some(event);
        }
        if let Some(Event::Key(key)) = self.in_order.front_mut()
            && let Some(plain) = app.without_escape(*key)
        {
            *key = plain;
            self.in_order.push_front(Event::Key(KeyCode::Esc.into()));
        }
        let is_free = self.in_order.front().is_some_and(|event| !app.must_wait(event));
        if is_free { self.in_order.pop_front() } else { None }
    }
}
