//! How roles look. Only the sixteen colours of every terminal are used, so its own palette is respected,
//! and no meaning rests on colour alone.

use ratatui::style::{Color, Modifier, Style};

use super::page::Role;

/// Styles for a background.
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
    #[must_use]
    pub fn style(self, role: Role) -> Style {
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

    /// The style laid over the selected row; stronger where the keys go.
    #[must_use]
    pub fn selected(self, focused: bool) -> Style {
        if focused { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new().add_modifier(Modifier::BOLD) }
    }

    /// The style of a pane's border; stronger where the keys go.
    #[must_use]
    pub fn border(self, focused: bool) -> Style {
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
