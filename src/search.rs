//! From a query to ranked hospitals.
//!
//! Every word of a query must match somewhere in a hospital's name, native name, aliases, place or id; Chinese
//! names are found by pinyin and its initials too. Else it must stand in any other text of the hospital, whole or as the start
//! of a word (`index::other`). How closely it matches ([`Tier`]) decides the order; then in which
//! text, the name first; then fuzzy-matcher's score, then the shorter name, then catalog order. The order never depends
//! on what was searched before.
//!
//! # How a keystroke becomes ranked rows
//!
//! Once, when a catalog is loaded, [`Index`] folds all names to one spelling (`text::fold`: no case, accents,
//! width; Traditional characters as Simplified). Hospitals stand in *rows*, the shorter name first. The *lexicon*
//! has each distinct word once; a name is a list of words; *postings* tell in which names a word stands. Each name
//! has a *signature*: which characters it has, and with which its words start. The *bit-sliced index* holds the
//! signatures turned on their side, so that one load tells of 64 names which have a letter.
//!
//! Then, for each keystroke, the [`Searcher`] does this:
//!
//! 1. **Parse** (`query`). Words are ranked; phrases, `!words`, fields and measures only let hospitals through
//!    (`filter`). What the words before the last found is kept from the keystroke before; only the last word is new.
//! 2. **Look the word up in the lexicon** (`matching::term_match`): is it the start of an entry, inside it, its pinyin,
//!    or are its letters there with gaps? Most entries are ruled out by their signature.
//! 3. **Expand by the postings** (`matching::expand`): each row whose name has a matching entry gets a *rank key*,
//!    tier and field in one byte, where smaller is better. A row keeps its best.
//!    A word that fewer than a hundred hospitals have so is also looked for as letters with gaps.
//! 4. **Evaluate the rest by chunks of rows** (`matching::evaluate`): initials of words and letters with gaps, which
//!    go across words; places and ids; and whether several words stand together as a phrase. Block masks from
//!    the bit-sliced index tell which names to read. Rows are counted by key.
//! 5. **Rank** (`rank`). Keys are taken from the best on until enough rows are found. Within a key, fuzzy-matcher's score
//!    decides. Within the last key there may be more rows than wanted: a row is skipped that cannot score more than the
//!    worst one kept, by a bound (`rank::bound`) that is worked out once for each word of the lexicon.
//! 6. **List** (`listing`): the hospitals of those rows that the filters let through, or all of them in another order
//!    (`sort`), how many there are, how many more possibly match; counts by country or kind if asked (`facets`).
//!
//! The rank key of several words is the worse of their tiers and fields, and at best [`Tier::AnyOrder`], unless they stand
//! together as a phrase. In the browser, `tui::workers` calls the searcher and cancels it at the next keystroke. A command
//! asks only once ([`Searcher::once`]) and indexes only what the `prefilter` cannot rule out. What to highlight is worked
//! out only for rows on the screen (`highlight`).
//!
//! | wing | what it holds | imports |
//! |---|---|---|
//! | `text` | folding, initials, pinyin, signatures: what texts are compared by | – |
//! | `index` | lexicon, names, postings, bit-sliced index, ids, places and other texts of a catalog | text |
//! | `matching` | which rows match the words, and how closely | index, text |
//! | `rank` | the best of many matches; hides fuzzy-matcher | matching, index |
//! | [`query`] | the query language: grammar, tokens, terms, mistakes, completion | text |
//!
//! A query with `or` among words is searched once for each combination, and `ways` puts together what these find. `says`
//! tells which hospitals say something in a field, `places` under which names and codes countries and regions go, `geo` how far
//! points are from each other, and `point_map` which of those found lie where.
//!
//! `field`, `order` and `tier` are small types that all wings share. The other files beside the wings put these together.

mod answer;
mod ask;
mod facets;
mod field;
mod filter;
mod geo;
mod highlight;
mod index;
mod listing;
mod matching;
#[cfg(test)]
mod oracle;
mod order;
mod places;
mod point_map;
mod prefilter;
pub mod query;
mod rank;
mod resolve;
mod says;
mod searcher;
mod sort;
#[cfg(test)]
mod tests;
mod text;
mod tier;
mod ways;

pub use answer::Answer;
pub use ask::Ask;
pub use facets::{Facet, FacetChoice, FacetValue};
pub use geo::GeoPoint;
pub use highlight::Hit;
pub use index::catalog_index::Index;
pub use order::{Order, SortBy};
pub use point_map::{Bearing, PointMap, Spot};
pub(crate) use point_map::{Bounds, DotGrid};
pub use query::complete::Suggestion;
pub use query::field::QueryField;
pub use query::fields::FieldEntry;
pub(crate) use query::fields::entries as fields;
pub use query::mistake::{Mistake, MistakeKind};
pub(crate) use query::parse::MAX_QUERY;
pub use query::parse::Query;
pub(crate) use query::rewrite::with_order;
pub use query::shown::Shown;
pub(crate) use resolve::{Resolved, Unresolved, resolve};
pub use searcher::Searcher;
pub use tier::Tier;
