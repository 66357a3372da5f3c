//! The searchable text of a catalog.

pub mod bit_slices;
pub mod catalog_index;
pub mod folded;
pub mod lexicon;
pub mod lists;
pub mod names;
pub mod normalized;
