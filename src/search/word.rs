//! One word of a query against one text: how closely it matches.

use memchr::memmem::Finder;

use super::acronym;
use super::fold::is_han;
use super::index::Index;
use super::keys::{HAN, Key, Marks, pair_bit, presence, start_bit};
use super::pinyin::{Readings, Spelt};
use super::score::{Foresight, Start, most};
use super::{Field, Tier};

/// Most letters that may skip: one less than fit into the bits of a set.
const MOST_SCATTERED: usize = 63;

/// Fewest letters that may skip; of Chinese characters, each a word, two are enough.
pub const FEWEST_SCATTERED: usize = 3;

/// Fewest letters that are looked for in ids.
pub const FEWEST_IN_ID: usize = 3;

/// A word of a query, folded and ready to be looked for.
#[derive(Clone, Debug)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Its length in characters.
    pub letters: usize,
    /// Its first byte.
    head: u8,
    /// The letter, if the word is one of the Latin alphabet: all sets hold those one by one.
    single: Option<u8>,
    finder: Finder<'static>,
    /// The characters that a text must have, as [`presence`] gives them.
    pub needs: u64,
    /// The starts of words that a text must have for its first letter, and for all: [`start_bit`].
    first: u32,
    starts: u32,
    /// The characters that stand side by side in it: [`pair_bit`].
    pairs: u64,
    /// The same one by one, each with the [`start_bit`] of its second character.
    steps: Vec<(u64, u32)>,
    scattered: Option<Scattered>,
    spelt: Option<Spelt>,
    /// Foretells its scores.
    pub foresight: Foresight,
}

/// What a word finds in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// How closely it matches, if it does.
    pub tier: Option<Tier>,
    /// Whether the word, typed on, may match; always when it matches.
    pub may_grow: bool,
    /// From which byte on the word stands in the text; of several places the first where it starts a word.
    pub at: Option<usize>,
}

const NOTHING: Found = Found { tier: None, may_grow: false, at: None };

