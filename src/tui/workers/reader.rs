//! Reads the terminal: keys, pastes and the mouse.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::OwnedFd;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use crate::tui::app::event::Event;
use crate::tui::background;
use crate::tui::error::Error;
use crate::tui::input::decode;
use crate::tui::input::sequence::{Sequence, Splitter};
use crate::tui::message::{Message, Messages};
use crate::tui::panic_guard::{PanicGuard, panic_for_test};

/// Most bytes that are read at once.
const CHUNK: usize = 4096;

/// Starts the thread that reads the terminal. It ends with the program.
pub(crate) fn spawn(messages: Messages) -> io::Result<()> {
    let terminal = open()?;
    let read = move || {
        let messages = PanicGuard(messages);
        let mut splitter = Splitter::default();
        let end = loop {
            match receive(&terminal, &mut splitter) {
                Ok(true) => {}
                Ok(false) => break Message::HungUp,
                Err(error) => break Message::Failed(Error::Io(error.into())),
            }
            for message in splitter.drain().into_iter().filter_map(message) {
                if let Message::Event(Event::Paste(text)) = &message {
                    panic_for_test("reader", text);
                }
                if !messages.send(message) {
                    return;
                }
            }
        };
        background::expect_no_answer();
        messages.send(end);
    };
    thread::Builder::new().name("reader".to_owned()).spawn(read).map(drop)
}

/// What the loop is told of a sequence. That an answer has come is noted at once: the loop may have ended.
fn message(sequence: Sequence) -> Option<Message> {
    if decode::is_device_attributes(&sequence) {
        background::note_answer();
        return Some(Message::Answered);
    }
    decode::event(sequence).map(Message::Event)
}

/// The terminal that the keys come from: standard input, or where that is something else, the controlling terminal.
fn open() -> io::Result<OwnedFd> {
    if io::stdin().is_terminal() {
        Ok(rustix::io::dup(rustix::stdio::stdin())?)
    } else {
        File::open("/dev/tty").map(OwnedFd::from)
    }
}

/// Takes what comes next, or the end of a wait for the rest of a sequence. Whether the terminal is still there.
fn receive(terminal: &OwnedFd, splitter: &mut Splitter) -> Result<bool, Errno> {
    if !is_readable_within(terminal, splitter.timeout())? {
        splitter.expire();
        return Ok(true);
    }
    let mut bytes = [0; CHUNK];
    match rustix::io::read(terminal, &mut bytes) {
        Ok(0) | Err(Errno::IO) => Ok(false),
        Ok(count) => {
            splitter.push(&bytes[..count]);
            Ok(true)
        }
        Err(Errno::INTR | Errno::AGAIN) => Ok(true),
        Err(error) => Err(error),
    }
}

/// Waits until there are bytes to read, for ever without a timeout.
fn is_readable_within(terminal: &OwnedFd, timeout: Option<Duration>) -> Result<bool, Errno> {
    let timeout = timeout.and_then(|timeout| timeout.try_into().ok());
    loop {
        match poll(&mut [PollFd::new(terminal, PollFlags::IN)], timeout.as_ref()) {
            Err(Errno::INTR) => {}
            ready => return ready.map(|count| count > 0),
        }
    }
}
