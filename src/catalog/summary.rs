//! What a list shows and a search reads of a hospital.

use crate::catalog::hospital::{Hospital, line};
use crate::catalog::text_field::TextField;
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
    /// What it says in a field; none where that is in the details.
    pub(crate) fn texts(&self, field: &TextField) -> Option<Vec<&'a str>> {
        let one = |text: Option<&'a Text>| text.map(Text::as_str).into_iter().collect();
        Some(match field {
            TextField::Id => vec![self.id],
            TextField::Name => {
                let others = self.native_name.into_iter().chain(self.aliases.iter().map(Text::as_str));
                std::iter::once(self.name).chain(others).collect()
            }
            TextField::City => one(self.city),
            TextField::Region => one(self.region),
            TextField::Country => one(self.country),
            TextField::Kind => one(self.kind),
            _ => return None,
        })
    }

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
