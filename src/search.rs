//! From a query to ranked hospitals: which are meant, in which order, and through which letters.
//!
//! Every word of a query must match somewhere in a hospital's name, native name, aliases, place or id; Chinese
//! names are found by pinyin and its initials too. Plain kinds of match ([`Tier`]) come before scattered
//! letters; within a kind the name comes before other fields, then fuzzy-matcher's score decides, then the
//! shorter name, then catalog order. The order never depends on what was searched before.
//!
//! | wing | what it holds |
//! |---|---|

mod answer;
mod ask;
mod facets;
mod field;
mod filter;
mod highlight;
mod index;
mod listing;
mod matching;
#[cfg(test)]
mod oracle;
mod order;
mod prefilter;
pub mod query;
mod rank;
mod resolve;
mod searcher;
mod sort;
#[cfg(test)]
mod tests;
mod text;
mod tier;

pub use answer::Answer;
pub use ask::Ask;
pub use facets::{Facet, Value};
pub use field::Field;
pub use highlight::Hit;
pub use index::catalog_index::Index;
pub use order::Order;
pub use query::complete::Suggestion;
pub use query::mistake::{Mistake, MistakeKind};
pub use query::parse::{MAX_QUERY, Query};
pub use resolve::{Unresolved, resolve};
pub use searcher::Searcher;
pub use tier::Tier;
