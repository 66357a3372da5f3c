//! CSV and its kin: rows of cells, parted by commas, semicolons, tabs, bars or `¬`.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::aside;
use super::headings::Headings;
use super::input::LoadError;
use super::plan::Plan;
use super::row::{MAX_COLUMNS, Maker, RowReader};
use super::stand::{Stand, is_open, is_torn};
use super::{Reading, profiles, source_id};
use crate::catalog::check::Spot;
use crate::catalog::{CatalogFile, Dataset, Period, Problem, Source};
use crate::text::{self, Text};

/// What may part cells; of those equally frequent in the headings the first.
const PARTS: [char; 5] = [',', ';', '\t', '|', '¬'];

/// Longest row, in bytes: far above any, so that a file without line ends is not taken for one.
const MAX_ROW: usize = 1 << 20;

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
pub fn headings(text: &str, origin: &Text) -> Result<Vec<Text>, LoadError> {
    let (text, part) = prepared(text);
    let mut rows = reader(&text, part);
    let mut row = StringRecord::new();
    let is_there = rows.read_record(&mut row).map_err(|error| LoadError::unreadable(origin, error.to_string()))?;
    if !is_there || row.as_slice().len() > MAX_ROW || text.trim_start().is_empty() {
        return Err(too_long(&text, 1, origin));
    }
    let stand = stand(&text, &rows, &row);
    if is_cut(&text, &stand, part) || (stand.lines() > 1 && is_torn(&text[stand.at.clone()], part)) {
        return Err(open_quote(&text, origin, &stand));
    }
    if row.len() > MAX_COLUMNS {
        let reason = format!("line 1 has {} columns, of {MAX_COLUMNS} at most; is it a table?", row.len());
        return Err(LoadError::unreadable(origin, reason));
    }
    Ok(row.iter().map(Text::clean).collect())
}

/// The text with a sign of one byte between cells, and that sign.
fn prepared(text: &str) -> (Cow<'_, str>, u8) {
    match part(text) {
        '¬' => (Cow::Owned(text.replace('¬', "\u{1f}")), 0x1f),
        // Lines of old Macintosh files end in CR alone; counted as lines, they can be pointed at.
        part if memchr::memchr(b'\n', text.as_bytes()).is_none() && text.contains('\r') => {
            (Cow::Owned(text.replace('\r', "\n")), u8::try_from(part).unwrap_or(b','))
        }
        part => (Cow::Borrowed(text), u8::try_from(part).unwrap_or(b',')),
    }
}

