//! hospitui

pub mod catalog;
pub mod cli;
pub mod compare;
pub mod report;
pub mod search;
pub mod text;
pub mod tui;
