//! Hospitals of several files that are one hospital: files of one id scheme, and files whose ids agree.

use std::collections::HashMap;

use crate::catalog::builder::CatalogBuilder;
use crate::catalog::key::HospitalKey;
use crate::catalog::number::group_count;
use crate::catalog::store::Catalog;
use crate::text::{Text, letters};

/// Two files whose ids seem to be the same.
struct Agreement {
    /// The position of the earlier file.
    file: usize,
    /// The hospitals that both have, by id.
    common: HashMap<Text, HospitalKey>,
}

impl CatalogBuilder {
    /// Ends the dataset that was begun last. Where its ids are of no known scheme, but stand under the same heading as those
    /// of an earlier file and most agree, its hospitals are joined with those; names must not contradict. A note tells what
    /// was joined.
    pub(crate) fn end(&mut self) {
        if self.merged == 0
            && let Some(Agreement { file, common }) = self.catalog().agreement()
        {
            self.join(file, common);
        }
        if self.merged == 0 {
            return;
        }
        let catalog = self.catalog();
        let Some((last, before)) = catalog.datasets.split_last() else { return };
        let all = catalog.len() - last.first + self.merged;
        let others = before.iter().filter(|other| other.shares_ids(last)).map(|other| &*other.origin);
        let others: Vec<&str> = others.collect();
        let [merged, all, earlier] = [self.merged, all, last.first].map(group_count);
        let note =
            format!("joined by id: {merged} of its {all} hospitals are among the {earlier} of {}", others.join(", "));
        if let Some(dataset) = self.dataset() {
            dataset.notes.push(Text::clean(&note));
        }
    }

    /// Joins the hospitals of the last file with those of an earlier one.
    fn join(&mut self, file: usize, common: HashMap<Text, HospitalKey>) {
        let catalog = self.catalog_mut();
        let first = catalog.datasets.last().map_or(0, |last| last.first);
        let joined = catalog.datasets[file].joined.clone().unwrap_or_else(|| catalog.datasets[file].origin.clone());
        let last = catalog.datasets.len() - 1;
        for at in [file, last] {
            std::sync::Arc::make_mut(&mut catalog.datasets[at]).joined = Some(joined.clone());
        }
        let hospitals = catalog.hospitals.split_off(first);
        self.push_all(hospitals, common);
    }
}

impl Catalog {
    /// The earlier file with which the last one agrees.
    fn agreement(&self) -> Option<Agreement> {
        let (last, before) = self.datasets.split_last()?;
        let heading = last.id_heading.as_ref()?;
        let has_same_heading = |at: &usize| before[*at].id_heading.as_ref() == Some(heading);
        (0..before.len()).filter(has_same_heading).find_map(|file| self.agreement_with(file))
    }

    fn agreement_with(&self, file: usize) -> Option<Agreement> {
        let (first, next) = (self.datasets[file].first, self.datasets[file + 1].first);
        let start = self.datasets.last()?.first;
        let (earlier, later) = (next - first, self.len() - start);
        let known: HashMap<&str, HospitalKey> =
            (first..next).map(HospitalKey::at).map(|key| (self.summary(key).id, key)).collect();
        let mut common = HashMap::new();
        let mut contradictions = 0;
        for key in (start..self.len()).map(HospitalKey::at) {
            let hospital = self.summary(key);
            if let Some(other) = known.get(hospital.id) {
                if have_one_name(self, *other, key) {
                    common.insert(Text::from(hospital.id), *other);
                } else {
                    contradictions += 1;
                }
            }
        }
        let is_most = common.len() * 2 >= earlier.min(later).max(1);
        (is_most && contradictions * 10 <= common.len()).then_some(Agreement { file, common })
    }
}

/// The length from which ids tell hospitals apart without their names.
const TELLING: usize = 5;

/// Whether two hospitals of one id may have one name: the same letters and digits, or one of them is called by its id.
fn have_one_name(catalog: &Catalog, one: HospitalKey, other: HospitalKey) -> bool {
    let (one, other) = (catalog.summary(one), catalog.summary(other));
    // Short ids such as 1, 2, 3 say nothing without a name.
    let is_telling = one.id.len() >= TELLING;
    let is_called_by_id = one.name == one.id || other.name == other.id;
    (is_called_by_id && is_telling) || letters(one.name) == letters(other.name)
}
