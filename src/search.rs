//! From a query to ranked hospitals: which are meant, in which order, and through which letters.
//!
//! Every word of a query must match somewhere in a hospital's name, native name, aliases, place or id; Chinese
//! names are found by pinyin and its initials too. Plain kinds of match ([`Tier`]) come before scattered
//! letters; within a kind the name comes before other fields, then fuzzy-matcher's score decides, then the
//! shorter name, then catalog order. The order never depends on what was searched before.
//!
//! | room | what it holds |
//! |---|---|
//! | `fold` | one spelling for what people type and what names say |
//! | `pinyin`, `acronym`, `scattered`, `word` | whether one word matches one text, and how closely |
//! | `keys`, `lexicon`, `names`, `columns`, `postings`, `index` | all texts of a catalog, folded side by side |
//! | `sieve` | what a single question cannot find, told without an index |
//! | `query`, `filter`, `complete` | the query language, and what is suggested while it is typed |
//! | `class`, `rows`, `parts`, `standing`, `spread`, `judge`, `engine` | narrowing from key to key, on all cores |
//! | `order`, `facets` | other orders than the best match; counts by country, kind, measure |
//! | `rank`, `score` | the best rows; fuzzy-matcher is hidden in `score` |
//! | `hit` | what to highlight of a row that is shown |

mod acronym;
mod class;
mod columns;
mod complete;
mod engine;
mod facets;
mod filter;
mod fold;
mod hit;
mod index;
mod judge;
mod keys;
mod lexicon;
mod names;
#[cfg(test)]
mod oracle;
mod order;
mod parts;
mod pinyin;
mod postings;
pub mod query;
mod rank;
mod rows;
mod scattered;
mod score;
mod sieve;
mod spread;
mod standing;
#[cfg(test)]
mod tests;
mod word;

use std::sync::Arc;

use crate::catalog::{Catalog, Hospital, HospitalKey};
use crate::text::Text;
pub use complete::Suggestion;
pub use engine::Searcher;
pub use facets::{Facet, Value};
pub use hit::Hit;
pub use index::Index;
use index::MAX_FIELD;
pub use query::{MAX_QUERY, Mistake, Query};
use word::Word;

/// Rows from which on the work is divided among the cores.
const MANY: usize = if cfg!(test) { 8 } else { 16_384 };

/// Where a hospital's text was found, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The name.
    Name,
    /// The name in its own script.
    NativeName,
    /// A short or other name.
    Alias,
    /// City, region or country.
    Place,
    /// The id.
    Id,
}

/// How closely a query matches, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The whole text.
    Whole,
    /// The start of the text, or its first syllables in pinyin.
    Prefix,
    /// The start of a word, or of several words in the query's order, or whole syllables in pinyin.
    WordPrefix,
    /// The starts of words in another order, or in several texts of the hospital.
    AnyOrder,
    /// The initials of words, or of the syllables of a Chinese name.
    Acronym,
    /// Inside a word.
    Substring,
    /// Letters in order, with small gaps.
    Scattered,
}

/// In which order a list stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Best match first; without words to match, as in the catalog.
    #[default]
    Best,
    /// By name.
    Name,
    /// By country, region, city.
    Place,
    /// By the latest figure of the measure of that id, the largest first; hospitals without one last.
    Measure(Text),
}

/// What is asked of a [`Searcher`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// The query, as typed.
    pub query: String,
    /// In which order the hospitals are wanted.
    pub order: Order,
    /// How many of the first ones are wanted.
    pub want: usize,
    /// A hospital up to which they are wanted in any case, while it matches.
    pub keep: Option<HospitalKey>,
    /// Where the caret stands in the query, in bytes, when suggestions are wanted.
    pub caret: Option<usize>,
    /// Whether the hospitals found are to be counted by facet.
    pub facets: bool,
}

