//! A hospital: what a list shows and a search reads. The rest is in its details.

use crate::catalog::lazy::LazyDetails;
use crate::text::Text;

/// One hospital, and all that the sources say of it.
///
/// Here is what a list shows and a search reads. Everything else is in its [`Details`](crate::catalog::Details), which
/// are read from a dataset's row on first use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hospital {
    /// A name of its own within the dataset: lower case, digits and hyphens read best.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// Its name in its own script.
    pub native_name: Option<Text>,
    /// Short names, acronyms, former and other names.
    pub aliases: Box<[Text]>,
    /// Where it lies.
    pub place: Place,
    /// What kind of hospital it is.
    pub kind: Option<Text>,
    /// Everything else.
    pub details: LazyDetails,
}

/// Where a hospital lies, in names. Its coordinates are in [`Details`](crate::catalog::Details).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// City or town.
    pub city: Option<Text>,
    /// Province, state or region.
    pub region: Option<Text>,
    /// Country.
    pub country: Option<Text>,
}

impl Place {
    /// Whether nothing is known of it.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.city.is_none() && self.region.is_none() && self.country.is_none()
    }

    /// `City, Region, Country`, a region of the city's own name said once; empty when nothing is known.
    #[must_use]
    pub fn line(&self) -> String {
        line([self.city.as_ref(), self.region.as_ref(), self.country.as_ref()])
    }
}

/// The parts of a place in one line, equal ones once.
pub(super) fn line(place: [Option<&Text>; 3]) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in place.into_iter().flatten() {
        if !parts.contains(&part.as_str()) {
            parts.push(part);
        }
    }
    parts.join(", ")
}
