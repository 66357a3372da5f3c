//! The most that fuzzy-matcher can give a word in a name, without scoring the name.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU16, Ordering::Relaxed};

use crate::search::index::lexicon::Lexicon;
use crate::search::matching::word::Word;
use crate::search::rank::score::{Start, most};

/// What is known of one word of the lexicon, a bit each: the pairs of neighbouring letters of the query's word that go on
/// in it without loss, whether it starts with the first letter, and whether it has been looked at.
type Known = u16;

const LOOKED_AT: Known = 1 << 15;
const STARTS: Known = 1 << 14;

/// Most pairs that are looked for; those after them count as if they went on.
const PAIRS: usize = 14;

/// What a pair loses at least that does not go on: the 4 that its second letter had for following the first, and as much
/// for the gap between them.
const LOSS: i64 = 8;

/// Bounds the score of a word of the query in names.
pub(crate) struct Bound<'a> {
    lexicon: &'a Lexicon,
    letters: usize,
    first: Option<char>,
    pairs: Vec<[char; 2]>,
    /// What is known of each word of the lexicon. The cores share it; it does not matter which one looks at a word first.
    known: OnceLock<Vec<AtomicU16>>,
}

impl<'a> Bound<'a> {
    pub(crate) fn new(word: &Word, lexicon: &'a Lexicon) -> Self {
        let seconds = word.text.chars().skip(1);
        let pairs = word.text.chars().zip(seconds).map(|(first, second)| [first, second]).take(PAIRS).collect();
        Self { lexicon, letters: word.letters, first: word.text.chars().next(), pairs, known: OnceLock::new() }
    }

    /// The most in a name of these words of the lexicon; 0 at least, which stands for what is found by pinyin alone.
    pub(crate) fn of_name(&self, words: &[u32]) -> i64 {
        // Most keys have so few rows that nobody asks.
        let known = self.known.get_or_init(|| (0..self.lexicon.len()).map(|_| AtomicU16::new(0)).collect());
        let mut words = words.iter().map(|word| match known[*word as usize].load(Relaxed) {
            0 => {
                let of_word = self.of_word(*word);
                known[*word as usize].store(of_word, Relaxed);
                of_word
            }
            known => known,
        });
        let first = words.next().unwrap_or(0);
        let known = words.fold(first, |all, word| all | word);
        let start = match (first & STARTS != 0, known & STARTS != 0) {
            (true, _) => Start::Text,
            (_, true) => Start::Word,
            _ => Start::Within,
        };
        let lost = self.pairs.len() - (known & !(LOOKED_AT | STARTS)).count_ones() as usize;
        (most(self.letters, start) - LOSS * i64::try_from(lost).unwrap_or(0)).max(0)
    }

    fn of_word(&self, word: u32) -> Known {
        let mut known = LOOKED_AT;
        let mut before = ' ';
        for c in self.lexicon.word(word).chars() {
            let starts = before == ' ';
            known |= if starts && Some(c) == self.first { STARTS } else { 0 };
            for (nth, [first, second]) in self.pairs.iter().enumerate() {
                known |= if c == *second && (starts || before == *first) { 1 << nth } else { 0 };
            }
            before = c;
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::index::lexicon::{LexiconBuilder, words};
    use crate::search::rank::score::Scorer;
    use crate::search::text::pinyin_table::PinyinTable;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn no_score_passes_the_bound_of_its_name(
            text in "[ab]{1,12}|[abcé重1]{1,8}( [abcé重1]{1,6}){0,4}|[a-h]{1,20} [a-h]{1,20}",
            word in "[ab]{1,8}|[abce重1]{1,6}|[a-h]{1,8}|[ab]{14,18}",
        ) {
            let mut builder = LexiconBuilder::default();
            let name: Vec<u32> = words(&text).map(|word| builder.number(word)).collect();
            let table = PinyinTable::default();
            let lexicon = builder.finish(&table);
            if let Some(score) = Scorer::new(&word).score(text.split(' ')) {
                let most = Bound::new(&Word::new(&word, &table), &lexicon).of_name(&name);
                prop_assert!(score <= most, "{} of {} in {}", score, most, text);
            }
        }
    }
}
