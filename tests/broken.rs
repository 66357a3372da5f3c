//! Broken and strange files, one fault each.
//!
//! A dataset is made by strangers, cut off by servers and mangled by spreadsheets. Whatever it is, the program must end
//! in time and say in a few clean words which file, which line, what is wrong and what to do; and what it could read of
//! a file must never be taken for the whole of it.

#[path = "broken/catalogs.rs"]
mod catalogs;
#[path = "broken/corpus.rs"]
mod corpus;
#[path = "broken/harness.rs"]
mod harness;
#[path = "broken/large.rs"]
mod large;
#[path = "broken/mutations.rs"]
mod mutations;
#[path = "broken/objects.rs"]
mod objects;
#[path = "broken/packed.rs"]
mod packed;
#[path = "broken/paths.rs"]
mod paths;
#[path = "broken/profiles.rs"]
mod profiles;
#[path = "broken/round_trips.rs"]
mod round_trips;
#[path = "broken/tables.rs"]
mod tables;
