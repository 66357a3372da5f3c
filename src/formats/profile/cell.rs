//! What a cell says: a number with its bound, the reason why there is none, or words.

use std::cell::Cell;

use crate::catalog::number::{self, DecimalMark, DecimalMarks, Written};
use crate::catalog::{Missing, Period, Quantity};
use crate::formats::profile::definition::Footnote;
use crate::formats::profile::missing_texts::MissingTexts;
use crate::text::Text;

/// What a cell of figures says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum CellValue {
    /// A number.
    Stated(Quantity),
    /// A text that means that there is no value, and why.
    Missing(Missing),
    /// Something else.
    Words,
}

/// Whether it is a word of up to three Latin letters. As a name or a place these are taken as they are, whatever they mean
/// elsewhere: `NA` is Naples and Namibia, `Nan` a province of Thailand.
#[must_use]
pub(crate) fn is_short_word(text: &str) -> bool {
    text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Reads degrees. They are never grouped: a comma stands before decimals as a point does.
#[must_use]
pub(crate) fn degrees(text: &str) -> Option<f64> {
    let number: f64 = text.parse().or_else(|_| text.replacen(',', ".", 1).parse()).ok()?;
    number.is_finite().then_some(number)
}

/// Reads a cell of figures: `1,925`, `>1500`, `1200+`, `400-500`, `约300`, and of percentages `85%`. A number that is
/// ambiguous without a known decimal mark is words.
#[must_use]
pub(crate) fn read(text: &str, missing: &MissingTexts, is_percent: bool, mark: Option<DecimalMark>) -> CellValue {
    if let Some(reason) = missing.reason(text) {
        return CellValue::Missing(reason);
    }
    let number = |text: &str| number::parse(text)?.value(mark);
    quantity(text, is_percent, &number).map_or(CellValue::Words, CellValue::Stated)
}

/// Collects the decimal marks that the numbers of a cell show.
pub(crate) fn collect_marks(text: &str, is_percent: bool, marks: &Cell<DecimalMarks>) {
    let number = |text: &str| {
        let written = number::parse(text)?;
        let mut seen = marks.get();
        match written {
            // Programs write whole numbers as 400.0, whatever mark people use beside it.
            Written::Clear(number, Some(DecimalMark::Point)) if number.fract() == 0.0 && text.ends_with(".0") => {}
            Written::Clear(_, Some(DecimalMark::Point)) => seen.point = true,
            Written::Clear(_, Some(DecimalMark::Comma)) => seen.comma = true,
            Written::Clear(_, None) | Written::Ambiguous { .. } => {}
        }
        marks.set(seen);
        written.value(Some(DecimalMark::Point))
    };
    let _ = quantity(text, is_percent, &number);
}

/// The number of the step that a cell names, the lowest being 1; none where it names none.
#[must_use]
pub(crate) fn step(text: &str, steps: &[Text]) -> Option<f64> {
    let at = steps.iter().position(|step| step.len() == text.len() && step.to_lowercase() == text.to_lowercase())?;
    u32::try_from(at + 1).ok().map(f64::from)
}

type Bound = fn(f64) -> Quantity;

/// Signs before a number, the longer first.
const BEFORE: [(&str, Bound); 12] = [
    (">=", Quantity::AtLeast),
    ("<=", Quantity::AtMost),
    ("≥", Quantity::AtLeast),
    ("≤", Quantity::AtMost),
    (">", Quantity::Above),
    ("<", Quantity::Below),
    ("about ", Quantity::About),
    ("ca. ", Quantity::About),
    ("~", Quantity::About),
    ("≈", Quantity::About),
    ("约", Quantity::About),
    ("約", Quantity::About),
];

/// A number with its bound, each number in it read by `number`.
fn quantity(text: &str, is_percent: bool, number: &dyn Fn(&str) -> Option<f64>) -> Option<Quantity> {
    let text = text.trim();
    let units: &[&str] = if is_percent { &["%", "％"] } else { &["张", "張", "人", "名"] };
    let text = units.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text).trim_end();
    if let Some((rest, bound)) = BEFORE.iter().find_map(|(sign, bound)| Some((text.strip_prefix(sign)?, bound))) {
        return number(rest.trim_start()).map(bound);
    }
    if let Some(rest) = text.strip_suffix('+') {
        return number(rest.trim_end()).map(Quantity::AtLeast);
    }
    if let Some(number) = number(text) {
        return Some(Quantity::Exact(number));
    }
    let (from, to) = text.split_once(['-', '–', '~'])?;
    // 08-2019 is a month.
    if from.starts_with('0') && from.trim_end() != "0" {
        return None;
    }
    let (from, to) = (number(from.trim_end())?, number(to.trim_start())?);
    (from <= to).then_some(Quantity::Range { from, to })
}

/// What the footnotes of a cell say, in words, and why there is no value if one of them explains it.
#[must_use]
pub(crate) fn footnotes(cell: &str, known: &[Footnote]) -> Option<(String, Option<Missing>)> {
    if cell.is_empty() {
        return None;
    }
    let lower = cell.to_lowercase();
    let written_out =
        |note: &&Footnote| note.contains.as_ref().is_some_and(|words| lower.contains(&words.to_lowercase()));
    if cell.split([',', ';', ' ']).all(|code| code.len() <= 4) {
        let codes = cell.split([',', ';', ' ']).filter(|code| !code.is_empty());
        let found: Vec<(&str, Option<&Footnote>)> =
            codes.map(|code| (code, known.iter().find(|note| note.code.eq_ignore_ascii_case(code)))).collect();
        let text = |(code, note): &(&str, Option<&Footnote>)| match note {
            Some(note) => format!("Footnote {code}: {}", note.text),
            None => format!("Footnote {code}: the publisher's code, which is not explained here."),
        };
        let reason = found.iter().find_map(|(_, note)| note.and_then(|note| note.reason));
        return Some((found.iter().map(text).collect::<Vec<_>>().join(" "), reason));
    }
    let note = known.iter().find(written_out);
    let text =
        note.map_or_else(|| format!("Footnote: {cell}"), |note| format!("Footnote {}: {}", note.code, note.text));
    Some((text, note.and_then(|note| note.reason)))
}

