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
