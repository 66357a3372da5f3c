//! The orders in which a list can stand.

use crate::text::Text;

/// In which order a list stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Best match first; without words to match, as in the catalog.
    #[default]
    Best,
    /// By name.
    Name,
    /// By country, region, city.
    Place,
    /// By the latest figure of the measure of that id, the largest first; hospitals without one last.
    Measure(Text),
}
