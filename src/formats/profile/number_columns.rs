//! Columns of numbers that no profile knows: measures that only the file defines.
//!
//! A column is one of numbers when all its values in the [`Sample`] are. Codes, numbers of rows, years, telephone numbers
//! and the like are numbers and count nothing; they are told by their headings and by their values.
//! Columns beside it join it: bounds, numbers of cases, comparisons and footnotes.

use std::collections::HashMap;

use crate::catalog::number;
use crate::catalog::{Family, Measure};
use crate::formats::profile::cell::{self, CellValue};
use crate::formats::profile::definition::id_of;
use crate::formats::profile::headings::Headings;
use crate::formats::profile::missing_texts::MissingTexts;
use crate::formats::profile::row_definition::PartRole;
use crate::formats::profile::sample::{Sample, words};
use crate::text::Text;

/// Words of headings whose numbers count nothing.
const CODES: [&str; 60] = [
    "id",
    "ids",
    "uid",
    "uuid",
    "fid",
    "oid",
    "gid",
    "objectid",
    "index",
    "idx",
    "code",
    "codes",
    "cod",
    "código",
    "codigo",
    "codice",
    "kode",
    "mã",
    "ccn",
    "npi",
    "ein",
    "fips",
    "naics",
    "siret",
    "siren",
    "finess",
    "zip",
    "zipcode",
    "postal",
    "postcode",
    "plz",
    "cep",
    "cap",
    "cp",
    "phone",
    "telephone",
    "telefono",
    "teléfono",
    "tel",
    "fax",
    "mobile",
    "year",
    "date",
    "month",
    "latitude",
    "longitude",
    "lat",
    "lon",
    "lng",
    "long",
    "x",
    "y",
    "easting",
    "northing",
    "ward",
    "housenumber",
    "version",
    "changeset",
    "shape",
    "objectid1",
];

/// The same in scripts without spaces: a heading that holds one of these.
const CODE_PARTS: [&str; 14] =
    ["编号", "代码", "編號", "代碼", "邮编", "邮政", "コード", "番号", "코드", "번호", "电话", "電話", "緯度", "経度"];

/// The columns of numbers.
#[derive(Debug, Default)]
pub(crate) struct NumberColumns {
    /// Each with the columns that join it.
    pub(crate) columns: Vec<NumberColumn>,
}

/// A column of numbers.
#[derive(Clone, Debug)]
pub(crate) struct NumberColumn {
    /// Where the numbers stand.
    pub(crate) column: usize,
    /// What stands beside them.
    pub(crate) beside: EstimateColumns,
    /// Where their footnotes stand.
    pub(crate) footnotes: Option<usize>,
    /// The sign that follows them.
    pub(crate) symbol: Option<&'static str>,
}

/// The columns of what a publisher gives beside a value.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EstimateColumns {
    /// The lower bound.
    pub(crate) lower: Option<usize>,
    /// The upper bound.
    pub(crate) upper: Option<usize>,
    /// How many cases.
    pub(crate) cases: Option<usize>,
    /// The comparison with the country.
    pub(crate) comparison: Option<usize>,
}

impl EstimateColumns {
    /// The columns that there are.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        [self.lower, self.upper, self.cases, self.comparison].into_iter().flatten()
    }
}

impl NumberColumn {
    /// The column, and those that join it.
    pub(crate) fn all_columns(&self) -> impl Iterator<Item = usize> {
        [Some(self.column), self.footnotes].into_iter().flatten().chain(self.beside.iter())
    }
}

