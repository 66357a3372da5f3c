//! From a query to ranked rows, fast enough for every keystroke over every hospital.
//!
//! What a query finds is kept while it is typed on: a longer query looks only at the rows that the shorter one
//! left, and a deleted letter finds the earlier answer still there. Rows in great number are divided
//! among the cores, and a search is abandoned as soon as nobody waits for it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::complete::Values;
use super::filter::{Filter, Filters};
use super::index::{Index, Key};
use super::order::Orders;
use super::query::Query;
use super::rank::Ranker;
use super::word::Word;
use super::{Answer, Ask, Field, MANY, Order, Tier};
use crate::catalog::{Catalog, HospitalKey};

/// Rows looked at before a search asks whether it is still wanted.
const CHUNK: usize = 4_096;

/// Most queries kept for typing on and deleting; the oldest goes first.
const MOST_STATES: usize = 24;

/// Where and how closely a row matches, in one number: smaller is better. A match's tier decides, then its
/// field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class(pub u8);

impl Class {
    /// No match.
    const NONE: Self = Self(u8::MAX);

    /// A match of that tier in that field.
    pub fn new(tier: Tier, field: Field) -> Self {
        Self(tier as u8 * 8 + field as u8)
    }

    /// Whether there is a match.
    pub fn is_match(self) -> bool {
        self != Self::NONE
    }

    fn tier(self) -> u8 {
        self.0 / 8
    }

    /// The tier of a match.
    fn tier_of(self) -> Tier {
        const TIERS: [Tier; 7] = [
            Tier::Whole,
            Tier::Prefix,
            Tier::WordPrefix,
            Tier::AnyOrder,
            Tier::Acronym,
            Tier::Substring,
            Tier::Scattered,
        ];
        TIERS[usize::from(self.tier()).min(TIERS.len() - 1)]
    }

    /// The field of a match.
    pub fn field(self) -> Field {
        const FIELDS: [Field; 5] = [Field::Name, Field::NativeName, Field::Alias, Field::Place, Field::Id];
        FIELDS[usize::from(self.0 % 8).min(FIELDS.len() - 1)]
    }

    /// Two words' matches taken together: no better than the weaker, and no phrase.
    fn and(self, other: Self) -> Self {
        if !self.is_match() || !other.is_match() {
            return Self::NONE;
        }
        let tier = self.tier().max(other.tier()).max(Tier::AnyOrder as u8);
        Self(tier * 8 + (self.0 % 8).max(other.0 % 8))
    }
}

impl Default for Class {
    fn default() -> Self {
        Self::NONE
    }
}

/// A row that matches, or may match when more is typed.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The row.
    pub row: u32,
    /// How the words before the last match, taken together.
    before: Class,
    /// How the last word matches.
    last: Class,
    /// How all words match; none when the row only may match.
    pub class: Class,
}

/// What some words found.
#[derive(Debug)]
struct State {
    words: Vec<String>,
    rows: Vec<Row>,
}

