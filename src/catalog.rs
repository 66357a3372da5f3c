//! The data: hospitals, measures, figures and their sources, loaded and checked.
//!
//! A [`Catalog`] is everything loaded in one run. It is made of datasets, each a file (or the bundled
//! one) with sources of its own, so two files may both call a source `annual-report`. Nothing in this
//! room draws, prints or compares.

pub mod check;
mod derive;
pub mod hospital;
pub mod load;
mod locate;
pub mod measure;
pub mod mention;
pub mod period;
pub mod quantity;
mod rules;
#[cfg(test)]
mod schema;

use std::collections::HashMap;
use std::fmt;

pub use hospital::{
    Accreditation, Campus, CatalogFile, Fact, Figure, Hospital, Item, ListKind, Place, Ranking, Scope, Source, Term,
};
pub use load::{Input, LoadError};
pub use measure::{Family, Formula, Measure, MeasureTable};
pub use mention::Mention;
pub use period::Period;
pub use quantity::{Interval, Missing, Observed, Quantity};

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
#[derive(Clone, Debug)]
pub struct Dataset {
    /// What the file says it holds.
    pub title: Text,
    /// The file's name, or `bundled`.
    pub origin: Text,
    /// The SHA-256 of the file's text, in hexadecimal, so that a result can be traced to it.
    pub sha256: String,
    /// The position of its first hospital in the catalog; the next dataset's follow on its last.
    first: usize,
    sources: HashMap<Text, Source>,
    terms: HashMap<String, Text>,
}

/// Everything loaded: hospitals in file order, measures, sources.
#[derive(Clone, Debug)]
pub struct Catalog {
    datasets: Vec<Dataset>,
    measures: MeasureTable,
    /// Which dataset added a measure to the built-in ones.
    measures_of: HashMap<Text, usize>,
    hospitals: Vec<Hospital>,
    /// What is derived of the figures of some hospitals.
    derived: HashMap<HospitalKey, Vec<Figure>>,
}

/// Two files that define one measure differently, or one hospital twice.
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
            measures: MeasureTable::standard().clone(),
            measures_of: HashMap::new(),
            hospitals: Vec::new(),
            derived: HashMap::new(),
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
    pub fn from_json(text: &str, origin: &str) -> Result<Self, LoadError> {
        let file = check::read(text, origin)?;
        let mut catalog = Self::default();
        catalog.add(file, Text::clean(origin), load::sha256(text)).map_err(LoadError::Clash)?;
        Ok(catalog)
    }

    /// Adds a checked file, whose text has that SHA-256.
    ///
    /// # Errors
    ///
    /// When a hospital of that id, or another measure of that id, is already there.
    pub fn add(&mut self, file: CatalogFile, origin: Text, sha256: String) -> Result<(), Clash> {
        let at = self.datasets.len();
        self.check_clash(&file, &origin)?;
        for family in file.families {
            self.measures.add_family(family);
        }
        for measure in file.measures {
            if self.measures.get(&measure.id).is_none() {
                self.measures_of.insert(measure.id.clone(), at);
            }
            self.measures.add(measure);
        }
        let mut terms = HashMap::new();
        for term in file.terms {
            for alias in term.aliases.iter().chain([&term.name]) {
                terms.insert(alias.to_lowercase(), term.name.clone());
            }
        }
        let sources = file.sources.into_iter().map(|source| (source.id.clone(), source)).collect();
        let first = self.hospitals.len();
        self.datasets.push(Dataset { title: file.title, origin, sha256, first, sources, terms });
        // A catalog of one file takes its hospitals as they are, without a copy.
        match first {
            0 => self.hospitals = file.hospitals,
            _ => self.hospitals.extend(file.hospitals),
        }
        for (key, hospital) in (0..).map(HospitalKey).zip(&self.hospitals).skip(first) {
            let derived = derive::derived(hospital, &self.measures);
            if !derived.is_empty() {
                self.derived.insert(key, derived);
            }
        }
        Ok(())
    }

    fn check_clash(&self, file: &CatalogFile, origin: &Text) -> Result<(), Clash> {
        let clash = |what: String, other: Option<usize>| {
            let first = other.map_or_else(|| "the built-in table".into(), |other| self.datasets[other].origin.clone());
            Clash { what, files: [first, origin.clone()] }
        };
        let known: HashMap<&str, usize> =
            self.hospitals().map(|(key, hospital)| (hospital.id.as_str(), self.dataset_of(key))).collect();
        for hospital in &file.hospitals {
            if let Some(&dataset) = known.get(hospital.id.as_str()) {
                return Err(clash(format!("the hospital id `{}`", hospital.id), Some(dataset)));
            }
        }
        for measure in &file.measures {
            if self.measures.get(&measure.id).is_some_and(|known| known != measure) {
                let first = self.measures_of.get(&measure.id).copied();
                return Err(clash(format!("the measure `{}`, defined differently,", measure.id), first));
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
    pub fn datasets(&self) -> &[Dataset] {
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
    pub fn hospitals(&self) -> impl Iterator<Item = (HospitalKey, &Hospital)> {
        (0..).map(HospitalKey).zip(&self.hospitals)
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

    /// The hospital of exactly that id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<HospitalKey> {
        self.hospitals().find(|(_, hospital)| hospital.id.as_str() == id).map(|(key, _)| key)
    }

    /// The figures of the hospital at `key`: what its sources state, then what is derived from that.
    pub fn figures(&self, key: HospitalKey) -> impl Iterator<Item = &Figure> {
        let derived = self.derived.get(&key).map_or(&[][..], Vec::as_slice);
        self.hospital(key).figures.iter().chain(derived)
    }

    /// The same figures family by family and measure by measure, as they are shown.
    pub fn figures_by_family(&self, key: HospitalKey) -> impl Iterator<Item = (&Family, &Measure, &Figure)> {
        self.measures.by_family().flat_map(move |(family, measure)| {
            let of_measure = self.figures(key).filter(|figure| figure.measure == measure.id);
            of_measure.map(move |figure| (family, measure, figure))
        })
    }

    /// The file that a hospital came from.
    #[must_use]
    pub fn dataset(&self, key: HospitalKey) -> &Dataset {
        &self.datasets[self.dataset_of(key)]
    }

    fn dataset_of(&self, key: HospitalKey) -> usize {
        // An empty file starts where the next one does, and holds none.
        self.datasets.partition_point(|dataset| dataset.first <= key.index()) - 1
    }

    /// The source that a record of the hospital at `key` names. Loading made sure that it exists.
    #[must_use]
    pub fn source(&self, key: HospitalKey, id: &str) -> Option<&Source> {
        self.dataset(key).sources.get(id)
    }

    /// The measures in force.
    #[must_use]
    pub fn measures(&self) -> &MeasureTable {
        &self.measures
    }
}

impl Dataset {
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
        CatalogFile { title: id.into(), hospitals: vec![hospital], ..CatalogFile::default() }
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
    fn files_add_up_unless_an_id_stands_in_both() {
        let mut catalog = Catalog::default();
        catalog.add(file("a"), "one.json".into(), String::new()).unwrap();
        catalog.add(file("b"), "two.json".into(), String::new()).unwrap();
        assert_eq!((catalog.len(), catalog.title().as_str()), (2, "a + b"));
        let clash = catalog.add(file("a"), "three.json".into(), String::new()).unwrap_err().to_string();
        assert!(clash.contains("`a` stands in one.json and in three.json"), "{clash}");
    }
}
