//! The fields that a query can ask for by name, and what hospitals say in them.

use std::borrow::Cow;

use crate::catalog::{Catalog, HospitalKey, TextField};

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

    /// The column of its values, where a hospital has one at most and they are few.
    pub(crate) fn text_field(self) -> Option<TextField> {
        match self {
            Self::City => Some(TextField::City),
            Self::Region => Some(TextField::Region),
            Self::Country => Some(TextField::Country),
            Self::Kind => Some(TextField::Kind),
            Self::Owner => Some(TextField::Ownership),
            Self::Id | Self::Source => None,
        }
    }

    /// What a hospital says in it.
    pub(crate) fn values(self, catalog: &Catalog, key: HospitalKey) -> Vec<Cow<'_, str>> {
        if let Some(field) = self.text_field() {
            let column = catalog.texts(field);
            return column.number(key).map(|at| Cow::Borrowed(&*column.values()[at])).into_iter().collect();
        }
        if self == Self::Id {
            return vec![Cow::Borrowed(catalog.summary(key).id)];
        }
        let details = catalog.details(key);
        let sources = details.sources().filter_map(|id| catalog.source(key, id));
        let titles = sources.flat_map(|source| [Some(&source.title), source.publisher.as_ref()]);
        let datasets = catalog.datasets_on(key).into_iter();
        let datasets = datasets.flat_map(|dataset| [dataset.title(), &dataset.origin]);
        titles.flatten().chain(datasets).map(|text| Cow::Borrowed(&**text)).collect()
    }
}
