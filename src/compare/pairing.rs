//! Assigns figures to rows.
//!
//! First, each measure (and each part of the hospital) for which both sides give a number becomes a row. Then the
//! remaining figures of each concept become one more row: it compares the most informative pair, and the other figures
//! are listed as "also". This takes one pass over the figures and one over the measures.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::catalog::{Catalog, Family, Figure, HospitalKey, Measure, Scope};
use crate::compare::breakdown;
use crate::compare::evaluate::{answered, limits, part_key};
use crate::compare::period::{self, align};
use crate::compare::row::{Row, Side};

/// The figures of one measure for one part of a hospital, or for the whole of it.
struct FigureGroup<'a> {
    measure: &'a Measure,
    part: Option<(&'a Scope, &'a str)>,
    figures: Vec<&'a Figure>,
}

impl FigureGroup<'_> {
    fn has_number(&self) -> bool {
        self.figures.iter().any(|figure| figure.quantity().is_some())
    }
}

/// The figures of a concept that are in no row yet, and the first row of the concept.
#[derive(Default)]
struct Leftover<'a> {
    family: Option<&'a Family>,
    row: Option<usize>,
    groups: [Vec<FigureGroup<'a>>; 2],
    /// Figures that give the reason for a missing number.
    reasons: [Vec<FigureGroup<'a>>; 2],
}

/// All rows of two hospitals, in the order of the measure table.
pub(super) fn rows<'a>(catalog: &'a Catalog, keys: [HospitalKey; 2]) -> Vec<Row<'a>> {
    let mut pairing = Pairing { catalog, keys, rows: Vec::new(), leftovers: Vec::new(), concepts: HashMap::new() };
    let mut figures = keys.map(|key| by_measure(catalog, key));
    let parts = breakdown::parts_by_total(catalog.measures());
    for (family, measure) in catalog.measures().by_family().filter(|(_, measure)| measure.part_of.is_none()) {
        let totals = [0, 1].map(|side| figures[side].remove(measure.id.as_str()).unwrap_or_default());
        let parts = parts.get(measure.id.as_str()).map_or(&[][..], Vec::as_slice);
        let parts = [0, 1].map(|side| {
            let of = |part: &&'a Measure| Some((*part, figures[side].remove(part.id.as_str())?));
            parts.iter().filter_map(of).collect::<Vec<_>>()
        });
        // If neither side has the total, its parts are compared like other measures.
        if totals.iter().all(Vec::is_empty) {
            for (part, figures) in breakdown::by_part(parts) {
                pairing.measure(family, part, figures);
            }
        } else if parts.iter().any(|parts| !parts.is_empty()) {
            pairing.rows.push(breakdown::row(catalog, keys, family, measure, totals, parts));
        } else {
            pairing.measure(family, measure, totals);
        }
    }
    pairing.finish()
}

fn by_measure(catalog: &Catalog, key: HospitalKey) -> HashMap<&str, Vec<&Figure>> {
    let mut all: HashMap<&str, Vec<&Figure>> = HashMap::new();
    for figure in catalog.figures(key) {
        all.entry(figure.measure.as_str()).or_default().push(figure);
    }
    all
}

/// The rows so far, and the figures that are in no row yet.
struct Pairing<'a> {
    catalog: &'a Catalog,
    keys: [HospitalKey; 2],
    rows: Vec<Row<'a>>,
    leftovers: Vec<Leftover<'a>>,
    /// The index of each concept in `leftovers`. A measure without a concept counts as its own concept.
    concepts: HashMap<&'a str, usize>,
}

