//! How a word of a query matches each word of the lexicon.

use rayon::prelude::*;

use crate::search::field::Field;
use crate::search::index::bit_slices::BLOCK;
use crate::search::index::lexicon::Lexicon;
use crate::search::matching::word::Word;
use crate::search::text::pinyin_table::PinyinTable;
use crate::search::tier::Tier;

/// Blocks of the lexicon that are looked at by one thread at a time.
const BLOCKS: usize = 64;

/// A word of the lexicon that matches, and what follows for the names in which it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TermMatch {
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
pub(crate) fn term_matches(word: &Word, lexicon: &Lexicon, table: &PinyinTable) -> Vec<TermMatch> {
    let terms = |block| lexicon.with_characters(word.characters, block);
    let in_block = |block| terms(block).filter_map(|term| term_match(word, lexicon, table, term)).collect::<Vec<_>>();
    let blocks = (0..lexicon.len().div_ceil(BLOCK)).into_par_iter().with_min_len(BLOCKS);
    blocks.flat_map_iter(in_block).collect()
}

/// How a word of the lexicon that has all its characters matches `word`.
fn term_match(word: &Word, lexicon: &Lexicon, table: &PinyinTable, term: u32) -> Option<TermMatch> {
    let signature = lexicon.signature(term);
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
    let in_word = || word.subsequence.as_ref().is_some_and(|letters| letters.find(std::iter::once(text), false));
    let tier = match word.place_in(text, 0) {
        Some(_) => Tier::Substring,
        None if in_word() => Tier::Subsequence,
        None => return None,
    };
    Some(TermMatch { term, at_start: tier, elsewhere: tier, is_whole: false })
}
