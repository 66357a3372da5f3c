//! How a word of a query stands in each word of the lexicon.

use rayon::prelude::*;

use super::columns::Columns;
use super::lexicon::Lexicon;
use super::pinyin::{Found, Readings};
use super::word::{FEWEST_SCATTERED, Reach, Word};
use super::{Field, MANY, Tier};

/// How a word stands in another: some of the bits below.
pub type Standing = u16;

/// Its letters stand in it with gaps.
pub const SCATTERED: Standing = 1;
/// It stands in it.
pub const INSIDE: Standing = 2;
/// It is its start.
pub const START: Standing = 4;
/// It is all of it.
pub const WHOLE: Standing = 8;
/// Typed on, it may stand in it.
const OPEN: Standing = 16;
/// Its first two letters stand in it with gaps, from its start on, so that the third may start a later word.
pub const NEAR: Standing = 32;
/// Its first letters stand in it, so that others may stand anywhere in the next words.
pub const FAR: Standing = 64;
/// It starts one of the words of a Chinese text, which are its characters, or their pinyin.
pub const WORD: Standing = 128;
/// It is made of their initials.
pub const INITIALS: Standing = 256;
/// It is Chinese, and the word may stand in it, typed on.
pub const GROWING: Standing = 512;

/// How a word of a query stands in each word of the lexicon. The memory serves one query after the other.
#[derive(Debug, Default)]
pub struct Standings(Vec<Standing>);

impl Standings {
    /// Looks for `word` in `lexicon`: where its start was `open`, if it was looked for. The words in which it may
    /// stand when it is typed on.
    pub fn find(&mut self, word: &Word, lexicon: &Lexicon, readings: &Readings, open: Option<&[u32]>) -> Vec<u32> {
        let of = |number: u32| match lexicon.has_han(number) {
            false => standing(word, lexicon, number),
            true => standing_in_chinese(word, lexicon, readings, number),
        };
        let all = 0..u32::try_from(lexicon.len()).unwrap_or(u32::MAX);
        self.0.clear();
        self.0.resize(lexicon.len(), 0);
        let standings = &mut self.0;
        match open {
            None if standings.len() > MANY => {
                standings.par_iter_mut().zip(all.clone()).for_each(|(one, number)| *one = of(number));
            }
            None => standings.iter_mut().zip(all.clone()).for_each(|(one, number)| *one = of(number)),
            Some(open) if open.len() > MANY => {
                let found: Vec<Standing> = open.par_iter().map(|number| of(*number)).collect();
                open.iter().zip(found).for_each(|(number, one)| standings[*number as usize] = one);
            }
            Some(open) => open.iter().for_each(|number| standings[*number as usize] = of(*number)),
        }
        let is_open = |number: &u32| self.0[*number as usize] != 0;
        match open {
            None => all.filter(is_open).collect(),
            Some(open) => open.iter().copied().filter(is_open).collect(),
        }
    }

    /// How it stands in the word of that number.
    #[inline]
    pub fn of(&self, number: u32) -> Standing {
        self.0[number as usize]
    }
}

fn standing(word: &Word, lexicon: &Lexicon, number: u32) -> Standing {
    let is_start = lexicon.starts(number) & word.first != 0;
    if Columns::tell(&word.text) && !is_start {
        return if word.may_be_in(lexicon.present(number)) { INSIDE } else { 0 };
    }
    let open = if is_start && word.letters < FEWEST_SCATTERED { OPEN } else { 0 };
    let may_stand = word.may_be_in(lexicon.present(number)) && word.may_stand_among(lexicon.pairs(number));
    if !is_start && !may_stand {
        return 0;
    }
    let text = lexicon.word(number);
    match word.place_in(text, 0).filter(|_| may_stand) {
        Some(0) if text.len() == word.text.len() => WHOLE | START | INSIDE,
        Some(0) => START | INSIDE | open,
        Some(_) => INSIDE | open,
        None if !is_start || word.letters < FEWEST_SCATTERED => open,
        None => match word.reach_in(text) {
            Some(Reach { letters, .. }) if letters == word.letters => SCATTERED,
            Some(Reach { letters, is_at_end }) if letters > 2 || is_at_end => FAR,
            Some(Reach { letters: 2, .. }) => NEAR,
            _ => 0,
        },
    }
}

/// The same in a Chinese text, each character of which is a word: there it is looked for as in a whole name, once for
/// all hospitals that are called so.
fn standing_in_chinese(word: &Word, lexicon: &Lexicon, readings: &Readings, number: u32) -> Standing {
    let starts = lexicon.starts(number);
    let is_spelt = word.may_be_spelt() && lexicon.spelt(number) & word.first != 0;
    let may_be = is_spelt
        || starts & word.first != 0
        || word.may_stand_among(lexicon.pairs(number))
        || word.may_abbreviate(starts)
        || word.may_scatter_from(starts);
    if !may_be || !word.may_be_in(lexicon.present(number)) {
        return 0;
    }
    let Found { tier, may_grow } = word.find(&lexicon.key(number), Field::Name, readings);
    let growing = if may_grow { GROWING } else { 0 };
    growing
        | tier.map_or(0, |tier| match tier {
            Tier::Whole => WHOLE | START,
            Tier::Prefix => START,
            Tier::WordPrefix | Tier::AnyOrder => WORD,
            Tier::Acronym => INITIALS,
            Tier::Substring => INSIDE,
            Tier::Scattered => SCATTERED,
        })
}
