//! The time that a figure was measured over.
//!
//! The age of a figure is that of its period, not of the page it stood on. A figure without a period
//! has none, and says so; it does not borrow the page's date.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};

use crate::text::Text;

/// A year, a month or a day, as exact as the source gives it. Written as in ISO 8601: `2019`, `2022-11`, `2013-10-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day, 1 to 31; only with a month.
    pub day: Option<u8>,
}

/// When a figure was measured.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// One year, month or day: `2019`.
    In(Date),
    /// From one to another, both included: `2016/2018`.
    Span(Date, Date),
    /// Everything up to a date, for totals since the start: `../2022-11-25`.
    Until(Date),
    /// The vintage of a dataset that does not say when it measured: `{"edition": "2017"}`, `2016/2019` for one of those
    /// years, `2023/..` for that year or later.
    Edition(Date, Option<Date>),
    /// The source names a time that cannot be resolved; its own words: `{"unclear": "past year"}`.
    Unclear(Text),
    /// Of a derived figure whose parts were measured at different times: their periods in words. Never in a file.
    Mixed(Text),
}

impl Period {
    /// The last day that it covers, for ordering by age; none when unclear.
    #[must_use]
    pub fn end(&self) -> Option<(u16, u8, u8)> {
        match self {
            Self::In(date) | Self::Span(_, date) | Self::Until(date) | Self::Edition(_, Some(date)) => {
                Some(date.last_day())
            }
            Self::Edition(_, None) => Some((9999, 12, 31)),
            Self::Unclear(_) | Self::Mixed(_) => None,
        }
    }

    /// The first and the last day that it covers; none when unclear. Totals since the start have no first day.
    #[must_use]
    pub fn days(&self) -> Option<[(u16, u8, u8); 2]> {
        let start = match self {
            Self::In(date) | Self::Span(date, _) | Self::Edition(date, _) => date.first_day(),
            Self::Until(_) => (0, 0, 0),
            Self::Unclear(_) | Self::Mixed(_) => return None,
        };
        self.end().map(|end| [start, end])
    }

    /// Whether it is one whole year.
    #[must_use]
    pub fn is_whole_year(&self) -> bool {
        matches!(self, Self::In(Date { month: None, .. }))
    }

    /// Whether both are known and cover the same days, however they are written. The year of a vintage is not a year
    /// of measuring.
    #[must_use]
    pub fn is_same_time(&self, other: &Self) -> bool {
        let is_edition = |period: &Self| matches!(period, Self::Edition(..));
        self.is_known() && self.days() == other.days() && is_edition(self) == is_edition(other)
    }

    /// Whether all its days are days of `other` too.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        let (own, others) = (self.days(), other.days());
        own.zip(others).is_some_and(|([start, end], [first, last])| first <= start && end <= last)
    }

    /// Reads the years of a vintage: `2017`, `2016/2019`, or `2023/..` for that year or later; none when it is none of
    /// these.
    #[must_use]
    pub fn edition(text: &str) -> Option<Self> {
        let date = |text: &str| text.parse::<Date>().ok();
        match text.split_once('/') {
            None => date(text).map(|date| Self::Edition(date, Some(date))),
            Some((from, "..")) => date(from).map(|from| Self::Edition(from, None)),
            Some((from, to)) => {
                let (from, to) = (date(from)?, date(to)?);
                (from.last_day() < to.last_day()).then_some(Self::Edition(from, Some(to)))
            }
        }
    }

    /// By age: the last day decides, then the first. Unclear periods come first.
    #[must_use]
    pub fn age(&self) -> Option<[(u16, u8, u8); 2]> {
        self.days().map(|[start, end]| [end, start])
    }

    /// Whether its dates are known, so that it can be held against another.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Unclear(_) | Self::Mixed(_))
    }
}

impl Date {
    /// Whether its year has 366 days.
    #[must_use]
    pub fn is_leap_year(self) -> bool {
        days(self.year, 2) == 29
    }

    fn first_day(self) -> (u16, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    fn last_day(self) -> (u16, u8, u8) {
        let month = self.month.unwrap_or(12);
        let last = u8::try_from(days(self.year, month.into())).unwrap_or(31);
        (self.year, month, self.day.unwrap_or(last))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

/// Shows the period for people: `2016–2018`, `to 2022-11-25`, `unclear: “past year”`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::In(date) => date.to_string(),
            Self::Span(from, to) => format!("{from}–{to}"),
            Self::Until(date) => format!("to {date}"),
            Self::Edition(from, Some(to)) if from == to => format!("edition {from}"),
            Self::Edition(from, Some(to)) => format!("edition {from}–{to}"),
            Self::Edition(from, None) => format!("edition {from} or later"),
            Self::Unclear(words) => format!("unclear: “{words}”"),
            Self::Mixed(words) => format!("mixed: {words}"),
        };
        f.pad(&text)
    }
}

