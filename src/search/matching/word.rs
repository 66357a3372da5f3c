//! One word of a query against one text: how closely it matches.

use memchr::memmem::Finder;

use crate::search::field::Field;
use crate::search::index::normalized::{HAN, Key, Marks, present, start_bit};
use crate::search::matching::subsequence::{FEWEST_SCATTERED, Scattered};
use crate::search::rank::score::{Foresight, Start};
use crate::search::text::acronym::{self, Initial};
use crate::search::text::pinyin::{self, Found, Readings, Spelt};
use crate::search::tier::Tier;

/// Fewest letters that are looked for in ids.
pub const FEWEST_IN_ID: usize = 3;

/// A word of a query, folded and ready to be looked for.
#[derive(Clone, Debug)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Its length in characters.
    pub letters: usize,
    finder: Finder<'static>,
    /// The characters that a text must have, as [`present`] gives them.
    pub needs: u64,
    /// The starts of words that a text must have for its first letter: [`start_bit`].
    pub first: u32,
    /// Those all of which a text must have for the word to spell initials of it; all there are where no text does.
    pub abbreviates: u32,
    /// Those some of which it must have for the letters to stand with gaps; none where they do in no text.
    scatters: u32,
    /// The characters that stand side by side in it: [`Marks::pairs`].
    pairs: u64,
    scattered: Option<Scattered>,
    spelt: Option<Spelt>,
    /// Foretells its scores.
    pub foresight: Foresight,
}

impl Word {
    /// Prepares a folded word of at least one letter.
    pub fn new(text: &str, readings: &Readings) -> Self {
        let letters = text.chars().count();
        let (first, scattered) = (text.chars().next().map_or(0, start_bit), Scattered::new(text));
        let starts = text.chars().fold(0, |all, c| all | start_bit(c));
        Self {
            letters,
            finder: Finder::new(text).into_owned(),
            needs: present(text),
            first,
            abbreviates: if letters < acronym::FEWEST { u32::MAX } else { starts },
            scatters: if scattered.is_some() { first } else { 0 },
            pairs: Marks::of(text).pairs,
            scattered,
            spelt: Spelt::new(text, readings),
            foresight: Foresight::new(text),
            text: text.to_owned(),
        }
    }

    /// Prepares several.
    pub fn all<T: AsRef<str>>(words: &[T], readings: &Readings) -> Vec<Self> {
        words.iter().map(|word| Self::new(word.as_ref(), readings)).collect()
    }

    /// Whether a text of these characters may hold the word.
    #[inline]
    pub fn may_be_in(&self, present: u64) -> bool {
        present & self.needs == self.needs
    }

    /// How closely the word matches `key`, a text of that field.
    pub fn find(&self, key: &Key, field: Field, readings: &Readings) -> Found {
        if !self.may_be_in(key.marks.present) {
            return Found { tier: None, may_grow: false };
        }
        let found = match field {
            Field::Name | Field::NativeName | Field::Alias => self.find_in_name(key, readings),
            Field::Place => self.find_in_place(key, readings),
            Field::Id => self.find_in_id(key),
        };
        Found { may_grow: found.may_grow || self.may_grow_among(key.marks.starts), ..found }
    }

    /// Whether the word, typed on, may stand in a text whose words start so, though it does not yet: until a third letter
    /// tells more, what has the first one in the right place stays in sight; and one letter is no pinyin yet.
    pub fn may_grow_among(&self, starts: u32) -> bool {
        (self.letters < FEWEST_SCATTERED && starts & self.first != 0)
            || (self.letters < pinyin::FEWEST && starts & HAN != 0)
    }

    fn find_in_name(&self, key: &Key, readings: &Readings) -> Found {
        let mut tier = self.tier_in(key);
        if tier.is_some_and(|tier| tier <= Tier::Prefix) {
            return Found { tier, may_grow: true };
        }
        let mut may_grow = false;
        if let Some(spelt) = self.spelt.as_ref().filter(|_| key.has_han()) {
            let found = spelt.find(&key.text, readings);
            may_grow = found.may_grow;
            tier = [tier, found.tier].into_iter().flatten().min();
        }
        let is_better = |than: Tier| tier.is_none_or(|tier| tier > than);
        if is_better(Tier::Acronym)
            && self.may_abbreviate(key.marks.starts)
            && self.spells(&key.text.split(' ').map(Initial::of))
        {
            tier = Some(Tier::Acronym);
        }
        if tier.is_none() && self.may_scatter_from(key.marks.starts) && self.is_scattered_in(&key.text) {
            tier = Some(Tier::Scattered);
        }
        Found { tier, may_grow: may_grow || tier.is_some() }
    }

