//! Finds the answer and the limits of two sides.

use std::cmp::Reverse;

use crate::catalog::measure::Break;
use crate::catalog::{Catalog, Dataset, Family, Figure, HospitalKey, Measure, Period, Scope, Source};
use crate::compare::answer::Answer;
use crate::compare::limit::{Limit, Sides};
use crate::compare::period;
use crate::compare::row::{Row, Side};

/// Makes the row of two sides: decides the answer, and adds the limits that depend on it.
pub(super) fn answered<'a>(family: &'a Family, left: Side<'a>, right: Side<'a>, mut limits: Vec<Limit<'a>>) -> Row<'a> {
    let answer = match (left.has_number(), right.has_number()) {
        (true, false) => Answer::LeftOnly,
        (false, true) => Answer::RightOnly,
        (false, false) => Answer::Neither,
        _ if limits.iter().any(Limit::prevents_answer) => Answer::CannotTell,
        _ => {
            let order = left.interval().zip(right.interval()).and_then(|(left, right)| left.order(&right));
            if order.is_none() {
                limits.insert(0, Limit::Overlap);
            }
            order.map_or(Answer::CannotTell, Answer::of)
        }
    };
    let has_caveat = |side: &Side| {
        let parts = side.breakdown.iter().map(|(_, figure)| figure);
        side.figures.iter().chain(parts).any(|figure| figure.caveat.is_some())
    };
    if !matches!(answer, Answer::LeftOnly | Answer::RightOnly | Answer::Neither) {
        limits.extend(Sides::of([has_caveat(&left), has_caveat(&right)]).map(Limit::Caveat));
    }
    Row { family, left, right, answer, limits, has_fixed_total: false }
}

/// The limits of two sides that both give a number, the most serious first. [`answered`] adds overlaps and caveats.
pub(super) fn limits<'a>(
    catalog: &'a Catalog,
    keys: [HospitalKey; 2],
    left: &Side<'a>,
    right: &Side<'a>,
) -> Vec<Limit<'a>> {
    let (Some(left_figure), Some(right_figure)) = (left.figures.first(), right.figures.first()) else {
        return Vec::new();
    };
    let mut limits = Vec::new();
    if left.measure.id != right.measure.id {
        limits.push(left.measure.alike(right.measure).map_or(Limit::OtherMeasure, Limit::CountedDifferently));
    }
    if part_key(left.part) != part_key(right.part) {
        limits.push(Limit::OtherPart);
    }
    limits.extend(method_change(left.measure, left_figure, right_figure).map(Limit::MethodChanged));
    limits.extend(period_limit(left.measure, left_figure, right_figure));
    limits.extend(source_limits(catalog, keys, [left_figure, right_figure]));
    limits.extend(Sides::of([left.contradicts_itself(), right.contradicts_itself()]).map(Limit::SourcesDisagree));
    if estimates_overlap(left_figure, right_figure) {
        limits.push(Limit::EstimatesOverlap);
    }
    let counted =
        |side: &Side| side.figures.iter().any(|one| one.quantity().is_some_and(|value| value.is_counted_here()));
    limits.extend(Sides::of([counted(left), counted(right)]).map(Limit::CountedByUs));
    // A stable sort: limits that prevent the answer come first, and the order is otherwise unchanged.
    limits.sort_by_key(|limit| Reverse(limit.prevents_answer()));
    limits
}

/// Whether the intervals that the publishers give overlap, while the values differ.
fn estimates_overlap(left: &Figure, right: &Figure) -> bool {
    let interval = |figure: &Figure| figure.estimate.as_ref()?.interval();
    let is_equal = left.quantity() == right.quantity();
    !is_equal && interval(left).zip(interval(right)).is_some_and(|(left, right)| left.order(&right).is_none())
}

/// The change of method between two figures. If the method of one of them is not known, a change is assumed.
fn method_change<'a>(measure: &'a Measure, left: &Figure, right: &Figure) -> Option<&'a Break> {
    if period::is_same_time(left, right) {
        return None;
    }
    let after = |one: &Break, figure: &Figure| figure.period.as_ref().and_then(|period| one.is_after(period));
    let lies_between = |one: &&Break| match (after(one, left), after(one, right)) {
        (Some(left), Some(right)) => left != right,
        _ => true,
    };
    measure.breaks.iter().find(lies_between)
}

/// The limit that follows from the periods of two figures.
fn period_limit<'a>(measure: &Measure, left: &Figure, right: &Figure) -> Option<Limit<'a>> {
    let known = |figure: &'_ Figure| figure.period.clone().filter(Period::is_known);
    let (Some(a), Some(b)) = (known(left), known(right)) else {
        let is_edition = |figure: &Figure| figure.period.as_ref().is_some_and(Period::is_edition);
        if is_edition(left) && is_edition(right) {
            // `source_limits` covers editions.
            return None;
        }
        return Sides::of([known(left).is_none(), known(right).is_none()]).map(Limit::Undated);
    };
    if a.is_same_time(&b) {
        return None;
    }
    if matches!(a, Period::Until(_)) != matches!(b, Period::Until(_)) {
        return Some(Limit::SinceTheStart);
    }
    // Counts over a month and over a year cannot be compared.
    let lengths = a.length().zip(b.length());
    if measure.is_flow() && lengths.is_some_and(|(a, b)| a.abs_diff(b) * 10 > a.max(b)) {
        return Some(Limit::OtherLength);
    }
    match a.years_apart(&b) {
        Some(years) if years > 0 => Some(Limit::YearsApart(years)),
        _ => Some(Limit::OtherPeriod),
    }
}

/// The file and the source of a figure.
fn origin<'a>(catalog: &'a Catalog, key: HospitalKey, figure: &Figure) -> Option<(&'a Dataset, &'a Source)> {
    catalog.origin(key, &figure.source)
}

/// The limits that follow from the publishers and editions of two figures. Figures of one file have none: a catalog
/// uses one definition of each measure for all its documents.
fn source_limits<'a>(catalog: &'a Catalog, keys: [HospitalKey; 2], [left, right]: [&Figure; 2]) -> Vec<Limit<'a>> {
    let (Some((file, source)), Some((other_file, other))) =
        (origin(catalog, keys[0], left), origin(catalog, keys[1], right))
    else {
        return Vec::new();
    };
    if std::ptr::eq(file, other_file) {
        return Vec::new();
    }
    let is_one_publisher =
        file.shares_ids(other_file) || source.publisher.is_some() && source.publisher == other.publisher;
    let is_edition = [left, right].iter().all(|figure| figure.period.as_ref().is_some_and(Period::is_edition));
    match (is_one_publisher, is_edition) {
        (true, true) => Limit::of_editions(left.period.as_ref(), right.period.as_ref()).into_iter().collect(),
        (true, false) => Vec::new(),
        // An edition does not tell when its numbers were counted.
        (false, true) => vec![Limit::OtherPublisher, Limit::Undated(Sides::Both)],
        (false, false) => vec![Limit::OtherPublisher],
    }
}

/// The key by which parts of two hospitals are matched: whether it is a campus, and its name in lower case.
pub(super) fn part_key(part: Option<(&Scope, &str)>) -> (bool, Option<String>) {
    (matches!(part, Some((Scope::Campus(_), _))), part.map(|(_, name)| name.to_lowercase()))
}
