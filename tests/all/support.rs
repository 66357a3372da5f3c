//! Helpers of the tests: running the program as a command, in a pseudo-terminal and without a terminal; hostile texts.

#[cfg(target_os = "linux")]
pub mod base64;
pub mod broken_file;
pub mod command;
pub mod hostile_catalog;
pub mod hostile_strings;
pub mod package;
pub mod picture;
pub mod screen;
#[cfg(target_os = "linux")]
pub mod terminal;
#[cfg(target_os = "linux")]
mod terminal_requests;
#[cfg(target_os = "linux")]
pub mod terminal_threads;
