//! The distinct words of all names.
//!
//! Hospitals share most of their words, so each stands here once, and names are kept as lists of words. A word of a query
//! is compared with each distinct word once a key; how it matches a name follows from the name's list. A text
//! with Chinese characters, each of which is a word of its own, counts as one word and is looked at whole.

use std::borrow::Cow;
use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

use crate::search::index::bit_slices::{BLOCK, BitSlices, bits};
use crate::search::index::lists::{Ends, to_u32};
use crate::search::index::normalized::NormalizedText;
use crate::search::text::fold::is_han;
use crate::search::text::pinyin_table::PinyinTable;
use crate::search::text::signature::Signature;

/// The distinct words, each by its number.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: WordList,
    signatures: Vec<Signature>,
    /// The same, bit by bit.
    slices: BitSlices,
}

impl Lexicon {
    pub(crate) fn len(&self) -> usize {
        self.words.ends.len()
    }

    #[inline]
    pub(crate) fn word(&self, word: u32) -> &str {
        self.words.get(word)
    }

    /// The words of a block that have all of these characters.
    pub(crate) fn with_characters(&self, characters: u64, block: usize) -> impl Iterator<Item = u32> {
        let among = self.len() - block * BLOCK;
        let among = if among < BLOCK { !(u64::MAX << among) } else { u64::MAX };
        bits(self.slices.with_characters(characters, block, among)).map(move |bit| to_u32(block * BLOCK) + bit)
    }

    #[inline]
    pub(crate) fn signature(&self, word: u32) -> Signature {
        self.signatures[word as usize]
    }

    /// The word as a text, with its signature.
    pub(crate) fn text(&self, word: u32) -> NormalizedText<'_> {
        NormalizedText { text: Cow::Borrowed(self.word(word)), signature: self.signature(word) }
    }

    pub(crate) fn bytes(&self) -> usize {
        let signatures = self.len() * size_of::<Signature>();
        self.words.text.len() + self.words.ends.bytes() + signatures + self.slices.bytes()
    }
}

/// Words, one after the other.
#[derive(Debug, Default)]
struct WordList {
    text: String,
    ends: Ends,
}

impl WordList {
    #[inline]
    fn get(&self, word: u32) -> &str {
        &self.text[self.ends.range(word as usize)]
    }
}

/// Gives words their numbers.
#[derive(Debug, Default)]
pub(crate) struct LexiconBuilder {
    words: WordList,
    known: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl LexiconBuilder {
    /// The number of `word`, the next one if it is new.
    pub(crate) fn number(&mut self, word: &str) -> u32 {
        let (words, hasher) = (&mut self.words, &self.hasher);
        let is_same = |number: &u32| words.get(*number) == word;
        let hash = |number: &u32| hasher.hash_one(words.get(*number));
        match self.known.entry(hasher.hash_one(word), is_same, hash) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(slot) => {
                let next = to_u32(words.ends.len());
                slot.insert(next);
                words.text.push_str(word);
                words.ends.push(words.text.len());
                next
            }
        }
    }

    /// The words, in the order of their numbers.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        (0..to_u32(self.words.ends.len())).map(|number| self.words.get(number))
    }

    /// The lexicon of them; their Chinese characters are known to `table`.
    pub(crate) fn finish(mut self, table: &PinyinTable) -> Lexicon {
        self.words.text.shrink_to_fit();
        self.words.ends.shrink();
        let signatures: Vec<Signature> = self.words().map(|word| Signature::new(word, table)).collect();
        let slices = BitSlices::new(signatures.iter().copied());
        Lexicon { words: self.words, signatures, slices }
    }
}

/// The words of a folded text, as they are numbered: what stands between spaces, or all of it if some is Chinese.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
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
        let mut numbers = LexiconBuilder::default();
        let text = ["st mary hospital", "", "hospital no 1", "重庆 hospital", "st"];
        let numbered: Vec<Vec<u32>> =
            text.iter().map(|text| words(text).map(|word| numbers.number(word)).collect()).collect();
        assert_eq!(numbered, [vec![0, 1, 2], vec![], vec![2, 3, 4], vec![5], vec![0]]);
        let lexicon = numbers.finish(&PinyinTable::default());
        assert_eq!(lexicon.len(), 6);
        assert_eq!([0, 2, 5].map(|word| lexicon.word(word)), ["st", "hospital", "重庆 hospital"]);
        assert!(lexicon.signature(5).has_han() && !lexicon.signature(1).has_han());
    }
}
