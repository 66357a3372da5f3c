//! The data: hospitals, measures, figures and their sources, loaded and checked.
//!
//! A [`Catalog`] is everything loaded in one run. It is made of datasets, each a file (or the bundled
//! one) with sources of its own, so two files may both call a source `annual-report`. Nothing in this
//! room draws, prints or compares.

pub mod check;
mod derive;
mod gathering;
pub mod hospital;
mod hospitals;
pub mod interval;
pub mod lazy;
mod locate;
pub mod measure;
pub mod mention;
mod notes;
pub mod period;
pub mod problem;
pub mod quantity;
mod reading;
mod record;
pub(crate) mod rules;
#[cfg(test)]
mod schema;
mod stream;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::hash::BuildHasher;
use std::sync::{Arc, OnceLock};

use foldhash::fast::FixedState;
use hashbrown::HashSet;

pub use gathering::Gathering;
pub use hospital::{
    Accreditation, Campus, Details, Extra, Fact, Figure, Hospital, Item, ListKind, Place, Ranking, Scope, Source, Term,
};
pub use hospitals::Hospitals;
pub use interval::Interval;
pub use measure::{Direction, Family, Formula, Measure, MeasureTable};
pub use mention::Mention;
pub use notes::{Notes, Unread};
pub use period::Period;
pub use problem::Problem;
pub use quantity::{Missing, Observed, Quantity};
pub use record::CatalogFile;

use crate::text::Text;

/// The hospitals that come with the program.
const BUNDLED: &str = include_str!("../assets/hospitals.json");

/// Where a hospital stands in its catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HospitalKey(u32);

impl HospitalKey {
    /// The position in catalog order, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One loaded file: its title, where it was read from, its sources and names.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// What the file says it holds.
    pub title: Text,
    /// The file's name, or `bundled`.
    pub origin: Text,
    /// The SHA-256 of the file's bytes, in hexadecimal, so that a result can be traced to it.
    pub sha256: String,
    /// Whose ids its hospitals have; none when they are the file's own.
    pub ids: Option<Text>,
    /// What is to be told of how it was read, such as its encoding.
    pub notes: Vec<Text>,
    /// What could not be read of it, and is not among the hospitals.
    pub aside: Notes,
    /// Whose rows these are, so that such a hospital is not taken for one that is gone.
    pub unread: Unread,
    /// What is odd in it, and was read all the same.
    pub remarks: Notes,
    /// The position of its first hospital in the catalog; the next dataset's follow on its last.
    first: usize,
    /// What the file says beside its hospitals.
    about: CatalogFile,
    sources: HashMap<Text, Source>,
    terms: HashMap<String, Text>,
}

/// Everything loaded: hospitals in file order, measures, sources. A copy shares the hospitals.
#[derive(Clone, Debug)]
pub struct Catalog {
    datasets: Vec<Arc<Dataset>>,
    measures: Arc<MeasureTable>,
    /// Which dataset added a measure to the built-in ones.
    measures_of: HashMap<Text, usize>,
    hospitals: Hospitals,
    /// How many hospitals report each measure; counted when first asked for.
    reporting: OnceLock<HashMap<Text, usize>>,
    /// Names that several hospitals have; found when first asked for.
    twins: OnceLock<Twins>,
}

/// Hashes of names, and of names with their places, that several hospitals have.
#[derive(Clone, Debug, Default)]
struct Twins {
    names: HashSet<u64>,
    places: HashSet<u64>,
}

impl Twins {
    fn of<'a>(hospitals: impl Iterator<Item = &'a Hospital>) -> Self {
        let (mut twins, mut names, mut places) = (Self::default(), HashSet::new(), HashSet::new());
        for hospital in hospitals {
            let (name, place) = (name_hash(hospital), place_hash(hospital));
            if !names.insert(name) {
                twins.names.insert(name);
            }
            if !places.insert(place) {
                twins.places.insert(place);
            }
        }
        twins
    }
}

fn name_hash(hospital: &Hospital) -> u64 {
    FixedState::default().hash_one(hospital.name.as_str())
}

fn place_hash(hospital: &Hospital) -> u64 {
    let Place { city, region, country } = &hospital.place;
    FixedState::default().hash_one((hospital.name.as_str(), city.as_deref(), region.as_deref(), country.as_deref()))
}