    /// Whether the word may spell initials of a text whose words start so.
    #[inline]
    pub fn may_abbreviate(&self, starts: u32) -> bool {
        starts & self.abbreviates == self.abbreviates
    }

    /// Whether the word spells initials of a text which has these.
    #[inline]
    pub fn spells(&self, initials: &(impl Iterator<Item = Initial> + Clone)) -> bool {
        acronym::is_found(initials, &self.text)
    }

    /// Whether the word may be the pinyin of something.
    #[inline]
    pub fn may_be_spelt(&self) -> bool {
        self.spelt.is_some()
    }

    /// Whether its letters may stand with gaps in a text whose words start so.
    #[inline]
    pub fn may_scatter_from(&self, starts: u32) -> bool {
        starts & self.scatters != 0
    }

    /// Whether its letters stand with gaps in `text`.
    pub fn is_scattered_in(&self, text: &str) -> bool {
        self.scattered.as_ref().is_some_and(|scattered| scattered.find(text))
    }

    /// Whether its letters stand with gaps in a text of these words, of which none is Chinese.
    pub fn is_scattered_among<'w>(&self, words: impl Iterator<Item = &'w str>) -> bool {
        self.scattered.as_ref().is_some_and(|scattered| scattered.find_among(words))
    }

    /// Whether a text may hold it, by the characters that stand side by side there.
    #[inline]
    pub fn may_stand_among(&self, pairs: u64) -> bool {
        pairs & self.pairs == self.pairs
    }

    /// A place is not the name: it counts no better than the start of a word, and only from there.
    fn find_in_place(&self, key: &Key, readings: &Readings) -> Found {
        let spelt = self.spelt.as_ref().filter(|_| key.has_han()).map(|spelt| spelt.find(&key.text, readings));
        let tiers = [self.tier_in(key), spelt.and_then(|found| found.tier)];
        let fits = tiers.into_iter().flatten().any(|tier| tier <= Tier::WordPrefix);
        let may_grow = fits || spelt.is_some_and(|found| found.may_grow);
        Found { tier: fits.then_some(Tier::WordPrefix), may_grow }
    }

    /// An id counts whole, or from the start of one of its parts on.
    fn find_in_id(&self, key: &Key) -> Found {
        let tier = if self.letters < FEWEST_IN_ID { None } else { self.tier_in(key) };
        let tier = match tier {
            Some(Tier::Whole) => tier,
            Some(Tier::Prefix | Tier::WordPrefix) => Some(Tier::WordPrefix),
            _ => None,
        };
        Found { tier, may_grow: tier.is_some() }
    }

    /// How the word stands in the text as it is, if it does.
    pub fn tier_in(&self, key: &Key) -> Option<Tier> {
        if !self.may_stand_among(key.marks.pairs) {
            return None;
        }
        let (text, word) = (key.text.as_bytes(), self.text.as_bytes());
        if text.first() == word.first() && text.starts_with(word) {
            return Some(if text.len() == word.len() { Tier::Whole } else { Tier::Prefix });
        }
        let at = self.place_in(&key.text, 0)?;
        let starts_word = key.marks.starts & self.first != 0 && self.next_start(key, at).is_some();
        Some(if starts_word { Tier::WordPrefix } else { Tier::Substring })
    }

    /// Where the word first stands in `text`, from byte `from` on.
    #[inline]
    pub fn place_in(&self, text: &str, from: usize) -> Option<usize> {
        self.finder.find(text.as_bytes().get(from..)?).map(|at| from + at)
    }

    /// How the word stands in the text as pinyin, if it does.
    pub fn spelt_in(&self, key: &Key, readings: &Readings) -> Option<Tier> {
        let spelt = self.spelt.as_ref().filter(|_| key.has_han() && self.may_be_in(key.marks.present))?;
        spelt.find(&key.text, readings).tier
    }

    /// Where its first letter could be matched in a text of that first character, of which is told whether some word
    /// starts with the characters of a [`start_bit`].
    #[inline]
    pub fn start_in(&self, starts: impl Fn(u32) -> bool, initial: Initial) -> Start {
        if !starts(self.first) {
            Start::Within
        } else if self.text.starts_with(|letter| initial.is(letter)) {
            Start::Text
        } else {
            Start::Word
        }
    }

    /// Where the word next starts a word of the text, from byte `from` on; the byte after it.
    pub fn next_start(&self, key: &Key, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at = self.place_in(&key.text, at)?;
            if key.starts_word(at) {
                return Some(at + self.text.len());
            }
            // A match starts at a character's start, and the next one after that.
            at += key.text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
}

/// The words as they stand in a text one after the other.
pub fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}
