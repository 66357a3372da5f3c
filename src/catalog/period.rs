//! When a figure was counted, or what is known of it.
//!
//! A period is the time that was counted: `2019`, `2016/2018`. A text in the present tense counts *as of* its own date,
//! where it has one. An undated text still bounds the time from below: the latest year that it names. The edition of a
//! dataset says when it was released, and nothing of when its numbers were counted.

use std::fmt;
use std::str::FromStr;

use crate::catalog::date::{Date, Day, InvalidDate, day_number, years_between};
use crate::text::Text;

/// When a figure was measured.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// One year, month or day: `2019`.
    In(Date),
    /// From one to another, both included: `2016/2018`.
    Span(Date, Date),
    /// Everything up to a date, for totals since the start: `../2022-11-25`.
    Until(Date),
    /// As of the date of a dated text in the present tense: `{"as_of": "2022-03-11"}`.
    AsOf(Date),
    /// Of an undated text that names this date, and no later one: `{"not_before": "2018"}`.
    NotBefore(Date),
    /// Of a text whose date follows from its own words only roughly: `{"about": "2018"}`.
    About(Date),
    /// The edition of a dataset that does not say when it counted: `{"edition": "2017"}`, `2016/2019` for one of those
    /// years, `2023/..` for that year or later. It is no time of counting.
    Edition(Date, Option<Date>),
    /// The source names a time that cannot be resolved; its own words: `{"unclear": "past year"}`.
    Unclear(Text),
}

impl Period {
    /// The first and the last day that was counted; none where that is not known. Totals since the start have no first
    /// day, which is given as zeros.
    #[must_use]
    pub(crate) fn days(&self) -> Option<[Day; 2]> {
        Some(match self {
            Self::In(date) | Self::AsOf(date) => [date.first_day(), date.last_day()],
            Self::Span(from, to) => [from.first_day(), to.last_day()],
            Self::Until(date) => [(0, 0, 0), date.last_day()],
            Self::NotBefore(_) | Self::About(_) | Self::Edition(..) | Self::Unclear(_) => return None,
        })
    }

    /// The last day that was counted; none where that is not known.
    #[cfg(test)]
    pub(crate) fn end(&self) -> Option<Day> {
        self.days().map(|[_, end]| end)
    }

    /// Whether the time of counting is known, so that it can be compared with another.
    #[must_use]
    pub(crate) fn is_known(&self) -> bool {
        self.days().is_some()
    }

    /// Whether it is the edition of a dataset.
    #[must_use]
    pub(crate) fn is_edition(&self) -> bool {
        matches!(self, Self::Edition(..))
    }

    /// Whether both are known and cover the same days, however they are written.
    #[must_use]
    pub(crate) fn is_same_time(&self, other: &Self) -> bool {
        self.is_known() && self.days() == other.days()
    }

    /// Whole years from the end of one known period to that of the other, rounded; 0 where they share days, and none
    /// where one is not known.
    #[must_use]
    pub(crate) fn years_apart(&self, other: &Self) -> Option<u32> {
        let [(a_start, a_end), (b_start, b_end)] = [self.days()?, other.days()?].map(|[start, end]| (start, end));
        if a_start <= b_end && b_start <= a_end {
            return Some(0);
        }
        Some(years_between(a_end, b_end))
    }

    /// Whole years from the first year of one edition to that of the other; none where one is no edition.
    #[must_use]
    pub(crate) fn editions_apart(&self, other: &Self) -> Option<u32> {
        match (self, other) {
            (Self::Edition(a, _), Self::Edition(b, _)) => Some(a.year.abs_diff(b.year).into()),
            _ => None,
        }
    }

    /// The first and the last year that it may be of, a period or an edition; none where only words or one bound is known.
    #[must_use]
    pub(crate) fn years(&self) -> Option<[u16; 2]> {
        match self {
            Self::Edition(from, to) => Some([from.year, to.map_or(u16::MAX, |to| to.year)]),
            _ => self.days().map(|[start, end]| [start.0, end.0]),
        }
    }

    /// Roughly how many days were counted; none for totals since the start, and where it is not known.
    #[must_use]
    pub(crate) fn length(&self) -> Option<u32> {
        let [start, end] = self.days().filter(|[start, _]| *start != (0, 0, 0))?;
        Some(day_number(end) - day_number(start) + 1)
    }

