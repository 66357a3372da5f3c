//! The fields in which hospitals say something in words.

use std::borrow::Cow;

use crate::catalog::details::{Details, ListKind};
use crate::catalog::postcode;
use crate::catalog::statement::{Accreditation, Fact, Item};
use crate::text::Text;

/// A field in which a hospital says something in words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TextField {
    /// Its id.
    Id,
    /// Its names: the first, the native one, others.
    Name,
    /// City or town.
    City,
    /// Province, state or region.
    Region,
    /// Country.
    Country,
    /// What kind of hospital it is.
    Kind,
    /// Who owns it.
    Ownership,
    /// Whether it is open, closed, planned.
    Status,
    /// Its grade in the country's system.
    Grade,
    /// When it was founded or opened.
    Founded,
    /// Street, house and postal code.
    Address,
    /// The postal code.
    Postcode,
    /// Its telephone number.
    Phone,
    /// Its web address.
    Website,
    /// A list of named things.
    List(ListKind),
    /// What the file says under a heading that fills no other field.
    Other(Text),
}

impl TextField {
    /// Whether a hospital may say several things in it.
    pub(super) fn is_list(&self) -> bool {
        matches!(self, Self::Name | Self::List(_))
    }

    /// What details say in it.
    pub(crate) fn of_details<'a>(&self, details: &'a Details) -> Vec<Cow<'a, str>> {
        let one = |fact: &'a Option<Fact>| fact.iter().map(|fact| Cow::Borrowed(&*fact.text)).collect();
        match self {
            Self::Ownership => one(&details.ownership),
            Self::Status => one(&details.status),
            Self::Grade => one(&details.grade),
            Self::Founded => one(&details.founded),
            Self::Address => one(&details.address),
            Self::Phone => one(&details.phone),
            Self::Website => one(&details.website),
            Self::Postcode => postcode::of_details(details).into_iter().collect(),
            Self::List(ListKind::Accreditations) => details.accreditations.iter().map(accreditation).collect(),
            Self::List(kind) => {
                let lists = details.lists().filter(|(other, _)| other == kind);
                lists.flat_map(|(_, items)| items).flat_map(item).collect()
            }
            Self::Other(heading) => {
                let facts = details.extra.iter().flat_map(|extra| &extra.facts);
                // Of several editions the latest stands first.
                let text = facts.into_iter().find(|(other, _)| other == heading);
                text.map(|(_, text)| Cow::Borrowed(&**text)).into_iter().collect()
            }
            Self::Id | Self::Name | Self::City | Self::Region | Self::Country | Self::Kind => Vec::new(),
        }
    }
}

/// The scheme, the level and who accredits.
fn accreditation(one: &Accreditation) -> Cow<'_, str> {
    let more: Vec<&str> = [&one.level, &one.issuer].into_iter().flatten().map(Text::as_str).collect();
    if more.is_empty() {
        Cow::Borrowed(&one.scheme)
    } else {
        Cow::Owned(format!("{}, {}", one.scheme, more.join(", ")))
    }
}

/// The names of a named thing, and what else is said of it.
fn item(item: &Item) -> impl Iterator<Item = Cow<'_, str>> {
    let others = item.native_name.iter().chain(&item.detail);
    std::iter::once(&item.name).chain(others).map(|text| Cow::Borrowed(&**text))
}
