//! Whether rows still match when a word is typed on or added, and how closely.
//!
//! How the word stands in the words of names has been spread over the rows before. What those do not tell is judged here,
//! a part at a time, and in it one kind of text after the other: names, other names, places, ids.

use std::ops::Range;

use crate::search::field::Field;
use crate::search::index::bit_sliced::Columns;
use crate::search::index::bitset::{TO_A_SET, bits, positions};
use crate::search::index::catalog_index::Index;
use crate::search::index::names::Names;
use crate::search::index::normalized::Key;
use crate::search::matching::scan::Part;
use crate::search::matching::subsequence::FEWEST_SCATTERED;
use crate::search::matching::word::{FEWEST_IN_ID, Word, joined};
use crate::search::rank::key::{Class, Counts};
use crate::search::text::pinyin;
use crate::search::tier::Tier;

/// How a word stands in a text: the class, and whether it may grow.
type Judged = (Class, bool);

/// How the last of some words is looked for.
pub struct Search<'a> {
    index: &'a Index,
    words: &'a [Word],
    word: &'a Word,
    places: Vec<Judged>,
    is_in_places: bool,
    joined: String,
    /// The characters that a text must have to hold all words.
    needs: u64,
    /// Whether some id may hold the word.
    is_in_ids: bool,
}

impl<'a> Search<'a> {
    /// Prepares to look for the last of `words`.
    pub fn new(index: &'a Index, words: &'a [Word]) -> Self {
        let word = &words[words.len() - 1];
        let find = |key: &Key| {
            let found = word.find(key, Field::Place, index.readings());
            (Class::of(found.tier, Field::Place), found.may_grow)
        };
        let places = index.in_places(find, |a, b| (a.0.min(b.0), a.1 || b.1));
        let is_in_places = places.iter().any(|(_, may_grow)| *may_grow);
        let is_in_ids = word.may_be_in(index.present_in_ids());
        let joined = joined(words);
        let needs = words.iter().fold(0, |all, word| all | word.needs);
        Self { index, words, word, places, is_in_places, joined, needs, is_in_ids }
    }

    /// Judges the rows of `part`, in which the word has been spread.
    pub fn judge(&self, part: &mut Part) -> Counts {
        if part.open.iter().all(|set| *set == 0) {
            return Counts::default();
        }
        let (first, open) = (part.first, part.open);
        let mut found = FoundRows { open: part.next, classes: part.apart };
        self.judge_names(first, open, &mut found);
        self.judge_other_names(first, open, &mut found);
        if self.is_in_places {
            positions(open).for_each(|at| {
                if let Some(place) = self.index.place_of(first + at) {
                    found.add(at, self.places[place]);
                }
            });
        }
        if self.is_in_ids {
            self.judge_ids(first, open, &mut found);
        }
        if self.word.letters < pinyin::FEWEST {
            // One letter tells too little to give up any.
            part.next.iter_mut().zip(open).for_each(|(next, open)| *next |= open);
        }
        let Some((before, together)) = part.before.zip(part.together.as_deref_mut()) else {
            return Counts::of_some(part.apart, part.next);
        };
        positions(part.next).for_each(|at| {
            let apart = Class(before[at]).and(Class(part.apart[at]));
            part.apart[at] = apart.0;
            together[at] = self.as_phrase(first + at, apart).0;
        });
        Counts::of_some(together, part.next)
    }

    /// Judges what the words of the shown names, each by itself, do not tell.
    fn judge_names(&self, first: usize, rows: &[u64], found: &mut FoundRows) {
        let names = self.index.names();
        for (nth, set) in rows.iter().enumerate().filter(|(_, set)| **set != 0) {
            let sight = self.sight(names.columns(), first / TO_A_SET + nth, *set);
            found.open[nth] |= sight.may_grow;
            for bit in bits(sight.better()) {
                let at = nth * TO_A_SET + bit as usize;
                let name = (names, first + at, Field::Name);
                self.judge_closer(name, sight.abbreviated >> bit & 1 == 1, at, found);
            }
        }
    }

    /// The same of their other names.
    fn judge_other_names(&self, first: usize, rows: &[u64], found: &mut FoundRows) {
        let others = self.index.others();
        let all = others.of_rows(first..(first + rows.len() * TO_A_SET).min(self.index.len()));
        for (set, names) in sets(all) {
            let sight = self.sight(others.names.columns(), set, names);
            for bit in bits(sight.may_grow | sight.better()) {
                let other = set * TO_A_SET + bit as usize;
                let at = others.row(other) - first;
                let (nth, row) = (at / TO_A_SET, 1 << (at % TO_A_SET));
                if rows[nth] & row == 0 {
                    continue;
                }
                found.open[nth] |= if sight.may_grow >> bit & 1 == 1 { row } else { 0 };
                if sight.better() >> bit & 1 == 1 {
                    let name = (&others.names, other, others.fields[other]);
                    self.judge_closer(name, sight.abbreviated >> bit & 1 == 1, at, found);
                }
            }
        }
    }

    /// Looks over a set of names.
    #[inline]
    fn sight(&self, columns: &Columns, set: usize, names: u64) -> Sight {
        let word = self.word;
        let held = columns.with_all(word.needs, set, names);
        let held = if held == 0 { 0 } else { held & !columns.chinese(set) };
        if held == 0 {
            return Sight::default();
        }
        let first = columns.starting_with_any(word.first, set) & held;
        Sight {
            // Of two letters the first may start a word that others follow.
            may_grow: if word.letters == FEWEST_SCATTERED - 1 { first } else { 0 },
            abbreviated: columns.starting_with_all(word.abbreviates, set, held),
            scattered: if word.may_scatter_from(word.first) { first } else { 0 },
        }
    }

