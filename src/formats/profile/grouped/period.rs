//! Dates as publishers write them, and the period that two of them enclose.

use crate::catalog::{Date, Period};
use crate::formats::profile::cell;

/// Which number of `4/1/2015` is the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DayOrder {
    /// Whether some date has a first number that can be no month.
    day_first: bool,
    /// Whether some date has a second number that can be no month.
    month_first: bool,
}

impl DayOrder {
    /// Adds what a date shows.
    pub(crate) fn collect(&mut self, text: &str) {
        if let Some([first, second, _]) = numbers(text) {
            self.day_first |= first > 12;
            self.month_first |= second > 12;
        }
    }

    /// What this and another part of the file show.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self { day_first: self.day_first || other.day_first, month_first: self.month_first || other.month_first }
    }

    /// Reads a date: `2015-04-01`, `04/01/2015`, `4/1/15`. Where the file does not tell which number is the month, only
    /// the year is known.
    #[must_use]
    pub(crate) fn date(self, text: &str) -> Option<Date> {
        if let Some(Period::In(date)) = cell::date(text) {
            return Some(date);
        }
        let [first, second, year] = numbers(text)?;
        let year = if year < 70 {
            2000 + year
        } else if year < 100 {
            1900 + year
        } else {
            year
        };
        let (month, day) = match (self.day_first, self.month_first) {
            (true, false) => (second, first),
            (false, true) => (first, second),
            _ if first == second => (first, second),
            _ => return format!("{year:04}").parse().ok(),
        };
        format!("{year:04}-{month:02}-{day:02}").parse().ok()
    }

    /// The period from one date to another.
    #[must_use]
    pub(crate) fn span(self, start: &str, end: &str) -> Option<Period> {
        let (start, end) = (self.date(start)?, self.date(end)?);
        if start == end {
            return Some(Period::In(start));
        }
        format!("{start}/{end}").parse().ok()
    }

    /// The period of one cell: a year, a month, a day, or a week by its first day.
    #[must_use]
    pub(crate) fn period(self, text: &str) -> Option<Period> {
        self.date(text).map(Period::In).or_else(|| text.parse().ok().filter(Period::is_known))
    }
}

/// The numbers of a date with slashes or points: two of a day and a month, and the year last.
fn numbers(text: &str) -> Option<[u16; 3]> {
    let date = text.split([' ', 'T']).next()?;
    let mut parts = date.split(['/', '.', '-']).map(|part| part.parse().ok());
    let (first, second, year): (u16, u16, u16) = (parts.next()??, parts.next()??, parts.next()??);
    let is_date = (1..=31).contains(&first) && (1..=31).contains(&second) && parts.next().is_none();
    is_date.then_some([first, second, year])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(dates: &[&str]) -> DayOrder {
        let mut order = DayOrder::default();
        for date in dates {
            order.collect(date);
        }
        order
    }

    #[test]
    fn the_other_dates_tell_which_number_is_the_month() {
        let shown = |order: DayOrder, start: &str, end: &str| order.span(start, end).map(|period| period.to_string());
        let by_month = order(&["07/01/2021", "06/30/2024"]);
        assert_eq!(shown(by_month, "07/01/2021", "06/30/2024").as_deref(), Some("2021-07-01–2024-06-30"));
        assert_eq!(shown(by_month, "4/1/15", "3/31/16").as_deref(), Some("2015-04-01–2016-03-31"));
        let by_day = order(&["31/12/2020"]);
        assert_eq!(shown(by_day, "01/02/2020", "31/12/2020").as_deref(), Some("2020-02-01–2020-12-31"));
        assert_eq!(shown(order(&["01/02/2020"]), "01/02/2020", "03/04/2021").as_deref(), Some("2020–2021"));
        assert_eq!(shown(DayOrder::default(), "2020-01-01", "2020-12-31").as_deref(), Some("2020-01-01–2020-12-31"));
        assert_eq!(DayOrder::default().date("13:00"), None);
    }
}
