//! CSV and the like: rows of cells, separated by commas, semicolons, tabs, bars or `¬`.

use csv::StringRecord;

use crate::catalog::Dataset;
use crate::diagnostic::{Diagnostic, Spot};
use crate::formats::error::{LoadError, Unreadable};
use crate::formats::import::Import;
use crate::formats::limits::{MAX_COLUMNS, MAX_ROW};
use crate::formats::profile::builtin;
use crate::formats::profile::dataset;
use crate::formats::profile::headings::Headings;
use crate::formats::profile::plan::Plan;
use crate::formats::profile::row_builder::RowBuilder;
use crate::formats::table::rejected::RejectedRow;
use crate::formats::table::row_span::{RowSpan, has_stray_quote, has_unclosed_quote};
use crate::formats::table::start::{Table, UNIT};
use crate::text::{self, Text};

/// Most lines of a row in quotes; with more, the quote is taken to be unclosed.
const MAX_LINES: u64 = 200;

/// Rows between two reports of progress.
const BATCH: usize = 4_096;

/// Rows until the first report, so that a list is shown at once.
const FIRST_BATCH: usize = 512;

/// Why a row is rejected.
enum RowError {
    StrayQuote,
    CellCount(usize),
    RepeatedHeadings,
    NoName,
}

/// The headings of a table.
///
/// # Errors
///
/// When it has none.
pub(crate) fn headings(table: &Table, origin: &Text) -> Result<Vec<Text>, LoadError> {
    let Some(start) = table.start else { return Ok(vec!["name".into()]) };
    let (text, separator) = (&*table.text, table.separator);
    let mut rows = table.reader();
    let mut row = StringRecord::new();
    let mut read = |rows: &mut csv::Reader<&[u8]>| {
        let is_there = rows.read_record(&mut row).map_err(|error| LoadError::unreadable(origin, error))?;
        if !is_there || row.as_slice().len() > MAX_ROW || text.trim_start().is_empty() {
            return Err(too_long(text, 1, origin));
        }
        Ok(span(text, rows, &row))
    };
    let mut found = read(&mut rows)?;
    while found.at.start < start {
        found = read(&mut rows)?;
    }
    if is_cut_off(text, &found, separator) || (found.lines() > 1 && has_stray_quote(&text[found.at.clone()], separator))
    {
        return Err(unclosed_quote(text, origin, &found));
    }
    if row.len() > MAX_COLUMNS {
        let reason = Unreadable::TooManyColumns { line: found.line, count: row.len(), most: MAX_COLUMNS };
        return Err(LoadError::unreadable(origin, reason));
    }
    Ok(row.iter().map(Text::clean).collect())
}

/// Reads a table into the catalog that is built.
///
/// # Errors
///
/// When nothing can be understood of it, or a quote is unclosed; single rows are rejected.
pub(crate) fn read(text: &str, import: &mut Import, mut about: Dataset) -> Result<(), LoadError> {
    let origin = about.origin.clone();
    let given = import.options.profile.as_deref();
    let table = Table::find(text, given);
    let headings = headings(&table, &origin)?;
    let fit = builtin::choose(Headings::new(headings.clone()), given)
        .map_err(|error| LoadError::unreadable(&origin, error))?;
    if table.start.is_none() {
        about.notes.push("there are no headings: every line is read as a name".into());
    }
    let plan = Plan::new(fit, table.separator == b',');
    let builder = dataset::begin(plan, import, &mut about, None)?;
    let Table { text, separator, start } = &table;
    let mut rows =
        TableImport { text, separator: *separator, origin: &origin, headings: &headings, builder, import, found: 0 };
    if rows.import.options.is_strict && rows.builder.has_numbers() {
        rows.collect_marks(table.reader(), *start)?;
    }
    rows.read(table.reader(), *start)?;
    if rows.found == 0 { Err(rows.nothing()) } else { Ok(()) }
}

