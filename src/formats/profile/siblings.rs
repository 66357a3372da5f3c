//! Columns that join another one: bounds, numbers of cases, comparisons and footnotes.
//!
//! They are told by their headings: `Lower Estimate - Rate of deaths` joins `Rate of deaths`, and a bare `Lower Estimate` the
//! column of the values.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::formats::profile::row_definition::PartRole;
use crate::formats::profile::sample::words;
use crate::text::Text;

/// The columns of what a publisher gives beside a value.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EstimateColumns {
    /// The lower bound.
    pub(crate) lower: Option<usize>,
    /// The upper bound.
    pub(crate) upper: Option<usize>,
    /// How many cases.
    pub(crate) cases: Option<usize>,
    /// The comparison with the country.
    pub(crate) comparison: Option<usize>,
}

impl EstimateColumns {
    /// The columns that there are.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        [self.lower, self.upper, self.cases, self.comparison].into_iter().flatten()
    }
}

/// What joins a column.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Beside {
    /// Bounds, cases and comparison.
    pub(crate) estimate: EstimateColumns,
    /// Footnotes.
    pub(crate) footnotes: Option<usize>,
}

/// The columns that join others.
#[derive(Debug, Default)]
pub(crate) struct Siblings {
    /// By the column that they join.
    pub(crate) of: HashMap<usize, Beside>,
    /// All of them.
    pub(crate) joined: HashSet<usize>,
}

impl Siblings {
    /// Those of a file: columns of these roles, each of which may join one of the candidates. A bare `Lower Estimate` joins
    /// the main column, or the only one. Of several columns of one role the first joins.
    pub(crate) fn find(
        headings: &[Text],
        candidates: &[usize],
        roles: &BTreeMap<usize, PartRole>,
        main: Option<usize>,
    ) -> Self {
        let bases = Bases::new(headings, candidates, main);
        let mut found = Self::default();
        for (at, role) in roles {
            let Some(base) = bases.of(headings, *at, |base| !roles.contains_key(&base)) else { continue };
            let Beside { estimate, footnotes } = found.of.entry(base).or_default();
            let place = match role {
                PartRole::Lower => &mut estimate.lower,
                PartRole::Upper => &mut estimate.upper,
                PartRole::Cases => &mut estimate.cases,
                PartRole::Comparison => &mut estimate.comparison,
                PartRole::Footnote => footnotes,
                PartRole::Value | PartRole::Note => continue,
            };
            if place.is_none() {
                *place = Some(*at);
                found.joined.insert(*at);
            }
        }
        found
    }
}

/// The columns that others may join, by their words.
struct Bases<'c> {
    by_words: HashMap<String, usize>,
    candidates: &'c [usize],
    main: Option<usize>,
}

impl<'c> Bases<'c> {
    fn new(headings: &[Text], candidates: &'c [usize], main: Option<usize>) -> Self {
        const KINDS: [&str; 4] = ["value", "score", "rate", "estimate"];
        let mut by_words = HashMap::new();
        for &at in candidates.iter().rev() {
            let mut words = words(&headings[at]);
            by_words.insert(words.join(" "), at);
            if words.len() > 1 && words.last().is_some_and(|last| KINDS.contains(&&**last)) {
                words.pop();
                by_words.entry(words.join(" ")).or_insert(at);
            }
        }
        Self { by_words, candidates, main }
    }

    /// The column that the one at `at` joins: its heading without the words of its role, or the main column where it has
    /// no others.
    fn of(&self, headings: &[Text], at: usize, may_be: impl Fn(usize) -> bool) -> Option<usize> {
        let words = words(&headings[at]);
        let found = |rest: &[_]| {
            let rest: &[Cow<str>] = rest;
            self.by_words.get(&rest.join(" ")).copied().filter(|base| *base != at && may_be(*base))
        };
        for cut in 1..words.len() {
            let (start, end) = (&words[..cut], &words[cut..]);
            if role(start).is_some()
                && let Some(base) = found(end)
            {
                return Some(base);
            }
            if role(end).is_some()
                && let Some(base) = found(start)
            {
                return Some(base);
            }
        }
        if !words.iter().all(|word| ROLE_WORDS.contains(&&**word)) {
            return None;
        }
        let mut others = self.candidates.iter().copied().filter(|base| may_be(*base));
        let sole = || others.next().filter(|_| others.next().is_none());
        self.main.or_else(sole)
    }
}

/// Words of headings that say only what a column gives of another.
const ROLE_WORDS: [&str; 35] = [
    "lower",
    "upper",
    "higher",
    "low",
    "high",
    "estimate",
    "bound",
    "limit",
    "confidence",
    "interval",
    "ci",
    "95",
    "of",
    "to",
    "the",
    "number",
    "patients",
    "discharges",
    "cases",
    "denominator",
    "sample",
    "size",
    "footnote",
    "footnotes",
    "compared",
    "comparison",
    "results",
    "national",
    "rate",
    "us",
    "state",
    "benchmark",
    "performance",
    "completed",
    "surveys",
];

/// What a column of these words gives of another.
pub(crate) fn role(words: &[Cow<str>]) -> Option<PartRole> {
    let has = |wanted: &str| words.iter().any(|word| &**word == wanted);
    if has("footnote") || has("footnotes") {
        return Some(PartRole::Footnote);
    }
    if has("compared") || has("comparison") {
        return Some(PartRole::Comparison);
    }
    let is_bound =
        has("estimate") || has("limit") || has("bound") || has("ci") || has("confidence") || words.len() == 1;
    if (is_bound && has("lower")) || has("lcl") {
        return Some(PartRole::Lower);
    }
    if (is_bound && (has("upper") || has("higher"))) || has("ucl") {
        return Some(PartRole::Upper);
    }
    let is_number_of = words.windows(2).any(|pair| matches!((&*pair[0], &*pair[1]), ("number", "of")));
    let is_cases = is_number_of && ["patients", "discharges", "cases", "surveys"].iter().any(|word| has(word));
    (is_cases || has("denominator") || words.first().is_some_and(|word| &**word == "sample")).then_some(PartRole::Cases)
}
