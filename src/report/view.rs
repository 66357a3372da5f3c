//! The view model of a comparison, shared by the screen and all exporters.
//!
//! [`ComparisonView::new`] compares two hospitals, and turns figures, facts and names into entries with texts. The screen,
//! text, Markdown, HTML, CSV, JSON and saved comparisons all render these entries. A view owns its data, so the browser can
//! keep it between frames.

mod builder;
mod comparison;
mod entry;
mod labels;
mod references;
mod side_summary;
mod summary;
mod timeline;
mod words;

pub use comparison::{ComparisonView, HospitalView, SourceView};
pub use entry::{Entry, Group, LimitView, MeasureView, PartView, SideView, Subject, ValueView};
pub use side_summary::SideSummary;
pub(super) use summary::upper_first;
pub(super) use words::amount;
