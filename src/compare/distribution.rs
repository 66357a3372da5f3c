//! One measure among all loaded hospitals.
//!
//! Only figures that stand on one basis are counted: of one source, and of one period or edition. So no two publishers,
//! no two years and no two methods are ranked together.

use std::cmp::Ordering;

use crate::catalog::{Catalog, Figure, HospitalKey, Interval, Period, Source};
use crate::compare::period::is_same_time;
use crate::text::Text;

/// The figures that may be ranked together: those of a measure that name one source and one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// A figure of it.
    figure: Figure,
    /// The hospital that it is of.
    key: HospitalKey,
}

impl Basis {
    /// The basis of a figure of the whole hospital at `key`; none for a figure of a part, and for a derived one, whose
    /// parts may have several sources.
    #[must_use]
    pub fn of(key: HospitalKey, figure: &Figure) -> Option<Self> {
        let is_plain = figure.scope.is_none() && figure.derivation.is_none();
        is_plain.then(|| Self { figure: figure.clone(), key })
    }

    /// The measure.
    #[must_use]
    pub fn measure(&self) -> &Text {
        &self.figure.measure
    }

    /// The period or edition, in words.
    #[must_use]
    pub fn period(&self) -> Option<&Period> {
        self.figure.period.as_ref()
    }

    fn holds(&self, catalog: &Catalog, source: Option<&Source>, key: HospitalKey, figure: &Figure) -> bool {
        let is_own = |source: &Source| catalog.source(key, &figure.source).is_some_and(|own| std::ptr::eq(own, source));
        figure.measure == self.figure.measure
            && figure.scope.is_none()
            && is_same_time(figure, &self.figure)
            && source.is_some_and(is_own)
    }
}

/// What each hospital may have, of those that stand on one basis.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// What is counted.
    pub basis: Basis,
    /// The values, in catalog order.
    pub values: Vec<(HospitalKey, Interval)>,
}

/// How many hospitals certainly have more, and how many certainly less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// Certainly more.
    pub larger: usize,
    /// Certainly less.
    pub smaller: usize,
    /// Certainly as many, itself not counted.
    pub equal: usize,
}

impl Distribution {
    /// Looks at every loaded hospital.
    #[must_use]
    pub fn new(catalog: &Catalog, basis: Basis) -> Self {
        let source = catalog.source(basis.key, &basis.figure.source);
        let value = |key: HospitalKey| {
            let interval = catalog.peek_figures(key, |figures| {
                let held = figures.filter(|figure| basis.holds(catalog, source, key, figure));
                held.filter_map(Figure::interval).reduce(|a, b| a.hull(&b))
            });
            interval.map(|interval| (key, interval))
        };
        let values = catalog.hospitals().filter_map(|(key, _)| value(key)).collect();
        Self { basis, values }
    }

    /// Where the hospital at `key` stands; none when it has no value here.
    #[must_use]
    pub fn rank(&self, key: HospitalKey) -> Option<Rank> {
        let (_, own) = self.values.iter().find(|(other, _)| *other == key)?;
        let count = |order| self.values.iter().filter(|(_, value)| value.order(own) == Some(order)).count();
        let equal = count(Ordering::Equal).saturating_sub(usize::from(own.point().is_some()));
        Some(Rank { larger: count(Ordering::Greater), smaller: count(Ordering::Less), equal })
    }
}
