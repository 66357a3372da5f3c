//! The limits of an answer.

use crate::catalog::Period;
use crate::catalog::measure::Break;
use crate::text::Text;

/// The sides to which something applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sides {
    /// Only the left side.
    Left,
    /// Only the right side.
    Right,
    /// Both sides.
    Both,
}

impl Sides {
    /// The sides whose flag is set; none if neither is set.
    #[must_use]
    pub(crate) fn of([left, right]: [bool; 2]) -> Option<Self> {
        match (left, right) {
            (true, true) => Some(Self::Both),
            (true, false) => Some(Self::Left),
            (false, true) => Some(Self::Right),
            (false, false) => None,
        }
    }

    /// The value with the sides swapped.
    #[cfg(test)]
    pub(crate) fn swapped(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::Both => Self::Both,
        }
    }
}

/// What limits the answer of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit<'a> {
    /// Different measures of one concept, such as registered and open beds.
    OtherMeasure,
    /// One side counts a part of the hospital, and the other side the whole hospital or another part.
    OtherPart,
    /// The sides count parts of different totals: 3 of 7 and 0 of 1.
    OtherTotal,
    /// The totals are equal, but their parts differ or are not all known: each part has its own answer.
    PartsDiffer,
    /// The publisher changed its method between the two figures.
    MethodChanged(&'a Break),
    /// One figure is a total since the start, and the other covers a limited period.
    SinceTheStart,
    /// The counts cover periods of different length.
    OtherLength,
    /// The intervals overlap, so either side may be larger.
    Overlap,
    /// Figures of one hospital for one known period contradict each other.
    SourcesDisagree(Sides),
    /// The sides have different measures that are declared alike; the text tells how they differ.
    CountedDifferently(&'a Text),
    /// The whole years between the two periods.
    YearsApart(u32),
    /// The periods differ by less than a year, or one contains the other.
    OtherPeriod,
    /// The period of counting is not known, or only its earliest date is known.
    Undated(Sides),
    /// The figures come from datasets of different publishers.
    OtherPublisher,
    /// The figures come from two editions of one publisher; how many years apart, if that is known.
    OtherEdition(Option<u32>),
    /// The intervals that the publisher gives for its estimates overlap, so the difference may be chance.
    EstimatesOverlap,
    /// The number is our count of the names in the text.
    CountedByUs(Sides),
    /// A compared figure has a caveat.
    Caveat(Sides),
}

impl Limit<'_> {
    /// The limit of what two editions of one publisher say; none if they are the same edition.
    pub(super) fn of_editions(left: Option<&Period>, right: Option<&Period>) -> Option<Self> {
        let editions = left.zip(right);
        let is_same = editions.is_some_and(|(left, right)| left == right);
        (!is_same).then(|| Self::OtherEdition(editions.and_then(|(left, right)| left.editions_apart(right))))
    }

    /// Whether it prevents an answer: different things are counted, or either side may be larger.
    #[must_use]
    pub(crate) fn prevents_answer(&self) -> bool {
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

    /// The name in JSON and in saved comparisons.
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
            Self::EstimatesOverlap => "estimates-overlap",
            Self::CountedByUs(_) => "counted-by-us",
            Self::Caveat(_) => "caveat",
        }
    }

    /// The years apart, for limits that have such a number.
    #[must_use]
    pub(crate) fn years(&self) -> Option<u32> {
        match self {
            Self::YearsApart(years) => Some(*years),
            Self::OtherEdition(years) => *years,
            _ => None,
        }
    }

    /// The value with the sides swapped.
    #[cfg(test)]
    pub(crate) fn swapped(self) -> Self {
        match self {
            Self::SourcesDisagree(sides) => Self::SourcesDisagree(sides.swapped()),
            Self::Undated(sides) => Self::Undated(sides.swapped()),
            Self::CountedByUs(sides) => Self::CountedByUs(sides.swapped()),
            Self::Caveat(sides) => Self::Caveat(sides.swapped()),
            other => other,
        }
    }
}
