//! The best of many matches, with the matcher called for as few as will do.
//!
//! Rows come with their class, which decides first, and in the order that decides last. Only where more rows
//! share a class than are wanted does the score decide who is among them, and there a row whose
//! [bound](super::score::most) cannot pass the worst kept one is never scored.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::engine::{Class, Row};
use super::fold::is_han;
use super::index::{Index, Key, start_bit};
use super::score::{Scorer, Start, most};
use super::word::Word;
use super::{Field, MANY};

/// A scored row: better when its score is higher, then when it comes earlier.
type Scored = (i64, Reverse<u32>);

/// Scores rows for some words.
pub struct Ranker<'a> {
    index: &'a Index,
    words: &'a [Word],
}

impl<'a> Ranker<'a> {
    /// Ranks by `words` in `index`.
    pub fn new(index: &'a Index, words: &'a [Word]) -> Self {
        Self { index, words }
    }

    /// The first `want` of the matching rows, best first. `rows` ascend.
    pub fn best(&self, rows: &[Row], want: usize) -> Vec<u32> {
        let mut classes: Vec<(Class, Vec<u32>)> = (0..=u8::MAX).map(|class| (Class(class), Vec::new())).collect();
        for row in rows.iter().filter(|row| row.class.is_match()) {
            classes[usize::from(row.class.0)].1.push(row.row);
        }
        let mut best = Vec::with_capacity(want.min(rows.len()));
        for (class, rows) in classes {
            let room = want - best.len();
            if room == 0 {
                break;
            }
            best.extend(self.best_of_class(class, &rows, room));
        }
        best
    }

    fn best_of_class(&self, class: Class, rows: &[u32], want: usize) -> Vec<u32> {
        let mut scored: Vec<Scored> = if rows.len() > MANY {
            let parts = rows.par_chunks(MANY / 4).map(|rows| self.best_of_some(class, rows, want));
            parts.flatten_iter().collect()
        } else {
            self.best_of_some(class, rows, want)
        };
        scored.sort_unstable_by(|a, b| b.cmp(a));
        scored.truncate(want);
        scored.into_iter().map(|(_, Reverse(row))| row).collect()
    }

    fn best_of_some(&self, class: Class, rows: &[u32], want: usize) -> Vec<Scored> {
        let scorers: Vec<Scorer> = self.words.iter().map(|word| Scorer::new(&word.text)).collect();
        let most_of_all = self.most(|_| Start::Text);
        let mut kept: BinaryHeap<Reverse<Scored>> = BinaryHeap::with_capacity(want.min(rows.len()) + 1);
        for row in rows {
            let worst = kept.peek().filter(|_| kept.len() == want).map(|Reverse((score, _))| *score);
            if worst.is_some_and(|worst| worst >= most_of_all) {
                break;
            }
            if worst.is_some_and(|worst| worst >= self.bound(class, *row)) {
                continue;
            }
            kept.push(Reverse((self.score(&scorers, *row), Reverse(*row))));
            if kept.len() > want {
                kept.pop();
            }
        }
        kept.into_iter().map(|Reverse(scored)| scored).collect()
    }

    fn most(&self, start: impl Fn(&Word) -> Start) -> i64 {
        self.words.iter().map(|word| most(word.letters, start(word))).sum()
    }

    /// The most that a row of that class can score.
    fn bound(&self, class: Class, row: u32) -> i64 {
        if class.field() >= Field::Place {
            return self.most(|_| Start::Text);
        }
        self.most(|word| {
            let keys = self.index.names(row).filter(|(field, _)| *field < Field::Place);
            keys.map(|(_, key)| self.start(word, &key)).max().unwrap_or(Start::Within)
        })
    }

    /// Where the first letter of `word` could stand in `key`, or in its pinyin.
    fn start(&self, word: &Word, key: &Key) -> Start {
        let (Some(first), Some(head)) = (word.text.chars().next(), key.text.chars().next()) else {
            return Start::Within;
        };
        let bit = start_bit(first);
        let by_pinyin = first.is_ascii_lowercase() && key.has_han();
        if first == head || (by_pinyin && is_han(head) && self.index.readings().first_letters(head) & bit != 0) {
            Start::Text
        } else if key.starts & bit != 0 || by_pinyin {
            Start::Word
        } else {
            Start::Within
        }
    }

    /// The matcher's score of a matching row: of each word, the best where it matches most closely.
    fn score(&self, scorers: &[Scorer], row: u32) -> i64 {
        self.words.iter().zip(scorers).map(|(word, scorer)| self.score_of_word(word, scorer, row)).sum()
    }

    fn score_of_word(&self, word: &Word, scorer: &Scorer, row: u32) -> i64 {
        let readings = self.index.readings();
        let places = self.index.place(row).map(|key| (Field::Place, key));
        let ways = self.index.names(row).chain(places).filter_map(|(field, key)| {
            let tier = word.find(&key, field, readings).tier?;
            let typed = || {
                let trace = readings.trace(key.text, &word.text).filter(|_| key.has_han())?;
                scorer.score(&trace.latin)
            };
            let score = [scorer.score(key.text), if field == Field::Id { None } else { typed() }];
            Some((Reverse(Class::new(tier, field)), score.into_iter().flatten().max().unwrap_or(0)))
        });
        ways.max().map_or(0, |(_, score)| score)
    }
}