impl NumberColumns {
    /// Those of a file; `is_free` tells which columns mean nothing yet. `main` is the column that a bare `Lower Estimate`
    /// joins; else the only one, or the one before it.
    pub(crate) fn find(
        headings: &Headings,
        sample: &Sample,
        missing: &MissingTexts,
        main: Option<usize>,
        is_free: impl Fn(usize) -> bool,
    ) -> Self {
        let list = headings.list();
        let mut roles: HashMap<usize, PartRole> = HashMap::new();
        let mut candidates = Vec::new();
        for (at, heading) in list.iter().enumerate().filter(|(at, _)| is_free(*at)) {
            let words = words(heading);
            let role = role(&words);
            if let Some(role) = role {
                roles.insert(at, role);
            }
            let is_text = matches!(role, Some(PartRole::Comparison | PartRole::Footnote));
            // The column of the values counts, even if some of its rows hold words.
            let is_main = Some(at) == main;
            if is_main || !is_text && !is_code(heading, &words) && holds_numbers(at, sample, missing, main.is_some()) {
                candidates.push(at);
            }
        }
        let bases = Bases::new(list, &candidates, main);
        let mut beside: HashMap<usize, (EstimateColumns, Option<usize>)> = HashMap::new();
        let mut joined = Vec::new();
        for (at, role) in roles.iter().filter(|(at, _)| Some(**at) != main) {
            let Some(base) = bases.of(list, *at, |base| roles.get(&base).is_none_or(|_| Some(base) == main)) else {
                continue;
            };
            let (columns, footnotes) = beside.entry(base).or_default();
            let place = match role {
                PartRole::Lower => &mut columns.lower,
                PartRole::Upper => &mut columns.upper,
                PartRole::Cases => &mut columns.cases,
                PartRole::Comparison => &mut columns.comparison,
                PartRole::Footnote => footnotes,
                PartRole::Value | PartRole::Note => continue,
            };
            // Of several the first in the file counts; the others stay as they are.
            if place.is_none_or(|other| other > *at) {
                if let Some(other) = place.replace(*at) {
                    joined.retain(|one| *one != other);
                }
                joined.push(*at);
            }
        }
        let columns = candidates.into_iter().filter(|at| !joined.contains(at)).map(|column| {
            let (beside, footnotes) = beside.remove(&column).unwrap_or_default();
            NumberColumn { column, beside, footnotes, symbol: symbol(&list[column], sample.column(column)) }
        });
        Self { columns: columns.collect() }
    }
}

/// The columns that others may join, by their words.
struct Bases<'c> {
    by_words: HashMap<String, usize>,
    candidates: &'c [usize],
    main: Option<usize>,
}

impl<'c> Bases<'c> {
    fn new(headings: &[Text], candidates: &'c [usize], main: Option<usize>) -> Self {
        const KINDS: [&str; 4] = ["value", "score", "rate", "estimate"];
        let mut by_words = HashMap::new();
        for &at in candidates.iter().rev() {
            let mut words = words(&headings[at]);
            by_words.insert(words.join(" "), at);
            if words.len() > 1 && words.last().is_some_and(|last| KINDS.contains(&&**last)) {
                words.pop();
                by_words.entry(words.join(" ")).or_insert(at);
            }
        }
        Self { by_words, candidates, main }
    }

    /// The column that the one at `at` joins: its heading without the words of its role, or the main column where it has
    /// no others.
    fn of(&self, headings: &[Text], at: usize, may_be: impl Fn(usize) -> bool) -> Option<usize> {
        let words = words(&headings[at]);
        let found = |rest: &[_]| {
            let rest: &[std::borrow::Cow<str>] = rest;
            self.by_words.get(&rest.join(" ")).copied().filter(|base| *base != at && may_be(*base))
        };
        for cut in 1..words.len() {
            let (start, end) = (&words[..cut], &words[cut..]);
            if role(start).is_some()
                && let Some(base) = found(end)
            {
                return Some(base);
            }
            if role(end).is_some()
                && let Some(base) = found(start)
            {
                return Some(base);
            }
        }
        if !words.iter().all(|word| ROLE_WORDS.contains(&&**word)) {
            return None;
        }
        let before = || self.candidates.iter().copied().rfind(|base| *base < at && may_be(*base));
        self.main.or_else(before)
    }
}

/// Words of headings that say only what a column gives of another.
const ROLE_WORDS: [&str; 35] = [
    "lower",
    "upper",
    "higher",
    "low",
    "high",
    "estimate",
    "bound",
    "limit",
    "confidence",
    "interval",
    "ci",
    "95",
    "of",
    "to",
    "the",
    "number",
    "patients",
    "discharges",
    "cases",
    "denominator",
    "sample",
    "size",
    "footnote",
    "footnotes",
    "compared",
    "comparison",
    "results",
    "national",
    "rate",
    "us",
    "state",
    "benchmark",
    "performance",
    "completed",
    "surveys",
];

/// What a column of these words gives of another.
fn role(words: &[std::borrow::Cow<str>]) -> Option<PartRole> {
    let has = |wanted: &str| words.iter().any(|word| &**word == wanted);
    if has("footnote") || has("footnotes") {
        return Some(PartRole::Footnote);
    }
    if has("compared") || has("comparison") {
        return Some(PartRole::Comparison);
    }
    let is_bound =
        has("estimate") || has("limit") || has("bound") || has("ci") || has("confidence") || words.len() == 1;
    if is_bound && (has("lower") || has("lcl")) {
        return Some(PartRole::Lower);
    }
    if is_bound && (has("upper") || has("higher") || has("ucl")) {
        return Some(PartRole::Upper);
    }
    let is_number_of = words.windows(2).any(|pair| matches!((&*pair[0], &*pair[1]), ("number", "of")));
    let is_cases = is_number_of && ["patients", "discharges", "cases", "surveys"].iter().any(|word| has(word));
    (is_cases || has("denominator") || words.first().is_some_and(|word| &**word == "sample")).then_some(PartRole::Cases)
}

