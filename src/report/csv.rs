//! Flat records for spreadsheets and scripts, separated by commas or by tabs.
//!
//! A cell that a spreadsheet would read as a formula is prefixed with an apostrophe, so opening a file runs nothing.
//! Numbers stay numbers. `low` and `high` are the bounds of a value; an empty `high` means that there is no upper bound.

mod comparison;
mod hospital;
mod sheet;

use std::io::{self, Write};

use crate::report::content::Content;
use crate::report::list::List;
pub use sheet::Separator;
use sheet::{Sheet, row};

/// Writes `content` with a row of headings.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, content: &Content, separator: Separator) -> io::Result<()> {
    let mut sheet = Sheet::new(out, separator);
    match content {
        Content::List(hospitals) => list(&mut sheet, hospitals),
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
    separator: Separator,
    headings: &[&str; N],
    records: impl Iterator<Item = [String; N]>,
) -> io::Result<()> {
    let mut sheet = Sheet::new(out, separator);
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

fn list<W: Write>(sheet: &mut Sheet<W>, list: &List) -> csv::Result<()> {
    let rows = list.for_programs();
    row(sheet, rows.columns().map(|column| column.name()))?;
    (0..rows.len()).try_for_each(|at| row(sheet, rows.plain(at)))
}
