//! What the user does: the terminal is read on a thread of its own, and what comes waits in order for its turn.

use std::collections::VecDeque;
use std::sync::mpsc::Sender;
use std::{io, thread};

use crossterm::event::{Event as Input, KeyCode, KeyEventKind, KeyModifiers};
use ratatui::layout::Size;

use super::app::{App, Event};
use super::{Alarm, Wake, panic_for_test, terminal};

/// Events that wait for their turn: what acts on the list waits for the search under way, and all that came after it
/// with it, but for what may overtake.
#[derive(Debug, Default)]
pub struct Waiting {
    /// What may overtake; apart, so that a storm of keys behind a search is not looked through for it.
    free: VecDeque<Event>,
    queued: VecDeque<Event>,
}

impl Waiting {
    /// Takes an event that has come.
    pub fn push(&mut self, event: Event) {
        let overtakes = !self.queued.is_empty() && App::never_waits(&event);
        if overtakes { &mut self.free } else { &mut self.queued }.push_back(event);
    }

    /// The next event that may be handled; none while all must wait.
    pub fn next(&mut self, app: &App) -> Option<Event> {
        self.free.pop_front().or_else(|| {
            let is_free = self.queued.front().is_some_and(|event| !app.must_wait(event));
            if is_free { self.queued.pop_front() } else { None }
        })
    }
}

/// What an input means to the state; none when nothing.
pub(super) fn event(input: Input) -> Option<Event> {
    match input {
        Input::Key(key) if key.kind != KeyEventKind::Release => Some(Event::Key(key)),
        Input::Paste(text) => {
            panic_for_test("main", &text);
            Some(Event::Paste(text))
        }
        Input::Mouse(mouse) => Some(Event::Mouse(mouse)),
        Input::Resize(width, height) => Some(Event::Resize(terminal::drawn(Size::new(width, height)))),
        _ => None,
    }
}

/// Reads the terminal on a thread of its own, which ends with the program.
pub(super) fn spawn_reader(wake: Sender<Wake>) -> io::Result<()> {
    let read = move || {
        let alarm = Alarm(wake);
        let mut answers = LateAnswer::default();
        loop {
            let input = crossterm::event::read();
            if let Ok(Input::Paste(text)) = &input {
                panic_for_test("reader", text);
            }
            let wake = match input {
                Ok(input) if answers.holds(&input) => continue,
                Ok(input) => Wake::Input(input),
                Err(error) => Wake::Unreadable(error),
            };
            let ends = matches!(wake, Wake::Unreadable(_));
            if alarm.0.send(wake).is_err() || ends {
                return;
            }
        }
    };
    thread::Builder::new().name("reader".to_owned()).spawn(read).map(drop)
}

/// A terminal's answer to the question for its background that comes too late to be one, over a slow line:
/// crossterm reads it as keys, Alt-] and on, which must not be taken for typing.
#[derive(Debug, Default)]
struct LateAnswer {
    keys_left: usize,
}

impl LateAnswer {
    /// Longest answer, in keys: `]11;rgb:ffff/ffff/ffff` and its end.
    const LONGEST: usize = 32;

    /// Whether `input` belongs to an answer.
    fn holds(&mut self, input: &Input) -> bool {
        let Input::Key(key) = input else { return false };
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Char(']') if alt => self.keys_left = Self::LONGEST,
            // The answer ends with ESC \ or with BEL, which is Ctrl-g.
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

    /// What is left of keys after late answers are taken out; `^x` is Alt-x.
    fn typed(keys: &str) -> String {
        let (mut answer, mut alt, mut left) = (LateAnswer::default(), false, String::new());
        for c in keys.chars() {
            if c == '^' {
                alt = true;
                continue;
            }
            let modifiers = if std::mem::take(&mut alt) { KeyModifiers::ALT } else { KeyModifiers::NONE };
            if !answer.holds(&Input::Key(KeyEvent::new(KeyCode::Char(c), modifiers))) {
                left.push(c);
            }
        }
        left
    }

    #[test]
    fn a_late_answer_of_the_terminal_is_no_typing() {
        assert_eq!(typed("j^]11;rgb:1c1c/1c1c/1c1c^\\k"), "jk");
        assert_eq!(typed("/chong"), "/chong");
        assert_eq!(typed("^]11;rgb:1c1c/qj"), "qj", "what cannot be an answer is typing again");
    }
}