/// Reads a date or a year, as datasets write them: `2019`, `2019-08-02`, `2019/08/02 00:00:00`.
#[must_use]
pub(crate) fn date(text: &str) -> Option<Period> {
    let day = text.trim().split([' ', 'T']).next()?.replace(['/', '.'], "-");
    day.parse().ok().filter(Period::is_known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::profile::definition::MissingText;

    #[test]
    fn cells_keep_their_bounds() {
        let none = MissingTexts::default();
        for (cell, quantity) in [
            ("0", Some(Quantity::Exact(0.0))),
            ("1925", Some(Quantity::Exact(1925.0))),
            ("1,925", Some(Quantity::Exact(1925.0))),
            ("1 925", Some(Quantity::Exact(1925.0))),
            ("1,234,567.5", Some(Quantity::Exact(1_234_567.5))),
            ("3,5", Some(Quantity::Exact(3.5))),
            ("1.200", Some(Quantity::Exact(1.2))),
            ("0.125", Some(Quantity::Exact(0.125))),
            ("1.234.567", Some(Quantity::Exact(1_234_567.0))),
            ("3.0", Some(Quantity::Exact(3.0))),
            ("-4", Some(Quantity::Exact(-4.0))),
            (">1500", Some(Quantity::Above(1500.0))),
            ("<= 10", Some(Quantity::AtMost(10.0))),
            ("1200+", Some(Quantity::AtLeast(1200.0))),
            ("约300张", Some(Quantity::About(300.0))),
            ("400-500", Some(Quantity::Range { from: 400.0, to: 500.0 })),
            ("500-400", None),
            ("85%", None),
            ("08-2019", None),
            ("0-9", Some(Quantity::Range { from: 0.0, to: 9.0 })),
            ("1.2.3", None),
            ("1,23,4", None),
            ("many", None),
            ("2019-08-02", None),
            ("inf", None),
            ("NaN", None),
            ("1e5", None),
            ("", None),
        ] {
            let read = read(cell, &none, false, Some(DecimalMark::Point));
            assert_eq!(read, quantity.map_or(CellValue::Words, CellValue::Stated), "{cell}");
        }
        assert_eq!(read("85 %", &none, true, None), CellValue::Stated(Quantity::Exact(85.0)));
        assert_eq!(read("85人", &none, true, None), CellValue::Words);
        assert_eq!(read("1,925", &none, false, None), CellValue::Words);
        let known = MissingTexts::new(&[MissingText { text: "Not Available".into(), reason: Missing::NotAvailable }]);
        assert_eq!(read("NOT AVAILABLE", &known, false, None), CellValue::Missing(Missing::NotAvailable));
        assert_eq!(read("not", &known, false, None), CellValue::Words);
    }

    #[test]
    fn cells_show_the_decimal_mark() {
        let marks = |cells: &[&str]| {
            let marks = Cell::default();
            for cell in cells {
                collect_marks(cell, false, &marks);
            }
            marks.get().only()
        };
        assert_eq!(marks(&["12,5", "12,345"]), Some(DecimalMark::Comma));
        assert_eq!(marks(&["1.200", "12,5"]), Some(DecimalMark::Comma));
        assert_eq!(marks(&["1.5-2.5"]), Some(DecimalMark::Point));
        assert_eq!(marks(&[">1,234,567"]), Some(DecimalMark::Point));
        assert_eq!(marks(&["12.345", "12,345", "many, more", "2019.08.02"]), None);
        assert_eq!(marks(&["12,5", "12.5"]), None);
    }

    #[test]
    fn no_footnote_is_dropped() {
        let note = |code: &str, contains: &str, reason| Footnote {
            code: code.into(),
            contains: Some(contains.into()),
            reason,
            text: format!("says {code}.").into(),
        };
        let known = [note("16", "too few", Some(Missing::TooFew)), note("23", "claims", None)];
        for (cell, expected, reason) in [
            ("16", "Footnote 16: says 16.", Some(Missing::TooFew)),
            ("23, 16", "Footnote 23: says 23. Footnote 16: says 16.", Some(Missing::TooFew)),
            ("99", "Footnote 99: the publisher's code, which is not explained here.", None),
            ("There are Too Few cases here", "Footnote 16: says 16.", Some(Missing::TooFew)),
            ("Something else entirely", "Footnote: Something else entirely", None),
        ] {
            assert_eq!(footnotes(cell, &known), Some((expected.to_owned(), reason)), "{cell}");
        }
        assert_eq!(footnotes("", &known), None);
    }

    #[test]
    fn dates_of_datasets() {
        for (cell, shown) in
            [("2019", "2019"), ("2019/08/02 00:00:00", "2019-08-02"), ("2019-08-02T10:00:00Z", "2019-08-02")]
        {
            assert_eq!(date(cell).unwrap().to_string(), shown);
        }
        assert_eq!(date("8/2/2019"), None);
    }
}
