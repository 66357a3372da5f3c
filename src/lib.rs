//! hospitui

pub mod catalog;
pub mod compare;
pub mod search;
pub mod text;