impl<'a> Pairing<'a> {
    /// Makes the rows of a measure for which both sides give a number, and keeps the other figures for the concept.
    fn measure(&mut self, family: &'a Family, measure: &'a Measure, figures: [Vec<&'a Figure>; 2]) {
        let concept = measure.concept.as_ref().unwrap_or(&measure.id).as_str();
        let at_concept = *self.concepts.entry(concept).or_insert_with(|| {
            self.leftovers.push(Leftover { family: Some(family), ..Leftover::default() });
            self.leftovers.len() - 1
        });
        let [left, right] = figures;
        let [left, right] = [self.groups(0, measure, left), self.groups(1, measure, right)];
        let mut right: Vec<Option<FigureGroup>> = right.into_iter().map(Some).collect();
        let mut by_part: HashMap<_, VecDeque<usize>> = HashMap::new();
        for (at, group) in right.iter().flatten().enumerate() {
            by_part.entry(part_key(group.part)).or_default().push_back(at);
        }
        let mut unpaired = [Vec::new(), Vec::new()];
        for group in left {
            let at = by_part.get_mut(&part_key(group.part)).and_then(VecDeque::pop_front);
            let is_pair = |other: &FigureGroup| group.has_number() && other.has_number();
            let other = at.and_then(|at| right[at].take_if(|other| is_pair(other)));
            match other {
                Some(other) => {
                    self.rows.push(self.row(family, group, other));
                    self.leftovers[at_concept].row.get_or_insert(self.rows.len() - 1);
                }
                None => unpaired[0].push(group),
            }
        }
        unpaired[1].extend(right.into_iter().flatten());
        for (side, groups) in unpaired.into_iter().enumerate() {
            for group in groups {
                let leftover = &mut self.leftovers[at_concept];
                let groups = if group.has_number() { &mut leftover.groups } else { &mut leftover.reasons };
                groups[side].push(group);
            }
        }
    }

    /// Groups the figures of a side by part of the hospital: the whole first, then the parts by name.
    fn groups(&self, side: usize, measure: &'a Measure, figures: Vec<&'a Figure>) -> Vec<FigureGroup<'a>> {
        let details = &self.catalog.hospital(self.keys[side]).details;
        let mut groups: Vec<FigureGroup> = Vec::new();
        let mut known: HashMap<Option<&Scope>, usize> = HashMap::new();
        for figure in figures {
            let scope = figure.scope.as_ref();
            let at = *known.entry(scope).or_insert_with(|| {
                let part = scope.and_then(|scope| Some((scope, details.scope_name(Some(scope))?)));
                groups.push(FigureGroup { measure, part, figures: Vec::new() });
                groups.len() - 1
            });
            groups[at].figures.push(figure);
        }
        groups.sort_by_key(|group| group.part.map(|(_, name)| name.to_lowercase()));
        groups
    }

