//! A batch of rows: those that are hospitals, those that cannot be read, and what is odd.

use std::sync::Arc;

use csv::StringRecord;

use crate::diagnostic::{Diagnostic, Spot};
use crate::formats::error::{LoadError, Unreadable};
use crate::formats::limits::MAX_ROW;
use crate::formats::profile::row_head::{HeadReader, is_total};
use crate::formats::profile::row_import::ParsedRows;
use crate::formats::profile::row_reader::RowReader;
use crate::formats::table::batches::RowBatch;
use crate::formats::table::rejected::RejectedRow;
use crate::formats::table::row_span::{RowSpan, has_stray_quote, has_unclosed_quote};
use crate::formats::table::start::{Table, UNIT, reader};
use crate::text::{self, Text};

/// Most lines of a row in quotes; with more, the quote is taken to be unclosed.
const MAX_LINES: u64 = 200;

/// Why a row is rejected.
enum RowError {
    StrayQuote,
    CellCount(usize),
    RepeatedHeadings,
    Total,
    NoName,
}

/// Parses batches of a table's rows.
pub(crate) struct RowParser<'a> {
    pub(crate) table: &'a Table,
    pub(crate) origin: &'a Text,
    pub(crate) headings: &'a [Text],
    pub(crate) reader: Arc<RowReader>,
    /// Whether every cell that is not what its column should be is remarked on.
    pub(crate) is_strict: bool,
}

impl RowParser<'_> {
    /// Reads the rows of a batch.
    ///
    /// # Errors
    ///
    /// When a row has no end, or a quote is unclosed.
    pub(crate) fn parse(&self, batch: &RowBatch) -> Result<ParsedRows, LoadError> {
        let mut parsed = ParsedRows::new(&self.table.text, &self.reader, batch.bytes.end);
        let mut head = HeadReader::new(self.reader.plan());
        let mut row = StringRecord::new();
        let mut rows = self.rows(batch);
        while rows.read_record(&mut row).map_err(|error| LoadError::unreadable(self.origin, error))? {
            let span = self.span(batch, &rows, &row);
            self.check_size(&row, &span)?;
            self.row(&row, &span, &mut head, &mut parsed);
        }
        Ok(parsed)
    }

    /// Collects the decimal marks of a batch.
    pub(crate) fn collect_marks(&self, batch: &RowBatch) {
        let mut row = StringRecord::new();
        let mut rows = self.rows(batch);
        while rows.read_record(&mut row).is_ok_and(|is_there| is_there) {
            self.reader.collect_marks(|at| row.get(at).unwrap_or_default());
        }
    }

    fn rows<'b>(&'b self, batch: &RowBatch) -> csv::Reader<&'b [u8]> {
        reader(&self.table.text[batch.bytes.clone()], self.table.separator)
    }

    /// The span of the row that was read last.
    fn span(&self, batch: &RowBatch, rows: &csv::Reader<&[u8]>, row: &StringRecord) -> RowSpan {
        let (line, start) = row.position().map_or((1, 0), |position| (position.line(), position.byte()));
        let at = |byte: u64| batch.bytes.start + usize::try_from(byte).unwrap_or(batch.bytes.len());
        RowSpan::of(&self.table.text, batch.line + line - 1, at(start)..at(rows.position().byte()))
    }

    /// Stops at a row without end, or with an unclosed quote.
    fn check_size(&self, row: &StringRecord, span: &RowSpan) -> Result<(), LoadError> {
        let text = &self.table.text;
        if row.as_slice().len() > MAX_ROW {
            return Err(too_long(text, span.line, self.origin));
        }
        if span.lines() > MAX_LINES || is_cut_off(text, span, self.table.separator) {
            return Err(unclosed_quote(text, self.origin, span));
        }
        Ok(())
    }

    fn row(&self, row: &StringRecord, span: &RowSpan, head: &mut HeadReader, parsed: &mut ParsedRows) {
        let is_empty_from = |from: usize| row.iter().skip(from).all(|cell| cell.trim().is_empty());
        let (count, headings) = (row.len(), self.headings.len());
        let raw = &self.table.text[span.at.clone()];
        if span.lines() > 1 && has_stray_quote(raw, self.table.separator) {
            return self.reject(row, span, &RowError::StrayQuote, head, parsed);
        }
        let is_cut = count < headings && !self.table.has_short_rows;
        if is_cut || (count > headings && !is_empty_from(headings)) {
            // A line of empty cells is nothing.
            if !is_empty_from(0) {
                self.reject(row, span, &RowError::CellCount(count), head, parsed);
            }
            return;
        }
        let cells = |at: usize| row.get(at).unwrap_or_default();
        if self.headings.iter().enumerate().all(|(at, heading)| text::clean(cells(at)) == **heading) {
            return self.reject(row, span, &RowError::RepeatedHeadings, head, parsed);
        }
        let Some(found) = head.read(&cells) else {
            return self.reject(row, span, &RowError::NoName, head, parsed);
        };
        if is_total(&found.head.name) && !self.reader.plan().is_grouped {
            return self.reject(row, span, &RowError::Total, head, parsed);
        }
        parsed.push(found, span.at.clone());
        parsed.has_new_marks |= self.reader.collect_marks(cells);
        if self.is_strict {
            self.remark(span, parsed);
        }
    }

    fn reject(&self, row: &StringRecord, span: &RowSpan, error: &RowError, head: &HeadReader, parsed: &mut ParsedRows) {
        let (message, fix) = error.words(self.headings.len(), span);
        if !matches!(error, RowError::RepeatedHeadings | RowError::Total) {
            let row = RejectedRow {
                cells: row,
                text: &self.table.text[span.at.clone()],
                separator: self.table.separator,
                headings: self.headings.len(),
                has_stray_quote: matches!(error, RowError::StrayQuote),
            };
            row.note(head, &mut parsed.rejected_ids);
        }
        parsed.rejected.push_with(|| diagnostic(&self.table.text, self.origin, span, ("", &message, fix)));
    }

    /// Remarks on what is odd with a row that was read all the same.
    fn remark(&self, span: &RowSpan, parsed: &mut ParsedRows) {
        let (text, raw) = (&self.table.text, &self.table.text[span.at.clone()]);
        let mut remark = |problem: (&str, &str, &str)| {
            parsed.remarks.push_with(|| diagnostic(text, self.origin, span, problem));
        };
        if self.table.separator != UNIT && has_stray_quote(raw, self.table.separator) {
            remark(("", "a quote within a quoted cell", "write a quote within a cell twice"));
        }
        for (heading, cell, what) in self.reader.unreadable(raw) {
            let message = format!("`{cell}` is {what}; it is kept as text");
            remark((&heading, &message, "correct it, or name it in the profile's `missing`"));
        }
    }
}