    /// Reads the years of an edition: `2017`, `2016/2019`, or `2023/..` for that year or later; none when it is none of
    /// these.
    #[must_use]
    pub(crate) fn edition(text: &str) -> Option<Self> {
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

    /// Whether an edition's years are all years of another edition.
    #[must_use]
    pub(crate) fn is_edition_within(&self, other: &Self) -> bool {
        let years = |period: &Self| match period {
            Self::Edition(from, to) => Some([from.first_day(), to.map_or((9999, 12, 31), Date::last_day)]),
            _ => None,
        };
        years(self).zip(years(other)).is_some_and(|([start, end], [first, last])| first <= start && end <= last)
    }

    /// For putting figures of one measure in order, the latest last: what is dated behind what is not; then by the last
    /// day, then by the first.
    #[must_use]
    pub(crate) fn age(&self) -> Age {
        match self {
            Self::Unclear(_) => Age(1, (0, 0, 0), (0, 0, 0)),
            Self::NotBefore(date) | Self::About(date) => Age(2, date.last_day(), date.first_day()),
            Self::Edition(from, to) => Age(3, to.map_or((9999, 12, 31), Date::last_day), from.first_day()),
            Self::In(_) | Self::Span(..) | Self::Until(_) | Self::AsOf(_) => {
                let [start, end] = self.days().unwrap_or_default();
                Age(4, end, start)
            }
        }
    }
}

/// How late a figure is, for ordering only: see [`Period::age`]. A figure without a period has the least, the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Age(u8, Day, Day);

/// Shows the period for people: `2016–2018`, `to 2022-11-25`, `unclear: “past year”`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::In(date) => date.to_string(),
            Self::Span(from, to) => format!("{from}–{to}"),
            Self::Until(date) => format!("to {date}"),
            Self::AsOf(date) => format!("as of {date}"),
            Self::NotBefore(date) => format!("{date} or later"),
            Self::About(date) => format!("about {date}"),
            Self::Edition(from, Some(to)) if from == to => format!("edition {from}"),
            Self::Edition(from, Some(to)) => format!("edition {from}–{to}"),
            Self::Edition(from, None) => format!("edition {from} or later"),
            Self::Unclear(words) => format!("unclear: “{words}”"),
        };
        f.pad(&text)
    }
}

/// Shown where a source gives no period.
pub(crate) const NONE: &str = "no period stated";

impl FromStr for Period {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        match text.split_once('/') {
            None => text.parse().map(Self::In),
            Some(("..", to)) => to.parse().map(Self::Until),
            Some((from, to)) => {
                let (from, to): (Date, Date) = (from.parse()?, to.parse()?);
                if from.last_day() < to.last_day() { Ok(Self::Span(from, to)) } else { Err(InvalidDate) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_days_are_the_same_time() {
        let period = |text: &str| text.parse::<Period>().unwrap();
        assert!(period("2019").is_same_time(&period("2019-01/2019-12")));
        assert!(period("2020-02").is_same_time(&period("2020-02-01/2020-02-29")));
        assert!(!period("2019").is_same_time(&period("../2019")));
        assert!(!period("2019").is_same_time(&Period::edition("2019").unwrap()));
        assert!(period("2018/2019").age() < period("2019").age());
        assert!(Period::NotBefore("2030".parse().unwrap()).age() < period("1999").age(), "dated behind undated");
        assert!(!Period::Unclear("x".into()).is_same_time(&Period::Unclear("x".into())));
        let edition = |text: &str| Period::edition(text).unwrap();
        assert!(edition("2018").is_edition_within(&edition("2016/2019")));
        assert!(!edition("2016/2019").is_edition_within(&edition("2018")));
    }

    #[test]
    fn years_apart_are_told_of_known_periods_only() {
        let period = |json: &str| serde_json::from_str::<Period>(json).unwrap();
        for (a, b, years) in [
            (r#""2017""#, r#""2019""#, Some(2)),
            (r#""2017""#, r#""2017-03""#, Some(0)),
            (r#""2016/2018""#, r#""2018""#, Some(0)),
            (r#""2018-12""#, r#""2019-01""#, Some(0)),
            (r#""2019""#, r#"{"as_of":"2022-03-11"}"#, Some(2)),
            (r#""../2022-11-25""#, r#""1999""#, Some(0)),
            (r#""2017""#, r#"{"not_before":"2019"}"#, None),
            (r#"{"edition":"2017"}"#, r#"{"edition":"2025"}"#, None),
            (r#"{"unclear":"past year"}"#, r#""2017""#, None),
        ] {
            let (a, b) = (period(a), period(b));
            assert_eq!((a.years_apart(&b), b.years_apart(&a)), (years, years), "{a} and {b}");
        }
        assert_eq!(period(r#""2019""#).length(), Some(365));
        assert_eq!(period(r#""2020""#).length(), Some(366));
        assert_eq!(period(r#""2020-02""#).length(), Some(29));
        assert_eq!(period(r#""../2020""#).length(), None);
    }
}
