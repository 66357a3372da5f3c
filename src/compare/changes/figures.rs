//! Pairs the figures of two editions and lists those that differ.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::catalog::{Catalog, Details, Figure, Observed, Period, Quantity, Scope, period};
use crate::compare::changes::change::{Change, with_caveat};
use crate::compare::changes::coverage::Common;
use crate::compare::period::is_same_time;
use crate::text::Text;

/// The changed figures of a hospital, by measure and by part of the hospital.
pub(super) fn changes(sides: [(&Catalog, &Details); 2], common: &Common) -> Vec<Change> {
    let [(old, before), (new, after)] = sides;
    let mut parts: Vec<(&Text, Option<&Scope>)> = Vec::new();
    let mut by_part: HashMap<(&Text, Option<&Scope>), [Vec<Figure>; 2]> = HashMap::new();
    for (at, details) in [(1, after), (0, before)] {
        for figure in details.figures.iter().filter(|figure| common.has_measure(&figure.measure)) {
            let part = (&figure.measure, figure.scope.as_ref());
            let known = by_part.entry(part).or_insert_with(|| {
                parts.push(part);
                Default::default()
            });
            known[at].push(figure.clone());
        }
    }
    let mut changes = Vec::new();
    for (id, scope) in parts {
        let [from, to] = by_part.remove(&(id, scope)).unwrap_or_default();
        let measure = new.measures().get(id).or_else(|| old.measures().get(id));
        // If the new edition has dropped a campus, its name comes from the old edition.
        let is_known = |name: &&str| scope != Some(&Scope::Campus((*name).into()));
        let name = after.scope_name(scope).filter(is_known).or_else(|| before.scope_name(scope));
        let part = name.map_or(String::new(), |part| format!(", {part}"));
        let what = format!("{}{part}", measure.map_or(id, |measure| &measure.label));
        for (from, to) in pairs(from, to) {
            let [from_text, to_text] =
                [(&from, &to), (&to, &from)].map(|(one, other)| one.as_ref().map(|one| text(one, other.as_ref())));
            changes.extend(Change::new(&what, true, from_text, to_text));
        }
    }
    changes
}

type Pair = (Option<Figure>, Option<Figure>);

/// Whether an old and a new figure are compared with each other.
type PairRule = fn(&Figure, &Figure) -> bool;

/// Pairs the figures of one measure and part: first those of the same period, then the rest from the latest to the
/// earliest.
fn pairs(mut old: Vec<Figure>, mut new: Vec<Figure>) -> Vec<Pair> {
    // Several sources may have figures for one period, so equal values are paired first.
    let rules: [PairRule; 3] = [
        |a, b| is_same_time(a, b) && has_same_value(a, b),
        is_same_time,
        |a, b| !has_own_period(a) && !has_own_period(b) && has_same_value(a, b),
    ];
    let mut pairs: Vec<Pair> = Vec::new();
    for is_pair in rules {
        new.retain(|figure| {
            let found = old.iter().position(|other| is_pair(other, figure));
            pairs.extend(found.map(|at| (Some(old.remove(at)), Some(figure.clone()))));
            found.is_none()
        });
    }
    for unpaired in [&mut old, &mut new] {
        unpaired.sort_by_key(|figure| Reverse(figure.period.as_ref().map(Period::age)));
    }
    let (mut old, mut new) = (old.into_iter(), new.into_iter());
    loop {
        match (old.next(), new.next()) {
            (None, None) => return pairs,
            pair => pairs.push(pair),
        }
    }
}

fn has_same_value(a: &Figure, b: &Figure) -> bool {
    a.value == b.value && a.caveat == b.caveat
}

/// Whether something is stated of the time of counting, if only that it is unclear. The edition of a dataset tells nothing
/// of it.
fn has_own_period(figure: &Figure) -> bool {
    figure.period.as_ref().is_some_and(|period| !period.is_edition())
}

/// The value, period and caveat of a figure. The edition is left out, because it differs in every pair.
fn text(figure: &Figure, other: Option<&Figure>) -> String {
    let value = match figure.value {
        Observed::Stated(quantity) => Quantity::to_string(&quantity),
        Observed::Missing(reason) => reason.words().to_owned(),
    };
    let is_edition = |figure: &Figure| figure.period.as_ref().is_some_and(Period::is_edition);
    let when = match &figure.period {
        Some(period) if period.is_edition() => String::new(),
        None if other.is_some_and(is_edition) => String::new(),
        None => format!(", {}", period::NONE),
        Some(period) => format!(", {period}"),
    };
    with_caveat(format!("{value}{when}"), figure.caveat.as_deref())
}
