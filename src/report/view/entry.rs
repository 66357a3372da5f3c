//! An entry of a comparison: a row as people read it.

use serde::Serialize;
use serde_json::Value;

use crate::catalog::{Figure, Interval};
use crate::compare::{Answer, Bar, Basis};
use crate::report::wording;

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
