//! CSV and the like: rows of cells, separated by commas, semicolons, tabs, bars or `¬`.

use std::ops::ControlFlow;
use std::sync::Arc;

use csv::StringRecord;

use crate::catalog::Dataset;
use crate::diagnostic::Diagnostic;
use crate::formats::error::{LoadError, Unreadable};
use crate::formats::import::{Import, Options};
use crate::formats::in_order::in_order;
use crate::formats::limits::{MAX_COLUMNS, MAX_ROW};
use crate::formats::profile::builtin::{self, ProfileMatch};
use crate::formats::profile::dataset;
use crate::formats::profile::definition::{Profile, positions};
use crate::formats::profile::grouped;
use crate::formats::profile::headings::Headings;
use crate::formats::profile::id_column::IdColumns;
use crate::formats::profile::missing_texts::MissingTexts;
use crate::formats::profile::plan::Plan;
use crate::formats::profile::row_import::{DuplicateId, RowImport};
use crate::formats::profile::sample::Sample;
use crate::formats::table::batches::{RowBatch, RowBatches};
use crate::formats::table::row::TableRow;
use crate::formats::table::row_parser::{RowParser, diagnostic, is_cut_off, too_long, unclosed_quote};
use crate::formats::table::row_span::{RowSpan, has_stray_quote};
use crate::formats::table::start::{Table, reader};
use crate::text::Text;

/// The headings of a table, and where its rows begin.
pub(crate) struct TableHead {
    /// The headings.
    pub(crate) headings: Vec<Text>,
    /// The tags that stand in a row below them, as `#geo+lat`; none where there is no such row.
    pub(crate) tags: Vec<Text>,
    /// The byte behind them.
    end: usize,
    /// The line of that byte, from 1.
    line: u64,
}

/// The headings of a table.
///
/// # Errors
///
/// When it has none.
pub(crate) fn head(table: &Table, origin: &Text) -> Result<TableHead, LoadError> {
    let Some(start) = table.start else { return Ok(TableHead::of_names()) };
    let (text, separator) = (&*table.text, table.separator);
    let mut rows = table.reader();
    let mut row = StringRecord::new();
    let mut read = |rows: &mut csv::Reader<&[u8]>| {
        let is_there = rows.read_record(&mut row).map_err(|error| LoadError::unreadable(origin, error))?;
        if !is_there || row.as_slice().len() > MAX_ROW || text.trim_start().is_empty() {
            return Err(too_long(text, 1, origin));
        }
        let line = row.position().map_or(1, csv::Position::line);
        let start = row.position().map_or(0, csv::Position::byte);
        Ok(RowSpan::of(text, line, bytes(start)..bytes(rows.position().byte())))
    };
    let mut found = read(&mut rows)?;
    while found.at.start < start {
        found = read(&mut rows)?;
    }
    if !table.has_headings {
        let (end, line) = (found.at.start, found.line);
        return Ok(TableHead { headings: positions(row.len()), tags: Vec::new(), end, line });
    }
    if is_cut_off(text, &found, separator) || (found.lines() > 1 && has_stray_quote(&text[found.at.clone()], separator))
    {
        return Err(unclosed_quote(text, origin, &found));
    }
    if row.len() > MAX_COLUMNS {
        let reason = Unreadable::TooManyColumns { line: found.line, count: row.len(), most: MAX_COLUMNS };
        return Err(LoadError::unreadable(origin, reason));
    }
    let end = (bytes(rows.position().byte()), rows.position().line());
    head_of(text, &row, end, separator).map_err(|reason| LoadError::unreadable(origin, reason))
}

/// The head of a table whose line of headings is `row`, which ends at that byte and line; tags may stand below it.
fn head_of(text: &str, row: &StringRecord, end: (usize, u64), separator: u8) -> Result<TableHead, Unreadable> {
    let headings: Vec<Text> = row.iter().map(heading).collect();
    let mut head = TableHead { headings, tags: Vec::new(), end: end.0, line: end.1 };
    let next = first_rows(&text[head.end..], separator);
    if next.iter().chain([row]).any(|row| row.iter().any(is_price)) {
        return Err(Unreadable::PriceList);
    }
    let tags: Vec<Text> = next.first().map_or_else(Vec::new, |row| row.iter().map(Text::clean).collect());
    if are_tags(&tags) {
        let line = text[head.end..].find('\n').map_or(text.len(), |line| head.end + line + 1);
        head = TableHead { tags, end: line, line: head.line + 1, ..head };
    }
    Ok(head)
}

/// The first two rows of a text.
fn first_rows(text: &str, separator: u8) -> Vec<StringRecord> {
    reader(start_of(text), separator).records().take(2).map_while(Result::ok).collect()
}