/// What is wrong with a row: where, in which column, what and the fix.
fn diagnostic(text: &str, origin: &Text, span: &RowSpan, (path, message, fix): (&str, &str, &str)) -> Diagnostic {
    let first = text[span.at.clone()].find(['\n', '\r']).unwrap_or(span.at.len());
    let at = span.at.start..span.at.start + first;
    let spot = Spot { text, line: usize::try_from(span.line).unwrap_or(1), at };
    Diagnostic::new(origin, &spot, path, message, fix)
}

/// The rows of a table that is read.
struct TableImport<'a, 'i> {
    text: &'a str,
    separator: u8,
    origin: &'a Text,
    headings: &'a [Text],
    builder: RowBuilder,
    import: &'a mut Import<'i>,
    /// How many hospitals it has had so far.
    found: usize,
}

impl TableImport<'_, '_> {
    /// Reads all rows, or those after the headings at the byte `start`.
    fn read(&mut self, mut rows: csv::Reader<&[u8]>, start: Option<usize>) -> Result<(), LoadError> {
        let mut row = StringRecord::new();
        let unreadable = |error: csv::Error| LoadError::unreadable(self.origin, error);
        self.skip_to_rows(&mut rows, start)?;
        let mut count = 0;
        while rows.read_record(&mut row).map_err(unreadable)? {
            let span = span(self.text, &rows, &row);
            self.check_size(&row, &span)?;
            self.row(&row, &span);
            count += 1;
            if count == FIRST_BATCH || count % BATCH == 0 {
                self.import.report_progress(rows.position().byte(), self.text.len())?;
            }
            if count == FIRST_BATCH {
                self.builder.take_new_marks();
            }
        }
        if count > FIRST_BATCH && self.builder.take_new_marks() {
            // Details that the observer has read meanwhile may lack these marks.
            self.import.builder.forget_read_details();
        }
        Ok(())
    }

    /// Reads the headings at the byte `start`, and all above them.
    fn skip_to_rows(&self, rows: &mut csv::Reader<&[u8]>, start: Option<usize>) -> Result<(), LoadError> {
        let mut row = StringRecord::new();
        let Some(start) = start else { return Ok(()) };
        while rows.read_record(&mut row).map_err(|error| LoadError::unreadable(self.origin, error))? {
            if span(self.text, rows, &row).at.start >= start {
                break;
            }
        }
        Ok(())
    }

    /// Collects the decimal marks of all rows, so that every cell is judged by all others.
    fn collect_marks(&mut self, mut rows: csv::Reader<&[u8]>, start: Option<usize>) -> Result<(), LoadError> {
        let mut row = StringRecord::new();
        self.skip_to_rows(&mut rows, start)?;
        while rows.read_record(&mut row).map_err(|error| LoadError::unreadable(self.origin, error))? {
            self.builder.collect_marks(|at| row.get(at).unwrap_or_default());
        }
        Ok(())
    }

    /// Stops at a row without end, or with an unclosed quote.
    fn check_size(&self, row: &StringRecord, span: &RowSpan) -> Result<(), LoadError> {
        if row.as_slice().len() > MAX_ROW {
            return Err(too_long(self.text, span.line, self.origin));
        }
        if span.lines() > MAX_LINES || is_cut_off(self.text, span, self.separator) {
            return Err(unclosed_quote(self.text, self.origin, span));
        }
        Ok(())
    }

