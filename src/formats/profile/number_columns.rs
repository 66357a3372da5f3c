//! Columns of numbers that no profile knows: measures that only the file defines.
//!
//! A column is one of numbers when all its values in the [`Sample`] are. Codes, numbers of rows, years, telephone numbers
//! and the like are numbers and count nothing; they are told by their headings and by their values.
//! Columns beside it join it: bounds, numbers of cases, comparisons and footnotes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::catalog::number;
use crate::catalog::{Family, Measure};
use crate::formats::profile::cell::{self, CellValue};
use crate::formats::profile::definition::id_of;
use crate::formats::profile::headings::Headings;
use crate::formats::profile::missing_texts::MissingTexts;
use crate::formats::profile::row_definition::PartRole;
use crate::formats::profile::sample::{Sample, words};
use crate::formats::profile::siblings::{Beside, EstimateColumns, Siblings, role};
use crate::text::Text;

/// Words of headings whose numbers count nothing.
const CODES: [&str; 102] = [
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
    "nr",
    "no",
    "num",
    "pin",
    "key",
    "zone",
    "district",
    "type",
    "category",
    "status",
    "class",
    "region",
    "région",
    "state",
    "county",
    "province",
    "departement",
    "département",
    "kreis",
    "gemeinde",
    "gemeindeschlüssel",
    "rechtswert",
    "hochwert",
    "helpline",
    "contact",
    "medicare",
    "license",
    "licence",
    "registration",
    "sector",
    "level",
    "grade",
    "rank",
    "founded",
    "established",
    "built",
    "sr",
    "serial",
    "categetab",
    "flag",
    "is",
    "has",
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

impl NumberColumn {
    /// The column, and those that join it.
    pub(crate) fn all_columns(&self) -> impl Iterator<Item = usize> {
        [Some(self.column), self.footnotes].into_iter().flatten().chain(self.beside.iter())
    }
}

impl NumberColumns {
    /// Those of a file; `is_free` tells which columns mean nothing yet. `main` is the column of the values of rows, if the
    /// file names one.
    pub(crate) fn find(
        headings: &Headings,
        sample: &Sample,
        missing: &MissingTexts,
        main: Option<usize>,
        is_free: impl Fn(usize) -> bool,
    ) -> Self {
        let list = headings.list();
        let mut roles: BTreeMap<usize, PartRole> = BTreeMap::new();
        let mut candidates = Vec::new();
        for (at, heading) in list.iter().enumerate().filter(|(at, _)| is_free(*at)) {
            let words = words(heading);
            // The column of the values counts, even if some of its rows hold words.
            let is_main = Some(at) == main;
            let role = role(&words).filter(|_| !is_main);
            roles.extend(role.map(|role| (at, role)));
            let is_text = matches!(role, Some(PartRole::Comparison | PartRole::Footnote));
            if is_main || !is_text && !is_code(heading, &words) && holds_numbers(at, sample, missing, main.is_some()) {
                candidates.push(at);
            }
        }
        let Siblings { mut of, joined } = Siblings::find(list, &candidates, &roles, main);
        let columns = candidates.into_iter().filter(|at| !joined.contains(at)).map(|column| {
            let Beside { estimate, footnotes } = of.remove(&column).unwrap_or_default();
            NumberColumn { column, beside: estimate, footnotes, symbol: symbol(&list[column], sample.column(column)) }
        });
        Self { columns: columns.collect() }
    }
}

/// Whether a heading is of codes.
fn is_code(heading: &str, words: &[Cow<str>]) -> bool {
    // A number of something counts it: `no of births`.
    let is_number_of = |at: usize| words.get(at + 1).is_some_and(|next| &**next == "of");
    let is_code_word = |(at, word): (usize, &Cow<str>)| {
        (CODES.contains(&&**word) && !is_number_of(at)) || word.starts_with("latitud") || word.starts_with("longitud")
    };
    let is_run_together = |word: &Cow<str>| word.len() > 2 && (word.ends_with("id") || word.ends_with("no"));
    heading.is_empty()
        || heading.starts_with('@')
        || heading.contains("addr:")
        || words.iter().enumerate().any(is_code_word)
        || CODE_PARTS.iter().any(|part| heading.contains(part))
        || (words.len() == 1 && words.last().is_some_and(is_run_together))
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
        flags += usize::from(is_whole && (-1.0..=1.0).contains(&number));
        codes += usize::from(is_whole && number >= 1e6);
        next += usize::from(before.is_some_and(|before: f64| (number - before - 1.0).abs() < 1e-9));
        before = Some(number);
    }
    let is_filled = count * 20 >= sample.len() || has_rows;
    let is_of_all = |some: usize| some == count && count > 0;
    count > 0
        && is_filled
        && !(is_of_all(years) || is_of_all(codes) || is_of_all(flags))
        && !(count > FEW && next + 1 == count)
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

/// The unit that a label names in brackets: a word elsewhere may be anything, as in "seen within 30 minutes".
fn unit(label: &str) -> &'static str {
    let bracketed = label.split_once(['(', '[']).and_then(|(_, rest)| rest.split_once([')', ']']));
    let words = words(bracketed.map_or("", |(unit, _)| unit));
    let units = ["minutes", "hours", "days", "ratio", "beds", "patients", "cases", "stars"];
    units.into_iter().find(|unit| words.iter().any(|word| &**word == *unit)).unwrap_or("number")
}

/// An id for the measure of a heading.
pub(crate) fn measure_id(heading: &str) -> Text {
    const MOST: usize = 80;
    let id = id_of(heading);
    id.char_indices().nth(MOST).map_or_else(|| id.clone(), |(at, _)| Text::clean(id[..at].trim_end_matches('-')))
}
