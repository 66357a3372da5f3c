//! The view of a comparison: two hospitals, a summary, entries by group, sources.

use std::collections::HashSet;
use std::iter;

use crate::catalog::HospitalKey;
use crate::compare::Answer;
use crate::report::view::entry::{Entry, Group, SideView, Subject};
use crate::report::view::labels::{by_reason, first_of};
use crate::report::view::side_summary::SideSummary;
use crate::report::wording::{count, number};

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
    /// The sentences of each line of the summary; see [`Self::summary_lines`].
    pub(crate) summary: Vec<Vec<String>>,
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
    /// At most six lines: the two hospitals, the main answers, what cannot be told, how much only one text says.
    #[must_use]
    pub fn summary_lines(&self) -> Vec<String> {
        self.summary.iter().map(|sentences| sentences.join(" ")).collect()
    }

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

    /// What is in a group, for its heading: `12 measures, 8 other`. The measures are those that the tally counts.
    #[must_use]
    pub fn contents(&self, group: Group) -> String {
        let is_measure = |entry: &&Entry| entry.subject == Subject::Measure;
        let measures = self.rows(group).filter(is_measure).count();
        let other = self.rows(group).count() - measures;
        let without = self.count(group) - measures - other;
        let counts = [(other, "other"), (without, "without a number")].into_iter().filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, what)| format!("{} {what}", number(count)));
        iter::once(count(measures, "measure")).chain(counts).collect::<Vec<_>>().join(", ")
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
        let without = self.entries.iter().filter(|entry| entry.answer == Answer::Neither);
        let reasons = |entry: &Entry| entry.sides.each_ref().map(|side| side.missing);
        let groups = by_reason(without.map(|entry| (reasons(entry), entry.label.as_str())));
        groups.into_iter().map(|(reasons, labels)| (labels, reasons)).collect()
    }

    /// The reasons that the other text gives for its missing numbers in a one-sided group, a line for each reason.
    #[must_use]
    pub fn reasons(&self, group: Group) -> Vec<String> {
        let Some(side) = group.side() else { return Vec::new() };
        let other = 1 - side;
        let missing = self.group(group).filter(|entry| !entry.sides[other].reasons.is_empty());
        let groups = by_reason(missing.map(|entry| (entry.sides[other].missing, entry.label.as_str())));
        let mark = ["A", "B"][other];
        let line = |(reason, labels): (&str, Vec<&str>)| format!("{mark}: {reason}: {}", first_of(&labels, REASONS));
        groups.into_iter().map(line).collect()
    }

    /// The sources that the values of an entry cite.
    pub(crate) fn sources_of(&self, entry: &Entry) -> impl Iterator<Item = &SourceView> {
        let cited: HashSet<usize> =
            entry.sides.iter().flat_map(SideView::values).flat_map(|value| &value.sources).copied().collect();
        self.sources.iter().filter(move |source| cited.contains(&source.number))
    }
}