    /// Judges a name of the row at `at` that has all letters and is not Chinese, and of which the word may spell initials
    /// or not.
    #[inline]
    fn judge_closer(&self, name: (&Names, usize, Field), is_abbreviated: bool, at: usize, found: &mut FoundRows) {
        let known = Class(found.classes[at]);
        if known > Class::new(Tier::Acronym, Field::Name) {
            let class = self.across(name, is_abbreviated, known);
            found.add(at, (class, class.is_match()));
        }
    }

    /// How the word stands across the words of a name, where that may be better than what is `known`.
    fn across(&self, (names, name, field): (&Names, usize, Field), is_abbreviated: bool, known: Class) -> Class {
        let (words, lexicon) = (|| names.words(name).iter(), self.index.lexicon());
        if is_abbreviated && self.word.spells(&words().map(|word| lexicon.initial(*word))) {
            return Class::new(Tier::Acronym, field);
        }
        let is_better = known > Class::new(Tier::Scattered, field);
        let is_scattered = is_better && self.word.is_scattered_among(words().map(|word| lexicon.word(*word)));
        Class::of(is_scattered.then_some(Tier::Scattered), field)
    }

    fn judge_ids(&self, first: usize, rows: &[u64], found: &mut FoundRows) {
        positions(rows).for_each(|at| {
            // Some id may hold the word when it is long enough.
            if self.word.letters < FEWEST_IN_ID {
                return found.add(at, (Class::NONE, true));
            }
            let of_id = self.word.find(&self.index.id(first + at), Field::Id, self.index.readings());
            found.add(at, (Class::of(of_id.tier, Field::Id), of_id.may_grow));
        });
    }

    /// The class of several words that match: better where they stand together.
    fn as_phrase(&self, row: usize, apart: Class) -> Class {
        if !apart.is_match() || apart.tier_number() > Tier::AnyOrder as u8 {
            return apart;
        }
        let (index, needs) = (self.index, self.needs);
        let in_names = index.names_of(row).filter(|(_, names, at)| names.columns().has_all(needs, *at)).filter_map(
            |(field, names, at)| {
                let tier = if names.has_han(at) {
                    self.phrase_in(&names.key(at, index.lexicon()))
                } else {
                    self.phrase_among(names.words(at))
                };
                Some(Class::new(tier?, field))
            },
        );
        let in_id = || match self.phrase_in(&index.id(row))? {
            Tier::Prefix => Some(Class::new(Tier::WordPrefix, Field::Id)),
            tier => Some(Class::new(tier, Field::Id)),
        };
        let in_id = if index.present_in_ids() & needs == needs { in_id() } else { None };
        in_names.chain(in_id).fold(apart, Class::min)
    }

    /// How the words stand in `key` together: as its start, or starting words one after the other.
    fn phrase_in(&self, key: &Key) -> Option<Tier> {
        if key.text.starts_with(&self.joined) {
            return Some(if key.text.len() == self.joined.len() { Tier::Whole } else { Tier::Prefix });
        }
        self.words.iter().try_fold(0, |from, word| word.next_start(key, from)).map(|_| Tier::WordPrefix)
    }

    /// The same in a name of these words of the lexicon, of which none is Chinese.
    fn phrase_among(&self, name: &[u32]) -> Option<Tier> {
        let (last, before) = self.words.split_last()?;
        let text = |of: &u32| self.index.lexicon().word(*of);
        let are_before = before.len() < name.len() && before.iter().zip(name).all(|(word, of)| word.text == text(of));
        if are_before && text(&name[before.len()]).starts_with(&last.text) {
            let is_whole = name.len() == self.words.len() && text(&name[before.len()]) == last.text;
            return Some(if is_whole { Tier::Whole } else { Tier::Prefix });
        }
        let mut rest = name.iter();
        self.words.iter().all(|word| rest.any(|of| text(of).starts_with(&word.text))).then_some(Tier::WordPrefix)
    }
}

/// What is seen at once of those of a set of names that have all letters of the word and are not Chinese.
#[derive(Clone, Copy, Debug, Default)]
struct Sight {
    /// Those in which the word may stand when it is typed on.
    may_grow: u64,
    /// Those of which it may spell initials.
    abbreviated: u64,
    /// Those in which it may stand with gaps.
    scattered: u64,
}

impl Sight {
    /// Those in which the word may stand better than in their words.
    #[inline]
    fn better(self) -> u64 {
        self.abbreviated | self.scattered
    }
}

/// Positions as sets, each with its number.
fn sets(positions: Range<usize>) -> impl Iterator<Item = (usize, u64)> {
    let Range { start, end } = positions;
    let before = |at: usize, set: usize| match at.saturating_sub(set * TO_A_SET) {
        some @ 0..TO_A_SET => !(u64::MAX << some),
        _ => u64::MAX,
    };
    (start / TO_A_SET..end.div_ceil(TO_A_SET)).map(move |set| (set, before(end, set) & !before(start, set)))
}

/// What is found in the rows of a part.
struct FoundRows<'a> {
    /// Which match or may match when more is typed.
    open: &'a mut [u64],
    classes: &'a mut [u8],
}

impl FoundRows<'_> {
    #[inline]
    fn add(&mut self, at: usize, (class, may_grow): Judged) {
        self.classes[at] = self.classes[at].min(class.0);
        self.open[at / TO_A_SET] |= u64::from(may_grow || class.is_match()) << (at % TO_A_SET);
    }
}
