//! What the ways to satisfy a query find, put together: a hospital stands where its best one puts it.

use std::cmp::Reverse;

use hashbrown::HashMap;

use crate::search::filter::Filter;
use crate::search::index::catalog_index::Index;
use crate::search::matching::matches::Matches;
use crate::search::matching::rank_key::{Counts, RankKey, RankKeys};
use crate::search::matching::word::Word;
use crate::search::rank::ranker::Ranker;

/// What one way to satisfy a query finds.
pub(super) struct Way {
    pub(super) words: Vec<Word>,
    /// What the words find; none where there are no words.
    pub(super) matches: Option<Matches>,
    /// Which rows pass; none when all do.
    pub(super) filter: Option<Filter>,
}

impl Way {
    /// The key of a row by the words alone.
    fn word_key(&self, row: u32) -> RankKey {
        self.matches.as_ref().map_or(RankKey::UNRANKED, |matches| matches.keys.of(row))
    }

    /// The key of each row.
    fn keys(&self, index: &Index) -> RankKeys {
        let passes = |row: u32| self.filter.as_ref().is_none_or(|filter| filter.passes(row));
        RankKeys(index.rows().map(|row| if passes(row) { self.word_key(row) } else { RankKey::NONE }.0).collect())
    }

    fn is_possible(&self, row: u32) -> bool {
        self.word_key(row).is_match() && self.filter.as_ref().is_some_and(|filter| filter.is_possible(row))
    }
}

/// What several ways find together.
pub(super) struct Ways<'a> {
    index: &'a Index,
    all: &'a [Way],
    /// The keys of the rows in each way.
    keys: Vec<RankKeys>,
    /// The best key of each row.
    pub(super) best_keys: RankKeys,
    /// How many rows have each of these.
    pub(super) counts: Counts,
}

/// What decides where a row stands: the key, the score, then the row; of rows that no word decides the hospital.
type Rank = (RankKey, Reverse<i64>, usize);

impl<'a> Ways<'a> {
    pub(super) fn new(index: &'a Index, ways: &'a [Way]) -> Self {
        let keys: Vec<RankKeys> = ways.iter().map(|way| way.keys(index)).collect();
        let mut best_keys = RankKeys::none(index.len());
        for keys in &keys {
            best_keys.0.iter_mut().zip(&keys.0).for_each(|(best, key)| *best = (*best).min(*key));
        }
        let counts = Counts::of(&best_keys.0);
        Self { index, all: ways, keys, best_keys, counts }
    }

    /// How many rows are not found, and may be: their sources leave the number open.
    pub(super) fn possibly(&self) -> usize {
        let is_open =
            |row: &u32| !self.best_keys.of(*row).is_match() && self.all.iter().any(|way| way.is_possible(*row));
        self.index.rows().filter(is_open).count()
    }

    /// The first `want` rows, best first.
    pub(super) fn best(&self, want: usize) -> Vec<u32> {
        let mut ranks: HashMap<u32, Rank> = HashMap::new();
        for (way, keys) in self.all.iter().zip(&self.keys) {
            // Who is among the first of all ways is among the first of the way that puts it there.
            for (row, rank) in self.first(way, keys, want) {
                ranks.entry(row).and_modify(|best| *best = rank.min(*best)).or_insert(rank);
            }
        }
        let mut ranked: Vec<(Rank, u32)> = ranks.into_iter().map(|(row, rank)| (rank, row)).collect();
        ranked.sort_unstable();
        ranked.into_iter().take(want).map(|(_, row)| row).collect()
    }

    /// The first `want` rows of a way, each with its rank.
    fn first(&self, way: &Way, keys: &RankKeys, want: usize) -> Vec<(u32, Rank)> {
        let Some(matches) = &way.matches else {
            let mut rows: Vec<(usize, u32)> =
                keys.matching().map(|row| (self.index.hospital(row).index(), row)).collect();
            rows.sort_unstable();
            let rank = |(hospital, row)| (row, (RankKey::UNRANKED, Reverse(0), hospital));
            return rows.into_iter().take(want).map(rank).collect();
        };
        let ranker = Ranker::new(self.index, &way.words, &matches.word_keys);
        let best = ranker.best(keys, &Counts::of(&keys.0), want);
        let score = |row| if keys.of(row).is_scored() { ranker.score(row) } else { 0 };
        best.into_iter().map(|row| (row, (keys.of(row), Reverse(score(row)), row as usize))).collect()
    }
}
