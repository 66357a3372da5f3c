//! Values as sources state them, and the intervals that they leave open.
//!
//! "More than 1,500" is not 1,500. Each [`Quantity`] keeps the source's own bound and precision, so
//! that it is shown as it was stated, and [`Quantity::interval`] says which numbers it may mean, so that
//! two of them can be compared without pretending.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::catalog::interval::Interval;
use crate::catalog::number::group;

/// A number with the bound and the precision that its source gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// Exactly this number, written out by the source.
    Exact(f64),
    /// "More than", "over".
    Above(f64),
    /// "At least", "from".
    AtLeast(f64),
    /// "Fewer than", "under".
    Below(f64),
    /// "At most", "top 100".
    AtMost(f64),
    /// "About": within half a step of the last digit that is not zero, so about 400 is 350 to 450.
    About(f64),
    /// "Nearly": below the number, by at most half a step of its last digit that is not zero.
    Nearly(f64),
    /// A number that the source gives rounded, as 4.7 million is 4,700,000 to the nearest 100,000.
    Rounded {
        /// The rounded number.
        value: f64,
        /// The step to which it is rounded.
        to: f64,
    },
    /// "Million-level": an order of magnitude, at least the number and with no top.
    Magnitude(f64),
    /// The source names the items and gives no number; we have counted them. The list reads as whole.
    Counted(f64),
    /// The same, of a list that is open: "... and other", or items named here and there. At least so many.
    Named(f64),
    /// A range, both ends included.
    Range {
        /// The lower end.
        from: f64,
        /// The upper end.
        to: f64,
    },
}

/// Why a dataset names a measure and gives no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// The source does not mention it.
    NotInSource,
    /// The source speaks of it, and gives no number: "several".
    NoNumber,
    /// It cannot apply to this hospital.
    NotApplicable,
    /// The publisher withholds it.
    Suppressed,
    /// Too few cases to publish.
    TooFew,
    /// The publisher marks it as not available.
    NotAvailable,
}

impl Missing {
    /// The reason in words, for a cell.
    #[must_use]
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::NotInSource => "this text does not say",
            Self::NoNumber => "stated without a number",
            Self::NotApplicable => "not applicable",
            Self::Suppressed => "suppressed by the publisher",
            Self::TooFew => "too few cases to publish",
            Self::NotAvailable => "not available",
        }
    }
}

/// What a figure holds: a quantity, or the reason why there is none. Never a zero in disguise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Observed {
    /// The source states a quantity.
    Stated(Quantity),
    /// The source gives none, for this reason.
    Missing(Missing),
}

impl Observed {
    /// The quantity, when one is stated.
    #[must_use]
    pub fn quantity(&self) -> Option<Quantity> {
        match self {
            Self::Stated(quantity) => Some(*quantity),
            Self::Missing(_) => None,
        }
    }
}

impl Quantity {
    /// The numbers this may mean. "Less than" and "at most" have no bottom here, since measures may be signed.
    #[must_use]
    pub(crate) fn interval(&self) -> Interval {
        let closed = Interval::closed;
        match *self {
            Self::Exact(n) | Self::Counted(n) => Interval::exact(n),
            Self::Above(n) => Interval { low_open: true, ..closed(n, f64::INFINITY) },
            Self::AtLeast(n) | Self::Named(n) | Self::Magnitude(n) => closed(n, f64::INFINITY),
            Self::Below(n) => Interval { high_open: true, ..closed(f64::NEG_INFINITY, n) },
            Self::AtMost(n) => closed(f64::NEG_INFINITY, n),
            Self::About(n) => closed(n - step(n) / 2.0, n + step(n) / 2.0),
            Self::Nearly(n) => Interval { high_open: true, ..closed(n - step(n) / 2.0, n) },
            Self::Rounded { value, to } => Interval { high_open: true, ..closed(value - to / 2.0, value + to / 2.0) },
            Self::Range { from, to } => closed(from, to),
        }
    }

    /// Whether the number is ours: counted from the items that the source names.
    #[must_use]
    pub(crate) fn is_counted_here(&self) -> bool {
        matches!(self, Self::Counted(_) | Self::Named(_))
    }

    /// The number that the source prints; a range gives its lower end.
    #[must_use]
    pub(crate) fn printed(&self) -> f64 {
        match *self {
            Self::Exact(n) | Self::Above(n) | Self::AtLeast(n) | Self::Below(n) | Self::AtMost(n) => n,
            Self::About(n) | Self::Nearly(n) | Self::Magnitude(n) | Self::Counted(n) | Self::Named(n) => n,
            Self::Rounded { value, .. } => value,
            Self::Range { from, .. } => from,
        }
    }

    /// Its least and its greatest number as the source prints them, for range checks.
    pub(crate) fn numbers(&self) -> [f64; 2] {
        match *self {
            Self::Range { from, to } => [from, to],
            other => [other.printed(); 2],
        }
    }
}

