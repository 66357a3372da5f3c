//! What is made of found rows: how many, how many more only possibly pass, and the first ones in order.

use std::borrow::Cow;

use crate::catalog::{Catalog, HospitalKey};
use crate::search::ask::Ask;
use crate::search::filter::Filter;
use crate::search::index::catalog_index::Index;
use crate::search::matching::matches::Matches;
use crate::search::matching::rank_key::{Counts, RankKeys};
use crate::search::matching::word::Word;
use crate::search::rank::ranker::Ranker;
use crate::search::ways::Ways;

/// Best matches among which the hospital to keep is looked for. To rank all of a million would take a second, to find a
/// hospital that nobody scrolls to.
const KEPT_AMONG: usize = 10_000;

/// How many hospitals there are, how many more by letters with gaps, how many only possibly, and the first of them.
pub(super) type Listed = (usize, usize, usize, Vec<HospitalKey>);

/// Makes lists of rows.
pub(crate) struct Listing<'a> {
    pub index: &'a Index,
    pub catalog: &'a Catalog,
    pub ask: &'a Ask,
    /// Which rows pass; none when all do.
    pub filter: Option<&'a Filter>,
    /// All rows in the order; none for the best match first, or for all as they stand in the catalog.
    pub order: Option<&'a [u32]>,
}

impl Listing<'_> {
    fn passes(&self, row: u32) -> bool {
        self.filter.is_none_or(|filter| filter.passes(row))
    }

    fn possibly(&self, rows: impl Iterator<Item = u32>) -> usize {
        self.filter.map_or(0, |filter| rows.filter(|row| filter.is_possible(*row)).count())
    }

    /// Every hospital that was found, but for those by letters with gaps, in no order.
    pub(super) fn all(&self, matches: Option<&Matches>) -> Vec<HospitalKey> {
        match matches {
            Some(matches) => self.closely(&matches.keys),
            None => self.index.rows().filter(|row| self.passes(*row)).map(|row| self.index.hospital(row)).collect(),
        }
    }

    /// Every hospital of those keys that passes, but for those by letters with gaps, in no order.
    pub(super) fn closely(&self, keys: &RankKeys) -> Vec<HospitalKey> {
        let rows = keys.matching().filter(|row| !keys.of(*row).is_gapped() && self.passes(*row));
        rows.map(|row| self.index.hospital(row)).collect()
    }

    /// The rows of a query with words.
    pub(super) fn ranked(&self, words: &[Word], matches: &Matches) -> Listed {
        let all = &*matches.keys;
        let possibly = self.possibly(all.matching());
        let passing = self.filter.map(|filter| all.passing(|row| filter.passes(row)));
        let counts = passing.as_ref().map_or(Cow::Borrowed(&matches.counts), |some| Cow::Owned(Counts::of(&some.0)));
        let keys = passing.as_ref().unwrap_or(all);
        let ranker = Ranker::new(self.index, words, &matches.word_keys);
        let (total, by_gaps, first) = self.first_ranked(keys, &counts, |want| ranker.best(keys, &counts, want));
        (total, by_gaps, possibly, first)
    }

    /// The rows of a query that can be satisfied in several ways.
    pub(super) fn of_ways(&self, ways: &Ways) -> Listed {
        let (total, by_gaps, first) = self.first_ranked(&ways.best_keys, &ways.counts, |want| ways.best(want));
        (total, by_gaps, ways.possibly(), first)
    }

    /// How many rows have those keys, how many more by letters with gaps, and the first of them, of which `best` tells as many
    /// as are wanted.
    fn first_ranked(
        &self,
        keys: &RankKeys,
        counts: &Counts,
        best: impl Fn(usize) -> Vec<u32>,
    ) -> (usize, usize, Vec<HospitalKey>) {
        let (found, by_gaps) = (counts.matching(), counts.gapped());
        let total = found - by_gaps;
        if let Some(order) = self.order {
            let is_found = |row| keys.of(row).is_match() && !keys.of(row).is_gapped();
            let mut first = self.first(order, is_found);
            let gapped = order.iter().filter(|row| keys.of(**row).is_gapped());
            let room = if first.len() < total { 0 } else { self.ask.want.saturating_sub(first.len()) };
            first.extend(gapped.take(room).map(|row| self.index.hospital(*row)));
            return (total, by_gaps, first);
        }
        let mut rows = best(self.ask.want);
        let kept = self.ask.keep.map(|key| self.index.row(self.catalog, key));
        if kept.is_some_and(|row| keys.of(row).is_match() && !rows.contains(&row)) {
            let more = best(found.min(KEPT_AMONG));
            if kept.is_some_and(|row| more.contains(&row)) {
                rows = more;
            }
        }
        (total, by_gaps, rows.into_iter().map(|row| self.index.hospital(row)).collect())
    }

    /// The rows of a query without words.
    pub(crate) fn unranked(&self) -> Listed {
        let Some(order) = self.order else {
            let kept = self.ask.keep.map_or(0, |kept| kept.index() + 1);
            let first = self.catalog.keys().take(self.ask.want.saturating_add(kept));
            return (self.index.len(), 0, 0, first.collect());
        };
        let total = self.index.rows().filter(|row| self.passes(*row)).count();
        (total, 0, self.possibly(self.index.rows()), self.first(order, |row| self.passes(row)))
    }

    /// The first rows in an order that are found; as many as wanted, and up to the kept one.
    fn first(&self, order: &[u32], is_found: impl Fn(u32) -> bool) -> Vec<HospitalKey> {
        let kept = self.ask.keep.map(|key| self.index.row(self.catalog, key)).filter(|row| is_found(*row));
        let kept = kept.and_then(|kept| order.iter().position(|row| *row == kept));
        let (before, after) = order.split_at(kept.map_or(0, |at| at + 1));
        let [before, after] = [before, after].map(|rows| rows.iter().filter(|row| is_found(**row)));
        before.chain(after.take(self.ask.want)).map(|row| self.index.hospital(*row)).collect()
    }
}
