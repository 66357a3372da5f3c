//! CSV and its kin: rows of cells, parted by commas, semicolons, tabs, bars or `¬`.

use csv::StringRecord;

use super::aside;
use super::headings::Headings;
use super::input::LoadError;
use super::plan::Plan;
use super::row::{MAX_COLUMNS, Maker};
use super::stand::{Stand, is_open, is_torn};
use super::start::{MAX_ROW, Table, UNIT, reader};
use super::{Reading, dataset, profiles};
use crate::catalog::problem::Spot;
use crate::catalog::{Dataset, Problem};
use crate::text::{self, Text};

/// Most lines that a row in quotes may run over before the quote is taken to be left open.
const MAX_LINES: u64 = 200;

/// Rows between two looks.
const LOOK: usize = 4_096;

/// Rows until the first look, so that a list is there at once.
const FIRST_LOOK: usize = 512;

/// Takes what is wrong with a row.
enum Wrong {
    Torn,
    Fields(usize),
    HeadingsAgain,
    NoName,
}

/// The headings of a table.
///
/// # Errors
///
/// When it has none.
pub fn headings(table: &Table, origin: &Text) -> Result<Vec<Text>, LoadError> {
    let Some(start) = table.start else { return Ok(vec!["name".into()]) };
    let (text, part) = (&*table.text, table.part);
    let mut rows = table.reader();
    let mut row = StringRecord::new();
    let mut read = |rows: &mut csv::Reader<&[u8]>| {
        let is_there = rows.read_record(&mut row).map_err(|error| LoadError::unreadable(origin, error.to_string()))?;
        if !is_there || row.as_slice().len() > MAX_ROW || text.trim_start().is_empty() {
            return Err(too_long(text, 1, origin));
        }
        Ok(stand(text, rows, &row))
    };
    let mut found = read(&mut rows)?;
    while found.at.start < start {
        found = read(&mut rows)?;
    }
    if is_cut(text, &found, part) || (found.lines() > 1 && is_torn(&text[found.at.clone()], part)) {
        return Err(open_quote(text, origin, &found));
    }
    if row.len() > MAX_COLUMNS {
        let reason = format!("line {} has {} columns, of {MAX_COLUMNS} at most; is it a table?", found.line, row.len());
        return Err(LoadError::unreadable(origin, reason));
    }
    Ok(row.iter().map(Text::clean).collect())
}

/// Reads a table into the catalog that is gathered.
///
/// # Errors
///
/// When nothing can be understood of it, or a quote is left open; single rows are set aside.
pub fn read(text: &str, reading: &mut Reading, mut about: Dataset) -> Result<(), LoadError> {
    let origin = about.origin.clone();
    let given = reading.options.profile.as_deref();
    let table = Table::find(text, given);
    let headings = headings(&table, &origin)?;
    let unreadable = |reason: String| LoadError::unreadable(&origin, reason);
    let fit = profiles::choose(Headings::new(headings.clone()), given).map_err(unreadable)?;
    if table.start.is_none() {
        about.notes.push("there are no headings: every line is read as a name".into());
    }
    let maker = dataset::begin(Plan::new(fit), reading, &mut about, None).map_err(LoadError::Clash)?;
    let Table { text, part, start } = &table;
    let mut rows = Rows { text, part: *part, origin: &origin, headings: &headings, maker, reading, found: 0 };
    rows.read(table.reader(), *start)?;
    if rows.found == 0 { Err(rows.nothing()) } else { Ok(()) }
}

/// What is wrong with a row: where, in which column, what and the cure.
fn problem(text: &str, origin: &Text, stand: &Stand, (path, message, cure): (&str, &str, &str)) -> Problem {
    let first = text[stand.at.clone()].find(['\n', '\r']).unwrap_or(stand.at.len());
    let at = stand.at.start..stand.at.start + first;
    let spot = Spot { text, line: usize::try_from(stand.line).unwrap_or(1), at };
    Problem::new(origin, &spot, path, message, cure)
}

/// The rows of a table.
struct Rows<'a, 'r> {
    text: &'a str,
    /// What parts its cells.
    part: u8,
    origin: &'a Text,
    headings: &'a [Text],
    maker: Maker,
    reading: &'a mut Reading<'r>,
    /// How many hospitals it has had so far.
    found: usize,
}

impl Rows<'_, '_> {
    /// Reads all rows, or those after the headings that stand at the byte `start`.
    fn read(&mut self, mut rows: csv::Reader<&[u8]>, start: Option<usize>) -> Result<(), LoadError> {
        let mut row = StringRecord::new();
        let unreadable =
            |error: &csv::Error| LoadError::unreadable(self.origin, Text::clean(&error.to_string()).to_string());
        let is_above = |stand: &Stand| start.is_some_and(|start| stand.at.start < start);
        while start.is_some() && rows.read_record(&mut row).map_err(|error| unreadable(&error))? {
            if !is_above(&stand(self.text, &rows, &row)) {
                break;
            }
        }
        let mut count = 0;
        while rows.read_record(&mut row).map_err(|error| unreadable(&error))? {
            let stand = stand(self.text, &rows, &row);
            self.check_size(&row, &stand)?;
            self.row(&row, &stand);
            count += 1;
            if count == FIRST_LOOK || count % LOOK == 0 {
                self.reading.tell(self.origin, rows.position().byte(), self.text.len())?;
            }
        }
        Ok(())
    }

    /// Stops at a row that is none: one without end, or with a quote that is left open.
    fn check_size(&self, row: &StringRecord, stand: &Stand) -> Result<(), LoadError> {
        if row.as_slice().len() > MAX_ROW {
            return Err(too_long(self.text, stand.line, self.origin));
        }
        if stand.lines() > MAX_LINES || is_cut(self.text, stand, self.part) {
            return Err(open_quote(self.text, self.origin, stand));
        }
        Ok(())
    }

