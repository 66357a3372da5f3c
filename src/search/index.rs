//! The searchable text of a catalog.

pub mod bit_sliced;
pub mod bitset;
pub mod catalog_index;
pub mod lexicon;
pub mod names;
pub mod normalized;
pub mod postings;
