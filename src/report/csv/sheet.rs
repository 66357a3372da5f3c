//! CSV records whose cells are safe in spreadsheets.

use std::borrow::Cow;
use std::io::Write;

use crate::text::Text;

/// The CSV writer. Write to it with [`row`], which makes cells safe.
pub(super) type Sheet<W> = csv::Writer<W>;

/// A column: its heading, and its cell in a record. The headings and the records of a sheet are written from one table of
/// columns, so a cell is always under its heading.
pub(super) type Column<R> = (&'static str, fn(&R) -> &str);

/// Writes a record.
pub(super) fn row<W: Write>(sheet: &mut Sheet<W>, cells: impl IntoIterator<Item = impl AsRef<str>>) -> csv::Result<()> {
    for cell in cells {
        sheet.write_field(&*safe(cell.as_ref()))?;
    }
    sheet.write_record(None::<&[u8]>)
}

/// Characters that start a formula in a spreadsheet, also in full width.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// `cell`, prefixed with an apostrophe if a spreadsheet would read it as a formula.
fn safe(cell: &str) -> Cow<'_, str> {
    let is_number = || cell.parse::<f64>().is_ok_and(f64::is_finite);
    if cell.starts_with(FORMULA) && !is_number() { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A cell with the text, or an empty cell.
pub(super) fn text(text: Option<&Text>) -> String {
    text.map_or(String::new(), Text::to_string)
}

/// A cell with a bound of an interval; empty if there is none.
pub(super) fn bound(n: Option<f64>) -> String {
    n.filter(|n| n.is_finite()).map_or(String::new(), |n| n.to_string())
}
