//! Every style. Only the sixteen colours of every terminal are used, so its own palette is respected, and no meaning
//! rests on colour alone.

use std::borrow::Cow;

use ratatui::prelude::{Color, Line, Modifier, Span, Style};
use ratatui::widgets::Block;

use crate::tui::glyphs::Glyphs;
use crate::tui::page::{PageLine, Role};

/// The styles for a background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Light text on a dark background.
    Dark,
    /// Dark text on a light background.
    Light,
    /// No colour at all, as `NO_COLOR` asks.
    Plain,
}

impl Theme {
    /// The style of a role.
    pub(crate) fn style(self, role: Role) -> Style {
        let plain = Style::new();
        match role {
            Role::Plain => plain,
            Role::Title => plain.add_modifier(Modifier::BOLD),
            Role::Value => plain.add_modifier(Modifier::BOLD),
            Role::Label => plain,
            Role::Heading => self.colour(Color::Cyan, Color::Blue).add_modifier(Modifier::BOLD),
            Role::Muted => match self {
                Self::Dark => plain.fg(Color::Gray).add_modifier(Modifier::DIM),
                Self::Light => plain.fg(Color::DarkGray),
                Self::Plain => plain.add_modifier(Modifier::DIM),
            },
            Role::Caveat => self.colour(Color::Yellow, Color::Red),
            Role::Match => self.colour(Color::Yellow, Color::Red).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            Role::SideA => self.colour(Color::LightBlue, Color::Blue).add_modifier(Modifier::BOLD),
            Role::SideB => self.colour(Color::LightMagenta, Color::Magenta).add_modifier(Modifier::BOLD),
            Role::Comparable => plain,
            Role::Limited => self.colour(Color::Yellow, Color::Red),
            Role::Key => self.colour(Color::Cyan, Color::Blue).add_modifier(Modifier::BOLD),
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

    /// A pane with its border, and a title at its left.
    pub(crate) fn pane<'t>(self, glyphs: &Glyphs, focused: bool, title: Span<'t>) -> Block<'t> {
        Block::bordered().border_set(glyphs.border).border_style(self.border(focused)).title(title)
    }

    /// The style of a part of the query that is wrong.
    pub(crate) fn mistake(self) -> Style {
        self.style(Role::Caveat).add_modifier(Modifier::UNDERLINED)
    }

    /// The style of the selected row; stronger where the keys go.
    pub(crate) fn selected(focused: bool) -> Style {
        if focused { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new().add_modifier(Modifier::BOLD) }
    }

    /// The style of a pane's border; stronger where the keys go.
    fn border(self, focused: bool) -> Style {
        if focused { self.style(Role::Heading).remove_modifier(Modifier::BOLD) } else { self.style(Role::Muted) }
    }

    fn colour(self, dark: Color, light: Color) -> Style {
        match self {
            Self::Dark => Style::new().fg(dark),
            Self::Light => Style::new().fg(light),
            Self::Plain => Style::new(),
        }
    }
}