    fn row(&self, family: &'a Family, left: FigureGroup<'a>, right: FigureGroup<'a>) -> Row<'a> {
        let [left_figures, right_figures] = align(left.figures, right.figures);
        let side =
            |measure, part, (figures, also): period::Chosen<'a>| Side { part, figures, also, ..Side::empty(measure) };
        let (left, right) =
            (side(left.measure, left.part, left_figures), side(right.measure, right.part, right_figures));
        let limits = limits(self.catalog, self.keys, &left, &right);
        answered(family, left, right, limits)
    }

    /// A row in which only the given side has a number. `reasons` tell why the other side has none.
    fn one_sided(family: &'a Family, side: usize, group: FigureGroup<'a>, reasons: Vec<&'a Figure>) -> Row<'a> {
        let (figures, also) = period::choose(group.figures, None);
        let given = Side { part: group.part, figures, also, ..Side::empty(group.measure) };
        let (figures, also) = period::choose(reasons, None);
        let other = Side { figures, also, ..Side::empty(group.measure) };
        let limits = Vec::new();
        if side == 0 { answered(family, given, other, limits) } else { answered(family, other, given, limits) }
    }

    /// Makes the rows of the remaining figures, and sorts all rows.
    fn finish(mut self) -> Vec<Row<'a>> {
        for leftover in std::mem::take(&mut self.leftovers) {
            self.concept(leftover);
        }
        let order: HashMap<&str, usize> =
            self.catalog.measures().by_family().zip(0..).map(|((_, measure), at)| (measure.id.as_str(), at)).collect();
        let place = |row: &Row| {
            let at = |side: &Side| order.get(side.measure.id.as_str()).copied();
            (at(&row.left).min(at(&row.right)), row.left.part.is_some() || row.right.part.is_some())
        };
        self.rows.sort_by_key(place);
        let totals: HashSet<&str> = self.catalog.measures().totals().collect();
        for row in &mut self.rows {
            row.has_fixed_total = totals.contains(row.left.measure.id.as_str());
        }
        self.rows
    }

    /// Makes the row of the remaining figures of a concept, or adds them to its first row as "also".
    fn concept(&mut self, leftover: Leftover<'a>) {
        let Leftover { family: Some(family), mut row, groups: [mut left, mut right], reasons } = leftover else {
            return;
        };
        let is_whole = |groups: &[FigureGroup]| groups.iter().any(|group| group.part.is_none());
        // If the concept already has a row, only figures of whole hospitals make another one.
        let makes_row = !left.is_empty() && !right.is_empty() && (row.is_none() || is_whole(&left) && is_whole(&right));
        if makes_row {
            let (a, b) = best_pair(&left, &right);
            let pair = self.row(family, left.remove(a), right.remove(b));
            self.rows.push(pair);
            row.get_or_insert(self.rows.len() - 1);
        }
        let [mut left_reasons, mut right_reasons] = reasons;
        if row.is_none() {
            let (side, groups, reasons) =
                if left.is_empty() { (1, &mut right, &mut left_reasons) } else { (0, &mut left, &mut right_reasons) };
            if groups.is_empty() {
                return self.rows.extend(neither(family, left_reasons, right_reasons));
            }
            let group = groups.remove(0);
            // The reason that the other side gives for this measure, if it gives one.
            let reason =
                reasons.iter().position(|reason| reason.measure.id == group.measure.id && reason.part.is_none());
            let reason = reason.map_or_else(Vec::new, |at| reasons.remove(at).figures);
            self.rows.push(Self::one_sided(family, side, group, reason));
            row = Some(self.rows.len() - 1);
        }
        let Some(row) = row.map(|at| &mut self.rows[at]) else { return };
        for (side, groups) in [(&mut row.left, [left, left_reasons]), (&mut row.right, [right, right_reasons])] {
            side.also.extend(groups.into_iter().flatten().flat_map(|group| group.figures));
        }
    }
}

/// The most informative pair: alike measures of whole hospitals, else the same measure, else whole hospitals, else the
/// first groups.
fn best_pair(left: &[FigureGroup], right: &[FigureGroup]) -> (usize, usize) {
    let whole = |group: &FigureGroup| group.part.is_none();
    let of: HashMap<&str, usize> =
        right.iter().enumerate().rev().map(|(at, group)| (group.measure.id.as_str(), at)).collect();
    let declared_by: HashMap<&str, usize> = right
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, group)| whole(group))
        .filter_map(|(at, group)| Some((group.measure.alike.as_ref()?.measure.as_str(), at)))
        .collect();
    let alike = left.iter().enumerate().filter(|(_, group)| whole(group)).find_map(|(at, group)| {
        let declared = group.measure.alike.as_ref().and_then(|alike| of.get(alike.measure.as_str()));
        let other = *declared.or_else(|| declared_by.get(group.measure.id.as_str()))?;
        let is_alike = whole(&right[other]) && group.measure.alike(right[other].measure).is_some();
        is_alike.then_some((at, other))
    });
    let same = || left.iter().enumerate().find_map(|(at, group)| Some((at, *of.get(group.measure.id.as_str())?)));
    let first = |groups: &[FigureGroup]| groups.iter().position(whole).unwrap_or(0);
    alike.or_else(same).unwrap_or_else(|| (first(left), first(right)))
}

/// A row in which neither side has a number; none unless a text gives a reason.
fn neither<'a>(family: &'a Family, left: Vec<FigureGroup<'a>>, right: Vec<FigureGroup<'a>>) -> Option<Row<'a>> {
    let measure = left.first().or(right.first())?.measure;
    let side = |groups: Vec<FigureGroup<'a>>| {
        // The row is of the first measure of the concept; the figures of its other measures become "also".
        let figures = groups.into_iter().flat_map(|group| group.figures);
        let (of_measure, others): period::Chosen = figures.partition(|figure| figure.measure == measure.id);
        let (figures, mut also) = period::choose(of_measure, None);
        let (latest, earlier) = period::choose(others, None);
        also.extend(latest.into_iter().chain(earlier));
        Side { figures, also, ..Side::empty(measure) }
    };
    Some(answered(family, side(left), side(right), Vec::new()))
}
