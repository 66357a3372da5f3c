//! In which names each word of the lexicon stands.

use std::ops::Range;

use crate::search::index::names::Names;
use crate::search::index::normalized::{begin, range};

/// That a word stands in a name: where the name is, and whether it begins with the word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Posting(u32);

impl Posting {
    fn new(name: usize, is_first: bool) -> Self {
        // A catalog file has at most a gigabyte, and so fewer than 2^31 names.
        Self(u32::try_from(name).unwrap_or(0) << 1 | u32::from(is_first))
    }

    /// The position of the name.
    #[inline]
    pub fn name(self) -> usize {
        self.0 as usize >> 1
    }

    /// Whether the name begins with the word.
    #[inline]
    pub fn is_first(self) -> bool {
        self.0 & 1 == 1
    }
}

/// The names that each word of the lexicon stands in.
#[derive(Debug, Default)]
pub struct Postings {
    /// Word by word, by the position of the name.
    all: Vec<Posting>,
    /// Where those of each word end.
    ends: Vec<u32>,
}

impl Postings {
    /// Those of `names`, made of so many different words.
    pub fn new(names: &Names, words: usize) -> Self {
        let texts = || (0..names.len()).map(|at| (at, names.words(at)));
        let mut ends = vec![0u32; words];
        texts().flat_map(|(_, words)| words).for_each(|word| ends[*word as usize] += 1);
        // Where each begins; when all are in place, that has moved to where it ends.
        let mut all = vec![Posting::default(); begin(&mut ends) as usize];
        for (at, words) in texts() {
            for (nth, word) in words.iter().enumerate() {
                let place = &mut ends[*word as usize];
                all[*place as usize] = Posting::new(at, nth == 0);
                *place += 1;
            }
        }
        Self { all, ends }
    }

    /// The names among some in which a word stands.
    #[inline]
    pub fn of(&self, word: u32, among: &Range<usize>) -> &[Posting] {
        let all = &self.all[range(&self.ends, word as usize)];
        // Most words stand in few names.
        if let (Some(first), Some(last)) = (all.first(), all.last())
            && among.contains(&first.name())
            && among.contains(&last.name())
        {
            return all;
        }
        let from = all.partition_point(|posting| posting.name() < among.start);
        let to = all[from..].partition_point(|posting| posting.name() < among.end);
        &all[from..from + to]
    }

    /// In how many names a word stands.
    #[inline]
    pub fn count(&self, word: u32) -> usize {
        range(&self.ends, word as usize).len()
    }

    /// How many bytes they take.
    pub fn bytes(&self) -> usize {
        self.all.len() * size_of::<Posting>() + self.ends.len() * 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::index::lexicon::{Numbers, words};
    use crate::search::text::pinyin::Readings;

    #[test]
    fn each_word_knows_its_names() {
        let (mut numbers, mut names) = (Numbers::default(), Names::default());
        let texts = ["st mary", "", "mary st mary", "重庆", "st"];
        let of_names: Vec<Vec<u32>> =
            texts.iter().map(|text| words(text).map(|word| numbers.of(word)).collect()).collect();
        let lexicon = numbers.into_lexicon(&Readings::default());
        for words in of_names {
            names.push(words.into_iter());
        }
        let postings = Postings::new(&names, lexicon.len());
        let of = |word, among| -> Vec<(usize, bool)> {
            postings.of(word, &among).iter().map(|posting| (posting.name(), posting.is_first())).collect()
        };
        assert_eq!(of(0, 0..5), [(0, true), (2, false), (4, true)]);
        assert_eq!(of(1, 0..5), [(0, false), (2, true), (2, false)]);
        assert_eq!(of(1, 1..4), [(2, true), (2, false)]);
        assert_eq!(of(1, 3..5), []);
        assert_eq!(of(2, 0..5), [(3, true)]);
    }
}
