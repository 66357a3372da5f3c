//! What is read and written while a word is looked for, and how it is divided among the cores.

use crate::search::index::bitset::{Rows, TO_A_SET};
use crate::search::rank::key::Classes;

/// Rows from which on the work is divided among the cores.
pub const MANY: usize = if cfg!(test) { 8 } else { 16_384 };

/// Rows judged at a time; a whole number of sets.
pub const PART: usize = if cfg!(test) { TO_A_SET } else { 4_096 };

/// What is found for a word, row by row.
#[derive(Debug)]
pub struct Sheet {
    /// Which rows match or may match when more is typed.
    pub next: Rows,
    /// How all words match, each for itself.
    pub apart: Classes,
    /// The same as a phrase where they are one; none of a single word.
    pub together: Option<Classes>,
}

/// Some rows that follow one another, in whose names the word is to be spread.
pub struct Share<'a> {
    /// The first of them.
    pub first: usize,
    /// Which are to be looked at.
    pub open: &'a [u64],
    /// Which match.
    pub next: &'a mut [u64],
    /// How the word stands in their names; no match at first.
    pub apart: &'a mut [u8],
}

/// Some rows that follow one another, in whose names the word has been spread.
pub struct Part<'a> {
    /// The first of them.
    pub first: usize,
    /// Which are to be looked at.
    pub open: &'a [u64],
    /// Which match or may match when more is typed: at first, those in whose names' words the word stands.
    pub next: &'a mut [u64],
    /// How the words before the last match, taken together; none of a single word.
    pub before: Option<&'a [u8]>,
    /// How all words match, each for itself: at first, how the last one stands in the words of the names.
    pub apart: &'a mut [u8],
    /// The same as a phrase where they are one, no match at first; none of a single word.
    pub together: Option<&'a mut [u8]>,
}

impl Sheet {
    /// For so many rows; of several words or of one.
    pub fn new(rows: usize, of_several: bool) -> Self {
        let none = || Rows::none(rows);
        let together = of_several.then(|| Classes::none(rows));
        Self { next: none(), apart: Classes::none(rows), together }
    }

    /// Divides it into so many shares.
    pub fn shares<'a>(&'a mut self, open: &'a Rows, shares: usize) -> Vec<Share<'a>> {
        let sets = open.0.len().div_ceil(shares).max(PART / TO_A_SET);
        let rows = open.0.chunks(sets).zip(self.next.0.chunks_mut(sets)).zip(self.apart.0.chunks_mut(sets * TO_A_SET));
        let share = |(first, ((open, next), apart))| Share { first, open, next, apart };
        (0..).step_by(sets * TO_A_SET).zip(rows).map(share).collect()
    }

    /// Divides it into parts; `before` tells how the words before the last match.
    pub fn parts<'a>(&'a mut self, open: &'a Rows, before: Option<&'a Classes>) -> Vec<Part<'a>> {
        const SETS: usize = PART / TO_A_SET;
        let mut before = before.map(|classes| classes.0.chunks(PART));
        let mut together = self.together.as_mut().map(|classes| classes.0.chunks_mut(PART));
        let rows = open.0.chunks(SETS).zip(self.next.0.chunks_mut(SETS)).zip(self.apart.0.chunks_mut(PART));
        let part = |(first, ((open, next), apart))| {
            let before = before.as_mut().and_then(Iterator::next);
            let together = together.as_mut().and_then(Iterator::next);
            Part { first, open, next, before, apart, together }
        };
        (0..).step_by(PART).zip(rows).map(part).collect()
    }
}
