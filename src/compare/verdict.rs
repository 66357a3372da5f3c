//! The verdicts, and the words for them.

use serde::Serialize;

/// What can be said of a row, the mildest first; the gravest reason of a row is its verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Same measure, part and period, and the values lie apart or are equal.
    Comparable,
    /// A figure carries a caveat.
    Caveat,
    /// At least one side states no period that can be resolved.
    PeriodUnknown,
    /// The intervals overlap: either side may be the larger.
    Overlapping,
    /// The sides were measured at different times.
    DifferentPeriod,
    /// No source says it of both: other sources, or other vintages of one.
    DifferentSource,
    /// One side counts a part, the other the whole hospital.
    DifferentScope,
    /// Figures of one side contradict each other.
    SourcesDisagree,
    /// The sides publish different measures of one concept.
    DifferentDefinition,
    /// Only one side reports the measure.
    OneSide,
    /// Neither side gives a number.
    Neither,
}

impl Verdict {
    /// Every verdict, the mildest first.
    pub const ALL: [Self; 11] = [
        Self::Comparable,
        Self::Caveat,
        Self::PeriodUnknown,
        Self::Overlapping,
        Self::DifferentPeriod,
        Self::DifferentSource,
        Self::DifferentScope,
        Self::SourcesDisagree,
        Self::DifferentDefinition,
        Self::OneSide,
        Self::Neither,
    ];

    /// The verdict in two or three words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Comparable => "comparable",
            Self::Caveat => "caveat",
            Self::PeriodUnknown => "period unknown",
            Self::Overlapping => "overlapping",
            Self::DifferentPeriod => "different period",
            Self::DifferentSource => "different source",
            Self::DifferentScope => "different scope",
            Self::SourcesDisagree => "sources disagree",
            Self::DifferentDefinition => "different definition",
            Self::OneSide => "one side only",
            Self::Neither => "neither reports",
        }
    }

    /// A sign of one column, so that rows can be told apart without colour.
    #[must_use]
    pub fn mark(self) -> char {
        match self {
            Self::Comparable => '=',
            Self::Caveat => '!',
            Self::PeriodUnknown => '?',
            Self::Overlapping => '~',
            Self::DifferentPeriod => '@',
            Self::DifferentSource => '^',
            Self::DifferentScope => '%',
            Self::SourcesDisagree => '&',
            Self::DifferentDefinition => '#',
            Self::OneSide => '-',
            Self::Neither => '.',
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Comparable => {
                "Both report the same measure for the same time, and the values can be told apart or are equal."
            }
            Self::Caveat => "A figure carries a caveat that may change it.",
            Self::PeriodUnknown => {
                "At least one side has no single known period: its source states none, or its parts have several."
            }
            Self::Overlapping => "The values cannot be told apart: within their bounds either may be the larger.",
            Self::DifferentPeriod => "The two were measured at different times.",
            Self::DifferentSource => {
                "The two come from different sources, or from different vintages of one, and may be of different times."
            }
            Self::DifferentScope => "One counts a part of the hospital, the other all of it.",
            Self::SourcesDisagree => {
                "Figures of one side do not agree, or may be of different times; all are shown and none is chosen."
            }
            Self::DifferentDefinition => {
                "Only one side publishes this measure; what the other publishes of the same thing stands beside it, and \
                 no difference or ratio can be given."
            }
            Self::OneSide => "Only one of the two publishes it.",
            Self::Neither => "Neither gives a number.",
        }
    }
}
