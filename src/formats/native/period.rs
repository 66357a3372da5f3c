//! Periods in JSON: a text, or an object that says what is known.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};

use crate::catalog::{Date, InvalidDate, Period};

const FORMS: &str = "a period such as 2019, 2022-11, 2013-10-31, 2016/2018 or ../2022-11-25";

const FIELDS: &[&str] = &["as_of", "not_before", "about", "unclear", "edition"];

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::In(date) => serializer.collect_str(date),
            Self::Span(from, to) => serializer.collect_str(&format_args!("{from}/{to}")),
            Self::Until(date) => serializer.collect_str(&format_args!("../{date}")),
            Self::Edition(from, Some(to)) if from == to => serializer.collect_map([("edition", from.to_string())]),
            Self::Edition(from, Some(to)) => serializer.collect_map([("edition", format!("{from}/{to}"))]),
            Self::Edition(from, None) => serializer.collect_map([("edition", format!("{from}/.."))]),
            Self::Unclear(words) => serializer.collect_map([("unclear", words)]),
            Self::AsOf(date) => serializer.collect_map([("as_of", date.to_string())]),
            Self::NotBefore(date) => serializer.collect_map([("not_before", date.to_string())]),
            Self::About(date) => serializer.collect_map([("about", date.to_string())]),
        }
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PeriodVisitor)
    }
}

struct PeriodVisitor;

impl<'de> Visitor<'de> for PeriodVisitor {
    type Value = Period;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, r#"{FORMS} in quotes, or {{"unclear": "the source's words"}}"#)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Period, E> {
        text.parse().map_err(|InvalidDate| E::invalid_value(de::Unexpected::Str(text), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Period, A::Error> {
        let period = match map.next_key::<String>()?.as_deref() {
            Some("unclear") => Period::Unclear(map.next_value()?),
            Some("as_of") => Period::AsOf(date(&mut map)?),
            Some("not_before") => Period::NotBefore(date(&mut map)?),
            Some("about") => Period::About(date(&mut map)?),
            Some("edition") => {
                let years = map.next_value::<String>()?;
                let expected = "2017, 2016/2019 or 2023/..";
                Period::edition(&years)
                    .ok_or_else(|| de::Error::invalid_value(de::Unexpected::Str(&years), &expected))?
            }
            Some(other) => return Err(de::Error::unknown_field(other, FIELDS)),
            None => return Err(de::Error::missing_field("unclear")),
        };
        match map.next_key::<String>()? {
            None => Ok(period),
            Some(other) if FIELDS.contains(&&*other) => {
                let (last, others) = FIELDS.split_last().expect("there are fields");
                let others = others.join(", ");
                Err(de::Error::custom(format_args!(
                    "`{other}` beside another field, expected one of {others} or {last}"
                )))
            }
            Some(other) => Err(de::Error::unknown_field(&other, FIELDS)),
        }
    }
}

/// Reads the date of the present key.
fn date<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Date, A::Error> {
    let date = map.next_value::<String>()?;
    let expected = "2019, 2022-11 or 2013-10-31";
    date.parse().map_err(|InvalidDate| de::Error::invalid_value(de::Unexpected::Str(&date), &expected))
}

#[cfg(test)]
impl schemars::JsonSchema for Period {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        const DATE: &str = r"\d{4}(-\d{2}(-\d{2})?)?";
        let one = |key: &str, description: &str| {
            serde_json::json!({
                "type": "object", "description": description, "required": [key], "additionalProperties": false,
                "properties": { key: { "type": "string", "pattern": format!("^{DATE}$") } }
            })
        };
        schemars::json_schema!({
            "description": "When it was measured: a date, from/to, or ../to for totals since the start.",
            "oneOf": [
                { "type": "string", "pattern": format!(r"^({DATE}|{DATE}/{DATE}|\.\./{DATE})$") },
                {
                    "type": "object", "description": "The source's own words for a time that cannot be resolved.",
                    "required": ["unclear"], "additionalProperties": false,
                    "properties": { "unclear": { "type": "string" } }
                },
                one("as_of", "The date of a dated text that speaks in the present tense."),
                one("not_before", "The latest date that an undated text names."),
                one("about", "Roughly the date of a text, by its own words."),
                {
                    "type": "object", "description": "The edition of a dataset that does not say when it counted.",
                    "required": ["edition"], "additionalProperties": false,
                    "properties": { "edition": { "type": "string", "pattern": format!(r"^{DATE}(/({DATE}|\.\.))?$") } }
                }
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_show_and_write() {
        for (json, shown, end) in [
            (r#""2019""#, "2019", Some((2019, 12, 31))),
            (r#""2022-11""#, "2022-11", Some((2022, 11, 30))),
            (r#""2013-10-31""#, "2013-10-31", Some((2013, 10, 31))),
            (r#""2016/2018""#, "2016–2018", Some((2018, 12, 31))),
            (r#""../2022-11-25""#, "to 2022-11-25", Some((2022, 11, 25))),
            (r#"{"unclear":"past year"}"#, "unclear: “past year”", None),
            (r#"{"as_of":"2022-03-11"}"#, "as of 2022-03-11", Some((2022, 3, 11))),
            (r#"{"not_before":"2018"}"#, "2018 or later", None),
            (r#"{"about":"2018"}"#, "about 2018", None),
            (r#"{"edition":"2017"}"#, "edition 2017", None),
            (r#"{"edition":"2016/2019"}"#, "edition 2016–2019", None),
            (r#"{"edition":"2023/.."}"#, "edition 2023 or later", None),
        ] {
            let period: Period = serde_json::from_str(json).unwrap();
            assert_eq!(period.to_string(), shown);
            assert_eq!(period.end(), end);
            assert_eq!(serde_json::to_string(&period).unwrap(), json);
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for json in [
            r#""""#,
            r#""19""#,
            r#""2019-13""#,
            r#""2019-02-29""#,
            r#""2019-1""#,
            r#""2019-01-01-01""#,
            r#""+201""#,
            r#""2018/2016""#,
            r#""2016/2016""#,
            r#""2016/""#,
            r#""0000""#,
            "2019",
            r#"{"when":"past"}"#,
            r#"{"edition":"2019/2016"}"#,
            r#"{"edition":"2019","unclear":"x"}"#,
            r#"{"as_of":"2019-13"}"#,
            r#"{"not_before":"later"}"#,
            "{}",
        ] {
            assert!(serde_json::from_str::<Period>(json).is_err(), "{json}");
        }
        assert!(serde_json::from_str::<Period>(r#""2020-02-29""#).is_ok());
    }
}
