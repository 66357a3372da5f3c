//! Bars for two values on one axis.

use crate::catalog::Interval;
use crate::compare::limit::Limit;
use crate::compare::row::Row;

/// A bar on the axis that both sides share. Positions are fractions of the axis, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The position of the lower bound of the value.
    pub least: f64,
    /// The position of the upper bound; 1 if there is none.
    pub most: f64,
    /// Whether the value has no upper bound.
    pub is_open: bool,
}

/// The fraction of the axis beyond the largest number if a value has no upper bound.
const BEYOND: f64 = 0.15;

impl Row<'_> {
    /// The bars of the left and the right side. Bars suggest a ratio, so there are none if the sides count different
    /// things, if the measure is a scale, or if the publisher fixes the total.
    #[must_use]
    pub(crate) fn bars(&self) -> Option<[Bar; 2]> {
        let is_drawn = |limit: &Limit| !limit.prevents_answer() || matches!(limit, Limit::Overlap);
        let is_count = self.sides().into_iter().all(|side| side.breakdown.is_empty() && !side.measure.ordinal);
        if !is_count || self.has_fixed_total || !self.limits.iter().all(is_drawn) {
            return None;
        }
        let bars = bars_of(&[self.left.interval()?, self.right.interval()?])?;
        <[Bar; 2]>::try_from(bars).ok()
    }
}

/// A bar for each value, all on one axis from zero. None if no value is above zero or if one is below zero.
#[must_use]
pub(crate) fn bars_of(values: &[Interval]) -> Option<Vec<Bar>> {
    let ends = values.iter().flat_map(|value| [value.low, value.high]).filter(|end| end.is_finite());
    let top = ends.fold(0.0, f64::max);
    if top <= 0.0 || values.iter().any(|value| value.high < 0.0) {
        return None;
    }
    let is_open = values.iter().any(|value| value.high.is_infinite());
    let full = if is_open { top / (1.0 - BEYOND) } else { top };
    let bar = |value: &Interval| Bar {
        least: value.low.max(0.0) / full,
        most: if value.high.is_finite() { value.high / full } else { 1.0 },
        is_open: value.high.is_infinite(),
    };
    Some(values.iter().map(bar).collect())
}
