//! Which columns and measures a dataset has for at least one hospital.

use std::collections::{HashMap, HashSet};

use crate::catalog::Catalog;
use crate::compare::changes::field::{ALIASES, fields};
use crate::text::Text;

/// The number of hospitals that have each text field (by label) and each measure (by id).
#[derive(Default)]
pub(super) struct Coverage {
    pub(super) fields: HashMap<Text, usize>,
    pub(super) measures: HashMap<Text, usize>,
}

impl Coverage {
    pub(super) fn of(catalog: &Catalog) -> Self {
        let mut coverage = Self::default();
        for (_, hospital) in catalog.hospitals() {
            let details = hospital.details.peek();
            let labels = fields(hospital, &details).into_iter().map(|one| one.label);
            for label in labels.chain((!hospital.aliases.is_empty()).then(|| ALIASES.into())) {
                *coverage.fields.entry(label).or_default() += 1;
            }
            let measures: HashSet<&Text> = details.figures.iter().map(|figure| &figure.measure).collect();
            for measure in measures {
                *coverage.measures.entry(measure.clone()).or_default() += 1;
            }
        }
        coverage
    }
}

/// The columns and measures that both datasets have for at least one hospital. Only these are compared by hospital.
pub(super) struct Common<'a>(pub(super) [&'a Coverage; 2]);

impl Common<'_> {
    pub(super) fn has(&self, label: &str) -> bool {
        self.0.iter().all(|coverage| coverage.fields.contains_key(label))
    }

    pub(super) fn has_measure(&self, id: &str) -> bool {
        self.0.iter().all(|coverage| coverage.measures.contains_key(id))
    }
}
