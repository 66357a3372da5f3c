//! Two hospitals, row by row, and what can honestly be compared.
//!
//! This room is pure: it takes a catalog and two keys, and gives rows with verdicts. The screen, the
//! commands and every export show the same rows. The rules:
//!
//! - A row is a measure, and the part of the hospital that is counted. The latest period that both sides
//!   have is taken; else each side's latest, and the row says *different period*.
//! - Measures of one concept (registered and open beds) keep their own rows. Where one side publishes one
//!   and the other another, each row shows what the other publishes instead, and gives no difference.
//! - Values are intervals. A difference is given only where they lie apart, for one period that both state: "more than 1,500" against 1,925
//!   cannot be told apart, against 880 it is larger.
//! - Figures of one side that contradict each other are all shown, and none is chosen.
//! - Statements in words are held against each other source by source; the row says where the sources differ.
//! - What is missing says why. No side wins, and nothing is added up.

mod align;
mod changes;
mod lists;
mod scale;
mod statements;
mod verdict;

use std::cmp::Ordering;

use crate::catalog::{
    Catalog, Family, Figure, Hospital, HospitalKey, Interval, Measure, Missing, Observed, Period, Scope,
};
pub use changes::{Change, Changed, Changes, Heading, Named, Renamed, Unnamed};
pub use lists::{ListRow, Lists, Presence};
pub use scale::{Bar, Place, Standing};
pub use statements::{FactRow, FactSide};
pub use verdict::Verdict;

/// One side of a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side<'a> {
    /// The figures of the period shown. More than one when the sources state more than one.
    pub figures: Vec<&'a Figure>,
    /// Figures of the measure and part for other periods, the latest first.
    pub history: Vec<&'a Figure>,
    /// When there is no figure: what the hospital publishes of the same concept.
    pub instead: Vec<&'a Figure>,
}

impl Side<'_> {
    /// Why there is no number; none when there is one.
    #[must_use]
    pub fn missing(&self) -> Option<Missing> {
        let mut reason = Missing::NotInSource;
        for figure in &self.figures {
            match figure.value {
                Observed::Stated(_) => return None,
                Observed::Missing(why) => reason = why,
            }
        }
        Some(reason)
    }

    /// Everything that the figures may mean together; none without a number.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        let intervals = self.figures.iter().filter_map(|figure| figure.interval());
        intervals.reduce(|a, b| {
            let (low, low_open) = if b.low < a.low { (b.low, b.low_open) } else { (a.low, a.low_open) };
            let (high, high_open) = if b.high > a.high { (b.high, b.high_open) } else { (a.high, a.high_open) };
            Interval { low, low_open, high, high_open }
        })
    }

    /// The known period shown; figures without a known one may stand beside it.
    #[must_use]
    pub fn period(&self) -> Option<&Period> {
        self.figures.iter().filter_map(|figure| figure.period.as_ref()).find(|period| period.is_known())
    }

    /// Whether the period of every figure is known.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.figures.iter().all(|figure| figure.period.as_ref().is_some_and(Period::is_known))
    }

    fn contradicts_itself(&self) -> bool {
        let intervals: Vec<Interval> = self.figures.iter().filter_map(|figure| figure.interval()).collect();
        intervals
            .iter()
            .enumerate()
            .any(|(at, a)| intervals[at + 1..].iter().any(|b| a.order(b).is_some_and(|order| order != Ordering::Equal)))
    }
}

/// One measure, set side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// The family it is shown in.
    pub family: &'a Family,
    /// What is counted.
    pub measure: &'a Measure,
    /// The part that is counted, when it is not the whole hospital on both sides.
    pub part: Option<&'a str>,
    /// The hospital on the left.
    pub left: Side<'a>,
    /// The hospital on the right.
    pub right: Side<'a>,
    /// All that is to be said, the gravest first; never empty.
    pub reasons: Vec<Verdict>,
}

