//! Quantities in JSON: a number, or an object that names its bound.

use std::fmt;

use serde::Serialize;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use crate::catalog::{Missing, Observed, Quantity};

/// The keys of a bounded value in a catalog file.
const KEYS: &[&str] = &[
    "above",
    "at_least",
    "below",
    "at_most",
    "about",
    "nearly",
    "magnitude",
    "counted",
    "named",
    "rounded",
    "from",
    "to",
    "missing",
];

/// A JSON number that prints without `.0` when it is whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlainNumber(pub f64);

impl Serialize for PlainNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // 2^53: above it a double no longer holds every whole number.
        if self.0.fract() == 0.0 && self.0.abs() < 9_007_199_254_740_992.0 {
            #[expect(clippy::cast_possible_truncation, reason = "whole, and within 2^53")]
            return serializer.serialize_i64(self.0 as i64);
        }
        serializer.serialize_f64(self.0)
    }
}

impl Serialize for Observed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Stated(quantity) => quantity.serialize(serializer),
            Self::Missing(reason) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("missing", reason)?;
                map.end()
            }
        }
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries: &[(&str, f64)] = match *self {
            Self::Exact(n) => return PlainNumber(n).serialize(serializer),
            Self::Above(n) => &[("above", n)],
            Self::AtLeast(n) => &[("at_least", n)],
            Self::Below(n) => &[("below", n)],
            Self::AtMost(n) => &[("at_most", n)],
            Self::About(n) => &[("about", n)],
            Self::Nearly(n) => &[("nearly", n)],
            Self::Magnitude(n) => &[("magnitude", n)],
            Self::Counted(n) => &[("counted", n)],
            Self::Named(n) => &[("named", n)],
            Self::Rounded { value, to } => &[("rounded", value), ("to", to)],
            Self::Range { from, to } => &[("from", from), ("to", to)],
        };
        serializer.collect_map(entries.iter().map(|(key, n)| (key, PlainNumber(*n))))
    }
}

impl<'de> Deserialize<'de> for Observed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObservedVisitor)
    }
}

struct ObservedVisitor;

impl<'de> Visitor<'de> for ObservedVisitor {
    type Value = Observed;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(r#"a number, or an object such as {"above": 1500} or {"missing": "suppressed"}"#)
    }

    #[expect(clippy::cast_precision_loss, reason = "no hospital counts past 2^53")]
    fn visit_u64<E: de::Error>(self, n: u64) -> Result<Observed, E> {
        self.visit_f64(n as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "no hospital counts past 2^53")]
    fn visit_i64<E: de::Error>(self, n: i64) -> Result<Observed, E> {
        self.visit_f64(n as f64)
    }

