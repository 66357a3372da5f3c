//! Calendar dates: a year, a month or a day.

use std::fmt;
use std::str::FromStr;

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

/// A day as year, month, day.
pub(super) type Day = (u16, u8, u8);

/// A text that is no date or period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidDate;

impl fmt::Display for InvalidDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date such as 2019, 2022-11 or 2013-10-31")
    }
}

impl std::error::Error for InvalidDate {}

/// The number of a day since the start of the calendar.
pub(super) fn day_number((year, month, day): Day) -> u32 {
    let months = (1..month).map(|month| u32::from(days(year, month.into()))).sum::<u32>();
    // Leap days of this year are in its months.
    let years = u32::from(year).saturating_sub(1);
    years * 365 + years / 4 - years / 100 + years / 400 + months + u32::from(day)
}

pub(super) fn years_between(a: Day, b: Day) -> u32 {
    (day_number(a).abs_diff(day_number(b)) + 182) / 365
}

impl Date {
    pub(super) fn first_day(self) -> Day {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    pub(super) fn last_day(self) -> Day {
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

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let mut parts = text.split('-');
        let mut part = |digits: usize, from: u16, to: u16| match parts.next() {
            None => Ok(None),
            Some(text) if text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()) => {
                text.parse().ok().filter(|n| (from..=to).contains(n)).map(Some).ok_or(InvalidDate)
            }
            Some(_) => Err(InvalidDate),
        };
        let year = part(4, 1, 9999)?.ok_or(InvalidDate)?;
        let month = part(2, 1, 12)?;
        let day = part(2, 1, month.map_or(31, |month| days(year, month)))?;
        if parts.next().is_some() {
            return Err(InvalidDate);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_has_the_number_after_that_of_the_day_before() {
        let small = |n: u16| u8::try_from(n).unwrap();
        for year in [1, 4, 1899, 1900, 1999, 2000, 2019, 2020, 2021, 9998] {
            let all = (year..=year + 1).flat_map(|year| (1..=12).map(move |month| (year, month)));
            let all: Vec<u32> = all
                .flat_map(|(year, month)| (1..=days(year, month)).map(move |day| (year, month, day)))
                .map(|(year, month, day)| day_number((year, small(month), small(day))))
                .collect();
            assert!(all.windows(2).all(|pair| pair[1] == pair[0] + 1), "{year}");
        }
    }
}