/// Two files that define one measure differently.
#[derive(Debug, PartialEq, Eq)]
pub struct Clash {
    what: String,
    files: [Text; 2],
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = &self.files;
        write!(
            f,
            "{} stands in {first} and in {second}; rename one of them, or open the files one at a time",
            self.what
        )
    }
}

impl Default for Catalog {
    fn default() -> Self {
        Self {
            datasets: Vec::new(),
            measures: MeasureTable::shared(),
            measures_of: HashMap::new(),
            hospitals: Hospitals::default(),
            reporting: OnceLock::new(),
            twins: OnceLock::new(),
        }
    }
}

impl Catalog {
    /// The hospitals that come with the program.
    ///
    /// # Panics
    ///
    /// Never in a release: a test reads the bundled file.
    #[must_use]
    pub fn bundled() -> Self {
        Self::from_json(BUNDLED, "bundled").expect("the bundled catalog is valid, as a test shows")
    }

    /// Reads one catalog file's text; `origin` names it in errors.
    ///
    /// # Errors
    ///
    /// All problems that the text has, each with its place and its cure.
    pub fn from_json(text: &str, origin: &str) -> Result<Self, Vec<Problem>> {
        let file = check::read(text, origin)?;
        let mut catalog = Self::default();
        // A catalog without another cannot clash with one: the check has held its measures to the built-in ones.
        let _ = catalog.add(file, origin.into(), sha256(text.as_bytes()));
        Ok(catalog)
    }

    /// Adds a checked file, whose bytes have that SHA-256.
    ///
    /// # Errors
    ///
    /// When another measure of the id of one of its measures is already there.
    pub fn add(&mut self, file: CatalogFile, origin: Text, sha256: String) -> Result<(), Clash> {
        let mut gathering = Gathering::of(self.clone());
        let added = gathering.add(file, Dataset { origin, sha256, ..Dataset::default() });
        *self = gathering.finish();
        added
    }

    /// Begins a dataset: takes what `file` says beside its hospitals, which follow one by one.
    fn begin(&mut self, file: CatalogFile, dataset: Dataset) -> Result<(), Clash> {
        self.check_clash(&file, &dataset.origin)?;
        if !file.families.is_empty() || !file.measures.is_empty() {
            self.define(&file);
        }
        let mut terms = HashMap::new();
        for term in &file.terms {
            for alias in term.aliases.iter().chain([&term.name]) {
                terms.insert(alias.to_lowercase(), term.name.clone());
            }
        }
        let sources = file.sources.iter().map(|source| (source.id.clone(), source.clone())).collect();
        let (title, ids, first) = (file.title.clone(), file.ids.clone(), self.hospitals.len());
        self.datasets.push(Arc::new(Dataset { title, ids, first, about: file, sources, terms, ..dataset }));
        Ok(())
    }

    /// Adds the families and measures that a file defines.
    fn define(&mut self, file: &CatalogFile) {
        let measures = Arc::make_mut(&mut self.measures);
        for family in &file.families {
            measures.add_family(family.clone());
        }
        for measure in &file.measures {
            if measures.get(&measure.id).is_none() {
                self.measures_of.insert(measure.id.clone(), self.datasets.len());
            }
            measures.add(measure.clone());
        }
    }

    fn check_clash(&self, file: &CatalogFile, origin: &Text) -> Result<(), Clash> {
        for measure in &file.measures {
            if self.measures.get(&measure.id).is_some_and(|known| known != measure) {
                let first = self.measures_of.get(&measure.id).map(|at| self.datasets[*at].origin.clone());
                let what = format!("the measure `{}`, defined differently,", measure.id);
                let files = [first.unwrap_or_else(|| "the built-in table".into()), origin.clone()];
                return Err(Clash { what, files });
            }
        }
        Ok(())
    }

    /// What is loaded, in words.
    #[must_use]
    pub fn title(&self) -> String {
        let titles: Vec<&str> = self.datasets.iter().map(|dataset| dataset.title.as_str()).collect();
        titles.join(" + ")
    }

    /// The files that were loaded.
    #[must_use]
    pub fn datasets(&self) -> &[Arc<Dataset>] {
        &self.datasets
    }