/// The start of a text: as much of it as is looked at before it is read.
fn start_of(text: &str) -> &str {
    const MOST: usize = 1 << 21;
    let mut end = text.len().min(MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

impl TableHead {
    /// Of a plain list of names.
    fn of_names() -> Self {
        Self { headings: vec!["name".into()], tags: Vec::new(), end: 0, line: 1 }
    }

    /// Whether the line is one of data: what would be the heading of the names stands below it, too, and other cells of the
    /// line are numbers.
    fn is_data(&self, fit: &ProfileMatch, sample: &Sample) -> bool {
        let names = fit.names();
        let repeats = |at: &usize| sample.column(*at).any(|cell| *cell == *self.headings[*at]);
        let is_number = |heading: &Text| heading.len() > 1 && heading.bytes().all(|byte| byte.is_ascii_digit());
        names.iter().any(repeats) && self.headings.iter().any(is_number)
    }

    /// Whether the line, which names nothing, is like those below it: several of its cells are numbers, or stand there again.
    fn is_like_others(&self, sample: &Sample) -> bool {
        const FEWEST: usize = 2;
        let is_number = |cell: &Text| cell.len() > 1 && cell.bytes().all(|byte| byte.is_ascii_digit());
        let is_again = |at: usize, cell: &Text| sample.column(at).any(|other| *other == **cell);
        let filled = self.headings.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        filled.filter(|(at, cell)| is_number(cell) || is_again(*at, cell)).count() >= FEWEST
    }

    /// The headings, each also under its tag.
    pub(crate) fn tagged(&self) -> Headings {
        Headings::new(self.headings.clone()).with_tags(&self.tags)
    }
}

/// A heading. Some programs write the time of the export before the first one, which then stands in quotes within the cell.
fn heading(cell: &str) -> Text {
    let quoted =
        cell.split_once('"').and_then(|(_, rest)| rest.strip_suffix('"')).filter(|quoted| !quoted.contains('"'));
    Text::clean(quoted.unwrap_or(cell))
}

/// Whether a row is one of the tags of the Humanitarian Exchange Language, `#loc+name`.
fn are_tags(row: &[Text]) -> bool {
    const FEWEST: usize = 2;
    let is_tag =
        |cell: &&Text| cell.strip_prefix('#').is_some_and(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()));
    let filled = row.iter().filter(|cell| !cell.is_empty()).count();
    let tags = row.iter().filter(is_tag).count();
    tags >= FEWEST && tags * 2 > filled
}

/// Whether a heading is one of the price lists that US hospitals publish.
fn is_price(heading: &str) -> bool {
    heading.trim_start().strip_prefix("standard_charge").is_some_and(|rest| rest.trim_start().starts_with('|'))
}

fn bytes(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

/// Reads a table into the catalog that is built.
///
/// # Errors
///
/// When nothing can be understood of it, or a quote is unclosed; single rows are rejected.
pub(crate) fn read(table: &Table, import: &mut Import, mut about: Dataset) -> Result<(), LoadError> {
    let origin = about.origin.clone();
    let (TableHead { headings, end, line, .. }, plan) = planned(table, import.options, &origin)?;
    if table.start.is_none() {
        about.notes.push("there are no headings: every line is read as a name".into());
    }
    let batches = || RowBatches::new(&table.text, table.separator, end, line);
    let format = Arc::new(TableRow { separator: table.separator });
    let reader = dataset::begin(plan, format, import, &mut about, None)?;
    let is_strict = import.options.is_strict;
    let parser = RowParser { table, origin: &origin, headings: &headings, reader, is_strict };
    if is_strict && parser.reader.has_numbers() {
        // Every cell is judged by all others.
        let _ = in_order(batches(), |batch| parser.collect_marks(&batch), |()| ControlFlow::<()>::Continue(()));
    }
    let duplicate = |duplicate: DuplicateId| duplicate_id(&table.text, &origin, &duplicate);
    let mut rows = RowImport::new(import, &table.text, &duplicate);
    let read = in_order(
        batches(),
        |batch| parser.parse(&batch),
        |parsed| match parsed.and_then(|parsed| rows.add(parsed)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        },
    );
    match read {
        ControlFlow::Break(error) => Err(error),
        ControlFlow::Continue(()) if grouped::import::finish(rows, &table.text, &parser.reader)? => Ok(()),
        ControlFlow::Continue(()) => Err(nothing(import, &origin)),
    }
}

/// The headings of a table, and what its columns are.
fn planned(table: &Table, options: &Options, origin: &Text) -> Result<(TableHead, Plan), LoadError> {
    let (head, sample) = look(table, origin)?;
    let fit =
        fit(&head, options.profile.as_deref(), &sample).map_err(|reason| LoadError::unreadable(origin, reason))?;
    let mut plan = Plan::new(fit, table.separator == b',', &sample);
    if let Some(columns) = plan.doubtful_ids() {
        let batches = RowBatches::new(&table.text, table.separator, head.end, head.line);
        plan.take_id(id_column(table, columns, &plan.missing, batches).map(|at| columns[at]));
    }
    Ok((head, plan))
}

/// The profile by which a table is read.
///
/// # Errors
///
/// When no column holds names, or there is no line of headings.
pub(crate) fn fit(head: &TableHead, given: Option<&Profile>, sample: &Sample) -> Result<ProfileMatch, Unreadable> {
    match builtin::choose(head.tagged(), given, sample) {
        Ok(fit) if !fit.is_known && !fit.is_given && head.is_data(&fit, sample) => Err(Unreadable::NoHeadingLine),
        Err(_) if given.is_none() && head.is_like_others(sample) => Err(Unreadable::NoHeadingLine),
        chosen => Ok(chosen?),
    }
}

/// The headings of a table, and some of its rows.
///
/// # Errors
///
/// As [`head`].
pub(crate) fn look(table: &Table, origin: &Text) -> Result<(TableHead, Sample), LoadError> {
    let head = head(table, origin)?;
    let sample = sample(table, head.end, head.headings.len());
    Ok((head, sample))
}

/// Some of the rows behind the headings, which end at that byte: the first ones, and some near the end of the file.
fn sample(table: &Table, start: usize, columns: usize) -> Sample {
    const TAIL: usize = 1 << 16;
    let mut sample = Sample::default();
    let text = &table.text[start..];
    let mut add = |text: &str| {
        let mut rows = reader(text, table.separator);
        let mut row = StringRecord::new();
        let mut left = Sample::size(columns);
        while left > 0 && rows.read_record(&mut row).is_ok_and(|is_there| is_there) {
            // A row that begins in the middle of another has another number of cells, as a rule.
            if (row.len() >= columns || table.has_short_rows) && row.as_slice().len() <= MAX_ROW {
                sample.push(row.iter());
            }
            left -= 1;
        }
    };
    add(start_of(text));
    let tail = text.len().saturating_sub(TAIL);
    if tail > TAIL
        && let Some(line) = memchr::memchr(b'\n', &text.as_bytes()[tail..])
    {
        add(&text[tail + line + 1..]);
    }
    sample
}

/// The position of the column with the ids among `columns`.
fn id_column(table: &Table, columns: &[usize], missing: &MissingTexts, batches: RowBatches) -> Option<usize> {
    let read = |batch: RowBatch| {
        let mut found = IdColumns::default();
        let mut rows = reader(&table.text[batch.bytes], table.separator);
        let mut row = StringRecord::new();
        while rows.read_record(&mut row).is_ok_and(|is_there| is_there) {
            found.push(columns.iter().map(|at| row.get(*at).unwrap_or_default()), missing);
        }
        found
    };
    let mut all = IdColumns::default();
    let _ = in_order(batches, read, |part| {
        all.append(part);
        ControlFlow::<()>::Continue(())
    });
    all.best()
}

fn duplicate_id(text: &str, origin: &Text, duplicate: &DuplicateId) -> Diagnostic {
    let DuplicateId { row, line, given, id } = duplicate;
    let span = RowSpan::of(text, *line as u64, row.clone());
    let message = format!("duplicate id `{given}`: an earlier line has it; this hospital is called `{id}`");
    diagnostic(text, origin, &span, ("id", &message, "give each hospital an id of its own"))
}

/// Why there is no hospital at all.
fn nothing(import: &mut Import, origin: &Text) -> LoadError {
    let rejected = import.dataset().map(|dataset| std::mem::take(&mut dataset.rejected)).unwrap_or_default();
    if rejected.first.is_empty() {
        return LoadError::unreadable(origin, Unreadable::NoRows);
    }
    LoadError::Invalid(rejected.first)
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;
    use std::sync::Arc;

    use crate::catalog::{Catalog, CatalogBuilder, Observed, Quantity};
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
        let rows = "Early;1.200\n".repeat(2 * 512);
        let text = format!("name;beds\n{rows}Last;12,5\n");
        let (options, mut builder) = (Options::default(), CatalogBuilder::default());
        let mut import = Import {
            origin: "t.csv".into(),
            stem: "t".into(),
            options: &options,
            observer: &mut Reader,
            builder: &mut builder,
        };
        read(&Table::find(Arc::new(text), None), &mut import, Dataset::default()).unwrap();
        assert_eq!(numbers(builder.catalog())[0], Some(1200.0));
    }
}
