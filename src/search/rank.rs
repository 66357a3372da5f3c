//! The best of many matches.

pub mod ranker;
pub mod score;
