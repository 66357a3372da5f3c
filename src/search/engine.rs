//! From a query to ranked rows, fast enough for every keystroke over every hospital.
//!
//! What a query finds is kept while it is typed on: a longer query looks only at the rows that the shorter one
//! left, and a deleted letter finds the earlier answer still there. Rows in great number are divided
//! among the cores, and a search is abandoned as soon as nobody waits for it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::class::Class;
use super::complete::Values;
use super::facets::facets;
use super::filter::{Filter, Filters};
use super::index::Index;
use super::judge::{Row, Search};
use super::order::Orders;
use super::query::Query;
use super::rank::Ranker;
use super::word::Word;
use super::{Answer, Ask, MANY, Order, Tier};
use crate::catalog::{Catalog, HospitalKey};

/// Rows looked at before a search asks whether it is still wanted.
const CHUNK: usize = if cfg!(test) { 4 } else { 4_096 };

/// Most queries kept for typing on and deleting; the oldest goes first.
const MOST_STATES: usize = 24;

/// Most of them whose memory is kept when they are gone.
const MOST_SPARE: usize = 6;

/// What some words found.
#[derive(Debug)]
struct State {
    words: Vec<String>,
    rows: Vec<Row>,
}

/// Memory of states that are gone, for those to come: fresh pages would cost more than the search.
#[derive(Debug, Default)]
struct Spare(Vec<Vec<Row>>);

impl Spare {
    /// Memory for so many rows, if there is; else the largest.
    fn take(&mut self, rows: usize) -> Vec<Row> {
        let at = self.0.iter().position(|spare| spare.capacity() >= rows).unwrap_or(self.0.len().saturating_sub(1));
        if at < self.0.len() { self.0.remove(at) } else { Vec::new() }
    }

    /// Keeps the largest, smallest first.
    fn keep(&mut self, rows: Vec<Row>) {
        let at = self.0.partition_point(|spare| spare.capacity() < rows.capacity());
        self.0.insert(at, rows);
        if self.0.len() > MOST_SPARE {
            self.0.remove(0);
        }
    }
}

/// Answers queries on one catalog, and remembers what the last ones found.
#[derive(Debug)]
pub struct Searcher {
    catalog: Arc<Catalog>,
    index: Arc<Index>,
    states: Vec<State>,
    spare: Spare,
    filters: Filters,
    orders: Orders,
    values: Values,
}

