//! Every style: what a role looks like in a theme, at the number of colours that the terminal has. No meaning rests on
//! colour alone.

mod colours;
mod depth;
mod name;
mod palette;

use std::borrow::Cow;

use ratatui::prelude::{Color, Line, Modifier, Span, Style};

pub use colours::{ColourError, Colours};
pub use depth::Depth;
pub use name::Name;

use crate::tui::page::{PageLine, Role};
use crate::tui::theme::colours::Part;

/// A theme, drawn with as many colours as the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Which theme.
    pub name: Name,
    /// How many colours.
    pub depth: Depth,
    /// Colours in the place of those of the theme.
    pub colours: Colours,
}

impl Theme {
    /// For a dark background, in true colour.
    pub(crate) const DARK: Self = Self { name: Name::Dark, depth: Depth::True, colours: Colours::NONE };
    /// No colour at all, as `NO_COLOR` asks.
    pub const PLAIN: Self = Self { name: Name::None, depth: Depth::Sixteen, colours: Colours::NONE };

    /// The style of a role.
    pub(crate) fn style(self, role: Role) -> Style {
        let (plain, bold) = (Style::new(), Style::new().add_modifier(Modifier::BOLD));
        match role {
            Role::Plain | Role::Label | Role::Comparable => plain,
            Role::Title | Role::Value => bold,
            Role::Heading => bold.patch(self.ink(Part::Heading)),
            Role::Muted if self.name == Name::None => plain.add_modifier(Modifier::DIM),
            Role::Muted => self.ink(Part::Muted),
            Role::Caveat => bold.patch(self.ink(Part::Caveat)),
            Role::Limited => self.ink(Part::Limited),
            Role::Match => bold.add_modifier(Modifier::UNDERLINED).patch(self.ink(Part::Match)),
            Role::SideA => bold.patch(self.ink(Part::SideA)),
            Role::SideB => bold.patch(self.ink(Part::SideB)),
            Role::Key => bold.patch(self.ink(Part::Key)),
            Role::Message => self.ink(Part::Message),
            Role::Mistake => plain.add_modifier(Modifier::UNDERLINED).patch(self.ink(Part::Mistake)),
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
        Style { fg: self.colour(Part::Text), bg: self.colour(Part::Background), ..Style::new() }
    }

    /// The style over all of the selected lines; stronger where the keys go.
    pub(crate) fn selected(self, focused: bool) -> Style {
        let part = if focused { Part::Selected } else { Part::SelectedElsewhere };
        // Sixteen colours have no shade that is only a little lighter or darker: there the themes have none.
        match (self.colour(part).filter(|ground| *ground != Color::Reset), focused) {
            (Some(ground), _) => Style::new().bg(ground),
            (None, true) => {
                // One colour over all: reversed, each colour would be a ground of its own.
                let ink = self.ground().fg.unwrap_or_default();
                Style::new().fg(ink).add_modifier(Modifier::REVERSED).remove_modifier(Modifier::DIM)
            }
            (None, false) => Style::new().add_modifier(Modifier::BOLD),
        }
    }

    fn ink(self, part: Part) -> Style {
        Style { fg: self.colour(part), ..Style::new() }
    }

    /// The colour of a part; none leaves that of the terminal.
    fn colour(self, part: Part) -> Option<Color> {
        let palette = palette::of(self.name)?;
        let own = self.colours.of(part).and_then(|colour| self.depth.fit(colour));
        own.or_else(|| palette.tone(part).map(|tone| tone.at(self.depth)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(colours: &[(&str, &str)], name: Name, depth: Depth) -> Theme {
        let mut own = Colours::NONE;
        for (part, colour) in colours {
            own.set(part, colour).unwrap();
        }
        Theme { name, depth, colours: own }
    }

    #[test]
    fn own_colours_go_before_those_of_the_theme() {
        let own = [("heading", "#ff8f66"), ("background", "black"), ("selected", "17")];
        let theme = with(&own, Name::Light, Depth::True);
        assert_eq!(theme.style(Role::Heading).fg, Some(Color::from_u32(0xff_8f_66)));
        assert_eq!(theme.style(Role::Key), with(&[], Name::Light, Depth::True).style(Role::Key));
        assert_eq!(theme.ground(), Style::new().bg(Color::Black));
        assert_eq!(theme.selected(true), Style::new().bg(Color::Indexed(17)));
        let sixteen = with(&own, Name::Light, Depth::Sixteen);
        let of_theme = with(&[], Name::Light, Depth::Sixteen);
        assert_eq!(sixteen.style(Role::Heading), of_theme.style(Role::Heading), "no such colour among sixteen");
        assert_eq!(sixteen.selected(true), of_theme.selected(true));
        assert_eq!(sixteen.ground(), Style::new().bg(Color::Black));
        let none = with(&own, Name::None, Depth::True);
        assert_eq!((none.ground().bg, none.style(Role::Heading).fg), (None, None), "no colour means none");
    }
}