    fn visit_f64<E: de::Error>(self, n: f64) -> Result<Observed, E> {
        Ok(Observed::Stated(Quantity::Exact(n)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Observed, A::Error> {
        let mut numbers: Vec<(&'static str, f64)> = Vec::new();
        let mut missing = None;
        while let Some(key) = map.next_key::<String>()? {
            let Some(key) = KEYS.iter().find(|known| **known == key) else {
                return Err(de::Error::unknown_field(&key, KEYS));
            };
            if *key == "missing" {
                missing = Some(map.next_value::<Missing>()?);
            } else {
                numbers.push((key, map.next_value()?));
            }
        }
        match (missing, &numbers[..]) {
            (Some(reason), []) => Ok(Observed::Missing(reason)),
            (None, numbers) => from_entries(numbers).map(Observed::Stated).ok_or_else(|| mixed(numbers)),
            _ => Err(de::Error::custom(
                "a missing value cannot also have a number, expected either `missing` or the number",
            )),
        }
    }
}

fn mixed<E: de::Error>(entries: &[(&str, f64)]) -> E {
    let keys: Vec<_> = entries.iter().map(|(key, _)| *key).collect();
    let found = if keys.is_empty() { "no number".to_owned() } else { keys.join(" with ") };
    de::Error::custom(format_args!(
        "{found} in one value, expected one bound, or `from` and `to`, or `rounded` and `to`"
    ))
}

fn from_entries(entries: &[(&str, f64)]) -> Option<Quantity> {
    Some(match *entries {
        [("above", n)] => Quantity::Above(n),
        [("at_least", n)] => Quantity::AtLeast(n),
        [("below", n)] => Quantity::Below(n),
        [("at_most", n)] => Quantity::AtMost(n),
        [("about", n)] => Quantity::About(n),
        [("nearly", n)] => Quantity::Nearly(n),
        [("magnitude", n)] => Quantity::Magnitude(n),
        [("counted", n)] => Quantity::Counted(n),
        [("named", n)] => Quantity::Named(n),
        [("rounded", value), ("to", to)] | [("to", to), ("rounded", value)] => Quantity::Rounded { value, to },
        [("from", from), ("to", to)] | [("to", to), ("from", from)] => Quantity::Range { from, to },
        _ => return None,
    })
}

#[cfg(test)]
impl schemars::JsonSchema for Observed {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Value".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let one = |key: &str, description: &str| {
            serde_json::json!({
                "type": "object", "description": description, "required": [key], "additionalProperties": false,
                "properties": { key: { "type": "number" } }
            })
        };
        let two = |a: &str, b: &str, description: &str| {
            serde_json::json!({
                "type": "object", "description": description, "required": [a, b], "additionalProperties": false,
                "properties": { a: { "type": "number" }, b: { "type": "number" } }
            })
        };
        let missing = generator.subschema_for::<Missing>();
        schemars::json_schema!({
            "description": "What the source states: a number, a bound, a range, or why there is none.",
            "oneOf": [
                { "type": "number", "description": "Exactly this number." },
                one("above", "More than."),
                one("at_least", "At least."),
                one("below", "Less than."),
                one("at_most", "At most."),
                one("about", "About: within half a step of the last digit that is not zero."),
                one("nearly", "Nearly: below, by at most half a step of the last digit that is not zero."),
                one("magnitude", "Of the order of: at least this number, with no top, as of a million-level collection."),
                one("counted", "Counted by the catalog from items that the source names; the list reads as whole."),
                one("named", "The same of an open list: at least so many."),
                two("rounded", "to", "Rounded to the nearest step: 4.7 million is 4700000 to 100000."),
                two("from", "to", "A range, both ends included."),
                {
                    "type": "object", "description": "No number, and why.", "required": ["missing"],
                    "additionalProperties": false, "properties": { "missing": missing }
                }
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Quantity {
        serde_json::from_str::<Observed>(json).unwrap().quantity().unwrap()
    }

    #[test]
    fn each_form_reads_shows_and_writes() {
        for (json, shown) in [
            ("305", "305"),
            ("30187.14", "30,187.14"),
            (r#"{"above":1500}"#, "more than 1,500"),
            (r#"{"at_least":1000000}"#, "at least 1,000,000"),
            (r#"{"below":10}"#, "less than 10"),
            (r#"{"at_most":100}"#, "at most 100"),
            (r#"{"about":400}"#, "about 400"),
            (r#"{"nearly":40}"#, "nearly 40"),
            (r#"{"rounded":4700000,"to":100000}"#, "4.7 million"),
            (r#"{"rounded":3370000,"to":10000}"#, "3.37 million"),
            (r#"{"rounded":83000000,"to":1000000}"#, "83 million"),
            (r#"{"rounded":4750000,"to":500000}"#, "4,750,000 (to the nearest 500,000)"),
            (r#"{"rounded":4700000,"to":50000}"#, "4,700,000 (to the nearest 50,000)"),
            (r#"{"rounded":3.5,"to":0.5}"#, "3.5 (to the nearest 0.5)"),
            (r#"{"rounded":3.5,"to":0.1}"#, "3.5"),
            (r#"{"rounded":3,"to":0.001}"#, "3.000"),
            (r#"{"rounded":4000000,"to":100000}"#, "4.0 million"),
            (r#"{"rounded":12345700,"to":100}"#, "12,345,700"),
            (r#"{"rounded":95300,"to":100}"#, "95,300"),
            (r#"{"rounded":95000,"to":100}"#, "95,000 (to the nearest 100)"),
            (r#"{"from":400,"to":500}"#, "400–500"),
            (r#"{"magnitude":1000000}"#, "of the order of 1,000,000"),
            (r#"{"counted":5}"#, "5 named"),
            (r#"{"named":4}"#, "at least 4 named"),
        ] {
            let quantity = parse(json);
            assert_eq!(quantity.to_string(), shown);
            assert_eq!(serde_json::to_string(&quantity).unwrap(), json);
        }
        let missing = r#"{"missing":"too-few"}"#;
        let observed: Observed = serde_json::from_str(missing).unwrap();
        assert_eq!(observed, Observed::Missing(Missing::TooFew));
        assert_eq!(serde_json::to_string(&observed).unwrap(), missing);
    }

    #[test]
    fn a_wrong_value_says_what_is_allowed() {
        for (json, expected) in [
            (r#""many""#, "expected a number, or an object such as"),
            (r#"{"over":3}"#, "unknown field `over`"),
            (r#"{"above":1,"below":3}"#, "above with below in one value"),
            ("{}", "no number in one value"),
            (r#"{"missing":"too-few","above":1}"#, "cannot also have a number"),
            (r#"{"missing":"lost"}"#, "unknown variant `lost`"),
        ] {
            let error = serde_json::from_str::<Observed>(json).unwrap_err().to_string();
            assert!(error.contains(expected), "{json}: {error}");
        }
    }
}
