//! What lets hospitals through or keeps them out, whatever their rank: phrases, `!words`, fields and measures.

use std::sync::Arc;

use rayon::prelude::*;

use crate::catalog::{Catalog, Interval};
use crate::search::ask::Abandoned;
use crate::search::index::catalog_index::Index;
use crate::search::index::normalized::NormalizedText;
use crate::search::index::other::phrase::OtherPhrase;
use crate::search::matching::word::{Word, joined};
use crate::search::query::term::{QueryTerm, TermKind, Test};
use crate::search::says::says;
use crate::search::text::pinyin_table::PinyinTable;
use crate::search::tier::Tier;
use crate::text::Text;

/// Most terms whose outcome is kept; the oldest goes first.
const MOST_KEPT: usize = 64;

/// Whether a hospital passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// It does not.
    No,
    /// Its sources leave it open.
    Possibly,
    /// It does.
    Yes,
}

impl Outcome {
    /// What leaves it open leaves the opposite open too.
    fn opposite(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Possibly => Self::Possibly,
            Self::Yes => Self::No,
        }
    }
}

impl From<bool> for Outcome {
    fn from(passes: bool) -> Self {
        if passes { Self::Yes } else { Self::No }
    }
}

/// Which rows pass all filters of a query.
#[derive(Clone, Debug)]
pub(super) struct Filter(Arc<Vec<Outcome>>);

impl Filter {
    pub(super) fn passes(&self, row: u32) -> bool {
        self.0[row as usize] == Outcome::Yes
    }

    pub(super) fn is_possible(&self, row: u32) -> bool {
        self.0[row as usize] == Outcome::Possibly
    }
}

/// The filters of the last queries, so that typing on does not work them out anew.
#[derive(Debug, Default)]
pub(crate) struct Filters {
    known: Vec<(TermKind, bool, Filter)>,
}

impl Filters {
    /// What passes some terms of each of some parts; none when all hospitals pass. It is no longer made when it is no longer
    /// `wanted`.
    pub(super) fn of(
        &mut self,
        parts: &[Vec<&QueryTerm>],
        catalog: &Catalog,
        index: &Index,
        wanted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Option<Filter>, Abandoned> {
        let with = |a: Filter, b: Filter, pick: fn(Outcome, Outcome) -> Outcome| {
            Filter(Arc::new(a.0.iter().zip(b.0.iter()).map(|(a, b)| pick(*a, *b)).collect()))
        };
        let mut all: Option<Filter> = None;
        for part in parts {
            let mut some: Option<Filter> = None;
            for term in part {
                let filter = self.of_term(term, catalog, index, wanted)?;
                some = Some(some.map_or_else(|| filter.clone(), |some| with(some, filter.clone(), Ord::max)));
            }
            all = match (all, some) {
                (Some(all), Some(some)) => Some(with(all, some, Ord::min)),
                (all, some) => all.or(some),
            };
        }
        Ok(all)
    }

    fn of_term(
        &mut self,
        term: &QueryTerm,
        catalog: &Catalog,
        index: &Index,
        wanted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Filter, Abandoned> {
        let known = self.known.iter().find(|(kind, not, _)| *kind == term.kind && *not == term.not);
        if let Some((_, _, filter)) = known {
            return Ok(filter.clone());
        }
        if let TermKind::Measure(ids, _) = &term.kind {
            catalog.read_figures(ids, wanted).ok_or(Abandoned)?;
        }
        let passes = passes(term, catalog, index);
        let outcomes = index.rows().into_par_iter().with_min_len(4_096).map(|row| {
            let outcome = passes(row);
            if term.not { outcome.opposite() } else { outcome }
        });
        let filter = Filter(Arc::new(outcomes.collect()));
        if self.known.len() == MOST_KEPT {
            self.known.remove(0);
        }
        self.known.push((term.kind.clone(), term.not, filter.clone()));
        Ok(filter)
    }
}

/// Whether the hospital in a row passes.
type Passes<'a> = Box<dyn Fn(u32) -> Outcome + Sync + 'a>;

/// Which hospitals a term matches, before its negation; a negated word also matches by pinyin.
fn passes<'a>(term: &'a QueryTerm, catalog: &'a Catalog, index: &'a Index) -> Passes<'a> {
    let prepared = |words: &[String]| Word::all(words, index.pinyin());
    match &term.kind {
        // These are ranked, not filtered.
        TermKind::Words(_) | TermKind::Sort(_) | TermKind::Near(_) => Box::new(|_| Outcome::Yes),
        TermKind::Phrase { words, closed } => {
            let elsewhere = OtherPhrase::new(words, *closed, catalog, index);
            let words = prepared(words);
            let (joined, closed, not) = (joined(&words), *closed, term.not);
            let fits = move |text: &NormalizedText| {
                stands(&words, &joined, closed, text) || (not && is_pinyin(&words, text, index.pinyin()))
            };
            Box::new(move |row| {
                let is_elsewhere = || elsewhere.as_ref().is_some_and(|phrase| phrase.is_said_by(index.hospital(row)));
                (index.texts(row as usize).any(|(_, text)| fits(&text)) || is_elsewhere()).into()
            })
        }
        TermKind::Field { field, any_of, exactly } => {
            let says = says(field, any_of, *exactly, catalog, index);
            Box::new(move |row| says(row).into())
        }
        TermKind::Measure(ids, test) => {
            let outcomes = measured(catalog, ids, *test);
            Box::new(move |row| outcomes[index.hospital(row).index()])
        }
        TermKind::Within { place, metres } => {
            let points = catalog.points();
            let is_within = move |point| place.metres_to(point) <= *metres;
            Box::new(move |row| points.of(index.hospital(row)).is_some_and(is_within).into())
        }
    }
}

