//! Which figures of two hospitals are of one time.

use std::cmp::Reverse;

use crate::catalog::period::Age;
use crate::catalog::{Figure, Period};

/// Figures that are shown, and those that stand beside them.
pub(super) type Chosen<'a> = (Vec<&'a Figure>, Vec<&'a Figure>);

/// Whether two figures are of one time: of the same known days, else with the same words on it.
pub(super) fn is_same_time(a: &Figure, b: &Figure) -> bool {
    match (&a.period, &b.period) {
        (Some(a), Some(b)) if a.is_known() && b.is_known() => a.is_same_time(b),
        (a, b) => a == b,
    }
}

/// Of each side the figures of the latest time that both have; else those of its own latest time. What is known to be
/// of one time comes before what is not: an undated figure never stands in for a dated one.
pub(super) fn align<'a>(left: Vec<&'a Figure>, right: Vec<&'a Figure>) -> [Chosen<'a>; 2] {
    let is_common = |one: &&&Figure| {
        let is_timed = one.period.as_ref().is_some_and(|period| period.is_known() || period.is_edition());
        is_timed && stated(&right).any(|other| is_same_time(one, other))
    };
    let common = stated(&left).filter(is_common).max_by_key(|one| age(one)).copied();
    [choose(left, common), choose(right, common)]
}

/// The figures of the time of `common`, or else of the latest time; then the others, the latest first.
pub(super) fn choose<'a>(mut figures: Vec<&'a Figure>, common: Option<&'a Figure>) -> Chosen<'a> {
    let Some(shown) = common.or_else(|| stated(&figures).max_by_key(|one| age(one)).copied()) else {
        // Without a number, why there is none is all that can be shown.
        figures.sort_by_key(|figure| Reverse(figure.period.as_ref().map(Period::age)));
        let others = figures.split_off(figures.len().min(1));
        return (figures, others);
    };
    let is_shown = |figure: &&Figure| figure.quantity().is_some() && is_same_time(figure, shown);
    let (shown, mut others): Chosen = figures.into_iter().partition(is_shown);
    others.sort_by_key(|figure| Reverse(figure.period.as_ref().map(Period::age)));
    (shown, others)
}

fn stated<'s, 'a>(figures: &'s [&'a Figure]) -> impl Iterator<Item = &'s &'a Figure> {
    figures.iter().filter(|figure| figure.quantity().is_some())
}

fn age(figure: &Figure) -> Option<Age> {
    figure.period.as_ref().map(Period::age)
}
