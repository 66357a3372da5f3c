//! Intervals: the numbers that a value may mean, and what can be said of two of them.
//!
//! "More than 1,500" may be any number above 1500. Two values are ordered only where their intervals do not meet; a
//! difference or a ratio of two intervals is an interval again, as wide as the values leave it.

use std::cmp::Ordering;

/// The numbers that a quantity may mean. `low` and `high` may be infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Whether `low` itself is excluded.
    pub low_open: bool,
    /// Upper end; infinite when the source sets no top.
    pub high: f64,
    /// Whether `high` itself is excluded.
    pub high_open: bool,
}

impl Interval {
    /// From one number to another, both included.
    #[must_use]
    pub(crate) const fn closed(low: f64, high: f64) -> Self {
        Self { low, low_open: false, high, high_open: false }
    }

    /// One number.
    #[must_use]
    pub(crate) const fn exact(n: f64) -> Self {
        Self::closed(n, n)
    }

    /// The single number, when only one is possible.
    #[must_use]
    pub fn point(&self) -> Option<f64> {
        debug_assert!(self.low <= self.high, "{self:?} is reversed");
        #[expect(clippy::float_cmp, reason = "both ends of a single number are that number")]
        let is_point = self.low == self.high;
        (is_point && !self.low_open && !self.high_open).then_some(self.low)
    }

    /// The order of two intervals: `None` when they overlap, so that either may be larger.
    ///
    /// Equal only when both are the same single number.
    #[must_use]
    pub(crate) fn order(&self, other: &Self) -> Option<Ordering> {
        if self.point().is_some() && self.point() == other.point() {
            return Some(Ordering::Equal);
        }
        if self.ends_before(other) {
            return Some(Ordering::Less);
        }
        other.ends_before(self).then_some(Ordering::Greater)
    }

    /// Whether two of `all` lie apart, so that they cannot all be of one number.
    #[must_use]
    pub(crate) fn contradict(all: &[Self]) -> bool {
        let apart = |a: &Self, b: &Self| a.order(b).is_some_and(Ordering::is_ne);
        all.iter().enumerate().any(|(at, a)| all[at + 1..].iter().any(|b| apart(a, b)))
    }

    fn ends_before(&self, other: &Self) -> bool {
        match self.high.partial_cmp(&other.low) {
            Some(Ordering::Less) => true,
            Some(Ordering::Equal) => self.high_open || other.low_open,
            _ => false,
        }
    }

    /// The smallest interval that holds both.
    #[must_use]
    pub(crate) fn hull(&self, other: &Self) -> Self {
        let (low, low_open) = match self.low.partial_cmp(&other.low) {
            Some(Ordering::Less) => (self.low, self.low_open),
            Some(Ordering::Equal) => (self.low, self.low_open && other.low_open),
            _ => (other.low, other.low_open),
        };
        let (high, high_open) = match self.high.partial_cmp(&other.high) {
            Some(Ordering::Greater) => (self.high, self.high_open),
            Some(Ordering::Equal) => (self.high, self.high_open && other.high_open),
            _ => (other.high, other.high_open),
        };
        Self { low, low_open, high, high_open }
    }

    /// All differences of a number of this one less a number of the other.
    #[must_use]
    pub(crate) fn minus(&self, other: &Self) -> Self {
        Self {
            low: self.low - other.high,
            low_open: self.low_open || other.high_open,
            high: self.high - other.low,
            high_open: self.high_open || other.low_open,
        }
    }

    /// How many times the other this one is; none where the other may be zero or less, has no top, or the result is no
    /// number that a computer holds.
    #[must_use]
    pub(crate) fn ratio(&self, other: &Self) -> Option<Self> {
        if other.low <= 0.0 || !other.high.is_finite() || self.low < 0.0 {
            return None;
        }
        let ratio = self.quotient(other)?;
        let is_held = ratio.low.is_finite() && (ratio.high.is_finite() || self.high.is_infinite());
        is_held.then_some(ratio)
    }

    /// All quotients of counts: a number of this one by a number of the other, neither below zero. None where this one
    /// may be below zero, or the other may be zero; an open bottom counts as zero.
    #[must_use]
    pub(crate) fn quotient(&self, other: &Self) -> Option<Self> {
        let low = if self.low == f64::NEG_INFINITY { 0.0 } else { self.low };
        if low < 0.0 || self.high < 0.0 || other.low <= 0.0 {
            return None;
        }
        let (low, low_open) = if other.high.is_finite() {
            (low / other.high, self.low_open || other.high_open)
        } else {
            (0.0, low > 0.0)
        };
        Some(Self { low, low_open, high: self.high / other.low, high_open: self.high_open || other.low_open })
    }

