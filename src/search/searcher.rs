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
use crate::search::index::other::index::OtherIndex;
use crate::search::index::other::lookup::OtherTexts;
use crate::search::listing::{Listed, Listing};
use crate::search::matching::matches::{MANY, Matches};
use crate::search::matching::word::Word;
use crate::search::order::SortBy;
use crate::search::point_map::PointMap;
use crate::search::prefilter::candidates;
use crate::search::query::alternatives::Conjunction;
use crate::search::query::complete::Values;
use crate::search::query::field::QueryField;
use crate::search::query::mistake::MistakeKind;
use crate::search::query::names::{Named, named};
use crate::search::query::parse::Query;
use crate::search::query::term::{QueryTerm, TermKind};
use crate::search::rank::ranker::Ranker;
use crate::search::sort::Orders;
use crate::search::tier::Tier;
use crate::search::ways::{Way, Ways};

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
    /// The words of other texts than names, places and ids, as far as they have been read.
    other_index: OtherIndex,
    /// Rows that are evaluated by one thread at a time.
    chunk: usize,
    /// From how many hospitals on that hold a word it is not looked for with gaps; [`MANY`], but in tests.
    many: usize,
}

impl Searcher {
    /// Makes `catalog` searchable.
    #[must_use]
    pub fn new(catalog: Arc<Catalog>) -> Self {
        let index = Index::new(&catalog);
        Self::with_index(catalog, index)
    }

    /// Answers one query, for commands: letters with gaps only where nothing else is found, or if they are asked for. Only
    /// hospitals that the prefilter cannot rule out are indexed, which is quicker than indexing all.
    #[must_use]
    pub fn once(catalog: Arc<Catalog>, query: &str, has_gaps: bool) -> Answer {
        Self::once_with(catalog, query, has_gaps, MANY)
    }

    /// The same, where so many hospitals are many.
    pub(super) fn once_with(catalog: Arc<Catalog>, query: &str, has_gaps: bool, many: usize) -> Answer {
        let parsed = Query::parse(query, &catalog);
        let words = parsed.words();
        // Among the candidates are all that hold a single word, and only some of those that hold one of several words.
        let (is_single, ask) = (words.len() <= 1, Ask::all(query));
        // What has the words of one way need not have those of another.
        let has_ways = parsed.conjunctions().len() > 1;
        let mut answer = Answer::default();
        if !has_ways {
            let index = Index::of(&catalog, &candidates(&catalog, &words));
            index.set_other_texts(OtherTexts::Rows(Arc::clone(&catalog)));
            let searcher = Self::with_index(Arc::clone(&catalog), index);
            answer = Self { many: if is_single { many } else { 0 }, ..searcher }.search(&ask);
        }
        if has_ways || (!is_single && (has_gaps || answer.total == 0)) {
            let searcher = Self::new(Arc::clone(&catalog));
            searcher.index.set_other_texts(OtherTexts::Rows(catalog));
            answer = Self { many, ..searcher }.search(&ask);
        }
        if answer.total > 0 && !has_gaps {
            answer.keys.truncate(answer.total);
            answer.by_gaps = 0;
        }
        answer
    }

    fn with_index(catalog: Arc<Catalog>, index: Index) -> Self {
        let (known, earlier, filters, orders, values) = Default::default();
        let (divided_by, other_index) = Default::default();
        Self {
            catalog,
            index: Arc::new(index),
            known,
            earlier,
            filters,
            orders,
            values,
            divided_by,
            other_index,
            chunk: 4_096,
            many: MANY,
        }
    }

    /// The same in chunks of so many rows, and where so many hospitals are many.
    #[cfg(test)]
    pub(crate) fn with_sizes(self, chunk: usize, many: usize) -> Self {
        Self { chunk, many, ..self }
    }

    /// Whether all other texts than names, places and ids are searched, too.
    #[must_use]
    pub fn has_other_texts(&self) -> bool {
        self.index.other_texts().is_some()
    }

    /// Reads all other texts, so that they are searched from then on; whether it has come to the end. It stops when it is no
    /// longer `wanted`, and goes on from there when it is called again.
    pub fn read_other_texts(&mut self, wanted: &(impl Fn() -> bool + Sync)) -> bool {
        if self.has_other_texts() {
            return true;
        }
        if !self.other_index.read_on(&self.catalog, wanted) {
            return false;
        }
        self.index.set_other_texts(OtherTexts::Index(std::mem::take(&mut self.other_index)));
        // What is known was found without them.
        (self.known, self.earlier) = Default::default();
        self.filters = Filters::default();
        true
    }