impl Word {
    /// Prepares a folded word of at least one letter.
    pub fn new(text: &str, readings: &Readings) -> Self {
        Self {
            letters: text.chars().count(),
            head: text.bytes().next().unwrap_or(0),
            single: text.bytes().next().filter(|byte| text.len() == 1 && byte.is_ascii_lowercase()),
            finder: Finder::new(text).into_owned(),
            needs: text.chars().fold(0, |all, c| all | presence(c)),
            first: text.chars().next().map_or(0, start_bit),
            starts: text.chars().fold(0, |all, c| all | start_bit(c)),
            pairs: Marks::of(text).pairs,
            steps: text.chars().zip(text.chars().skip(1)).map(|(a, b)| (pair_bit(a, b), start_bit(b))).collect(),
            scattered: Scattered::new(text),
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

    /// How closely the word matches the name at `at` in the index, without a look at the text where that tells.
    #[inline]
    pub fn find_at(&self, at: usize, index: &Index) -> Found {
        if !self.may_be_in(index.present(at)) {
            return NOTHING;
        }
        let starts = index.starts(at);
        if starts & HAN == 0 {
            if let Some(letter) = self.single {
                let tier = match (index.head(at) == letter, starts & self.first != 0) {
                    (true, _) if index.length(at) == 1 => Tier::Whole,
                    (true, _) => Tier::Prefix,
                    (_, true) => Tier::WordPrefix,
                    (_, false) => Tier::Substring,
                };
                return Found { tier: Some(tier), may_grow: true, at: Some(0).filter(|_| tier <= Tier::Prefix) };
            }
            let may_stand = index.pairs(at) & self.pairs == self.pairs;
            let may_abbreviate = match self.scattered {
                Some(_) => starts & self.first != 0,
                None => starts & self.starts == self.starts && acronym::may_begin(index.head(at), self.head),
            };
            if !may_stand && !may_abbreviate {
                return Found { may_grow: self.letters < FEWEST_SCATTERED, ..NOTHING };
            }
        }
        self.find_in(&index.key(at), index.field(at), index.readings())
    }

    /// How closely the word matches `key`, a text of that field.
    pub fn find(&self, key: &Key, field: Field, readings: &Readings) -> Found {
        if !self.may_be_in(key.present) {
            return NOTHING;
        }
        self.find_in(key, field, readings)
    }

    /// The same, of a text that has all characters of the word.
    #[inline]
    pub fn find_in(&self, key: &Key, field: Field, readings: &Readings) -> Found {
        let found = match field {
            Field::Name | Field::NativeName | Field::Alias => self.find_in_name(key, readings),
            Field::Place => self.find_in_place(key, readings),
            Field::Id => self.find_in_id(key),
        };
        // Until a third letter tells more, what has the letters stays in sight.
        Found { may_grow: found.may_grow || self.letters < FEWEST_SCATTERED, ..found }
    }

    #[inline]
    fn find_in_name(&self, key: &Key, readings: &Readings) -> Found {
        let stands = self.stands_in(key);
        let mut tier = stands.map(|(tier, _)| tier);
        if tier.is_some_and(|tier| tier <= Tier::Prefix) {
            return Found { tier, may_grow: true, at: Some(0) };
        }
        let mut may_grow = false;
        if let Some(spelt) = self.spelt.as_ref().filter(|_| key.has_han()) {
            let found = spelt.find(key.text, readings);
            may_grow = found.may_grow;
            tier = [tier, found.tier].into_iter().flatten().min();
        }
        let is_better = |than: Tier| tier.is_none_or(|tier| tier > than);
        if is_better(Tier::Acronym)
            && key.starts & self.starts == self.starts
            && acronym::may_begin(key.text.bytes().next().unwrap_or(0), self.head)
            && acronym::is_found(key.text, &self.text)
        {
            tier = Some(Tier::Acronym);
        }
        if tier.is_none()
            && key.starts & self.first != 0
            && self.scattered.as_ref().is_some_and(|one| one.find(key.text))
        {
            tier = Some(Tier::Scattered);
        }
        let at = stands.filter(|(stands, _)| Some(*stands) == tier).map(|(_, at)| at);
        Found { tier, may_grow: may_grow || tier.is_some(), at }
    }

    /// A place is not the name: it counts no better than the start of a word, and only from there.
    fn find_in_place(&self, key: &Key, readings: &Readings) -> Found {
        let spelt = self.spelt.as_ref().filter(|_| key.has_han()).map(|spelt| spelt.find(key.text, readings));
        let tiers = [self.tier_in(key), spelt.and_then(|found| found.tier)];
        let fits = tiers.into_iter().flatten().any(|tier| tier <= Tier::WordPrefix);
        let may_grow = fits || spelt.is_some_and(|found| found.may_grow);
        Found { tier: fits.then_some(Tier::WordPrefix), may_grow, at: None }
    }

    /// An id counts whole, or from the start of one of its parts on.
    fn find_in_id(&self, key: &Key) -> Found {
        let tier = if self.letters < FEWEST_IN_ID { None } else { self.tier_in(key) };
        let tier = match tier {
            Some(Tier::Whole) => tier,
            Some(Tier::Prefix | Tier::WordPrefix) => Some(Tier::WordPrefix),
            _ => None,
        };
        Found { tier, may_grow: tier.is_some(), at: None }
    }

    /// How the word stands in the text as it is, if it does.
    pub fn tier_in(&self, key: &Key) -> Option<Tier> {
        self.stands_in(key).map(|(tier, _)| tier)
    }

    /// How the word stands in the text as it is, and from which byte on.
    #[inline]
    fn stands_in(&self, key: &Key) -> Option<(Tier, usize)> {
        if key.pairs & self.pairs != self.pairs {
            return None;
        }
        let (text, word) = (key.text.as_bytes(), self.text.as_bytes());
        if text.first() == word.first() && text.starts_with(word) {
            return Some((if text.len() == word.len() { Tier::Whole } else { Tier::Prefix }, 0));
        }
        let mut at = self.finder.find(text)?;
        let first = at;
        if key.starts & self.first == 0 {
            return Some((Tier::Substring, first));
        }
        while !key.starts_word(at) {
            // A match starts at a character's start, and the next one after that.
            let next = at + key.text[at..].chars().next().map_or(1, char::len_utf8);
            match self.finder.find(&text[next..]) {
                Some(later) => at = next + later,
                None => return Some((Tier::Substring, first)),
            }
        }
        Some((Tier::WordPrefix, at))
    }

    /// How the word stands in the text as pinyin, if it does.
    pub fn spelt_in(&self, key: &Key, readings: &Readings) -> Option<Tier> {
        let spelt = self.spelt.as_ref().filter(|_| key.has_han() && self.may_be_in(key.present))?;
        spelt.find(key.text, readings).tier
    }

    /// The most that the matcher can score the word with in `key`; 0 at least, which stands for what is found by
    /// pinyin alone.
    ///
    /// Two letters of the word that stand nowhere side by side have a gap between them in the text, which costs 4 at
    /// least, and is made good only where the second starts a word. What the matcher goes on with from earlier
    /// letters lacks the worth of two letters, which is more than all gaps between them that count here.
    pub fn most_in(&self, key: &Key) -> i64 {
        const LOST: i64 = 8;
        let is_lost = |(pair, start): &&(u64, u32)| key.pairs & pair == 0 && key.starts & start == 0;
        let lost = i64::try_from(self.steps.iter().filter(is_lost).count()).unwrap_or(0);
        (most(self.letters, self.start_in(key)) - LOST * lost).max(0)
    }

    /// Where its first letter could be matched in `key`.
    fn start_in(&self, key: &Key) -> Start {
        if self.text.as_bytes().first() == key.text.as_bytes().first() {
            Start::Text
        } else if key.starts & self.first != 0 {
            Start::Word
        } else {
            Start::Within
        }
    }

    /// Where the word next starts a word of the text, from byte `from` on; the byte after it.
    pub fn next_start(&self, key: &Key, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at += self.finder.find(key.text.as_bytes().get(at..)?)?;
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

/// Letters in order with gaps: the first starts a word, each other stands at most three characters after
/// the one before, so that two are skipped, or starts a later word.
///
/// All ways are followed at once: bit `i` of a set stands for the word's first `i + 1` letters, matched up to here.
#[derive(Clone, Debug)]
struct Scattered {
    /// At which positions of the word each ASCII character stands.
    ascii: Box<[u64; 128]>,
    others: Vec<(char, u64)>,
    end: u64,
}

impl Scattered {
    fn new(word: &str) -> Option<Self> {
        if !may_scatter(word) {
            return None;
        }
        let (mut ascii, mut others) = (Box::new([0; 128]), Vec::<(char, u64)>::new());
        let mut bit = 1;
        for c in word.chars() {
            match (ascii.get_mut(c as usize), others.iter_mut().find(|(other, _)| *other == c)) {
                (Some(places), _) | (_, Some((_, places))) => *places |= bit,
                _ => others.push((c, bit)),
            }
            bit <<= 1;
        }
        Some(Self { ascii, others, end: bit >> 1 })
    }

    fn places(&self, c: char) -> u64 {
        let other = || self.others.iter().find(|(other, _)| *other == c).map_or(0, |(_, places)| *places);
        self.ascii.get(c as usize).copied().unwrap_or_else(other)
    }

    fn find(&self, text: &str) -> bool {
        if text.is_ascii() {
            let starts = std::iter::once(b' ').chain(text.bytes()).map(|before| before == b' ');
            return self.follow(text.bytes().map(|byte| self.ascii[usize::from(byte & 127)]).zip(starts));
        }
        let befores = std::iter::once(' ').chain(text.chars());
        let starts = |(before, c): (char, char)| before == ' ' || is_han(c) || is_han(before);
        self.follow(text.chars().map(|c| self.places(c)).zip(befores.zip(text.chars()).map(starts)))
    }

    /// Whether the word is found in characters of which are told where in the word each stands, and whether it
    /// starts a word of the text.
    #[inline]
    fn follow(&self, text: impl Iterator<Item = (u64, bool)>) -> bool {
        // What the last three characters matched, and what any before did.
        let (mut one, mut two, mut three, mut all) = (0u64, 0u64, 0u64, 0u64);
        for (places, starts_word) in text {
            let from_any = if starts_word { (all << 1) | 1 } else { 0 };
            let here = places & (((one | two | three) << 1) | from_any);
            if here & self.end != 0 {
                return true;
            }
            all |= here;
            (one, two, three) = (here, one, two);
        }
        false
    }
}

/// Whether the letters of `word` may stand with gaps.
pub fn may_scatter(word: &str) -> bool {
    let letters = word.chars().count();
    let enough = letters >= FEWEST_SCATTERED || (letters > 1 && word.chars().all(is_han));
    enough && letters <= MOST_SCATTERED
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::keys::OwnedKey;
    use super::super::score::Scorer;
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn no_score_passes_the_most_of_its_text(
            text in "[ab]{1,12}|[abcé重1]{1,8}( [abcé重1]{1,6}){0,4}|[a-h]{1,20} [a-h]{1,20}",
            word in "[ab]{1,8}|[abce重1]{1,6}|[a-h]{1,8}",
        ) {
            let mut readings = Readings::default();
            let key = OwnedKey::new(&text, &mut readings);
            let key = key.get();
            if let Some(score) = Scorer::new(&word).score(key.text) {
                let most = Word::new(&word, &readings).most_in(&key);
                prop_assert!(score <= most, "{} of {} in {}", score, most, key.text);
            }
        }
    }
}
