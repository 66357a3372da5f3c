//! A panic on any thread ends the browser instead of leaving it waiting for that thread.

use std::{env, thread};

use crate::tui::error::Error;
use crate::tui::message::{Message, Messages};

/// The sender of a thread; tells the loop when that thread panics.
pub(super) struct PanicGuard(pub(super) Messages);

impl PanicGuard {
    /// Sends a message; whether the loop is still there to receive it.
    pub(super) fn send(&self, message: Message) -> bool {
        self.0.send(message).is_ok()
    }
}

impl Drop for PanicGuard {
    fn drop(&mut self) {
        if thread::panicking() {
            self.send(Message::Failed(Error::Panicked));
        }
    }
}

/// Panics if `HOSPITUI_TEST_PANIC` names this thread and text: tests see that the terminal is restored. Not in a
/// release build.
pub(super) fn panic_for_test(thread: &str, text: &str) {
    let is_asked = |on: String| on.strip_prefix(thread).is_some_and(|on| on.trim_start() == text);
    let forced = cfg!(debug_assertions) && env::var("HOSPITUI_TEST_PANIC").is_ok_and(is_asked);
    assert!(!forced, "forced by HOSPITUI_TEST_PANIC");
}
