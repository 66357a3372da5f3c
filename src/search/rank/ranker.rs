//! The best of many matches.
//!
//! Rows come with their rank key, which decides first, and in the order that decides last. Only where more rows
//! share a key than are wanted does the score decide who is among them. There a row whose
//! bound cannot pass the worst kept one is not scored at all, the others' scores are
//! predicted, and the matcher itself scores those that are shown.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use crate::search::field::Field;
use crate::search::index::catalog_index::Index;
use crate::search::index::names::Names;
use crate::search::matching::rank_key::{Counts, RankKey, RankKeys};
use crate::search::matching::word::Word;
use crate::search::rank::score::{ScorePredictor, Scorer, Start, most};

/// Most rows that the matcher itself scores for an answer: two screens of them.
const CONFIRMED: usize = 100;

/// Rows of a key from which on they are divided among the cores.
const MANY: usize = 4_096;

/// A scored row: better when its score is higher, then when it comes earlier.
type Scored = (i64, Reverse<u32>);

/// Scores rows for some words.
pub struct Ranker<'a> {
    index: &'a Index,
    words: &'a [Word],
    predictors: Vec<ScorePredictor>,
    /// How all words match, each for itself: where the words of a row count.
    apart: &'a RankKeys,
}

impl<'a> Ranker<'a> {
    /// Ranks by `words` in `index`, which match so, each for itself.
    pub fn new(index: &'a Index, words: &'a [Word], apart: &'a RankKeys) -> Self {
        let predictors = words.iter().map(|word| ScorePredictor::new(&word.text)).collect();
        Self { index, words, predictors, apart }
    }

    /// The first `want` of the rows that match, best first.
    pub fn best(&self, keys: &RankKeys, counts: &Counts, want: usize) -> Vec<u32> {
        let mut best = Vec::new();
        for (key, count) in counts.by_key() {
            let room = want - best.len();
            if room == 0 {
                break;
            }
            best.extend(self.best_of_key(key, keys, count, room));
        }
        let scorers: Vec<Scorer> = self.words.iter().map(|word| Scorer::new(&word.text)).collect();
        let shown = best.len().min(CONFIRMED);
        let order = |(key, row): &(RankKey, u32)| (*key, Reverse(self.score(*row, &scorers)), *row);
        best[..shown].sort_by_cached_key(order);
        best.into_iter().map(|(_, row)| row).collect()
    }

    /// The first `want` of the `count` rows of a key.
    fn best_of_key(&self, key: RankKey, keys: &RankKeys, count: usize, want: usize) -> Vec<(RankKey, u32)> {
        let all = 0..keys.0.len();
        let mut scored: Vec<Scored> = if count > MANY {
            let part = all.len().div_ceil(4);
            let parts = all.into_par_iter().step_by(part).map(|start| start..(start + part).min(keys.0.len()));
            parts.flat_map_iter(|part| self.best_of_some(keys.rows_of(key, part), want)).collect()
        } else {
            self.best_of_some(keys.rows_of(key, all), want)
        };
        scored.sort_unstable_by(|a, b| b.cmp(a));
        scored.truncate(want);
        scored.into_iter().map(|(_, Reverse(row))| (key, row)).collect()
    }

    /// The first `want` of `rows`, which are of one key.
    fn best_of_some(&self, rows: impl Iterator<Item = u32>, want: usize) -> Vec<Scored> {
        let most_of_all = self.words.iter().map(|word| most(word.letters, Start::Text)).sum();
        let mut kept: BinaryHeap<Reverse<Scored>> = BinaryHeap::new();
        for row in rows {
            if kept.len() == want
                && let Some(Reverse((worst, _))) = kept.peek()
            {
                if *worst >= most_of_all {
                    break;
                }
                if self.most(row).is_some_and(|most| *worst >= most) {
                    continue;
                }
            }
            kept.push(Reverse((self.predicted(row), Reverse(row))));
            if kept.len() > want {
                kept.pop();
            }
        }
        kept.into_iter().map(|Reverse(scored)| scored).collect()
    }

    /// The most that a row can score: the sum, over the words, of the most in any name that counts for it. None where
    /// other texts may count.
    fn most(&self, row: u32) -> Option<i64> {
        let most = |word: &Word, names: &Names, at: usize| {
            let start = if !names.slices().has_initial(word.first, at) {
                Start::Within
            } else if word.text.starts_with(|letter| names.initial(at, self.index.lexicon()).is(letter)) {
                Start::Text
            } else {
                Start::Word
            };
            most(word.letters, start)
        };
        let (field, row) = (self.apart.of(row).field(), row as usize);
        match field {
            Field::Place | Field::Id => None,
            Field::Name => Some(self.words.iter().map(|word| most(word, self.index.names(), row)).sum()),
            Field::NativeName | Field::Alias => {
                let names = || self.index.names_of(row);
                Some(
                    self.words
                        .iter()
                        .filter_map(|word| names().map(|(_, names, at)| most(word, names, at)).max())
                        .sum(),
                )
            }
        }
    }

    /// The score of a row, predicted where it can be.
    fn predicted(&self, row: u32) -> i64 {
        let words = self.words.iter().zip(&self.predictors);
        if self.is_found_by_name(row) {
            let (name, lexicon) = (self.index.names().words(row as usize), self.index.lexicon());
            let name = name.iter().map(|word| lexicon.word(*word));
            return words.filter_map(|(_, predictor)| predictor.score(name.clone())).sum();
        }
        words
            .map(|(word, predictor)| self.score_of_word(word, row, |text| predictor.score(std::iter::once(text))))
            .sum()
    }

    /// Whether all words were found most closely in the shown name, of which a row has one.
    fn is_found_by_name(&self, row: u32) -> bool {
        self.apart.of(row).field() == Field::Name
    }

    /// The matcher's own score of a matching row.
    fn score(&self, row: u32, scorers: &[Scorer]) -> i64 {
        if self.is_found_by_name(row) {
            let name = self.index.names().text(row as usize, self.index.lexicon());
            // What is found by pinyin alone has no letters to score.
            return scorers.iter().filter_map(|scorer| scorer.score(&name.text)).sum();
        }
        let of_word = |(word, scorer): (&Word, &Scorer)| self.score_of_word(word, row, |text| scorer.score(text));
        self.words.iter().zip(scorers).map(of_word).sum()
    }

    /// The score of a word in a matching row: the best where it matches most closely.
    fn score_of_word(&self, word: &Word, row: u32, score: impl Fn(&str) -> Option<i64>) -> i64 {
        let mut best = (RankKey::NONE, 0);
        for (field, text) in self.index.texts(row as usize) {
            let key = RankKey::of(word.find(&text, field, self.index.pinyin()), field);
            if !key.is_match() || key > best.0 {
                continue;
            }
            // What is found by pinyin alone has no letters to score.
            let found = score(&text.text).unwrap_or(0);
            best = if key < best.0 { (key, found) } else { (key, best.1.max(found)) };
        }
        best.1
    }
}
