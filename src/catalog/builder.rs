//! Building a catalog from several files. Editions of one publisher are merged by id.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::catalog::columns::Columns;
use crate::catalog::dataset::{CatalogFile, Dataset};
use crate::catalog::hospital::Hospital;
use crate::catalog::key::HospitalKey;
use crate::catalog::measure::{Family, Measure};
use crate::catalog::row_chunk::RowChunk;
use crate::catalog::store::Catalog;
use crate::text::Text;

/// A catalog that grows, file by file and hospital by hospital.
#[derive(Debug, Default)]
pub(crate) struct CatalogBuilder {
    catalog: Catalog,
    /// The hospitals of earlier files whose ids are of the same scheme as those of the present file.
    same_ids: HashMap<Text, HospitalKey>,
    /// How many hospitals of the present file have been merged with earlier ones.
    pub(super) merged: usize,
}

/// Two files that define one measure differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureClash {
    measure: Text,
    /// The file that defined it first; none for the built-in table.
    first: Option<Text>,
    second: Text,
}

impl fmt::Display for MeasureClash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { measure, first, second } = self;
        let first = first.as_ref().map_or("the built-in table", Text::as_str);
        write!(
            f,
            "the measure `{measure}` is defined differently in {first} and in {second}; rename one of them, or open the \
             files one at a time"
        )
    }
}

impl std::error::Error for MeasureClash {}

impl From<Catalog> for CatalogBuilder {
    fn from(catalog: Catalog) -> Self {
        Self { catalog, same_ids: HashMap::new(), merged: 0 }
    }
}

impl CatalogBuilder {
    /// Begins a dataset: takes what `file` says beside its hospitals, which follow one by one.
    ///
    /// # Errors
    ///
    /// When one of its measures is already defined differently.
    pub(crate) fn begin(&mut self, file: CatalogFile, dataset: Dataset) -> Result<(), MeasureClash> {
        self.forget_columns();
        self.check_clash(&file, &dataset.origin)?;
        self.define(&file);
        let dataset = dataset.with_contents(file, self.catalog.len());
        self.catalog.datasets.push(Arc::new(dataset));
        self.find_same_ids();
        self.merged = 0;
        Ok(())
    }

    fn check_clash(&self, file: &CatalogFile, origin: &Text) -> Result<(), MeasureClash> {
        let catalog = &self.catalog;
        for measure in &file.measures {
            if catalog.measures.get(&measure.id).is_some_and(|known| known != measure) {
                let first = catalog.measures_of.get(&measure.id).map(|at| catalog.datasets[*at].origin.clone());
                return Err(MeasureClash { measure: measure.id.clone(), first, second: origin.clone() });
            }
        }
        Ok(())
    }

    /// Adds the families and measures that a file defines.
    fn define(&mut self, file: &CatalogFile) {
        if file.families.is_empty() && file.measures.is_empty() {
            return;
        }
        let measures = Arc::make_mut(&mut self.catalog.measures);
        for family in &file.families {
            measures.add_family(family.clone());
        }
        for measure in &file.measures {
            if measures.get(&measure.id).is_none() {
                self.catalog.measures_of.insert(measure.id.clone(), self.catalog.datasets.len());
            }
            measures.add(measure.clone());
        }
    }

    /// Adds families and measures to the dataset that was begun last: those that only its rows told. No measure may be
    /// defined differently already.
    pub(crate) fn define_more(&mut self, families: Vec<Family>, measures: Vec<Measure>) {
        self.forget_columns();
        let table = Arc::make_mut(&mut self.catalog.measures);
        for family in &families {
            table.add_family(family.clone());
        }
        let at = self.catalog.datasets.len().saturating_sub(1);
        for measure in &measures {
            self.catalog.measures_of.entry(measure.id.clone()).or_insert(at);
            table.add(measure.clone());
        }
        if let Some(dataset) = self.dataset() {
            dataset.define(families, measures);
        }
    }

    fn find_same_ids(&mut self) {
        self.same_ids.clear();
        let catalog = &self.catalog;
        let Some((last, before)) = catalog.datasets.split_last() else { return };
        let is_same_scheme = |at: usize| before.get(at).is_some_and(|other| other.shares_ids(last));
        if (0..before.len()).any(is_same_scheme) {
            let same = catalog.summaries().filter(|(key, _)| is_same_scheme(catalog.dataset_index(*key)));
            self.same_ids = same.map(|(key, hospital)| (hospital.id.into(), key)).collect();
        }
    }

    /// Adds a hospital of the dataset that was begun last, or merges it with the one of its id in an earlier edition.
    pub(crate) fn push(&mut self, hospital: Hospital) {
        self.forget_columns();
        match self.same_ids.get(&hospital.id) {
            None => self.catalog.hospitals.push(hospital),
            Some(key) => {
                if let Some(known) = self.catalog.hospitals.get_mut(key.index()) {
                    merge(known, hospital);
                    self.merged += 1;
                }
            }
        }
    }

    /// Adds hospitals of the dataset that was begun last; those of `same_ids` are merged with earlier ones.
    pub(super) fn push_all(&mut self, hospitals: Vec<Hospital>, same_ids: HashMap<Text, HospitalKey>) {
        self.same_ids = same_ids;
        for hospital in hospitals {
            self.push(hospital);
        }
    }

    /// The catalog so far, to be changed.
    pub(super) fn catalog_mut(&mut self) -> &mut Catalog {
        self.forget_columns();
        &mut self.catalog
    }

