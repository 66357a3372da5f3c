//! All integration tests, in one binary: one build, one run, helpers shared in `support`.
//!
//! `cargo test --test all screens::` runs those of one file.

mod broken;
mod browser;
mod cleaning;
mod cli;
mod config;
mod datasets;
mod documents;
#[cfg(target_os = "linux")]
mod flows;
mod hostile;
mod house;
mod keys;
#[cfg(target_os = "linux")]
mod lifecycle;
mod map;
mod menus;
mod mouse;
#[cfg(target_os = "linux")]
mod owed_answers;
mod pairs;
mod queries;
mod query_fields;
mod random;
mod readme;
mod screen_reader;
mod screens;
mod sizes;
#[cfg(target_os = "linux")]
mod soak;
#[cfg(target_os = "linux")]
mod streams;
mod support;
#[cfg(target_os = "linux")]
mod terminal_input;
mod widths;
