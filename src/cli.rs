//! The command line and its commands.
//!
//! Commands write results to [`Output`]; `main` writes messages to standard error. Exit status 0 is success, 1
//! means no match, problems found or something changed, 2 means wrong usage, unreadable data or no terminal.
//!
//! `args` defines the arguments. `run` calls the command: `hospitals` has the commands that query a catalog, `cite` the one
//! that cites it, `fields` tells what a query can ask for, `files` has those that work on files, and `saved` saves and
//! replays comparisons. `data` loads files with progress on standard error. `output` is where results go, with colours and a
//! pager on a terminal. `outcome` has the results and errors of a run.

mod args;
mod cite;
mod config;
mod data;
mod fields;
mod files;
mod hospitals;
mod outcome;
mod output;
mod run;
mod saved;
mod screen_args;
mod state_file;

pub use config::{Invocation, Stop};
pub use outcome::{Failure, Outcome};
pub use output::Output;
pub use run::run;
