//! The changes from one edition of a dataset to another.
//!
//! - Names, place, facts, figures and lists of each hospital are compared with the older edition.
//! - A column or measure that one edition lacks completely is reported once, not as a change of each hospital.
//! - A hospital whose row could not be read counts neither as removed nor as added.

mod between;
mod change;
mod coverage;
mod differences;
mod field;
mod figures;
#[cfg(test)]
mod tests;

pub use change::{Change, Changed, Changes, HospitalName, Renamed, UnmatchedField, UnreadHospital};