/// Whether the words stand in `text` as a phrase, from the start of a word on, and to the end of one if `closed`.
/// A single word that is not closed may stand anywhere.
fn stands(words: &[Word], joined: &str, closed: bool, text: &NormalizedText) -> bool {
    if let ([word], false) = (words, closed) {
        return word.may_be_in(text.signature) && word.find_plain(text).is_some();
    }
    let ends_word = |at: usize| at == text.text.len() || text.starts_word(at) || text.text.as_bytes()[at] == b' ';
    let mut matches = text.text.match_indices(joined);
    matches.any(|(at, _)| text.starts_word(at) && (!closed || ends_word(at + joined.len())))
}

/// Whether a single word stands in `text` as pinyin by syllables, not by initials.
fn is_pinyin(words: &[Word], text: &NormalizedText, table: &PinyinTable) -> bool {
    let [word] = words else { return false };
    word.find_pinyin(text, table).is_some_and(|tier| tier <= Tier::WordPrefix)
}

/// Whether some figure of the measures passes, for each hospital by its position.
fn measured(catalog: &Catalog, ids: &[Text], test: Test) -> Vec<Outcome> {
    let mut outcomes = vec![Outcome::from(matches!(test, Test::None)); catalog.len()];
    for id in ids {
        let column = catalog.figure_column(id);
        for (key, interval) in column.figures().filter_map(|figure| Some((figure.key, figure.interval?))) {
            let outcome = &mut outcomes[key.index()];
            *outcome = with_figure(*outcome, test, interval);
        }
    }
    outcomes
}

/// The outcome for a hospital that has one more figure.
fn with_figure(before: Outcome, test: Test, interval: Interval) -> Outcome {
    match test {
        Test::None => Outcome::No,
        Test::Any => Outcome::Yes,
        Test::Number { operator, number, or_possibly } => before.max(match operator.holds(&interval, number) {
            Some(holds) => holds.into(),
            None if or_possibly => Outcome::Yes,
            None => Outcome::Possibly,
        }),
    }
}