/// Whether a heading is of codes.
fn is_code(heading: &str, words: &[std::borrow::Cow<str>]) -> bool {
    heading.is_empty()
        || heading.starts_with('@')
        || heading.contains("addr:")
        || words
            .iter()
            .any(|word| CODES.contains(&&**word) || word.starts_with("latitud") || word.starts_with("longitud"))
        || CODE_PARTS.iter().any(|part| heading.contains(part))
        || words
            .last()
            .is_some_and(|last| last.len() > 2 && (last.ends_with("id") || last.ends_with("no")) && words.len() == 1)
}

/// Whether all values of a column are numbers that count something. `has_rows` tells that a column may be of few rows, those
/// of one measure.
fn holds_numbers(at: usize, sample: &Sample, missing: &MissingTexts, has_rows: bool) -> bool {
    const FEW: usize = 4;
    let (mut count, mut years, mut flags, mut codes, mut next) = (0_usize, 0, 0, 0, 0);
    let mut before = None;
    for text in sample.column(at) {
        if missing.reason(text).is_some() {
            continue;
        }
        let plain = text.trim_end_matches(['%', '％']);
        let Some(number) =
            number::parse(plain.trim_end()).and_then(|written| written.value(Some(number::DecimalMark::Point)))
        else {
            // A bound is a number, too: <10.
            if matches!(cell::read(text, missing, false, Some(number::DecimalMark::Point)), CellValue::Stated(_))
                && !text.contains('-')
            {
                count += 1;
                continue;
            }
            return false;
        };
        if plain.len() > 1 && plain.starts_with('0') && plain.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        count += 1;
        let is_whole = number.fract() == 0.0;
        years += usize::from(is_whole && (1800.0..=2100.0).contains(&number));
        flags += usize::from(is_whole && (0.0..=1.0).contains(&number));
        codes += usize::from(is_whole && number >= 1e6);
        next += usize::from(before.is_some_and(|before: f64| (number - before - 1.0).abs() < 1e-9));
        before = Some(number);
    }
    let is_filled = count * 20 >= sample.len() || has_rows;
    let is_of_all = |some: usize| some == count && count > 0;
    count > 0
        && is_filled
        && !(is_of_all(years) || is_of_all(codes))
        && !(count > FEW && (is_of_all(flags) || next + 1 == count))
}

/// The sign of numbers that are percentages, by their heading or their cells.
fn symbol<'a>(heading: &str, mut cells: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let words = words(heading);
    let is_percent =
        heading.contains(['%', '％']) || words.iter().any(|word| matches!(&**word, "percent" | "percentage" | "pct"));
    (is_percent || cells.any(|cell| cell.ends_with(['%', '％']))).then_some("%")
}

/// A measure that only the file defines.
pub(crate) fn measure(id: &str, label: &str, symbol: Option<&str>, family: &Family, definition: &str) -> Measure {
    Measure {
        id: Text::clean(id),
        label: Text::clean(label),
        unit: Text::clean(symbol.unwrap_or_else(|| unit(label))),
        symbol: symbol.map(Text::clean),
        family: family.id.clone(),
        concept: None,
        native_term: None,
        definition: Text::clean(definition),
        formula: None,
        direction: None,
        signed: true,
        ordinal: false,
        steps: Vec::new(),
        alike: None,
        breaks: Vec::new(),
        part_of: None,
    }
}

/// The unit that a label names.
fn unit(label: &str) -> &'static str {
    let words = words(label);
    let units = ["minutes", "hours", "days", "ratio", "rate", "score", "beds", "patients", "cases", "stars"];
    units.into_iter().find(|unit| words.iter().any(|word| &**word == *unit)).unwrap_or("number")
}

/// An id for the measure of a heading.
pub(crate) fn measure_id(heading: &str) -> Text {
    const MOST: usize = 80;
    let id = id_of(heading);
    id.char_indices().nth(MOST).map_or_else(|| id.clone(), |(at, _)| Text::clean(id[..at].trim_end_matches('-')))
}
