//! How many colours the terminal has.

use std::env;

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The sixteen of every terminal, which its user may have chosen.
    Sixteen,
    /// 256, the same in almost every terminal.
    Indexed,
    /// Any colour.
    True,
}

impl Depth {
    /// What the environment says of the terminal.
    #[must_use]
    pub fn from_environment() -> Self {
        let value = |name| env::var(name).unwrap_or_default();
        Self::of(&value("TERM"), &value("COLORTERM"))
    }

    fn of(term: &str, colorterm: &str) -> Self {
        // Older versions of GNU screen pass COLORTERM on, and show no true colour.
        let is_screen = term.starts_with("screen");
        if matches!(colorterm, "truecolor" | "24bit") && !is_screen || term.ends_with("-direct") {
            Self::True
        } else if term.contains("256color") || !colorterm.is_empty() {
            Self::Indexed
        } else {
            Self::Sixteen
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_get_the_colours_that_they_have() {
        for (term, colorterm, depth) in [
            ("xterm-256color", "truecolor", Depth::True),
            ("xterm-kitty", "truecolor", Depth::True),
            ("tmux-256color", "24bit", Depth::True),
            ("xterm-direct", "", Depth::True),
            ("screen-256color", "truecolor", Depth::Indexed),
            ("xterm-256color", "", Depth::Indexed),
            ("xterm", "yes", Depth::Indexed),
            ("xterm", "", Depth::Sixteen),
            ("linux", "", Depth::Sixteen),
            ("vt220", "", Depth::Sixteen),
        ] {
            assert_eq!(Depth::of(term, colorterm), depth, "TERM={term} COLORTERM={colorterm}");
        }
    }
}
