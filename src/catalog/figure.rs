//! Figures: what was counted, how many, when, of what part, and who says so.

use serde::{Deserialize, Serialize};

use crate::catalog::estimate::Estimate;
use crate::catalog::interval::Interval;
use crate::catalog::period::Period;
use crate::catalog::quantity::{Observed, Quantity};
use crate::text::Text;

/// Which part of the hospital a figure counts; left out for the whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The campus of that id.
    Campus(Text),
    /// A department or ward, by name.
    Department(Text),
}

/// One observation: what was counted, how many, when, of what part, and who says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The id of the measure.
    pub measure: Text,
    /// What the source states.
    pub value: Observed,
    /// When it was measured; left out when the source states no time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Which part it counts; left out for the whole hospital.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// The id of its source.
    pub source: Text,
    /// What may change it: unclear wording, a partial period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caveat: Option<Text>,
    /// A remark that changes nothing, such as how it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// The publisher's interval, the number of cases and its comparison with the country, of a value that it estimates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Box<Estimate>>,
    /// What a derived figure is calculated from; none for what a source states.
    #[serde(skip)]
    pub derivation: Option<Box<Derivation>>,
}

/// What a derived figure is calculated from.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// The figures, in the order of the formula.
    pub parts: Vec<Figure>,
    /// What the figure may be, before it was rounded to be shown.
    pub interval: Interval,
}

impl Figure {
    /// The figures that a derived one is calculated from; empty for what a source states.
    #[must_use]
    pub(crate) fn parts(&self) -> &[Figure] {
        self.derivation.as_ref().map_or(&[], |derivation| &derivation.parts)
    }

    /// The numbers that it may mean; none when there is no number.
    #[must_use]
    pub(crate) fn interval(&self) -> Option<Interval> {
        match &self.derivation {
            Some(derivation) => Some(derivation.interval),
            None => self.quantity().map(|quantity| quantity.interval()),
        }
    }

    /// The ids of its sources: its own, or those of its parts.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &Text> {
        let stated = self.parts().is_empty().then_some(&self.source);
        stated.into_iter().chain(self.parts().iter().map(|part| &part.source))
    }

    /// The quantity, when one is stated.
    #[must_use]
    pub fn quantity(&self) -> Option<Quantity> {
        self.value.quantity()
    }
}
