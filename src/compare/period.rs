//! Chooses which figures of two hospitals are compared, by their periods.

use std::cmp::Reverse;

use crate::catalog::period::Age;
use crate::catalog::{Figure, Period};

/// The figures to compare, and the others, which are listed as "also".
pub(super) type Chosen<'a> = (Vec<&'a Figure>, Vec<&'a Figure>);

/// Whether two figures have the same time: the same days if both are known, else equal periods.
pub(super) fn is_same_time(a: &Figure, b: &Figure) -> bool {
    match (&a.period, &b.period) {
        (Some(a), Some(b)) if a.is_known() && b.is_known() => a.is_same_time(b),
        (a, b) => a == b,
    }
}

/// Chooses the figures of the latest time that both sides have, or else those of the latest time of each side. Only a
/// known period or an edition counts as a common time, so an undated figure never displaces a dated one.
pub(super) fn align<'a>(left: Vec<&'a Figure>, right: Vec<&'a Figure>) -> [Chosen<'a>; 2] {
    let is_common = |one: &&&Figure| {
        let is_timed = one.period.as_ref().is_some_and(|period| period.is_known() || period.is_edition());
        is_timed && stated(&right).any(|other| is_same_time(one, other))
    };
    let common = stated(&left).filter(is_common).max_by_key(|one| age(one)).copied();
    [choose(left, common), choose(right, common)]
}

/// Chooses the figures of the time of `common`, or else of the latest time. The alternatives follow, the latest first.
pub(super) fn choose<'a>(mut figures: Vec<&'a Figure>, common: Option<&'a Figure>) -> Chosen<'a> {
    let Some(shown) = common.or_else(|| stated(&figures).max_by_key(|one| age(one)).copied()) else {
        // There is no number, so the latest reason for that is shown.
        figures.sort_by_key(|figure| Reverse(figure.period.as_ref().map(Period::age)));
        let alternatives = figures.split_off(figures.len().min(1));
        return (figures, alternatives);
    };
    let is_shown = |figure: &&Figure| figure.quantity().is_some() && is_same_time(figure, shown);
    let (shown, mut alternatives): Chosen = figures.into_iter().partition(is_shown);
    alternatives.sort_by_key(|figure| Reverse(figure.period.as_ref().map(Period::age)));
    (shown, alternatives)
}

fn stated<'s, 'a>(figures: &'s [&'a Figure]) -> impl Iterator<Item = &'s &'a Figure> {
    figures.iter().filter(|figure| figure.quantity().is_some())
}

fn age(figure: &Figure) -> Option<Age> {
    figure.period.as_ref().map(Period::age)
}
