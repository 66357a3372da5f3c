//! How a word of a query stands in each word of the lexicon.

use rayon::prelude::*;

use crate::search::field::Field;
use crate::search::index::lexicon::Lexicon;
use crate::search::matching::scan::MANY;
use crate::search::matching::word::Word;
use crate::search::text::pinyin::{Found, Readings};
use crate::search::tier::Tier;

/// How a word stands in another: some of the bits below.
pub type Standing = u16;

/// Its letters stand in it with gaps.
pub const SCATTERED: Standing = 1;
/// It stands in it, but not at its start.
pub const INSIDE: Standing = 2;
/// It is its start.
pub const START: Standing = 4;
/// It is all of it.
pub const WHOLE: Standing = 8;
/// It starts one of the words of a Chinese text, which are its characters, or their pinyin.
pub const WORD: Standing = 128;
/// It is made of their initials.
pub const INITIALS: Standing = 256;
/// It is Chinese, and the word may stand in it, typed on.
pub const GROWING: Standing = 512;

/// Words of the lexicon, by number, in which a word of a query stands somehow, and how.
pub type Standings = Vec<(u32, Standing)>;

/// Words of the lexicon that are looked at by one thread at a time.
const BATCH: usize = 4_096;

/// Looks for `word` in the words of `lexicon`: in those where its start stood, if that was looked for.
pub fn standings(word: &Word, lexicon: &Lexicon, readings: &Readings, among: Option<&Standings>) -> Standings {
    let of = |number: u32| {
        if lexicon.has_han(number) {
            return standing_in_chinese(word, lexicon, readings, number);
        }
        standing(word, lexicon, number)
    };
    let stands = |number: u32| Some((number, of(number))).filter(|(_, standing)| *standing != 0);
    let count = among.map_or(lexicon.len(), Vec::len);
    let of_batch = |start: usize| -> Standings {
        let end = (start + BATCH).min(count);
        match among {
            Some(among) => among[start..end].iter().filter_map(|(number, _)| stands(*number)).collect(),
            None => (start..end).filter_map(|number| stands(u32::try_from(number).ok()?)).collect(),
        }
    };
    if count > MANY {
        let batches: Vec<Standings> = (0..count).into_par_iter().step_by(BATCH).map(of_batch).collect();
        return batches.concat();
    }
    (0..count).step_by(BATCH).flat_map(of_batch).collect()
}

/// How `word` stands in the word of that number.
fn standing(word: &Word, lexicon: &Lexicon, number: u32) -> Standing {
    let is_start = lexicon.starts(number) & word.first != 0;
    let may_stand = word.may_be_in(lexicon.present(number)) && word.may_stand_among(lexicon.pairs(number));
    if !is_start && !may_stand {
        return 0;
    }
    let text = lexicon.word(number);
    if is_start && text.starts_with(&word.text) {
        return START | if text.len() == word.text.len() { WHOLE } else { 0 };
    }
    if may_stand && word.place_in(text, 0).is_some() { INSIDE } else { 0 }
}

/// The same in a Chinese text, each character of which is a word: there it is looked for as in a whole name, once for
/// all hospitals that are called so.
fn standing_in_chinese(word: &Word, lexicon: &Lexicon, readings: &Readings, number: u32) -> Standing {
    if !word.may_be_in(lexicon.present(number)) {
        return 0;
    }
    let starts = lexicon.starts(number);
    let stands = || word.may_stand_among(lexicon.pairs(number)) && word.place_in(lexicon.word(number), 0).is_some();
    let is_spelt = word.may_be_spelt() && lexicon.spelt(number) & word.first != 0;
    if !is_spelt && !word.may_abbreviate(starts) && !word.may_scatter_from(starts) && !stands() {
        return if word.may_grow_among(starts) { GROWING } else { 0 };
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
