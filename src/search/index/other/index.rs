//! All words of the other texts of a catalog, in segments.

use rayon::prelude::*;

use crate::catalog::{Catalog, HospitalKey};
use crate::search::index::other::segment::{HOSPITALS, SET, Segment};
use crate::search::index::other::stand::OtherWord;
use crate::search::tier::Tier;

/// The words of the other texts of all hospitals.
#[derive(Debug, Default)]
pub(crate) struct OtherIndex {
    /// Of the first [`HOSPITALS`] hospitals in catalog order, of the next ones, and so on.
    segments: Vec<Segment>,
}

impl OtherIndex {
    /// Reads on where it was stopped, on all cores; whether it has come to the end. It stops when it is no longer `wanted`.
    pub(crate) fn read_on(&mut self, catalog: &Catalog, wanted: &(impl Fn() -> bool + Sync)) -> bool {
        let count = catalog.len().div_ceil(HOSPITALS);
        while self.segments.len() < count {
            let next = self.segments.len()..count.min(self.segments.len() + rayon::current_num_threads());
            let keys = |nth: usize| catalog.keys().skip(nth * HOSPITALS).take(HOSPITALS);
            let read = next.into_par_iter().map(|nth| Segment::new(catalog, keys(nth), wanted));
            let read: Vec<Option<Segment>> = read.collect();
            let is_whole = read.iter().all(Option::is_some);
            self.segments.extend(read.into_iter().map_while(|segment| segment));
            if !is_whole {
                return false;
            }
        }
        true
    }

    /// The hospitals that have a word.
    pub(crate) fn find(&self, word: &OtherWord) -> Hits {
        let (mut whole, mut start) = (vec![0; self.segments.len() * SET], vec![0; self.segments.len() * SET]);
        let sets = whole.par_chunks_mut(SET).zip(start.par_chunks_mut(SET));
        let sets = sets.zip(&self.segments).with_min_len(4);
        sets.for_each(|((whole, start), segment)| segment.find(word, whole, start));
        Hits { whole, start }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.segments.iter().map(Segment::bytes).sum()
    }
}

/// Sets of hospitals, a bit each, by their positions in the catalog.
#[derive(Debug)]
pub(crate) struct Hits {
    /// Those that have the word whole.
    whole: Vec<u64>,
    /// Those that have its start.
    start: Vec<u64>,
}

impl Hits {
    /// How the hospital at `key` has the word.
    #[inline]
    pub(crate) fn tier(&self, key: HospitalKey) -> Option<Tier> {
        let has = |set: &[u64]| set.get(key.index() / 64).is_some_and(|bits| bits >> (key.index() % 64) & 1 == 1);
        if has(&self.whole) { Some(Tier::Elsewhere) } else { has(&self.start).then_some(Tier::ElsewhereStart) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.whole.iter().chain(&self.start).all(|bits| *bits == 0)
    }
}
