//! Reads from and writes to a terminal on threads.

use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

/// Reads from `reader` on a thread until it ends or the receiver is dropped. While `frozen` is set, it does not read.
pub fn read_on_a_thread(mut reader: Box<dyn Read + Send>, frozen: Arc<AtomicBool>) -> Receiver<Vec<u8>> {
    let (send, output) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = vec![0; 65536];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            if send.send(bytes[..count].to_vec()).is_err() {
                return;
            }
            while frozen.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(1));
            }
        }
    });
    output
}

/// Writes to a terminal on a thread, because a write blocks while the program does not read.
pub struct Keys {
    bytes: Option<Sender<Vec<u8>>>,
    sent: usize,
    written: Arc<AtomicUsize>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Keys {
    pub fn new(mut writer: Box<dyn Write + Send>) -> Self {
        let (bytes, sent) = mpsc::channel::<Vec<u8>>();
        let written = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&written);
        let thread = thread::spawn(move || {
            for bytes in sent {
                // If the program has ended, the write fails; the test checks its exit.
                let _ = writer.write_all(&bytes).and_then(|()| writer.flush());
                count.fetch_add(bytes.len(), Ordering::SeqCst);
            }
        });
        Self { bytes: Some(bytes), sent: 0, written, thread: Some(thread) }
    }

    pub fn send(&mut self, bytes: &[u8]) {
        self.sent += bytes.len();
        if let Some(keys) = &self.bytes {
            let _ = keys.send(bytes.to_vec());
        }
    }

    pub fn are_written(&self) -> bool {
        self.written.load(Ordering::SeqCst) == self.sent
    }

    /// Writes what has been sent, then closes the writing end.
    pub fn close(&mut self) {
        self.bytes = None;
        let _ = self.thread.take().map(thread::JoinHandle::join);
    }
}
