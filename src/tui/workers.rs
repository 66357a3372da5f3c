//! Threads that do what takes longer than a frame, or that wait. `run` starts each. The state asks for work by an
//! [`Effect`](crate::tui::app::Effect), and the result comes back as an [`Event`](crate::tui::app::Event).

pub(super) mod counting;
pub(super) mod loader;
pub(super) mod reader;
pub(super) mod searcher;
