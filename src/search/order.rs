//! The orders in which a list can stand.

use crate::search::geo::GeoPoint;
use crate::text::Text;

/// In which order a list stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Order {
    /// By what.
    pub by: SortBy,
    /// Whether the other end comes first. What has nothing to sort by comes last all the same.
    pub is_turned: bool,
}

/// What a list is sorted by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// Best match first; without words to match, as in the catalog.
    #[default]
    Best,
    /// By name.
    Name,
    /// By country, region, city.
    Place,
    /// By the latest figure of the measure of that id, the largest first; hospitals without one last.
    Measure(Text),
    /// By how far it is from a place, the nearest first; hospitals without coordinates last.
    Distance(GeoPoint),
}

impl Order {
    /// The same from the other end. Best matches first cannot be turned.
    #[must_use]
    pub fn turned(&self) -> Self {
        Self { by: self.by.clone(), is_turned: !self.is_turned && self.by != SortBy::Best }
    }
}

impl From<SortBy> for Order {
    fn from(by: SortBy) -> Self {
        Self { by, is_turned: false }
    }
}
