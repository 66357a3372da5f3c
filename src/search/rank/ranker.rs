//! The best of many matches.
//!
//! Rows come with their rank key, which decides first, and in the order that decides last. Only where more rows
//! share a key than are wanted does the score decide who is among them. There a row whose
//! bound cannot pass the worst kept one is not scored at all.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use crate::search::field::Field;
use crate::search::index::catalog_index::Index;
use crate::search::matching::rank_key::{Counts, RankKey, RankKeys};
use crate::search::matching::word::Word;
use crate::search::rank::bound::Bound;
use crate::search::rank::score::{Scorer, Start, most};

/// Parts of all rows that are ranked by themselves, to divide them among the cores.
const PARTS: usize = 4;

/// A scored row: better when its score is higher, then when it comes earlier.
type Scored = (i64, Reverse<u32>);

/// Scores rows for some words.
pub(crate) struct Ranker<'a> {
    index: &'a Index,
    words: &'a [Word],
    scorers: Vec<Scorer>,
    bounds: Vec<Bound<'a>>,
    /// How all words match, each for itself: where the words of a row count.
    word_keys: &'a RankKeys,
}

impl<'a> Ranker<'a> {
    /// Ranks by `words` in `index`, which match so, each for itself.
    pub(crate) fn new(index: &'a Index, words: &'a [Word], word_keys: &'a RankKeys) -> Self {
        let scorers = words.iter().map(|word| Scorer::new(&word.text)).collect();
        let bounds = words.iter().map(|word| Bound::new(word, index.lexicon())).collect();
        Self { index, words, scorers, bounds, word_keys }
    }

    /// The first `want` of the rows that match, best first.
    pub(crate) fn best(&self, keys: &RankKeys, counts: &Counts, want: usize) -> Vec<u32> {
        let mut best = Vec::new();
        for (key, _) in counts.by_key() {
            let room = want - best.len();
            if room == 0 {
                break;
            }
            best.extend(self.best_of_key(key, keys, room));
        }
        best
    }

    /// The first `want` rows of a key.
    fn best_of_key(&self, key: RankKey, keys: &RankKeys, want: usize) -> Vec<u32> {
        if !key.is_scored() {
            return keys.rows_of(key, 0..keys.0.len()).take(want).collect();
        }
        let part = keys.0.len().div_ceil(PARTS).max(1);
        let parts =
            (0..keys.0.len()).into_par_iter().step_by(part).map(|start| start..(start + part).min(keys.0.len()));
        let mut scored: Vec<Scored> =
            parts.flat_map_iter(|part| self.best_of_some(keys.rows_of(key, part), want)).collect();
        scored.sort_unstable_by(|a, b| b.cmp(a));
        scored.truncate(want);
        scored.into_iter().map(|(_, Reverse(row))| row).collect()
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
                if self.roughly_most(row).is_some_and(|most| *worst >= most)
                    || self.most(row).is_some_and(|most| *worst >= most)
                {
                    continue;
                }
            }
            kept.push(Reverse((self.score(row), Reverse(row))));
            if kept.len() > want {
                kept.pop();
            }
        }
        kept.into_iter().map(|Reverse(scored)| scored).collect()
    }

    /// More than [`Self::most`] or as much, from what is known of the initials of a name alone. None where other texts may
    /// count.
    fn roughly_most(&self, row: u32) -> Option<i64> {
        let slices = self.index.names().slices();
        let starts = |word: &Word| slices.has_initial(word.first, row as usize);
        let start = |word: &Word| if starts(word) { Start::Text } else { Start::Within };
        let is_name = self.word_keys.of(row).field() == Field::Name;
        is_name.then(|| self.words.iter().map(|word| most(word.letters, start(word))).sum())
    }

    /// The most that a row can score: the sum, over the words, of the most in any name that counts for it. None where
    /// other texts may count.
    fn most(&self, row: u32) -> Option<i64> {
        let bounds = self.bounds.iter();
        let (field, row) = (self.word_keys.of(row).field(), row as usize);
        match field {
            Field::Place | Field::Id | Field::Other => None,
            Field::Name => {
                let name = self.index.names().words(row);
                Some(bounds.map(|bound| bound.of_name(name)).sum())
            }
            Field::NativeName | Field::Alias => {
                let names = || self.index.names_of(row).map(|(_, names, at)| names.words(at));
                Some(bounds.filter_map(|bound| names().map(|name| bound.of_name(name)).max()).sum())
            }
        }
    }

    /// The score of a matching row.
    pub(crate) fn score(&self, row: u32) -> i64 {
        let words = self.words.iter().zip(&self.scorers);
        // Where all words were found most closely in the shown name, of which a row has one, no other text counts.
        if self.word_keys.of(row).field() == Field::Name {
            let (name, lexicon) = (self.index.names().words(row as usize), self.index.lexicon());
            let name = name.iter().map(|word| lexicon.word(*word));
            // What is found by pinyin alone has no letters to score.
            return words.filter_map(|(_, scorer)| scorer.score(name.clone())).sum();
        }
        words.map(|(word, scorer)| self.score_of_word(word, scorer, row)).sum()
    }

    /// The score of a word in a matching row: the best where it matches most closely.
    fn score_of_word(&self, word: &Word, scorer: &Scorer, row: u32) -> i64 {
        let mut best = (RankKey::NONE, 0);
        for (field, text) in self.index.texts(row as usize) {
            let key = RankKey::of(word.find(&text, field, self.index.pinyin()), field);
            if !key.is_match() || key > best.0 {
                continue;
            }
            // What is found by pinyin alone has no letters to score.
            let found = scorer.score(std::iter::once(&*text.text)).unwrap_or(0);
            best = if key < best.0 { (key, found) } else { (key, best.1.max(found)) };
        }
        best.1
    }
}
