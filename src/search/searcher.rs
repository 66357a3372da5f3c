//! Answers queries on one catalog.
//!
//! What the words of the last query found is kept, so that of a query that is typed on only the last word is looked
//! for anew; and what the queries before it found, so that nothing is looked for when letters are deleted. Rows in great
//! number are divided among the cores, and a search is abandoned as soon as nobody waits for it.

use std::sync::Arc;

use crate::catalog::{Catalog, HospitalKey};
use crate::search::answer::Answer;
use crate::search::ask::Ask;
use crate::search::facets::{self, Facet};
use crate::search::filter::Filters;
use crate::search::index::catalog_index::Index;
use crate::search::listing::Listing;
use crate::search::matching::matches::Matches;
use crate::search::matching::word::Word;
use crate::search::order::SortBy;
use crate::search::prefilter::candidates;
use crate::search::query::complete::Values;
use crate::search::query::field::QueryField;
use crate::search::query::parse::Query;
use crate::search::query::term::TermKind;
use crate::search::rank::ranker::Ranker;
use crate::search::sort::Orders;
use crate::search::tier::Tier;

/// How many leading words have their matches cached.
const MOST_KEPT: usize = 24;

/// How many matches of earlier queries are cached: as many letters can be deleted without a new search.
const MOST_EARLIER: usize = 16;

/// Answers queries on one catalog, and remembers what the last one found.
#[derive(Debug)]
pub struct Searcher {
    catalog: Arc<Catalog>,
    index: Arc<Index>,
    /// The matches of the first word of the last query, of its first two words, and so on.
    known: Vec<Matches>,
    /// The matches of earlier queries, the latest last.
    earlier: Vec<Matches>,
    filters: Filters,
    orders: Orders,
    values: Values,
    /// The fields that divide lists, once that has been asked.
    divided_by: Option<Arc<[QueryField]>>,
    /// Rows that are evaluated by one thread at a time.
    chunk: usize,
}

impl Searcher {
    /// Makes `catalog` searchable.
    #[must_use]
    pub fn new(catalog: Arc<Catalog>) -> Self {
        let index = Index::new(&catalog);
        Self::with_index(catalog, index)
    }

    /// Answers one query, for commands. Only hospitals that the prefilter cannot rule out are indexed, which is quicker
    /// than indexing all.
    #[must_use]
    pub fn once(catalog: Arc<Catalog>, query: &str) -> Answer {
        let candidates = candidates(&catalog, &Query::parse(query, &catalog).words());
        let index = Index::of(&catalog, &candidates);
        Self::with_index(catalog, index).search(&Ask::all(query))
    }

    fn with_index(catalog: Arc<Catalog>, index: Index) -> Self {
        let (known, earlier, filters, orders, values, divided_by) = Default::default();
        Self { catalog, index: Arc::new(index), known, earlier, filters, orders, values, divided_by, chunk: 4_096 }
    }

    /// The same in chunks of so many rows.
    #[cfg(test)]
    pub(crate) fn with_chunk(self, chunk: usize) -> Self {
        Self { chunk, ..self }
    }

