//! hospitui

pub mod catalog;
pub mod text;