    /// Reads the figures of measures of which a query asks nothing yet, as `beds>` does, as long as that is `wanted`.
    pub(crate) fn read_figures_of(&self, query: &str, wanted: &(impl Fn() -> bool + Sync)) {
        for mistake in Query::parse(query, &self.catalog).mistakes {
            if let MistakeKind::NoNumber { name, .. } = mistake.kind
                && let Ok(Named::Measures(ids)) = named(&name, false, &self.catalog)
            {
                let _ = self.catalog.read_figures(&ids, wanted);
            }
        }
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
        let ways = self.ways(&query, |_| true, wanted)?;
        let without_place = self.without_place(&query, wanted)?;
        let is_ranked = ways.iter().any(|way| way.matches.is_some());
        let is_filtered = ways.iter().any(|way| way.filter.is_some());
        let order = query.order().unwrap_or_else(|| ask.order.clone());
        // Matches are ranked, and all hospitals stand in this order.
        let order = Some(order).filter(|order| order.by != SortBy::Best || (!is_ranked && is_filtered));
        let order = order.map(|order| self.orders.of(&order, &self.catalog, &self.index, wanted)).transpose().ok()?;
        let (index, catalog) = (&*self.index, &*self.catalog);
        let (listed, found) = list(&ways, &Listing { index, catalog, ask, filter: None, order });
        let (total, by_gaps, possibly, keys) = listed;
        let points = found.as_ref().filter(|_| ask.points).map(|found| Arc::new(PointMap::new(catalog, found)));
        let found = found.filter(|_| ask.facets);
        let facets = found.map(|found| self.facets(&found, &ask.query, wanted));
        let caret = ask.caret.filter(|caret| ask.query.is_char_boundary(*caret));
        let suggest = |caret| self.values.suggest(&ask.query, caret, ask.names, &self.catalog);
        let suggestions = caret.map_or(Vec::new(), suggest);
        let words = Arc::new(Word::all(&query.words(), self.index.pinyin()));
        let (query, index, catalog) = (Arc::new(query), Arc::clone(&self.index), Some(Arc::clone(&self.catalog)));
        Some(Answer {
            total,
            by_gaps,
            possibly,
            without_place,
            keys,
            query,
            suggestions,
            facets,
            points,
            words,
            index,
            catalog,
        })
    }

    /// What each way to satisfy a query finds, but for parts that do not count; none when no longer wanted.
    fn ways(
        &mut self,
        query: &Query,
        counts: impl Fn(&[&QueryTerm]) -> bool,
        wanted: &(impl Fn() -> bool + Sync),
    ) -> Option<Vec<Way>> {
        let mut ways = Vec::new();
        for Conjunction { words, mut filters } in query.conjunctions() {
            filters.retain(|part| counts(part));
            let words = Word::all(&words, self.index.pinyin());
            self.find(&words, wanted)?;
            let filter = self.filters.of(&filters, &self.catalog, &self.index, wanted).ok()?;
            let matches = self.known.last().filter(|_| !words.is_empty()).cloned();
            ways.push(Way { words, matches, filter });
        }
        Some(ways)
    }

    /// How many of the hospitals that a query finds have each value; of a field of which it asks for values, as if it did not.
    fn facets(&mut self, found: &[HospitalKey], query: &str, wanted: &(impl Fn() -> bool + Sync)) -> Vec<Facet> {
        let catalog = Arc::clone(&self.catalog);
        let fields = self.divided_by.get_or_insert_with(|| facets::fields(&catalog).into());
        let mut facets = Vec::new();
        for field in &*Arc::clone(fields) {
            let facet = match facets::without_values(query, &field.name()) {
                Some(others) => {
                    let answer = self.answer(&Ask::all(&others), wanted).unwrap_or_default();
                    facets::of_field(&catalog, &answer.keys[..answer.total.min(answer.keys.len())], field)
                }
                None => facets::of_field(&catalog, found, field),
            };
            facets.extend(facet);
        }
        facets.extend(facets::of_measures(&catalog, found));
        facets
    }

    /// How many hospitals without coordinates match all but how far they are from the place of the query; none when no longer
    /// wanted.
    fn without_place(&mut self, query: &Query, wanted: &(impl Fn() -> bool + Sync)) -> Option<usize> {
        if query.near().is_none() {
            return Some(0);
        }
        let is_distance = |part: &[&QueryTerm]| matches!(part, [QueryTerm { kind: TermKind::Within { .. }, .. }]);
        let ways = self.ways(query, |part| !is_distance(part), wanted)?;
        let found = Ways::new(&self.index, &ways).best_keys;
        let points = self.catalog.points();
        let is_closely = |row: &u32| !found.of(*row).is_gapped();
        let keys = found.matching().filter(is_closely).map(|row| self.index.hospital(row));
        Some(keys.filter(|key| points.of(*key).is_none()).count())
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
                None => Matches::find(&self.index, words, before, shorter, (self.chunk, self.many), wanted),
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

/// The list of what some ways find; every hospital of it, if facets or points are wanted.
fn list(ways: &[Way], listing: &Listing) -> (Listed, Option<Vec<HospitalKey>>) {
    let wants_all = listing.ask.facets || listing.ask.points;
    if let [Way { words, matches, filter }] = ways {
        let listing = Listing { filter: filter.as_ref(), ..*listing };
        let matches = matches.as_ref();
        let listed = matches.map_or_else(|| listing.unranked(), |matches| listing.ranked(words, matches));
        return (listed, wants_all.then(|| listing.all(matches)));
    }
    let ways = Ways::new(listing.index, ways);
    (listing.of_ways(&ways), wants_all.then(|| listing.closely(&ways.best_keys)))
}
