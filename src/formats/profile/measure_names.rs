//! What measures that only a file defines are called in the catalog.

use std::collections::HashSet;

use crate::catalog::{Catalog, Family, Measure};
use crate::formats::import::Import;
use crate::formats::profile::plan::Plan;
use crate::text::Text;

/// The family of the measures that only a file defines.
pub(crate) fn family(plan: &Plan, import: &Import) -> Family {
    let (id, label) = if plan.is_known {
        (plan.profile.id.clone(), plan.profile.title.clone())
    } else {
        (import.stem.clone(), import.stem.clone())
    };
    Family { id, label, headline: false }
}

/// Gives the measures of a file ids that no other measure has. One that another file has already, called and defined alike,
/// is the same measure.
pub(crate) struct MeasureNames {
    catalog: Catalog,
    given: HashSet<Text>,
    /// Whether ids of measures are the publisher's: the same id is the same measure, however it is called.
    has_known_ids: bool,
}

impl MeasureNames {
    /// No names given yet, beside those of the catalog.
    #[must_use]
    pub(crate) fn new(catalog: Catalog, has_known_ids: bool) -> Self {
        Self { catalog, given: HashSet::new(), has_known_ids }
    }

    /// The measure under its own id.
    pub(crate) fn name(&mut self, measure: Measure) -> Measure {
        let ids =
            (1..).map(|nth| if nth == 1 { measure.id.clone() } else { Text::clean(&format!("{}-{nth}", measure.id)) });
        for id in ids {
            if self.given.contains(&id) {
                continue;
            }
            let found = match self.catalog.measures().get(&id) {
                None => Some(Measure { id: id.clone(), ..measure.clone() }),
                Some(known) => {
                    let alike = Measure { id: known.id.clone(), family: known.family.clone(), ..measure.clone() };
                    let is_same = *known == alike || (self.has_known_ids && known.family == measure.family);
                    is_same.then(|| known.clone())
                }
            };
            if let Some(found) = found {
                self.given.insert(id);
                return found;
            }
        }
        measure
    }
}
