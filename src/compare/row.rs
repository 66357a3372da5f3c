//! A row of a comparison: both sides of one measure, or of the remaining measures of a concept.

use crate::catalog::{Family, Figure, Interval, Measure, Missing, Observed, Period, Scope};
use crate::compare::answer::Answer;
use crate::compare::limit::Limit;

/// One side of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Side<'a> {
    /// What is counted. The two sides of a row may have different measures of one concept.
    pub measure: &'a Measure,
    /// The part of the hospital that is counted, and its name; none for the whole hospital.
    pub part: Option<(&'a Scope, &'a str)>,
    /// The figures that are compared, all of one time; several if the sources give several. If there is no number, the
    /// figure that gives the reason.
    pub figures: Vec<&'a Figure>,
    /// The parts of a total, each with its measure, if the row is a breakdown.
    pub breakdown: Vec<(&'a Measure, &'a Figure)>,
    /// The other figures of the concept: other times, parts and measures.
    pub also: Vec<&'a Figure>,
}

impl<'a> Side<'a> {
    /// A side without figures.
    pub(super) fn empty(measure: &'a Measure) -> Self {
        Self { measure, part: None, figures: Vec::new(), breakdown: Vec::new(), also: Vec::new() }
    }

    /// The reason for a missing number, from the latest figure; none if there is a number.
    #[must_use]
    pub(crate) fn missing(&self) -> Option<Missing> {
        if self.has_number() {
            return None;
        }
        let latest = self.figures.iter().max_by_key(|figure| figure.period.as_ref().map(Period::age));
        match latest.map(|figure| figure.value) {
            Some(Observed::Missing(why)) => Some(why),
            _ => Some(Missing::NotInSource),
        }
    }

    /// Whether it gives a number.
    #[must_use]
    pub(crate) fn has_number(&self) -> bool {
        self.figures.iter().any(|figure| figure.quantity().is_some())
    }

    /// The interval that contains the values of all figures; none without a number.
    #[must_use]
    pub(crate) fn interval(&self) -> Option<Interval> {
        self.figures.iter().filter_map(|figure| figure.interval()).reduce(|a, b| a.hull(&b))
    }

    /// Whether figures of one known period contradict each other.
    pub(super) fn contradicts_itself(&self) -> bool {
        let intervals: Vec<Interval> = self.figures.iter().filter_map(|figure| figure.interval()).collect();
        let is_known = |figure: &&Figure| figure.period.as_ref().is_some_and(Period::is_known);
        self.figures.first().is_some_and(is_known) && Interval::contradict(&intervals)
    }
}

/// One measure that both sides give, or the remaining measures of a concept.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// The family of its measure.
    pub family: &'a Family,
    /// The hospital on the left.
    pub left: Side<'a>,
    /// The hospital on the right.
    pub right: Side<'a>,
    /// Which side is larger, if that can be told.
    pub answer: Answer,
    /// What limits the answer, the most serious first. A row with no limits other than caveats is comparable.
    pub limits: Vec<Limit<'a>>,
    /// Whether the publisher fixes the total, as for the measures in a group. Such a row has no ratio.
    pub has_fixed_total: bool,
}

impl<'a> Row<'a> {
    /// Both sides, left first.
    #[must_use]
    pub(crate) fn sides(&self) -> [&Side<'a>; 2] {
        [&self.left, &self.right]
    }

    /// The measure of both sides; none if the sides have different measures.
    #[must_use]
    pub(crate) fn measure(&self) -> Option<&'a Measure> {
        (self.left.measure.id == self.right.measure.id).then_some(self.left.measure)
    }

    /// Whether there is an answer that nothing but caveats limits.
    #[must_use]
    pub fn is_comparable(&self) -> bool {
        self.answer.is_conclusive() && self.limits.iter().all(|limit| matches!(limit, Limit::Caveat(_)))
    }

    /// A key that is unique within the comparison and the same if the sides are swapped.
    #[must_use]
    pub(crate) fn key(&self) -> String {
        let of = |side: &Side| {
            let part = match side.part {
                None => String::new(),
                Some((Scope::Campus(id), _)) => format!(" campus {id}"),
                Some((Scope::Department(name), _)) => format!(" department {}", name.to_lowercase()),
            };
            format!("{}{part}", side.measure.id)
        };
        let (left, right) = (of(&self.left), of(&self.right));
        if !self.left.has_number() && self.right.has_number() {
            return right;
        }
        if !self.right.has_number() || left == right {
            return left;
        }
        let (first, second) = if left < right { (left, right) } else { (right, left) };
        format!("{first} | {second}")
    }

    /// How much larger the larger side is. None without an answer, if both sides are equal, and for a breakdown, in which
    /// each part has its own answer.
    #[must_use]
    pub fn difference(&self) -> Option<Interval> {
        let (larger, smaller) = self.larger_and_smaller()?;
        Some(larger.minus(&smaller))
    }

    /// How many times as large the larger side is. None for steps of a scale, for parts of a fixed total, and if the
    /// smaller number may be zero.
    #[must_use]
    pub fn ratio(&self) -> Option<Interval> {
        let is_count =
            |side: &Side| !side.measure.ordinal && side.measure.part_of.is_none() && side.breakdown.is_empty();
        if self.has_fixed_total || !self.sides().into_iter().all(is_count) {
            return None;
        }
        let (larger, smaller) = self.larger_and_smaller()?;
        larger.ratio(&smaller)
    }

    fn larger_and_smaller(&self) -> Option<(Interval, Interval)> {
        if !self.left.breakdown.is_empty() {
            return None;
        }
        let (left, right) = (self.left.interval()?, self.right.interval()?);
        match self.answer {
            Answer::LeftLarger => Some((left, right)),
            Answer::RightLarger => Some((right, left)),
            _ => None,
        }
    }
}
