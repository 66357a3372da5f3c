//! Whether rows still match when a word is typed on or added, and how closely.
//!
//! Rows are judged a part at a time, and in it one kind of text after the other: names, other names, places, ids.

use super::class::Class;
use super::index::Index;
use super::keys::Key;
use super::names::Names;
use super::pinyin::Found;
use super::rows::{TO_A_SET, positions};
use super::standing::{INSIDE, SCATTERED, START, Standings, WHOLE};
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
            for at in positions(part.open) {
                if let Some(place) = self.index.place_of(part.first + at) {
                    found.add(at, self.places[place]);
                }
            }
        }
        if self.is_in_ids {
            self.judge_ids(part.first, part.open, &mut found);
        }
        part.open.copy_from_slice(&found.open[..part.open.len()]);
        let (Some(before), Some(together)) = (part.before, part.together.as_deref_mut()) else { return };
        for at in positions(part.open) {
            let apart = Class(before[at]).and(Class(part.apart[at]));
            part.apart[at] = apart.0;
            together[at] = self.as_phrase(part.first + at, apart).0;
        }
    }

    fn judge_names(&self, first: usize, rows: &[u64], found: &mut FoundRows) {
        let names = self.index.names();
        for at in positions(rows) {
            found.add(at, self.in_name(names, first + at, Field::Name));
        }
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
        for at in positions(rows) {
            // Some id may hold the word when it is long enough.
            if self.word.letters < FEWEST_IN_ID {
                found.add(at, (Class::NONE, true));
                continue;
            }
            let of_id = self.word.find(&self.index.id(first + at), Field::Id, self.index.readings());
            found.add(at, (Class::of(of_id.tier, Field::Id), of_id.may_grow));
        }
    }

    /// How the word stands in the name at a position.
    #[inline]
    fn in_name(&self, names: &Names, at: usize, field: Field) -> InPlace {
        if !self.word.may_be_in(names.present(at)) {
            return InPlace::default();
        }
        let found = if names.has_han(at) {
            self.word.find(&names.key(at, self.index.lexicon()), field, self.index.readings())
        } else {
            let tier = self.tier_in(names, at);
            Found { tier, may_grow: tier.is_some() || self.word.letters < FEWEST_SCATTERED }
        };
        (Class::of(found.tier, field), found.may_grow)
    }

    /// How the word stands in a name without Chinese characters, as follows from how it stands in the name's words.
    #[inline]
    fn tier_in(&self, names: &Names, at: usize) -> Option<Tier> {
        let (words, lexicon, starts) = (names.words(at), self.index.lexicon(), names.starts(at));
        let any = words.iter().fold(0, |any, word| any | self.standings.of(*word));
        if any & START != 0 {
            let first = self.standings.of(words[0]);
            return Some(match first & (START | WHOLE) {
                0 => Tier::WordPrefix,
                START => Tier::Prefix,
                _ if words.len() == 1 => Tier::Whole,
                _ => Tier::Prefix,
            });
        }
        if self.word.is_acronym(starts, words.iter().map(|word| lexicon.initial(*word))) {
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
        let phrases = self.index.names_and_id_if(row, may_hold).filter_map(|(field, key)| {
            let tier = phrase_in(&self.joined, self.words, &key)?;
            let is_part_of_id = field == Field::Id && tier == Tier::Prefix;
            Some(Class::new(if is_part_of_id { Tier::WordPrefix } else { tier }, field))
        });
        phrases.fold(apart, Class::min)
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

/// How several words stand in `key` together: as its start, or starting words one after the other.
fn phrase_in(joined: &str, words: &[Word], key: &Key) -> Option<Tier> {
    if key.text.starts_with(joined) {
        return Some(if key.text.len() == joined.len() { Tier::Whole } else { Tier::Prefix });
    }
    words.iter().try_fold(0, |from, word| word.next_start(key, from)).map(|_| Tier::WordPrefix)
}
