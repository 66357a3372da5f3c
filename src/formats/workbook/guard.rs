//! Keeps a damaged workbook from ending the program: the reader of old Excel panics on some.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use crate::formats::workbook::error::BookError;

thread_local! {
    /// Whether a panic on this thread is only a damaged workbook.
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What `read` reads; a panic is a damaged workbook, and nothing is printed of it.
///
/// # Errors
///
/// Those of `read`, or that it panicked.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, BookError>) -> Result<T, BookError> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_GUARDED.get() {
                print(info);
            }
        }));
    });
    IS_GUARDED.set(true);
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    IS_GUARDED.set(false);
    read.unwrap_or_else(|_| Err(BookError::Damaged("its parts contradict each other".into())))
}
