//! Which rows a word of a query matches, and how closely.

pub mod evaluate;
pub mod expansion;
pub mod scan;
pub mod subsequence;
pub mod term_match;
pub mod word;