/// What parts the cells of the first line, outside quotes.
fn part(text: &str) -> char {
    let (mut counts, mut quoted) = ([0; PARTS.len()], false);
    for c in text.chars().take(MAX_ROW).skip_while(|c| matches!(c, '\n' | '\r')) {
        match c {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => break,
            c if !quoted => {
                if let Some(at) = PARTS.iter().position(|part| *part == c) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    PARTS.into_iter().zip(counts).find(|(_, count)| *count == most).map_or(',', |(part, _)| part)
}

fn reader(text: &str, part: u8) -> csv::Reader<&[u8]> {
    // Rows of another length are told apart here, with a better word for each.
    let mut builder = ReaderBuilder::new();
    builder.delimiter(part).has_headers(false).flexible(true).buffer_capacity(1 << 16);
    builder.quoting(part != 0x1f).from_reader(text.as_bytes())
}

/// Reads a table into the catalog that is gathered.
///
/// # Errors
///
/// When nothing can be understood of it, or a quote is left open; single rows are set aside.
pub fn read(text: &str, reading: &mut Reading, mut dataset: Dataset) -> Result<(), LoadError> {
    let origin = dataset.origin.clone();
    let headings = headings(text, &origin)?;
    let unreadable = |reason: String| LoadError::unreadable(&origin, reason);
    let fit =
        profiles::choose(Headings::new(headings.clone()), reading.options.profile.as_deref()).map_err(unreadable)?;
    let maker = begin(Plan::new(fit), reading, &mut dataset, None).map_err(LoadError::Clash)?;
    let (text, part) = prepared(text);
    let mut rows = Rows { text: &text, part, origin: &origin, headings: &headings, maker, reading, found: 0 };
    rows.read(reader(&text, part))?;
    if rows.found == 0 { Err(rows.nothing()) } else { Ok(()) }
}

/// What is wrong with a row: where, in which column, what and the cure.
fn problem(text: &str, origin: &Text, stand: &Stand, (path, message, cure): (&str, &str, &str)) -> Problem {
    let first = text[stand.at.clone()].find(['\n', '\r']).unwrap_or(stand.at.len());
    let at = stand.at.start..stand.at.start + first;
    let spot = Spot { text, line: usize::try_from(stand.line).unwrap_or(1), at };
    Problem::new(origin, &spot, path, message, cure)
}

/// Begins the dataset of a plan, whose rows the maker then makes hospitals of. The vintage is what the file states, else
/// the year in its name, else what its headings tell.
pub fn begin(
    plan: Plan,
    reading: &mut Reading,
    dataset: &mut Dataset,
    stated: Option<Period>,
) -> Result<Maker, crate::catalog::Clash> {
    let profile = plan.profile.clone();
    let stem = reading.stem.clone();
    let (edition, told_by) = match (stated, year(&stem), plan.edition.clone()) {
        (Some(stated), ..) => (Some(stated), "by the file itself"),
        (_, Some(year), _) => (Some(year), "by the file's name"),
        (.., Some(edition)) => (Some(edition), "by its columns"),
        _ => (None, ""),
    };
    let vintage = edition.as_ref().map(|edition| format!("Vintage: {edition}, {told_by}."));
    let note =
        [profile.note.as_ref().map(Text::to_string), vintage].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let is_known = !profile.matches.is_empty();
    let title = if is_known { profile.title.clone() } else { stem.clone() };
    let source = Source {
        id: source_id(reading.gathering.catalog(), &stem),
        title: title.clone(),
        publisher: profile.publisher.clone(),
        published: None,
        address: profile.address.clone(),
        language: profile.language.clone(),
        note: (!note.is_empty()).then(|| Text::clean(&note)),
    };
    let title = edition
        .as_ref()
        .filter(|_| is_known)
        .map_or_else(|| title.to_string(), |edition| format!("{title}, {edition}"));
    let id = source.id.clone();
    let file = CatalogFile {
        title: Text::clean(&title),
        ids: profile.ids.clone(),
        sources: vec![source],
        families: profile.families.clone(),
        measures: profile.measures.clone(),
        ..CatalogFile::default()
    };
    reading.gathering.begin(file, std::mem::take(dataset))?;
    Ok(Maker::new(RowReader::new(plan, id, edition)))
}

/// A year that stands alone in a file's name.
fn year(stem: &str) -> Option<Period> {
    let numbers = stem.split(|c: char| !c.is_ascii_digit());
    let mut years = numbers.filter(|number| number.len() == 4 && ("1950".."2100").contains(number));
    match (years.next(), years.next()) {
        (Some(year), None) => Period::edition(year),
        _ => None,
    }
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
    fn read(&mut self, mut rows: csv::Reader<&[u8]>) -> Result<(), LoadError> {
        let mut row = StringRecord::new();
        let unreadable =
            |error: &csv::Error| LoadError::unreadable(self.origin, Text::clean(&error.to_string()).to_string());
        rows.read_record(&mut row).map_err(|error| unreadable(&error))?;
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
    is_last && part != 0x1f && is_open(&text[stand.at.clone()], reader, part)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_between_cells_is_found_in_the_headings() {
        for (headings, sign) in [
            ("id,name,city", ','),
            ("id;name;\"a,b,c,d\"", ';'),
            ("id\tname", '\t'),
            ("id|name|x,y", '|'),
            ("OrganisationID¬OrganisationName", '¬'),
            ("\nid;name;city\n1,2,3,4,5,6,7", ';'),
            ("name", ','),
        ] {
            assert_eq!(part(headings), sign, "{headings}");
        }
    }

    #[test]
    fn a_year_in_the_file_name_tells_the_vintage() {
        for (stem, shown) in [
            ("cms-2017-provider", Some("edition 2017")),
            ("hospitals_02_2025", Some("edition 2025")),
            ("africa-98k", None),
            ("2016-2019", None),
            ("id20171", None),
        ] {
            assert_eq!(year(stem).map(|year| year.to_string()).as_deref(), shown, "{stem}");
        }
    }
}
