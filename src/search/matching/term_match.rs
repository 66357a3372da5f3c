//! How a word of a query matches each word of the lexicon.

use rayon::prelude::*;

use crate::search::field::Field;
use crate::search::index::lexicon::Lexicon;
use crate::search::matching::word::Word;
use crate::search::text::pinyin_table::PinyinTable;
use crate::search::tier::Tier;

/// Words of the lexicon that are looked at by one thread at a time.
const BATCH: usize = 4_096;

/// A word of the lexicon that matches, and what follows for the names in which it stands.
#[derive(Clone, Copy, Debug)]
pub struct TermMatch {
    /// The word of the lexicon, by number.
    pub term: u32,
    /// How a name matches that begins with it.
    pub at_start: Tier,
    /// How any other name matches.
    pub elsewhere: Tier,
    /// Whether the query's word is all of it.
    pub is_whole: bool,
}

/// The words of `lexicon` that match `word`.
pub fn term_matches(word: &Word, lexicon: &Lexicon, table: &PinyinTable) -> Vec<TermMatch> {
    let of_batch = |start: usize| {
        let numbers = start..(start + BATCH).min(lexicon.len());
        numbers.filter_map(|number| term_match(word, lexicon, table, u32::try_from(number).ok()?)).collect::<Vec<_>>()
    };
    (0..lexicon.len().div_ceil(BATCH)).into_par_iter().flat_map_iter(|batch| of_batch(batch * BATCH)).collect()
}

fn term_match(word: &Word, lexicon: &Lexicon, table: &PinyinTable, term: u32) -> Option<TermMatch> {
    let signature = lexicon.signature(term);
    if !word.may_be_in(signature) {
        return None;
    }
    if signature.has_han() {
        // Each character is a word: it is looked for as in a whole name, once for all hospitals that are called so.
        let tier = word.find(&lexicon.text(term), Field::Name, table)?;
        return Some(TermMatch { term, at_start: tier, elsewhere: tier, is_whole: false });
    }
    let text = lexicon.word(term);
    if text.starts_with(&word.text) {
        let is_whole = text.len() == word.text.len();
        return Some(TermMatch { term, at_start: Tier::Prefix, elsewhere: Tier::WordPrefix, is_whole });
    }
    let at = word.place_in(text, 0);
    at.map(|_| TermMatch { term, at_start: Tier::Substring, elsewhere: Tier::Substring, is_whole: false })
}
