//! What has come through a pipe so far, shown before the rest comes.
//!
//! The whole lines that have come are read as if they were all. This is done again when there are twice as many bytes, so
//! that all of it together takes no longer than reading the whole twice.

use std::sync::Arc;

use crate::catalog::CatalogBuilder;
use crate::formats::detect::Shape;
use crate::formats::json::kind::Frame;
use crate::formats::progress::ProgressObserver;

/// Bytes that are shown first.
const FIRST: usize = 1 << 13;

/// Shows what has come.
#[derive(Default)]
pub(crate) struct Preview {
    /// How many bytes there were when it was shown last.
    shown: usize,
}

impl Preview {
    /// Shows the observer what `read` reads of the lines that have come, when these are twice as many as before.
    pub(crate) fn show(
        &mut self,
        bytes: &[u8],
        observer: &mut dyn ProgressObserver,
        read: impl FnOnce(Arc<String>, &mut CatalogBuilder),
    ) {
        if bytes.len() < (self.shown * 2).max(FIRST) {
            return;
        }
        self.shown = bytes.len();
        let end = memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1);
        let Ok(text) = std::str::from_utf8(&bytes[..end]) else { return };
        if !has_rows_by_line(text.strip_prefix('\u{feff}').unwrap_or(text)) {
            return;
        }
        let mut builder = CatalogBuilder::default();
        read(Arc::new(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()), &mut builder);
        observer.on_catalog(builder.catalog());
    }
}

/// Whether a text that is cut off behind a line can be read.
fn has_rows_by_line(text: &str) -> bool {
    match Shape::of(text) {
        Shape::Table => true,
        Shape::Objects(kind) => kind.frame == Frame::Lines,
        _ => false,
    }
}
