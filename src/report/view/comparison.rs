//! The view of a comparison: two hospitals, a summary, entries by group, sources.

use crate::catalog::HospitalKey;
use crate::compare::Answer;
use crate::report::view::entry::{Entry, Group};
use crate::report::view::side_summary::SideSummary;

/// The largest number of measures listed with one reason for a missing number.
const REASONS: usize = 8;

/// One of the two hospitals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HospitalView {
    /// Its key in the catalog.
    pub key: HospitalKey,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Kind, grade and place.
    pub about: String,
}

/// A cited source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceView {
    /// Its number in citation marks such as `[1]`.
    pub number: usize,
    /// Its id in the file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The full reference: title, publisher, date, language, address.
    pub text: String,
    /// Title, publisher if known, and date.
    pub brief: String,
    /// A note about the source.
    pub note: Option<String>,
}

/// The view of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonView {
    /// The two hospitals, A on the left.
    pub hospitals: [HospitalView; 2],
    /// At most six lines: the two hospitals, the main answers, what cannot be told, how much only one text says.
    pub summary: Vec<String>,
    /// The number of measures by kind of answer: `measures: 6 answered · 2 cannot be told · 31 one-sided`.
    pub tally: String,
    /// The source and time that most values of a side share, given once for each side.
    pub side_summaries: [SideSummary; 2],
    /// The entries, ordered by group.
    pub entries: Vec<Entry>,
    /// The cited sources.
    pub sources: Vec<SourceView>,
    /// The data files that were compared, a line each.
    pub data_files: Vec<String>,
}

impl ComparisonView {
    /// The entries of a group.
    pub fn group(&self, group: Group) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.group == group)
    }

    /// The heading of a group. If both sides have the same source, "A's text" would be misleading, so it says "for A".
    #[must_use]
    pub(crate) fn title(&self, group: Group) -> &'static str {
        let is_one_source =
            self.side_summaries[0].source.is_some() && self.side_summaries[0].source == self.side_summaries[1].source;
        match (group, is_one_source) {
            (Group::SideBySide, _) => "Side by side",
            (Group::CannotTell, _) => "Cannot be told",
            (Group::OnlyLeft, false) => "Only in A's text",
            (Group::OnlyRight, false) => "Only in B's text",
            (Group::OnlyLeft, true) => "Only for A",
            (Group::OnlyRight, true) => "Only for B",
        }
    }

    /// The number of entries in a group.
    #[must_use]
    pub(crate) fn count(&self, group: Group) -> usize {
        self.group(group).count()
    }

    /// The entries of a group that have a row of their own. Those without a number on either side are merged by
    /// [`Self::without_number`].
    pub(crate) fn rows(&self, group: Group) -> impl Iterator<Item = &Entry> {
        self.group(group).filter(|entry| entry.answer != Answer::Neither)
    }

    /// The measures without a number in either text, grouped by reason: their labels, and the reasons on A and B.
    #[must_use]
    pub(crate) fn without_number(&self) -> Vec<(Vec<&str>, [&'static str; 2])> {
        let mut all: Vec<(Vec<&str>, [&'static str; 2])> = Vec::new();
        for entry in self.entries.iter().filter(|entry| entry.answer == Answer::Neither) {
            let reasons = entry.sides.each_ref().map(|side| side.missing);
            match all.iter_mut().find(|(_, known)| *known == reasons) {
                Some((labels, _)) => labels.push(&entry.label),
                None => all.push((vec![&entry.label], reasons)),
            }
        }
        all
    }

    /// The reasons that the other text gives for its missing numbers in a one-sided group, a line for each reason.
    #[must_use]
    pub fn reasons(&self, group: Group) -> Vec<String> {
        let Some(side) = group.side() else { return Vec::new() };
        let mut labels: Vec<(&str, Vec<&str>)> = Vec::new();
        for entry in self.group(group).filter(|entry| !entry.sides[1 - side].reasons.is_empty()) {
            let reason = entry.sides[1 - side].missing;
            match labels.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, labels)) => labels.push(&entry.label),
                None => labels.push((reason, vec![&entry.label])),
            }
        }
        let mark = ["B", "A"][side];
        let line = |(reason, labels): (&str, Vec<&str>)| {
            let more = labels.len().saturating_sub(REASONS);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{mark}: {reason}: {}{more}", labels[..labels.len().min(REASONS)].join(", "))
        };
        labels.into_iter().map(line).collect()
    }
}
