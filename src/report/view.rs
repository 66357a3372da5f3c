//! A comparison as people read it, made once for every sink.
//!
//! [`ComparisonView::new`] walks over the sides, figures, statements and names of a comparison. The screen, the opened
//! row, text, Markdown, HTML, CSV, JSON and kept comparisons render what it made. It owns what it holds, so that the
//! browser can keep it while it is shown.

mod builder;
mod comparison;
mod entry;
mod once;
mod summary;
mod timeline;
mod words;

pub use comparison::{ComparisonView, SourceView, Who};
pub use entry::{Entry, Group, LimitView, Meaning, PartView, Said, SideView, Subject};
pub use once::SaidOnce;
pub(super) use summary::upper_first;
