//! From a query to ranked rows, fast enough for every keystroke over every hospital.
//!
//! What a query finds is kept while it is typed on: a longer query looks only at the rows that the shorter one
//! left, and a deleted letter finds the earlier answer still there. Rows in great number are divided
//! among the cores, and a search is abandoned as soon as nobody waits for it.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use crate::catalog::{Catalog, HospitalKey};
use crate::search::answer::Answer;
use crate::search::ask::Ask;
use crate::search::facets::facets;
use crate::search::filter::{Filter, Filters};
use crate::search::index::bitset::Rows;
use crate::search::index::catalog_index::Index;
use crate::search::matching::evaluate::Search;
use crate::search::matching::expansion::Spreads;
use crate::search::matching::scan::MANY;
use crate::search::matching::scan::Sheet;
use crate::search::matching::term_match::{Standings, standings};
use crate::search::matching::word::Word;
use crate::search::order::Order;
use crate::search::prefilter::candidates;
use crate::search::query::complete::Values;
use crate::search::query::parse::Query;
use crate::search::rank::key::{Classes, Counts};
use crate::search::rank::ranker::Ranker;
use crate::search::sort::Orders;
use crate::search::tier::Tier;

/// Most queries kept for typing on and deleting; the oldest goes first.
const MOST_STATES: usize = 24;

/// What some words found.
#[derive(Debug)]
struct State {
    words: Vec<String>,
    /// The rows that match, or may match when more is typed.
    open: Rows,
    /// How the words before the last match, taken together; none of a single word.
    before: Option<Arc<Classes>>,
    /// How all words match, each for itself.
    apart: Arc<Classes>,
    /// How all words match, as a phrase where they are one.
    classes: Arc<Classes>,
    /// How many rows have each of these.
    counts: Counts,
    /// The words of the lexicon in which the last word stands or may stand, typed on.
    standings: Standings,
}

/// Answers queries on one catalog, and remembers what the last ones found.
#[derive(Debug)]
pub struct Searcher {
    catalog: Arc<Catalog>,
    index: Arc<Index>,
    states: Vec<State>,
    filters: Filters,
    orders: Orders,
    values: Values,
}

impl Searcher {
    /// Makes `catalog` searchable.
    #[must_use]
    pub fn new(catalog: Arc<Catalog>) -> Self {
        let index = Index::new(&catalog);
        Self::with_index(catalog, index)
    }

    /// All that `query` finds in `catalog`, for those who have no other question: only what it may find is made searchable,
    /// which is quicker than all.
    #[must_use]
    pub fn once(catalog: Arc<Catalog>, query: &str) -> Answer {
        let parsed = Query::parse(query, &catalog);
        let words = parsed.words();
        // Without words every hospital may be found.
        let index =
            if words.is_empty() { Index::new(&catalog) } else { Index::of(&catalog, &candidates(&catalog, &words)) };
        Self::with_index(catalog, index).search(&Ask::all(query))
    }

