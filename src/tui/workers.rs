//! Threads that do what takes longer than a frame, or that wait. Each sends its results as messages to the loop.

pub(super) mod counting;
pub(super) mod loader;
pub(super) mod reader;
pub(super) mod searcher;
