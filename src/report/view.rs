//! A comparison as people read it, made once for every sink.
//!
//! [`ComparisonView::new`] walks over the sides, figures, statements and names of a comparison. The screen, the opened
//! row, text, Markdown, HTML, CSV, JSON and kept comparisons render what it made. It owns what it holds, so that the
//! browser can keep it while it is shown.

mod builder;
mod once;
mod summary;
mod timeline;
mod words;

pub use once::SaidOnce;
pub(super) use summary::upper_first;

use crate::catalog::{Catalog, Figure, HospitalKey, Interval};
use crate::compare::{Answer, Bar, Basis, Comparison};
use crate::report::wording;
use serde::Serialize;
use serde_json::Value;

/// Most measures that are named with the reason why a text gives no number of them.
const REASONS: usize = 8;

/// What can be said of an entry, by which entries are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Both texts say it, and there is an answer.
    SideBySide,
    /// Both texts say something, and there is no answer.
    CannotTell,
    /// Only the left hospital's text says it.
    OnlyLeft,
    /// Only the right hospital's text says it.
    OnlyRight,
}

impl Group {
    /// Every group, in the order in which they stand.
    pub const ALL: [Self; 4] = [Self::SideBySide, Self::CannotTell, Self::OnlyLeft, Self::OnlyRight];

    /// The side of which alone the texts say what stands in it: 0 for the left, 1 for the right.
    #[must_use]
    pub fn side(self) -> Option<usize> {
        match self {
            Self::OnlyLeft => Some(0),
            Self::OnlyRight => Some(1),
            Self::SideBySide | Self::CannotTell => None,
        }
    }

    /// Whether only one text says what stands in it.
    #[must_use]
    pub fn is_one_sided(self) -> bool {
        self.side().is_some()
    }
}

/// What an entry is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A measure, or what is left of a concept.
    Measure,
    /// A statement in words: kind, place, grade, a column of a dataset.
    Statement,
    /// A name that stands in both texts.
    SharedName,
    /// A ranking or an accreditation that stands in both texts: places and levels may differ.
    SharedRating,
    /// All names of a list that only one text gives.
    Names,
}

/// Something that one side says: a figure, a statement, a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// What: `4.7 million`, `1,925 open beds`, `Neonatology: department`.
    pub text: String,
    /// When it was counted, or what is known of that; empty where nobody expects a time.
    pub when: String,
    /// The part of the hospital that is counted; none for all of it.
    pub part: Option<String>,
    /// The numbers of its sources, as in [`ComparisonView::sources`]; empty for the catalog's own classing.
    pub sources: Vec<usize>,
    /// What may change it.
    pub caveat: Option<String>,
    /// A remark that changes nothing.
    pub note: Option<String>,
    /// How a derived figure was worked out.
    pub formula: Option<String>,
    /// The figure itself, for programs; none of statements and names.
    pub figure: Option<Figure>,
    /// The parts of a total that the text gives with it, for programs.
    pub parts: Vec<Figure>,
    /// The record of a name, a ranking or an accreditation, for programs.
    pub record: Option<Value>,
}

impl Said {
    /// The text with part and time: `more than 1,500, 2018 or later`.
    #[must_use]
    pub fn phrase(&self) -> String {
        let when = if self.when.is_empty() { String::new() } else { format!(", {}", self.when) };
        format!("{}{when}", self.counted())
    }

    /// The text with the part that is counted: `150 (obstetric ward)`.
    #[must_use]
    pub fn counted(&self) -> String {
        let part = self.part.as_ref().map_or(String::new(), |part| format!(" ({part})"));
        format!("{}{part}", self.text)
    }

    /// The marks of its sources: `[1]`.
    #[must_use]
    pub fn marks(&self) -> String {
        wording::marks(&self.sources)
    }
}

/// One side of an entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SideView {
    /// What is compared; empty where the text does not say.
    pub shown: Vec<Said>,
    /// What stands beside it: other times, parts and measures of the concept.
    pub also: Vec<Said>,
    /// Why nothing is shown; empty where something is.
    pub missing: &'static str,
    /// The figures that say so.
    pub reasons: Vec<Said>,
    /// The values of one method over time, the earliest first, on the axis of both sides.
    pub timeline: Vec<(String, String, Bar)>,
}

impl SideView {
    /// Everything that it says: what is compared, why there is nothing, what stands beside it.
    pub fn said(&self) -> impl Iterator<Item = &Said> {
        self.shown.iter().chain(&self.reasons).chain(&self.also)
    }
}

/// What limits an answer, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitView {
    /// Its name for programs; see [`crate::compare::Limit::kind`].
    pub kind: &'static str,
    /// Its amount in years, where it has one.
    pub years: Option<u32>,
    /// The words.
    pub text: String,
    /// Fewer words, where what they leave out stands at the values.
    pub brief: String,
}