    fn row(&mut self, row: &StringRecord, stand: &Stand) {
        let extra_are_empty = || row.iter().skip(self.headings.len()).all(|cell| cell.trim().is_empty());
        let raw = &self.text[stand.at.clone()];
        let wrong = if stand.lines() > 1 && is_torn(raw, self.part) {
            Wrong::Torn
        } else if row.len() < self.headings.len() || (row.len() > self.headings.len() && !extra_are_empty()) {
            // A line of nothing is nothing.
            if row.iter().all(|cell| cell.trim().is_empty()) {
                return;
            }
            Wrong::Fields(row.len())
        } else if row.iter().zip(self.headings).all(|(cell, heading)| text::clean(cell) == **heading) {
            Wrong::HeadingsAgain
        } else {
            match self.maker.hospital(|at| row.get(at).unwrap_or_default()) {
                Some(made) => {
                    self.remark(made.doubled.as_ref(), &made.hospital.id, stand);
                    self.reading.gathering.push(made.hospital);
                    self.found += 1;
                    return;
                }
                None => Wrong::NoName,
            }
        };
        let (message, cure) = wrong.words(self.headings.len(), stand);
        if let Some(dataset) = self.reading.gathering.dataset() {
            if !matches!(wrong, Wrong::HeadingsAgain) {
                let row = aside::Row { cells: row, text: raw, part: self.part, headings: self.headings.len() };
                row.note(matches!(wrong, Wrong::Torn), &self.maker, reader, &mut dataset.unread);
            }
            dataset.aside.push_with(|| problem(self.text, self.origin, stand, ("", &message, cure)));
        }
    }

    /// Notes what is odd with a row that was read all the same.
    fn remark(&mut self, doubled: Option<&Text>, id: &Text, stand: &Stand) {
        let is_strict = self.reading.options.is_strict;
        if doubled.is_none() && !is_strict {
            return;
        }
        let Some(dataset) = self.reading.gathering.dataset() else { return };
        let mut note = |says: (&str, &str, &str)| {
            dataset.remarks.push_with(|| problem(self.text, self.origin, stand, says));
        };
        if let Some(doubled) = doubled {
            let message = format!("the id `{doubled}` stands on an earlier line too; here it is called `{id}`");
            note(("id", &message, "give each hospital an id of its own"));
        }
        if is_strict && is_torn(&self.text[stand.at.clone()], self.part) {
            note(("", "a quote stands within a quoted cell", "write a quote within a cell twice"));
        }
        if is_strict {
            for (heading, cell, what) in self.maker.reader().unreadable(self.maker.kept()) {
                let message = format!("`{cell}` is {what}; it is kept as text");
                note((heading, &message, "correct it, or name it in the profile's `missing`"));
            }
        }
    }

    /// Why there is no hospital at all.
    fn nothing(&mut self) -> LoadError {
        let aside =
            self.reading.gathering.dataset().map(|dataset| std::mem::take(&mut dataset.aside)).unwrap_or_default();
        if aside.first.is_empty() {
            let reason = "there are headings and no rows under them; fetch the file again, it may be cut off";
            return LoadError::unreadable(self.origin, reason);
        }
        LoadError::Problems(aside.first)
    }
}

impl Wrong {
    fn words(&self, headings: usize, stand: &Stand) -> (String, &'static str) {
        let Stand { line, last_line, .. } = stand;
        match self {
            Self::Torn => (
                format!("a quote makes lines {line} to {last_line} one row"),
                "close the quote where its cell ends; write a quote within a cell twice",
            ),
            Self::Fields(count) if last_line > line => (
                format!("{count} cells, and {headings} headings; the row runs from line {line} to {last_line}"),
                "is a quote left open? Close it where its cell ends",
            ),
            Self::Fields(count) => {
                let cells = if *count == 1 { "cell" } else { "cells" };
                (
                    format!("{count} {cells}, and {headings} headings"),
                    "quote a cell that holds the sign between cells; is the row whole?",
                )
            }
            Self::HeadingsAgain => ("the headings stand here again".to_owned(), "remove the line"),
            Self::NoName => ("no name".to_owned(), "give the hospital a name, or name its column in a profile"),
        }
    }
}

/// Where the row stands that was read last.
fn stand(text: &str, rows: &csv::Reader<&[u8]>, row: &StringRecord) -> Stand {
    let (line, start) = row.position().map_or((1, 0), |position| (position.line(), position.byte()));
    let at = |byte: u64| usize::try_from(byte).unwrap_or(text.len());
    Stand::of(text, line, at(start)..at(rows.position().byte()))
}

/// Whether the file ends within the quotes of a row.
fn is_cut(text: &str, stand: &Stand, part: u8) -> bool {
    let is_last = text[stand.at.end..].trim_end_matches(['\n', '\r']).is_empty();
    is_last && part != UNIT && is_open(&text[stand.at.clone()], reader, part)
}

fn open_quote(text: &str, origin: &Text, stand: &Stand) -> LoadError {
    let message = "a quote opens here and is not closed; all that follows is taken for one cell";
    let cure = "close it, or write a quote within a cell twice; is the file whole?";
    LoadError::Problems(vec![problem(text, origin, stand, ("", message, cure))])
}

fn too_long(text: &str, line: u64, origin: &Text) -> LoadError {
    let reason = if text.trim().is_empty() {
        "there is nothing but white space; a table starts with a line of headings".to_owned()
    } else {
        format!("line {line} is longer than {} KiB; a table has a line for each row", MAX_ROW >> 10)
    };
    LoadError::unreadable(origin, reason)
}
