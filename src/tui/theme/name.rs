//! The names of the themes, as options and files give them.

use crate::tui::app::event::Background;

/// A theme by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// White and bright colours on black, whatever the terminal's background is.
    HighContrast,
    /// Colours that can be read on a dark and on a light background.
    Neutral,
    /// No colour.
    None,
}

impl Name {
    /// Every theme.
    pub(crate) const ALL: [Self; 5] = [Self::Dark, Self::Light, Self::HighContrast, Self::Neutral, Self::None];

    /// The theme for a background.
    pub(crate) fn suiting(background: Background) -> Self {
        match background {
            Background::Dark => Self::Dark,
            Background::Light => Self::Light,
        }
    }

    /// Its name: `high-contrast`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::Neutral => "neutral",
            Self::None => "none",
        }
    }

    /// What it is for, in words.
    #[must_use]
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::Dark => "For a dark background",
            Self::Light => "For a light background",
            Self::HighContrast => "White and bright colours on black",
            Self::Neutral => "For either background",
            Self::None => "No colour",
        }
    }
}
