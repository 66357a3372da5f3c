//! What is to be said of places in a file: what was set aside, and what is odd.

use super::Problem;
use crate::text::Text;

/// What is to be said of places in a file.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// How many.
    pub count: usize,
    /// The first of them, each with its line, reason and cure.
    pub first: Vec<Problem>,
}

impl Notes {
    /// Most that are kept in words.
    pub const KEPT: usize = 100_000;

    /// Counts one more, and keeps it in words while those are few.
    pub fn push_with(&mut self, problem: impl FnOnce() -> Problem) {
        self.count += 1;
        if self.first.len() < Self::KEPT {
            self.first.push(problem());
        }
    }
}

/// The hospitals whose rows were set aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// The ids that the rows still give, in their order.
    pub ids: Vec<Text>,
    /// How many rows do not say whose they are.
    pub unknown: usize,
}

impl Unread {
    /// Adds the hospital of a row that was set aside; none when the row does not say whose it is.
    pub fn push(&mut self, id: Option<Text>) {
        match id {
            Some(id) => self.ids.push(id),
            None => self.unknown += 1,
        }
    }
}