    /// How many hospitals are loaded.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hospitals.len()
    }

    /// Whether no hospital is loaded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hospitals.is_empty()
    }

    /// The hospitals in catalog order.
    pub fn hospitals(&self) -> impl Iterator<Item = (HospitalKey, &Hospital)> + Clone {
        (0..).map(HospitalKey).zip(self.hospitals.iter())
    }

    /// The hospital at `key`.
    ///
    /// # Panics
    ///
    /// When the key is of another, larger catalog.
    #[must_use]
    pub fn hospital(&self, key: HospitalKey) -> &Hospital {
        &self.hospitals[key.index()]
    }

    /// The first hospital of exactly that id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<HospitalKey> {
        self.all_by_id(id).next()
    }

    /// The hospitals of exactly that id: several datasets may each have one.
    pub fn all_by_id(&self, id: &str) -> impl Iterator<Item = HospitalKey> + Clone {
        self.hospitals().filter(move |(_, hospital)| hospital.id.as_str() == id).map(|(key, _)| key)
    }

    /// The figures of the hospital at `key`: what its sources state, then what is derived from that.
    pub fn figures(&self, key: HospitalKey) -> impl Iterator<Item = &Figure> {
        let details = &self.hospital(key).details;
        details.figures.iter().chain(details.derived(&self.measures))
    }

    /// What `look` makes of those figures, without keeping what had to be read for it. For one look at all hospitals.
    pub fn peek_figures<T>(&self, key: HospitalKey, look: impl FnOnce(&mut dyn Iterator<Item = &Figure>) -> T) -> T {
        let details = &self.hospital(key).details;
        if !details.may_have_figures() {
            return look(&mut std::iter::empty());
        }
        match details.peek() {
            Cow::Borrowed(_) => look(&mut self.figures(key)),
            Cow::Owned(details) => {
                let derived = derive::derived(&details.figures, &self.measures);
                look(&mut details.figures.iter().chain(&derived))
            }
        }
    }

    /// The latest figure of a measure for the whole of the hospital at `key`, of unknown periods the last named; read for
    /// one look.
    #[must_use]
    pub fn latest(&self, key: HospitalKey, measure: &str) -> Option<Figure> {
        self.peek_figures(key, |figures| {
            let own = figures.filter(|figure| figure.measure.as_str() == measure && figure.scope.is_none());
            own.max_by_key(|figure| figure.period.as_ref().map(Period::age)).cloned()
        })
    }

    /// Whether another hospital has the name of the one at `key`, and whether one of these lies in the same place.
    #[must_use]
    pub fn twins(&self, key: HospitalKey) -> [bool; 2] {
        let twins = self.twins.get_or_init(|| Twins::of(self.hospitals.iter()));
        let hospital = self.hospital(key);
        [twins.names.contains(&name_hash(hospital)), twins.places.contains(&place_hash(hospital))]
    }

    /// How many hospitals give a number of a measure for the whole of them, by its id.
    #[must_use]
    pub fn reporting(&self, measure: &str) -> usize {
        let counts = self.reporting.get_or_init(|| {
            let mut counts: HashMap<Text, usize> = HashMap::new();
            for (_, hospital) in self.hospitals().filter(|(_, hospital)| hospital.details.may_have_figures()) {
                let details = hospital.details.peek();
                let mut own: Vec<&Text> = Vec::new();
                let whole = |one: &&Figure| one.scope.is_none() && one.quantity().is_some();
                for figure in details.figures.iter().filter(whole) {
                    if !own.contains(&&figure.measure) {
                        own.push(&figure.measure);
                        *counts.entry(figure.measure.clone()).or_default() += 1;
                    }
                }
            }
            counts
        });
        counts.get(measure).copied().unwrap_or(0)
    }

    /// The same figures family by family and measure by measure, as they are shown.
    pub fn figures_by_family(&self, key: HospitalKey) -> impl Iterator<Item = (&Family, &Measure, &Figure)> {
        let mut figures: HashMap<&str, Vec<&Figure>> = HashMap::new();
        for figure in self.figures(key) {
            figures.entry(figure.measure.as_str()).or_default().push(figure);
        }
        self.measures.by_family().flat_map(move |(family, measure)| {
            let own = figures.remove(measure.id.as_str()).unwrap_or_default();
            own.into_iter().map(move |figure| (family, measure, figure))
        })
    }

    /// The file that a hospital came from.
    #[must_use]
    pub fn dataset(&self, key: HospitalKey) -> &Dataset {
        &self.datasets[self.dataset_index(key)]
    }

    /// The place among the loaded files of the one that a hospital came from.
    #[must_use]
    pub fn dataset_index(&self, key: HospitalKey) -> usize {
        // An empty file starts where the next one does, and holds none.
        self.datasets.partition_point(|dataset| dataset.first <= key.index()) - 1
    }

    /// The files that speak of a hospital: the one that it came from, and others with ids of the same scheme.
    fn kindred(&self, key: HospitalKey) -> impl Iterator<Item = &Arc<Dataset>> {
        let own = &self.datasets[self.dataset_index(key)];
        let shares = move |other: &&Arc<Dataset>| own.ids.is_some() && own.ids == other.ids && !Arc::ptr_eq(own, other);
        std::iter::once(own).chain(self.datasets.iter().filter(shares))
    }

    /// The files whose sources speak of the hospital at `key`, the one that it came from first.
    #[must_use]
    pub fn datasets_on(&self, key: HospitalKey) -> Vec<&Dataset> {
        let mut kindred = self.kindred(key).map(|dataset| &**dataset);
        let own = kindred.next();
        let mut kindred = kindred.peekable();
        // A look at a hospital's sources reads its row, which a list of all need not do.
        let details = kindred.peek().is_some().then(|| self.hospital(key).details.peek());
        let speaks = |dataset: &&Dataset| {
            details
                .as_ref()
                .is_some_and(|details| details.sources().any(|id| dataset.sources.contains_key(id.as_str())))
        };
        own.into_iter().chain(kindred.filter(speaks)).collect()
    }

    /// The titles of those files.
    #[must_use]
    pub fn titles_on(&self, key: HospitalKey) -> String {
        let titles: Vec<&str> = self.datasets_on(key).into_iter().map(|dataset| dataset.title.as_str()).collect();
        titles.join(" + ")
    }

    /// The source that a record of the hospital at `key` names. Loading made sure that it exists.
    #[must_use]
    pub fn source(&self, key: HospitalKey, id: &str) -> Option<&Source> {
        self.origin(key, id).map(|(_, source)| source)
    }

    /// The file and the source that a record of the hospital at `key` names.
    #[must_use]
    pub fn origin(&self, key: HospitalKey, id: &str) -> Option<(&Dataset, &Source)> {
        self.kindred(key).find_map(|dataset| Some((&**dataset, dataset.sources.get(id)?)))
    }

    /// What was not read of all files together.
    #[must_use]
    pub fn set_aside(&self) -> usize {
        self.datasets.iter().map(|dataset| dataset.aside.count).sum()
    }

    /// The measures in force.
    #[must_use]
    pub fn measures(&self) -> &MeasureTable {
        &self.measures
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};

    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

