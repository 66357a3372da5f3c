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
pub(crate) const PART: usize = 16_384;

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

/// The values of all hospitals that have a figure on one basis.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// Which figures are counted.
    pub basis: Basis,
    /// The values, in catalog order; distributions of the same figures share them.
    pub values: Arc<Vec<(HospitalKey, Interval)>>,
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
    /// Collects the values of all loaded hospitals on some bases.
    #[must_use]
    pub fn of_bases(catalog: &Catalog, bases: Vec<Basis>) -> Vec<Self> {
        let mut all: Vec<(Vec<bool>, Self)> = Vec::new();
        for basis in bases {
            let measure = &basis.figure.measure;
            let column = catalog.figure_column(measure);
            let included = basis.included(catalog, &column);
            let same = all.iter().find(|(other, one)| *other == included && one.basis.figure.measure == *measure);
            let values =
                same.map_or_else(|| Basis::values(&column, &included).into(), |(_, one)| Arc::clone(&one.values));
            all.push((included, Self { basis, values }));
        }
        all.into_iter().map(|(_, one)| one).collect()
    }

    /// Whether both have the same values.
    #[must_use]
    pub(crate) fn has_values_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.values, &other.values) || self.values == other.values
    }

    /// The value of the hospital at `key`, if it has one on this basis.
    #[must_use]
    pub(crate) fn value(&self, key: HospitalKey) -> Option<&Interval> {
        let at = self.values.binary_search_by_key(&key, |(other, _)| *other).ok()?;
        Some(&self.values[at].1)
    }

    /// The rank of the hospital at `key`; none if it has no value on this basis.
    #[must_use]
    pub(crate) fn rank(&self, key: HospitalKey) -> Option<Rank> {
        let ranked = self.value(key)?;
        let count =
            |[larger, smaller, equal]: [usize; 3], (_, value): &(HospitalKey, Interval)| match value.order(ranked) {
                Some(Ordering::Greater) => [larger + 1, smaller, equal],
                Some(Ordering::Less) => [larger, smaller + 1, equal],
                Some(Ordering::Equal) => [larger, smaller, equal + 1],
                None => [larger, smaller, equal],
            };
        let parts = self.values.par_iter().with_min_len(PART).fold(|| [0; 3], count);
        let [larger, smaller, equal] =
            parts.reduce(|| [0; 3], |[a, b, c], [more, fewer, same]| [a + more, b + fewer, c + same]);
        Some(Rank { larger, smaller, equal: equal.saturating_sub(usize::from(ranked.point().is_some())) })
    }
}
