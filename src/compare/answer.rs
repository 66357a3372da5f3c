//! What can be said of a row.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// What can be said of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The left side is larger.
    LeftLarger,
    /// The right side is larger.
    RightLarger,
    /// Both are the same number.
    Equal,
    /// The intervals overlap, different things are counted, or the parts of equal totals have an answer each.
    CannotTell,
    /// Only the left side gives a number.
    LeftOnly,
    /// Only the right side gives a number.
    RightOnly,
    /// Neither gives a number, and at least one text says why.
    Neither,
}

impl Answer {
    /// By how the left value stands to the right one.
    #[must_use]
    pub fn of(order: Ordering) -> Self {
        match order {
            Ordering::Greater => Self::LeftLarger,
            Ordering::Less => Self::RightLarger,
            Ordering::Equal => Self::Equal,
        }
    }

    /// Its name in CSV, JSON and kept comparisons.
    #[must_use]
    pub fn name(self) -> &'static str {
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

    /// Whether it says how the sides stand to each other.
    #[must_use]
    pub fn is_told(self) -> bool {
        matches!(self, Self::LeftLarger | Self::RightLarger | Self::Equal)
    }

    /// The same with the sides swapped.
    #[must_use]
    pub fn swapped(self) -> Self {
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
    fn an_answer_is_called_as_it_is_kept() {
        use Answer::{CannotTell, Equal, LeftLarger, LeftOnly, Neither, RightLarger, RightOnly};

        for answer in [LeftLarger, RightLarger, Equal, CannotTell, LeftOnly, RightOnly, Neither] {
            assert_eq!(serde_json::to_value(answer).unwrap(), answer.name());
        }
    }
}
