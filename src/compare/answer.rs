//! The answer of a row: which side is larger, or why that is not known.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// The answer of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The left side is larger.
    LeftLarger,
    /// The right side is larger.
    RightLarger,
    /// Both sides give the same number.
    Equal,
    /// The intervals overlap, different things are counted, or the totals are equal but their parts are not.
    CannotTell,
    /// Only the left side gives a number.
    LeftOnly,
    /// Only the right side gives a number.
    RightOnly,
    /// Neither gives a number, and at least one text says why.
    Neither,
}

impl Answer {
    /// The answer for `order`, the order of the left value relative to the right one.
    #[must_use]
    pub(crate) fn of(order: Ordering) -> Self {
        match order {
            Ordering::Greater => Self::LeftLarger,
            Ordering::Less => Self::RightLarger,
            Ordering::Equal => Self::Equal,
        }
    }

    /// The name in CSV, JSON and saved comparisons.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::LeftLarger => "left-larger",
            Self::RightLarger => "right-larger",
            Self::Equal => "equal",
            Self::CannotTell => "cannot-tell",
            Self::LeftOnly => "left-only",
            Self::RightOnly => "right-only",
            Self::Neither => "neither",
        }
    }

    /// Whether it tells which side is larger, or that both are equal.
    #[must_use]
    pub fn is_conclusive(self) -> bool {
        matches!(self, Self::LeftLarger | Self::RightLarger | Self::Equal)
    }

    /// The answer with the sides swapped.
    #[cfg(test)]
    pub(crate) fn swapped(self) -> Self {
        match self {
            Self::LeftLarger => Self::RightLarger,
            Self::RightLarger => Self::LeftLarger,
            Self::LeftOnly => Self::RightOnly,
            Self::RightOnly => Self::LeftOnly,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Answer;

    #[test]
    fn an_answer_has_the_name_by_which_it_is_serialized() {
        use Answer::{CannotTell, Equal, LeftLarger, LeftOnly, Neither, RightLarger, RightOnly};

        for answer in [LeftLarger, RightLarger, Equal, CannotTell, LeftOnly, RightOnly, Neither] {
            assert_eq!(serde_json::to_value(answer).unwrap(), answer.name());
        }
    }
}
