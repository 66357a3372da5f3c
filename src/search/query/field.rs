//! The fields that a query can ask for by name, and what hospitals say in them.

use std::borrow::Cow;

use crate::catalog::{Catalog, HospitalKey};

/// A field that a query can ask for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueryField {
    /// City or town.
    City,
    /// Province, state or region.
    Region,
    /// Country.
    Country,
    /// Kind of hospital.
    Kind,
    /// Who owns it.
    Owner,
    /// Its id.
    Id,
    /// A source of its figures, by title or publisher, or its dataset.
    Source,
}

impl QueryField {
    /// Every field.
    pub(crate) const ALL: [Self; 7] =
        [Self::City, Self::Region, Self::Country, Self::Kind, Self::Owner, Self::Id, Self::Source];

    /// As it is typed.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        self.name_and_example().0
    }

    /// A value that it may have.
    #[must_use]
    pub(crate) fn example(self) -> &'static str {
        self.name_and_example().1
    }

    fn name_and_example(self) -> (&'static str, &'static str) {
        match self {
            Self::City => ("city", "chongqing"),
            Self::Region => ("region", "guangdong"),
            Self::Country => ("country", "china"),
            Self::Kind => ("kind", "children"),
            Self::Owner => ("owner", "government"),
            Self::Id => ("id", "10021f"),
            Self::Source => ("source", "about"),
        }
    }

    /// The field of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// What a hospital says in it.
    pub(crate) fn values(self, catalog: &Catalog, key: HospitalKey) -> Vec<Cow<'_, str>> {
        let hospital = catalog.hospital(key);
        let value = match self {
            Self::City => &hospital.place.city,
            Self::Region => &hospital.place.region,
            Self::Country => &hospital.place.country,
            Self::Kind => &hospital.kind,
            Self::Owner => {
                return match hospital.details.peek() {
                    Cow::Borrowed(details) => details.ownership.iter().map(|fact| Cow::Borrowed(&*fact.text)).collect(),
                    Cow::Owned(details) => details.ownership.iter().map(|fact| fact.text.to_string().into()).collect(),
                };
            }
            Self::Id => return vec![Cow::Borrowed(&*hospital.id)],
            Self::Source => {
                let details = hospital.details.peek();
                let sources = details.sources().filter_map(|id| catalog.source(key, id));
                let titles = sources.flat_map(|source| [Some(&source.title), source.publisher.as_ref()]);
                let datasets = catalog.datasets_on(key).into_iter();
                let datasets = datasets.flat_map(|dataset| [dataset.title(), &dataset.origin]);
                return titles.flatten().chain(datasets).map(|text| Cow::Borrowed(&**text)).collect();
            }
        };
        value.iter().map(|value| Cow::Borrowed(&**value)).collect()
    }
}
