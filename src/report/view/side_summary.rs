//! The source and time that most values of a side share, and the tally of answers.

use crate::catalog::Period;
use crate::compare::Answer;
use crate::report::view::entry::{Entry, Group, Subject};

/// The source and time that most values of a side share. Exporters give them once instead of with every value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SideSummary {
    /// The number of the source of all values; none if there are several sources.
    pub source: Option<usize>,
    /// The most frequent time of numbers without a period of counting: `2018 or later`, `edition 2025`.
    pub time: Option<String>,
}

impl SideSummary {
    pub(super) fn new(entries: &[Entry], side: usize) -> Self {
        let values = || entries.iter().flat_map(|entry| entry.sides[side].values());
        let mut sources = values().flat_map(|value| &value.sources);
        let first = sources.next().copied();
        let is_dated = |period: &Period| matches!(period, Period::In(_) | Period::Span(..) | Period::Until(_));
        let undated = values().filter(|value| {
            let period = value.figure.as_ref().and_then(|figure| figure.period.as_ref());
            period.is_some_and(|period| !is_dated(period) && !matches!(period, Period::Unclear(_)))
        });
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for value in undated {
            match counts.iter_mut().find(|(known, _)| *known == value.when) {
                Some((_, count)) => *count += 1,
                None => counts.push((&value.when, 1)),
            }
        }
        let usual = counts.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 1);
        Self {
            source: first.filter(|first| sources.all(|other| other == first)),
            time: usual.map(|(when, _)| when.to_owned()),
        }
    }
}

/// The number of measures by kind of answer: `measures: 6 answered · 2 cannot be told · 31 one-sided`.
pub(super) fn tally(entries: &[Entry]) -> String {
    let count = |is_it: fn(Group) -> bool| {
        let measures = entries.iter().filter(|entry| entry.subject == Subject::Measure);
        measures.filter(|entry| entry.answer != Answer::Neither && is_it(entry.group)).count()
    };
    let (answered, unknown) = (count(|group| group == Group::SideBySide), count(|group| group == Group::CannotTell));
    format!("measures: {answered} answered · {unknown} cannot be told · {} one-sided", count(Group::is_one_sided))
}
