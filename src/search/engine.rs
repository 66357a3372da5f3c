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
use super::pinyin;
use super::query::Query;
use super::rank::Ranker;
use super::word::{FEWEST_IN_ID, Word};
use super::{Answer, Ask, Field, MANY, Order, Tier};
use crate::catalog::{Catalog, HospitalKey};

/// Rows looked at before a search asks whether it is still wanted.
const CHUNK: usize = if cfg!(test) { 4 } else { 4_096 };

/// Most queries kept for typing on and deleting; the oldest goes first.
const MOST_STATES: usize = 24;

/// Most of them whose memory is kept when they are gone.
const MOST_SPARE: usize = 6;

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

    fn tier_number(self) -> u8 {
        self.0 / 8
    }

    /// The tier of a match.
    fn tier(self) -> Tier {
        const TIERS: [Tier; 7] = [
            Tier::Whole,
            Tier::Prefix,
            Tier::WordPrefix,
            Tier::AnyOrder,
            Tier::Acronym,
            Tier::Substring,
            Tier::Scattered,
        ];
        TIERS[usize::from(self.tier_number()).min(TIERS.len() - 1)]
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
        let tier = self.tier_number().max(other.tier_number()).max(Tier::AnyOrder as u8);
        Self(tier * 8 + (self.0 % 8).max(other.0 % 8))
    }
}

impl Default for Class {
    fn default() -> Self {
        Self::NONE
    }
}

/// A row that matches, or may match when more is typed. Many are written at a key, so it is kept small.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The row.
    pub number: u32,
    /// How the words before the last match, taken together.
    before: Class,
    /// How all words match, each for itself.
    apart: Class,
    /// How all words match, as a phrase where they are one; none when the row only may match.
    pub class: Class,
    /// From which byte of the name on the last word starts a word, if that is how it matches best; or [`NOWHERE`].
    at: u8,
}

/// No byte of a name that is worth remembering.
const NOWHERE: u8 = u8::MAX;

impl Row {
    /// A row of which nothing is known yet.
    fn unknown(row: usize) -> Self {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let none = Class::NONE;
        Self { number: row, before: none, apart: none, class: none, at: NOWHERE }
    }
}

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

