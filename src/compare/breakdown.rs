//! Parts of a total, as one row: "better 3 · no different 4 · worse 0 · of 7 reported".

use std::collections::HashMap;

use crate::catalog::{Catalog, Family, Figure, HospitalKey, Interval, Measure, MeasureTable};
use crate::compare::answer::Answer;
use crate::compare::evaluate::{answered, limits};
use crate::compare::limit::Limit;
use crate::compare::period::{Chosen, align, is_same_time};
use crate::compare::row::{Row, Side};

/// The measures that are parts of a total, by the id of the total. The size of a whole group, which is the same for
/// everybody, is none of them.
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

/// The figures of each part on both sides.
pub(super) fn by_part(parts: [Parts<'_>; 2]) -> Vec<(&Measure, [Vec<&Figure>; 2])> {
    let mut all: Vec<(&Measure, [Vec<&Figure>; 2])> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (side, parts) in parts.into_iter().enumerate() {
        for (measure, figures) in parts {
            let at = *places.entry(measure.id.as_str()).or_insert_with(|| {
                all.push((measure, [Vec::new(), Vec::new()]));
                all.len() - 1
            });
            all[at].1[side] = figures;
        }
    }
    all
}

/// The row of a total and its parts, of whole hospitals; what counts a part of one stands beside it.
pub(super) fn row<'a>(
    catalog: &'a Catalog,
    keys: [HospitalKey; 2],
    family: &'a Family,
    total: &'a Measure,
    totals: [Vec<&'a Figure>; 2],
    parts: [Parts<'a>; 2],
) -> Row<'a> {
    let [(mine, my_scoped), (theirs, their_scoped)] =
        totals.map(|figures| -> Chosen<'a> { figures.into_iter().partition(|figure| figure.scope.is_none()) });
    let [mine, theirs] = align(mine, theirs);
    let [my_parts, their_parts] = parts;
    let (left, right) = (side(total, mine, my_scoped, my_parts), side(total, theirs, their_scoped, their_parts));
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

/// One side: the total, and the figures of its parts at the same time; everything else stands beside it.
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
            let is_of_total = || side.figures.iter().all(|total| is_same_time(total, figure));
            figure.scope.is_none() && side.has_number() && is_of_total()
        };
        let (shown, others): Chosen<'a> = figures.into_iter().partition(is_shown);
        side.breakdown.extend(shown.first().map(|figure| (measure, *figure)));
        side.also.extend(shown.into_iter().skip(1).chain(others));
    }
    side
}

/// One part of two totals that are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartRow<'a> {
    /// The part in a word or two.
    pub label: &'a str,
    /// How many of the left and of the right total; none where the text does not say.
    pub counts: [Option<Interval>; 2],
}

impl PartRow<'_> {
    /// What can be said of the part.
    #[must_use]
    pub fn answer(&self) -> Answer {
        let [left, right] = self.counts;
        left.zip(right).and_then(|(left, right)| left.order(&right)).map_or(Answer::CannotTell, Answer::of)
    }
}

impl<'a> Row<'a> {
    /// The parts of both sides, where their totals are equal; none where they are not.
    #[must_use]
    pub fn parts(&self) -> Vec<PartRow<'a>> {
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
