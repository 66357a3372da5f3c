//! The best of many matches.

pub mod key;
pub mod ranker;
pub mod score;
