//! How Chinese characters are typed in Latin letters.
//!
//! Every reading of a character counts (重 is chong and zhong), also those of the Traditional characters that are
//! folded to it; ü may be typed as v or u.

use hashbrown::{HashMap, HashSet};
use pinyin::ToPinyinMulti;
use rayon::prelude::*;

use crate::search::text::fold::{is_han, traditional};

/// The readings of the Chinese characters of an index. Characters must be learnt before they are asked for.
#[derive(Debug, Default)]
pub(crate) struct PinyinTable {
    readings: HashMap<char, Readings>,
    syllables: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u16>,
}

/// The ways in which a character is read.
#[derive(Debug)]
pub(crate) struct Readings {
    /// Syllables, by number.
    pub syllables: Box<[u16]>,
    pub first_letters: u32,
    /// All their letters.
    pub all_letters: u32,
}

pub(crate) fn letter_bit(letter: u8) -> u32 {
    1 << (letter - b'a')
}

impl PinyinTable {
    /// Learns how the Chinese characters among `all` are read, on all cores.
    pub(crate) fn learn(&mut self, all: impl Iterator<Item = char>) {
        let new: HashSet<char> = all.filter(|c| is_han(*c) && !self.readings.contains_key(c)).collect();
        let mut new: Vec<char> = new.into_iter().collect();
        new.sort_unstable();
        let spelled: Vec<Vec<String>> = new.par_iter().with_min_len(256).map(|c| spellings(*c)).collect();
        new.iter().zip(&spelled).for_each(|(c, spelled)| self.add(*c, spelled));
    }

    fn add(&mut self, c: char, spelled: &[String]) {
        let letters = || spelled.iter().map(String::as_bytes);
        let first_letters = letters().fold(0, |all, one| all | letter_bit(one[0]));
        let all_letters = letters().flatten().fold(0, |all, one| all | letter_bit(*one));
        let number = |syllable: &String| {
            // There are some four hundred syllables.
            let next = u16::try_from(self.syllables.len()).ok()?;
            Some(*self.numbers.entry(syllable.as_str().into()).or_insert_with_key(|syllable| {
                self.syllables.push(syllable.clone());
                next
            }))
        };
        let syllables = spelled.iter().filter_map(number).collect();
        self.readings.insert(c, Readings { syllables, first_letters, all_letters });
    }

    /// How `c` is read; none of what is no Chinese character.
    #[inline]
    pub(crate) fn readings(&self, c: char) -> Option<&Readings> {
        if is_han(c) { self.readings.get(&c) } else { None }
    }

    pub(crate) fn syllables(&self) -> impl Iterator<Item = &str> {
        self.syllables.iter().map(|syllable| &**syllable)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.readings.is_empty()
    }

    /// What it takes of memory, in bytes, roughly.
    pub(crate) fn bytes(&self) -> usize {
        self.readings.len() * (size_of::<(char, Readings)>() + 8) + self.syllables.len() * 64
    }
}

/// The ways to type `c`, whatever Traditional character it stands for.
fn spellings(c: char) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for c in [c].iter().chain(traditional(c)) {
        let readings = c.to_pinyin_multi().into_iter().flatten().map(pinyin::Pinyin::plain);
        for reading in readings {
            for spelled in [reading.replace('ü', "v"), reading.replace('ü', "u")] {
                // A few interjections are written with accents even in plain spelling; nobody types those.
                if !all.contains(&spelled) && spelled.bytes().all(|b| b.is_ascii_lowercase()) {
                    all.push(spelled);
                }
            }
        }
    }
    all
}
