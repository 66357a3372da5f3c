//! How a word of a query stands in a name, as far as a glance at the name's words tells.
//!
//! A name is glanced at for nearly every key, and half of them match. So there is no branch here that depends on the
//! name: a branch that is not foretold costs more than all the rest.

use super::class::Class;
use super::names::Names;
use super::standing::{INSIDE, SCATTERED, START, Standing, Standings, WHOLE};
use super::{Field, Tier};

/// Words of a name taken at a time; most have no more.
const TOGETHER: usize = 8;

/// All bits for the words that a name has, none for those after it.
const KEPT: [[Standing; TOGETHER]; TOGETHER + 1] = {
    let mut kept = [[0; TOGETHER]; TOGETHER + 1];
    let mut words = 0;
    while words <= TOGETHER {
        let mut at = 0;
        while at < words {
            kept[words][at] = Standing::MAX;
            at += 1;
        }
        words += 1;
    }
    kept
};

/// The class, but for the field, of a word that stands so in some word of a name.
const ANYWHERE: [u8; 16] = {
    let mut classes = [Class::NONE.0; 16];
    let mut bits: Standing = 1;
    while bits < 16 {
        classes[bits as usize] = match bits {
            bits if bits & START != 0 => Class::first_of(Tier::WordPrefix),
            bits if bits & INSIDE != 0 => Class::first_of(Tier::Substring),
            bits if bits & SCATTERED != 0 => Class::first_of(Tier::Scattered),
            _ => Class::NONE.0,
        };
        bits += 1;
    }
    classes
};

/// The same of the first word of a name; in the second row, of its only one.
const AT_START: [[u8; 16]; 2] = {
    let mut classes = [[Class::NONE.0; 16]; 2];
    let mut bits: Standing = 1;
    while bits < 16 {
        if bits & START != 0 {
            let whole = bits & WHOLE != 0;
            classes[0][bits as usize] = Class::first_of(Tier::Prefix);
            classes[1][bits as usize] = Class::first_of(if whole { Tier::Whole } else { Tier::Prefix });
        }
        bits += 1;
    }
    classes
};

/// What a glance tells.
#[derive(Clone, Copy, Debug)]
pub struct Glance {
    any: Standing,
    class: u8,
}

impl Glance {
    /// Glances at the words of the name at `at`.
    #[inline]
    pub fn new(standings: &Standings, names: &Names, at: usize) -> Self {
        let (words, count) = names.some_words::<TOGETHER>(at);
        let kept = &KEPT[count.min(TOGETHER)];
        let standing = |at: usize| standings.of(words[at]) & kept[at];
        let mut any = (0..TOGETHER).fold(0, |any, at| any | standing(at));
        if count > TOGETHER {
            any |= names.words(at)[TOGETHER..].iter().fold(0, |any, word| any | standings.of(*word));
        }
        let at_start = AT_START[usize::from(count == 1)][usize::from(standing(0) % 16)];
        Self { any, class: ANYWHERE[usize::from(any % 16)].min(at_start) }
    }

    /// Whether the word starts a word of the name: there is no better match then.
    #[inline]
    pub fn is_start(self) -> bool {
        self.any & START != 0
    }

    /// Whether it stands in a word of the name, its letters with gaps or not.
    #[inline]
    pub fn is_inside(self) -> bool {
        self.any & (INSIDE | SCATTERED) != 0
    }

    /// The class as far as the words by themselves tell.
    #[inline]
    pub fn class(self, field: Field) -> Class {
        Class(self.class.saturating_add(field as u8))
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::{Numbers, words};
    use super::super::pinyin::Readings;
    use super::super::word::Word;
    use super::*;

    #[test]
    fn a_glance_tells_the_tier() {
        let long = "a b c d e f g h i hospital of many words";
        for (name, word, tier) in [
            ("hospital", "hospital", Some(Tier::Whole)),
            ("hospital", "hosp", Some(Tier::Prefix)),
            ("hospital one", "hospital", Some(Tier::Prefix)),
            ("one hospital", "hospital", Some(Tier::WordPrefix)),
            ("one hospital", "spit", Some(Tier::Substring)),
            ("one hospital", "hsptl", Some(Tier::Scattered)),
            ("one hospital", "clinic", None),
            (long, "many", Some(Tier::WordPrefix)),
            (long, "pital", Some(Tier::Substring)),
            ("", "a", None),
        ] {
            let (mut numbers, mut names, mut standings) = (Numbers::default(), Names::default(), Standings::default());
            // What stands before and after a name is none of its words.
            let texts = ["hospital spit hsptl", name, "clinic hospital"];
            let of_names: Vec<Vec<u32>> =
                texts.iter().map(|text| words(text).map(|word| numbers.of(word)).collect()).collect();
            let (lexicon, marks) = numbers.into_lexicon(&Readings::default());
            for words in of_names {
                names.push(words.into_iter(), &marks);
            }
            standings.find(&Word::new(word, &Readings::default()), &lexicon, None);
            let glance = Glance::new(&standings, &names, 1);
            assert_eq!(glance.class(Field::Alias), Class::of(tier, Field::Alias), "{word} in {name}");
            assert_eq!(glance.is_start(), tier.is_some_and(|tier| tier <= Tier::WordPrefix), "{word} in {name}");
        }
    }
}
