//! What is made of found rows: how many, how many more only possibly pass, and the first ones in order.

use std::borrow::Cow;

use crate::catalog::{Catalog, HospitalKey};
use crate::search::ask::Ask;
use crate::search::filter::Filter;
use crate::search::index::catalog_index::Index;
use crate::search::matching::matches::Matches;
use crate::search::matching::rank_key::Counts;
use crate::search::matching::word::Word;
use crate::search::rank::ranker::Ranker;

/// How many hospitals there are, how many more only possibly, and the first of them.
type Listed = (usize, usize, Vec<HospitalKey>);

/// Makes lists of rows.
pub(crate) struct Listing<'a> {
    pub index: &'a Index,
    pub catalog: &'a Catalog,
    pub ask: &'a Ask,
    /// Which rows pass; none when all do.
    pub filter: Option<&'a Filter>,
    /// The position of each hospital in the order; none for the best match first.
    pub order: Option<&'a [u32]>,
}

impl Listing<'_> {
    fn passes(&self, row: u32) -> bool {
        self.filter.is_none_or(|filter| filter.passes(row))
    }

    fn possibly(&self, rows: impl Iterator<Item = u32>) -> usize {
        self.filter.map_or(0, |filter| rows.filter(|row| filter.is_possible(*row)).count())
    }

    /// Every hospital that was found, in no order.
    pub(super) fn all(&self, matches: Option<&Matches>) -> Vec<HospitalKey> {
        let rows: Vec<u32> = match matches {
            Some(matches) => matches.keys.matching().collect(),
            None => self.index.rows().collect(),
        };
        rows.into_iter().filter(|row| self.passes(*row)).map(|row| self.index.hospital(row)).collect()
    }

    /// The rows of a query with words.
    pub(super) fn ranked(&self, words: &[Word], matches: &Matches) -> Listed {
        let all = &*matches.keys;
        let possibly = self.possibly(all.matching());
        let passing = self.filter.map(|filter| all.passing(|row| filter.passes(row)));
        let counts = passing.as_ref().map_or(Cow::Borrowed(&matches.counts), |some| Cow::Owned(Counts::of(&some.0)));
        let (keys, total) = (passing.as_ref().unwrap_or(all), counts.matching());
        if self.order.is_some() {
            return (total, possibly, self.sorted(keys.matching()));
        }
        let ranker = Ranker::new(self.index, words, &matches.word_keys);
        let mut best = ranker.best(keys, &counts, self.ask.want);
        let kept = self.ask.keep.map(|key| self.index.row(self.catalog, key));
        if kept.is_some_and(|row| keys.of(row).is_match() && !best.contains(&row)) {
            best = ranker.best(keys, &counts, total);
        }
        (total, possibly, best.into_iter().map(|row| self.index.hospital(row)).collect())
    }

    /// The rows of a query without words.
    pub(crate) fn unranked(&self) -> Listed {
        if self.filter.is_none() && self.order.is_none() {
            let kept = self.ask.keep.map_or(0, |kept| kept.index() + 1);
            let first = self.catalog.keys().take(self.ask.want.saturating_add(kept));
            return (self.index.len(), 0, first.collect());
        }
        let rows: Vec<u32> = self.index.rows().filter(|row| self.passes(*row)).collect();
        (rows.len(), self.possibly(self.index.rows()), self.sorted(rows.into_iter()))
    }

    /// The first of `rows`, in the order asked for or else the catalog's; as many as wanted, and up to the kept one.
    fn sorted(&self, rows: impl Iterator<Item = u32>) -> Vec<HospitalKey> {
        let keys = rows.map(|row| self.index.hospital(row));
        let place = |key: HospitalKey| self.order.map_or(key.index(), |positions| positions[key.index()] as usize);
        let mut keys: Vec<(usize, HospitalKey)> = keys.map(|key| (place(key), key)).collect();
        let kept = self.ask.keep.map(|kept| (place(kept), kept)).filter(|kept| keys.contains(kept));
        let up_to_kept = kept.map_or(0, |kept| keys.iter().filter(|key| **key <= kept).count());
        let count = self.ask.want.saturating_add(up_to_kept);
        // Of a million only those on the screen need to be in order.
        if count < keys.len() {
            keys.select_nth_unstable(count);
            keys.truncate(count);
        }
        keys.sort_unstable();
        keys.into_iter().map(|(_, key)| key).collect()
    }
}
