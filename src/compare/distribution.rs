//! The distribution of one measure over all loaded hospitals, and the rank of a hospital in it.
//!
//! Only figures of one source and of one period or edition are counted, so different publishers, years and methods are
//! never ranked together.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use crate::catalog::{Catalog, Figure, FigureColumn, HospitalKey, Interval, Period, Source};
use crate::compare::period::is_same_time;

/// Fewest values that one core looks at, at a time.
const PART: usize = 16_384;

/// In how many steps the values are drawn: more than a strip has columns.
const STEPS: usize = 1_024;

/// Which figures may be ranked together: those of one measure, one source and one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// A figure that has this measure, source and period.
    figure: Figure,
    /// The hospital of that figure.
    key: HospitalKey,
}

impl Basis {
    /// The basis of `figure`, which belongs to the hospital at `key`. None for a figure of a part of the hospital,
    /// and for a derived figure, because its parts may have several sources.
    #[must_use]
    pub(crate) fn of(key: HospitalKey, figure: &Figure) -> Option<Self> {
        let is_plain = figure.scope.is_none() && figure.derivation.is_none();
        is_plain.then(|| Self { figure: figure.clone(), key })
    }

    /// The period or edition.
    #[must_use]
    pub(crate) fn period(&self) -> Option<&Period> {
        self.figure.period.as_ref()
    }

    /// Which of the bases of a column of figures are this one.
    fn included(&self, catalog: &Catalog, column: &FigureColumn) -> Vec<bool> {
        let source = catalog.source(self.key, &self.figure.source);
        column.bases().iter().map(|of| self.includes(catalog, source, of.key, &of.example)).collect()
    }

    /// The values of all hospitals in a column of figures; several of one hospital as the interval that spans them.
    fn values(column: &FigureColumn, is_included: &[bool]) -> Vec<(HospitalKey, Interval)> {
        let mut values: Vec<(HospitalKey, Interval)> = Vec::new();
        for figure in column.figures().filter(|figure| is_included[figure.basis()]) {
            match (values.last_mut(), figure.interval) {
                (Some((key, value)), Some(interval)) if *key == figure.key => *value = value.hull(&interval),
                (_, Some(interval)) => values.push((figure.key, interval)),
                (_, None) => {}
            }
        }
        values
    }

    fn includes(&self, catalog: &Catalog, source: Option<&Source>, key: HospitalKey, figure: &Figure) -> bool {
        let is_source =
            |source: &Source| catalog.source(key, &figure.source).is_some_and(|of| std::ptr::eq(of, source));
        figure.measure == self.figure.measure
            && figure.scope.is_none()
            && is_same_time(figure, &self.figure)
            && source.is_some_and(is_source)
    }
}

/// How the values of all hospitals that have a figure on one basis are distributed. It is made by one walk over the
/// hospitals, and asked without another.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// Which figures are counted.
    pub basis: Basis,
    /// Which bases of the measure's column are counted.
    included: Vec<bool>,
    /// What was counted; distributions of the same figures share it.
    counted: Arc<Counted>,
}

#[derive(Debug, PartialEq)]
struct Counted {
    /// How many hospitals have a value.
    hospitals: usize,
    /// Which of the [`STEPS`] from zero to the largest value have a value; none if there is no scale.
    taken: Vec<bool>,
    /// The hospitals that are compared, where they have a value.
    sides: Vec<(HospitalKey, RankedSide)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct RankedSide {
    value: Interval,
    rank: Rank,
    /// The middle of the value, from zero to the largest value as one.
    position: f64,
}

/// The rank of a hospital: how many hospitals have more, less or as much. Overlapping intervals count for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// How many certainly have more.
    pub larger: usize,
    /// How many certainly have less.
    pub smaller: usize,
    /// How many other hospitals certainly have as much.
    pub equal: usize,
}

impl Distribution {
    /// Counts all loaded hospitals on some bases, and ranks two of them.
    #[must_use]
    pub fn of_bases(catalog: &Catalog, bases: Vec<Basis>, sides: [HospitalKey; 2]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for basis in bases {
            let column = catalog.figure_column(&basis.figure.measure);
            let included = basis.included(catalog, &column);
            let same = all.iter().find(|one| one.counts(&basis, &included));
            let counted = same.map_or_else(
                || Arc::new(Counted::of(&Basis::values(&column, &included), sides)),
                |one| Arc::clone(&one.counted),
            );
            all.push(Self { basis, included, counted });
        }
        all
    }

