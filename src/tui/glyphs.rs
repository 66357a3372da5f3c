//! The characters that are drawn, in full or in plain ASCII.

use std::env;

use ratatui::symbols::{Marker, border};

/// The characters that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Pane borders.
    pub(crate) border: border::Set<'static>,
    /// The selected row.
    pub(crate) pointer: char,
    /// A bar, up to the least that a value may be.
    pub(crate) bar: char,
    /// A bar, from the least to the most.
    pub(crate) maybe: char,
    /// The end of a bar without a top.
    pub(crate) onward: char,
    /// A value among others on a scale.
    pub(crate) other: char,
    /// Columns of a histogram, from the lowest to the highest.
    pub(crate) levels: &'static [char],
    /// Before what is chosen in a menu.
    pub(crate) check: &'static str,
    /// Before the heading of a group that is folded, and of one that is open.
    pub(crate) fold: [char; 2],
    /// Between short pieces of text.
    pub(crate) dot: char,
    /// The track and the thumb of a scroll bar.
    pub(crate) scroll: [&'static str; 2],
    /// What is done and what is left of a gauge.
    pub(crate) gauge: [&'static str; 2],
    /// With what the dots of a map are drawn.
    pub(crate) dot_marker: Marker,
    /// The selected hospital on a map.
    pub(crate) spot: char,
    /// The start, the middle and the end of a scale bar.
    pub(crate) scale: [&'static str; 3],
}

impl Glyphs {
    /// Box drawing and blocks.
    pub const UNICODE: Self = Self {
        border: border::ROUNDED,
        pointer: '▌',
        bar: '━',
        maybe: '╌',
        onward: '▸',
        other: '•',
        levels: &['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
        check: "✓",
        fold: ['▸', '▾'],
        dot: '·',
        scroll: ["│", "┃"],
        gauge: ["█", "░"],
        dot_marker: Marker::Braille,
        spot: '◆',
        scale: ["├", "─", "┤"],
    };

    /// What the fonts of the Linux console have: no rounded corners, no heavy lines.
    pub(crate) const CONSOLE: Self = Self {
        border: border::PLAIN,
        bar: '═',
        maybe: '-',
        onward: '>',
        levels: &['_', '░', '▒', '▓', '█'],
        check: "*",
        fold: ['+', '-'],
        scroll: ["│", "█"],
        dot_marker: Marker::Custom('∙'),
        spot: '♦',
        ..Self::UNICODE
    };

    /// Nothing outside ASCII.
    pub const ASCII: Self = Self {
        border: border::Set {
            top_left: "+",
            top_right: "+",
            bottom_left: "+",
            bottom_right: "+",
            vertical_left: "|",
            vertical_right: "|",
            horizontal_top: "-",
            horizontal_bottom: "-",
        },
        pointer: '>',
        bar: '=',
        maybe: '.',
        onward: '>',
        other: 'o',
        levels: &['_', '.', ':', '|', '#'],
        check: "*",
        fold: ['+', '-'],
        dot: '-',
        scroll: ["|", "#"],
        gauge: ["#", "."],
        dot_marker: Marker::Custom('.'),
        spot: '@',
        scale: ["|", "-", "|"],
    };

    /// What the locale and the terminal can show; and a message, if that needs one.
    pub(crate) fn from_environment() -> (Self, Option<String>) {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(|name| env::var(name).ok());
        let locale = locale.into_iter().find(|locale| !locale.is_empty());
        Self::of(locale.as_deref(), &term())
    }

    /// What the terminal can show, whatever the locale says.
    #[must_use]
    pub(crate) fn of_terminal() -> Self {
        Self::of(None, &term()).0
    }

    /// How many dots of a map stand beside and below each other in a cell.
    pub(crate) fn dots_in_cell(&self) -> [u16; 2] {
        if self.dot_marker == Marker::Braille { [2, 4] } else { [1, 1] }
    }

    fn of(locale: Option<&str>, term: &str) -> (Self, Option<String>) {
        match locale.filter(|locale| !is_utf8(locale)) {
            Some(locale) => {
                let why = format!("drawn in ASCII, because the locale {locale} is not UTF-8; --ascii=never overrules");
                (Self::ASCII, Some(why))
            }
            None if term == "linux" => (Self::CONSOLE, None),
            None => (Self::UNICODE, None),
        }
    }
}

fn term() -> String {
    env::var("TERM").unwrap_or_default()
}

/// Whether a locale such as `en_GB.UTF-8` encodes text in UTF-8. macOS has one that is named by its encoding alone.
fn is_utf8(locale: &str) -> bool {
    let name = locale.split('@').next().unwrap_or_default();
    let encoding = name.split_once('.').map_or(name, |(_, encoding)| encoding);
    matches!(encoding.to_ascii_lowercase().as_str(), "utf-8" | "utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_and_the_terminal_choose_the_characters() {
        for (locale, term, glyphs) in [
            (Some("C.UTF-8"), "xterm", Glyphs::UNICODE),
            (Some("de_DE.utf8@euro"), "xterm", Glyphs::UNICODE),
            (Some("UTF-8"), "xterm", Glyphs::UNICODE),
            (Some("UTF-8"), "linux", Glyphs::CONSOLE),
            (None, "xterm", Glyphs::UNICODE),
            (None, "linux", Glyphs::CONSOLE),
            (Some("en_GB.UTF-8"), "linux", Glyphs::CONSOLE),
            (Some("C"), "xterm", Glyphs::ASCII),
            (Some("C"), "linux", Glyphs::ASCII),
            (Some("zh_CN.GB18030"), "xterm", Glyphs::ASCII),
            (Some("en_US"), "xterm", Glyphs::ASCII),
        ] {
            let (chosen, message) = Glyphs::of(locale, term);
            assert_eq!((chosen, message.is_some()), (glyphs, glyphs == Glyphs::ASCII), "{locale:?} {term}");
        }
    }
}
