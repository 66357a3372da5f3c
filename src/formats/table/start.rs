//! Where a table starts: what separates its cells, and on which line its headings stand.

use std::borrow::Cow;
use std::sync::Arc;

use csv::{Reader, ReaderBuilder};

use crate::formats::limits::MAX_ROW;
use crate::formats::profile::builtin;
use crate::formats::profile::definition::Profile;
use crate::formats::profile::headings::Headings;
use crate::formats::profile::sample::Sample;
use crate::text::Text;

/// What may separate cells; of those equally frequent in the headings the first.
const SEPARATORS: [char; 5] = [',', ';', '\t', '|', '¬'];

/// Separates the cells of a prepared text where the file's own separator is not one byte, or there is none.
pub(crate) const UNIT: u8 = 0x1f;

/// Most lines above the headings: a title, who made the table, an empty one.
const MAX_TITLES: usize = 10;

/// Lines of a list of names that are looked at, to know it for one.
const LOOKED_AT: usize = 200;

/// Longest name of a list, in bytes.
const MAX_NAME: usize = 400;

/// Fewest names of a list; two lines are an unknown heading and a row.
const FEWEST: usize = 3;

/// A table that can be read.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its text, with a separator of one byte.
    pub(crate) text: Arc<String>,
    /// That separator.
    pub(crate) separator: u8,
    /// The byte at which its headings stand; none of a plain list of names, a line each.
    pub(crate) start: Option<usize>,
    /// Whether rows end at their last cell that is not empty, as those of a sheet do.
    pub(crate) has_short_rows: bool,
    /// Whether the first line is one of headings; without them columns are called by their position.
    pub(crate) has_headings: bool,
}

impl Table {
    /// Finds where the table of `text` starts; `given` is the profile that a person gave.
    #[must_use]
    pub(crate) fn find(text: Arc<String>, given: Option<&Profile>) -> Self {
        let has_headings = !given.is_some_and(Profile::is_by_position);
        let (at, separator) = if has_headings { start(&text, given) } else { (0, separator_of(&text)) };
        if is_list(&text[at..], given) {
            return Self { text, separator: UNIT, start: None, has_short_rows: false, has_headings };
        }
        match u8::try_from(separator) {
            Ok(separator) if separator.is_ascii() => {
                // Lines of old Macintosh files end in CR alone; counted as lines, they can be pointed at.
                let is_old = memchr::memchr(b'\n', text.as_bytes()).is_none() && text.contains('\r');
                let text = if is_old { Arc::new(text.replace('\r', "\n")) } else { text };
                Self { text, separator, start: Some(at), has_short_rows: false, has_headings }
            }
            _ => {
                let separated = |text: &str| text.replace(separator, "\u{1f}");
                let start = Some(separated(&text[..at]).len());
                Self { start, text: Arc::new(separated(&text)), separator: UNIT, has_short_rows: false, has_headings }
            }
        }
    }

    /// The table of a sheet, whose lines have cells with [`UNIT`] between them, and headings at that byte.
    #[must_use]
    pub(crate) fn of_sheet(text: String, headings: usize, given: Option<&Profile>) -> Self {
        let has_headings = !given.is_some_and(Profile::is_by_position);
        Self { text: Arc::new(text), separator: UNIT, start: Some(headings), has_short_rows: true, has_headings }
    }

    /// Reads its rows, from the first line on.
    #[must_use]
    pub(crate) fn reader(&self) -> Reader<&[u8]> {
        reader(&self.text, self.separator)
    }
}

/// Reads rows whose cells are separated by `separator`.
#[must_use]
pub(crate) fn reader(text: &str, separator: u8) -> Reader<&[u8]> {
    // Rows of another length are reported by their reader, in better words.
    let mut builder = ReaderBuilder::new();
    builder.delimiter(separator).has_headers(false).flexible(true).buffer_capacity(1 << 16);
    builder.quoting(separator != UNIT).from_reader(text.as_bytes())
}

/// The byte at which the headings stand, and the separator of the cells.
fn start(text: &str, given: Option<&Profile>) -> (usize, char) {
    let separator = first_line(text).strip_prefix("sep=").map(|separator| separator.chars().next().unwrap_or('\t'));
    let at = match separator {
        // Excel writes `sep=;` above a table with another separator than the user's own.
        Some(separator) if SEPARATORS.contains(&separator) => next_line(text, 0).unwrap_or(0),
        _ => titles(text, given),
    };
    (at, separator_of(&text[at..]))
}

/// The end of the titles above the headings: lines that fill one cell at most, above one that fills several and names
/// hospitals. A first line that is a heading itself is no title.
fn titles(text: &str, given: Option<&Profile>) -> usize {
    let is_heading = |cells: Vec<Text>| builtin::choose(Headings::new(cells), given, &Sample::default()).is_ok();
    let mut at = 0;
    for _ in 0..=MAX_TITLES {
        let cells = cells(first_line(&text[at..]));
        if cells.iter().filter(|cell| !cell.is_empty()).count() > 1 {
            return if at > 0 && is_heading(cells) { at } else { 0 };
        }
        if at == 0 && cells.len() == 1 && is_heading(cells) {
            return 0;
        }
        let Some(next) = next_line(text, at) else { return 0 };
        at = next;
    }
    0
}