impl Dataset {
    /// A dataset of that name, with what is to be told of how it was read.
    #[must_use]
    pub fn of(origin: Text, notes: Vec<Text>) -> Self {
        Self { origin, notes, ..Self::default() }
    }

    /// The source of all that the file says, when it names one only.
    #[must_use]
    pub fn sole_source(&self) -> Option<&Source> {
        self.sources.values().next().filter(|_| self.sources.len() == 1)
    }

    /// What the file says beside its hospitals: title, sources, families, measures, terms.
    #[must_use]
    pub fn about(&self) -> &CatalogFile {
        &self.about
    }

    /// Its source of that id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.get(id)
    }

    /// The name under which a thing is known: the term it belongs to, or the name itself.
    #[must_use]
    pub fn canonical<'a>(&'a self, name: &'a str) -> &'a str {
        self.terms.get(&name.to_lowercase()).map_or(name, Text::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(id: &str) -> CatalogFile {
        let hospital = Hospital { id: id.into(), name: id.into(), ..Hospital::default() };
        CatalogFile { title: id.into(), hospitals: vec![hospital].into(), ..CatalogFile::default() }
    }

    #[test]
    fn the_bundled_catalog_loads() {
        let catalog = Catalog::bundled();
        assert_eq!(catalog.len(), 5);
        for (key, hospital) in catalog.hospitals() {
            assert_eq!(catalog.by_id(&hospital.id), Some(key));
            assert!(hospital.native_name.is_some(), "{}", hospital.id);
        }
    }

    #[test]
    fn files_add_up_and_vintages_of_one_publisher_join() {
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
