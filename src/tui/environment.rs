//! What the environment says of the terminal.

use std::env;

/// A program between this one and the terminal that the user sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Multiplexer {
    /// None that is known of.
    None,
    /// GNU screen.
    Screen,
    /// tmux.
    Tmux,
    /// One of them on another machine: only the type of the terminal comes along over SSH, and both use the same.
    ScreenOrTmux,
}

/// Variables of the environment.
pub(super) struct Environment<F: Fn(&str) -> Option<String>>(pub(super) F);

impl Environment<fn(&str) -> Option<String>> {
    /// Those of this process.
    pub(super) fn present() -> Self {
        Self(|name| env::var(name).ok())
    }
}

impl<F: Fn(&str) -> Option<String>> Environment<F> {
    /// Whether a variable is set, and not to nothing.
    pub(super) fn has(&self, variable: &str) -> bool {
        (self.0)(variable).is_some_and(|value| !value.is_empty())
    }

    /// The type of the terminal.
    pub(super) fn term(&self) -> String {
        (self.0)("TERM").unwrap_or_default()
    }

    /// The multiplexer that the program runs in.
    pub(super) fn multiplexer(&self) -> Multiplexer {
        let term = self.term();
        if term.starts_with("screen.") {
            // Only GNU screen adds the type of the outer terminal. tmux outside it has set `TMUX`, too.
            Multiplexer::Screen
        } else if self.has("TMUX") {
            // tmux hands on the `STY` of a GNU screen that its server was started in.
            Multiplexer::Tmux
        } else if self.has("STY") {
            Multiplexer::Screen
        } else if term.starts_with("screen") {
            Multiplexer::ScreenOrTmux
        } else {
            Multiplexer::None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_multiplexer_is_told_by_its_variable_before_the_type_of_the_terminal() {
        use Multiplexer::{None as No, Screen, ScreenOrTmux, Tmux};

        for (variables, expected) in [
            (&[("TERM", "xterm-256color")][..], No),
            (&[("TERM", "xterm-256color"), ("STY", "")], No),
            (&[], No),
            (&[("TERM", "screen-256color"), ("STY", "1.pts")], Screen),
            (&[("TERM", "xterm-256color"), ("STY", "1.pts")], Screen),
            (&[("TERM", "screen.xterm-256color")], Screen),
            (&[("TERM", "screen.tmux-256color"), ("STY", "1.pts"), ("TMUX", "t")], Screen),
            (&[("TERM", "screen-256color"), ("TMUX", "t")], Tmux),
            (&[("TERM", "tmux-256color"), ("TMUX", "t"), ("STY", "1.pts")], Tmux),
            (&[("TERM", "screen-256color")], ScreenOrTmux),
            (&[("TERM", "screen")], ScreenOrTmux),
        ] {
            let find = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, it)| (*it).to_owned());
            assert_eq!(Environment(find).multiplexer(), expected, "{variables:?}");
        }
    }
}