/// How a word stands in a place: the class, and whether it may grow.
type InPlace = (Class, bool);

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
        let index = Arc::new(Index::new(&catalog));
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

    /// What `ask` finds.
    pub fn search(&mut self, ask: &Ask) -> Answer {
        self.search_while(ask, &|| true).unwrap_or_default()
    }

    /// What `ask` finds; none when it is no longer `wanted` before it ends.
    pub fn search_while(&mut self, ask: &Ask, wanted: &(impl Fn() -> bool + Sync)) -> Option<Answer> {
        let query = Query::parse(&ask.query, &self.catalog);
        let words: Vec<Word> = query.words().map(|word| Word::new(word, self.index.readings())).collect();
        self.find(&words, wanted)?;
        let filter = self.filters.of(&query, &self.catalog, &self.index);
        let found = Found { index: &self.index, orders: &mut self.orders, catalog: &self.catalog, ask };
        let (total, possibly, keys) = match self.states.last().filter(|_| !words.is_empty()) {
            Some(state) => found.ranked(&words, &state.rows, filter.as_ref()),
            None => found.listed(filter.as_ref()),
        };
        let caret = ask.caret.filter(|caret| ask.query.is_char_boundary(*caret));
        let suggestions = caret.map_or(Vec::new(), |caret| self.values.suggest(&ask.query, caret, &self.catalog));
        Some(Answer { total, possibly, keys, query: Arc::new(query), suggestions, index: Arc::clone(&self.index) })
    }

    /// The hospitals that plain words find, whatever signs those hold, best first, each with how closely.
    pub fn by_tier(&mut self, words: &str) -> Vec<(Tier, HospitalKey)> {
        let query = Query::of_words(words);
        let words: Vec<Word> = query.words().map(|word| Word::new(word, self.index.readings())).collect();
        self.find(&words, &|| true);
        let Some(state) = self.states.last() else { return Vec::new() };
        let mut classes: Vec<(u32, Class)> = state.rows.iter().map(|row| (row.row, row.class)).collect();
        classes.retain(|(_, class)| class.is_match());
        let classes: HashMap<u32, Class> = classes.into_iter().collect();
        let best = Ranker::new(&self.index, &words).best(&state.rows, classes.len());
        best.into_iter().map(|row| (classes[&row].tier_of(), self.index.hospital(row))).collect()
    }

    /// Brings the rows that `words` find to the top of the states; none when no longer wanted.
    fn find(&mut self, words: &[Word], wanted: &(impl Fn() -> bool + Sync)) -> Option<()> {
        while self.states.last().is_some_and(|state| !state.leads_to(words)) {
            self.states.pop();
        }
        let known = self.states.last().map_or(0, |state| state.words.len());
        if known > 0 && self.states.last().is_some_and(|state| state.words[known - 1] != words[known - 1].text) {
            self.step(words, known, false, wanted)?;
        }
        for count in known + 1..=words.len() {
            self.step(words, count, true, wanted)?;
        }
        Some(())
    }

    /// Adds the state of the first `count` words. With a new word it starts from the matches of those before,
    /// else from what the last word, when it was shorter, left in sight.
    fn step(&mut self, words: &[Word], count: usize, is_new: bool, wanted: &(impl Fn() -> bool + Sync)) -> Option<()> {
        let words = &words[..count];
        let all: Vec<Row>;
        let candidates: &[Row] = match self.states.last() {
            Some(state) => &state.rows,
            None => {
                let start = Row { row: 0, before: Class::NONE, last: Class::NONE, class: Class::NONE };
                all = (0..u32::try_from(self.index.len()).unwrap_or(u32::MAX)).map(|row| Row { row, ..start }).collect();
                &all
            }
        };
        let search = Search::new(&self.index, words, is_new);
        let look = |rows: &[Row]| wanted().then(|| rows.iter().filter_map(|row| search.judge(*row)).collect());
        let rows: Vec<Row> = if candidates.len() > MANY {
            let parts: Vec<Option<Vec<Row>>> = candidates.par_chunks(CHUNK).map(look).collect();
            parts.into_iter().collect::<Option<Vec<_>>>()?.concat()
        } else {
            look(candidates)?
        };
        if self.states.len() == MOST_STATES {
            self.states.remove(0);
        }
        self.states.push(State { words: words.iter().map(|word| word.text.clone()).collect(), rows });
        Some(())
    }
}

impl State {
    /// Whether what `words` find is among the rows kept here.
    fn leads_to(&self, words: &[Word]) -> bool {
        let Some((last, before)) = self.words.split_last() else { return false };
        let is_before = before.iter().zip(words).all(|(mine, word)| *mine == word.text);
        is_before && words.get(before.len()).is_some_and(|word| word.text.starts_with(last))
    }
}

/// How the last of some words is looked for.
struct Search<'a> {
    index: &'a Index,
    words: &'a [Word],
    word: &'a Word,
    is_new: bool,
    places: Vec<InPlace>,
    joined: String,
}

impl<'a> Search<'a> {
    fn new(index: &'a Index, words: &'a [Word], is_new: bool) -> Self {
        let word = &words[words.len() - 1];
        let find = |key: &Key| class_in(word, key, Field::Place, index);
        let joined = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Self { index, words, word, is_new, places: index.in_places(find, better), joined }
    }

    /// The row with its matches; none when it cannot match, however the word goes on.
    fn judge(&self, row: Row) -> Option<Row> {
        let before = match (self.is_new, self.words.len()) {
            (_, 1) => Class::NONE,
            (true, 2) => row.last,
            (true, _) => row.before.and(row.last),
            (false, _) => row.before,
        };
        if self.words.len() > 1 && !before.is_match() {
            return None;
        }
        let names = self.index.names(row.row).map(|(field, key)| class_in(self.word, &key, field, self.index));
        let in_place = self.places.get(self.index.place_of(row.row)).copied().unwrap_or_default();
        let (last, may_grow) = names.fold(in_place, better);
        if !may_grow {
            return None;
        }
        let class = match self.words.len() {
            1 => last,
            _ => self.as_phrase(row.row, before.and(last)),
        };
        Some(Row { row: row.row, before, last, class })
    }

