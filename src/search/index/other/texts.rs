//! The texts of a hospital beside its names, its place and its id, each with what it is called.

use crate::catalog::{Catalog, Details, HospitalKey, ListKind};
use crate::text::Text;

/// Longest text of these that is searched, in characters.
pub(crate) const LONGEST: usize = 1_024;

/// Hands over each of these texts of the hospital at `key`, with what it is called: `specialty`, or the heading of a column.
pub(crate) fn for_each(catalog: &Catalog, key: HospitalKey, mut look: impl FnMut(&str, &Text)) {
    if let Some(kind) = catalog.summary(key).kind {
        look("kind", kind);
    }
    for_each_detail(&catalog.details(key), look);
}

fn for_each_detail(details: &Details, mut look: impl FnMut(&str, &Text)) {
    for (kind, items) in details.lists() {
        for item in items {
            let texts = std::iter::once(&item.name).chain(&item.native_name).chain(&item.detail);
            texts.for_each(|text| look(singular(kind), text));
        }
    }
    for one in &details.accreditations {
        let texts = std::iter::once(&one.scheme).chain(&one.level).chain(&one.issuer);
        texts.for_each(|text| look("accreditation", text));
    }
    for one in &details.rankings {
        std::iter::once(&one.list).chain(&one.field).for_each(|text| look("ranking", text));
    }
    for campus in &details.campuses {
        std::iter::once(&campus.name).chain(&campus.native_name).for_each(|text| look("campus", text));
    }
    details.facts().for_each(|(label, fact)| look(label, &fact.text));
    details.extra.iter().flat_map(|extra| &extra.facts).for_each(|(heading, text)| look(heading, text));
}

/// What one thing of a list is.
fn singular(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Rankings => "ranking",
        ListKind::Accreditations => "accreditation",
        ListKind::Specialties => "specialty",
        ListKind::Affiliations => "affiliation",
        ListKind::Partners => "partner",
        ListKind::Programmes => "programme",
        ListKind::Milestones => "milestone",
        ListKind::People => "person",
    }
}
