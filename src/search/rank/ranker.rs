//! The best of many matches.
//!
//! Rows come with their class, which decides first, and in the order that decides last. Only where more rows
//! share a class than are wanted does the score decide who is among them. There a row whose
//! bound cannot pass the worst kept one is not scored at all, the others' scores are
//! foretold, and the matcher itself scores those that are shown.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use crate::search::field::Field;
use crate::search::index::catalog_index::Index;
use crate::search::index::names::Names;
use crate::search::matching::scan::MANY;
use crate::search::matching::word::Word;
use crate::search::rank::key::{Class, Classes, Counts};
use crate::search::rank::score::{Scorer, Start, most};

/// Most rows that the matcher itself scores for an answer: two screens of them.
const CONFIRMED: usize = 100;

/// A scored row: better when its score is higher, then when it comes earlier.
type Scored = (i64, Reverse<u32>);

/// Scores rows for some words.
pub struct Ranker<'a> {
    index: &'a Index,
    words: &'a [Word],
    /// How all words match, each for itself: where the words of a row count.
    apart: &'a Classes,
}

impl<'a> Ranker<'a> {
    /// Ranks by `words` in `index`, which match so, each for itself.
    pub fn new(index: &'a Index, words: &'a [Word], apart: &'a Classes) -> Self {
        Self { index, words, apart }
    }

    /// The first `want` of the rows that match, best first.
    pub fn best(&self, classes: &Classes, counts: &Counts, want: usize) -> Vec<u32> {
        let mut best = Vec::new();
        for (class, count) in counts.by_class() {
            let room = want - best.len();
            if room == 0 {
                break;
            }
            best.extend(self.best_of_class(class, classes, count, room));
        }
        let scorers: Vec<Scorer> = self.words.iter().map(|word| Scorer::new(&word.text)).collect();
        let shown = best.len().min(CONFIRMED);
        let order = |(class, row): &(Class, u32)| (*class, Reverse(self.score(*row, &scorers)), *row);
        best[..shown].sort_by_cached_key(order);
        best.into_iter().map(|(_, row)| row).collect()
    }

    /// The first `want` of the `count` rows of a class.
    fn best_of_class(&self, class: Class, classes: &Classes, count: usize, want: usize) -> Vec<(Class, u32)> {
        let all = 0..classes.0.len();
        let mut scored: Vec<Scored> = if count > MANY / 4 {
            let part = all.len().div_ceil(4);
            let parts = all.into_par_iter().step_by(part).map(|start| (start, (start + part).min(classes.0.len())));
            parts.flat_map_iter(|(start, end)| self.best_of_some(classes.rows_of(class, start..end), want)).collect()
        } else {
            self.best_of_some(classes.rows_of(class, all), want)
        };
        scored.sort_unstable_by(|a, b| b.cmp(a));
        scored.truncate(want);
        scored.into_iter().map(|(_, Reverse(row))| (class, row)).collect()
    }

    /// The first `want` of `rows`, which are of one class.
    fn best_of_some(&self, rows: impl Iterator<Item = u32>, want: usize) -> Vec<Scored> {
        let most_of_all = self.most_of_all();
        let mut kept: BinaryHeap<Reverse<Scored>> = BinaryHeap::new();
        for row in rows {
            if kept.len() == want
                && let Some(Reverse((worst, _))) = kept.peek()
            {
                if *worst >= most_of_all {
                    break;
                }
                if *worst >= self.most(row) {
                    continue;
                }
            }
            kept.push(Reverse((self.foretold(row), Reverse(row))));
            if kept.len() > want {
                kept.pop();
            }
        }
        kept.into_iter().map(|Reverse(scored)| scored).collect()
    }

    /// The most that any row can score.
    fn most_of_all(&self) -> i64 {
        self.words.iter().map(|word| most(word.letters, Start::Text)).sum()
    }

    /// The most that a row can score: the sum, over the words, of the most in any name that counts for it.
    fn most(&self, row: u32) -> i64 {
        let most = |word: &Word, names: &Names, at: usize| {
            let starts = |start| names.columns().starts_with_any(start, at);
            most(word.letters, word.start_in(starts, self.index.initial(names, at)))
        };
        let (field, row) = (self.apart.of(row).field(), row as usize);
        if field >= Field::Place {
            return self.most_of_all();
        }
        if field == Field::Name {
            return self.words.iter().map(|word| most(word, self.index.names(), row)).sum();
        }
        let names = || self.index.names_of(row);
        let of_word = |word: &Word| names().map(|(_, names, at)| most(word, names, at)).max();
        self.words.iter().filter_map(of_word).sum()
    }

    /// The score of a row, foretold where it can be.
    fn foretold(&self, row: u32) -> i64 {
        if self.is_found_by_name(row) {
            let (words, lexicon) = (self.index.names().words(row as usize), self.index.lexicon());
            let name = words.iter().map(|word| lexicon.word(*word));
            return self.words.iter().filter_map(|word| word.foresight.score(name.clone())).sum();
        }
        let of_word = |word: &Word| self.score_of_word(word, row, |text| word.foresight.score(std::iter::once(text)));
        self.words.iter().map(of_word).sum()
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
            return scorers.iter().filter_map(|scorer| scorer.score(&name)).sum();
        }
        let of_word = |(word, scorer): (&Word, &Scorer)| self.score_of_word(word, row, |text| scorer.score(text));
        self.words.iter().zip(scorers).map(of_word).sum()
    }

    /// The score of a word in a matching row: the best where it matches most closely.
    fn score_of_word(&self, word: &Word, row: u32, score: impl Fn(&str) -> Option<i64>) -> i64 {
        let row = row as usize;
        let places = self.index.place(row).map(|key| (Field::Place, key));
        let mut best = (Class::default(), 0);
        for (field, key) in self.index.names_and_id(row).chain(places) {
            let Some(tier) = word.find(&key, field, self.index.readings()).tier else { continue };
            let class = Class::new(tier, field);
            if class > best.0 {
                continue;
            }
            // What is found by pinyin alone has no letters to score.
            let found = score(&key.text).unwrap_or(0);
            best = if class < best.0 { (class, found) } else { (class, best.1.max(found)) };
        }
        best.1
    }
}
