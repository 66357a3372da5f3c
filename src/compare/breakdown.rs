//! A total and its parts as one row: "better 3 · no different 4 · worse 0 · of 7 reported".

use std::collections::HashMap;

use crate::catalog::{Catalog, Family, Figure, HospitalKey, Interval, Measure, MeasureTable};
use crate::compare::answer::Answer;
use crate::compare::evaluate::{answered, limits};
use crate::compare::limit::Limit;
use crate::compare::period::{Chosen, align, is_same_time};
use crate::compare::row::{Row, Side};

/// The measures that are parts of a total, by the id of the total. The size of a group of measures is the same for
/// every hospital and is left out.
pub(super) fn parts_by_total(table: &MeasureTable) -> HashMap<&str, Vec<&Measure>> {
    let mut parts: HashMap<&str, Vec<&Measure>> = HashMap::new();
    for (_, measure) in table.by_family() {
        if let Some(part) = measure.part_of.as_ref().filter(|part| !part.is_size) {
            parts.entry(part.measure.as_str()).or_default().push(measure);
        }
    }
    parts
}

/// The figures of each part on one side.
pub(super) type Parts<'a> = Vec<(&'a Measure, Vec<&'a Figure>)>;

/// Joins the parts of both sides: each part with its figures on the left and on the right.
pub(super) fn by_part(parts: [Parts<'_>; 2]) -> Vec<(&Measure, [Vec<&Figure>; 2])> {
    let mut all: Vec<(&Measure, [Vec<&Figure>; 2])> = Vec::new();
    let mut index_of: HashMap<&str, usize> = HashMap::new();
    for (side, parts) in parts.into_iter().enumerate() {
        for (measure, figures) in parts {
            let at = *index_of.entry(measure.id.as_str()).or_insert_with(|| {
                all.push((measure, [Vec::new(), Vec::new()]));
                all.len() - 1
            });
            all[at].1[side] = figures;
        }
    }
    all
}

/// The row of a total and its parts, for whole hospitals. Figures of campuses and departments are listed as "also".
pub(super) fn row<'a>(
    catalog: &'a Catalog,
    keys: [HospitalKey; 2],
    family: &'a Family,
    total: &'a Measure,
    totals: [Vec<&'a Figure>; 2],
    parts: [Parts<'a>; 2],
) -> Row<'a> {
    let [(left, left_scoped), (right, right_scoped)] =
        totals.map(|figures| -> Chosen<'a> { figures.into_iter().partition(|figure| figure.scope.is_none()) });
    let [left, right] = align(left, right);
    let [left_parts, right_parts] = parts;
    let (left, right) = (side(total, left, left_scoped, left_parts), side(total, right, right_scoped, right_parts));
    let mut found = limits(catalog, keys, &left, &right);
    let has_parts = [&left, &right].iter().all(|side| !side.breakdown.is_empty());
    let totals = left.interval().zip(right.interval());
    if has_parts && totals.is_some_and(|(left, right)| left.point().is_none() || left.point() != right.point()) {
        found.insert(0, Limit::OtherTotal);
    }
    let mut row = answered(family, left, right, found);
    if has_parts && row.answer == Answer::Equal && row.parts().iter().any(|part| part.answer() != Answer::Equal) {
        row.answer = Answer::CannotTell;
        row.limits.insert(0, Limit::PartsDiffer);
    }
    row
}

/// One side: the total, and the figures of its parts for the same time. All other figures are listed as "also".
fn side<'a>(
    total: &'a Measure,
    (figures, mut also): Chosen<'a>,
    scoped: Vec<&'a Figure>,
    parts: Parts<'a>,
) -> Side<'a> {
    also.extend(scoped);
    let mut side = Side { figures, also, ..Side::empty(total) };
    for (measure, figures) in parts {
        let is_shown = |figure: &&Figure| {
            let has_time_of_total = || side.figures.iter().all(|total| is_same_time(total, figure));
            figure.scope.is_none() && side.has_number() && has_time_of_total()
        };
        let (shown, alternatives): Chosen<'a> = figures.into_iter().partition(is_shown);
        side.breakdown.extend(shown.first().map(|figure| (measure, *figure)));
        side.also.extend(shown.into_iter().skip(1).chain(alternatives));
    }
    side
}

/// One part of two equal totals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartRow<'a> {
    /// The short label of the part.
    pub label: &'a str,
    /// The count on the left and on the right; `None` if the text does not give it.
    pub counts: [Option<Interval>; 2],
}

impl PartRow<'_> {
    /// Which side has more in this part.
    #[must_use]
    pub(crate) fn answer(&self) -> Answer {
        let [left, right] = self.counts;
        left.zip(right).and_then(|(left, right)| left.order(&right)).map_or(Answer::CannotTell, Answer::of)
    }
}

impl<'a> Row<'a> {
    /// The parts of both sides; empty unless the totals are equal.
    #[must_use]
    pub(crate) fn parts(&self) -> Vec<PartRow<'a>> {
        let sides = self.sides();
        let has_parts = sides.iter().all(|side| !side.breakdown.is_empty());
        let prevents = |limit: &Limit| limit.prevents_answer() && *limit != Limit::PartsDiffer;
        if !has_parts || self.limits.iter().any(prevents) {
            return Vec::new();
        }
        let of = |side: &Side<'a>| {
            side.breakdown.iter().map(|(measure, figure)| (*measure, vec![*figure])).collect::<Parts<'a>>()
        };
        let part = |(measure, figures): (&'a Measure, [Vec<&Figure>; 2])| {
            let count = |figures: Vec<&Figure>| figures.first().and_then(|figure| figure.interval());
            Some(PartRow { label: measure.part_of.as_ref()?.label.as_str(), counts: figures.map(count) })
        };
        by_part(sides.map(of)).into_iter().filter_map(part).collect()
    }
}
