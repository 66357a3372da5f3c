//! Whether rows still match when a word is typed on or added, and how closely.
//!
//! First the word's standing in each word of the lexicon is spread over the names that those stand in. Then rows are
//! judged a part at a time, and in it one kind of text after the other: names, other names, places, ids.

use super::class::{Class, Counts};
use super::index::Index;
use super::keys::{HAN, Key};
use super::names::Names;
use super::postings::Posting;
use super::rows::{TO_A_SET, bits, positions};
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
    /// The words of the index in which it may stand.
    open: &'a [u32],
    places: Vec<InPlace>,
    is_in_places: bool,
    joined: String,
    /// Whether some id may hold the word.
    is_in_ids: bool,
}

impl<'a> Search<'a> {
    /// Prepares to look for the last of `words`, which stands so in the words of the index, and in none but those `open`.
    pub fn new(index: &'a Index, words: &'a [Word], standings: &'a Standings, open: &'a [u32]) -> Self {
        let word = &words[words.len() - 1];
        let find = |key: &Key| {
            let found = word.find(key, Field::Place, index.readings());
            (Class::of(found.tier, Field::Place), found.may_grow)
        };
        let places = index.in_places(find, |a, b| (a.0.min(b.0), a.1 || b.1));
        let is_in_places = places.iter().any(|(_, may_grow)| *may_grow);
        let is_in_ids = word.may_be_in(index.present_in_ids());
        Self { index, words, word, standings, open, places, is_in_places, joined: joined(words), is_in_ids }
    }

    /// Gives rows, from `first` on, the class in which the word stands in the words of their names, each by itself.
    pub fn spread(&self, first: usize, classes: &mut [u8]) {
        let (names, others) = (self.index.names(), self.index.others());
        let [of_names, of_others] = self.index.postings();
        let rows = first..first + classes.len();
        let other_names = others.of_rows(rows.clone());
        for word in self.open {
            let standing = self.standings.of(*word);
            let Some([elsewhere, at_start]) = tiers(standing) else { continue };
            let mut add = |row: usize, field: Field, posting: Posting, names: &Names| {
                let is_whole = standing & WHOLE != 0 && posting.is_first() && names.words(posting.name()).len() == 1;
                let tier = if posting.is_first() { at_start } else { elsewhere };
                let class = Class::new(if is_whole { Tier::Whole } else { tier }, field).0;
                classes[row - first] = classes[row - first].min(class);
            };
            of_names.of(*word, &rows).iter().for_each(|posting| add(posting.name(), Field::Name, *posting, names));
            for posting in of_others.of(*word, &other_names) {
                add(others.row(posting.name()), others.fields[posting.name()], *posting, &others.names);
            }
        }
    }

    /// Judges the rows of `part`, which have been given the class in which the word stands in their names' words.
    pub fn judge(&self, part: &mut Part) -> Counts {
        if part.open.iter().all(|set| *set == 0) {
            part.apart.fill(Class::NONE.0);
            return Counts::default();
        }
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
        found.close(part.open);
        if let (Some(before), Some(together)) = (part.before, part.together.as_deref_mut()) {
            positions(part.open).for_each(|at| {
                let apart = Class(before[at]).and(Class(part.apart[at]));
                part.apart[at] = apart.0;
                together[at] = self.as_phrase(part.first + at, apart).0;
            });
        }
        Counts::of(part.together.as_deref().unwrap_or(part.apart))
    }

    /// Judges what the words of a name, each by itself, do not tell.
    fn judge_names(&self, first: usize, rows: &[u64], found: &mut FoundRows) {
        let (names, others) = (self.index.names(), self.index.others());
        for (nth, set) in rows.iter().enumerate().filter(|(_, set)| **set != 0) {
            let at = nth * TO_A_SET;
            let Sight { may_hold, is_closer } = self.sight(names, first + at, *set, &found.classes[at..]);
            found.open[nth] |= if self.word.letters < FEWEST_SCATTERED { may_hold } else { 0 };
            for bit in bits(may_hold & is_closer) {
                let at = at + bit as usize;
                self.judge_closer(names, first + at, Field::Name, at, found);
            }
        }
        let end = (first + rows.len() * TO_A_SET).min(self.index.len());
        for other in others.of_rows(first..end) {
            let at = others.row(other) - first;
            let is_row = rows[at / TO_A_SET] >> (at % TO_A_SET) & 1 == 1;
            if is_row && self.word.may_be_in(others.names.present(other)) {
                found.add(at, (Class::NONE, self.word.letters < FEWEST_SCATTERED));
                if self.looks_closer(others.names.starts(other), found.classes[at]) != 0 {
                    self.judge_closer(&others.names, other, others.fields[other], at, found);
                }
            }
        }
    }

