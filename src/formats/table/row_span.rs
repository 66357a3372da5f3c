//! The lines and bytes of a row in its file, and whether its quotes are in order.
//!
//! The parser accepts everything: after an unclosed quote the rest of the file is one cell, without an error. A row that
//! runs over several lines or ends the file is therefore checked again here.

use std::ops::Range;

use crate::formats::table::start::reader;

/// The lines and bytes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowSpan {
    /// Its first line, from 1.
    pub(crate) line: u64,
    /// Its last line.
    pub(crate) last_line: u64,
    /// Its bytes, without line ends.
    pub(crate) at: Range<usize>,
}

const LINE_ENDS: [u8; 2] = [b'\n', b'\r'];

impl RowSpan {
    /// What the parser read from one byte to another, the first of them on that line. It may begin with empty lines.
    pub(crate) fn of(text: &str, line: u64, range: Range<usize>) -> Self {
        let end = range.end.min(text.len());
        let bytes = &text.as_bytes()[range.start.min(end)..end];
        let lead = bytes.iter().take_while(|byte| LINE_ENDS.contains(byte)).count();
        let line = line + ends(&bytes[..lead]);
        let row = &bytes[lead..];
        let tail = row.iter().rev().take_while(|byte| LINE_ENDS.contains(byte)).count();
        let row = &row[..row.len() - tail];
        let start = range.start.min(end) + lead;
        Self { line, last_line: line + ends(row), at: start..start + row.len() }
    }

    /// Over how many lines it runs.
    pub(crate) fn lines(&self) -> u64 {
        self.last_line - self.line + 1
    }
}

fn ends(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Whether a quote is still open at the end of `row`.
pub(crate) fn has_unclosed_quote(row: &str, separator: u8) -> bool {
    if !row.contains('"') {
        return false;
    }
    // A line more is a row of its own, unless it is taken for a part of the cell.
    let longer = format!("{row}\nx");
    let mut rows = reader(&longer, separator);
    rows.records().count() < 2
}

/// Whether a quoted cell of `row` goes on after its closing quote, as in `"St. "Mary" Hospital"`.
pub(crate) fn has_stray_quote(row: &str, separator: u8) -> bool {
    let mut bytes = row.bytes().peekable();
    let (mut is_start, mut is_quoted) = (true, false);
    while let Some(byte) = bytes.next() {
        match (byte, is_quoted) {
            (b'"', false) if is_start => is_quoted = true,
            (b'"', true) if bytes.next_if_eq(&b'"').is_some() => {}
            (b'"', true) => match bytes.peek() {
                None => return false,
                Some(next) if *next == separator || LINE_ENDS.contains(next) => is_quoted = false,
                Some(_) => return true,
            },
            _ => {}
        }
        is_start = !is_quoted && byte == separator;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_and_line_ends_are_no_part_of_a_row() {
        let text = "id\r\n\r\n\n1,\"a\nb\"\r\n2";
        assert_eq!(RowSpan::of(text, 1, 2..15), RowSpan { line: 4, last_line: 5, at: 7..14 });
        assert_eq!(RowSpan::of(text, 5, 15..17), RowSpan { line: 6, last_line: 6, at: 16..17 });
        assert_eq!(RowSpan::of("", 1, 0..0), RowSpan { line: 1, last_line: 1, at: 0..0 });
    }

    #[test]
    fn unclosed_and_stray_quotes_are_found() {
        for (row, unclosed, stray) in [
            ("1,A", false, false),
            ("1,\"A\"", false, false),
            ("1,\"A \"\"B\"\"\"", false, false),
            ("1,5\" pipe", false, false),
            ("1,\"A", true, false),
            ("1,\"A\nB", true, false),
            ("1,\"A\n\"\"", true, false),
            ("1,\"St. \"Mary\" Hospital\",x", false, true),
            ("1,\"A\n2,\"B\",x", false, true),
            ("\"a\nb\",\"c\"", false, false),
        ] {
            assert_eq!((has_unclosed_quote(row, b','), has_stray_quote(row, b',')), (unclosed, stray), "{row}");
        }
    }
}
