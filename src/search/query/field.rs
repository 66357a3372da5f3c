//! The fields that a query can ask for by name, and what hospitals say in them.

use std::borrow::Cow;
use std::sync::Arc;

use crate::catalog::{Catalog, HospitalKey, ListKind, TextColumn, TextField};
use crate::search::text::fold::{MAX_FIELD, fold};
use crate::text::Text;

/// A field that a query can ask for by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum QueryField {
    /// Its names.
    Name,
    /// City or town.
    City,
    /// Province, state or region.
    Region,
    /// Country.
    Country,
    /// Postal code.
    Zip,
    /// Kind of hospital.
    Kind,
    /// Who owns it.
    Owner,
    /// Its id.
    Id,
    /// Whether it is open, closed, planned.
    Status,
    /// Its grade.
    Grade,
    /// When it was founded.
    Founded,
    /// Street, house and postal code.
    Address,
    /// Its telephone number.
    Phone,
    /// Its web address.
    Website,
    /// Specialties and techniques.
    Specialty,
    /// Designations and programmes.
    Programme,
    /// Accreditations.
    Accreditation,
    /// Universities it belongs to or teaches for.
    Affiliation,
    /// Institutions it works with.
    Partner,
    /// People its sources name.
    Person,
    /// Events and awards.
    Milestone,
    /// A source of its figures, by title or publisher, or its dataset.
    Source,
    /// A column of a file that fills no other field, by its heading.
    Column(Text),
}

/// Other names of fields.
const OTHER_NAMES: [(&str, QueryField); 22] = [
    ("names", QueryField::Name),
    ("town", QueryField::City),
    ("state", QueryField::Region),
    ("province", QueryField::Region),
    ("postcode", QueryField::Zip),
    ("postal-code", QueryField::Zip),
    ("zip-code", QueryField::Zip),
    ("ownership", QueryField::Owner),
    ("telephone", QueryField::Phone),
    ("tel", QueryField::Phone),
    ("street", QueryField::Address),
    ("web", QueryField::Website),
    ("url", QueryField::Website),
    ("specialties", QueryField::Specialty),
    ("program", QueryField::Programme),
    ("programs", QueryField::Programme),
    ("programmes", QueryField::Programme),
    ("accreditations", QueryField::Accreditation),
    ("affiliations", QueryField::Affiliation),
    ("partners", QueryField::Partner),
    ("people", QueryField::Person),
    ("milestones", QueryField::Milestone),
];

impl QueryField {
    /// Every field that has a name of its own, in the order in which they are listed.
    pub(crate) const KNOWN: [Self; 22] = [
        Self::Name,
        Self::City,
        Self::Region,
        Self::Country,
        Self::Zip,
        Self::Kind,
        Self::Owner,
        Self::Id,
        Self::Status,
        Self::Grade,
        Self::Founded,
        Self::Address,
        Self::Phone,
        Self::Website,
        Self::Specialty,
        Self::Programme,
        Self::Accreditation,
        Self::Affiliation,
        Self::Partner,
        Self::Person,
        Self::Milestone,
        Self::Source,
    ];

