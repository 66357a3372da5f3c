//! The distinct words of all names.
//!
//! Hospitals share most of their words, so each stands here once, and names are kept as lists of words. A word of a query
//! is compared with each distinct word once a key; how it stands in a name follows from the name's list. A text
//! with Chinese characters, each of which is a word of its own, counts as one word and is looked at whole.

use std::borrow::Cow;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::search::index::normalized::{HAN, Key, Marks, range};
use crate::search::text::acronym::Initial;
use crate::search::text::fold::is_han;
use crate::search::text::pinyin::Readings;

/// The distinct words, each by its number.
#[derive(Debug, Default)]
pub struct Lexicon {
    text: String,
    /// Where each word ends.
    ends: Vec<u32>,
    initials: Vec<Initial>,
    /// The [`Marks`] of each, one kind after the other, for most are asked for one kind only.
    present: Vec<u64>,
    starts: Vec<u32>,
    pairs: Vec<u64>,
    /// With which letters the pinyin of its characters starts, a bit each from `a`.
    spelt: Vec<u32>,
}

impl Lexicon {
    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The word of that number.
    #[inline]
    pub fn word(&self, word: u32) -> &str {
        &self.text[range(&self.ends, word as usize)]
    }

    /// Its first character.
    #[inline]
    pub fn initial(&self, word: u32) -> Initial {
        self.initials[word as usize]
    }

    /// Which characters it has, and the letters of its pinyin: [`Marks::present`].
    #[inline]
    pub fn present(&self, word: u32) -> u64 {
        self.present[word as usize]
    }

    /// With which characters its words start, for a Chinese text has several: [`Marks::starts`].
    #[inline]
    pub fn starts(&self, word: u32) -> u32 {
        self.starts[word as usize]
    }

    /// Whether it has a Chinese character.
    #[inline]
    pub fn has_han(&self, word: u32) -> bool {
        self.starts(word) & HAN != 0
    }

    /// Which characters stand side by side in it: [`Marks::pairs`].
    #[inline]
    pub fn pairs(&self, word: u32) -> u64 {
        self.pairs[word as usize]
    }

    /// With which letters the pinyin of its characters starts, a bit each from `a`.
    #[inline]
    pub fn spelt(&self, word: u32) -> u32 {
        self.spelt[word as usize]
    }

    /// What is quickly known of it.
    pub fn marks(&self, word: u32) -> Marks {
        Marks { present: self.present(word), starts: self.starts(word), pairs: self.pairs(word) }
    }

    /// The word as a text, with what is quickly known of it.
    pub fn key(&self, word: u32) -> Key<'_> {
        Key { text: Cow::Borrowed(self.word(word)), marks: self.marks(word) }
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.text.len() + self.len() * (4 + size_of::<Initial>() + 8 + 4 + 8 + 4)
    }
}

/// Gives words their numbers.
#[derive(Default)]
pub struct Numbers {
    text: String,
    ends: Vec<u32>,
    known: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Numbers {
    /// The number of `word`, the next one if it is new.
    pub fn of(&mut self, word: &str) -> u32 {
        let (text, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        let numbered = |number: u32| &text[range(ends, number as usize)];
        let (is_same, hash) =
            (|number: &u32| numbered(*number) == word, |number: &u32| hasher.hash_one(numbered(*number)));
        let slot = self.known.entry(hasher.hash_one(word), is_same, hash);
        if let hashbrown::hash_table::Entry::Occupied(known) = &slot {
            return *known.get();
        }
        // A catalog file has at most a gigabyte, and folding does not lengthen it fourfold.
        let next = u32::try_from(ends.len()).unwrap_or(u32::MAX);
        slot.insert(next);
        self.text.push_str(word);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        next
    }

    /// Makes room for so many words.
    pub fn reserve(&mut self, words: usize) {
        let (text, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        self.known.reserve(words, |number| hasher.hash_one(&text[range(ends, *number as usize)]));
    }

    /// The words, in the order of their numbers.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|number| &self.text[range(&self.ends, number)])
    }

    /// The lexicon of them.
    pub fn into_lexicon(self, readings: &Readings) -> Lexicon {
        let mut lexicon = Lexicon { initials: self.words().map(Initial::of).collect(), ..Lexicon::default() };
        let count = self.ends.len();
        lexicon.present.reserve_exact(count);
        lexicon.starts.reserve_exact(count);
        lexicon.pairs.reserve_exact(count);
        lexicon.spelt.reserve_exact(count);
        for word in self.words() {
            let Marks { present, starts, pairs } = Marks::with_pinyin(word, readings);
            lexicon.present.push(present);
            lexicon.starts.push(starts);
            lexicon.pairs.push(pairs);
            let letters = || word.chars().fold(0, |all, c| all | readings.first_letters(c));
            lexicon.spelt.push(if starts & HAN == 0 { 0 } else { letters() });
        }
        let Self { mut text, mut ends, .. } = self;
        text.shrink_to_fit();
        ends.shrink_to_fit();
        Lexicon { text, ends, ..lexicon }
    }
}

/// The words of a folded text, as they are numbered: what stands between spaces, or all of it if some is Chinese.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_whole = !text.is_ascii() && text.chars().any(is_han);
    let whole = is_whole.then_some(text);
    let parts = (!is_whole).then(|| text.split(' ').filter(|word| !word.is_empty()));
    whole.into_iter().chain(parts.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_numbered_once() {
        let mut numbers = Numbers::default();
        let text = ["st mary hospital", "", "hospital no 1", "重庆 hospital", "st"];
        let numbered: Vec<Vec<u32>> =
            text.iter().map(|text| words(text).map(|word| numbers.of(word)).collect()).collect();
        assert_eq!(numbered, [vec![0, 1, 2], vec![], vec![2, 3, 4], vec![5], vec![0]]);
        let lexicon = numbers.into_lexicon(&Readings::default());
        assert_eq!(lexicon.len(), 6);
        assert_eq!([0, 2, 5].map(|word| lexicon.word(word)), ["st", "hospital", "重庆 hospital"]);
        assert_eq!(lexicon.pairs(1), Marks::of("mary").pairs);
    }
}
