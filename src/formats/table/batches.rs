//! Cuts the text of a table into batches of whole rows, for as many cores as there are.
//!
//! A row ends at a line end outside quotes. Only lines that have quotes are looked at letter by letter.

use std::ops::Range;

use crate::formats::table::quotes::QuoteState;
use crate::formats::table::start::UNIT;

/// Lines of a batch.
const LINES: usize = 4_096;

/// Lines of the first batch, so that a list is shown at once.
const FIRST: usize = 512;

/// Rows that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowBatch {
    /// Their bytes.
    pub(crate) bytes: Range<usize>,
    /// The line of the first byte, from 1.
    pub(crate) line: u64,
}

/// Cuts a text into batches.
#[derive(Debug)]
pub(crate) struct RowBatches<'a> {
    text: &'a [u8],
    separator: u8,
    at: usize,
    line: u64,
    /// Lines of the next batch, and of the others.
    lines: [usize; 2],
}

impl<'a> RowBatches<'a> {
    /// Cuts `text` from the byte `at` on, which stands at the start of that line and outside quotes.
    pub(crate) fn new(text: &'a str, separator: u8, at: usize, line: u64) -> Self {
        Self { text: text.as_bytes(), separator, at, line, lines: [FIRST, LINES] }
    }

    #[cfg(test)]
    fn with_lines(self, lines: usize) -> Self {
        Self { lines: [lines; 2], ..self }
    }

    /// The end of the row that starts at `start`, behind its line end, and how many lines it has.
    fn row_end(&self, start: usize) -> (usize, u64) {
        let line_end = |at: usize| memchr::memchr(b'\n', &self.text[at..]).map_or(self.text.len(), |end| at + end + 1);
        let end = line_end(start);
        if self.separator == UNIT || memchr::memchr(b'"', &self.text[start..end]).is_none() {
            return (end, 1);
        }
        let (mut end, mut lines, mut state) = (end, 1, QuoteState::CellStart);
        let mut at = start;
        loop {
            state = self.text[at..end].iter().fold(state, |state, byte| state.after(*byte, self.separator));
            if state != QuoteState::Quoted || end == self.text.len() {
                return (end, lines);
            }
            at = end;
            end = line_end(at);
            lines += 1;
        }
    }
}

impl Iterator for RowBatches<'_> {
    type Item = RowBatch;

    fn next(&mut self) -> Option<RowBatch> {
        let (start, first_line) = (self.at, self.line);
        let [lines, later] = self.lines;
        let last = first_line + lines as u64;
        while self.at < self.text.len() && self.line < last {
            let (end, lines) = self.row_end(self.at);
            (self.at, self.line) = (end, self.line + lines);
        }
        self.lines = [later; 2];
        (self.at > start).then_some(RowBatch { bytes: start..self.at, line: first_line })
    }
}

#[cfg(test)]
mod tests {
    use csv::StringRecord;
    use proptest::prelude::*;

    use super::*;
    use crate::formats::table::start::reader;

    fn rows(text: &str) -> Vec<StringRecord> {
        reader(text, b',').records().map(Result::unwrap).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn batches_have_the_rows_of_the_whole(text in "[a\",\n\r]{0,30}", lines in 1..4_usize) {
            let batches = RowBatches::new(&text, b',', 0, 1).with_lines(lines);
            let (mut parts, mut end, mut line) = (Vec::new(), 0, 1);
            for batch in batches {
                prop_assert_eq!((batch.bytes.start, batch.line), (end, line));
                end = batch.bytes.end;
                line += text[batch.bytes.clone()].matches('\n').count() as u64;
                parts.extend(rows(&text[batch.bytes]));
            }
            prop_assert_eq!(end, text.len());
            prop_assert_eq!(parts, rows(&text));
        }
    }
}
