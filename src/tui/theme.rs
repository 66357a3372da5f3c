//! Every style: what a role looks like in a theme, at the number of colours that the terminal has. No meaning rests on
//! colour alone.

mod depth;
mod name;
mod palette;

use std::borrow::Cow;

use ratatui::prelude::{Line, Modifier, Span, Style};

pub use depth::Depth;
pub use name::{Name, UnknownTheme};

use crate::tui::page::{PageLine, Role};
use crate::tui::theme::palette::{Palette, Tone};

/// A theme, drawn with as many colours as the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Which theme.
    pub name: Name,
    /// How many colours.
    pub depth: Depth,
}

impl Theme {
    /// For a dark background, in true colour.
    pub const DARK: Self = Self { name: Name::Dark, depth: Depth::True };
    /// No colour at all, as `NO_COLOR` asks.
    pub const PLAIN: Self = Self { name: Name::None, depth: Depth::Sixteen };

    /// The style of a role.
    pub(crate) fn style(self, role: Role) -> Style {
        let (plain, bold) = (Style::new(), Style::new().add_modifier(Modifier::BOLD));
        match role {
            Role::Plain | Role::Label | Role::Comparable => plain,
            Role::Title | Role::Value => bold,
            Role::Heading => bold.patch(self.ink(|palette| palette.heading)),
            Role::Muted if self.name == Name::None => plain.add_modifier(Modifier::DIM),
            Role::Muted => self.ink(|palette| palette.muted),
            Role::Caveat => bold.patch(self.ink(|palette| palette.caveat)),
            Role::Limited => self.ink(|palette| palette.limited),
            Role::Match => bold.add_modifier(Modifier::UNDERLINED).patch(self.ink(|palette| palette.matched)),
            Role::SideA => bold.patch(self.ink(|palette| palette.side_a)),
            Role::SideB => bold.patch(self.ink(|palette| palette.side_b)),
            Role::Key => bold.patch(self.ink(|palette| palette.key)),
            Role::Message => self.ink(|palette| palette.message),
            Role::Mistake => plain.add_modifier(Modifier::UNDERLINED).patch(self.ink(|palette| palette.mistake)),
        }
    }

    /// A piece of text in the style of its role.
    pub(crate) fn span<'t>(self, text: impl Into<Cow<'t, str>>, role: Role) -> Span<'t> {
        Span::styled(text, self.style(role))
    }

    /// A line of a page.
    pub(crate) fn line(self, line: &PageLine) -> Line<'_> {
        line.0.iter().map(|piece| self.span(piece.text.as_str(), piece.role)).collect()
    }

    /// The style under everything else: the terminal's own, or that of a theme that has a background.
    pub(crate) fn ground(self) -> Style {
        let grounds = self.palette().and_then(|palette| palette.ground);
        grounds.map_or(Style::new(), |[ink, ground]| Style::new().fg(self.colour(ink)).bg(self.colour(ground)))
    }

    /// The style over all of the selected lines; stronger where the keys go.
    pub(crate) fn selected(self, focused: bool) -> Style {
        let grounds = self.palette().and_then(|palette| palette.selected).filter(|_| self.depth != Depth::Sixteen);
        match (grounds, focused) {
            (Some([ground, _]), true) => Style::new().bg(self.colour(ground)),
            (Some([_, ground]), false) => Style::new().bg(self.colour(ground)),
            (None, true) => {
                // One colour over all: reversed, each colour would be a ground of its own.
                let ink = self.ground().fg.unwrap_or_default();
                Style::new().fg(ink).add_modifier(Modifier::REVERSED).remove_modifier(Modifier::DIM)
            }
            (None, false) => Style::new().add_modifier(Modifier::BOLD),
        }
    }

    fn palette(self) -> Option<&'static Palette> {
        palette::of(self.name)
    }

    fn ink(self, tone: impl Fn(&Palette) -> Tone) -> Style {
        self.palette().map_or(Style::new(), |palette| Style::new().fg(self.colour(tone(palette))))
    }

    fn colour(self, tone: Tone) -> ratatui::style::Color {
        tone.at(self.depth)
    }
}
