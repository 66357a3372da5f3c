//! Broken and unusual files, each with one fault.
//!
//! Datasets may be truncated by servers and damaged by spreadsheets. The program must end in time and report in a short,
//! clean message the file, the line, the problem and a fix. A partly read file must never pass for a complete one.

mod catalogs;
mod corpus;
mod large;
mod mutations;
mod objects;
mod packed;
mod paths;
mod profiles;
mod round_trips;
mod tables;