    fn with_index(catalog: Arc<Catalog>, index: Index) -> Self {
        let index = Arc::new(index);
        let (filters, orders, values) = Default::default();
        Self { catalog, index, states: Vec::new(), filters, orders, values }
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

    /// Works out what the screen will ask for anyway, while nobody waits.
    pub fn prepare(&self) {
        let _ = self.catalog.reporting("");
        if let Some((key, _)) = self.catalog.hospitals().next() {
            let _ = self.catalog.twins(key);
        }
    }

    /// What `ask` finds.
    pub fn search(&mut self, ask: &Ask) -> Answer {
        self.search_while(ask, &|| true).unwrap_or_default()
    }

    /// What `ask` finds; none when it is no longer `wanted` before it ends.
    pub fn search_while(&mut self, ask: &Ask, wanted: &(impl Fn() -> bool + Sync)) -> Option<Answer> {
        if self.index.len() > MANY {
            // Entered once for all that is divided among the cores: each time they are woken takes as long as some of it.
            return rayon::scope(|_| self.answer(ask, wanted));
        }
        self.answer(ask, wanted)
    }

    fn answer(&mut self, ask: &Ask, wanted: &(impl Fn() -> bool + Sync)) -> Option<Answer> {
        let query = Query::parse(&ask.query, &self.catalog);
        let words = Word::all(&query.words(), self.index.readings());
        self.find(&words, wanted)?;
        let filter = self.filters.of(&query, &self.catalog, &self.index);
        let order = query.order().unwrap_or(&ask.order);
        let found = Found { index: &self.index, orders: &mut self.orders, catalog: &self.catalog, ask, order };
        let state = self.states.last().filter(|_| !words.is_empty());
        let facets = ask.facets.then(|| facets(&self.catalog, &found.all(state, filter.as_ref())));
        let (total, possibly, keys) = match state {
            Some(state) => found.ranked(&words, state, filter.as_ref()),
            None => found.listed(filter.as_ref()),
        };
        let caret = ask.caret.filter(|caret| ask.query.is_char_boundary(*caret));
        let suggestions = caret.map_or(Vec::new(), |caret| self.values.suggest(&ask.query, caret, &self.catalog));
        let (query, words, index) = (Arc::new(query), Arc::new(words), Arc::clone(&self.index));
        let catalog = Some(Arc::clone(&self.catalog));
        Some(Answer { total, possibly, keys, query, suggestions, facets, words, index, catalog })
    }

    /// The hospitals that plain words find, whatever signs those hold, best first, each with how closely.
    pub fn by_tier(&mut self, words: &str) -> Vec<(Tier, HospitalKey)> {
        let query = Query::of_words(words);
        let words = Word::all(&query.words(), self.index.readings());
        self.find(&words, &|| true);
        let Some(state) = self.states.last() else { return Vec::new() };
        let best = Ranker::new(&self.index, &words, &state.apart).best(&state.classes, &state.counts, usize::MAX);
        best.into_iter().map(|row| (state.classes.of(row).tier(), self.index.hospital(row))).collect()
    }

    /// Brings the rows that `words` find to the top of the states; none when no longer wanted.
    fn find(&mut self, words: &[Word], wanted: &(impl Fn() -> bool + Sync)) -> Option<()> {
        while self.states.last().is_some_and(|state| !state.leads_to(words)) {
            self.states.pop();
        }
        let known = self.states.last().map_or(0, |state| state.words.len());
        if known > 0 && self.states.last().is_some_and(|state| state.words[known - 1] != words[known - 1].text) {
            self.step(words, known, wanted)?;
        }
        for count in known + 1..=words.len() {
            self.step(words, count, wanted)?;
        }
        Some(())
    }

    /// Adds the state of the first `count` words. With a new word it starts from the matches of those before,
    /// else from what the last word, when it was shorter, left open.
    fn step(&mut self, words: &[Word], count: usize, wanted: &(impl Fn() -> bool + Sync)) -> Option<()> {
        let words = &words[..count];
        let last = &words[count - 1];
        let known = self.states.last();
        // A state of as many words has the start of the last one; none means that the last one is new.
        let start = known.filter(|state| state.words.len() == count);
        let among = start.map(|state| &state.standings);
        let standings = standings(last, self.index.lexicon(), self.index.readings(), among);
        let (open, before) = match (start, known) {
            (Some(state), _) => (Cow::Borrowed(&state.open), state.before.clone()),
            (None, Some(state)) => (Cow::Owned(state.apart.rows()), Some(Arc::clone(&state.apart))),
            (None, None) => (Cow::Owned(Rows::first(self.index.len())), None),
        };
        let mut sheet = Sheet::new(self.index.len(), before.is_some());
        wanted().then_some(())?;
        let spreads = Spreads::new(&self.index, &standings);
        let many = spreads.names() > MANY;
        let shares = sheet.shares(&open, if many { rayon::current_num_threads() } else { 1 });
        each(shares, many, |share| spreads.spread(share));
        let search = Search::new(&self.index, words);
        let parts = sheet.parts(&open, before.as_deref());
        let counts = each(parts, open.len() > MANY, |mut part| wanted().then(|| search.judge(&mut part)));
        let counts = counts.into_iter().try_fold(Counts::default(), |all, part| Some(all.and(&part?)))?;
        if self.states.len() == MOST_STATES {
            self.states.remove(0);
        }
        let Sheet { next, apart, together, .. } = sheet;
        let apart = Arc::new(apart);
        let classes = together.map_or_else(|| Arc::clone(&apart), Arc::new);
        let words = words.iter().map(|word| word.text.clone()).collect();
        self.states.push(State { words, open: next, before, apart, classes, counts, standings });
        Some(())
    }
}

/// Does `work` on all, on all cores if they are `many`.
fn each<T: Send, R: Send>(all: Vec<T>, many: bool, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    if many { all.into_par_iter().map(work).collect() } else { all.into_iter().map(work).collect() }
}

impl State {
    /// Whether what `words` find is among the rows kept here.
    fn leads_to(&self, words: &[Word]) -> bool {
        let Some((last, before)) = self.words.split_last() else { return false };
        let is_before = before.iter().zip(words).all(|(mine, word)| *mine == word.text);
        is_before && words.get(before.len()).is_some_and(|word| word.text.starts_with(last))
    }
}

/// What is made of found rows: how many, how many more only possibly pass, and the first ones in order.
struct Found<'a> {
    index: &'a Index,
    orders: &'a mut Orders,
    catalog: &'a Catalog,
    ask: &'a Ask,
    order: &'a Order,
}

