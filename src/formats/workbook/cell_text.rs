//! A cell of a workbook as text.

use std::fmt::Write;

use calamine::{DataRef, ExcelDateTime};

/// Most digits of a number that spreadsheet programs keep and show.
const DIGITS: usize = 15;

/// Writes what a cell says: dates as ISO writes them, whole numbers without decimals. An error such as `#N/A` says nothing.
pub(crate) fn write(cell: &DataRef, out: &mut String) {
    match cell {
        DataRef::Int(number) => push(out, format_args!("{number}")),
        DataRef::Float(number) => write_number(*number, out),
        DataRef::String(text) => push_line(text, out),
        DataRef::SharedString(text) => push_line(text, out),
        DataRef::Bool(is_true) => out.push_str(if *is_true { "true" } else { "false" }),
        DataRef::DateTime(at) => write_date(at, out),
        DataRef::DateTimeIso(text) => push_line(iso_date(text), out),
        DataRef::DurationIso(text) => push_line(text, out),
        DataRef::Error(_) | DataRef::Empty => {}
    }
}

/// Whether a cell says nothing.
pub(crate) fn is_empty(cell: &DataRef) -> bool {
    match cell {
        DataRef::String(text) => text.is_empty(),
        DataRef::SharedString(text) => text.is_empty(),
        DataRef::Error(_) | DataRef::Empty => true,
        _ => false,
    }
}

fn push(out: &mut String, arguments: std::fmt::Arguments) {
    // Writing to a string does not fail.
    let _ = out.write_fmt(arguments);
}

/// A text on one line, without the separator.
fn push_line(text: &str, out: &mut String) {
    if text.bytes().any(|byte| byte < b' ') {
        out.extend(text.chars().map(|c| if c < ' ' { ' ' } else { c }));
    } else {
        out.push_str(text);
    }
}

fn write_number(number: f64, out: &mut String) {
    let start = out.len();
    push(out, format_args!("{number}"));
    let is_long = out.len() - start > DIGITS && number.fract() != 0.0;
    if is_long && let Ok(rounded) = format!("{number:.*e}", DIGITS - 1).parse::<f64>() {
        // 0.30000000000000004 is shown as 0.3.
        out.truncate(start);
        push(out, format_args!("{rounded}"));
    }
}

fn write_date(at: &ExcelDateTime, out: &mut String) {
    if at.is_duration() {
        #[expect(clippy::cast_possible_truncation, reason = "spreadsheets end with the year 9999")]
        let seconds = (at.as_f64() * 86_400.0).round() as i64;
        let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
        return push(out, format_args!("{hours}:{:02}:{:02}", minutes.abs(), (seconds % 60).abs()));
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let has_day = at.as_f64() >= 1.0;
    if has_day {
        push(out, format_args!("{year:04}-{month:02}-{day:02}"));
    }
    if !has_day || (hour, minute, second) != (0, 0, 0) {
        out.push_str(if has_day { " " } else { "" });
        push(out, format_args!("{hour:02}:{minute:02}"));
        if second > 0 {
            push(out, format_args!(":{second:02}"));
        }
    }
}

/// A date of `OpenDocument` without a time that says nothing.
fn iso_date(text: &str) -> &str {
    text.split_once('T').filter(|(_, time)| time.starts_with("00:00:00")).map_or(text, |(day, _)| day)
}

#[cfg(test)]
mod tests {
    use calamine::{CellErrorType, ExcelDateTimeType};

    use super::*;

    #[test]
    fn cells_are_written_as_people_read_them() {
        let date = |value: f64| DataRef::DateTime(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false));
        for (cell, text) in [
            (DataRef::Float(120.0), "120"),
            (DataRef::Float(-1.5), "-1.5"),
            (DataRef::Float(0.1 + 0.2), "0.3"),
            (DataRef::Float(1e18), "1000000000000000000"),
            (DataRef::Float(0.000_001), "0.000001"),
            (DataRef::Int(7), "7"),
            (DataRef::Bool(true), "true"),
            (DataRef::String("a\r\nb\u{1f}c".into()), "a  b c"),
            (DataRef::SharedString("医院"), "医院"),
            (DataRef::Error(CellErrorType::NA), ""),
            (DataRef::Empty, ""),
            (date(45_943.0), "2025-10-13"),
            (date(45_943.541), "2025-10-13 12:59:02"),
            (date(0.25), "06:00"),
            (DataRef::DateTime(ExcelDateTime::new(0.0, ExcelDateTimeType::DateTime, true)), "00:00"),
            (DataRef::DateTime(ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false)), "36:00:00"),
            (DataRef::DateTimeIso("2024-02-29T00:00:00".into()), "2024-02-29"),
            (DataRef::DateTimeIso("2024-02-29T07:30:00".into()), "2024-02-29T07:30:00"),
        ] {
            let mut out = String::new();
            write(&cell, &mut out);
            assert_eq!(out, text, "{cell:?}");
        }
    }
}
