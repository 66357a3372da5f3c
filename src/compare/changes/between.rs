//! Finds what has changed between two catalogs.

use std::collections::{HashMap, HashSet};

use crate::catalog::{Catalog, Hospital};
use crate::compare::changes::change::{Changed, Changes, Heading, Named, Renamed, Unnamed};
use crate::compare::changes::coverage::{Common, Coverage};
use crate::compare::changes::differences;
use crate::text::Text;

impl Changes {
    /// What has changed from `old` to `new`, each in the order of its dataset.
    #[must_use]
    pub fn between(old: &Catalog, new: &Catalog) -> Self {
        let (before, after) = (Edition::of(old), Edition::of(new));
        let common = Common([&before.coverage, &after.coverage]);
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
            let found = differences::changes([(old, then), (new, now)], &common);
            if !found.is_empty() {
                changes.changed.push(Changed { id: now.id.clone(), name: now.name.clone(), changes: found });
            }
        }
        changes
    }
}

/// One of the two datasets.
struct Edition<'a> {
    catalog: &'a Catalog,
    by_id: HashMap<&'a str, &'a Hospital>,
    /// The hospitals of rows that could not be read.
    unread: HashSet<&'a str>,
    unknown: usize,
    /// How many hospitals have each column and measure.
    coverage: Coverage,
}

impl<'a> Edition<'a> {
    fn of(catalog: &'a Catalog) -> Self {
        let by_id: HashMap<&str, &Hospital> = catalog.hospitals().map(|(_, one)| (one.id.as_str(), one)).collect();
        let unread = catalog.datasets().iter().flat_map(|dataset| &dataset.rejected_ids.ids).map(Text::as_str);
        let unread = unread.filter(|id| !by_id.contains_key(id)).collect();
        let unknown = catalog.datasets().iter().map(|dataset| dataset.rejected_ids.unknown).sum();
        Self { catalog, unread, unknown, coverage: Coverage::of(catalog), by_id }
    }

    /// The hospitals of `other` that this one does not have.
    fn lacking(&self, other: &Catalog) -> Vec<Named> {
        let is_known = |id: &str| self.by_id.contains_key(id) || self.unread.contains(id);
        other.hospitals().filter(|(_, one)| !is_known(&one.id)).map(|(_, one)| Named::new(one)).collect()
    }

    /// The hospitals whose rows could not be read, by the names that `other` gives them.
    fn unread(&self, other: &Self) -> Vec<Unnamed> {
        let mut seen = HashSet::new();
        let ids = self.catalog.datasets().iter().flat_map(|dataset| &dataset.rejected_ids.ids);
        let ids = ids.filter(|id| self.unread.contains(id.as_str()) && seen.insert(id.as_str()));
        ids.map(|id| Unnamed { id: id.clone(), name: other.by_id.get(id.as_str()).map(|one| one.name.clone()) })
            .collect()
    }

    /// What this one has and `other` does not: facts and headings before measures, each by name.
    fn only(&self, other: &Self) -> Vec<Heading> {
        let mut only = Vec::new();
        for (label, hospitals) in &self.coverage.statements {
            if !other.coverage.statements.contains_key(label) {
                only.push(Heading { what: label.to_string(), is_figure: false, hospitals: *hospitals });
            }
        }
        for (id, hospitals) in &self.coverage.measures {
            if !other.coverage.measures.contains_key(id) {
                let measure = self.catalog.measures().get(id);
                let what = measure.map_or(id, |measure| &measure.label).to_string();
                only.push(Heading { what, is_figure: true, hospitals: *hospitals });
            }
        }
        only.sort_by(|a, b| (a.is_figure, &a.what).cmp(&(b.is_figure, &b.what)));
        only
    }
}
