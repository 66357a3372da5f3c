//! Reads the terminal: keys, pastes, the mouse and resizes.

use std::{io, thread};

use crossterm::event::{Event as Input, KeyCode, KeyEventKind, KeyModifiers};
use ratatui::layout::Size;

use crate::tui::app::event::Event;
use crate::tui::error::Error;
use crate::tui::message::{Message, Messages};
use crate::tui::panic_guard::{PanicGuard, panic_for_test};
use crate::tui::session;

/// Starts the thread that reads the terminal. It ends with the program.
pub(crate) fn spawn(messages: Messages) -> io::Result<()> {
    let read = move || {
        let messages = PanicGuard(messages);
        let mut late_reply = LateReply::default();
        loop {
            match crossterm::event::read() {
                Err(error) => {
                    messages.send(Message::Failed(Error::Io(error)));
                    return;
                }
                Ok(input) if late_reply.absorbs(&input) => {}
                Ok(input) => {
                    if event(input).is_some_and(|event| !messages.send(Message::Event(event))) {
                        return;
                    }
                }
            }
        }
    };
    thread::Builder::new().name("reader".to_owned()).spawn(read).map(drop)
}

/// The event that an input is to the state, if any.
fn event(input: Input) -> Option<Event> {
    match input {
        Input::Key(key) if key.kind != KeyEventKind::Release => Some(Event::Key(key)),
        Input::Paste(text) => {
            panic_for_test("reader", &text);
            Some(Event::Paste(text))
        }
        Input::Mouse(mouse) => Some(Event::Mouse(mouse)),
        Input::Resize(width, height) => Some(Event::Resize(session::drawn_size(Size::new(width, height)))),
        _ => None,
    }
}

/// Recognizes the terminal's reply to the query for its background when it comes too late, over a slow line.
/// Crossterm then reads it as keys, beginning with Alt-], which must not be taken for typing.
#[derive(Debug, Default)]
struct LateReply {
    keys_left: usize,
}

impl LateReply {
    /// Longest reply, in keys: `]11;rgb:ffff/ffff/ffff` and its end.
    const LONGEST: usize = 32;

    /// Whether `input` belongs to a reply.
    fn absorbs(&mut self, input: &Input) -> bool {
        let Input::Key(key) = input else { return false };
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Char(']') if alt => self.keys_left = Self::LONGEST,
            // The reply ends with ESC \ or with BEL, which is Ctrl-g.
            KeyCode::Char('\\') if alt && self.keys_left > 0 => return std::mem::take(&mut self.keys_left) > 0,
            KeyCode::Char('g') if key.modifiers == KeyModifiers::CONTROL => {
                return std::mem::take(&mut self.keys_left) > 0;
            }
            KeyCode::Char('0'..='9' | 'a'..='f' | 'A'..='F' | ';' | ':' | '/' | 'r' | 'g' | 'b')
                if self.keys_left > 0 =>
            {
                self.keys_left -= 1;
            }
            _ => self.keys_left = 0,
        }
        self.keys_left > 0
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyEvent;

    use super::*;

    /// What is left of keys without late replies; `^x` is Alt-x.
    fn typed(keys: &str) -> String {
        let (mut reply, mut alt, mut left) = (LateReply::default(), false, String::new());
        for c in keys.chars() {
            if c == '^' {
                alt = true;
                continue;
            }
            let modifiers = if std::mem::take(&mut alt) { KeyModifiers::ALT } else { KeyModifiers::NONE };
            if !reply.absorbs(&Input::Key(KeyEvent::new(KeyCode::Char(c), modifiers))) {
                left.push(c);
            }
        }
        left
    }

    #[test]
    fn a_late_reply_of_the_terminal_is_not_typed() {
        assert_eq!(typed("j^]11;rgb:1c1c/1c1c/1c1c^\\k"), "jk");
        assert_eq!(typed("/chong"), "/chong");
        assert_eq!(typed("^]11;rgb:1c1c/qj"), "qj", "what cannot be a reply is typing again");
    }
}
