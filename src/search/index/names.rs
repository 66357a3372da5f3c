//! Folded names as lists of words.

use std::borrow::Cow;
use std::ops::Range;

use crate::search::field::Field;
use crate::search::index::bit_slices::BitSlices;
use crate::search::index::lexicon::Lexicon;
use crate::search::index::lists::{Ends, Lists, to_u32};
use crate::search::index::normalized::NormalizedText;
use crate::search::text::signature::Signature;

/// Folded names, with their signatures and where each word stands.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The words of each, by number.
    words: Lists<u32>,
    /// Their signatures, bit by bit.
    slices: BitSlices,
    /// In which names each word of the lexicon stands, ascending.
    postings: Lists<Posting>,
}

impl Names {
    /// Names of these words of `lexicon`.
    pub(crate) fn new(words: Lists<u32>, lexicon: &Lexicon) -> Self {
        let names = || (0..words.len()).map(|name| (name, words.get(name)));
        let slices = BitSlices::new(names().map(|(_, words)| {
            words.iter().fold(Signature::default(), |all, word| all.union(lexicon.signature(*word)))
        }));
        let postings = Lists::sorted(lexicon.len(), || {
            names().flat_map(|(name, words)| {
                let posting = move |nth| Posting::new(name, nth == 0);
                words.iter().enumerate().map(move |(nth, word)| (*word as usize, posting(nth)))
            })
        });
        Self { words, slices, postings }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.words.bytes() + self.slices.bytes() + self.postings.bytes()
    }

    #[inline]
    pub(crate) fn slices(&self) -> &BitSlices {
        &self.slices
    }

    /// Where a word of the lexicon stands in those of some names, ascending.
    pub(crate) fn postings(&self, word: u32, among: &Range<usize>) -> &[Posting] {
        let all = self.postings.get(word as usize);
        let from = all.partition_point(|posting| posting.name() < among.start);
        let to = all[from..].partition_point(|posting| posting.name() < among.end);
        &all[from..from + to]
    }

    #[inline]
    pub(crate) fn words(&self, at: usize) -> &[u32] {
        self.words.get(at)
    }

    /// The name, put together from the words of `lexicon`.
    pub(crate) fn text<'a>(&self, at: usize, lexicon: &'a Lexicon) -> NormalizedText<'a> {
        let words = self.words(at);
        let signature = words.iter().fold(Signature::default(), |all, word| all.union(lexicon.signature(*word)));
        let text = match *words {
            [word] => Cow::Borrowed(lexicon.word(word)),
            _ => Cow::Owned(words.iter().map(|word| lexicon.word(*word)).collect::<Vec<_>>().join(" ")),
        };
        NormalizedText { text, signature }
    }
}

/// That a word stands in a name: where the name is, and whether it begins with the word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Posting(u32);

impl Posting {
    fn new(name: usize, is_first: bool) -> Self {
        // A catalog file has at most a gigabyte, and so fewer than 2^31 names.
        Self(to_u32(name) << 1 | u32::from(is_first))
    }

    #[inline]
    pub(crate) fn name(self) -> usize {
        self.0 as usize >> 1
    }

    #[inline]
    pub(crate) fn is_first(self) -> bool {
        self.0 & 1 == 1
    }
}

/// Names beside the shown ones, of which a row has any number.
#[derive(Debug, Default)]
pub(crate) struct OtherNames {
    /// The names, in the order of the rows.
    pub names: Names,
    /// What each is.
    pub fields: Vec<Field>,
    /// The row of each.
    pub rows: Vec<u32>,
    /// Where those of each row end.
    pub ends: Ends,
}

impl OtherNames {
    pub(crate) fn bytes(&self) -> usize {
        self.names.bytes() + self.fields.len() * (1 + 4) + self.ends.bytes()
    }

    /// Where the names of some rows stand.
    pub(crate) fn of_rows(&self, rows: &Range<usize>) -> Range<usize> {
        self.ends.start(rows.start)..self.ends.start(rows.end)
    }

    #[inline]
    pub(crate) fn row(&self, name: usize) -> usize {
        self.rows[name] as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::index::lexicon::{LexiconBuilder, words};
    use crate::search::text::pinyin_table::PinyinTable;

    #[test]
    fn each_word_knows_its_names() {
        let (mut builder, mut lists) = (LexiconBuilder::default(), Lists::default());
        for text in ["st mary", "", "mary st mary", "重庆", "st"] {
            lists.push(words(text).map(|word| builder.number(word)).collect::<Vec<_>>());
        }
        let names = Names::new(lists, &builder.finish(&PinyinTable::default()));
        let of = |word, among| -> Vec<(usize, bool)> {
            names.postings(word, &among).iter().map(|posting| (posting.name(), posting.is_first())).collect()
        };
        assert_eq!(of(0, 0..5), [(0, true), (2, false), (4, true)]);
        assert_eq!(of(1, 0..5), [(0, false), (2, true), (2, false)]);
        assert_eq!(of(1, 1..4), [(2, true), (2, false)]);
        assert_eq!(of(1, 3..5), []);
        assert_eq!(of(2, 0..5), [(3, true)]);
    }
}
