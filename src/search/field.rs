//! The texts of a hospital in which a word may be found.

/// Where a hospital's text was found, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Field {
    /// The name.
    Name,
    /// The name in its own script.
    NativeName,
    /// A short or other name.
    Alias,
    /// City, region or country.
    Place,
    /// The id.
    Id,
    /// Another text.
    Other,
}

impl Field {
    /// Every field, the most telling first.
    pub(crate) const ALL: [Self; 6] = [Self::Name, Self::NativeName, Self::Alias, Self::Place, Self::Id, Self::Other];
}
