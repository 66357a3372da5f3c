//! A comparison as people read it: two hospitals, a summary, entries by group, sources.

use crate::catalog::HospitalKey;
use crate::compare::Answer;
use crate::report::view::entry::{Entry, Group};
use crate::report::view::once::SaidOnce;

/// Most measures that are named with the reason why a text gives no number of them.
const REASONS: usize = 8;

/// One of the two hospitals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Where it stands in the catalog.
    pub key: HospitalKey,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Kind, grade and place: what a reader needs to know whom the numbers are of.
    pub about: String,
}

/// A source that is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceView {
    /// Its number in the marks.
    pub number: usize,
    /// Its id in its file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The whole line: title, publisher, date, language, address.
    pub text: String,
    /// Title, publisher and date, without what is not known.
    pub brief: String,
    /// What a reader should know of it.
    pub note: Option<String>,
}

/// A comparison as people read it.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonView {
    /// The two hospitals, A on the left.
    pub hospitals: [Who; 2],
    /// At most six lines: who the two are, the headline answers, what cannot be told, how much only one text says.
    pub summary: Vec<String>,
    /// `measures: 6 answered · 2 cannot be told · 31 one-sided`, of measures.
    pub tally: String,
    /// What is said once of each side.
    pub once: [SaidOnce; 2],
    /// The entries, group by group.
    pub entries: Vec<Entry>,
    /// The sources cited.
    pub sources: Vec<SourceView>,
    /// The catalogs that it was made from, a line each.
    pub made_from: Vec<String>,
}

impl ComparisonView {
    /// The entries of a group, in order.
    pub fn group(&self, group: Group) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.group == group)
    }

    /// The heading of a group. Two rows of one dataset are of one text.
    #[must_use]
    pub fn title(&self, group: Group) -> &'static str {
        let is_one_source = self.once[0].source.is_some() && self.once[0].source == self.once[1].source;
        match (group, is_one_source) {
            (Group::SideBySide, _) => "Side by side",
            (Group::CannotTell, _) => "Cannot be told",
            (Group::OnlyLeft, false) => "Only in A's text",
            (Group::OnlyRight, false) => "Only in B's text",
            (Group::OnlyLeft, true) => "Only for A",
            (Group::OnlyRight, true) => "Only for B",
        }
    }

    /// How many entries a group has.
    #[must_use]
    pub fn count(&self, group: Group) -> usize {
        self.group(group).count()
    }

    /// The entries of a group that stand for themselves: those without a number on either side are named together by
    /// [`Self::without_number`].
    pub fn rows(&self, group: Group) -> impl Iterator<Item = &Entry> {
        self.group(group).filter(|entry| entry.answer != Answer::Neither)
    }

    /// The measures of which neither text has a number, together by the reasons: labels, and why on A and on B.
    #[must_use]
    pub fn without_number(&self) -> Vec<(Vec<&str>, [&'static str; 2])> {
        let mut all: Vec<(Vec<&str>, [&'static str; 2])> = Vec::new();
        for entry in self.entries.iter().filter(|entry| entry.answer == Answer::Neither) {
            let why = entry.sides.each_ref().map(|side| side.missing);
            match all.iter_mut().find(|(_, known)| *known == why) {
                Some((labels, _)) => labels.push(&entry.label),
                None => all.push((vec![&entry.label], why)),
            }
        }
        all
    }

    /// What the other text says of the measures of a one-sided group, where it says why it has no number: once for each
    /// reason.
    #[must_use]
    pub fn reasons(&self, group: Group) -> Vec<String> {
        let Some(side) = group.side() else { return Vec::new() };
        let mut labels: Vec<(&str, Vec<&str>)> = Vec::new();
        for entry in self.group(group).filter(|entry| !entry.sides[1 - side].reasons.is_empty()) {
            let why = entry.sides[1 - side].missing;
            match labels.iter_mut().find(|(known, _)| *known == why) {
                Some((_, labels)) => labels.push(&entry.label),
                None => labels.push((why, vec![&entry.label])),
            }
        }
        let mark = ["B", "A"][side];
        let in_words = |(why, labels): (&str, Vec<&str>)| {
            let more = labels.len().saturating_sub(REASONS);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{mark}: {why}: {}{more}", labels[..labels.len().min(REASONS)].join(", "))
        };
        labels.into_iter().map(in_words).collect()
    }
}
