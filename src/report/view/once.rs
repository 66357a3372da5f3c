//! What is said once of a whole comparison: the source and the time of each side, and how much can be said.

use crate::catalog::Period;
use crate::compare::Answer;
use crate::report::view::entry::{Entry, Group, Subject};

/// What is said once of a whole side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaidOnce {
    /// The number of the source of all that is said on the side; none where it has several.
    pub source: Option<usize>,
    /// What is known of the time of most numbers that have no period of counting: `2018 or later`, `edition 2025`.
    pub time: Option<String>,
}

impl SaidOnce {
    pub(super) fn new(entries: &[Entry], side: usize) -> Self {
        let said = || entries.iter().flat_map(|entry| entry.sides[side].said());
        let mut sources = said().flat_map(|said| &said.sources);
        let first = sources.next().copied();
        let is_dated = |period: &Period| matches!(period, Period::In(_) | Period::Span(..) | Period::Until(_));
        let undated = said().filter(|said| {
            let period = said.figure.as_ref().and_then(|figure| figure.period.as_ref());
            period.is_some_and(|period| !is_dated(period) && !matches!(period, Period::Unclear(_)))
        });
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for said in undated {
            match counts.iter_mut().find(|(known, _)| *known == said.when) {
                Some((_, count)) => *count += 1,
                None => counts.push((&said.when, 1)),
            }
        }
        let usual = counts.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 1);
        Self {
            source: first.filter(|first| sources.all(|other| other == first)),
            time: usual.map(|(when, _)| when.to_owned()),
        }
    }
}

/// `measures: 6 answered · 2 cannot be told · 31 one-sided`, of measures.
pub(super) fn tally(entries: &[Entry]) -> String {
    let count = |is_it: fn(Group) -> bool| {
        let measures = entries.iter().filter(|entry| entry.subject == Subject::Measure);
        measures.filter(|entry| entry.answer != Answer::Neither && is_it(entry.group)).count()
    };
    let (told, not) = (count(|group| group == Group::SideBySide), count(|group| group == Group::CannotTell));
    format!("measures: {told} answered · {not} cannot be told · {} one-sided", count(Group::is_one_sided))
}
