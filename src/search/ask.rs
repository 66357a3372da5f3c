//! What is asked of a searcher.

use crate::catalog::HospitalKey;
use crate::search::order::Order;

/// What is asked of a [`Searcher`](crate::search::Searcher).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// The query, as typed.
    pub query: String,
    /// In which order the hospitals are wanted.
    pub order: Order,
    /// How many of the first ones are wanted.
    pub want: usize,
    /// List at least up to this hospital, if it is among the best ten thousand matches.
    pub keep: Option<HospitalKey>,
    /// Where the caret stands in the query, in bytes, when suggestions are wanted.
    pub caret: Option<usize>,
    /// Whether, at an empty word, all names of fields and measures are suggested.
    pub names: bool,
    /// Whether the hospitals found are to be counted by facet.
    pub facets: bool,
    /// Whether it is wanted where the hospitals found lie.
    pub points: bool,
}

impl Ask {
    /// Asks for every hospital that `query` finds, best first.
    #[must_use]
    pub fn all(query: &str) -> Self {
        Self { query: query.to_owned(), want: usize::MAX, ..Self::default() }
    }
}

/// A search was abandoned, because nobody waits for it.
#[derive(Debug)]
pub(super) struct Abandoned;
