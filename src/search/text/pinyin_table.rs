//! How Chinese characters are typed in Latin letters.
//!
//! Every reading of a character counts (重 is chong and zhong), also those of the Traditional characters that are
//! folded to it; ü may be typed as v or u.

use hashbrown::{HashMap, HashSet};
use pinyin::ToPinyinMulti;
use rayon::prelude::*;

use crate::search::text::fold::{is_han, traditional};

/// The number of a syllable, and of a set of them.
type Id = u16;

/// The readings of the Chinese characters of an index. Characters must be learnt before they are asked for.
#[derive(Debug, Default)]
pub struct PinyinTable {
    /// Which set of readings a character has.
    sets: HashMap<char, Id>,
    readings: Vec<Readings>,
    syllables: Vec<Box<str>>,
    syllable_ids: HashMap<Box<str>, Id>,
    set_ids: HashMap<Box<[Id]>, Id>,
}

/// The ways in which a character is read.
#[derive(Debug)]
pub struct Readings {
    /// Syllables, by number.
    pub syllables: Box<[Id]>,
    /// The letters that they start with, a bit each from `a`.
    pub first_letters: u32,
    /// All their letters.
    pub all_letters: u32,
}

/// The bit of a letter.
pub fn letter_bit(letter: u8) -> u32 {
    1 << (letter - b'a')
}

impl PinyinTable {
    /// Learns how the Chinese characters among `all` are read, on all cores.
    pub fn learn(&mut self, all: impl Iterator<Item = char>) {
        let new: HashSet<char> = all.filter(|c| is_han(*c) && !self.sets.contains_key(c)).collect();
        let mut new: Vec<char> = new.into_iter().collect();
        new.sort_unstable();
        let spelled: Vec<Vec<String>> = new.par_iter().with_min_len(256).map(|c| spellings(*c)).collect();
        new.iter().zip(spelled).for_each(|(c, spelled)| self.add(*c, spelled));
    }

    fn add(&mut self, c: char, spelled: Vec<String>) {
        let mut ids: Vec<Id> = Vec::new();
        for syllable in spelled {
            let Ok(next) = Id::try_from(self.syllables.len()) else { return };
            ids.push(*self.syllable_ids.entry(syllable.into()).or_insert_with_key(|syllable| {
                self.syllables.push(syllable.clone());
                next
            }));
        }
        let Ok(next) = Id::try_from(self.readings.len()) else { return };
        let set = *self.set_ids.entry(ids.into()).or_insert_with_key(|ids| {
            let syllables = || ids.iter().map(|id| self.syllables[usize::from(*id)].as_bytes());
            self.readings.push(Readings {
                syllables: ids.clone(),
                first_letters: syllables().fold(0, |all, one| all | letter_bit(one[0])),
                all_letters: syllables().flatten().fold(0, |all, one| all | letter_bit(*one)),
            });
            next
        });
        self.sets.insert(c, set);
    }

    /// How `c` is read; none of what is no Chinese character.
    #[inline]
    pub fn readings(&self, c: char) -> Option<&Readings> {
        if is_han(c) { self.sets.get(&c).map(|set| &self.readings[usize::from(*set)]) } else { None }
    }

    /// Every syllable, by its number.
    pub fn syllables(&self) -> impl Iterator<Item = &str> {
        self.syllables.iter().map(|syllable| &**syllable)
    }

    /// Whether no character is known.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// What it takes of memory, in bytes, roughly.
    pub fn bytes(&self) -> usize {
        let sets: usize = self.readings.iter().map(|one| one.syllables.len() * 4 + 76).sum();
        self.sets.len() * 16 + sets + self.syllables.len() * 64
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