    /// As it is typed.
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Name => "name",
            Self::City => "city",
            Self::Region => "region",
            Self::Country => "country",
            Self::Zip => "zip",
            Self::Kind => "kind",
            Self::Owner => "owner",
            Self::Id => "id",
            Self::Status => "status",
            Self::Grade => "grade",
            Self::Founded => "founded",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Website => "website",
            Self::Specialty => "specialty",
            Self::Programme => "programme",
            Self::Accreditation => "accreditation",
            Self::Affiliation => "affiliation",
            Self::Partner => "partner",
            Self::Person => "person",
            Self::Milestone => "milestone",
            Self::Source => "source",
            Self::Column(heading) => return Cow::Owned(column_name(heading)),
        })
    }

    /// What a column of it is headed: of a file's own column, its heading.
    #[must_use]
    pub fn label(&self) -> Cow<'_, str> {
        match self {
            Self::Column(heading) => Cow::Borrowed(heading),
            Self::Zip => Cow::Borrowed("postal code"),
            known => known.name(),
        }
    }

    /// The field of exactly that name, among those that have a name of their own.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let known = Self::KNOWN.into_iter().find(|field| field.name() == name);
        known.or_else(|| OTHER_NAMES.into_iter().find(|(other, _)| *other == name).map(|(_, field)| field))
    }

    /// The field of the hospitals.
    pub(crate) fn of(field: &TextField) -> Self {
        let known = Self::KNOWN.into_iter().find(|known| known.text_field().as_ref() == Some(field));
        known.unwrap_or_else(|| match field {
            TextField::Other(heading) => Self::Column(heading.clone()),
            other => Self::Column(format!("{other:?}").into()),
        })
    }

    /// The field of the hospitals that has its values; none of sources.
    pub(crate) fn text_field(&self) -> Option<TextField> {
        Some(match self {
            Self::Name => TextField::Name,
            Self::City => TextField::City,
            Self::Region => TextField::Region,
            Self::Country => TextField::Country,
            Self::Zip => TextField::Postcode,
            Self::Kind => TextField::Kind,
            Self::Owner => TextField::Ownership,
            Self::Id => TextField::Id,
            Self::Status => TextField::Status,
            Self::Grade => TextField::Grade,
            Self::Founded => TextField::Founded,
            Self::Address => TextField::Address,
            Self::Phone => TextField::Phone,
            Self::Website => TextField::Website,
            Self::Specialty => TextField::List(ListKind::Specialties),
            Self::Programme => TextField::List(ListKind::Programmes),
            Self::Accreditation => TextField::List(ListKind::Accreditations),
            Self::Affiliation => TextField::List(ListKind::Affiliations),
            Self::Partner => TextField::List(ListKind::Partners),
            Self::Person => TextField::List(ListKind::People),
            Self::Milestone => TextField::List(ListKind::Milestones),
            Self::Column(heading) => TextField::Other(heading.clone()),
            Self::Source => return None,
        })
    }

    /// Whether every file may have it.
    pub(crate) fn is_in_summary(&self) -> bool {
        matches!(self, Self::Name | Self::City | Self::Region | Self::Country | Self::Kind | Self::Id | Self::Source)
    }

    /// The texts of all hospitals in it, for whoever looks at many; none of sources.
    pub(crate) fn column(&self, catalog: &Catalog) -> Option<Arc<TextColumn>> {
        self.text_field().map(|field| catalog.texts(&field))
    }

    /// What a hospital says in it. Who looks at many hospitals takes [`Self::column`].
    pub(crate) fn values(&self, catalog: &Catalog, key: HospitalKey) -> Vec<Text> {
        match self.column(catalog) {
            Some(column) => column.texts(key).cloned().collect(),
            None => sources(catalog, key),
        }
    }

    /// What some hospital says in it: one of the first, so that not all are read.
    pub(crate) fn example(&self, catalog: &Catalog) -> Option<Text> {
        /// Most hospitals looked at.
        const FIRST: usize = 500;
        let Some(field) = self.text_field() else {
            return catalog.keys().take(FIRST).find_map(|key| sources(catalog, key).into_iter().next());
        };
        catalog.keys().take(FIRST).find_map(|key| match catalog.summary(key).texts(&field) {
            Some(texts) => texts.first().map(|text| Text::from(*text)),
            None => field.of_details(&catalog.details(key)).first().map(|text| Text::from(&**text)),
        })
    }
}

/// How the column of a heading is typed: its words joined by hyphens.
pub(crate) fn column_name(heading: &str) -> String {
    fold(heading, MAX_FIELD).replace(' ', "-")
}

/// The titles and publishers of the sources of a hospital, and its datasets.
fn sources(catalog: &Catalog, key: HospitalKey) -> Vec<Text> {
    let details = catalog.details(key);
    let sources = details.sources().filter_map(|id| catalog.source(key, id));
    let titles = sources.flat_map(|source| [Some(&source.title), source.publisher.as_ref()]);
    let datasets = catalog.datasets_on(key).into_iter();
    let datasets = datasets.flat_map(|dataset| [dataset.title(), &dataset.origin]);
    titles.flatten().chain(datasets).cloned().collect()
}
