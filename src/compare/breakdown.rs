//! Parts of a total, as one row: "better 3 · no different 4 · worse 0 · of 7 reported".

use std::collections::HashMap;

use super::pairing::{answered, limits};
use super::period::{align, is_same_time};
use super::{Answer, Limit, Row, Side};
use crate::catalog::{Catalog, Family, Figure, HospitalKey, Interval, Measure, MeasureTable};

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
    for (side, parts) in parts.into_iter().enumerate() {
        for (measure, figures) in parts {
            let at = all.iter().position(|(known, _)| known.id == measure.id).unwrap_or_else(|| {
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
    let mut scoped = [Vec::new(), Vec::new()];
    let whole = |(side, figures): (usize, Vec<&'a Figure>)| {
        let (whole, others): (Vec<&Figure>, Vec<&Figure>) = figures.into_iter().partition(|one| one.scope.is_none());
        scoped[side] = others;
        whole
    };
    let wholes: Vec<Vec<&Figure>> = totals.into_iter().enumerate().map(whole).collect();
    let [mine, theirs] = align(wholes[0].clone(), wholes[1].clone());
    let [my_parts, their_parts] = parts;
    let [my_scoped, their_scoped] = scoped;
    let side = |(figures, mut also): super::period::Chosen<'a>, scoped: Vec<&'a Figure>, parts: Parts<'a>| {
        also.extend(scoped);
        let mut side = Side { figures, also, ..Side::empty(total) };
        for (measure, figures) in parts {
            let is_shown = |figure: &&Figure| {
                let is_of_total = || side.figures.iter().all(|total| is_same_time(total, figure));
                figure.quantity().is_some() && figure.scope.is_none() && side.has_number() && is_of_total()
            };
            let (shown, others): (Vec<&Figure>, Vec<&Figure>) = figures.into_iter().partition(is_shown);
            side.breakdown.extend(shown.first().map(|figure| (measure, *figure)));
            // Why a part is missing is said with the total.
            let others = shown.into_iter().skip(1).chain(others);
            side.also.extend(others.filter(|figure| figure.quantity().is_some()));
        }
        side
    };
    let (left, right) = (side(mine, my_scoped, my_parts), side(theirs, their_scoped, their_parts));
    let mut found = limits(catalog, keys, &left, &right);
    let is_whole = [&left, &right].iter().all(|side| !side.breakdown.is_empty());
    let totals = left.interval().zip(right.interval());
    if is_whole && totals.is_some_and(|(left, right)| left.point().is_none() || left.point() != right.point()) {
        found.insert(0, Limit::OtherTotal);
    }
    let mut row = answered(family, left, right, found);
    if is_whole && row.answer == Answer::Equal {
        // The totals are equal; the answer is that of the first part that is not.
        if let Some(part) = row.first_difference() {
            let [left, right] = part.counts;
            row.answer = left.order(&right).map_or(Answer::CannotTell, Answer::of);
        }
    }
    row
}

/// One part of two totals that are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartRow<'a> {
    /// The part in a word or two.
    pub label: &'a str,
    /// How many of the left and of the right total.
    pub counts: [Interval; 2],
}

impl<'a> Row<'a> {
    /// The parts that both sides give, where their totals are equal; none where they are not.
    #[must_use]
    pub fn parts(&self) -> Vec<PartRow<'a>> {
        if self.limits.iter().any(Limit::prevents_answer) {
            return Vec::new();
        }
        let theirs = |id: &str| self.right.breakdown.iter().find(|(measure, _)| measure.id.as_str() == id);
        let part = |(measure, figure): &(&'a Measure, &'a Figure)| {
            let (_, other) = theirs(&measure.id)?;
            let label = measure.part_of.as_ref()?.label.as_str();
            Some(PartRow { label, counts: [figure.interval()?, other.interval()?] })
        };
        self.left.breakdown.iter().filter_map(part).collect()
    }

    /// The first part in which the sides differ.
    pub(super) fn first_difference(&self) -> Option<PartRow<'a>> {
        self.parts()
            .into_iter()
            .find(|part| part.counts[0].order(&part.counts[1]).is_some_and(std::cmp::Ordering::is_ne))
    }
}
