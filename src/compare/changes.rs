//! What has changed from one vintage of a dataset to another.
//!
//! - All that a hospital says is held against what it said: names, place, facts, figures, lists.
//! - A column or measure that one of the two does not have at all is no change of its hospitals: it is told once.
//! - A hospital whose row could not be read is neither gone nor added.

mod figures;
mod told;

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::catalog::{Catalog, Hospital};
use crate::text::Text;
use told::{Says, Shared};

/// What has changed between two datasets whose ids mean the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Changes {
    /// Hospitals that only the new one has.
    pub added: Vec<Named>,
    /// Hospitals that only the old one has.
    pub gone: Vec<Named>,
    /// Hospitals whose rows in the old one could not be read.
    pub unread_in_old: Vec<Unnamed>,
    /// Hospitals whose rows in the new one could not be read.
    pub unread_in_new: Vec<Unnamed>,
    /// How many rows of the old one could not be read and do not say whose they are.
    pub unknown_in_old: usize,
    /// How many rows of the new one could not be read and do not say whose they are.
    pub unknown_in_new: usize,
    /// Hospitals that have another name.
    pub renamed: Vec<Renamed>,
    /// Hospitals of which something else has changed.
    pub changed: Vec<Changed>,
    /// What the new one never says of any hospital.
    pub only_in_old: Vec<Heading>,
    /// What the old one never says of any hospital.
    pub only_in_new: Vec<Heading>,
}

/// A hospital.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Named {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// Where it lies.
    pub place: String,
}

/// A hospital that could not be read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unnamed {
    /// Its id.
    pub id: Text,
    /// Its name in the other dataset; none when that does not have it.
    pub name: Option<Text>,
}

/// A hospital with another name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Renamed {
    /// Its id.
    pub id: Text,
    /// Its name in the old dataset.
    pub from: Text,
    /// Its name in the new one.
    pub to: Text,
}

/// A hospital of which something has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changed {
    /// Its id.
    pub id: Text,
    /// Its name in the new dataset.
    pub name: Text,
    /// What has changed.
    pub changes: Vec<Change>,
}

/// Something that has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What: a fact, a heading, a list, a measure with its part.
    pub what: String,
    /// Whether it is a figure.
    pub is_figure: bool,
    /// What the old dataset says; none when it says nothing.
    pub from: Option<String>,
    /// What the new one says; none when it says nothing.
    pub to: Option<String>,
}

/// What one of the two datasets says of its hospitals and the other never does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heading {
    /// What: a fact, a heading, a measure.
    pub what: String,
    /// Whether it is a measure.
    pub is_figure: bool,
    /// Of how many hospitals.
    pub hospitals: usize,
}

impl Changes {
    /// What has changed from `old` to `new`, each in the order of its dataset.
    #[must_use]
    pub fn between(old: &Catalog, new: &Catalog) -> Self {
        let (before, after) = (Vintage::of(old), Vintage::of(new));
        let shared = Shared([&before.says, &after.says]);
        let mut changes = Self {
            added: before.lacking(new),
            gone: after.lacking(old),
            unread_in_old: before.unread(&after),
            unread_in_new: after.unread(&before),
            unknown_in_old: before.unknown,
            unknown_in_new: after.unknown,
            only_in_old: before.only(&after),
            only_in_new: after.only(&before),
            ..Self::default()
        };
        for (_, now) in new.hospitals() {
            let Some(then) = before.by_id.get(now.id.as_str()) else { continue };
            if then.name != now.name {
                changes.renamed.push(Renamed { id: now.id.clone(), from: then.name.clone(), to: now.name.clone() });
            }
            let found = told::changes([(old, then), (new, now)], &shared);
            if !found.is_empty() {
                changes.changed.push(Changed { id: now.id.clone(), name: now.name.clone(), changes: found });
            }
        }
        changes
    }

    /// Whether nothing has changed, as far as all could be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One of the two datasets.
struct Vintage<'a> {
    catalog: &'a Catalog,
    by_id: HashMap<&'a str, &'a Hospital>,
    /// The hospitals of rows that could not be read.
    unread: HashSet<&'a str>,
    unknown: usize,
    /// Of how many hospitals it says what.
    says: Says,
}

impl<'a> Vintage<'a> {
    fn of(catalog: &'a Catalog) -> Self {
        let by_id: HashMap<&str, &Hospital> = catalog.hospitals().map(|(_, one)| (one.id.as_str(), one)).collect();
        let unread = catalog.datasets().iter().flat_map(|dataset| &dataset.rejected_ids.ids).map(Text::as_str);
        let unread = unread.filter(|id| !by_id.contains_key(id)).collect();
        let unknown = catalog.datasets().iter().map(|dataset| dataset.rejected_ids.unknown).sum();
        Self { catalog, unread, unknown, says: Says::of(catalog), by_id }
    }

    /// The hospitals of `other` that this one does not have.
    fn lacking(&self, other: &Catalog) -> Vec<Named> {
        let is_known = |id: &str| self.by_id.contains_key(id) || self.unread.contains(id);
        other.hospitals().filter(|(_, one)| !is_known(&one.id)).map(|(_, one)| Named::new(one)).collect()
    }

    /// The hospitals whose rows could not be read, by the names that `other` gives them.
    fn unread(&self, other: &Self) -> Vec<Unnamed> {
        let mut told = HashSet::new();
        let ids = self.catalog.datasets().iter().flat_map(|dataset| &dataset.rejected_ids.ids);
        let ids = ids.filter(|id| self.unread.contains(id.as_str()) && told.insert(id.as_str()));
        ids.map(|id| Unnamed { id: id.clone(), name: other.by_id.get(id.as_str()).map(|one| one.name.clone()) })
            .collect()
    }

    /// What this one says and `other` never does, facts and headings before measures, each by name.
    fn only(&self, other: &Self) -> Vec<Heading> {
        let mut only = Vec::new();
        for (label, hospitals) in &self.says.statements {
            if !other.says.statements.contains_key(label) {
                only.push(Heading { what: label.to_string(), is_figure: false, hospitals: *hospitals });
            }
        }
        for (id, hospitals) in &self.says.measures {
            if !other.says.measures.contains_key(id) {
                let measure = self.catalog.measures().get(id);
                let what = measure.map_or(id, |measure| &measure.label).to_string();
                only.push(Heading { what, is_figure: true, hospitals: *hospitals });
            }
        }
        only.sort_by(|a, b| (a.is_figure, &a.what).cmp(&(b.is_figure, &b.what)));
        only
    }
}

impl Named {
    fn new(hospital: &Hospital) -> Self {
        Self { id: hospital.id.clone(), name: hospital.name.clone(), place: hospital.place.line() }
    }
}

impl Change {
    /// A change, unless both say the same.
    fn new(what: &str, is_figure: bool, from: Option<String>, to: Option<String>) -> Option<Self> {
        (from != to).then(|| Self { what: what.to_owned(), is_figure, from, to })
    }
}

#[cfg(test)]
mod tests;
