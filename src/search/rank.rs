//! The best of many matches: [`ranker`] takes rows by their rank key, then by their [`score`], which hides fuzzy-matcher.

mod bound;
pub(crate) mod ranker;
pub(super) mod score;
