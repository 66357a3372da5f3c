//! The settings: what holds, and where it comes from.
//!
//! A setting is an option of the command line. Its name is the long name of the option, in the configuration file as well,
//! and its variable is the one of the option. A flag goes before the environment, this before the file, and the file before
//! the default: what the file says becomes the default of the option, so that the parser of the command line does the rest.
//! Three settings are more than a value: `data`, the files to open when none are named, `[colours]` and `[keys]`.

mod file;
mod print;
mod settings;

pub(super) use print::print;
pub use settings::{Invocation, Stop};