    /// Adds a whole checked file.
    ///
    /// # Errors
    ///
    /// When one of its measures is already defined differently.
    pub(crate) fn add(&mut self, mut file: CatalogFile, dataset: Dataset) -> Result<(), MeasureClash> {
        let hospitals = std::mem::take(&mut file.hospitals);
        self.begin(file, dataset)?;
        if self.same_ids.is_empty() {
            self.catalog.hospitals.append_all(hospitals);
        } else {
            hospitals.into_hospitals().for_each(|hospital| self.push(hospital));
        }
        Ok(())
    }

    /// Adds rows of the dataset that was begun last, or merges them as [`Self::push`] does.
    pub(crate) fn push_rows(&mut self, rows: RowChunk) {
        self.forget_columns();
        if self.same_ids.is_empty() {
            self.catalog.hospitals.append_rows(rows);
        } else {
            (0..rows.len()).for_each(|at| self.push(rows.new_hospital(at)));
        }
    }

    /// Forgets the details that have been read from rows, so that they are read again.
    pub(crate) fn forget_read_details(&mut self) {
        self.forget_columns();
        self.catalog.hospitals.forget_read_details();
    }

    /// Forgets what was found out by a look at all hospitals, since they change.
    fn forget_columns(&mut self) {
        self.catalog.columns = Columns::default();
    }

    /// The catalog so far. A copy shares the hospitals.
    #[must_use]
    pub(crate) fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The dataset that was begun last, to note what is rejected of it.
    pub(crate) fn dataset(&mut self) -> Option<&mut Dataset> {
        self.catalog.datasets.last_mut().map(Arc::make_mut)
    }

    /// The catalog.
    #[must_use]
    pub(crate) fn finish(self) -> Catalog {
        self.catalog
    }
}

impl Catalog {
    /// Adds a checked file, whose bytes have that SHA-256.
    ///
    /// # Errors
    ///
    /// When one of its measures is already defined differently.
    pub fn add(&mut self, file: CatalogFile, origin: Text, sha256: String) -> Result<(), MeasureClash> {
        let mut builder = CatalogBuilder::from(self.clone());
        let mut dataset = Dataset::of(origin, Vec::new());
        dataset.sha256 = sha256;
        builder.add(file, dataset)?;
        *self = builder.finish();
        Ok(())
    }
}

/// Merges what two editions say of one hospital; names and facts of the later one come first.
fn merge(known: &mut Hospital, other: Hospital) {
    let one = std::mem::take(known);
    let is_later = other.details.newest() >= one.details.newest();
    let (later, earlier) = if is_later { (other, one) } else { (one, other) };
    let mut replaced = Vec::new();
    if later.place != earlier.place && !later.place.is_empty() && !earlier.place.is_empty() {
        replaced.push(("place", Text::clean(&earlier.place.line())));
    }
    if let (Some(now), Some(before)) = (&later.kind, &earlier.kind)
        && now != before
    {
        replaced.push(("kind", before.clone()));
    }
    // A file without names calls hospitals by their ids.
    let (later, earlier) = if later.name == later.id { name_by(later, earlier) } else { (later, earlier) };
    *known = Hospital {
        aliases: merged_aliases(&later, &earlier),
        id: later.id,
        name: later.name,
        native_name: later.native_name.or(earlier.native_name),
        place: if later.place.is_empty() { earlier.place } else { later.place },
        kind: later.kind.or(earlier.kind),
        details: later.details.with_earlier(earlier.details, replaced),
    };
}

/// The later hospital under the name of the earlier one.
fn name_by(mut later: Hospital, mut earlier: Hospital) -> (Hospital, Hospital) {
    later.name = std::mem::take(&mut earlier.name);
    later.aliases = std::mem::take(&mut earlier.aliases);
    earlier.name = later.name.clone();
    (later, earlier)
}

/// The later edition's aliases, then all names of the earlier one that the later does not use.
fn merged_aliases(later: &Hospital, earlier: &Hospital) -> Box<[Text]> {
    let mut aliases = later.aliases.to_vec();
    for name in earlier.aliases.iter().chain(&earlier.native_name).chain([&earlier.name]) {
        let is_same = |other: &Text| other.to_lowercase() == name.to_lowercase();
        let is_id = *name == earlier.id;
        if !is_id && !aliases.iter().chain(&later.native_name).chain([&later.name]).any(is_same) {
            aliases.push(name.clone());
        }
    }
    aliases.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_add_up_and_editions_of_one_publisher_are_merged() {
        let file = |id: &str| CatalogFile {
            title: id.into(),
            hospitals: vec![Hospital { id: id.into(), name: id.into(), ..Hospital::default() }].into(),
            ..CatalogFile::default()
        };
        let mut catalog = Catalog::default();
        let ids = |file: CatalogFile| CatalogFile { ids: Some("register".into()), ..file };
        for (file, origin) in
            [(file("a"), "one"), (ids(file("a")), "two"), (ids(file("b")), "three"), (ids(file("a")), "four")]
        {
            catalog.add(file, origin.into(), String::new()).unwrap();
        }
        let ids: Vec<&str> = catalog.hospitals().map(|(_, hospital)| hospital.id.as_str()).collect();
        assert_eq!((ids, catalog.title().as_str()), (vec!["a", "a", "b"], "a + a + b + a"));
        assert_eq!(catalog.all_by_id("a").count(), 2, "ids of a file's own say nothing of another's");
    }
}
