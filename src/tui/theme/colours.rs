//! Colours of one's own, in the place of those of the theme.

use std::fmt;

use ratatui::style::Color;

use crate::text::clean;

/// What has a colour of its own on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Text,
    Background,
    /// The background of the selected lines where the keys go.
    Selected,
    /// The background of the selected lines where the keys do not go.
    SelectedElsewhere,
    Heading,
    Muted,
    /// What may change a number.
    Caveat,
    /// What limits a comparison.
    Limited,
    /// What is wrong with the query.
    Mistake,
    /// The letters that the query found.
    Match,
    Message,
    Key,
    SideA,
    SideB,
}

const PARTS: [(&str, Part); 14] = [
    ("text", Part::Text),
    ("background", Part::Background),
    ("selected", Part::Selected),
    ("selected-elsewhere", Part::SelectedElsewhere),
    ("heading", Part::Heading),
    ("muted", Part::Muted),
    ("caveat", Part::Caveat),
    ("limited", Part::Limited),
    ("mistake", Part::Mistake),
    ("match", Part::Match),
    ("message", Part::Message),
    ("key", Part::Key),
    ("a", Part::SideA),
    ("b", Part::SideB),
];

/// Colours of one's own, by the parts of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colours([Option<Color>; PARTS.len()]);

/// Why a colour cannot be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColourError {
    /// No part of the screen has that name.
    UnknownPart(String),
    /// That is no colour.
    UnknownColour(String),
}

impl ColourError {
    /// What is wrong.
    #[must_use]
    pub(crate) fn message(&self) -> String {
        match self {
            Self::UnknownPart(name) => format!("no part of the screen has the name `{}`", clean(name)),
            Self::UnknownColour(value) => format!("`{}` is no colour", clean(value)),
        }
    }

    /// What to do about it.
    #[must_use]
    pub(crate) fn fix(&self) -> String {
        match self {
            Self::UnknownPart(_) => format!("the parts are {}", Colours::parts().collect::<Vec<_>>().join(", ")),
            Self::UnknownColour(_) => {
                "write #ff8f66, a name such as light-blue, or the number of one of 256 colours".to_owned()
            }
        }
    }
}

impl fmt::Display for ColourError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message(), self.fix())
    }
}

impl std::error::Error for ColourError {}

impl Colours {
    /// Those of the theme.
    pub(crate) const NONE: Self = Self([None; PARTS.len()]);

    /// The names of the parts of the screen.
    pub(crate) fn parts() -> impl Iterator<Item = &'static str> {
        PARTS.iter().map(|(name, _)| *name)
    }

    /// Gives a part a colour: `#rrggbb`, the name of one of sixteen colours, or the number of one of 256.
    ///
    /// # Errors
    ///
    /// When there is no such part or no such colour.
    pub(crate) fn set(&mut self, part: &str, colour: &str) -> Result<(), ColourError> {
        let place = PARTS.iter().position(|(name, _)| *name == part);
        let place = place.ok_or_else(|| ColourError::UnknownPart(part.to_owned()))?;
        let colour = colour.trim();
        self.0[place] = Some(colour.parse().map_err(|_| ColourError::UnknownColour(colour.to_owned()))?);
        Ok(())
    }

    /// The colour that a part was given.
    pub(super) fn of(&self, part: Part) -> Option<Color> {
        let place = PARTS.iter().position(|(_, known)| *known == part)?;
        self.0[place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_take_colours_in_three_forms() {
        let mut colours = Colours::default();
        for (part, colour) in [("heading", "#FF8f66"), ("a", "light-blue"), ("b", "209"), ("selected", " gray ")] {
            assert_eq!(colours.set(part, colour), Ok(()), "{part} {colour}");
        }
        let given = [Part::Heading, Part::SideA, Part::SideB, Part::Muted].map(|part| colours.of(part));
        let orange = Color::Rgb(255, 143, 102);
        assert_eq!(given, [Some(orange), Some(Color::LightBlue), Some(Color::Indexed(209)), None]);
    }

    #[test]
    fn what_is_no_part_or_no_colour_is_refused() {
        let mut colours = Colours::default();
        for no_colour in ["", "bluish", "#12345", "256", "-1"] {
            assert_eq!(colours.set("a", no_colour), Err(ColourError::UnknownColour(no_colour.to_owned())));
        }
        let error = colours.set("headings", "red").unwrap_err().to_string();
        assert!(error.contains("`headings`") && error.contains("text, background, selected"), "{error}");
        assert_eq!(colours, Colours::default());
    }
}
