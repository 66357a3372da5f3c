//! Broken and strange files, one fault each.
//!
//! A dataset is made by strangers, cut off by servers and mangled by spreadsheets. Whatever it is, the program must end
//! in time and say in a few clean words which file, which line, what is wrong and what to do; and what it could read of
//! a file must never be taken for the whole of it.

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
