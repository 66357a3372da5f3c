//! Which figures of two editions are compared, and what differs in them.

use std::cmp::Reverse;

use crate::catalog::{Catalog, Details, Figure, Observed, Period, Quantity, Scope, period};
use crate::compare::changes::change::{Change, with_caveat};
use crate::compare::changes::coverage::Common;
use crate::text::Text;

/// What differs between the figures of a hospital, measure by measure and part by part.
pub(super) fn changes(sides: [(&Catalog, &Details); 2], common: &Common) -> Vec<Change> {
    let [(old, before), (new, after)] = sides;
    let mut parts: Vec<(&Text, Option<&Scope>)> = Vec::new();
    for figure in after.figures.iter().chain(&before.figures) {
        let part = (&figure.measure, figure.scope.as_ref());
        if !parts.contains(&part) && common.has_measure(&figure.measure) {
            parts.push(part);
        }
    }
    let mut changes = Vec::new();
    for (id, scope) in parts {
        let of = |details: &'_ Details| -> Vec<Figure> {
            let own = details.figures.iter().filter(|one| one.measure == *id && one.scope.as_ref() == scope);
            own.cloned().collect()
        };
        let measure = new.measures().get(id).or_else(|| old.measures().get(id));
        // A campus that the new one does not have is still called by its name.
        let is_known = |name: &&str| scope != Some(&Scope::Campus((*name).into()));
        let name = after.scope_name(scope).filter(is_known).or_else(|| before.scope_name(scope));
        let part = name.map_or(String::new(), |part| format!(", {part}"));
        let what = format!("{}{part}", measure.map_or(id, |measure| &measure.label));
        for (from, to) in pairs(of(before), of(after)) {
            let [from_words, to_words] =
                [(&from, &to), (&to, &from)].map(|(one, other)| one.as_ref().map(|one| words(one, other.as_ref())));
            changes.extend(Change::new(&what, true, from_words, to_words));
        }
    }
    changes
}

type Pair = (Option<Figure>, Option<Figure>);

/// Whether two figures belong together.
type Way = fn(&Figure, &Figure) -> bool;

/// The figures of one measure and part: those of one period first, then the latest of what is left with the latest.
fn pairs(mut then: Vec<Figure>, mut now: Vec<Figure>) -> Vec<Pair> {
    // Several sources may state one period: what each says is first sought on the other side.
    let ways: [Way; 3] = [
        |a, b| is_of_one_period(a, b) && says_the_same(a, b),
        is_of_one_period,
        |a, b| !is_dated(a) && !is_dated(b) && says_the_same(a, b),
    ];
    let mut pairs: Vec<Pair> = Vec::new();
    for is_pair in ways {
        now.retain(|figure| {
            let twin = then.iter().position(|other| is_pair(other, figure));
            pairs.extend(twin.map(|at| (Some(then.remove(at)), Some(figure.clone()))));
            twin.is_none()
        });
    }
    for left in [&mut then, &mut now] {
        left.sort_by_key(|figure| Reverse(figure.period.as_ref().map(Period::age)));
    }
    let (mut then, mut now) = (then.into_iter(), now.into_iter());
    loop {
        match (then.next(), now.next()) {
            (None, None) => return pairs,
            pair => pairs.push(pair),
        }
    }
}

fn is_of_one_period(a: &Figure, b: &Figure) -> bool {
    match (&a.period, &b.period) {
        (Some(one), Some(other)) => one == other || one.is_same_time(other),
        (one, other) => one == other,
    }
}

fn says_the_same(a: &Figure, b: &Figure) -> bool {
    a.value == b.value && a.caveat == b.caveat
}

/// Whether the time of measuring is stated: the edition of a dataset is none.
fn is_dated(figure: &Figure) -> bool {
    figure.period.as_ref().is_some_and(|period| !matches!(period, Period::Edition(..)))
}

/// A figure whole. Two editions always differ in their editions, so these are left out.
fn words(figure: &Figure, other: Option<&Figure>) -> String {
    let value = match figure.value {
        Observed::Stated(quantity) => Quantity::to_string(&quantity),
        Observed::Missing(reason) => reason.words().to_owned(),
    };
    let is_edition = |figure: &Figure| matches!(figure.period, Some(Period::Edition(..)));
    let when = match &figure.period {
        Some(Period::Edition(..)) => String::new(),
        None if other.is_some_and(is_edition) => String::new(),
        None => format!(", {}", period::NONE),
        Some(period) => format!(", {period}"),
    };
    with_caveat(format!("{value}{when}"), figure.caveat.as_deref())
}
