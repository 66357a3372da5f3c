//! The background of the terminal: how to ask for it, and what the environment says of it.

use std::env;
use std::time::Duration;

use crate::tui::app::event::Background;

/// Asks the terminal for the colour of its background (OSC 11), and then for its attributes (DA1). Every terminal answers
/// the second question, and in order, so that after it no answer to the first will come. The first one ends with BEL,
/// because urxvt answers with the same end, and cuts the other one in half.
pub(super) const QUESTION: &str = "\x1b]11;?\x07\x1b[c";

/// How long an answer may take. Until then the program does not give the terminal back, or the shell would read it.
pub(super) const ANSWER_TIMEOUT: Duration = Duration::from_millis(500);

/// Whether the terminal can be asked: not one that is known to answer neither question, to print them, or to answer in
/// another order.
pub(super) fn can_be_asked() -> bool {
    env::var("TERM").is_ok_and(|term| knows_question(&term))
}

fn knows_question(term: &str) -> bool {
    // GNU screen passes the first question on to the terminal that it runs in, and answers the second one itself.
    let is_screen = term == "screen" || term.starts_with("screen.");
    // The Linux console has no such answer, and old ones print the question.
    !is_screen && !matches!(term, "" | "dumb" | "Eterm" | "linux")
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
    fn only_terminals_that_answer_in_order_are_asked() {
        for term in ["xterm-256color", "tmux-256color", "screen-256color", "xterm-kitty", "rxvt-unicode", "foot"] {
            assert!(knows_question(term), "{term}");
        }
        for term in ["", "dumb", "linux", "screen", "screen.xterm-256color", "Eterm"] {
            assert!(!knows_question(term), "{term}");
        }
    }
}
