//! Which sheet of a workbook is the list of hospitals, and on which row its headings stand.

use std::fmt;

use crate::formats::profile::builtin::{self, NoNameHeading};
use crate::formats::profile::definition::Profile;
use crate::formats::profile::headings::Headings;
use crate::formats::profile::sample::Sample;
use crate::formats::table::start::UNIT;
use crate::formats::workbook::book::{Book, BookKind, SheetName};
use crate::formats::workbook::error::BookError;
use crate::formats::workbook::sheet_text::SheetText;
use crate::text::{Text, clip};

/// Rows at the top of a sheet among which its headings are looked for.
const TOP: usize = 25;

/// Most sheets that are named in a message.
const NAMED: usize = 12;

/// The sheet of a workbook that is the list of hospitals.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// What it is called.
    pub(crate) name: Text,
    /// Its rows, a line each.
    pub(crate) text: String,
    /// The byte at which its headings stand.
    pub(crate) headings: usize,
    /// The other sheets that people see, where another could have been meant.
    pub(crate) others: Option<String>,
}

/// Why a workbook has no sheet that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SheetError {
    /// The workbook cannot be read.
    Book(BookError),
    /// It has no sheet of that name or number: which it has.
    Unknown {
        /// What was asked for.
        asked: Text,
        /// Those that it has.
        sheets: String,
    },
    /// No sheet has headings of a list: why not the first, and which sheets there are.
    NoList {
        /// The first sheet that says anything.
        first: String,
        /// What it lacks.
        reason: NoNameHeading,
        /// All sheets.
        sheets: String,
    },
    /// No cell says anything.
    Empty,
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Book(error) => write!(f, "{error}"),
            Self::Unknown { asked, sheets } => write!(f, "there is no sheet `{asked}`; the sheets are: {sheets}"),
            Self::NoList { reason, sheets, .. } => {
                write!(f, "{reason}. The sheets are: {sheets}; `--sheet NAME` chooses one")
            }
            Self::Empty => f.write_str("no cell of the workbook says anything"),
        }
    }
}

impl std::error::Error for SheetError {}

impl From<BookError> for SheetError {
    fn from(error: BookError) -> Self {
        Self::Book(error)
    }
}

/// The sheet of a workbook that is the list: the one that was asked for by its name or number, else the one whose headings
/// name hospitals, of several the one with the most rows.
///
/// # Errors
///
/// When there is none.
pub(crate) fn sheet(
    bytes: &[u8],
    kind: BookKind,
    asked: Option<&str>,
    given: Option<&Profile>,
) -> Result<Sheet, SheetError> {
    let mut book = Book::open(bytes, kind)?;
    let all = book.sheets.clone();
    let seen: Vec<&SheetName> = all.iter().filter(|sheet| sheet.is_visible).collect();
    let of_number = |asked: &str| asked.parse::<usize>().ok().and_then(|nth| all.get(nth.checked_sub(1)?));
    let (name, text, headings) = match asked {
        Some(asked) => {
            let named = all.iter().find(|sheet| sheet.name.trim().to_lowercase() == asked.trim().to_lowercase());
            let unknown = || SheetError::Unknown { asked: Text::clean(asked), sheets: names(all.iter()) };
            let name = named.or_else(|| of_number(asked)).ok_or_else(unknown)?.name.clone();
            let text = book.text(&name, None)?;
            let headings = Top::of(text.lines(), given).headings;
            (name, text, headings)
        }
        None => fullest(&mut book, &seen, given)?,
    };
    let others = seen.iter().copied().filter(|sheet| sheet.name != name);
    let others = (asked.is_none() && seen.len() > 1).then(|| names(others));
    Ok(Sheet { name: Text::clean(&name), text: text.finish(headings), headings, others })
}

