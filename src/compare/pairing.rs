//! Which figures stand in which row.
//!
//! First each measure, and each part of the hospital, of which both sides give a number. Then, concept by concept, what
//! is left: one row of the pair that says most, the rest under a row of the concept. All of it takes one pass over the
//! figures and one over the measures.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::catalog::{Catalog, Family, Figure, HospitalKey, Measure, Scope};
use crate::compare::breakdown;
use crate::compare::evaluate::{answered, limits, meaning};
use crate::compare::period::{self, align};
use crate::compare::row::{Row, Side};

/// The figures of one measure that count one part of a hospital.
struct Group<'a> {
    measure: &'a Measure,
    part: Option<(&'a Scope, &'a str)>,
    figures: Vec<&'a Figure>,
}

impl Group<'_> {
    fn has_number(&self) -> bool {
        self.figures.iter().any(|figure| figure.quantity().is_some())
    }
}

/// What is left of a concept on both sides, and the first row that it already has.
#[derive(Default)]
struct Leftover<'a> {
    family: Option<&'a Family>,
    row: Option<usize>,
    groups: [Vec<Group<'a>>; 2],
    /// Figures that say why there is no number.
    reasons: [Vec<Group<'a>>; 2],
}

/// All rows of two hospitals, in the order of the table of measures.
pub(super) fn rows<'a>(catalog: &'a Catalog, keys: [HospitalKey; 2]) -> Vec<Row<'a>> {
    let mut pairing = Pairing { catalog, keys, rows: Vec::new(), left: Vec::new(), concepts: HashMap::new() };
    let mut figures = keys.map(|key| by_measure(catalog, key));
    let parts = breakdown::parts_by_total(catalog.measures());
    for (family, measure) in catalog.measures().by_family().filter(|(_, measure)| measure.part_of.is_none()) {
        let own = [0, 1].map(|side| figures[side].remove(measure.id.as_str()).unwrap_or_default());
        let parts = parts.get(measure.id.as_str()).map_or(&[][..], Vec::as_slice);
        let parts = [0, 1].map(|side| {
            let of = |part: &&'a Measure| Some((*part, figures[side].remove(part.id.as_str())?));
            parts.iter().filter_map(of).collect::<Vec<_>>()
        });
        // Parts without a total on either side are measures like others.
        if own.iter().all(Vec::is_empty) {
            for (part, figures) in breakdown::by_part(parts) {
                pairing.measure(family, part, figures);
            }
        } else if parts.iter().any(|parts| !parts.is_empty()) {
            pairing.rows.push(breakdown::row(catalog, keys, family, measure, own, parts));
        } else {
            pairing.measure(family, measure, own);
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

struct Pairing<'a> {
    catalog: &'a Catalog,
    keys: [HospitalKey; 2],
    /// Each row with the place of its measure in the table.
    rows: Vec<Row<'a>>,
    left: Vec<Leftover<'a>>,
    /// Where a concept stands in `left`; a measure without one is a concept of its own.
    concepts: HashMap<&'a str, usize>,
}

impl<'a> Pairing<'a> {
    /// Makes the rows of a measure of which both sides give a number, and keeps what is left.
    fn measure(&mut self, family: &'a Family, measure: &'a Measure, figures: [Vec<&'a Figure>; 2]) {
        let concept = measure.concept.as_ref().unwrap_or(&measure.id).as_str();
        let at_concept = *self.concepts.entry(concept).or_insert_with(|| {
            self.left.push(Leftover { family: Some(family), ..Leftover::default() });
            self.left.len() - 1
        });
        let [left, right] = figures;
        let [left, right] = [self.groups(0, measure, left), self.groups(1, measure, right)];
        let mut theirs: Vec<Option<Group>> = right.into_iter().map(Some).collect();
        let mut places: HashMap<_, VecDeque<usize>> = HashMap::new();
        for (at, group) in theirs.iter().flatten().enumerate() {
            places.entry(meaning(group.part)).or_default().push_back(at);
        }
        let mut alone = [Vec::new(), Vec::new()];
        for mine in left {
            let at = places.get_mut(&meaning(mine.part)).and_then(VecDeque::pop_front);
            let is_pair = |other: &Group| mine.has_number() && other.has_number();
            let other = at.and_then(|at| theirs[at].take_if(|other| is_pair(other)));
            match other {
                Some(other) => {
                    self.rows.push(self.row(family, mine, other));
                    self.left[at_concept].row.get_or_insert(self.rows.len() - 1);
                }
                None => alone[0].push(mine),
            }
        }
        alone[1].extend(theirs.into_iter().flatten());
        for (side, groups) in alone.into_iter().enumerate() {
            for group in groups {
                let kept = &mut self.left[at_concept];
                if group.has_number() { kept.groups[side].push(group) } else { kept.reasons[side].push(group) }
            }
        }
    }

    /// The figures of a side by the part that they count, the whole first, then by name.
    fn groups(&self, side: usize, measure: &'a Measure, figures: Vec<&'a Figure>) -> Vec<Group<'a>> {
        let details = &self.catalog.hospital(self.keys[side]).details;
        let mut groups: Vec<Group> = Vec::new();
        let mut known: HashMap<Option<&Scope>, usize> = HashMap::new();
        for figure in figures {
            let scope = figure.scope.as_ref();
            let at = *known.entry(scope).or_insert_with(|| {
                let part = scope.and_then(|scope| Some((scope, details.scope_name(Some(scope))?)));
                groups.push(Group { measure, part, figures: Vec::new() });
                groups.len() - 1
            });
            groups[at].figures.push(figure);
        }
        groups.sort_by_key(|group| group.part.map(|(_, name)| name.to_lowercase()));
        groups
    }

    fn row(&self, family: &'a Family, left: Group<'a>, right: Group<'a>) -> Row<'a> {
        let [mine, theirs] = align(left.figures, right.figures);
        let side =
            |measure, part, (figures, also): period::Chosen<'a>| Side { part, figures, also, ..Side::empty(measure) };
        let (left, right) = (side(left.measure, left.part, mine), side(right.measure, right.part, theirs));
        let limits = limits(self.catalog, self.keys, &left, &right);
        answered(family, left, right, limits)
    }

    /// A row of which one side has nothing to set against the other.
    fn one_sided(family: &'a Family, side: usize, group: Group<'a>, reasons: Vec<&'a Figure>) -> Row<'a> {
        let (figures, also) = period::choose(group.figures, None);
        let own = Side { part: group.part, figures, also, ..Side::empty(group.measure) };
        let (figures, also) = period::choose(reasons, None);
        let other = Side { figures, also, ..Side::empty(group.measure) };
        let limits = Vec::new();
        if side == 0 { answered(family, own, other, limits) } else { answered(family, other, own, limits) }
    }

    /// Makes what is left into rows.
    fn finish(mut self) -> Vec<Row<'a>> {
        for kept in std::mem::take(&mut self.left) {
            self.concept(kept);
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

    fn concept(&mut self, kept: Leftover<'a>) {
        let Leftover { family: Some(family), row, groups: [mut mine, mut theirs], reasons } = kept else { return };
        let is_whole = |groups: &[Group]| groups.iter().any(|group| group.part.is_none());
        let mut row = row;
        // Beside a row that the concept has, only whole hospitals make another.
        let makes_row =
            !mine.is_empty() && !theirs.is_empty() && (row.is_none() || is_whole(&mine) && is_whole(&theirs));
        if makes_row {
            let (a, b) = best_pair(self.catalog, &mine, &theirs);
            let made = self.row(family, mine.remove(a), theirs.remove(b));
            self.rows.push(made);
            row.get_or_insert(self.rows.len() - 1);
        }
        let [mut why_left, mut why_right] = reasons;
        if row.is_none() {
            let lone = if mine.is_empty() { (1, &mut theirs, &mut why_left) } else { (0, &mut mine, &mut why_right) };
            let (side, groups, reasons) = lone;
            if groups.is_empty() {
                return self.rows.extend(neither(family, why_left, why_right));
            }
            let group = groups.remove(0);
            // Why the other side has no number, where it says so of this very measure.
            let why = reasons.iter().position(|reason| reason.measure.id == group.measure.id && reason.part.is_none());
            let why = why.map_or_else(Vec::new, |at| reasons.remove(at).figures);
            let made = Self::one_sided(family, side, group, why);
            self.rows.push(made);
            row = Some(self.rows.len() - 1);
        }
        let Some(row) = row.map(|at| &mut self.rows[at]) else { return };
        for (side, groups) in [(&mut row.left, [mine, why_left]), (&mut row.right, [theirs, why_right])] {
            side.also.extend(groups.into_iter().flatten().flat_map(|group| group.figures));
        }
    }
}

/// The pair that says most: alike measures of whole hospitals; else one measure; else whole hospitals; else the first.
fn best_pair(catalog: &Catalog, mine: &[Group], theirs: &[Group]) -> (usize, usize) {
    let whole = |group: &Group| group.part.is_none();
    let of: HashMap<&str, usize> =
        theirs.iter().enumerate().rev().map(|(at, group)| (group.measure.id.as_str(), at)).collect();
    let declared_by: HashMap<&str, usize> = theirs
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, group)| whole(group))
        .filter_map(|(at, group)| Some((group.measure.alike.as_ref()?.measure.as_str(), at)))
        .collect();
    let alike = mine.iter().enumerate().filter(|(_, group)| whole(group)).find_map(|(at, group)| {
        let declared = group.measure.alike.as_ref().and_then(|alike| of.get(alike.measure.as_str()));
        let other = *declared.or_else(|| declared_by.get(group.measure.id.as_str()))?;
        let is_alike =
            whole(&theirs[other]) && catalog.measures().alike(group.measure, theirs[other].measure).is_some();
        is_alike.then_some((at, other))
    });
    let same = || mine.iter().enumerate().find_map(|(at, group)| Some((at, *of.get(group.measure.id.as_str())?)));
    let first = |groups: &[Group]| groups.iter().position(whole).unwrap_or(0);
    alike.or_else(same).unwrap_or_else(|| (first(mine), first(theirs)))
}

/// A row of which neither side has a number; none unless a text says why.
fn neither<'a>(family: &'a Family, left: Vec<Group<'a>>, right: Vec<Group<'a>>) -> Option<Row<'a>> {
    let measure = left.first().or(right.first())?.measure;
    let side = |groups: Vec<Group<'a>>| {
        // The row is of one measure of the concept: of its reasons the latest is shown.
        let figures = groups.into_iter().flat_map(|group| group.figures);
        let (own, others): period::Chosen = figures.partition(|figure| figure.measure == measure.id);
        let (figures, mut also) = period::choose(own, None);
        let (latest, earlier) = period::choose(others, None);
        also.extend(latest.into_iter().chain(earlier));
        Side { figures, also, ..Side::empty(measure) }
    };
    Some(answered(family, side(left), side(right), Vec::new()))
}
