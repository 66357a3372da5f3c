//! What a profile says of files that have several rows a hospital.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// The columns of files that have several rows a hospital. Each lists headings, as [`ProfileColumns`] does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct MeasureRows {
    /// The id of the measure that a row gives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub id: Vec<Text>,
    /// Its name; several columns are joined.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// Its value. Other columns of numbers become measures beside it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub value: Vec<Text>,
    /// The first day of the measured period.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub start: Vec<Text>,
    /// The last day of the measured period.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub end: Vec<Text>,
    /// The year, week or day that was measured, where one column says it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub period: Vec<Text>,
    /// The month or the quarter, where another column says the year.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub part: Vec<Text>,
    /// The unit of the value. Values of another unit are of another measure.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unit: Vec<Text>,
    /// Rows of one measure: what each gives of it, by the end of its measure's id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<MeasurePart>,
    /// Words in the names of rows that are no hospitals: totals of a state or a country.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<Text>,
}

/// What a row gives of the measure of several rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MeasurePart {
    /// The end of the id, such as `_CI_LOWER`.
    pub suffix: Text,
    /// What the row gives.
    pub gives: PartRole,
}

/// What a row or a column gives of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PartRole {
    /// The value itself.
    Value,
    /// The lower bound of the publisher's interval.
    Lower,
    /// The upper bound of the publisher's interval.
    Upper,
    /// How many cases it rests on.
    Cases,
    /// The publisher's comparison with the country.
    Comparison,
    /// Codes of footnotes.
    Footnote,
    /// Something else, which is kept as a note.
    Note,
}

impl MeasureRows {
    /// The same with only the headings that a file has; `present` takes those of a list.
    pub(super) fn narrowed(self, present: impl Fn(&[Text]) -> Vec<Text>) -> Self {
        let of = |wanted: &[Text]| present(wanted);
        let narrowed = Self {
            id: of(&self.id),
            name: of(&self.name),
            value: of(&self.value),
            start: of(&self.start),
            end: of(&self.end),
            period: of(&self.period),
            part: of(&self.part),
            unit: of(&self.unit),
            ..Self::default()
        };
        if narrowed.is_empty() {
            return narrowed;
        }
        // One day alone is no period.
        let start = if narrowed.end.is_empty() { Vec::new() } else { narrowed.start };
        Self { start, parts: self.parts, totals: self.totals, ..narrowed }
    }

    /// Whether nothing is named.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
