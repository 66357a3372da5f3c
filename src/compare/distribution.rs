//! The distribution of one measure over all loaded hospitals, and the rank of a hospital in it.
//!
//! Only figures of one source and of one period or edition are counted, so different publishers, years and methods are
//! never ranked together.

use std::cmp::Ordering;

use crate::catalog::{Catalog, Figure, FigureColumn, HospitalKey, Interval, Period, Source};
use crate::compare::period::is_same_time;

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

    /// The values of all hospitals in a column of figures; several of one hospital as the interval that spans them.
    fn values(
        &self,
        catalog: &Catalog,
        source: Option<&Source>,
        column: &FigureColumn,
    ) -> Vec<(HospitalKey, Interval)> {
        let is_included: Vec<bool> =
            column.bases().iter().map(|of| self.includes(catalog, source, of.key, &of.example)).collect();
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
    /// The values, in catalog order.
    pub values: Vec<(HospitalKey, Interval)>,
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
    /// Collects the values of all loaded hospitals.
    #[must_use]
    pub fn new(catalog: &Catalog, basis: Basis) -> Self {
        let source = catalog.source(basis.key, &basis.figure.source);
        let values = basis.values(catalog, source, &catalog.figure_column(&basis.figure.measure));
        Self { basis, values }
    }

    /// The rank of the hospital at `key`; none if it has no value on this basis.
    #[must_use]
    pub(crate) fn rank(&self, key: HospitalKey) -> Option<Rank> {
        let (_, ranked) = self.values.iter().find(|(other, _)| *other == key)?;
        let count = |order| self.values.iter().filter(|(_, value)| value.order(ranked) == Some(order)).count();
        let equal = count(Ordering::Equal).saturating_sub(usize::from(ranked.point().is_some()));
        Some(Rank { larger: count(Ordering::Greater), smaller: count(Ordering::Less), equal })
    }
}
