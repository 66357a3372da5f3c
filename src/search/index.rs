//! The searchable text of a catalog.
//!
//! Two hospitals, `St. Mary Hospital` in row 0 and `Hospital Mary Ann` in row 1, are indexed so:
//!
//! | structure | file | of the example |
//! |---|---|---|
//! | names, folded, as lists of lexicon entries | `names` | row 0: `st mary hospital` = 0 1 2; row 1: 2 1 3 |
//! | the lexicon: each distinct word once, with its signature | `lexicon` | 0 `st`, 1 `mary`, 2 `hospital`, 3 `ann` |
//! | postings: the names that have an entry | `names` | `mary`: names 0 and 1 |
//! | bit slices: for each character, one bit a name | `bit_slices` | `s`: 11; `y`: 11; `n`: 01 |
//!
//! [`other`] finds words in all other texts of the hospitals. `folded` prepares the names in batches, `normalized` has ids and places, `lists` stores lists of lists, and
//! [`catalog_index`] puts all of it together.

pub(crate) mod bit_slices;
pub(crate) mod catalog_index;
pub(crate) mod folded;
pub(crate) mod lexicon;
pub(super) mod lists;
pub(super) mod names;
pub(crate) mod normalized;
pub(crate) mod other;
