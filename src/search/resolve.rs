//! The one hospital that words name.

use std::sync::Arc;

use crate::catalog::{Catalog, HospitalKey, Summary};
use crate::search::query::parse::MAX_QUERY;
use crate::search::searcher::Searcher;
use crate::search::text::fold::{self, MAX_FIELD};
use crate::search::tier::Tier;
use crate::text::Text;

/// Finds the one hospital that `words` name: an id, or a query that fits exactly one.
///
/// # Errors
///
/// When several fit, or none: then the nearest names.
pub(crate) fn resolve(searcher: &mut Searcher, words: &str) -> Result<Resolved, Unresolved> {
    let catalog = Arc::clone(searcher.catalog());
    // Two datasets may each have a hospital of that id.
    match catalog.all_by_id(words.trim()).collect::<Vec<_>>()[..] {
        [] => {}
        [key] => return Ok(Resolved { key, others: 0 }),
        ref several => return Err(Unresolved::Several(several.to_vec())),
    }
    if words.trim().is_empty() {
        return Err(Unresolved::None(Vec::new()));
    }
    let found = searcher.by_tier(words);
    // Subsequence letters are good enough to choose from a list, not to choose for the user.
    let found: Vec<_> = found.into_iter().filter(|(tier, _)| *tier < Tier::Subsequence).collect();
    let whole: Vec<_> = found.iter().filter(|(tier, _)| *tier == Tier::Whole).collect();
    match (&whole[..], &found[..]) {
        ([(_, key)], all) => Ok(Resolved { key: *key, others: all.len() - 1 }),
        (_, [(_, key)]) => Ok(Resolved { key: *key, others: 0 }),
        (_, []) => Err(Unresolved::None(nearest(&catalog, words))),
        (_, several) => Err(Unresolved::Several(several.iter().map(|(_, key)| *key).collect())),
    }
}

/// The hospital that words name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Resolved {
    /// Where it is.
    pub key: HospitalKey,
    /// How many others have the words, too, in longer names.
    pub others: usize,
}

/// Why words name no single hospital.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unresolved {
    /// These all fit, best first.
    Several(Vec<HospitalKey>),
    /// None fits; these come nearest.
    None(Vec<HospitalKey>),
}

/// The hospitals whose names look most like `words`, at most three.
fn nearest(catalog: &Catalog, words: &str) -> Vec<HospitalKey> {
    let wanted = fold::fold(words, MAX_QUERY);
    let likeness = |hospital: Summary| {
        let aliases = hospital.aliases.iter().map(Text::as_str);
        let names = aliases.chain(hospital.native_name).chain([hospital.name, hospital.id]);
        let whole = names.map(|name| fold::fold(name, MAX_FIELD));
        whole
            .flat_map(|name| name.split_whitespace().map(str::to_owned).chain([name.clone()]).collect::<Vec<_>>())
            .map(|name| strsim::jaro_winkler(&name, &wanted))
            .fold(0.0, f64::max)
    };
    let mut all: Vec<_> = catalog.summaries().map(|(key, hospital)| (likeness(hospital), key)).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    all.into_iter().take(3).map(|(_, key)| key).collect()
}
