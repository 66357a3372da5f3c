//! The characters that are drawn, in full or in plain ASCII.

use ratatui::symbols::border;

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
        check: "✓",
        fold: ['▸', '▾'],
        dot: '·',
        scroll: ["│", "┃"],
        gauge: ["█", "░"],
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
        check: "*",
        fold: ['+', '-'],
        dot: '-',
        scroll: ["|", "#"],
        gauge: ["#", "."],
    };
}
