//! Dates as publishers write them, and the period that two of them enclose.

use crate::catalog::{Date, Period};
use crate::formats::profile::cell;
use crate::text::Text;

/// Which number of `4/1/2015` is the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DayOrder {
    /// Whether some date has a first number that can be no month.
    day_first: bool,
    /// Whether some date has a second number that can be no month.
    month_first: bool,
}

impl DayOrder {
    /// What dates show.
    #[must_use]
    pub(crate) fn of<'d>(dates: impl Iterator<Item = &'d str>) -> Self {
        let mut order = Self::default();
        for date in dates {
            order.collect(date);
        }
        order
    }

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

    /// Reads a date: `2015-04-01`, `04/01/2015`, `4/1/15`; none where the file does not tell which number is the month.
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
            _ => return None,
        };
        format!("{year:04}-{month:02}-{day:02}").parse().ok()
    }

    /// The period from one date to another; in the words of the file where they cannot be read.
    #[must_use]
    pub(crate) fn span(self, start: &str, end: &str) -> Option<Period> {
        if start.is_empty() || end.is_empty() {
            return None;
        }
        let dates = self.date(start).zip(self.date(end));
        let span = |(start, end): (Date, Date)| {
            if start == end { Some(Period::In(start)) } else { format!("{start}/{end}").parse().ok() }
        };
        let unclear = || Period::Unclear(Text::clean(&format!("{start} to {end}")));
        Some(dates.and_then(span).unwrap_or_else(unclear))
    }

    /// The period of a cell: a year, a month, a day, or a week by its first day; `part` is the month or the quarter of the
    /// year where another cell gives it. In the words of the file where it cannot be read.
    #[must_use]
    pub(crate) fn period(self, text: &str, part: &str) -> Option<Period> {
        if text.is_empty() {
            return None;
        }
        if part.is_empty() {
            let whole = self.date(text).map(Period::In).or_else(|| text.parse().ok().filter(Period::is_known));
            return Some(whole.unwrap_or_else(|| Period::Unclear(Text::clean(text))));
        }
        let unclear = || Period::Unclear(Text::clean(&format!("{text}, {part}")));
        Some(part_of_year(text, part).unwrap_or_else(unclear))
    }
}

/// A month or a quarter of a year: `2020` and `3`, or `Q3`.
fn part_of_year(year: &str, part: &str) -> Option<Period> {
    let quarter = part.strip_prefix(['Q', 'q', 'T', 't']).and_then(|nth| nth.trim().parse::<u8>().ok());
    if let Some(nth) = quarter.filter(|nth| (1..=4).contains(nth)) {
        let (first, last) = (nth * 3 - 2, nth * 3);
        return format!("{year}-{first:02}/{year}-{last:02}").parse().ok();
    }
    let month = part.trim_end_matches(['月', '월']).parse::<u8>().ok().filter(|month| (1..=12).contains(month))?;
    format!("{year}-{month:02}").parse().ok()
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
        let unclear = shown(order(&["01/02/2020"]), "01/02/2020", "03/04/2021");
        assert_eq!(unclear.as_deref(), Some("unclear: “01/02/2020 to 03/04/2021”"), "either number may be the month");
        let part = |year: &str, part: &str| DayOrder::default().period(year, part).map(|period| period.to_string());
        for (year, of, shown) in [
            ("2020", "", "2020"),
            ("2020", "3", "2020-03"),
            ("2020", "Q2", "2020-04–2020-06"),
            ("FY2022", "", "unclear: “FY2022”"),
            ("2020", "spring", "unclear: “2020, spring”"),
        ] {
            assert_eq!(part(year, of).as_deref(), Some(shown), "{year} {of}");
        }
        assert_eq!(shown(DayOrder::default(), "2020-01-01", "2020-12-31").as_deref(), Some("2020-01-01–2020-12-31"));
        assert_eq!(DayOrder::default().date("13:00"), None);
    }
}
