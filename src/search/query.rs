//! The query language.

pub mod complete;
pub mod parse;

pub use parse::pieces;