impl Ask {
    /// Asks for every hospital that `query` finds, best first.
    #[must_use]
    pub fn all(query: &str) -> Self {
        Self { query: query.to_owned(), want: usize::MAX, ..Self::default() }
    }
}

/// What a query finds.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// How many hospitals match.
    pub total: usize,
    /// How many more match if what their sources leave open is so.
    pub possibly: usize,
    /// The first of those that match, as many as were wanted.
    pub keys: Vec<HospitalKey>,
    /// The query as it was understood.
    pub query: Arc<Query>,
    /// What the part of the query at the caret may become.
    pub suggestions: Vec<Suggestion>,
    /// How many of the hospitals found have what, when that was asked.
    pub facets: Option<Vec<Facet>>,
    words: Arc<Vec<Word>>,
    index: Arc<Index>,
    /// What was searched; none when nothing was.
    catalog: Option<Arc<Catalog>>,
}

impl Answer {
    /// The answer to an empty query: all hospitals of `catalog`, the first `want` of them at hand.
    #[must_use]
    pub fn all(catalog: &Catalog, want: usize) -> Self {
        let keys = catalog.hospitals().map(|(key, _)| key).take(want).collect();
        Self { total: catalog.len(), keys, ..Self::default() }
    }

    /// What to highlight of the hospital at `key`, which this answer found.
    #[must_use]
    pub fn hit(&self, key: HospitalKey) -> Hit {
        self.catalog.as_ref().map_or_else(Hit::default, |catalog| hit::hit(&self.words, &self.index, catalog, key))
    }
}

/// Finds the one hospital that `words` name: an id, or a query that fits exactly one.
///
/// # Errors
///
/// When several fit, or none: then the nearest names.
pub fn resolve(searcher: &mut Searcher, words: &str) -> Result<HospitalKey, Unresolved> {
    let catalog = Arc::clone(searcher.catalog());
    // Two datasets may each have a hospital of that id.
    match catalog.all_by_id(words.trim()).collect::<Vec<_>>()[..] {
        [] => {}
        [one] => return Ok(one),
        ref several => return Err(Unresolved::Several(several.to_vec())),
    }
    if words.trim().is_empty() {
        return Err(Unresolved::None(Vec::new()));
    }
    let found = searcher.by_tier(words);
    // Scattered letters are good enough to choose from a list, not to choose for the user.
    let found: Vec<_> = found.into_iter().filter(|(tier, _)| *tier < Tier::Scattered).collect();
    let whole: Vec<_> = found.iter().filter(|(tier, _)| *tier == Tier::Whole).collect();
    match (&whole[..], &found[..]) {
        ([(_, one)], _) | (_, [(_, one)]) => Ok(*one),
        (_, []) => Err(Unresolved::None(nearest(&catalog, words))),
        (_, several) => Err(Unresolved::Several(several.iter().map(|(_, key)| *key).collect())),
    }
}

/// Why words name no single hospital.
#[derive(Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// These all fit, best first.
    Several(Vec<HospitalKey>),
    /// None fits; these come nearest.
    None(Vec<HospitalKey>),
}

/// The hospitals whose names look most like `words`, at most three.
fn nearest(catalog: &Catalog, words: &str) -> Vec<HospitalKey> {
    let wanted = fold::fold(words, MAX_QUERY);
    let likeness = |hospital: &Hospital| {
        let names = hospital.aliases.iter().chain(&hospital.native_name).chain([&hospital.name, &hospital.id]);
        let whole = names.map(|name| fold::fold(name, MAX_FIELD));
        whole
            .flat_map(|name| name.split_whitespace().map(str::to_owned).chain([name.clone()]).collect::<Vec<_>>())
            .map(|name| strsim::jaro_winkler(&name, &wanted))
            .fold(0.0, f64::max)
    };
    let mut all: Vec<_> = catalog.hospitals().map(|(key, hospital)| (likeness(hospital), key)).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    all.into_iter().take(3).map(|(_, key)| key).collect()
}