/// The byte at which the line after that at `at` stands; empty ones are skipped.
fn next_line(text: &str, at: usize) -> Option<usize> {
    let end = at + first_line(&text[at..]).len();
    text[end..].find(|c| c != '\n' && c != '\r').map(|more| end + more).filter(|next| *next > at)
}

fn first_line(text: &str) -> &str {
    let end = memchr::memchr2(b'\n', b'\r', text.as_bytes()).unwrap_or(text.len());
    // A longer one is no line; what is wrong with it is said elsewhere.
    if end > MAX_ROW { "" } else { &text[..end] }
}

fn cells(line: &str) -> Vec<Text> {
    let separator = separator_of(line);
    let separated =
        if separator.is_ascii() { Cow::Borrowed(line) } else { Cow::Owned(line.replace(separator, "\u{1f}")) };
    let mut rows = reader(&separated, u8::try_from(separator).ok().filter(u8::is_ascii).unwrap_or(UNIT));
    rows.records().next().and_then(Result::ok).map_or_else(Vec::new, |row| row.iter().map(Text::clean).collect())
}

/// Whether it is a plain list of names, a line each, without a heading: no separator is in its first lines, but for
/// commas behind the first, which names may have.
fn is_list(text: &str, given: Option<&Profile>) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT).peekable();
    let Some(first) = lines.peek() else { return false };
    if first.contains(SEPARATORS)
        || given.is_some()
        || builtin::choose(Headings::new(cells(first)), None, &Sample::default()).is_ok()
    {
        return false;
    }
    let mut count = 0;
    lines.all(|line| {
        count += 1;
        line.len() <= MAX_NAME && !line.contains(&SEPARATORS[1..])
    }) && count >= FEWEST
}

/// The separator of the cells of the first line: the most frequent outside quotes.
fn separator_of(text: &str) -> char {
    let (mut counts, mut quoted) = ([0; SEPARATORS.len()], false);
    for c in text.chars().take(MAX_ROW).skip_while(|c| matches!(c, '\n' | '\r')) {
        match c {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => break,
            c if !quoted => {
                if let Some(at) = SEPARATORS.iter().position(|separator| *separator == c) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    SEPARATORS.into_iter().zip(counts).find(|(_, count)| *count == most).map_or(',', |(separator, _)| separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_found_in_the_headings() {
        for (headings, separator) in [
            ("id,name,city", ','),
            ("id;name;\"a,b,c,d\"", ';'),
            ("id\tname", '\t'),
            ("id|name|x,y", '|'),
            ("OrganisationID¬OrganisationName", '¬'),
            ("\nid;name;city\n1,2,3,4,5,6,7", ';'),
            ("name", ','),
        ] {
            assert_eq!(separator_of(headings), separator, "{headings}");
        }
    }

    #[test]
    fn headings_are_found_under_titles() {
        for (text, headings, separator) in [
            ("id,name\n1,A\n", "id,name", ','),
            ("Hospitals of the county\nid;name\n1;A\n", "id;name", ';'),
            ("Hospital;;\r\nAs of 2020, in all districts;;\r\nid;name;city\r\n1;A;B\r\n", "id;name;city", ';'),
            ("\n\nTitle\n\nid,name\n1,A\n", "id,name", ','),
            ("sep=;\r\nid;name\r\n1;A\r\n", "id;name", ';'),
            ("sep=\t\nid\tname\n1\tA\n", "id\tname", '\t'),
            // A single column under a heading that is known.
            ("name\nMercy, Northtown\nB\nC\n", "name", ','),
            ("Hospital\nGeneral, Northtown\n", "Hospital", ','),
            ("a,b,c\n1,2,3\n", "a,b,c", ','),
        ] {
            let table = Table::find(Arc::new(text.to_owned()), None);
            let at = table.start.unwrap_or_else(|| panic!("{text:?} is taken for a list"));
            let line = first_line(text[at..].trim_start());
            assert_eq!((line, char::from(table.separator)), (headings, separator), "{text:?}");
        }
        let table =
            Table::find(Arc::new("Title¬\nOrganisationCode¬OrganisationName¬Postcode\n1¬A¬B\n".to_owned()), None);
        assert!(table.text[table.start.unwrap()..].starts_with("OrganisationCode\u{1f}"), "{table:?}");
    }

    #[test]
    fn a_list_of_names_needs_no_heading() {
        for (text, is_list) in [
            ("St Mary's\nMercy Hospital, Northtown\n重庆医院\n", true),
            ("name\nSt Mary's\nMercy\nCounty\n", false),
            ("St Mary's\nMercy;1\nCounty\n", false),
            ("code\n1\n", false),
            ("Mercy, Northtown\nB\nC\nD\n", false),
        ] {
            assert_eq!(Table::find(Arc::new(text.to_owned()), None).start.is_none(), is_list, "{text:?}");
        }
    }
}
