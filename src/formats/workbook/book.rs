//! The sheets of a workbook, and their cells.

use std::fmt::Display;
use std::io::Cursor;

use calamine::{Data, DataRef, Range, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};

use crate::formats::workbook::error::BookError;
use crate::formats::workbook::guard::guarded;
use crate::formats::workbook::sheet_text::SheetText;
use crate::formats::workbook::{old_excel, open_document};
use crate::text::Text;

/// Which form a workbook has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BookKind {
    /// Excel since 2007, as XML.
    Xlsx,
    /// The same in binary.
    Xlsb,
    /// Excel up to 2003.
    Xls,
    /// `OpenDocument`.
    Ods,
}

type Bytes<'a> = Cursor<&'a [u8]>;

/// A sheet of cells.
#[derive(Clone, Debug)]
pub(crate) struct SheetName {
    /// What it is called.
    pub(crate) name: String,
    /// Whether people see it.
    pub(crate) is_visible: bool,
}

/// A workbook that can be read.
pub(crate) struct Book<'a> {
    reader: BookReader<'a>,
    /// Its sheets of cells, in order.
    pub(crate) sheets: Vec<SheetName>,
}

enum BookReader<'a> {
    Xlsx(Box<Xlsx<Bytes<'a>>>),
    Xlsb(Box<Xlsb<Bytes<'a>>>),
    /// Kinds that are read whole when they are opened.
    Texts(Vec<(String, SheetText)>),
}

impl<'a> Book<'a> {
    /// Opens a workbook.
    ///
    /// # Errors
    ///
    /// When it is damaged.
    pub(crate) fn open(bytes: &'a [u8], kind: BookKind) -> Result<Self, BookError> {
        guarded(|| Self::opened(bytes, kind))
    }

    fn opened(bytes: &'a [u8], kind: BookKind) -> Result<Self, BookError> {
        let cursor = Cursor::new(bytes);
        let (reader, sheets) = match kind {
            BookKind::Xlsx => {
                let book = Xlsx::new(cursor).map_err(damaged)?;
                let sheets = sheets(&book);
                (BookReader::Xlsx(Box::new(book)), sheets)
            }
            BookKind::Xlsb => {
                let book = Xlsb::new(cursor).map_err(damaged)?;
                let sheets = sheets(&book);
                (BookReader::Xlsb(Box::new(book)), sheets)
            }
            BookKind::Xls => {
                old_excel::check(bytes)?;
                let mut book = Xls::new(cursor).map_err(damaged)?;
                let texts = book.worksheets().into_iter().map(|(name, range)| Ok((name, text_of(&range)?)));
                (BookReader::Texts(texts.collect::<Result<_, BookError>>()?), sheets(&book))
            }
            BookKind::Ods => {
                let texts = open_document::sheets(bytes)?;
                let sheets = texts.iter().map(|(name, _)| SheetName { name: name.clone(), is_visible: true }).collect();
                (BookReader::Texts(texts), sheets)
            }
        };
        Ok(Self { reader, sheets })
    }

    /// The text of a sheet: of the first `rows` that say something, or of all.
    ///
    /// # Errors
    ///
    /// When it is damaged or larger than what is read.
    pub(crate) fn text(&mut self, sheet: &str, rows: Option<usize>) -> Result<SheetText, BookError> {
        guarded(|| self.read(sheet, rows))
    }

    fn read(&mut self, sheet: &str, rows: Option<usize>) -> Result<SheetText, BookError> {
        let mut text = SheetText::default();
        let is_enough = |text: &SheetText| rows.is_some_and(|rows| text.filled() > rows);
        match &mut self.reader {
            BookReader::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(sheet).map_err(damaged)?;
                while !is_enough(&text)
                    && let Some(cell) = cells.next_cell().map_err(damaged)?
                {
                    text.push(cell.get_position(), cell.get_value())?;
                }
            }
            BookReader::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(sheet).map_err(damaged)?;
                while !is_enough(&text)
                    && let Some(cell) = cells.next_cell().map_err(damaged)?
                {
                    text.push(cell.get_position(), cell.get_value())?;
                }
            }
            BookReader::Texts(texts) => {
                let found = texts.iter_mut().find(|(name, _)| name == sheet);
                let (_, whole) = found.ok_or_else(|| BookError::Damaged(Text::clean("a sheet is missing")))?;
                text = if rows.is_some() { whole.clone() } else { std::mem::take(whole) };
            }
        }
        Ok(text)
    }
}

/// The text of cells that have been read.
fn text_of(range: &Range<Data>) -> Result<SheetText, BookError> {
    let mut text = SheetText::default();
    let (top, left) = range.start().unwrap_or_default();
    for (row, cells) in (top..).zip(range.rows()) {
        for (column, cell) in (left..).zip(cells) {
            text.push((row, column), &by_reference(cell))?;
        }
    }
    Ok(text)
}

fn sheets<'a, R: Reader<Bytes<'a>>>(book: &R) -> Vec<SheetName> {
    let all = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    all.map(|sheet| SheetName { name: sheet.name.clone(), is_visible: sheet.visible == SheetVisible::Visible })
        .collect()
}

fn by_reference(cell: &Data) -> DataRef<'_> {
    match cell {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(is_true) => DataRef::Bool(*is_true),
        Data::DateTime(at) => DataRef::DateTime(*at),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn damaged(error: impl Display) -> BookError {
    let words = error.to_string();
    if words.to_lowercase().contains("password") {
        return BookError::Encrypted;
    }
    BookError::Damaged(Text::clean(&words))
}