    /// Looks over a set of names that stand together from `first` on, and have those classes so far. There is no branch
    /// in it that depends on a name: one that is not foretold costs more than all the rest.
    #[inline]
    fn sight(&self, names: &Names, first: usize, set: u64, classes: &[u8]) -> Sight {
        let (present, starts) = names.columns(first, classes.len().min(TO_A_SET));
        let look = |sight: Sight, (((bit, present), starts), class): (((u32, &u64), &u32), &u8)| Sight {
            may_hold: sight.may_hold | u64::from(self.word.may_be_in(*present)) << bit,
            is_closer: sight.is_closer | self.looks_closer(*starts, *class) << bit,
        };
        let sight = (0..).zip(present).zip(starts).zip(classes).fold(Sight::default(), look);
        Sight { may_hold: sight.may_hold & set, ..sight }
    }

    /// 1 if a name whose words start so must be looked at closer, for there may be a better class than the one known.
    #[inline]
    fn looks_closer(&self, starts: u32, known: u8) -> u64 {
        let abbreviates = u64::from(self.word.may_abbreviate(starts));
        let scatters = u64::from(self.word.may_scatter_from(starts));
        u64::from(starts & HAN != 0)
            | (abbreviates & u64::from(known > Class::first_of(Tier::Acronym)))
            | (scatters & u64::from(known > Class::first_of(Tier::Scattered)))
    }

    /// Judges a name of the row at `at` that has all letters.
    fn judge_closer(&self, names: &Names, name: usize, field: Field, at: usize, found: &mut FoundRows) {
        if names.has_han(name) {
            found.add(at, self.in_chinese_name(names, name, field));
        } else {
            let class = self.across(names, name, field, Class(found.classes[at]));
            found.add(at, (class, class.is_match()));
        }
    }

    fn in_chinese_name(&self, names: &Names, name: usize, field: Field) -> InPlace {
        let (word, starts) = (self.word, names.starts(name));
        let may_be_more = word.may_be_spelt() || word.may_abbreviate(starts) || word.may_scatter_from(starts);
        let stands = || names.words(name).iter().any(|text| self.standings.of(*text) & INSIDE != 0);
        if !may_be_more && !stands() {
            return InPlace::default();
        }
        let found = word.find(&names.key(name, self.index.lexicon()), field, self.index.readings());
        (Class::of(found.tier, field), found.may_grow)
    }

    /// How the word stands across the words of a name, where that may be better than what is `known`.
    #[inline]
    fn across(&self, names: &Names, name: usize, field: Field, known: Class) -> Class {
        let (starts, lexicon) = (names.starts(name), self.index.lexicon());
        let words = || names.words(name).iter();
        if self.word.is_acronym(starts, &words().map(|word| lexicon.initial(*word))) {
            return Class::new(Tier::Acronym, field);
        }
        let may_scatter = known > Class::new(Tier::Scattered, field) && self.word.may_scatter_from(starts);
        let is_scattered = may_scatter && self.word.is_scattered_among(words().map(|word| lexicon.word(*word)));
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

/// What is seen of a set of names.
#[derive(Clone, Copy, Debug, Default)]
struct Sight {
    /// Those that have all letters of the word.
    may_hold: u64,
    /// Those that must be looked at closer if so.
    is_closer: u64,
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

    /// Leaves of `rows` those that match or may grow; of the others none matches.
    fn close(self, rows: &mut [u64]) {
        for ((set, open), classes) in rows.iter_mut().zip(self.open).zip(self.classes.chunks_mut(TO_A_SET)) {
            let mut matching = 0;
            for (bit, class) in classes.iter_mut().enumerate() {
                let is_row = *set >> bit & 1 == 1;
                *class |= if is_row { 0 } else { Class::NONE.0 };
                matching |= u64::from(Class(*class).is_match()) << bit;
            }
            *set = open | matching;
        }
    }
}

/// The tiers of a word that stands so in a word of a name: not the first, and the first. None where it does not.
fn tiers(standing: Standing) -> Option<[Tier; 2]> {
    if standing & START != 0 {
        Some([Tier::WordPrefix, Tier::Prefix])
    } else if standing & INSIDE != 0 {
        Some([Tier::Substring; 2])
    } else {
        (standing & SCATTERED != 0).then_some([Tier::Scattered; 2])
    }
}
