//! The view of one row of a comparison.

use std::collections::HashSet;
use std::iter;

use serde::Serialize;
use serde_json::Value;

use crate::catalog::{Figure, Interval};
use crate::compare::{Answer, Bar, Basis};
use crate::report::wording;

/// The groups of entries, by the kind of answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Both texts give a value, and there is an answer.
    SideBySide,
    /// Both texts give a value or a reason for its absence, but there is no answer.
    CannotTell,
    /// Only the left hospital's text gives a value.
    OnlyLeft,
    /// Only the right hospital's text gives a value.
    OnlyRight,
}

impl Group {
    /// Every group, in the order of display.
    pub(crate) const ALL: [Self; 4] = [Self::SideBySide, Self::CannotTell, Self::OnlyLeft, Self::OnlyRight];

    /// The side that alone gives values: 0 for the left, 1 for the right; none for groups of both sides.
    #[must_use]
    pub(crate) fn side(self) -> Option<usize> {
        match self {
            Self::OnlyLeft => Some(0),
            Self::OnlyRight => Some(1),
            Self::SideBySide | Self::CannotTell => None,
        }
    }

    /// Whether only one text gives values.
    #[must_use]
    pub fn is_one_sided(self) -> bool {
        self.side().is_some()
    }
}

/// The kind of content of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A measure, or the remaining measures of a concept.
    Measure,
    /// A fact in words: kind, place, grade, a column of a dataset.
    Statement,
    /// A name that is in both texts.
    SharedName,
    /// A ranking or an accreditation that is in both texts. Ranks and levels may differ.
    SharedRating,
    /// All names of a list that are in only one text.
    Names,
}

/// The view of one value of a side: a figure, a fact or a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueView {
    /// The text: `4.7 million`, `1,925 open beds`, `Neonatology: department`.
    pub text: String,
    /// The period of counting, or what is known of it; empty for facts and names.
    pub when: String,
    /// The part of the hospital that is counted; none for the whole hospital.
    pub part: Option<String>,
    /// The numbers of its sources, as in [`crate::report::view::ComparisonView::sources`]; empty for kind and place,
    /// which the catalog classifies.
    pub sources: Vec<usize>,
    /// A remark that may change the value.
    pub caveat: Option<String>,
    /// A remark that does not change the value.
    pub note: Option<String>,
    /// How a derived figure was calculated.
    pub formula: Option<String>,
    /// The figure itself, for JSON and CSV; none for facts and names.
    pub figure: Option<Figure>,
    /// The parts of a total, for JSON and saved comparisons.
    pub parts: Vec<Figure>,
    /// The record of a name, a ranking or an accreditation, for JSON.
    pub record: Option<Value>,
}

impl ValueView {
    /// The text with part and period: `more than 1,500, 2018 or later`.
    #[must_use]
    pub fn phrase(&self) -> String {
        let when = if self.when.is_empty() { String::new() } else { format!(", {}", self.when) };
        format!("{}{when}", self.counted())
    }

    /// The text with the part that is counted: `150 (obstetric ward)`.
    #[must_use]
    pub(crate) fn counted(&self) -> String {
        let part = self.part.as_ref().map_or(String::new(), |part| format!(" ({part})"));
        format!("{}{part}", self.text)
    }

    /// The marks of its sources: `[1]`.
    #[must_use]
    pub(crate) fn marks(&self) -> String {
        wording::marks(&self.sources)
    }
}

/// One side of an entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SideView {
    /// The values that are compared; empty if the text gives none.
    pub shown: Vec<ValueView>,
    /// Related values: other times, parts and measures of the concept.
    pub also: Vec<ValueView>,
    /// The reason why no value is shown; empty if one is shown.
    pub missing: &'static str,
    /// The figures that give this reason.
    pub reasons: Vec<ValueView>,
    /// The values of one method over time, the earliest first: period, value, and bar on the axis of both sides.
    pub timeline: Vec<(String, String, Bar)>,
}

impl SideView {
    /// All values: those compared, the reasons for missing values, and the related ones.
    pub(crate) fn values(&self) -> impl Iterator<Item = &ValueView> {
        self.shown.iter().chain(&self.reasons).chain(&self.also)
    }

    /// The compared values, each with its time and with a mark if it has a caveat: `880 (as of 2022-03-11, caveat)`.
    #[must_use]
    pub(crate) fn in_brief(&self) -> String {
        let value = |value: &ValueView| {
            let caveat = value.caveat.as_ref().map(|_| "caveat");
            let when = Some(value.when.as_str()).filter(|when| !when.is_empty());
            let remarks: Vec<&str> = when.into_iter().chain(caveat).collect();
            let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join(", ")) };
            format!("{}{remarks}", value.counted())
        };
        self.shown.iter().map(value).collect::<Vec<_>>().join(" / ")
    }
}

/// A limit of an answer, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitView {
    /// Its name in JSON; see [`crate::compare::Limit::kind`].
    pub kind: &'static str,
    /// The years apart, for limits that have such a number.
    pub years: Option<u32>,
    /// The full text.
    pub text: String,
    /// A shorter text, without what is shown next to the values.
    pub brief: String,
}