    /// The class of several words that match: better where they stand together.
    fn as_phrase(&self, row: u32, apart: Class) -> Class {
        if !apart.is_match() || apart.tier() > Tier::AnyOrder as u8 {
            return apart;
        }
        let phrases = self.index.names(row).filter_map(|(field, key)| {
            let tier = phrase_in(&self.joined, self.words, &key)?;
            let is_part_of_id = field == Field::Id && tier == Tier::Prefix;
            Some(Class::new(if is_part_of_id { Tier::WordPrefix } else { tier }, field))
        });
        phrases.fold(apart, Class::min)
    }
}

/// How several words stand in `key` together: as its start, or starting words one after the other.
fn phrase_in(joined: &str, words: &[Word], key: &Key) -> Option<Tier> {
    if !words.iter().all(|word| word.may_be_in(key.present)) {
        return None;
    }
    if key.text.starts_with(joined) {
        return Some(if key.text.len() == joined.len() { Tier::Whole } else { Tier::Prefix });
    }
    words.iter().try_fold(0, |from, word| word.next_start(key, from)).map(|_| Tier::WordPrefix)
}

fn class_in(word: &Word, key: &Key, field: Field, index: &Index) -> InPlace {
    let found = word.find(key, field, index.readings());
    (found.tier.map_or(Class::NONE, |tier| Class::new(tier, field)), found.may_grow)
}

fn better(a: InPlace, b: InPlace) -> InPlace {
    (a.0.min(b.0), a.1 || b.1)
}

/// What is made of found rows: how many, how many more only possibly pass, and the first ones in order.
struct Found<'a> {
    index: &'a Index,
    orders: &'a mut Orders,
    catalog: &'a Catalog,
    ask: &'a Ask,
}

impl Found<'_> {
    /// The rows of a query with words.
    fn ranked(self, words: &[Word], rows: &[Row], filter: Option<&Filter>) -> (usize, usize, Vec<HospitalKey>) {
        let matching = || rows.iter().filter(|row| row.class.is_match());
        let possibly = filter.map_or(0, |filter| matching().filter(|row| filter.is_possible(row.row)).count());
        let passing: Cow<[Row]> = match filter {
            Some(filter) => matching().filter(|row| filter.passes(row.row)).copied().collect(),
            None => Cow::Borrowed(rows),
        };
        let matching = || passing.iter().filter(|row| row.class.is_match());
        let total = matching().count();
        if self.ask.order != Order::Best {
            return (total, possibly, self.sorted(matching().map(|row| row.row).collect()));
        }
        let ranker = Ranker::new(self.index, words);
        let mut best = ranker.best(&passing, self.ask.want.min(total));
        let kept = self.ask.keep.map(|key| self.index.row(key));
        let is_deeper = |row: u32| !best.contains(&row) && matching().any(|one| one.row == row);
        if kept.is_some_and(is_deeper) {
            best = ranker.best(&passing, total);
        }
        (total, possibly, best.into_iter().map(|row| self.index.hospital(row)).collect())
    }

    /// The rows of a query without words.
    fn listed(self, filter: Option<&Filter>) -> (usize, usize, Vec<HospitalKey>) {
        let all = || 0..u32::try_from(self.index.len()).unwrap_or(u32::MAX);
        let possibly = filter.map_or(0, |filter| all().filter(|row| filter.is_possible(*row)).count());
        let rows: Vec<u32> = all().filter(|row| filter.is_none_or(|filter| filter.passes(*row))).collect();
        (rows.len(), possibly, self.sorted(rows))
    }

    /// The first of `rows`, in the order asked for or else the catalog's; as many as wanted, and the kept one.
    fn sorted(self, rows: Vec<u32>) -> Vec<HospitalKey> {
        let mut keys: Vec<HospitalKey> = rows.into_iter().map(|row| self.index.hospital(row)).collect();
        match self.orders.of(self.ask.order, self.catalog) {
            Some(places) => keys.sort_unstable_by_key(|key| places[key.index()]),
            None => keys.sort_unstable(),
        }
        let kept = self.ask.keep.and_then(|kept| keys.iter().position(|key| *key == kept));
        keys.truncate(self.ask.want.max(kept.map_or(0, |at| at + 1)));
        keys
    }
}
