//! Flat records for spreadsheets and scripts.
//!
//! A cell that a spreadsheet would read as a formula is prefixed with an apostrophe, so opening a file runs nothing.
//! Numbers stay numbers. `low` and `high` are the bounds of a value; an empty `high` means that there is no upper bound.

mod comparison;
mod hospital;
mod sheet;

use std::io::{self, Write};

use crate::catalog::{Catalog, HospitalKey, Quantity, Summary};
use crate::report::content::Content;
use crate::report::wording;
use crate::text::Text;
use sheet::{Sheet, row};

/// Writes `content` with a row of headings.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, content: &Content) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    match content {
        Content::List(catalog, keys, measures) => list(&mut sheet, catalog, keys, measures),
        Content::Hospital(catalog, key) => hospital::write(&mut sheet, catalog, *key),
        Content::Comparison(_, view) => comparison::write(&mut sheet, view),
    }
    .map_err(as_io)?;
    sheet.flush()
}

/// Writes records below headings.
///
/// # Errors
///
/// When `out` cannot be written to.
pub(super) fn write_rows<const N: usize>(
    out: &mut impl Write,
    headings: &[&str; N],
    records: impl Iterator<Item = [String; N]>,
) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    row(&mut sheet, headings).map_err(as_io)?;
    records.into_iter().try_for_each(|record| row(&mut sheet, record)).map_err(as_io)?;
    sheet.flush()
}

/// The I/O error inside `error`. Its kind tells whether the pipe was closed.
fn as_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A hospital of a list, and the titles of its datasets.
struct Listed<'a>(Summary<'a>, String);

/// A column of the list, as in [`sheet::Column`]. Its cells are borrowed, because lists are long.
type ListColumn = (&'static str, for<'a> fn(&'a Listed<'a>) -> &'a str);

const LIST: [ListColumn; 8] = [
    ("id", |listed| listed.0.id),
    ("name", |listed| listed.0.name),
    ("native_name", |listed| listed.0.native_name.unwrap_or_default()),
    ("city", |listed| known(listed.0.city)),
    ("region", |listed| known(listed.0.region)),
    ("country", |listed| known(listed.0.country)),
    ("kind", |listed| known(listed.0.kind)),
    ("dataset", |listed| &listed.1),
];

fn known(text: Option<&Text>) -> &str {
    text.map_or("", Text::as_str)
}

fn list<W: Write>(sheet: &mut Sheet<W>, catalog: &Catalog, keys: &[HospitalKey], measures: &[Text]) -> csv::Result<()> {
    row(sheet, LIST.iter().map(|(heading, _)| *heading).chain(measures.iter().map(Text::as_str)))?;
    keys.iter().try_for_each(|&key| {
        let listed = Listed(catalog.summary(key), catalog.titles_on(key));
        let values: Vec<String> = measures.iter().map(|id| number(catalog, key, id)).collect();
        row(sheet, LIST.iter().map(|(_, cell)| cell(&listed)).chain(values.iter().map(String::as_str)))
    })
}

/// The latest value of a measure as a plain number, where it is one; else in words.
fn number(catalog: &Catalog, key: HospitalKey, id: &str) -> String {
    match catalog.latest(key, id).and_then(|figure| figure.quantity()) {
        Some(Quantity::Exact(number)) => number.to_string(),
        _ => wording::latest(catalog, key, id).unwrap_or_default(),
    }
}