/// One part of two equal totals.
#[derive(Clone, Debug, PartialEq)]
pub struct PartView {
    /// The short label of the part.
    pub label: String,
    /// The count on the left and on the right; `None` if the text does not give it.
    pub counts: [Option<Interval>; 2],
    /// Which side has more in this part.
    pub answer: Answer,
}

/// The definition of a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureView {
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

/// The view of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// A key that is unique within the comparison and the same if the sides are swapped.
    pub key: String,
    /// Its group.
    pub group: Group,
    /// The kind of content.
    pub subject: Subject,
    /// The label of its family or list.
    pub heading: String,
    /// The label of the row.
    pub label: String,
    /// The direction that the publisher of the measure gives, in words.
    pub direction: Option<&'static str>,
    /// The two sides, left first.
    pub sides: [SideView; 2],
    /// The answer, for JSON and CSV.
    pub answer: Answer,
    /// The answer in words: `A larger by 1.28–1.38 million`.
    pub answer_text: String,
    /// The limits of the answer, the most serious first.
    pub limits: Vec<LimitView>,
    /// Values of a state or a country for the same measure and time: `New York State: 1.43, 2008`.
    pub references: Vec<String>,
    /// The parts of two equal totals, each with its own answer.
    pub parts: Vec<PartView>,
    /// How much larger the larger side is.
    pub difference: Option<Interval>,
    /// How many times as large the larger side is.
    pub ratio: Option<Interval>,
    /// Bars on one axis.
    pub bars: Option<[Bar; 2]>,
    /// Its measures; two if the sides have different ones.
    pub measures: Vec<MeasureView>,
    /// The figures among which each side may be ranked; none if it cannot be ranked.
    pub bases: [Option<Basis>; 2],
}

impl Entry {
    /// The short texts of the limits, without caveats, which are shown next to the values; behind them the values of a state
    /// or a country.
    pub(crate) fn brief_limits(&self) -> impl Iterator<Item = &str> {
        let limits = self.limits.iter().filter(|limit| limit.kind != "caveat").map(|limit| limit.brief.as_str());
        limits.chain(self.references.iter().map(String::as_str))
    }

    /// The label with the direction that the publisher gives.
    #[must_use]
    pub fn title(&self) -> String {
        match self.direction {
            Some(direction) => format!("{} ({direction})", self.label),
            None => self.label.clone(),
        }
    }

    /// What its sides say, with the numbers of the sources: `visits: A 4.7 million, 2017 [1]; B 3.37 million, 2019 [2]`.
    #[must_use]
    pub(crate) fn in_brief(&self) -> String {
        let value = |value: &ValueView| format!("{} {}", value.phrase(), value.marks()).trim_end().to_owned();
        let side = |(mark, side): (&str, &SideView)| match &side.shown[..] {
            [] => format!("{mark} {}", side.missing),
            shown => format!("{mark} {}", shown.iter().map(value).collect::<Vec<_>>().join(" / ")),
        };
        let sides = ["A", "B"].into_iter().zip(&self.sides).enumerate();
        let stated = sides.filter(|(at, _)| self.group.side().is_none_or(|only| only == *at));
        format!("{}: {}", self.title(), stated.map(|(_, one)| side(one)).collect::<Vec<_>>().join("; "))
    }

    /// The suffix of the label of a derived entry; empty for others.
    #[must_use]
    pub(crate) fn derived_mark(&self) -> &'static str {
        if self.is_derived() { " (derived)" } else { "" }
    }

    /// Whether a part of a hospital is counted.
    #[must_use]
    pub(crate) fn is_of_part(&self) -> bool {
        let figures = self.sides.iter().flat_map(|side| &side.shown).filter_map(|value| value.figure.as_ref());
        figures.into_iter().any(|figure| figure.scope.is_some())
    }

    /// Whether it is calculated from the figures of other rows.
    #[must_use]
    pub(crate) fn is_derived(&self) -> bool {
        self.sides.iter().flat_map(|side| &side.shown).any(|value| value.formula.is_some())
    }

    /// Whether both sides have values that differ. A shared name with different remarks is not a difference.
    #[must_use]
    pub(crate) fn differs(&self) -> bool {
        match self.subject {
            Subject::Measure => {
                matches!(self.answer, Answer::LeftLarger | Answer::RightLarger)
                    || self.parts.iter().any(|part| part.answer != Answer::Equal)
            }
            Subject::Statement => {
                let text = |side: &SideView| side.shown.first().map(|value| value.text.clone());
                self.group == Group::SideBySide && text(&self.sides[0]) != text(&self.sides[1])
            }
            Subject::SharedName | Subject::SharedRating | Subject::Names => false,
        }
    }
}

/// Numbers the entries that have the key of an entry before them, such as those of two departments whose names differ in case.
pub(super) fn make_keys_unique(entries: &mut [Entry]) {
    let mut keys: HashSet<String> = HashSet::new();
    for entry in entries {
        let numbered = (2..).map(|nth| format!("{} #{nth}", entry.key));
        let mut candidates = iter::once(entry.key.clone()).chain(numbered);
        entry.key = candidates.find(|key| !keys.contains(key)).unwrap_or_default();
        keys.insert(entry.key.clone());
    }
}