/// What stands where a source gives no period.
pub const NONE: &str = "no period stated";

const FORMS: &str = "a period such as 2019, 2022-11, 2013-10-31, 2016/2018 or ../2022-11-25";

impl FromStr for Date {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('-');
        let mut part = |digits: usize, from: u16, to: u16| match parts.next() {
            None => Ok(None),
            Some(text) if text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()) => {
                text.parse().ok().filter(|n| (from..=to).contains(n)).map(Some).ok_or(())
            }
            Some(_) => Err(()),
        };
        let year = part(4, 1, 9999)?.ok_or(())?;
        let month = part(2, 1, 12)?;
        let day = part(2, 1, month.map_or(31, |month| days(year, month)))?;
        if parts.next().is_some() {
            return Err(());
        }
        let small = |n: u16| u8::try_from(n).unwrap_or(u8::MAX);
        Ok(Self { year, month: month.map(small), day: day.map(small) })
    }
}

fn days(year: u16, month: u16) -> u16 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl FromStr for Period {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.split_once('/') {
            None => text.parse().map(Self::In),
            Some(("..", to)) => to.parse().map(Self::Until),
            Some((from, to)) => {
                let (from, to): (Date, Date) = (from.parse()?, to.parse()?);
                if from.last_day() < to.last_day() { Ok(Self::Span(from, to)) } else { Err(()) }
            }
        }
    }
}

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
            Self::Mixed(words) => serializer.collect_map([("mixed", words)]),
        }
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsPeriod;

        impl<'de> Visitor<'de> for AsPeriod {
            type Value = Period;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                write!(f, r#"{FORMS} in quotes, or {{"unclear": "the source's words"}}"#)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Period, E> {
                text.parse().map_err(|()| E::invalid_value(de::Unexpected::Str(text), &self))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Period, A::Error> {
                const FIELDS: &[&str] = &["unclear", "edition"];
                let period = match map.next_key::<String>()?.as_deref() {
                    Some("unclear") => Period::Unclear(map.next_value()?),
                    Some("edition") => {
                        let years = map.next_value::<String>()?;
                        let wrong =
                            || de::Error::invalid_value(de::Unexpected::Str(&years), &"2017, 2016/2019 or 2023/..");
                        Period::edition(&years).ok_or_else(wrong)?
                    }
                    Some(other) => return Err(de::Error::unknown_field(other, FIELDS)),
                    None => return Err(de::Error::missing_field("unclear")),
                };
                match map.next_key::<String>()? {
                    None => Ok(period),
                    Some(other) => Err(de::Error::unknown_field(&other, FIELDS)),
                }
            }
        }

        deserializer.deserialize_any(AsPeriod)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Period {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        const DATE: &str = r"\d{4}(-\d{2}(-\d{2})?)?";
        schemars::json_schema!({
            "description": "When it was measured: a date, from/to, or ../to for totals since the start.",
            "oneOf": [
                { "type": "string", "pattern": format!(r"^({DATE}|{DATE}/{DATE}|\.\./{DATE})$") },
                {
                    "type": "object", "description": "The source's own words for a time that cannot be resolved.",
                    "required": ["unclear"], "additionalProperties": false,
                    "properties": { "unclear": { "type": "string" } }
                },
                {
                    "type": "object", "description": "The vintage of a dataset that does not say when it measured.",
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
            (r#"{"edition":"2017"}"#, "edition 2017", Some((2017, 12, 31))),
            (r#"{"edition":"2016/2019"}"#, "edition 2016–2019", Some((2019, 12, 31))),
            (r#"{"edition":"2023/.."}"#, "edition 2023 or later", Some((9999, 12, 31))),
        ] {
            let period: Period = serde_json::from_str(json).unwrap();
            assert_eq!(period.to_string(), shown);
            assert_eq!(period.end(), end);
            assert_eq!(serde_json::to_string(&period).unwrap(), json);
        }
    }

    #[test]
    fn the_same_days_are_the_same_time() {
        let period = |text: &str| text.parse::<Period>().unwrap();
        assert!(period("2019").is_same_time(&period("2019-01/2019-12")));
        assert!(period("2020-02").is_same_time(&period("2020-02-01/2020-02-29")));
        assert!(!period("2019").is_same_time(&period("../2019")));
        assert!(!period("2019").is_same_time(&Period::edition("2019").unwrap()));
        assert!(period("2018/2019").age() < period("2019").age());
        assert!(!Period::Unclear("x".into()).is_same_time(&Period::Unclear("x".into())));
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
            "{}",
        ] {
            assert!(serde_json::from_str::<Period>(json).is_err(), "{json}");
        }
        assert!(serde_json::from_str::<Period>(r#""2020-02-29""#).is_ok());
    }
}