    fn row(&mut self, row: &StringRecord, span: &RowSpan) {
        let is_empty_from = |from: usize| row.iter().skip(from).all(|cell| cell.trim().is_empty());
        let (count, headings) = (row.len(), self.headings.len());
        if span.lines() > 1 && has_stray_quote(&self.text[span.at.clone()], self.separator) {
            return self.reject(row, span, &RowError::StrayQuote);
        }
        if count < headings || (count > headings && !is_empty_from(headings)) {
            // A line of empty cells is nothing.
            if !is_empty_from(0) {
                self.reject(row, span, &RowError::CellCount(count));
            }
            return;
        }
        if row.iter().zip(self.headings).all(|(cell, heading)| text::clean(cell) == **heading) {
            return self.reject(row, span, &RowError::RepeatedHeadings);
        }
        let Some(built) = self.builder.hospital(|at| row.get(at).unwrap_or_default()) else {
            return self.reject(row, span, &RowError::NoName);
        };
        self.remark(built.duplicate_id.as_ref(), &built.hospital.id, span);
        self.import.builder.push(built.hospital);
        self.found += 1;
    }

    fn reject(&mut self, row: &StringRecord, span: &RowSpan, error: &RowError) {
        let (message, fix) = error.words(self.headings.len(), span);
        let Some(dataset) = self.import.dataset() else { return };
        if !matches!(error, RowError::RepeatedHeadings) {
            let row = RejectedRow {
                cells: row,
                text: &self.text[span.at.clone()],
                separator: self.separator,
                headings: self.headings.len(),
                has_stray_quote: matches!(error, RowError::StrayQuote),
            };
            row.note(&self.builder, &mut dataset.rejected_ids);
        }
        dataset.rejected.push_with(|| diagnostic(self.text, self.origin, span, ("", &message, fix)));
    }

    /// Remarks on what is odd with a row that was read all the same.
    fn remark(&mut self, duplicate_id: Option<&Text>, id: &Text, span: &RowSpan) {
        let is_strict = self.import.options.is_strict;
        if duplicate_id.is_none() && !is_strict {
            return;
        }
        let Some(dataset) = self.import.dataset() else { return };
        let mut remark = |problem: (&str, &str, &str)| {
            dataset.remarks.push_with(|| diagnostic(self.text, self.origin, span, problem));
        };
        if let Some(duplicate) = duplicate_id {
            let message = format!("duplicate id `{duplicate}`: an earlier line has it; this hospital is called `{id}`");
            remark(("id", &message, "give each hospital an id of its own"));
        }
        if is_strict && has_stray_quote(&self.text[span.at.clone()], self.separator) {
            remark(("", "a quote within a quoted cell", "write a quote within a cell twice"));
        }
        if is_strict {
            for (heading, cell, what) in self.builder.reader().unreadable(self.builder.kept()) {
                let message = format!("`{cell}` is {what}; it is kept as text");
                remark((heading, &message, "correct it, or name it in the profile's `missing`"));
            }
        }
    }

    /// Why there is no hospital at all.
    fn nothing(&mut self) -> LoadError {
        let rejected = self.import.dataset().map(|dataset| std::mem::take(&mut dataset.rejected)).unwrap_or_default();
        if rejected.first.is_empty() {
            return LoadError::unreadable(self.origin, Unreadable::NoRows);
        }
        LoadError::Invalid(rejected.first)
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
            Self::NoName => ("no name".to_owned(), "give the hospital a name, or name its column in a profile"),
        }
    }
}

/// The span of the row that was read last.
fn span(text: &str, rows: &csv::Reader<&[u8]>, row: &StringRecord) -> RowSpan {
    let (line, start) = row.position().map_or((1, 0), |position| (position.line(), position.byte()));
    let at = |byte: u64| usize::try_from(byte).unwrap_or(text.len());
    RowSpan::of(text, line, at(start)..at(rows.position().byte()))
}

/// Whether the file ends within the quotes of a row.
fn is_cut_off(text: &str, span: &RowSpan, separator: u8) -> bool {
    let is_last = text[span.at.end..].trim_end_matches(['\n', '\r']).is_empty();
    is_last && separator != UNIT && has_unclosed_quote(&text[span.at.clone()], separator)
}

