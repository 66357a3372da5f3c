//! What a list shows and a search reads of a hospital.

use crate::catalog::hospital::{Hospital, line};
use crate::text::Text;

/// What a list shows and a search reads of a hospital, without reading anything else of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Summary<'a> {
    /// A name of its own within the dataset.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its name in its own script.
    pub native_name: Option<&'a str>,
    /// Short names, acronyms, former and other names.
    pub aliases: &'a [Text],
    /// City or town.
    pub city: Option<&'a Text>,
    /// Province, state or region.
    pub region: Option<&'a Text>,
    /// Country.
    pub country: Option<&'a Text>,
    /// What kind of hospital it is.
    pub kind: Option<&'a Text>,
}

impl<'a> Summary<'a> {
    /// City, region and country.
    pub(crate) fn place(&self) -> [Option<&'a Text>; 3] {
        [self.city, self.region, self.country]
    }

    /// `City, Region, Country`, a region of the city's own name said once; empty when nothing is known.
    pub(crate) fn place_line(&self) -> String {
        line(self.place())
    }
}

impl<'a> From<&'a Hospital> for Summary<'a> {
    fn from(hospital: &'a Hospital) -> Self {
        Self {
            id: &hospital.id,
            name: &hospital.name,
            native_name: hospital.native_name.as_deref(),
            aliases: &hospital.aliases,
            city: hospital.place.city.as_ref(),
            region: hospital.place.region.as_ref(),
            country: hospital.place.country.as_ref(),
            kind: hospital.kind.as_ref(),
        }
    }
}