    /// The catalog that is searched.
    #[must_use]
    pub fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }

    /// The searchable text.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// What `ask` finds.
    pub fn search(&mut self, ask: &Ask) -> Answer {
        self.search_while(ask, &|| true).unwrap_or_default()
    }

    /// What `ask` finds; none when it is no longer `wanted` before it ends.
    pub(crate) fn search_while(&mut self, ask: &Ask, wanted: &(impl Fn() -> bool + Sync)) -> Option<Answer> {
        // Enter the thread pool once: waking its threads for each step costs as much as the step.
        rayon::scope(|_| self.answer(ask, wanted))
    }

    fn answer(&mut self, ask: &Ask, wanted: &(impl Fn() -> bool + Sync)) -> Option<Answer> {
        let query = Query::parse(&ask.query, &self.catalog);
        let words = Word::all(&query.words(), self.index.pinyin());
        self.find(&words, wanted)?;
        let filter = self.filters.of(query.filters(), &self.catalog, &self.index, wanted).ok()?;
        let without_place = self.without_place(&query, &words, wanted)?;
        let matches = self.known.last().filter(|_| !words.is_empty());
        let order = Some(query.order().unwrap_or_else(|| ask.order.clone()));
        // Matches are ranked, and all hospitals stand in this order.
        let order = order.filter(|order| order.by != SortBy::Best || (matches.is_none() && filter.is_some()));
        let order = order.map(|order| self.orders.of(&order, &self.catalog, &self.index, wanted)).transpose().ok()?;
        let listing = Listing { index: &self.index, catalog: &self.catalog, ask, filter: filter.as_ref(), order };
        let all = ask.facets.then(|| listing.all(matches));
        let (total, possibly, keys) = match matches {
            Some(matches) => listing.ranked(&words, matches),
            None => listing.unranked(),
        };
        let caret = ask.caret.filter(|caret| ask.query.is_char_boundary(*caret));
        let suggestions =
            caret.map_or(Vec::new(), |caret| self.values.suggest(&ask.query, caret, ask.names, &self.catalog));
        let facets = match all {
            Some(all) => Some(self.facets(&all, &ask.query, wanted)?),
            None => None,
        };
        let (query, words, index) = (Arc::new(query), Arc::new(words), Arc::clone(&self.index));
        let catalog = Some(Arc::clone(&self.catalog));
        Some(Answer { total, possibly, without_place, keys, query, suggestions, facets, words, index, catalog })
    }

    /// How many of the hospitals that a query finds have each value; of a field of which it asks for values, as if it did not.
    fn facets(
        &mut self,
        found: &[HospitalKey],
        query: &str,
        wanted: &(impl Fn() -> bool + Sync),
    ) -> Option<Vec<Facet>> {
        let catalog = Arc::clone(&self.catalog);
        let fields = self.divided_by.get_or_insert_with(|| facets::fields(&catalog).into());
        let mut facets = Vec::new();
        for field in &*Arc::clone(fields) {
            let facet = match facets::without_values(query, &field.name()) {
                Some(others) => {
                    let answer = self.answer(&Ask::all(&others), wanted)?;
                    facets::of_field(&catalog, &answer.keys, field)
                }
                None => facets::of_field(&catalog, found, field),
            };
            facets.extend(facet);
        }
        facets.extend(facets::of_measures(&catalog, found));
        Some(facets)
    }

    /// How many hospitals without coordinates match all but how far they are from the place of the query; none when no longer
    /// wanted.
    fn without_place(&mut self, query: &Query, words: &[Word], wanted: &(impl Fn() -> bool + Sync)) -> Option<usize> {
        if query.near().is_none() {
            return Some(0);
        }
        let others = query.filters().filter(|term| !matches!(term.kind, TermKind::Within { .. }));
        let filter = self.filters.of(others, &self.catalog, &self.index, wanted).ok()?;
        let (catalog, ask) = (Arc::clone(&self.catalog), Ask::default());
        let listing =
            Listing { index: &self.index, catalog: &catalog, ask: &ask, filter: filter.as_ref(), order: None };
        let found = listing.all(self.known.last().filter(|_| !words.is_empty()));
        let points = self.catalog.points();
        Some(found.into_iter().filter(|key| points.of(*key).is_none()).count())
    }

    /// The hospitals that plain words find, whatever signs those hold, best first, each with how closely.
    pub(crate) fn by_tier(&mut self, words: &str) -> Vec<(Tier, HospitalKey)> {
        let query = Query::of_words(words);
        let words = Word::all(&query.words(), self.index.pinyin());
        self.find(&words, &|| true);
        let Some(matches) = self.known.last() else { return Vec::new() };
        let best =
            Ranker::new(&self.index, &words, &matches.word_keys).best(&matches.keys, &matches.counts, usize::MAX);
        best.into_iter().map(|row| (matches.keys.of(row).tier(), self.index.hospital(row))).collect()
    }

    /// Brings what `words` find to the end of what is known; none when no longer wanted.
    fn find(&mut self, words: &[Word], wanted: &(impl Fn() -> bool + Sync)) -> Option<()> {
        let kept = self.known.iter().rposition(|known| known.are_first(words)).map_or(0, |at| at + 1);
        let mut dropped: Vec<Matches> = self.known.drain(kept..).collect();
        for count in self.known.last().map_or(0, |known| known.words.len()) + 1..=words.len() {
            let words = &words[..count];
            let shorter = dropped.first().filter(|shorter| shorter.are_shorter(words));
            let before = self.known.last();
            let found = match self.earlier.iter().position(|earlier| earlier.are_of(words)) {
                Some(at) => Some(self.earlier.remove(at)),
                None => Matches::find(&self.index, words, before, shorter, self.chunk, wanted),
            };
            let Some(found) = found else {
                dropped.truncate(1);
                self.known.append(&mut dropped);
                return None;
            };
            if self.known.len() == MOST_KEPT {
                self.known.remove(0);
            }
            self.known.push(found);
        }
        self.earlier.append(&mut dropped);
        self.earlier.drain(..self.earlier.len().saturating_sub(MOST_EARLIER));
        Some(())
    }
}