/// How a word stands in a place: the class, and whether it may grow.
type InPlace = (Class, bool);

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

    /// What `ask` finds.
    pub fn search(&mut self, ask: &Ask) -> Answer {
        self.search_while(ask, &|| true).unwrap_or_default()
    }

    /// What `ask` finds; none when it is no longer `wanted` before it ends.
    pub fn search_while(&mut self, ask: &Ask, wanted: &(impl Fn() -> bool + Sync)) -> Option<Answer> {
        let query = Query::parse(&ask.query, &self.catalog);
        let words: Vec<Word> = query.words().into_iter().map(|word| Word::new(word, self.index.readings())).collect();
        self.find(&words, wanted)?;
        let filter = self.filters.of(&query, &self.catalog, &self.index);
        let found = Found { index: &self.index, orders: &mut self.orders, catalog: &self.catalog, ask };
        let (total, possibly, keys) = match self.states.last().filter(|_| !words.is_empty()) {
            Some(state) => found.ranked(&words, &state.rows, filter.as_ref()),
            None => found.listed(filter.as_ref()),
        };
        let caret = ask.caret.filter(|caret| ask.query.is_char_boundary(*caret));
        let suggestions = caret.map_or(Vec::new(), |caret| self.values.suggest(&ask.query, caret, &self.catalog));
        let (query, words, index) = (Arc::new(query), Arc::new(words), Arc::clone(&self.index));
        Some(Answer { total, possibly, keys, query, suggestions, words, index })
    }

    /// The hospitals that plain words find, whatever signs those hold, best first, each with how closely.
    pub fn by_tier(&mut self, words: &str) -> Vec<(Tier, HospitalKey)> {
        let query = Query::of_words(words);
        let words: Vec<Word> = query.words().into_iter().map(|word| Word::new(word, self.index.readings())).collect();
        self.find(&words, &|| true);
        let Some(state) = self.states.last() else { return Vec::new() };
        let mut classes: Vec<(u32, Class)> = state.rows.iter().map(|row| (row.number, row.class)).collect();
        classes.retain(|(_, class)| class.is_match());
        let classes: HashMap<u32, Class> = classes.into_iter().collect();
        let best = Ranker::new(&self.index, &words).best(&state.rows, classes.len());
        best.into_iter().map(|row| (classes[&row].tier(), self.index.hospital(row))).collect()
    }

    /// Brings the rows that `words` find to the top of the states; none when no longer wanted.
    fn find(&mut self, words: &[Word], wanted: &(impl Fn() -> bool + Sync)) -> Option<()> {
        while self.states.last().is_some_and(|state| !state.leads_to(words)) {
            let left = self.states.pop();
            if let Some(state) = left {
                self.spare.keep(state.rows);
            }
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
        let last = self.states.last().and_then(|state| state.words.last()).filter(|_| !is_new);
        let search = Search::new(&self.index, words, is_new, last.map_or(0, |word| word.chars().count()));
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

/// How the last of some words is looked for.
struct Search<'a> {
    index: &'a Index,
    words: &'a [Word],
    word: &'a Word,
    is_new: bool,
    places: Vec<InPlace>,
    joined: String,
    /// Whether some id may hold the word.
    is_in_ids: bool,
    /// How long the last word was when the rows were found that are looked at; 0 of a new word.
    letters_before: usize,
}

impl<'a> Search<'a> {
    fn new(index: &'a Index, words: &'a [Word], is_new: bool, letters_before: usize) -> Self {
        let word = &words[words.len() - 1];
        let find = |key: &Key| {
            let may_be = word.may_be_in(key.present);
            if may_be { class_in(word, key, Field::Place, index) } else { InPlace::default() }
        };
        let joined = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let is_in_ids = word.may_be_in(index.present_in_ids());
        Self { index, words, word, is_new, places: index.in_places(find, better), joined, is_in_ids, letters_before }
    }

    /// Whether some text of the row has all letters of the last word. Most rows have none for most words, so this is
    /// asked before anything else.
    #[inline]
    fn may_match(&self, row: u32) -> bool {
        self.is_in_ids
            || self.index.range(row).any(|at| self.word.may_be_in(self.index.present(at)))
            || self.index.place_of(row).is_some_and(|place| self.places[place].1)
    }

    /// The row with its matches; none when it cannot match, however the word goes on.
    fn judge(&self, row: Row) -> Option<Row> {
        let before = match (self.is_new, self.words.len()) {
            (_, 1) => Class::NONE,
            (true, _) => row.apart,
            (false, _) => row.before,
        };
        if self.words.len() > 1 && !before.is_match() {
            return None;
        }
        if let Some(last) = self.goes_on(row) {
            return Some(self.with(row.number, before, last, row.at));
        }
        let in_place = self.index.place_of(row.number).map_or_else(InPlace::default, |place| self.places[place]);
        let (mut last, mut may_grow) = in_place;
        let mut at_byte = None;
        for at in self.index.range(row.number) {
            let field = self.index.field(at);
            let found = self.word.find_at(at, self.index);
            let class = found.tier.map_or(Class::NONE, |tier| Class::new(tier, field));
            if class < last && field == Field::Name {
                at_byte = found.at.filter(|_| class.tier_number() <= Tier::WordPrefix as u8);
            }
            (last, may_grow) = (last.min(class), may_grow || found.may_grow);
        }
        if self.is_in_ids {
            let found = self.word.find_in(&self.index.id(row.number), Field::Id, self.index.readings());
            last = last.min(found.tier.map_or(Class::NONE, |tier| Class::new(tier, Field::Id)));
            may_grow |= found.may_grow;
        }
        let at = at_byte.filter(|_| last.field() == Field::Name).and_then(|at| u8::try_from(at).ok());
        may_grow.then(|| self.with(row.number, before, last, at.unwrap_or(NOWHERE)))
    }

    /// How the last word matches a row whose name it already matched from the start of a word on, if it still
    /// does. Nothing else can match better then, but for another text that is the whole word, and for pinyin and ids where
    /// the word was too short for them before.
    #[inline]
    fn goes_on(&self, row: Row) -> Option<Class> {
        if self.is_new || row.at == NOWHERE || (self.is_in_ids && self.letters_before < FEWEST_IN_ID) {
            return None;
        }
        if self.letters_before < pinyin::FEWEST && self.index.has_han(row.number) {
            return None;
        }
        let (name, word) = (self.index.name(row.number).text.as_bytes(), self.word.text.as_bytes());
        let is_id = || self.is_in_ids && self.index.id(row.number).text.as_bytes() == word;
        if !name[usize::from(row.at)..].starts_with(word) || is_id() || self.index.has_other_name(row.number, word) {
            return None;
        }
        let tier = match row.at {
            0 if name.len() == word.len() => Tier::Whole,
            0 => Tier::Prefix,
            _ => Tier::WordPrefix,
        };
        Some(Class::new(tier, Field::Name))
    }

    fn with(&self, row: u32, before: Class, last: Class, at: u8) -> Row {
        let apart = if self.words.len() == 1 { last } else { before.and(last) };
        let class = if self.words.len() == 1 { last } else { self.as_phrase(row, apart) };
        Row { number: row, before, apart, class, at }
    }

    /// The class of several words that match: better where they stand together.
    fn as_phrase(&self, row: u32, apart: Class) -> Class {
        if !apart.is_match() || apart.tier_number() > Tier::AnyOrder as u8 {
            return apart;
        }
        let phrases = self.index.names_and_id(row).filter_map(|(field, key)| {
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

#[inline]
fn class_in(word: &Word, key: &Key, field: Field, index: &Index) -> InPlace {
    let found = word.find_in(key, field, index.readings());
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
        let possibly = filter.map_or(0, |filter| matching().filter(|row| filter.is_possible(row.number)).count());
        let passing: Cow<[Row]> = match filter {
            Some(filter) => matching().filter(|row| filter.passes(row.number)).copied().collect(),
            None => Cow::Borrowed(rows),
        };
        let matching = || passing.iter().filter(|row| row.class.is_match());
        let total = matching().count();
        if self.ask.order != Order::Best {
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
        if filter.is_none() && self.ask.order == Order::Best {
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
        match self.orders.of(self.ask.order, self.catalog) {
            Some(places) => keys.sort_unstable_by_key(|key| places[key.index()]),
            None => keys.sort_unstable(),
        }
        let kept = self.ask.keep.and_then(|kept| keys.iter().position(|key| *key == kept));
        keys.truncate(self.ask.want.saturating_add(kept.map_or(0, |at| at + 1)));
        keys
    }
}
