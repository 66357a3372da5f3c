//! The background of the terminal: how to ask for it, which answers are owed, and what the environment says of it.

use std::env;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::tui::app::event::Background;
use crate::tui::environment::{Environment, Multiplexer};

/// Asks the terminal for the colour of its background (OSC 11), and then for its attributes (DA1). Every terminal answers
/// the second question, and in order, so that after it no answer to the first will come. The first one ends with BEL,
/// because urxvt answers with the same end, and cuts the other one in half.
pub(super) const QUESTION: &str = "\x1b]11;?\x07\x1b[c";

/// How long an answer may take. Until then the program does not give the terminal back, or the shell would read it.
const ANSWER_TIMEOUT: Duration = Duration::from_millis(500);

/// The answers that the terminal owes. The terminal may be given back on any thread, so this is global.
static OWED: Mutex<Owed> = Mutex::new(Owed { count: 0, last_asked: None });

/// Notified when fewer answers are owed.
static ANSWERED: Condvar = Condvar::new();

/// Questions that have not been answered.
#[derive(Debug)]
struct Owed {
    count: usize,
    last_asked: Option<Instant>,
}

impl Owed {
    fn note_question(&mut self, now: Instant) {
        self.count += 1;
        self.last_asked = Some(now);
    }

    fn note_answer(&mut self) {
        self.count = self.count.saturating_sub(1);
    }

    /// How long the last answer may still take; none when none is owed, or the time is up.
    fn time_left(&self, now: Instant) -> Option<Duration> {
        let asked = self.last_asked.filter(|_| self.count > 0)?;
        ANSWER_TIMEOUT.checked_sub(now.saturating_duration_since(asked)).filter(|left| !left.is_zero())
    }
}

/// Notes that [`QUESTION`] is about to be written.
pub(super) fn note_question() {
    OWED.lock().unwrap_or_else(PoisonError::into_inner).note_question(Instant::now());
}

/// Notes that the terminal has answered one question.
pub(super) fn note_answer() {
    OWED.lock().unwrap_or_else(PoisonError::into_inner).note_answer();
    ANSWERED.notify_all();
}

/// Notes that no answer can come any more, because the terminal is gone.
pub(super) fn expect_no_answer() {
    OWED.lock().unwrap_or_else(PoisonError::into_inner).count = 0;
    ANSWERED.notify_all();
}

/// Whether an answer may still come.
pub(super) fn is_owed() -> bool {
    OWED.lock().unwrap_or_else(PoisonError::into_inner).time_left(Instant::now()).is_some()
}

/// Waits until every answer has come or the time is up; whether all have come. Another thread must read them.
pub(super) fn await_answers() -> bool {
    let mut owed = OWED.lock().unwrap_or_else(PoisonError::into_inner);
    while let Some(left) = owed.time_left(Instant::now()) {
        owed = ANSWERED.wait_timeout(owed, left).unwrap_or_else(PoisonError::into_inner).0;
    }
    owed.count == 0
}

/// Whether the terminal can be asked: not one that is known to answer neither question, to print them, or to answer in
/// another order.
pub(super) fn can_be_asked() -> bool {
    answers_in_order(&Environment::present())
}

fn answers_in_order<F: Fn(&str) -> Option<String>>(environment: &Environment<F>) -> bool {
    // GNU screen passes the first question on to the terminal that it runs in, and answers the second one itself.
    let may_be_screen = matches!(environment.multiplexer(), Multiplexer::Screen | Multiplexer::ScreenOrTmux);
    // The Linux console has no such answer, and old ones print the question.
    !may_be_screen && !matches!(environment.term().as_str(), "" | "dumb" | "Eterm" | "linux")
}

/// What `COLORFGBG`, which some terminals set, says of the background: its last field is a colour.
pub(super) fn from_environment() -> Option<Background> {
    let colours = env::var("COLORFGBG").ok()?;
    match colours.rsplit(';').next()?.parse() {
        Ok(7 | 15) => Some(Background::Light),
        Ok(0_u8..=6 | 8) => Some(Background::Dark),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_is_owed_an_answer_for_a_while() {
        let start = Instant::now();
        let mut owed = Owed { count: 0, last_asked: None };
        assert_eq!(owed.time_left(start), None);
        owed.note_question(start);
        let later = start + Duration::from_millis(200);
        owed.note_question(later);
        owed.note_answer();
        assert_eq!(owed.time_left(later), Some(ANSWER_TIMEOUT), "the second question has no answer yet");
        assert_eq!(owed.time_left(later + ANSWER_TIMEOUT), None);
        owed.note_answer();
        assert_eq!(owed.time_left(later), None);
        owed.note_answer();
        owed.note_question(later);
        assert_eq!(owed.time_left(later), Some(ANSWER_TIMEOUT), "an answer that nobody asked for counts for nothing");
    }

    #[test]
    fn only_terminals_that_answer_in_order_are_asked() {
        let is_asked = |term: &str, multiplexer: &str| {
            answers_in_order(&Environment(|name: &str| match name {
                "TERM" => Some(term.to_owned()),
                _ => (name == multiplexer).then(|| "set".to_owned()),
            }))
        };
        for term in ["xterm-256color", "tmux-256color", "xterm-kitty", "rxvt-unicode", "foot"] {
            assert!(is_asked(term, ""), "{term}");
            assert!(is_asked(term, "TMUX") && !is_asked(term, "STY"), "{term}");
        }
        assert!(is_asked("screen-256color", "TMUX") && !is_asked("screen-256color", "STY"));
        for term in ["", "dumb", "linux", "screen", "screen-256color", "screen.xterm-256color", "Eterm"] {
            assert!(!is_asked(term, ""), "{term}");
        }
    }
}
