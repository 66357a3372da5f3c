//! Which headings are believed: those whose values are what the heading says.
//!
//! A column headed `site_internet` may hold `completed`, and one headed `start_date` the first day of the measured period.
//! A false statement about a hospital is worse than none, so a column is taken for a website only if its values are
//! addresses, and so on. What is not believed stays, under its own heading, as text or as a number.

use crate::formats::profile::cell;
use crate::formats::profile::definition::ProfileColumns;
use crate::formats::profile::headings::Headings;
use crate::formats::profile::missing_texts::MissingTexts;
use crate::formats::profile::sample::{Sample, words};

/// What operating hospitals, and others, are said to be. One of these words is enough.
const STATES: [&str; 66] = [
    "open",
    "opened",
    "opening",
    "closed",
    "closing",
    "operational",
    "operating",
    "operation",
    "operative",
    "active",
    "inactive",
    "functional",
    "functioning",
    "functions",
    "nonfunctional",
    "unfunctional",
    "construction",
    "planned",
    "proposed",
    "suspended",
    "temporarily",
    "permanently",
    "licensed",
    "unlicensed",
    "registered",
    "abandoned",
    "merged",
    "demolished",
    "destroyed",
    "damaged",
    "disused",
    "dormant",
    "running",
    "vacant",
    "正常",
    "营业",
    "在业",
    "开业",
    "停业",
    "注销",
    "歇业",
    "存续",
    "開業",
    "歇業",
    "停業",
    "영업",
    "폐업",
    "휴업",
    "운영",
    "abierto",
    "cerrado",
    "activo",
    "inactivo",
    "operativo",
    "ativo",
    "inativo",
    "aberto",
    "fechado",
    "ouvert",
    "fermé",
    "fermee",
    "betrieb",
    "geöffnet",
    "geschlossen",
    "attivo",
    "chiuso",
];

/// Headings of the last day of a period. Beside one of these a start date is no founding date.
const ENDS: [&str; 8] = [
    "end date",
    "measure end date",
    "period end",
    "date end",
    "to date",
    "end",
    "reporting period end",
    "fiscal year end",
];

/// Drops the columns whose values are not what their headings say.
pub(crate) fn believed(
    columns: &mut ProfileColumns<Vec<usize>>,
    headings: &Headings,
    sample: &Sample,
    missing: &MissingTexts,
) {
    let judge = Judge { headings, sample, missing };
    columns.website.retain(|at| judge.mostly(*at, is_address));
    columns.phone.retain(|at| judge.mostly(*at, has_digits));
    columns.founded.retain(|at| judge.is_founding_date(*at));
    columns.status.retain(|at| judge.mostly(*at, is_state));
    columns.latitude.retain(|at| !judge.is_letter(*at) || judge.mostly(*at, |text| is_degrees(text, 90.0)));
    columns.longitude.retain(|at| !judge.is_letter(*at) || judge.mostly(*at, |text| is_degrees(text, 180.0)));
    if columns.latitude.is_empty() || columns.longitude.is_empty() {
        columns.latitude.clear();
        columns.longitude.clear();
    }
    let (city, region, country) = (&mut columns.city, &mut columns.region, &mut columns.country);
    for texts in [city, region, country, &mut columns.kind, &mut columns.ownership, &mut columns.grade] {
        texts.retain(|at| judge.mostly(*at, |text| !is_number(text)));
    }
    let is_name = |at: &usize| judge.mostly(*at, |text| !is_number(text));
    if columns.name.iter().any(is_name) {
        columns.name.retain(is_name);
    }
}

struct Judge<'a> {
    headings: &'a Headings,
    sample: &'a Sample,
    missing: &'a MissingTexts,
}

impl Judge<'_> {
    /// The values that a column states.
    fn stated(&self, at: usize) -> impl Iterator<Item = &str> + Clone {
        self.sample.column(at).filter(|text| self.missing.reason(text).is_none())
    }

    /// Whether at least half of the values of a column are so; none is no reason to doubt.
    fn mostly(&self, at: usize, is_so: impl Fn(&str) -> bool) -> bool {
        let (mut fit, mut all) = (0, 0);
        for text in self.stated(at) {
            all += 1;
            fit += usize::from(is_so(text));
        }
        fit * 2 >= all
    }

    /// Whether a heading is only X or Y, as coordinates of any kind are called.
    fn is_letter(&self, at: usize) -> bool {
        words(&self.headings.list()[at]).iter().any(|word| matches!(&**word, "x" | "y"))
    }

    /// Whether a column may hold founding dates: dates, and not the same in all rows, nor the start of a period.
    fn is_founding_date(&self, at: usize) -> bool {
        const FEW: usize = 2;
        let heading = words(&self.headings.list()[at]).join(" ");
        let has_end = || self.headings.list().iter().any(|other| ENDS.contains(&&*words(other).join(" ")));
        if heading.contains("start") && has_end() {
            return false;
        }
        let mut stated = self.stated(at);
        let first = stated.clone().next();
        let is_shared = stated.clone().count() > FEW && stated.all(|text| Some(text) == first);
        !is_shared && self.mostly(at, has_year)
    }
}

/// Whether a text is a web address.
pub(crate) fn is_address(text: &str) -> bool {
    let address = text.split_whitespace().next().unwrap_or_default();
    address.contains("://") || address.split_once('.').is_some_and(|(host, rest)| !host.is_empty() && rest.len() > 1)
}

fn has_digits(text: &str) -> bool {
    text.chars().filter(|c| c.is_numeric()).count() >= 4
}

/// Whether a text holds a year, as dates do.
fn has_year(text: &str) -> bool {
    let mut digits = text.split(|c: char| !c.is_ascii_digit());
    // 20101008 is a date, too; and so are years in words of other scripts: 1950年.
    digits.any(|run| matches!(run.len(), 4 | 8) && ("1000".."2101").contains(&&run[..4])) || is_short_date(text)
}

/// Whether a text is a date with a year of two digits: 4/1/15.
fn is_short_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    parts.len() == 3
        && parts.iter().all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

fn is_state(text: &str) -> bool {
    let lower = text.to_lowercase();
    words(&lower).iter().any(|word| STATES.contains(&&**word))
        || STATES.iter().any(|state| !state.is_ascii() && lower.contains(state))
}

fn is_degrees(text: &str, most: f64) -> bool {
    cell::degrees(text).is_some_and(|degrees| degrees.abs() <= most)
}

/// Whether a text is digits and marks only, as no name and no place is.
pub(crate) fn is_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b'+' | b' '))
}
