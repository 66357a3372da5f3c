//! Cells and records.

use std::borrow::Cow;
use std::io::Write;

use crate::text::Text;

/// A CSV writer whose cells are safe to open in a spreadsheet.
pub(super) type Sheet<W> = csv::Writer<W>;

/// Writes a record.
pub(super) fn row<W: Write>(sheet: &mut Sheet<W>, cells: &[impl AsRef<str>]) -> csv::Result<()> {
    for cell in cells {
        sheet.write_field(&*safe(cell.as_ref()))?;
    }
    sheet.write_record(None::<&[u8]>)
}

/// Signs with which a spreadsheet begins a formula, some of them in full width where that is how they are typed.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// `cell` made harmless to a spreadsheet.
fn safe(cell: &str) -> Cow<'_, str> {
    let is_number = || cell.parse::<f64>().is_ok_and(f64::is_finite);
    if cell.starts_with(FORMULA) && !is_number() { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A text, or an empty cell.
pub(super) fn text(text: Option<&Text>) -> String {
    text.map_or(String::new(), Text::to_string)
}

/// An end of an interval; empty where there is none.
pub(super) fn bound(n: Option<f64>) -> String {
    n.filter(|n| n.is_finite()).map_or(String::new(), |n| n.to_string())
}
