//! The command line: its shape, and its commands, which write to any [`std::io::Write`].
//!
//! Results go to the writer, messages to standard error (by `main`). Exit status 0 is success, 1 means no match or
//! problems found, 2 wrong usage, unreadable data or no terminal.
//!
//! `args` is the shape, as clap reads it. `run` calls the command that was asked for: `hospitals` has those that answer
//! from a catalog, `files` those that work on files, `saved` writes and replays comparisons. `data` loads files with
//! progress on standard error. `outcome` says how a run ended.

mod args;
mod data;
mod files;
mod hospitals;
mod outcome;
mod run;
mod saved;

pub use args::Cli;
pub use outcome::{Failure, Outcome};
pub use run::run;
