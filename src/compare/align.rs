//! Which figures of two hospitals are held against each other.
//!
//! Whole hospital stands against whole hospital, and parts of one name against each other. Only where a
//! side has nothing but a single part of a measure, that part stands against the other's whole, and the row says so.

use std::cmp::Reverse;

use super::Side;
use crate::catalog::{Catalog, Figure, HospitalKey, Measure, Period, Scope};

/// The figures of one measure that count the same part.
type Part<'a> = (Option<&'a Scope>, Vec<&'a Figure>);

/// A row of one measure: the part's name, when it is not the whole hospital on both sides, and the sides.
pub(super) type Pair<'a> = (Option<&'a str>, Side<'a>, Side<'a>);

/// The rows of one measure: whole hospitals first, then parts.
pub(super) fn pairs<'a>(catalog: &'a Catalog, keys: [HospitalKey; 2], measure: &Measure) -> Vec<Pair<'a>> {
    let name = |side: usize, scope: Option<&'a Scope>| catalog.hospital(keys[side]).details.scope_name(scope);
    // A campus and a ward of one name are not the same.
    let meaning = |side: usize, scope: Option<&'a Scope>| {
        (matches!(scope, Some(Scope::Campus(_))), name(side, scope).map(str::to_lowercase))
    };
    let [mut left, mut right] = keys.map(|key| by_part(catalog, key, measure));
    let (mut rows, mut lone) = (Vec::new(), Vec::new());
    for (scope, figures) in left.drain(..) {
        let mine = meaning(0, scope);
        match right.iter().position(|(scope, _)| meaning(1, *scope) == mine) {
            Some(at) => rows.push((name(0, scope), align(figures, right.remove(at).1))),
            None => lone.push((scope, figures)),
        }
    }
    // What is left has no twin. A whole meets the other side's part when that has only the one.
    match (&lone[..], &right[..]) {
        ([(None, whole)], [(scope @ Some(_), part)]) => {
            rows.push((name(1, *scope), align(whole.clone(), part.clone())));
        }
        ([(scope @ Some(_), part)], [(None, whole)]) => {
            rows.push((name(0, *scope), align(part.clone(), whole.clone())));
        }
        _ => {
            rows.extend(lone.into_iter().map(|(scope, figures)| (name(0, scope), align(figures, Vec::new()))));
            rows.extend(right.into_iter().map(|(scope, figures)| (name(1, scope), align(Vec::new(), figures))));
        }
    }
    // A stable sort: the whole hospital first, parts as in the catalog.
    rows.sort_by_key(|(part, _)| part.is_some());
    rows.into_iter().map(|(part, (left, right))| (part, left, right)).collect()
}

/// The figures of a hospital by the part that they count, in the order in which parts first appear.
fn by_part<'a>(catalog: &'a Catalog, key: HospitalKey, measure: &Measure) -> Vec<Part<'a>> {
    let mut parts: Vec<Part> = Vec::new();
    for figure in catalog.figures(key).filter(|figure| figure.measure == measure.id) {
        let scope = figure.scope.as_ref();
        match parts.iter_mut().find(|(known, _)| *known == scope) {
            Some((_, figures)) => figures.push(figure),
            None => parts.push((scope, vec![figure])),
        }
    }
    parts
}

/// Chooses the period of each side: the latest for which both give a number, else each side's latest.
fn align<'a>(left: Vec<&'a Figure>, right: Vec<&'a Figure>) -> (Side<'a>, Side<'a>) {
    let common =
        dated(&left).filter(|period| dated(&right).any(|other| other.is_same_time(period))).max_by_key(|one| one.age());
    let common = common.cloned();
    (side(left, common.as_ref()), side(right, common.as_ref()))
}

/// The known periods for which there is a number.
fn dated<'a>(figures: &[&'a Figure]) -> impl Iterator<Item = &'a Period> {
    let stated = figures.iter().filter(|figure| figure.quantity().is_some());
    stated.filter_map(|figure| figure.period.as_ref()).filter(|period| period.is_known())
}

/// Shows the figures of `common`, or of the latest known period, and with them those whose period is not
/// known, since nothing says that they are older. The others become history, the latest first.
pub(super) fn side<'a>(mut figures: Vec<&'a Figure>, common: Option<&Period>) -> Side<'a> {
    let latest = dated(&figures).max_by_key(|period| period.age()).cloned();
    let shown = common.cloned().or(latest);
    let is_known = |figure: &&Figure| figure.period.as_ref().is_some_and(Period::is_known);
    let has_number = figures.iter().any(|figure| figure.quantity().is_some());
    figures.sort_by_key(|figure| Reverse(figure.period.as_ref().and_then(Period::age)));
    let (shown, history) = figures.into_iter().partition(|figure: &&Figure| {
        let is_shown = |period: &Period| shown.as_ref().is_some_and(|shown| shown.is_same_time(period));
        let of_period = !is_known(figure) || figure.period.as_ref().is_some_and(is_shown);
        // Why a number is missing only matters where there is none.
        if has_number { of_period && figure.quantity().is_some() } else { true }
    });
    Side { figures: shown, history, instead: Vec::new() }
}