    /// Whether both count the same figures.
    #[must_use]
    pub(crate) fn counts_as(&self, other: &Self) -> bool {
        self.counts(&other.basis, &other.included)
    }

    fn counts(&self, basis: &Basis, included: &[bool]) -> bool {
        self.basis.figure.measure == basis.figure.measure && self.included == included
    }

    /// How many hospitals have a value.
    #[must_use]
    pub(crate) fn hospitals(&self) -> usize {
        self.counted.hospitals
    }

    /// The rank of one of the two hospitals; none if it has no value on this basis.
    #[must_use]
    pub(crate) fn rank(&self, key: HospitalKey) -> Option<Rank> {
        self.side(key).map(|side| side.rank)
    }

    /// The value of one of the two hospitals, if it has one on this basis.
    #[must_use]
    pub(crate) fn value(&self, key: HospitalKey) -> Option<Interval> {
        self.side(key).map(|side| side.value)
    }

    /// Where the value of one of the two hospitals lies, from zero to the largest value as one.
    #[must_use]
    pub(crate) fn position(&self, key: HospitalKey) -> Option<f64> {
        self.side(key).map(|side| side.position)
    }

    /// Where values lie, from zero to the largest value as one. Empty if all values are zero.
    pub(crate) fn positions(&self) -> impl Iterator<Item = f64> {
        let taken = self.counted.taken.iter().enumerate().filter(|(_, is_taken)| **is_taken);
        taken.map(|(step, _)| position_of(step))
    }

    fn side(&self, key: HospitalKey) -> Option<RankedSide> {
        self.counted.sides.iter().find(|(other, _)| *other == key).map(|(_, side)| *side)
    }
}

impl Counted {
    fn of(values: &[(HospitalKey, Interval)], sides: [HospitalKey; 2]) -> Self {
        let top = values.par_iter().with_min_len(PART).map(|(_, value)| end_of(value)).reduce(|| 0.0, f64::max);
        let position = |value: &Interval| f64::midpoint(value.low.max(0.0), end_of(value)) / top;
        let taken = if top > 0.0 { taken(values, &position) } else { Vec::new() };
        let value = |key: HospitalKey| {
            let at = values.binary_search_by_key(&key, |(other, _)| *other).ok()?;
            Some(&values[at].1)
        };
        let sides = sides.into_iter().filter_map(|key| Some((key, value(key)?)));
        let sides = sides.map(|(key, value)| {
            (key, RankedSide { value: *value, rank: Rank::of(value, values), position: position(value) })
        });
        Self { hospitals: values.len(), taken, sides: sides.collect() }
    }
}

/// Which steps have a value at its position.
fn taken(values: &[(HospitalKey, Interval)], position: &(impl Fn(&Interval) -> f64 + Sync)) -> Vec<bool> {
    let none = || vec![false; STEPS + 1];
    let mark = |mut taken: Vec<bool>, (_, value): &(HospitalKey, Interval)| {
        taken[step_of(position(value))] = true;
        taken
    };
    let either = |a: Vec<bool>, b: Vec<bool>| a.into_iter().zip(b).map(|(a, b)| a | b).collect();
    values.par_iter().with_min_len(PART).fold(none, mark).reduce(none, either)
}

/// The end of an interval; of one without an end, its start.
fn end_of(value: &Interval) -> f64 {
    if value.high.is_finite() { value.high } else { value.low }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a fraction of a small number of steps"
)]
fn step_of(position: f64) -> usize {
    ((position * STEPS as f64).round() as usize).min(STEPS)
}

#[expect(clippy::cast_precision_loss, reason = "a small number of steps")]
fn position_of(step: usize) -> f64 {
    step as f64 / STEPS as f64
}

impl Rank {
    fn of(ranked: &Interval, values: &[(HospitalKey, Interval)]) -> Self {
        let count =
            |[larger, smaller, equal]: [usize; 3], (_, value): &(HospitalKey, Interval)| match value.order(ranked) {
                Some(Ordering::Greater) => [larger + 1, smaller, equal],
                Some(Ordering::Less) => [larger, smaller + 1, equal],
                Some(Ordering::Equal) => [larger, smaller, equal + 1],
                None => [larger, smaller, equal],
            };
        let parts = values.par_iter().with_min_len(PART).fold(|| [0; 3], count);
        let [larger, smaller, equal] =
            parts.reduce(|| [0; 3], |[a, b, c], [more, fewer, same]| [a + more, b + fewer, c + same]);
        Self { larger, smaller, equal: equal.saturating_sub(usize::from(ranked.point().is_some())) }
    }
}
