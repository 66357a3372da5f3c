//! What has changed from one edition of a dataset to another.
//!
//! - Everything that a hospital has is compared with the older file: names, place, facts, figures, lists.
//! - A column or measure that one of the two files does not have at all is reported once, not as a change of each hospital.
//! - A hospital whose row could not be read is neither removed nor added.

mod between;
mod change;
mod coverage;
mod differences;
mod figures;
mod statement;
#[cfg(test)]
mod tests;

pub use change::{Change, Changed, Changes, Heading, Named, Renamed, Unnamed};
