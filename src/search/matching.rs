//! Which rows the words of a query match, and how closely.
//!
//! [`matches`] does this word by word: `term_match` looks the word up in the lexicon, `expand` gives the rows of matching
//! entries a `rank_key`, and `evaluate` finds what goes across words (abbreviations, `subsequence`s, phrases) and what is in
//! places and ids. `word` says whether one word matches one text.

pub(crate) mod evaluate;
pub(super) mod expand;
pub(super) mod matches;
pub(crate) mod rank_key;
pub(crate) mod subsequence;
pub(crate) mod term_match;
pub(super) mod word;
