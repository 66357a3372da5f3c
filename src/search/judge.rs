//! Whether rows still match when a word is typed on or added, and how closely.
//!
//! Rows are judged a part at a time, and in it one kind of text after the other: names, other names, places, ids.

use super::class::Class;
use super::index::Index;
use super::keys::Key;
use super::names::Names;
use super::rows::{TO_A_SET, positions};
use super::standing::{INSIDE, SCATTERED, START, Standing, Standings, WHOLE};
use super::word::{FEWEST_IN_ID, FEWEST_SCATTERED, Word, joined};
use super::{Field, Tier};

/// Rows judged at a time; a whole number of sets.
pub const PART: usize = if cfg!(test) { TO_A_SET } else { 4_096 };

/// Some rows that follow one another.
pub struct Part<'a> {
    /// The first of them.
    pub first: usize,
    /// Which are to be looked at; then, which match or may match when more is typed.
    pub open: &'a mut [u64],
    /// How the words before the last match, taken together; none of a single word.
    pub before: Option<&'a [u8]>,
    /// How all words match, each for itself: what becomes of it. No match at first.
    pub apart: &'a mut [u8],
    /// The same as a phrase where they are one; none of a single word.
    pub together: Option<&'a mut [u8]>,
}

/// How a word stands in a place: the class, and whether it may grow.
type InPlace = (Class, bool);

/// How the last of some words is looked for.
pub struct Search<'a> {
    index: &'a Index,
    words: &'a [Word],
    word: &'a Word,
    standings: &'a Standings,
    places: Vec<InPlace>,
    is_in_places: bool,
    joined: String,
    /// Whether some id may hold the word.
    is_in_ids: bool,
}

impl<'a> Search<'a> {
    /// Prepares to look for the last of `words`, which stands so in the words of the index.
    pub fn new(index: &'a Index, words: &'a [Word], standings: &'a Standings) -> Self {
        let word = &words[words.len() - 1];
        let find = |key: &Key| {
            let found = word.find(key, Field::Place, index.readings());
            (Class::of(found.tier, Field::Place), found.may_grow)
        };
        let places = index.in_places(find, |a, b| (a.0.min(b.0), a.1 || b.1));
        let is_in_places = places.iter().any(|(_, may_grow)| *may_grow);
        let is_in_ids = word.may_be_in(index.present_in_ids());
        Self { index, words, word, standings, places, is_in_places, joined: joined(words), is_in_ids }
    }

    /// Judges the rows of `part`.
    pub fn judge(&self, part: &mut Part) {
        let mut found = FoundRows { open: [0; PART / TO_A_SET], classes: part.apart };
        self.judge_names(part.first, part.open, &mut found);
        if self.is_in_places {
            positions(part.open).for_each(|at| {
                if let Some(place) = self.index.place_of(part.first + at) {
                    found.add(at, self.places[place]);
                }
            });
        }
        if self.is_in_ids {
            self.judge_ids(part.first, part.open, &mut found);
        }
        part.open.copy_from_slice(&found.open[..part.open.len()]);
        let (Some(before), Some(together)) = (part.before, part.together.as_deref_mut()) else { return };
        positions(part.open).for_each(|at| {
            let apart = Class(before[at]).and(Class(part.apart[at]));
            part.apart[at] = apart.0;
            together[at] = self.as_phrase(part.first + at, apart).0;
        });
    }

    fn judge_names(&self, first: usize, rows: &[u64], found: &mut FoundRows) {
        let names = self.index.names();
        positions(rows).for_each(|at| found.add(at, self.in_name(names, first + at, Field::Name)));
        let others = self.index.others();
        let end = first + rows.len() * TO_A_SET;
        for (other, row) in others.of_rows(first..end.min(self.index.len())) {
            let at = row - first;
            if rows[at / TO_A_SET] >> (at % TO_A_SET) & 1 == 1 {
                found.add(at, self.in_name(&others.names, other, others.fields[other]));
            }
        }
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

    /// How the word stands in the name at a position. Most names are done with at a glance, so what takes longer stands
    /// apart.
    #[inline]
    fn in_name(&self, names: &Names, at: usize, field: Field) -> InPlace {
        if !self.word.may_be_in(names.present(at)) {
            return InPlace::default();
        }
        if names.has_han(at) {
            return self.in_chinese_name(names, at, field);
        }
        let words = names.words(at);
        let any = words.iter().fold(0, |any, word| any | self.standings.of(*word));
        let tier = if any & START != 0 {
            let first = self.standings.of(words[0]);
            Some(match first & (START | WHOLE) {
                0 => Tier::WordPrefix,
                _ if first & WHOLE != 0 && words.len() == 1 => Tier::Whole,
                _ => Tier::Prefix,
            })
        } else {
            self.tier_across(names, at, any)
        };
        (Class::of(tier, field), tier.is_some() || self.word.letters < FEWEST_SCATTERED)
    }

    #[inline(never)]
    fn in_chinese_name(&self, names: &Names, at: usize, field: Field) -> InPlace {
        let found = self.word.find(&names.key(at, self.index.lexicon()), field, self.index.readings());
        (Class::of(found.tier, field), found.may_grow)
    }

    /// How the word stands in a name of which it starts no word, and stands in some as `any` tells.
    #[inline(never)]
    fn tier_across(&self, names: &Names, at: usize, any: Standing) -> Option<Tier> {
        let (words, lexicon, starts) = (names.words(at), self.index.lexicon(), names.starts(at));
        if self.word.is_acronym(starts, &words.iter().map(|word| lexicon.initial(*word))) {
            return Some(Tier::Acronym);
        }
        if any & INSIDE != 0 {
            return Some(Tier::Substring);
        }
        let is_scattered = any & SCATTERED != 0
            || (self.word.may_scatter_from(starts)
                && self.word.is_scattered_among(words.iter().map(|word| lexicon.word(*word))));
        is_scattered.then_some(Tier::Scattered)
    }

    /// The class of several words that match: better where they stand together.
    fn as_phrase(&self, row: usize, apart: Class) -> Class {
        if !apart.is_match() || apart.tier_number() > Tier::AnyOrder as u8 {
            return apart;
        }
        let may_hold = |present: u64| self.words.iter().all(|word| word.may_be_in(present));
        let index = self.index;
        let in_names = index.names_of(row).filter(|(_, names, at)| may_hold(names.present(*at))).filter_map(
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
        let in_id = if may_hold(index.present_in_ids()) { in_id() } else { None };
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

/// What is found in the rows of a part.
struct FoundRows<'a> {
    /// Which match or may match when more is typed.
    open: [u64; PART / TO_A_SET],
    classes: &'a mut [u8],
}

impl FoundRows<'_> {
    #[inline]
    fn add(&mut self, at: usize, (class, may_grow): InPlace) {
        self.classes[at] = self.classes[at].min(class.0);
        self.open[at / TO_A_SET] |= u64::from(may_grow) << (at % TO_A_SET);
    }
}