fn unclosed_quote(text: &str, origin: &Text, span: &RowSpan) -> LoadError {
    let message = "a quote opens here and is not closed; all that follows is taken for one cell";
    let fix = "close it, or write a quote within a cell twice; is the file whole?";
    LoadError::Invalid(vec![diagnostic(text, origin, span, ("", message, fix))])
}

fn too_long(text: &str, line: u64, origin: &Text) -> LoadError {
    let reason =
        if text.trim().is_empty() { Unreadable::Blank } else { Unreadable::LongLine { line, most: MAX_ROW >> 10 } };
    LoadError::unreadable(origin, reason)
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use crate::catalog::{Catalog, CatalogBuilder, Observed, Quantity};
    use crate::formats::import::Options;
    use crate::formats::load::load_bytes;
    use crate::formats::progress::{Progress, ProgressObserver};

    use super::*;

    fn numbers(catalog: &Catalog) -> Vec<Option<f64>> {
        let first = |figures: &[crate::catalog::Figure]| match figures.first()?.value {
            Observed::Stated(Quantity::Exact(n)) => Some(n),
            _ => None,
        };
        catalog.hospitals().map(|(_, hospital)| first(&hospital.details.figures)).collect()
    }

    #[test]
    fn an_ambiguous_number_is_told_by_the_other_cells() {
        for (text, read) in [
            ("name;beds\nA;12,345\nB;12,5\n", [Some(12.345), Some(12.5)]),
            ("name;beds\nA;1.200\nB;12,5\n", [Some(1200.0), Some(12.5)]),
            ("name;beds\nA;1.200\nB;12.5\n", [Some(1.2), Some(12.5)]),
            ("name;beds\nA;1.200\nB;1.234.567\n", [Some(1200.0), Some(1_234_567.0)]),
            ("name;beds\nA;1.200\nB;7\n", [None, Some(7.0)]),
            ("name;beds\nA;12,345\nB;7\n", [None, Some(7.0)]),
            ("name\tbeds\nA\t12,345\nB\t>1,234,567\n", [Some(12_345.0), None]),
            // Another column of the file tells, such as that of coordinates.
            ("name;beds;lat;lon\nA;1.200;52,52;13,4\nB;7;52,1;13,1\n", [Some(1200.0), Some(7.0)]),
            // In a comma-separated file a comma is no decimal mark, unless a number shows it.
            ("name,beds\nA,\"1,925\"\nB,1.200\n", [Some(1925.0), None]),
            ("name,beds\nA,\"1,925\"\nB,\"12,5\"\n", [Some(1.925), Some(12.5)]),
            // Cells that contradict each other tell nothing.
            ("name;beds\nA;1.200\nB;12,5\nC;12.5\n", [None, Some(12.5)]),
        ] {
            for is_strict in [false, true] {
                let options = Options { is_strict, ..Options::default() };
                let catalog = load_bytes("t.csv", text.as_bytes(), &options).unwrap();
                assert_eq!(numbers(&catalog)[..2], read, "{text}");
            }
        }
    }

    /// Reads the details of all hospitals as soon as they are shown.
    struct Reader;

    impl ProgressObserver for Reader {
        fn on_progress(&mut self, _: &Progress) -> ControlFlow<()> {
            ControlFlow::Continue(())
        }

        fn on_catalog(&mut self, so_far: &Catalog) {
            numbers(so_far);
        }
    }

    #[test]
    fn a_cell_that_tells_late_counts_for_what_was_shown_early() {
        let rows = "Early;1.200\n".repeat(2 * FIRST_BATCH);
        let text = format!("name;beds\n{rows}Last;12,5\n");
        let (options, mut builder) = (Options::default(), CatalogBuilder::default());
        let mut import = Import {
            origin: "t.csv".into(),
            stem: "t".into(),
            options: &options,
            observer: &mut Reader,
            builder: &mut builder,
        };
        read(&text, &mut import, Dataset::default()).unwrap();
        assert_eq!(numbers(builder.catalog())[0], Some(1200.0));
    }
}
