//! Which rows the words of a query match, and how closely.

pub mod evaluate;
pub mod expand;
pub mod matches;
pub mod rank_key;
pub mod subsequence;
pub mod term_match;
pub mod word;