impl Found<'_> {
    /// Every hospital that was found, in no order.
    fn all(&self, state: Option<&State>, filter: Option<&Filter>) -> Vec<HospitalKey> {
        let passes = |row: &u32| filter.is_none_or(|filter| filter.passes(*row));
        let all = || 0..u32::try_from(self.index.len()).unwrap_or(u32::MAX);
        let rows: Vec<u32> = match state {
            Some(state) => state.classes.matching().collect(),
            None => all().collect(),
        };
        rows.into_iter().filter(passes).map(|row| self.index.hospital(row)).collect()
    }

    /// The rows of a query with words.
    fn ranked(self, words: &[Word], state: &State, filter: Option<&Filter>) -> (usize, usize, Vec<HospitalKey>) {
        let all = &*state.classes;
        let possibly = filter.map_or(0, |filter| all.matching().filter(|row| filter.is_possible(*row)).count());
        let passing = filter.map(|filter| all.passing(|row| filter.passes(row)));
        let counts =
            passing.as_ref().map_or_else(|| Cow::Borrowed(&state.counts), |some| Cow::Owned(Counts::of(&some.0)));
        let (classes, total) = (passing.as_ref().unwrap_or(all), counts.matching());
        if *self.order != Order::Best {
            return (total, possibly, self.sorted(classes.matching().collect()));
        }
        let ranker = Ranker::new(self.index, words, &state.apart);
        let mut best = ranker.best(classes, &counts, self.ask.want);
        let kept = self.ask.keep.map(|key| self.index.row(self.catalog, key));
        if kept.is_some_and(|row| classes.of(row).is_match() && !best.contains(&row)) {
            best = ranker.best(classes, &counts, total);
        }
        (total, possibly, best.into_iter().map(|row| self.index.hospital(row)).collect())
    }

    /// The rows of a query without words.
    fn listed(self, filter: Option<&Filter>) -> (usize, usize, Vec<HospitalKey>) {
        if filter.is_none() && *self.order == Order::Best {
            let kept = self.ask.keep.map_or(0, |kept| kept.index() + 1);
            let first = self.catalog.hospitals().map(|(key, _)| key).take(self.ask.want.saturating_add(kept));
            return (self.index.len(), 0, first.collect());
        }
        let all = || 0..u32::try_from(self.index.len()).unwrap_or(u32::MAX);
        let possibly = filter.map_or(0, |filter| all().filter(|row| filter.is_possible(*row)).count());
        let rows: Vec<u32> = all().filter(|row| filter.is_none_or(|filter| filter.passes(*row))).collect();
        (rows.len(), possibly, self.sorted(rows))
    }

    /// The first of `rows`, in the order asked for or else the catalog's; as many as wanted, and the kept one.
    fn sorted(self, rows: Vec<u32>) -> Vec<HospitalKey> {
        let mut keys: Vec<HospitalKey> = rows.into_iter().map(|row| self.index.hospital(row)).collect();
        match self.orders.of(self.order, self.catalog) {
            Some(places) => keys.sort_unstable_by_key(|key| places[key.index()]),
            None => keys.sort_unstable(),
        }
        let kept = self.ask.keep.and_then(|kept| keys.iter().position(|key| *key == kept));
        keys.truncate(self.ask.want.saturating_add(kept.map_or(0, |at| at + 1)));
        keys
    }
}