impl Row<'_> {
    /// The part's scope, when the row is of a part.
    #[must_use]
    pub fn scope(&self) -> Option<&Scope> {
        let figures = self.left.figures.iter().chain(&self.right.figures);
        figures.into_iter().find_map(|figure| figure.scope.as_ref())
    }

    /// A name of its own within the comparison, which does not depend on the order of the sides.
    #[must_use]
    pub fn key(&self) -> String {
        let kind = match self.scope() {
            None => "",
            Some(Scope::Campus(_)) => "campus",
            Some(Scope::Department(_)) => "department",
        };
        format!("{} {kind} {}", self.measure.id, self.part.unwrap_or_default().to_lowercase()).trim_end().to_owned()
    }

    /// The gravest reason.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.reasons.first().copied().unwrap_or(Verdict::Comparable)
    }

    /// How the left value stands to the right one, where the rules allow to say so.
    #[must_use]
    pub fn order(&self) -> Option<Ordering> {
        if self.verdict() > Verdict::Caveat {
            return None;
        }
        self.left.interval()?.order(&self.right.interval()?)
    }

    /// How much larger the larger side is, where the rules allow to say so: as stated by both sources.
    #[must_use]
    pub fn difference(&self) -> Option<Interval> {
        let (left, right) = (self.left.interval()?, self.right.interval()?);
        match self.order()? {
            Ordering::Equal => None,
            Ordering::Greater => Some(minus(&left, &right)),
            Ordering::Less => Some(minus(&right, &left)),
        }
    }
}

fn minus(a: &Interval, b: &Interval) -> Interval {
    Interval {
        low: a.low - b.high,
        low_open: a.low_open || b.high_open,
        high: a.high - b.low,
        high_open: a.high_open || b.low_open,
    }
}

impl Row<'_> {
    /// How many times as large the larger side is, where the rules allow to say so.
    #[must_use]
    pub fn ratio(&self) -> Option<Interval> {
        if self.measure.ordinal {
            return None;
        }
        let (left, right) = (self.left.interval()?, self.right.interval()?);
        let (larger, smaller) = match self.order()? {
            Ordering::Equal => return None,
            Ordering::Greater => (left, right),
            Ordering::Less => (right, left),
        };
        let ratio = (smaller.low > 0.0 && smaller.high.is_finite()).then(|| Interval {
            low: larger.low / smaller.high,
            low_open: larger.low_open || smaller.high_open,
            high: larger.high / smaller.low,
            high_open: larger.high_open || smaller.low_open,
        });
        // Numbers too far apart have a ratio that no number holds.
        ratio.filter(|ratio| ratio.low.is_finite() && (ratio.high.is_finite() || larger.high.is_infinite()))
    }
}

/// A measure that a hospital does not publish.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap<'a> {
    /// The family it is shown in.
    pub family: &'a Family,
    /// The measure.
    pub measure: &'a Measure,
    /// Why there is no number.
    pub why: Missing,
    /// Whether it publishes the measure for a part of the hospital.
    pub has_part: bool,
}

/// Two hospitals, compared.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// What both were loaded in.
    pub catalog: &'a Catalog,
    /// The hospital on the left.
    pub left: HospitalKey,
    /// The hospital on the right.
    pub right: HospitalKey,
    /// Measures, by family.
    pub rows: Vec<Row<'a>>,
    /// Statements in words: kind, place, grade.
    pub facts: Vec<FactRow<'a>>,
    /// Rankings, accreditations, specialties, partners: shared, or one side's.
    pub lists: Vec<Lists<'a>>,
}

impl<'a> Comparison<'a> {
    /// Compares the hospitals at `left` and `right`.
    #[must_use]
    pub fn new(catalog: &'a Catalog, left: HospitalKey, right: HospitalKey) -> Self {
        let (a, b) = (catalog.hospital(left), catalog.hospital(right));
        let facts = statements::facts(catalog, left, right);
        let rows = catalog
            .measures()
            .by_family()
            .flat_map(|(family, measure)| {
                let pairs = align::pairs(catalog, [left, right], measure);
                pairs.into_iter().map(move |(part, left, right)| (family, measure, part, left, right))
            })
            .map(|(family, measure, part, mut left, mut right)| {
                if part.is_none() {
                    left.instead = instead(catalog, a, measure, &left);
                    right.instead = instead(catalog, b, measure, &right);
                }
                let reasons = reasons(part.is_some(), &left, &right);
                Row { family, measure, part, left, right, reasons }
            })
            .collect();
        Self { catalog, left, right, rows, facts, lists: lists::lists(catalog, left, right) }
    }

