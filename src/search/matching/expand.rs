//! Posting expansion: from the words of the lexicon that match to the rows in whose names those stand.

use std::ops::Range;

use crate::search::field::Field;
use crate::search::index::catalog_index::Index;
use crate::search::index::names::{Names, Posting};
use crate::search::matching::rank_key::RankKey;
use crate::search::matching::term_match::TermMatch;
use crate::search::tier::Tier;

/// Gives the rows from `first` on, which have `keys`, the keys with which a word matches in the words of their names,
/// each by itself. A Chinese name is one word.
pub(crate) fn expand(matches: &[TermMatch], index: &Index, first: usize, keys: &mut [u8]) {
    let (names, others) = (index.names(), index.others());
    let rows = first..first + keys.len();
    let other_names: Range<usize> = others.of_rows(&rows);
    let mut add = |row: usize, key: RankKey| {
        let known = &mut keys[row - first];
        *known = (*known).min(key.0);
    };
    for one in matches {
        let key = |posting: &Posting, field: Field, names: &Names| {
            let is_whole = one.is_whole && posting.is_first() && names.words(posting.name()).len() == 1;
            let tier = if posting.is_first() { one.at_start } else { one.elsewhere };
            RankKey::new(if is_whole { Tier::Whole } else { tier }, field)
        };
        for posting in names.postings(one.term, &rows) {
            add(posting.name(), key(posting, Field::Name, names));
        }
        for posting in others.names.postings(one.term, &other_names) {
            let field = others.fields[posting.name()];
            add(others.row(posting.name()), key(posting, field, &others.names));
        }
    }
}
