//! The names of the themes, as options and files give them.

use std::fmt;
use std::str::FromStr;

/// A theme by its name.
///
/// ```
/// use hospitui::tui::theme::Name;
/// assert_eq!("high-contrast".parse(), Ok(Name::HighContrast));
/// assert!("blue".parse::<Name>().is_err());
/// ```
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
    pub const ALL: [Self; 5] = [Self::Dark, Self::Light, Self::HighContrast, Self::Neutral, Self::None];

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
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that no theme has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownTheme(String);

impl fmt::Display for UnknownTheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Name::ALL.map(Name::as_str).join(", ");
        write!(f, "there is no theme `{}`; the themes are {known}", crate::text::clean(&self.0))
    }
}

impl std::error::Error for UnknownTheme {}

impl FromStr for Name {
    type Err = UnknownTheme;

    fn from_str(name: &str) -> Result<Self, UnknownTheme> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name).ok_or_else(|| UnknownTheme(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_as_it_is_written() {
        for name in Name::ALL {
            assert_eq!(name.to_string().parse(), Ok(name));
        }
        let error = "blue".parse::<Name>().unwrap_err().to_string();
        assert_eq!(error, "there is no theme `blue`; the themes are dark, light, high-contrast, neutral, none");
    }
}