/// A part of two totals that are equal.
#[derive(Clone, Debug, PartialEq)]
pub struct PartView {
    /// The part in a word or two.
    pub label: String,
    /// How many of the left and of the right total; none where the text does not say.
    pub counts: [Option<Interval>; 2],
    /// What can be said of it.
    pub answer: Answer,
}

/// What a measure means.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// The term in the country's own statistics.
    pub native_term: Option<String>,
    /// The unit in words.
    pub unit: String,
    /// What is counted.
    pub definition: String,
    /// Whether its numbers are steps of a scale, such as stars.
    pub is_scale: bool,
}

/// A row as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// A name of its own within the comparison, whichever hospital is left.
    pub key: String,
    /// What can be said of it.
    pub group: Group,
    /// What it is of.
    pub subject: Subject,
    /// The family or the list that it belongs to.
    pub heading: String,
    /// What it is called.
    pub label: String,
    /// The direction that the publisher of its measure gives, in words that say so.
    pub direction: Option<&'static str>,
    /// The two sides, left first.
    pub sides: [SideView; 2],
    /// What can be said, for programs.
    pub answer: Answer,
    /// What can be said, in words: `A larger by 1.28–1.38 million`.
    pub says: String,
    /// What limits it, the most serious first.
    pub limits: Vec<LimitView>,
    /// The parts of two totals that are equal, each with its own answer.
    pub parts: Vec<PartView>,
    /// How much larger the larger side is.
    pub difference: Option<Interval>,
    /// How many times as large it is.
    pub ratio: Option<Interval>,
    /// Bars on one axis.
    pub bars: Option<[Bar; 2]>,
    /// What its measures mean; two where the sides count differently.
    pub measures: Vec<Meaning>,
    /// Among which figures each side may be ranked; none where it cannot be.
    pub bases: [Option<Basis>; 2],
}

impl Entry {
    /// The limits in words, one after the other.
    #[must_use]
    pub fn limits_text(&self) -> String {
        self.limits.iter().map(|limit| limit.text.as_str()).collect::<Vec<_>>().join(" · ")
    }

    /// The limits in few words, without caveats, which stand with the values.
    pub fn brief_limits(&self) -> impl Iterator<Item = &str> {
        self.limits.iter().filter(|limit| limit.kind != "caveat").map(|limit| limit.brief.as_str())
    }

    /// What it is called, with the direction that the publisher gives.
    #[must_use]
    pub fn title(&self) -> String {
        match self.direction {
            Some(direction) => format!("{} ({direction})", self.label),
            None => self.label.clone(),
        }
    }

    /// What stands behind the name of a derived entry; nothing for others.
    #[must_use]
    pub fn derived_mark(&self) -> &'static str {
        if self.is_derived() { " (derived)" } else { "" }
    }

    /// Whether it is of a part of a hospital.
    #[must_use]
    pub fn is_of_part(&self) -> bool {
        let figures = self.sides.iter().flat_map(|side| &side.shown).filter_map(|said| said.figure.as_ref());
        figures.into_iter().any(|figure| figure.scope.is_some())
    }

    /// Whether we have worked it out from figures that stand in other rows.
    #[must_use]
    pub fn is_derived(&self) -> bool {
        self.sides.iter().flat_map(|side| &side.shown).any(|said| said.formula.is_some())
    }

    /// Whether both sides say something, and not the same. A shared name with other remarks is no difference.
    #[must_use]
    pub fn differs(&self) -> bool {
        match self.subject {
            Subject::Measure => {
                matches!(self.answer, Answer::LeftLarger | Answer::RightLarger)
                    || self.parts.iter().any(|part| part.answer != Answer::Equal)
            }
            Subject::Statement => {
                let text = |side: &SideView| side.shown.first().map(|said| said.text.clone());
                self.group == Group::SideBySide && text(&self.sides[0]) != text(&self.sides[1])
            }
            Subject::SharedName | Subject::SharedRating | Subject::Names => false,
        }
    }
}

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
    /// Makes the view of a comparison.
    #[must_use]
    pub fn new(comparison: &Comparison) -> Self {
        let mut view = builder::build(comparison);
        view.tally = once::tally(&view.entries);
        view.once = [0, 1].map(|side| SaidOnce::new(&view.entries, side));
        view.summary = summary::lines(&view);
        view
    }

    /// The view of two hospitals of a catalog.
    #[must_use]
    pub fn of(catalog: &Catalog, left: HospitalKey, right: HospitalKey) -> Self {
        Self::new(&Comparison::new(catalog, left, right))
    }

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
