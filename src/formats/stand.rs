//! Where a row of a table stands in its file, and whether the quotes in it are in order.
//!
//! The parser takes whatever it gets: after a quote that is left open, the rest of the file is one cell, and nothing
//! tells. What it took for a row is therefore looked at again here, when it runs over several lines or ends the file.

use std::ops::Range;

use csv::Reader;

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Its first line, from 1.
    pub line: u64,
    /// Its last line.
    pub last_line: u64,
    /// Its bytes, without line ends.
    pub at: Range<usize>,
}

const LINE_ENDS: [u8; 2] = [b'\n', b'\r'];

impl Stand {
    /// What the parser read from one byte to another, the first of them on that line. It may begin with empty lines.
    pub fn of(text: &str, line: u64, range: Range<usize>) -> Self {
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
    pub fn lines(&self) -> u64 {
        self.last_line - self.line + 1
    }
}

fn ends(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Whether a quote is still open at the end of `row`.
pub fn is_open(row: &str, reader: fn(&str, u8) -> Reader<&[u8]>, part: u8) -> bool {
    if !row.contains('"') {
        return false;
    }
    // A line more is a row of its own, unless it is taken for a part of the cell.
    let longer = format!("{row}\nx");
    let mut rows = reader(&longer, part);
    rows.records().count() < 2
}

/// Whether a quoted cell of `row` goes on after its closing quote, as in `"St. "Mary" Hospital"`.
pub fn is_torn(row: &str, part: u8) -> bool {
    let mut bytes = row.bytes().peekable();
    let (mut is_start, mut is_quoted) = (true, false);
    while let Some(byte) = bytes.next() {
        match (byte, is_quoted) {
            (b'"', false) if is_start => is_quoted = true,
            (b'"', true) if bytes.next_if_eq(&b'"').is_some() => {}
            (b'"', true) => match bytes.peek() {
                None => return false,
                Some(next) if *next == part || LINE_ENDS.contains(next) => is_quoted = false,
                Some(_) => return true,
            },
            _ => {}
        }
        is_start = !is_quoted && byte == part;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(text: &str, part: u8) -> Reader<&[u8]> {
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(part).from_reader(text.as_bytes())
    }

    #[test]
    fn empty_lines_and_line_ends_are_no_part_of_a_row() {
        let text = "id\r\n\r\n\n1,\"a\nb\"\r\n2";
        assert_eq!(Stand::of(text, 1, 2..15), Stand { line: 4, last_line: 5, at: 7..14 });
        assert_eq!(Stand::of(text, 5, 15..17), Stand { line: 6, last_line: 6, at: 16..17 });
        assert_eq!(Stand::of("", 1, 0..0), Stand { line: 1, last_line: 1, at: 0..0 });
    }

    #[test]
    fn open_and_torn_quotes_are_told_from_sound_ones() {
        for (row, open, torn) in [
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
            assert_eq!((is_open(row, reader, b','), is_torn(row, b',')), (open, torn), "{row}");
        }
    }
}
