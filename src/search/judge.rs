//! Whether a row still matches when a word is typed on or added, and how closely.

use super::class::Class;
use super::index::Index;
use super::keys::Key;
use super::pinyin;
use super::word::{FEWEST_IN_ID, Word, joined};
use super::{Field, Tier};

/// A row that matches, or may match when more is typed. Many are written at a key, so it is kept small.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The row.
    pub number: u32,
    /// How the words before the last match, taken together.
    before: Class,
    /// How all words match, each for itself.
    apart: Class,
    /// How all words match, as a phrase where they are one; none when the row only may match.
    pub class: Class,
    /// From which byte of the name on the last word starts a word, if that is how it matches best; or [`NOWHERE`].
    at: u8,
}

/// No byte of a name that is worth remembering.
const NOWHERE: u8 = u8::MAX;

impl Row {
    /// A row of which nothing is known yet.
    pub fn unknown(row: usize) -> Self {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let none = Class::NONE;
        Self { number: row, before: none, apart: none, class: none, at: NOWHERE }
    }
}

/// How a word stands in a place: the class, and whether it may grow.
type InPlace = (Class, bool);

/// How the last of some words is looked for.
pub struct Search<'a> {
    index: &'a Index,
    words: &'a [Word],
    word: &'a Word,
    places: Vec<InPlace>,
    joined: String,
    /// Whether some id may hold the word.
    is_in_ids: bool,
    /// How long the last word was when the rows were found that are looked at; 0 of a new word.
    letters_before: usize,
}

impl<'a> Search<'a> {
    /// Prepares to look for the last of `words`, which is new or had so many letters before.
    pub fn new(index: &'a Index, words: &'a [Word], letters_before: usize) -> Self {
        let word = &words[words.len() - 1];
        let find = |key: &Key| {
            let may_be = word.may_be_in(key.present);
            if may_be { class_in(word, key, Field::Place, index) } else { InPlace::default() }
        };
        let joined = joined(words);
        let is_in_ids = word.may_be_in(index.present_in_ids());
        Self { index, words, word, places: index.in_places(find, better), joined, is_in_ids, letters_before }
    }

    #[inline]
    fn is_new(&self) -> bool {
        self.letters_before == 0
    }

    /// Whether some text of the row has all letters of the last word. Most rows have none for most words, so this is
    /// asked before anything else.
    #[inline]
    pub fn may_match(&self, row: u32) -> bool {
        self.is_in_ids
            || self.index.range(row).any(|at| self.word.may_be_in(self.index.present(at)))
            || self.index.place_of(row).is_some_and(|place| self.places[place].1)
    }

    /// The row with its matches; none when it cannot match, however the word goes on.
    pub fn judge(&self, row: Row) -> Option<Row> {
        let before = match (self.is_new(), self.words.len()) {
            (_, 1) => Class::NONE,
            (true, _) => row.apart,
            (false, _) => row.before,
        };
        if self.words.len() > 1 && !before.is_match() {
            return None;
        }
        if let Some(last) = self.goes_on(row) {
            return Some(self.with(row.number, before, last, row.at));
        }
        let in_place = self.index.place_of(row.number).map_or_else(InPlace::default, |place| self.places[place]);
        let (mut last, mut may_grow) = in_place;
        let mut at_byte = None;
        for at in self.index.range(row.number) {
            let field = self.index.field(at);
            let found = self.word.find_at(at, self.index);
            let class = Class::of(found.tier, field);
            if class < last && field == Field::Name {
                at_byte = found.at.filter(|_| class.tier_number() <= Tier::WordPrefix as u8);
            }
            (last, may_grow) = (last.min(class), may_grow || found.may_grow);
        }
        if self.is_in_ids && self.word.letters < FEWEST_IN_ID {
            // Some id may hold the word when it is long enough.
            may_grow = true;
        } else if self.is_in_ids {
            let found = self.word.find_in(&self.index.id(row.number), Field::Id, self.index.readings());
            last = last.min(Class::of(found.tier, Field::Id));
            may_grow |= found.may_grow;
        }
        let at = at_byte.filter(|_| last.field() == Field::Name).and_then(|at| u8::try_from(at).ok());
        may_grow.then(|| self.with(row.number, before, last, at.unwrap_or(NOWHERE)))
    }

    /// How the last word matches a row whose name it already matched from the start of a word on, if it still
    /// does. Nothing else can match better then, but for another text that is the whole word, and for pinyin and ids where
    /// the word was too short for them before.
    #[inline]
    fn goes_on(&self, row: Row) -> Option<Class> {
        if self.is_new() || row.at == NOWHERE || (self.is_in_ids && self.letters_before < FEWEST_IN_ID) {
            return None;
        }
        if self.letters_before < pinyin::FEWEST && self.index.has_han(row.number) {
            return None;
        }
        let (name, word) = (self.index.name(row.number).text.as_bytes(), self.word.text.as_bytes());
        let is_id = || self.is_in_ids && self.index.id(row.number).text.as_bytes() == word;
        if !name[usize::from(row.at)..].starts_with(word) || is_id() || self.index.has_other_name(row.number, word) {
            return None;
        }
        let tier = match row.at {
            0 if name.len() == word.len() => Tier::Whole,
            0 => Tier::Prefix,
            _ => Tier::WordPrefix,
        };
        Some(Class::new(tier, Field::Name))
    }

    fn with(&self, row: u32, before: Class, last: Class, at: u8) -> Row {
        let apart = if self.words.len() == 1 { last } else { before.and(last) };
        let class = if self.words.len() == 1 { last } else { self.as_phrase(row, apart) };
        Row { number: row, before, apart, class, at }
    }

    /// The class of several words that match: better where they stand together.
    fn as_phrase(&self, row: u32, apart: Class) -> Class {
        if !apart.is_match() || apart.tier_number() > Tier::AnyOrder as u8 {
            return apart;
        }
        let phrases = self.index.names_and_id(row).filter_map(|(field, key)| {
            let tier = phrase_in(&self.joined, self.words, &key)?;
            let is_part_of_id = field == Field::Id && tier == Tier::Prefix;
            Some(Class::new(if is_part_of_id { Tier::WordPrefix } else { tier }, field))
        });
        phrases.fold(apart, Class::min)
    }
}

/// How several words stand in `key` together: as its start, or starting words one after the other.
fn phrase_in(joined: &str, words: &[Word], key: &Key) -> Option<Tier> {
    if !words.iter().all(|word| word.may_be_in(key.present)) {
        return None;
    }
    if key.text.starts_with(joined) {
        return Some(if key.text.len() == joined.len() { Tier::Whole } else { Tier::Prefix });
    }
    words.iter().try_fold(0, |from, word| word.next_start(key, from)).map(|_| Tier::WordPrefix)
}

#[inline]
fn class_in(word: &Word, key: &Key, field: Field, index: &Index) -> InPlace {
    let found = word.find_in(key, field, index.readings());
    (Class::of(found.tier, field), found.may_grow)
}

fn better(a: InPlace, b: InPlace) -> InPlace {
    (a.0.min(b.0), a.1 || b.1)
}
