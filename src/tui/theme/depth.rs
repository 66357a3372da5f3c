//! How many colours the terminal has.

use std::env;

use ratatui::style::Color;

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
    pub(crate) fn from_environment() -> Self {
        let value = |name| env::var(name).unwrap_or_default();
        Self::of(&value("TERM"), &value("COLORTERM"))
    }

    /// A colour as a terminal of this depth can show it. None where it has nothing like it: the sixteen colours are as the
    /// user of the terminal chose them, so that none of them stands for a given red, green and blue.
    pub(super) fn fit(self, colour: Color) -> Option<Color> {
        match (self, colour) {
            (Self::Sixteen, Color::Rgb(..) | Color::Indexed(16..)) => None,
            (Self::Indexed, Color::Rgb(red, green, blue)) => Some(Color::Indexed(nearest(red, green, blue))),
            _ => Some(colour),
        }
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

/// The colour of the 256 that is nearest. The first sixteen differ from terminal to terminal and are left out.
fn nearest(red: u8, green: u8, blue: u8) -> u8 {
    let distance = |index: &u8| {
        let [_, channels @ ..] = rgb_of(*index).to_be_bytes();
        channels.iter().zip([red, green, blue]).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>()
    };
    (16..=255).min_by_key(distance).unwrap_or(16)
}

/// A colour of the 256, but not of the first sixteen, as red, green and blue: a cube of six steps a side, then greys.
pub(super) fn rgb_of(index: u8) -> u32 {
    let step = |level: u8| if level == 0 { 0 } else { 55 + 40 * u32::from(level) };
    let [red, green, blue] = if let Some(grey) = index.checked_sub(232) {
        [8 + 10 * u32::from(grey); 3]
    } else {
        let place = index.saturating_sub(16);
        [place / 36, place / 6 % 6, place % 6].map(step)
    };
    red << 16 | green << 8 | blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_shown_as_the_terminal_can() {
        let orange = Color::from_u32(0xff_8f_66);
        assert_eq!(Depth::True.fit(orange), Some(orange));
        assert_eq!(Depth::Indexed.fit(orange), Some(Color::Indexed(209)));
        assert_eq!(Depth::Sixteen.fit(orange), None);
        assert_eq!(Depth::Sixteen.fit(Color::Red), Some(Color::Red));
        assert_eq!((rgb_of(16), rgb_of(231), rgb_of(209), rgb_of(244)), (0, 0xff_ff_ff, 0xff_87_5f, 0x80_80_80));
        for index in 16..=255 {
            let [_, red, green, blue] = rgb_of(index).to_be_bytes();
            assert_eq!(rgb_of(nearest(red, green, blue)), rgb_of(index), "{index}");
        }
    }

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
