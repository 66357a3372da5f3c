//! What the parts of a query ask for.

use std::cmp::Ordering;
use std::ops::Range;

use crate::catalog::Interval;
use crate::search::geo::GeoPoint;
use crate::search::order::Order;
use crate::search::query::field::QueryField;
use crate::search::query::token::Operator;
use crate::text::Text;

/// One part of a query, understood.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryTerm {
    /// What it asks for.
    pub kind: TermKind,
    /// Whether hospitals with it are left out.
    pub not: bool,
    /// Whether it is an alternative to the part before.
    pub is_alternative: bool,
    /// Where it stands in the query, in bytes.
    pub at: Range<usize>,
}

impl QueryTerm {
    /// Its words, if they are ranked: those of a phrase are, those that are left out are not.
    pub(super) fn ranked_words(&self) -> &[String] {
        match &self.kind {
            TermKind::Words(words) | TermKind::Phrase { words, .. } if !self.not => words,
            _ => &[],
        }
    }

    /// Whether it only lets hospitals through or not: all but plain words, orders and places do.
    pub(super) fn is_filter(&self) -> bool {
        !matches!(self.kind, TermKind::Words(_) | TermKind::Sort(_) | TermKind::Near(_))
    }
}

/// The parts of a query that stand for each other: runs of terms of which each but the first is an alternative to the one
/// before.
pub(super) fn parts(terms: &[QueryTerm]) -> impl Iterator<Item = &[QueryTerm]> {
    terms.chunk_by(|_, next| next.is_alternative)
}

/// Whether no term of a part is ranked.
pub(super) fn is_filter(part: &[QueryTerm]) -> bool {
    part.iter().all(|term| term.ranked_words().is_empty() && term.is_filter())
}

/// How many combinations of ranked terms satisfy some terms.
pub(super) fn combinations(terms: &[QueryTerm]) -> usize {
    let ranked = parts(terms).filter(|part| !is_filter(part));
    ranked.map(<[QueryTerm]>::len).fold(1, usize::saturating_mul)
}

/// The ranked words of some terms, each once.
pub(super) fn ranked_words<'q>(terms: impl Iterator<Item = &'q QueryTerm>) -> Vec<&'q str> {
    let mut once: Vec<&str> = Vec::new();
    for word in terms.flat_map(QueryTerm::ranked_words) {
        if !once.contains(&word.as_str()) {
            once.push(word);
        }
    }
    once
}

/// What one part of a query asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum TermKind {
    /// Words, folded.
    Words(Vec<String>),
    /// A phrase, folded; `closed` when it must end with a word's end.
    Phrase {
        /// Its words.
        words: Vec<String>,
        /// Whether the closing quote is there.
        closed: bool,
    },
    /// Words, folded, in one field; or, when that is asked, nothing but these words.
    Field {
        /// The field.
        field: QueryField,
        /// The words; of several alternatives, one is enough.
        any_of: Vec<Vec<String>>,
        /// Whether the field says nothing else.
        exactly: bool,
    },
    /// In which order the list shall stand.
    Sort(Order),
    /// A place: the list stands by how far hospitals are from it.
    Near(GeoPoint),
    /// How many metres from that place a hospital is at most.
    Within {
        /// The place.
        place: GeoPoint,
        /// The metres.
        metres: f64,
    },
    /// A measure, by the ids that its name stands for.
    Measure(Vec<Text>, Test),
}

/// What a measure must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Test {
    /// A stated number satisfies it for certain; with `or_possibly`, one that may satisfy it is enough.
    Number {
        /// How the stated number must compare.
        operator: Operator,
        /// The number.
        number: f64,
        /// Whether a number that only may be so is enough.
        or_possibly: bool,
    },
    /// No source states a number.
    None,
    /// Some source states a number.
    Any,
}

impl Operator {
    /// Whether every number of `interval` stands so to `number`; none when only some do.
    #[must_use]
    pub(crate) fn holds(self, interval: &Interval, number: f64) -> Option<bool> {
        let point = Interval { low: number, low_open: false, high: number, high_open: false };
        let order = interval.order(&point);
        let (all_above, all_below) = (order == Some(Ordering::Greater), order == Some(Ordering::Less));
        let (all_at_least, all_at_most) = (interval.low >= number, interval.high <= number);
        let (yes, no) = match self {
            Self::Above => (all_above, all_at_most),
            Self::AtLeast => (all_at_least, all_below),
            Self::Below => (all_below, all_at_least),
            Self::AtMost => (all_at_most, all_above),
            Self::Equal | Self::Colon => (order == Some(Ordering::Equal), all_above || all_below),
        };
        if yes { Some(true) } else { no.then_some(false) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_holds_only_for_all_that_an_interval_may_mean() {
        use crate::catalog::Quantity;
        for (quantity, operator, number, holds) in [
            (Quantity::Above(1500.0), Operator::Above, 1000.0, Some(true)),
            (Quantity::Above(1500.0), Operator::Above, 1500.0, Some(true)),
            (Quantity::Above(1500.0), Operator::Above, 2000.0, None),
            (Quantity::Above(1500.0), Operator::Below, 1500.0, Some(false)),
            (Quantity::Above(1500.0), Operator::AtMost, 1500.0, Some(false)),
            (Quantity::AtLeast(1500.0), Operator::AtLeast, 1500.0, Some(true)),
            (Quantity::AtLeast(1500.0), Operator::Above, 1500.0, None),
            (Quantity::Exact(305.0), Operator::Equal, 305.0, Some(true)),
            (Quantity::Exact(305.0), Operator::Equal, 306.0, Some(false)),
            (Quantity::About(400.0), Operator::Equal, 400.0, None),
            (Quantity::Range { from: 400.0, to: 500.0 }, Operator::Below, 500.0, None),
            (Quantity::Range { from: 400.0, to: 500.0 }, Operator::AtMost, 500.0, Some(true)),
            (Quantity::Below(100.0), Operator::Above, 100.0, Some(false)),
        ] {
            assert_eq!(operator.holds(&quantity.interval(), number), holds, "{quantity} {operator:?} {number}");
        }
    }
}