/// Shows the quantity as the source states it: `more than 1,500`, `4.7 million`, `400–500`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match *self {
            Self::Exact(n) => group(n),
            Self::Above(n) => format!("more than {}", group(n)),
            Self::AtLeast(n) => format!("at least {}", group(n)),
            Self::Below(n) => format!("less than {}", group(n)),
            Self::AtMost(n) => format!("at most {}", group(n)),
            Self::About(n) => format!("about {}", group(n)),
            Self::Nearly(n) => format!("nearly {}", group(n)),
            Self::Rounded { value, to } => rounded(value, to),
            Self::Range { from, to } => format!("{}–{}", group(from), group(to)),
            Self::Magnitude(n) => format!("of the order of {}", group(n)),
            Self::Counted(n) => format!("{} named", group(n)),
            Self::Named(n) => format!("at least {} named", group(n)),
        };
        f.pad(&text)
    }
}

/// A step of the last digit that is not zero: 100 for 400, 10 for 95,320, 0.01 for 627.23.
fn step(n: f64) -> f64 {
    let digits = n.abs().to_string();
    if let Some((_, decimals)) = digits.split_once('.') {
        return 10f64.powi(-i32::try_from(decimals.len()).unwrap_or(0));
    }
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    10f64.powi(i32::try_from(zeros).unwrap_or(0).min(i32::try_from(digits.len()).unwrap_or(1) - 1))
}

/// A rounded number in the words of its precision: `4.7 million`, `95.3 thousand`.
#[expect(clippy::float_cmp, reason = "both are steps of a decimal digit")]
fn rounded(value: f64, to: f64) -> String {
    let with_step = || format!("{} (to the nearest {})", group(value), group(to));
    if to != 10f64.powf(to.log10().round()) {
        // Digits tell only steps of one digit.
        return with_step();
    }
    for (size, name) in [(1e9, "billion"), (1e6, "million")] {
        if value >= size {
            let precision = (size / to).log10().ceil().clamp(0.0, 9.0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "zero to nine")]
            let precision = precision as usize;
            let exact = |decimals: &usize| format!("{:.decimals$}", value / size).parse() == Ok(value / size);
            // In words only where few decimals say exactly what the source says.
            if let Some(decimals) = (precision..=3).find(exact) {
                return format!("{:.decimals$} {name}", value / size);
            }
        }
    }
    if to < 1.0 {
        // The decimals say how far it is rounded.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a step is no smaller than 1e-9")]
        let decimals = (-to.log10()).ceil().clamp(0.0, 9.0) as usize;
        return format!("{value:.decimals$}");
    }
    // The zeros at its end say how far most numbers are rounded.
    if step(value) == to { group(value) } else { with_step() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Quantity {
        serde_json::from_str::<Observed>(json).unwrap().quantity().unwrap()
    }

    #[test]
    fn order_is_known_only_where_intervals_are_apart() {
        use std::cmp::Ordering::{self, Equal, Greater, Less};
        let (rounded, range) = (r#"{"rounded":4700000,"to":100000}"#, r#"{"from":400,"to":500}"#);
        for (a, b, order) in [
            ("5", "5", Some(Equal)),
            ("5", "6", Some(Less)),
            (r#"{"above":1500}"#, "1925", None),
            (r#"{"above":1500}"#, "880", Some(Greater)),
            (r#"{"above":1500}"#, "1500", Some(Greater)),
            (r#"{"at_least":1500}"#, "1500", None),
            (r#"{"above":1500}"#, r#"{"above":2000}"#, None),
            (r#"{"below":10}"#, "10", Some(Less)),
            (r#"{"at_most":10}"#, "10", None),
            (r#"{"at_most":10}"#, "0", None),
            (r#"{"nearly":40}"#, "40", Some(Less)),
            (r#"{"nearly":40}"#, "36", None),
            (r#"{"about":400}"#, "449", None),
            (r#"{"about":400}"#, "451", Some(Less)),
            (rounded, "4649999", Some(Greater)),
            (rounded, "4650000", None),
            (rounded, "4750000", Some(Less)),
            (range, "500", None),
            (range, "501", Some(Less)),
            (range, r#"{"from":500,"to":600}"#, None),
            (r#"{"magnitude":1000000}"#, "1500000", None),
            (r#"{"magnitude":1000000}"#, "999999", Some(Greater)),
            (r#"{"counted":5}"#, "3", Some(Greater)),
            (r#"{"named":4}"#, "5", None),
        ] {
            let (a_is, b_is) = (parse(a).interval(), parse(b).interval());
            assert_eq!(a_is.order(&b_is), order, "{a} against {b}");
            assert_eq!(b_is.order(&a_is), order.map(Ordering::reverse), "{b} against {a}");
        }
    }

    #[test]
    fn a_step_is_that_of_the_last_digit_that_counts() {
        for (n, size) in [(400.0, 100.0), (40.0, 10.0), (95_320.0, 10.0), (7.0, 1.0), (0.0, 1.0), (627.23, 0.01)] {
            assert!((step(n) - size).abs() < 1e-12, "{n}: {}", step(n));
        }
    }
}
