//! CSV records whose cells are safe in spreadsheets.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::text::Text;

/// What stands between the cells of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// A comma, and quotes where they are needed.
    Comma,
    /// A tab. Nothing is quoted: cells have neither tabs nor line ends.
    Tab,
}

/// Writes records. Write to it with [`row`], which makes cells safe.
pub(super) struct Sheet<W: Write> {
    writer: csv::Writer<W>,
    separator: Separator,
}

impl<W: Write> Sheet<W> {
    pub(super) fn new(out: W, separator: Separator) -> Self {
        let mut builder = csv::WriterBuilder::new();
        if separator == Separator::Tab {
            builder.delimiter(b'\t').quote_style(csv::QuoteStyle::Never);
        }
        Self { writer: builder.from_writer(out), separator }
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// A column: its heading, and its cell in a record. The headings and the records of a sheet are written from one table of
/// columns, so a cell is always under its heading.
pub(super) type Column<R> = (&'static str, fn(&R) -> &str);

/// Writes a record.
pub(super) fn row<W: Write>(sheet: &mut Sheet<W>, cells: impl IntoIterator<Item = impl AsRef<str>>) -> csv::Result<()> {
    for cell in cells {
        let cell = safe(cell.as_ref());
        match sheet.separator {
            Separator::Tab if cell.contains(['\t', '\r', '\n']) => {
                sheet.writer.write_field(cell.replace(['\t', '\r', '\n'], " "))?;
            }
            _ => sheet.writer.write_field(&*cell)?,
        }
    }
    sheet.writer.write_record(None::<&[u8]>)
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
