//! Spreadsheets of `OpenDocument`.
//!
//! Cells and rows that are alike are stated once, with how often they are repeated: a small file may have billions of
//! them. They are therefore written as they come, within the limits of a sheet.

use std::io::BufReader;
use std::io::Cursor;

use calamine::DataRef;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::formats::limits::MAX_BYTES;
use crate::formats::workbook::error::BookError;
use crate::formats::workbook::sheet_text::SheetText;
use crate::formats::xml::{attribute, push_reference};
use crate::text::Text;

/// All sheets, each with its name.
///
/// # Errors
///
/// When the file is damaged, protected, or larger than what is read.
pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<(String, SheetText)>, BookError> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if let Ok(manifest) = zip.by_name("META-INF/manifest.xml")
        && std::io::read_to_string(manifest).is_ok_and(|text| text.contains("encryption-data"))
    {
        return Err(BookError::Encrypted);
    }
    let content = zip.by_name("content.xml").map_err(damaged)?;
    let mut xml = Reader::from_reader(BufReader::new(content));
    let mut sheets = Sheets::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(element) => sheets.start(&element),
            Event::Empty(element) => {
                sheets.start(&element);
                sheets.end(element.local_name().as_ref())?;
            }
            Event::End(element) => sheets.end(element.local_name().as_ref())?,
            Event::Text(text) => sheets.text(&text.xml10_content()),
            Event::CData(text) => sheets.text(&text.xml10_content()),
            Event::GeneralRef(reference) if sheets.is_in_text() => push_reference(&reference, &mut sheets.cell.text),
            Event::Eof => return Ok(sheets.all),
            _ => {}
        }
    }
}

fn damaged(error: impl std::fmt::Display) -> BookError {
    BookError::Damaged(Text::clean(&error.to_string()))
}

/// A cell that is read.
#[derive(Default)]
struct Cell {
    kind: String,
    /// The value, where it is not the text.
    value: Option<String>,
    text: String,
    /// How often it is repeated.
    times: u32,
}

/// Sheets that are read.
#[derive(Default)]
struct Sheets {
    all: Vec<(String, SheetText)>,
    /// How deep in tables it is: a cell may hold a table of its own.
    tables: usize,
    /// The row that is read, its cells, and how often it is repeated.
    row: u32,
    cells: Vec<Cell>,
    times: u32,
    cell: Cell,
    /// How deep in paragraphs of the cell, and in remarks on it.
    paragraphs: usize,
    remarks: usize,
    size: usize,
}

impl Sheets {
    fn is_in_text(&self) -> bool {
        self.tables == 1 && self.paragraphs > 0 && self.remarks == 0
    }

    fn text(&mut self, text: &str) {
        if self.is_in_text() {
            self.cell.text.push_str(text);
        }
    }

    fn start(&mut self, element: &BytesStart) {
        let number = |name: &str| attribute(element, name).and_then(|text| text.parse().ok()).unwrap_or(1_u32);
        match element.local_name().as_ref() {
            "table" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.row = 0;
                    self.all.push((attribute(element, "name").unwrap_or_default(), SheetText::default()));
                }
            }
            "annotation" => self.remarks += 1,
            _ if self.tables != 1 || self.remarks > 0 => {}
            "table-row" => {
                self.cells.clear();
                self.times = number("number-rows-repeated");
            }
            "table-cell" | "covered-table-cell" => {
                let kind = attribute(element, "value-type").unwrap_or_default();
                let value = match kind.as_str() {
                    "date" => attribute(element, "date-value"),
                    "time" => attribute(element, "time-value"),
                    "boolean" => attribute(element, "boolean-value"),
                    "string" => attribute(element, "string-value"),
                    _ => attribute(element, "value"),
                };
                self.cell = Cell { kind, value, text: String::new(), times: number("number-columns-repeated") };
            }
            "p" => {
                if !self.cell.text.is_empty() {
                    self.cell.text.push(' ');
                }
                self.paragraphs += 1;
            }
            "s" => self.text(&" ".repeat(number("c").min(64) as usize)),
            "tab" | "line-break" => self.text(" "),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), BookError> {
        match name {
            "table" => self.tables = self.tables.saturating_sub(1),
            "annotation" => self.remarks = self.remarks.saturating_sub(1),
            _ if self.tables != 1 || self.remarks > 0 => {}
            "p" => self.paragraphs = self.paragraphs.saturating_sub(1),
            "table-cell" | "covered-table-cell" => {
                self.paragraphs = 0;
                self.cells.push(std::mem::take(&mut self.cell));
            }
            "table-row" => self.write_row()?,
            _ => {}
        }
        Ok(())
    }

    /// Writes the row as often as it is repeated; one that says nothing takes no time.
    fn write_row(&mut self) -> Result<(), BookError> {
        let Some((_, sheet)) = self.all.last_mut() else { return Ok(()) };
        let cells: Vec<(DataRef, u32)> = self.cells.iter().map(|cell| (cell.data(), cell.times)).collect();
        let says_something = cells.iter().any(|(data, _)| *data != DataRef::Empty);
        for nth in 0..if says_something { self.times } else { 0 } {
            let (mut column, before) = (0_u32, sheet.lines().len());
            for (data, times) in &cells {
                for at in 0..if *data == DataRef::Empty { 0 } else { *times } {
                    sheet.push((self.row.saturating_add(nth), column.saturating_add(at)), data)?;
                }
                column = column.saturating_add(*times);
            }
            self.size += sheet.lines().len() - before;
            if self.size as u64 > MAX_BYTES {
                return Err(BookError::TooLarge);
            }
        }
        self.row = self.row.saturating_add(self.times);
        Ok(())
    }
}

impl Cell {
    fn data(&self) -> DataRef<'_> {
        let number = || self.value.as_deref()?.parse::<f64>().ok();
        let shown = self.value.as_deref().unwrap_or(&self.text);
        match (self.kind.as_str(), number()) {
            ("float" | "currency", Some(number)) => DataRef::Float(number),
            // A share is stated in hundredths of what is shown.
            ("percentage", Some(_)) if self.text.trim().ends_with('%') => DataRef::SharedString(&self.text),
            ("percentage", Some(number)) => DataRef::Float(number),
            ("date", _) if !shown.is_empty() => DataRef::DateTimeIso(shown.to_owned()),
            ("time", _) if !shown.is_empty() => DataRef::DurationIso(shown.to_owned()),
            _ if !shown.is_empty() => DataRef::SharedString(shown),
            _ => DataRef::Empty,
        }
    }
}
