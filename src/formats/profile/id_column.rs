//! The one column of a file that holds the ids.

use std::collections::HashSet;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::formats::profile::missing_texts::MissingTexts;
use crate::text;

/// What several columns that may hold the ids say in all rows. One of them is taken for the whole file: the first in which
/// each row has another text; else the one with the most different texts.
#[derive(Debug, Default)]
pub(crate) struct IdColumns {
    /// For each column, a hash of what it says in each row that it says anything in.
    hashes: Vec<Vec<u64>>,
    rows: usize,
}

impl IdColumns {
    /// Adds a row: its cells in the columns.
    pub(crate) fn push<'a>(&mut self, cells: impl ExactSizeIterator<Item = &'a str>, missing: &MissingTexts) {
        self.hashes.resize_with(cells.len(), Vec::new);
        self.rows += 1;
        for (hashes, cell) in self.hashes.iter_mut().zip(cells) {
            let cell = text::clean(cell);
            if !cell.is_empty() && missing.reason(&cell).is_none() {
                hashes.push(FixedState::default().hash_one(&*cell));
            }
        }
    }

    /// Adds later rows.
    pub(crate) fn append(&mut self, later: Self) {
        self.hashes.resize_with(later.hashes.len().max(self.hashes.len()), Vec::new);
        self.hashes.iter_mut().zip(later.hashes).for_each(|(hashes, later)| hashes.extend(later));
        self.rows += later.rows;
    }

    /// The position of the best column among them.
    #[must_use]
    pub(crate) fn best(self) -> Option<usize> {
        let distinct: Vec<usize> =
            self.hashes.into_iter().map(|hashes| hashes.into_iter().collect::<HashSet<u64>>().len()).collect();
        let unique = distinct.iter().position(|distinct| *distinct == self.rows);
        let most = distinct.iter().copied().max()?;
        unique.or_else(|| distinct.iter().position(|distinct| *distinct == most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_column_without_repeats_is_taken() {
        let best = |rows: &[[&str; 2]]| {
            let mut columns = IdColumns::default();
            for row in rows {
                let mut part = IdColumns::default();
                part.push(row.iter().copied(), &MissingTexts::default());
                columns.append(part);
            }
            columns.best()
        };
        assert_eq!(best(&[["501", "a"], ["", "b"], ["501", "c"]]), Some(1));
        assert_eq!(best(&[["1", "a"], ["2", "b"]]), Some(0), "both are unique");
        assert_eq!(best(&[["1", "a"], ["", "a"], ["2", ""]]), Some(0), "neither is");
        assert_eq!(best(&[]), None);
    }
}
