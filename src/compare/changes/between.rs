//! Finds the changes between two catalogs.

use std::collections::{HashMap, HashSet};

use crate::catalog::{Catalog, Hospital};
use crate::compare::changes::change::{Changed, Changes, HospitalName, Renamed, UnmatchedField, UnreadHospital};
use crate::compare::changes::coverage::{Common, Coverage};
use crate::compare::changes::differences;
use crate::text::Text;

impl Changes {
    /// The changes from `old` to `new`, in the order of the hospitals.
    #[must_use]
    pub(crate) fn between(old: &Catalog, new: &Catalog) -> Self {
        let (before, after) = (Edition::of(old), Edition::of(new));
        let common = Common([&before.coverage, &after.coverage]);
        let mut changes = Self {
            added: before.missing_from_this(new),
            removed: after.missing_from_this(old),
            unread_in_old: before.unread(&after),
            unread_in_new: after.unread(&before),
            unknown_in_old: before.unknown,
            unknown_in_new: after.unknown,
            only_in_old: before.only(&after),
            only_in_new: after.only(&before),
            ..Self::default()
        };
        for (_, hospital) in new.hospitals() {
            let Some(older) = before.by_id.get(hospital.id.as_str()) else { continue };
            if older.name != hospital.name {
                changes.renamed.push(Renamed {
                    id: hospital.id.clone(),
                    from: older.name.clone(),
                    to: hospital.name.clone(),
                });
            }
            let found = differences::changes([(old, older), (new, hospital)], &common);
            if !found.is_empty() {
                changes.changed.push(Changed { id: hospital.id.clone(), name: hospital.name.clone(), changes: found });
            }
        }
        changes
    }
}

/// One of the two datasets.
struct Edition<'a> {
    catalog: &'a Catalog,
    by_id: HashMap<&'a str, &'a Hospital>,
    /// Ids of the hospitals whose rows could not be read.
    unread: HashSet<&'a str>,
    /// How many rows could not be read and have no id.
    unknown: usize,
    /// The number of hospitals that have each column and measure.
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

    /// The hospitals of `other` that this edition does not have.
    fn missing_from_this(&self, other: &Catalog) -> Vec<HospitalName> {
        let is_known = |id: &str| self.by_id.contains_key(id) || self.unread.contains(id);
        other.hospitals().filter(|(_, one)| !is_known(&one.id)).map(|(_, one)| HospitalName::new(one)).collect()
    }

    /// The hospitals whose rows could not be read, with their names in `other`.
    fn unread(&self, other: &Self) -> Vec<UnreadHospital> {
        let mut seen = HashSet::new();
        let ids = self.catalog.datasets().iter().flat_map(|dataset| &dataset.rejected_ids.ids);
        let ids = ids.filter(|id| self.unread.contains(id.as_str()) && seen.insert(id.as_str()));
        ids.map(|id| UnreadHospital { id: id.clone(), name: other.by_id.get(id.as_str()).map(|one| one.name.clone()) })
            .collect()
    }

    /// The columns and measures that `other` lacks: columns first, each sorted by name.
    fn only(&self, other: &Self) -> Vec<UnmatchedField> {
        let mut only = Vec::new();
        for (label, hospitals) in &self.coverage.fields {
            if !other.coverage.fields.contains_key(label) {
                only.push(UnmatchedField { what: label.to_string(), is_figure: false, hospitals: *hospitals });
            }
        }
        for (id, hospitals) in &self.coverage.measures {
            if !other.coverage.measures.contains_key(id) {
                let measure = self.catalog.measures().get(id);
                let what = measure.map_or(id, |measure| &measure.label).to_string();
                only.push(UnmatchedField { what, is_figure: true, hospitals: *hospitals });
            }
        }
        only.sort_by(|a, b| (a.is_figure, &a.what).cmp(&(b.is_figure, &b.what)));
        only
    }
}