impl RowError {
    /// The message and the fix.
    fn words(&self, headings: usize, span: &RowSpan) -> (String, &'static str) {
        let RowSpan { line, last_line, .. } = span;
        match self {
            Self::StrayQuote => (
                format!("a quote makes lines {line} to {last_line} one row"),
                "close the quote where its cell ends; write a quote within a cell twice",
            ),
            Self::CellCount(count) if last_line > line => (
                format!("{count} cells, and {headings} headings; the row runs from line {line} to {last_line}"),
                "is a quote unclosed? Close it where its cell ends",
            ),
            Self::CellCount(count) => {
                let cells = if *count == 1 { "cell" } else { "cells" };
                (
                    format!("{count} {cells}, and {headings} headings"),
                    "quote a cell that holds the separator; is the row whole?",
                )
            }
            Self::RepeatedHeadings => ("the headings again".to_owned(), "remove the line"),
            Self::Total => ("a total of other rows, no hospital".to_owned(), "remove the line"),
            Self::NoName => ("no name".to_owned(), "give the hospital a name, or name its column in a profile"),
        }
    }
}

/// What is wrong with a row: where, in which column, what and the fix.
pub(crate) fn diagnostic(
    text: &str,
    origin: &Text,
    span: &RowSpan,
    (path, message, fix): (&str, &str, &str),
) -> Diagnostic {
    let first = text[span.at.clone()].find(['\n', '\r']).unwrap_or(span.at.len());
    let at = span.at.start..span.at.start + first;
    let spot = Spot { text, line: usize::try_from(span.line).unwrap_or(1), at };
    Diagnostic::new(origin, &spot, path, message, fix)
}

/// Whether the file ends within the quotes of a row.
pub(crate) fn is_cut_off(text: &str, span: &RowSpan, separator: u8) -> bool {
    let is_last = text[span.at.end..].trim_end_matches(['\n', '\r']).is_empty();
    is_last && separator != UNIT && has_unclosed_quote(&text[span.at.clone()], separator)
}

/// A quote that is not closed before the file or the room for a row ends.
pub(crate) fn unclosed_quote(text: &str, origin: &Text, span: &RowSpan) -> LoadError {
    let message = "a quote opens here and is not closed; all that follows is taken for one cell";
    let fix = "close it, or write a quote within a cell twice; is the file whole?";
    LoadError::Invalid(vec![diagnostic(text, origin, span, ("", message, fix))])
}

/// A row without end; or a file of nothing but white space.
pub(crate) fn too_long(text: &str, line: u64, origin: &Text) -> LoadError {
    let reason =
        if text.trim().is_empty() { Unreadable::Blank } else { Unreadable::LongLine { line, most: MAX_ROW >> 10 } };
    LoadError::unreadable(origin, reason)
}