    /// Every number multiplied by a positive factor.
    #[must_use]
    pub(crate) fn times(&self, factor: f64) -> Self {
        Self { low: self.low * factor, high: self.high * factor, ..*self }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const INF: f64 = f64::INFINITY;

    fn above(low: f64) -> Interval {
        Interval { low_open: true, ..Interval::closed(low, INF) }
    }

    fn below(high: f64) -> Interval {
        Interval { high_open: true, ..Interval::closed(-INF, high) }
    }

    #[test]
    fn differences_and_ratios_are_as_wide_as_the_values() {
        let (visits_2017, visits_2019) = (
            Interval { high_open: true, ..Interval::closed(4.65e6, 4.75e6) },
            Interval { high_open: true, ..Interval::closed(3.365e6, 3.375e6) },
        );
        let difference = visits_2017.minus(&visits_2019);
        assert_eq!((difference.low, difference.low_open), (1_275_000.0, true));
        assert_eq!((difference.high, difference.high_open), (1_385_000.0, true));
        let ratio = visits_2017.ratio(&visits_2019).unwrap();
        assert!((ratio.low - 1.378).abs() < 1e-3 && (ratio.high - 1.412).abs() < 1e-3);
        assert_eq!(above(1500.0).minus(&Interval::exact(880.0)), above(620.0));
        assert_eq!(above(1500.0).ratio(&Interval::exact(750.0)), Some(above(2.0)));
    }

    #[test]
    fn what_may_be_zero_or_has_no_top_divides_nothing() {
        let five = Interval::exact(5.0);
        for divisor in [Interval::exact(0.0), below(10.0), Interval::closed(-1.0, 1.0)] {
            assert_eq!((five.ratio(&divisor), five.quotient(&divisor)), (None, None), "{divisor:?}");
        }
        assert_eq!(five.ratio(&above(2.0)), None, "a ratio to what has no top");
        assert_eq!(
            five.quotient(&above(2.0)),
            Some(Interval { low_open: true, high_open: true, ..Interval::closed(0.0, 2.5) })
        );
        assert_eq!(Interval::exact(1e300).ratio(&Interval::exact(1e-300)), None, "no number holds it");
        assert_eq!(Interval::exact(-5.0).quotient(&five), None, "counts are not below zero");
    }

    #[test]
    fn a_hull_keeps_an_end_that_either_includes() {
        assert_eq!(above(5.0).hull(&Interval::exact(5.0)), Interval::closed(5.0, INF));
        assert_eq!(Interval::exact(1.0).hull(&Interval::exact(4.0)), Interval::closed(1.0, 4.0));
        assert_eq!(
            below(3.0).hull(&above(9.0)),
            Interval { low_open: false, high_open: false, ..Interval::closed(-INF, INF) }
        );
    }

    fn any_interval() -> impl Strategy<Value = Interval> {
        let end = -20i32..20;
        (end.clone(), end, any::<bool>(), any::<bool>(), 0u8..8).prop_map(|(a, b, low_open, high_open, kind)| {
            let (low, high) = (f64::from(a.min(b)), f64::from(a.max(b)));
            match kind {
                0 => Interval { low_open, ..Interval::closed(low, INF) },
                1 => Interval { high_open, ..Interval::closed(-INF, high) },
                2 => Interval::exact(low),
                _ if low < high => Interval { low, low_open, high, high_open },
                _ => Interval::exact(low),
            }
        })
    }

    proptest! {
        #[test]
        fn order_hull_and_minus_agree(a in any_interval(), b in any_interval()) {
            prop_assert_eq!(a.order(&b), b.order(&a).map(Ordering::reverse));
            prop_assert_eq!(a.hull(&b), b.hull(&a));
            let hull = a.hull(&b);
            prop_assert!(hull.low <= a.low.min(b.low) && hull.high >= a.high.max(b.high));
            // What is certainly larger leaves a difference that is certainly not below zero.
            if a.order(&b) == Some(Ordering::Greater) {
                let difference = a.minus(&b);
                prop_assert!(difference.low >= 0.0 && (difference.low > 0.0 || difference.low_open));
            }
            if let Some(ratio) = a.ratio(&b) {
                prop_assert!(ratio.low <= ratio.high && ratio.low >= 0.0);
                prop_assert!(a.order(&b) != Some(Ordering::Greater) || ratio.low >= 1.0);
            }
        }
    }
}