impl Searcher {
    /// Makes `catalog` searchable.
    #[must_use]
    pub fn new(catalog: Arc<Catalog>) -> Self {
        let index = Arc::new(Index::new(&catalog));
        let (filters, orders, values) = Default::default();
        Self { catalog, index, states: Vec::new(), spare: Spare::default(), filters, orders, values }
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
        let query = Query::parse(&ask.query, &self.catalog);
        let words = Word::all(&query.words(), self.index.readings());
        self.find(&words, wanted)?;
        let filter = self.filters.of(&query, &self.catalog, &self.index);
        let order = query.order().unwrap_or(&ask.order);
        let found = Found { index: &self.index, orders: &mut self.orders, catalog: &self.catalog, ask, order };
        let state = self.states.last().filter(|_| !words.is_empty());
        let facets = ask.facets.then(|| facets(&self.catalog, &found.all(state, filter.as_ref())));
        let (total, possibly, keys) = match state {
            Some(state) => found.ranked(&words, &state.rows, filter.as_ref()),
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
        let matching = state.rows.iter().filter(|row| row.class.is_match());
        let classes: HashMap<u32, Class> = matching.map(|row| (row.number, row.class)).collect();
        let best = Ranker::new(&self.index, &words).best(&state.rows, classes.len());
        best.into_iter().map(|row| (classes[&row].tier(), self.index.hospital(row))).collect()
    }

    /// Brings the rows that `words` find to the top of the states; none when no longer wanted.
    fn find(&mut self, words: &[Word], wanted: &(impl Fn() -> bool + Sync)) -> Option<()> {
        while self.states.last().is_some_and(|state| !state.leads_to(words)) {
            if let Some(state) = self.states.pop() {
                self.spare.keep(state.rows);
            }
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
    /// else from what the last word, when it was shorter, left in sight.
    fn step(&mut self, words: &[Word], count: usize, wanted: &(impl Fn() -> bool + Sync)) -> Option<()> {
        let words = &words[..count];
        // A state of as many words has the start of the last one; none means that the last one is new.
        let start = self.states.last().and_then(|state| state.words.get(count - 1));
        let search = Search::new(&self.index, words, start.map_or(0, |word| word.chars().count()));
        let known = self.states.last().map(|state| state.rows.as_slice());
        let candidates = known.map_or(self.index.len(), <[Row]>::len);
        let mut rows = self.spare.take(candidates);
        rows.clear();
        rows.resize(candidates, Row::unknown(0));
        let fill = |(chunk, out): (usize, &mut [Row])| {
            let start = chunk * CHUNK;
            let range = start..start + out.len();
            wanted().then(|| match known {
                Some(known) => fill(out, known[range].iter().copied(), &search),
                None => fill(out, range.map(Row::unknown), &search),
            })
        };
        let filled: Option<Vec<usize>> = if candidates > MANY {
            rows.par_chunks_mut(CHUNK).enumerate().map(fill).collect()
        } else {
            rows.chunks_mut(CHUNK).enumerate().map(fill).collect()
        };
        let Some(filled) = filled else {
            self.spare.keep(rows);
            return None;
        };
        close_ranks(&mut rows, &filled);
        if self.states.len() == MOST_STATES {
            let oldest = self.states.remove(0);
            self.spare.keep(oldest.rows);
        }
        self.states.push(State { words: words.iter().map(|word| word.text.clone()).collect(), rows });
        Some(())
    }
}

/// Puts what becomes of `rows` at the start of `out`; how many those are.
fn fill(out: &mut [Row], rows: impl Iterator<Item = Row>, search: &Search) -> usize {
    let mut filled = 0;
    for row in rows.filter(|row| search.may_match(row.number)).filter_map(|row| search.judge(row)) {
        out[filled] = row;
        filled += 1;
    }
    filled
}

/// Moves the rows that start each chunk, so many, together.
fn close_ranks(rows: &mut Vec<Row>, filled: &[usize]) {
    let mut end = 0;
    for (chunk, count) in filled.iter().enumerate() {
        rows.copy_within(chunk * CHUNK..chunk * CHUNK + count, end);
        end += count;
    }
    rows.truncate(end);
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
            Some(state) => state.rows.iter().filter(|row| row.class.is_match()).map(|row| row.number).collect(),
            None => all().collect(),
        };
        rows.into_iter().filter(passes).map(|row| self.index.hospital(row)).collect()
    }

    /// The rows of a query with words.
    fn ranked(self, words: &[Word], rows: &[Row], filter: Option<&Filter>) -> (usize, usize, Vec<HospitalKey>) {
        let matching = || rows.iter().filter(|row| row.class.is_match());
        let possibly = filter.map_or(0, |filter| matching().filter(|row| filter.is_possible(row.number)).count());
        let passing: Cow<[Row]> = match filter {
            Some(filter) => matching().filter(|row| filter.passes(row.number)).copied().collect(),
            None => Cow::Borrowed(rows),
        };
        let matching = || passing.iter().filter(|row| row.class.is_match());
        let total = matching().count();
        if *self.order != Order::Best {
            return (total, possibly, self.sorted(matching().map(|row| row.number).collect()));
        }
        let ranker = Ranker::new(self.index, words);
        let mut best = ranker.best(&passing, self.ask.want.min(total));
        let kept = self.ask.keep.map(|key| self.index.row(self.catalog, key));
        let is_deeper = |row: u32| !best.contains(&row) && matching().any(|one| one.number == row);
        if kept.is_some_and(is_deeper) {
            best = ranker.best(&passing, total);
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
