//! Which hospitals state a number of which measure.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::catalog::figure::Figure;
use crate::catalog::figure_column::for_each_figures;
use crate::catalog::hospitals::{Chunk, Hospitals};
use crate::catalog::key::HospitalKey;
use crate::catalog::measure::MeasureTable;
use crate::text::Text;

/// Which hospitals state a number of which measure.
#[derive(Debug, Default)]
pub(crate) struct Reporting {
    measures: BTreeMap<Text, Reporters>,
}

/// The hospitals that state a number of one measure.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reporters {
    /// A bit for each hospital, by its position: whether a source states a number, of the whole of it or of a part.
    stated: Vec<u64>,
    /// The position among all of the first 64 hospitals that have bits, divided by 64.
    start: usize,
    /// How many hospitals have a number for the whole of them, stated or derived.
    pub whole: usize,
}

impl Reporters {
    /// Sets the bit of a hospital, which stands behind those before.
    fn state(&mut self, key: HospitalKey) {
        self.add_bits(key.index() / 64, 1 << (key.index() % 64));
    }

    fn add_bits(&mut self, at: usize, bits: u64) {
        if self.stated.is_empty() {
            self.start = at;
        }
        let at = at - self.start;
        if at >= self.stated.len() {
            self.stated.resize(at + 1, 0);
        }
        self.stated[at] |= bits;
    }

    /// Adds later hospitals.
    fn add(&mut self, other: &Self) {
        self.whole += other.whole;
        for (at, bits) in (other.start..).zip(&other.stated) {
            self.add_bits(at, *bits);
        }
    }

    /// How many of some hospitals state a number.
    pub(crate) fn count_among(&self, keys: &[HospitalKey]) -> usize {
        let states = |key: &&HospitalKey| {
            let at = (key.index() / 64).checked_sub(self.start);
            let bits = at.and_then(|at| self.stated.get(at));
            bits.is_some_and(|bits| bits >> (key.index() % 64) & 1 == 1)
        };
        keys.iter().filter(states).count()
    }
}

impl Reporting {
    /// Reads the figures of all hospitals, on all cores.
    pub(super) fn new(hospitals: &Hospitals, table: &MeasureTable) -> Self {
        let chunks: Vec<_> = hospitals.chunks().collect();
        let wanted: Vec<Text> = table.ids().map(Text::from).collect();
        let count = |mut counts: Self, (first, chunk): (usize, &Arc<Chunk>)| {
            for_each_figures(chunk, &wanted, Some(table), &mut |at, figures| {
                counts.count(HospitalKey::at(first + at), figures);
            });
            counts
        };
        chunks.into_par_iter().fold(Self::default, count).reduce(Self::default, Self::add)
    }

    fn count(&mut self, key: HospitalKey, figures: &mut dyn Iterator<Item = &Figure>) {
        let mut whole: Vec<&Text> = Vec::new();
        for figure in figures.filter(|figure| figure.quantity().is_some()) {
            if !self.measures.contains_key(&figure.measure) {
                self.measures.insert(figure.measure.clone(), Reporters::default());
            }
            let Some(reporters) = self.measures.get_mut(&figure.measure) else { continue };
            if figure.derivation.is_none() {
                reporters.state(key);
            }
            if figure.scope.is_none() && !whole.contains(&&figure.measure) {
                whole.push(&figure.measure);
                reporters.whole += 1;
            }
        }
    }

    /// The measures of which some hospital states a number or has a derived one.
    pub(crate) fn measures(&self) -> impl Iterator<Item = (&Text, &Reporters)> {
        self.measures.iter()
    }

    /// How many hospitals have a number of a measure for the whole of them.
    pub(crate) fn whole(&self, measure: &str) -> usize {
        self.measures.get(measure).map_or(0, |reporters| reporters.whole)
    }

    fn add(mut self, other: Self) -> Self {
        for (measure, reporters) in other.measures {
            self.measures.entry(measure).or_default().add(&reporters);
        }
        self
    }
}