/// The sheet with the most rows of those whose headings name hospitals, and where these stand.
fn fullest(
    book: &mut Book,
    sheets: &[&SheetName],
    given: Option<&Profile>,
) -> Result<(String, SheetText, usize), SheetError> {
    let (mut lists, mut reason) = (Vec::new(), None);
    for sheet in sheets {
        let text = book.text(&sheet.name, Some(TOP))?;
        let top = Top::of(text.lines(), given);
        match top.lack {
            None => lists.push((sheet, top.headings)),
            Some(lack) if text.filled() > 0 => reason = reason.or_else(|| Some((sheet.name.clone(), lack))),
            Some(_) => {}
        }
    }
    let mut best: Option<(String, SheetText, usize)> = None;
    for (sheet, headings) in lists {
        let text = book.text(&sheet.name, None)?;
        if best.as_ref().is_none_or(|(_, best, _)| best.filled() < text.filled()) {
            best = Some((sheet.name.clone(), text, headings));
        }
    }
    let no_list = |(first, reason)| SheetError::NoList { first, reason, sheets: names(sheets.iter().copied()) };
    best.ok_or_else(|| reason.map_or(SheetError::Empty, no_list))
}

/// The top of a sheet: where its headings stand.
struct Top {
    /// The byte of the first line whose cells name hospitals; else of the first that fills several cells.
    headings: usize,
    /// Why no line does.
    lack: Option<NoNameHeading>,
}

impl Top {
    fn of(lines: &str, given: Option<&Profile>) -> Self {
        if given.is_some_and(Profile::is_by_position) {
            return Self { headings: 0, lack: None };
        }
        let (mut at, mut lone, mut unknown) = (0, None, None);
        let starts = lines.split_inclusive('\n').map(|line| {
            at += line.len();
            (at - line.len(), line.trim_end_matches('\n'))
        });
        for (start, line) in starts.filter(|(_, line)| !line.is_empty()).take(TOP) {
            let cells: Vec<Text> = line.split(char::from(UNIT)).map(Text::clean).collect();
            let is_lone = cells.iter().filter(|cell| !cell.is_empty()).count() < 2;
            match builtin::choose(Headings::new(cells), given, &Sample::default()) {
                Ok(_) if !is_lone => return Self { headings: start, lack: None },
                // A title may be the very word that heads a column below.
                Ok(_) => lone = lone.or(Some(start)),
                Err(lack) => {
                    let is_better = unknown.as_ref().is_none_or(|(_, _, was_lone)| *was_lone && !is_lone);
                    unknown = if is_better { Some((start, lack, is_lone)) } else { unknown };
                }
            }
        }
        match (lone, unknown) {
            (Some(headings), _) => Self { headings, lack: None },
            (None, Some((headings, lack, _))) => Self { headings, lack: Some(lack) },
            (None, None) => {
                let lack = builtin::choose(Headings::new(Vec::new()), None, &Sample::default()).err();
                Self { headings: 0, lack }
            }
        }
    }
}

fn names<'s>(sheets: impl Iterator<Item = &'s SheetName>) -> String {
    let names: Vec<String> = sheets.map(|sheet| clip(&Text::clean(&sheet.name), 40).into_owned()).collect();
    let more = names.len().saturating_sub(NAMED);
    let listed = names[..names.len() - more].join(", ");
    if more == 0 { listed } else { format!("{listed} and {more} more") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_found_under_titles_and_notes() {
        for (lines, headings) in [
            ("name\u{1f}beds\nA\u{1f}5", Some("name")),
            ("Hospital\n\nname\u{1f}beds\nA\u{1f}5", Some("name")),
            ("As of\u{1f}2024\nBy\u{1f}us\nHospital\u{1f}City\nA\u{1f}B", Some("Hospital\u{1f}")),
            ("Hospital\nMercy", Some("Hospital\n")),
            ("a\u{1f}b\n1\u{1f}2", None),
            ("Only a title\na\u{1f}b\n1\u{1f}2", None),
            ("", None),
        ] {
            let top = Top::of(lines, None);
            assert_eq!(
                top.lack.is_none().then(|| lines[top.headings..].starts_with(headings.unwrap())),
                headings.map(|_| true),
                "{lines}"
            );
        }
        assert_eq!(Top::of("Only a title\na\u{1f}b\n1\u{1f}2", None).headings, 13);
    }
}
