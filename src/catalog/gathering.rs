//! Gathering hospitals from several files: vintages of one publisher join on its ids.

use std::collections::HashMap;

use super::{Catalog, CatalogFile, Clash, Dataset, Hospital, HospitalKey};
use crate::text::Text;

/// A catalog that grows, file after file and hospital after hospital.
#[derive(Debug, Default)]
pub struct Gathering {
    pub(super) catalog: Catalog,
    /// The hospitals of earlier files whose ids are of the present file's scheme.
    known: HashMap<Text, HospitalKey>,
}

impl Gathering {
    /// Goes on with `catalog`.
    pub(super) fn of(catalog: Catalog) -> Self {
        Self { catalog, known: HashMap::new() }
    }

    /// Begins a dataset: takes what `file` says beside its hospitals, which follow one by one.
    ///
    /// # Errors
    ///
    /// When another measure of the id of one of its measures is already there.
    pub fn begin(&mut self, file: CatalogFile, dataset: Dataset) -> Result<(), Clash> {
        self.catalog.begin(file, dataset)?;
        self.know_vintages();
        Ok(())
    }

    fn know_vintages(&mut self) {
        let catalog = &self.catalog;
        let Some((last, before)) = catalog.datasets.split_last() else { return };
        let is_kin = |at: usize| last.ids.is_some() && before.get(at).is_some_and(|other| other.ids == last.ids);
        self.known = if (0..before.len()).any(is_kin) {
            let kin = catalog.hospitals().filter(|(key, _)| is_kin(catalog.dataset_index(*key)));
            kin.map(|(key, hospital)| (hospital.id.clone(), key)).collect()
        } else {
            HashMap::new()
        };
    }

    /// Adds a hospital of the dataset that was begun last, or joins it to the one of its id in an earlier vintage.
    pub fn push(&mut self, hospital: Hospital) {
        match self.known.get(&hospital.id) {
            None => self.catalog.hospitals.push(hospital),
            Some(key) => {
                if let Some(known) = self.catalog.hospitals.get_mut(key.index()) {
                    join(known, hospital);
                }
            }
        }
    }

    /// Adds a whole checked file.
    ///
    /// # Errors
    ///
    /// When another measure of the id of one of its measures is already there.
    pub fn add(&mut self, mut file: CatalogFile, dataset: Dataset) -> Result<(), Clash> {
        let hospitals = std::mem::take(&mut file.hospitals);
        self.begin(file, dataset)?;
        if self.catalog.is_empty() {
            self.catalog.hospitals = hospitals;
        } else {
            hospitals.into_hospitals().for_each(|hospital| self.push(hospital));
        }
        Ok(())
    }

    /// What has been gathered so far. It shares the hospitals.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The dataset that was begun last, to note what is set aside of it.
    pub fn dataset(&mut self) -> Option<&mut Dataset> {
        self.catalog.datasets.last_mut().map(std::sync::Arc::make_mut)
    }

    /// The catalog.
    #[must_use]
    pub fn finish(self) -> Catalog {
        self.catalog
    }
}

/// Joins what two vintages say of one hospital; the later one's names and facts stand first.
fn join(known: &mut Hospital, other: Hospital) {
    let one = std::mem::take(known);
    let is_later = other.details.newest() >= one.details.newest();
    let (later, earlier) = if is_later { (other, one) } else { (one, other) };
    let mut aliases = later.aliases.into_vec();
    let is_known = |name: &Text, aliases: &[Text]| {
        let same = |other: &Text| other.to_lowercase() == name.to_lowercase();
        same(&later.name) || later.native_name.as_ref().is_some_and(same) || aliases.iter().any(same)
    };
    for name in earlier.aliases.iter().chain(&earlier.native_name).chain([&earlier.name]) {
        if !is_known(name, &aliases) {
            aliases.push(name.clone());
        }
    }
    let mut told = Vec::new();
    if later.place != earlier.place && !later.place.is_empty() && !earlier.place.is_empty() {
        told.push(("place", Text::clean(&earlier.place.line())));
    }
    if let (Some(_), Some(kind)) =
        (&later.kind, earlier.kind.as_ref().filter(|kind| later.kind.as_ref() != Some(*kind)))
    {
        told.push(("kind", kind.clone()));
    }
    *known = Hospital {
        id: later.id,
        name: later.name,
        native_name: later.native_name.or(earlier.native_name),
        aliases: aliases.into(),
        place: if later.place.is_empty() { earlier.place } else { later.place },
        kind: later.kind.or(earlier.kind),
        details: later.details.with_earlier(earlier.details, told),
    };
}
