//! How closely a query matches.

/// How closely a query matches, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The whole text.
    Whole,
    /// The country, and nothing else; hospitals that have the word in a name come first.
    Country,
    /// The start of the text, or its first syllables in pinyin.
    Prefix,
    /// The start of a word, or of several words in the query's order, or whole syllables in pinyin.
    WordPrefix,
    /// The starts of words in another order, or in several texts of the hospital.
    AnyOrder,
    /// The initials of words, or of the syllables of a Chinese name.
    Acronym,
    /// Inside a word.
    Substring,
    /// A whole word of another text than a name, a place or an id, such as a specialty or an address.
    Elsewhere,
    /// The start of a word of such a text.
    ElsewhereStart,
    /// Letters in order, with small gaps.
    Subsequence,
}

impl Tier {
    /// Every tier, the closest first.
    pub(crate) const ALL: [Self; 10] = [
        Self::Whole,
        Self::Country,
        Self::Prefix,
        Self::WordPrefix,
        Self::AnyOrder,
        Self::Acronym,
        Self::Substring,
        Self::Elsewhere,
        Self::ElsewhereStart,
        Self::Subsequence,
    ];
}