    /// The hospital on the left.
    #[must_use]
    pub fn left_hospital(&self) -> &'a Hospital {
        self.catalog.hospital(self.left)
    }

    /// The hospital on the right.
    #[must_use]
    pub fn right_hospital(&self) -> &'a Hospital {
        self.catalog.hospital(self.right)
    }

    /// What the hospital at `key` does not publish for the whole of it although another loaded hospital does.
    /// What cannot apply to it is no gap.
    #[must_use]
    pub fn gaps(&self, key: HospitalKey) -> Vec<Gap<'a>> {
        let whole = |one: &Figure, measure: &Measure| {
            one.measure == measure.id && one.scope.is_none() && one.quantity().is_some()
        };
        let figures = &self.catalog.hospital(key).details.figures;
        let elsewhere = |measure: &Measure| {
            let own = figures.iter().any(|one| whole(one, measure));
            self.catalog.reporting(&measure.id) > usize::from(own)
        };
        let mut gaps = Vec::new();
        for (family, measure) in self.catalog.measures().by_family().filter(|(_, measure)| measure.formula.is_none()) {
            let own = || figures.iter().filter(|one| one.measure == measure.id);
            let whole = align::side(own().filter(|one| one.scope.is_none()).collect(), None);
            let Some(why) = whole.missing().filter(|why| *why != Missing::NotApplicable) else { continue };
            let has_part = own().any(|one| one.scope.is_some() && one.quantity().is_some());
            if elsewhere(measure) {
                gaps.push(Gap { family, measure, why, has_part });
            }
        }
        gaps
    }

    /// How many rows have each verdict, the mildest first; verdicts without a row are left out.
    #[must_use]
    pub fn tally(&self) -> Vec<(Verdict, usize)> {
        let count = |verdict| self.rows.iter().filter(|row| row.verdict() == verdict).count();
        Verdict::ALL.into_iter().map(|verdict| (verdict, count(verdict))).filter(|(_, count)| *count > 0).collect()
    }
}

/// What a hospital that lacks `measure` publishes of the same concept, for the whole hospital.
fn instead<'a>(catalog: &Catalog, hospital: &'a Hospital, measure: &Measure, side: &Side) -> Vec<&'a Figure> {
    if side.missing().is_none() || measure.concept.is_none() {
        return Vec::new();
    }
    let kindred = catalog.measures().by_family().filter(|(_, other)| other.concept == measure.concept);
    let stated = |other: &Measure, figure: &Figure| {
        figure.measure == other.id && figure.scope.is_none() && figure.quantity().is_some()
    };
    kindred.flat_map(|(_, other)| hospital.details.figures.iter().filter(move |figure| stated(other, figure))).collect()
}

fn reasons(has_part: bool, left: &Side, right: &Side) -> Vec<Verdict> {
    let mut reasons = match (left.missing(), right.missing()) {
        (None, None) => both(has_part, left, right),
        (Some(_), Some(_)) => vec![Verdict::Neither],
        _ if left.instead.is_empty() && right.instead.is_empty() => vec![Verdict::OneSide],
        _ => vec![Verdict::DifferentDefinition],
    };
    for side in [left, right] {
        if side.contradicts_itself() {
            reasons.push(Verdict::SourcesDisagree);
        }
    }
    let shown = |side: &&Side| side.figures.iter().chain(&side.instead).any(|figure| figure.caveat.is_some());
    if [left, right].iter().any(shown) {
        reasons.push(Verdict::Caveat);
    }
    if reasons.is_empty() {
        reasons.push(Verdict::Comparable);
    }
    reasons.sort_unstable_by(|a, b| b.cmp(a));
    reasons.dedup();
    reasons
}

/// Whether two derived figures come from parts that were measured at different times.
fn has_parts_of_other_times(left: &Side, right: &Side) -> bool {
    let (Some(left), Some(right)) = (left.figures.first(), right.figures.first()) else { return false };
    left.parts().iter().zip(right.parts()).any(|(a, b)| match (&a.period, &b.period) {
        (Some(a), Some(b)) => a.is_known() && b.is_known() && !a.is_same_time(b),
        _ => false,
    })
}

/// What stands between two sides that both have a number.
fn both(has_part: bool, left: &Side, right: &Side) -> Vec<Verdict> {
    let mut reasons = Vec::new();
    match (left.period(), right.period()) {
        (Some(a), Some(b)) if !a.is_same_time(b) => reasons.push(Verdict::DifferentPeriod),
        _ if has_parts_of_other_times(left, right) => reasons.push(Verdict::DifferentPeriod),
        _ => {}
    }
    if !left.is_dated() || !right.is_dated() {
        reasons.push(Verdict::PeriodUnknown);
    }
    let scopes = |side: &Side| side.figures.first().is_some_and(|figure| figure.scope.is_some());
    if has_part && scopes(left) != scopes(right) {
        reasons.push(Verdict::DifferentScope);
    }
    let order = left.interval().zip(right.interval()).and_then(|(a, b)| a.order(&b));
    if order.is_none() {
        reasons.push(Verdict::Overlapping);
    }
    reasons
}

#[cfg(test)]
mod tests;
