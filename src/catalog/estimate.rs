//! What a publisher gives beside the value of a measure that it estimates, such as a death rate.

use serde::{Deserialize, Serialize};

use crate::catalog::interval::Interval;
use crate::text::Text;

/// How sure a publisher is of a value, and what it says about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// The lower bound of the publisher's interval, in the unit of the measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// The upper bound of the publisher's interval, in the unit of the measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// How many patients, discharges or others the value rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cases: Option<f64>,
    /// What these are, such as `patients`; left out when the publisher calls them only the denominator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Text>,
    /// How the publisher puts the value beside that of the country, in its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Text>,
}

impl Estimate {
    /// The estimate, boxed as figures keep it; none when it says nothing.
    #[must_use]
    pub(crate) fn some(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }

    /// The publisher's interval; none unless both bounds are given, in order.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        let (low, high) = self.low.zip(self.high)?;
        (low <= high).then(|| Interval::closed(low, high))
    }
}
