//! What limits an answer, or takes it away.

use crate::catalog::measure::Break;
use crate::text::Text;

/// Which sides something holds of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sides {
    /// The left one only.
    Left,
    /// The right one only.
    Right,
    /// Both.
    Both,
}

impl Sides {
    /// Those of which it holds; none where it holds of neither.
    #[must_use]
    pub fn of([left, right]: [bool; 2]) -> Option<Self> {
        match (left, right) {
            (true, true) => Some(Self::Both),
            (true, false) => Some(Self::Left),
            (false, true) => Some(Self::Right),
            (false, false) => None,
        }
    }

    /// The same with the sides swapped.
    #[must_use]
    pub fn swapped(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::Both => Self::Both,
        }
    }
}

/// What limits the answer of a row. The first kinds take it away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit<'a> {
    /// Different measures of one concept, such as registered and open beds.
    OtherMeasure,
    /// One side counts a part of the hospital, the other all of it or another part.
    OtherPart,
    /// Parts of totals that differ: 3 of 7 and 0 of 1.
    OtherTotal,
    /// The totals are equal and their parts are not, or not all known: each part has an answer of its own.
    PartsDiffer,
    /// The publisher changed its method between the two.
    MethodChanged(&'a Break),
    /// One is a total since the start, the other of a limited time.
    SinceTheStart,
    /// Counts a year over times of different length.
    OtherLength,
    /// The intervals overlap: either side may be the larger.
    Overlap,
    /// Figures of one side and one known period contradict each other.
    SourcesDisagree(Sides),
    /// Measures that are counted differently and declared alike, and how they differ.
    CountedDifferently(&'a Text),
    /// Whole years between the two.
    YearsApart(u32),
    /// Other times less than a year apart, or one within the other.
    OtherPeriod,
    /// No time of counting is known, or only that it is not before some date.
    Undated(Sides),
    /// Datasets of different publishers.
    OtherPublisher,
    /// Editions of one publisher, so many years apart.
    OtherEdition(u32),
    /// We have counted what the text names.
    CountedHere(Sides),
    /// A figure has a caveat.
    Caveat(Sides),
}

impl Limit<'_> {
    /// Whether no answer can be given: different things stand beside each other, or either may be larger.
    #[must_use]
    pub fn prevents_answer(&self) -> bool {
        matches!(
            self,
            Self::OtherMeasure
                | Self::OtherPart
                | Self::OtherTotal
                | Self::PartsDiffer
                | Self::MethodChanged(_)
                | Self::SinceTheStart
                | Self::OtherLength
                | Self::Overlap
        )
    }

    /// Its name in JSON and in kept comparisons.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::OtherMeasure => "other-measure",
            Self::OtherPart => "other-part",
            Self::OtherTotal => "other-total",
            Self::PartsDiffer => "parts-differ",
            Self::MethodChanged(_) => "method-changed",
            Self::SinceTheStart => "since-the-start",
            Self::OtherLength => "other-length",
            Self::Overlap => "overlap",
            Self::SourcesDisagree(_) => "sources-disagree",
            Self::CountedDifferently(_) => "counted-differently",
            Self::YearsApart(_) => "years-apart",
            Self::OtherPeriod => "other-period",
            Self::Undated(_) => "undated",
            Self::OtherPublisher => "other-publisher",
            Self::OtherEdition(_) => "other-edition",
            Self::CountedHere(_) => "counted-by-us",
            Self::Caveat(_) => "caveat",
        }
    }

    /// Its amount in years, where it has one.
    #[must_use]
    pub fn years(&self) -> Option<u32> {
        match self {
            Self::YearsApart(years) | Self::OtherEdition(years) => Some(*years),
            _ => None,
        }
    }

    /// The same with the sides swapped.
    #[must_use]
    pub fn swapped(self) -> Self {
        match self {
            Self::SourcesDisagree(sides) => Self::SourcesDisagree(sides.swapped()),
            Self::Undated(sides) => Self::Undated(sides.swapped()),
            Self::CountedHere(sides) => Self::CountedHere(sides.swapped()),
            Self::Caveat(sides) => Self::Caveat(sides.swapped()),
            other => other,
        }
    }
}
