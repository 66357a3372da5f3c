//! What can be said of two sides, and what limits it.

use std::cmp::Reverse;

use crate::catalog::measure::Break;
use crate::catalog::{Catalog, Dataset, Family, Figure, HospitalKey, Measure, Period, Scope, Source};
use crate::compare::answer::Answer;
use crate::compare::limit::{Limit, Sides};
use crate::compare::period;
use crate::compare::row::{Row, Side};

/// A row with its answer; its limits in order.
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

/// What limits two sides that both give a number, but for an overlap and caveats; the most serious first.
pub(super) fn limits<'a>(
    catalog: &'a Catalog,
    keys: [HospitalKey; 2],
    left: &Side<'a>,
    right: &Side<'a>,
) -> Vec<Limit<'a>> {
    let (Some(mine), Some(theirs)) = (left.figures.first(), right.figures.first()) else { return Vec::new() };
    let mut limits = Vec::new();
    let table = catalog.measures();
    if left.measure.id != right.measure.id {
        limits.push(table.alike(left.measure, right.measure).map_or(Limit::OtherMeasure, Limit::CountedDifferently));
    }
    if meaning(left.part) != meaning(right.part) {
        limits.push(Limit::OtherPart);
    }
    limits.extend(method_change(left.measure, mine, theirs).map(Limit::MethodChanged));
    limits.extend(when(left.measure, mine, theirs));
    limits.extend(origin(catalog, keys, [mine, theirs]));
    limits.extend(Sides::of([left.contradicts_itself(), right.contradicts_itself()]).map(Limit::SourcesDisagree));
    let counted =
        |side: &Side| side.figures.iter().any(|one| one.quantity().is_some_and(|value| value.is_counted_here()));
    limits.extend(Sides::of([counted(left), counted(right)]).map(Limit::CountedHere));
    // Those that take the answer away come first; the others stay in the order in which they are found.
    limits.sort_by_key(|limit| Reverse(limit.prevents_answer()));
    limits
}

/// The change of method that may lie between two figures: where it is not known of one of them which method made it,
/// it may.
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

/// What limits two figures by the times that they were counted in.
fn when<'a>(measure: &Measure, left: &Figure, right: &Figure) -> Option<Limit<'a>> {
    let known = |figure: &'_ Figure| figure.period.clone().filter(Period::is_known);
    let (Some(a), Some(b)) = (known(left), known(right)) else {
        let is_edition = |figure: &Figure| figure.period.as_ref().is_some_and(Period::is_edition);
        if is_edition(left) && is_edition(right) {
            // What editions leave open is said with their publishers.
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
    // Numbers "a year" counted over a month and over a year are not of one kind.
    let is_flow = measure.unit.split(' ').collect::<Vec<_>>().windows(2).any(|words| words == ["a", "year"]);
    let lengths = a.length().zip(b.length());
    if is_flow && lengths.is_some_and(|(a, b)| a.abs_diff(b) * 10 > a.max(b)) {
        return Some(Limit::OtherLength);
    }
    match a.years_apart(&b) {
        Some(years) if years > 0 => Some(Limit::YearsApart(years)),
        _ => Some(Limit::OtherPeriod),
    }
}

/// The file and the source that a figure names.
fn named<'a>(catalog: &'a Catalog, key: HospitalKey, figure: &Figure) -> Option<(&'a Dataset, &'a Source)> {
    catalog.origin(key, &figure.source)
}

/// What limits two figures by who published them, and when. Documents that one catalog brings together count by the
/// definitions of that catalog; two files do not.
fn origin<'a>(catalog: &'a Catalog, keys: [HospitalKey; 2], [left, right]: [&Figure; 2]) -> Vec<Limit<'a>> {
    let (Some((file, source)), Some((other_file, other))) =
        (named(catalog, keys[0], left), named(catalog, keys[1], right))
    else {
        return Vec::new();
    };
    let edition = |figure: &Figure, source: &Source| {
        figure.period.clone().filter(Period::is_edition).or_else(|| source.edition.clone())
    };
    if std::ptr::eq(file, other_file) {
        return Vec::new();
    }
    let is_one_publisher = file.ids.is_some() && file.ids == other_file.ids
        || source.publisher.is_some() && source.publisher == other.publisher;
    let is_edition = [left, right].iter().all(|figure| figure.period.as_ref().is_some_and(Period::is_edition));
    match (is_one_publisher, is_edition) {
        (true, true) => {
            let years = edition(left, source).zip(edition(right, other)).and_then(|(a, b)| a.editions_apart(&b));
            vec![Limit::OtherEdition(years.unwrap_or(0))]
        }
        (true, false) => Vec::new(),
        // An edition says nothing of when its numbers were counted.
        (false, true) => vec![Limit::OtherPublisher, Limit::Undated(Sides::Both)],
        (false, false) => vec![Limit::OtherPublisher],
    }
}

/// What two parts must share to be the same: whether they are campuses, and the name. The whole is no part.
pub(super) fn meaning(part: Option<(&Scope, &str)>) -> (bool, Option<String>) {
    (matches!(part, Some((Scope::Campus(_), _))), part.map(|(_, name)| name.to_lowercase()))
}
