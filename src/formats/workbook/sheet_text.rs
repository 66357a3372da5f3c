//! The cells of a sheet as lines of text.

use calamine::DataRef;

use crate::formats::limits::{MAX_BYTES, MAX_COLUMNS, MAX_SHEET_ROWS};
use crate::formats::table::start::UNIT;
use crate::formats::workbook::cell_text;
use crate::formats::workbook::error::BookError;

/// Collects the cells of a sheet, which come row by row.
#[derive(Clone, Debug, Default)]
pub(crate) struct SheetText {
    text: String,
    /// The row of the line that is written, and how many cells it has.
    row: u32,
    cells: u32,
    /// The columns of the widest row.
    width: u32,
    /// How many rows say something.
    filled: usize,
}

impl SheetText {
    /// Adds a cell, whose row and column count from 0. One that says nothing takes no room.
    ///
    /// # Errors
    ///
    /// When the sheet is larger than what is read, or its cells are in no order.
    pub(crate) fn push(&mut self, (row, column): (u32, u32), cell: &DataRef) -> Result<(), BookError> {
        if cell_text::is_empty(cell) {
            return Ok(());
        }
        if row >= MAX_SHEET_ROWS {
            return Err(BookError::TooManyRows(row));
        }
        if column as usize >= MAX_COLUMNS {
            return Err(BookError::TooManyColumns { row, column });
        }
        self.filled += usize::from(self.cells == 0 || self.row != row);
        self.go_to(row, column)?;
        cell_text::write(cell, &mut self.text);
        if self.text.len() as u64 > MAX_BYTES {
            return Err(BookError::TooLarge);
        }
        self.width = self.width.max(self.cells);
        Ok(())
    }

    /// Writes the ends of lines and cells up to a cell.
    fn go_to(&mut self, row: u32, column: u32) -> Result<(), BookError> {
        if row < self.row || (row == self.row && column < self.cells) {
            return Err(BookError::Disorder { row });
        }
        let lines = row - self.row;
        if lines > 0 {
            self.text.extend(std::iter::repeat_n('\n', lines as usize));
            (self.row, self.cells) = (row, 0);
        }
        let separators = column + u32::from(self.cells > 0) - self.cells;
        self.text.extend(std::iter::repeat_n(char::from(UNIT), separators as usize));
        self.cells = column + 1;
        Ok(())
    }

    /// How many rows say something.
    pub(crate) fn filled(&self) -> usize {
        self.filled
    }

    /// The lines so far.
    pub(crate) fn lines(&self) -> &str {
        &self.text
    }

    /// The text. Its headings stand at that byte: their line gets a cell for every column that any row has.
    pub(crate) fn finish(mut self, headings: usize) -> String {
        let end =
            memchr::memchr(b'\n', &self.text.as_bytes()[headings..]).map_or(self.text.len(), |end| headings + end);
        let cells = memchr::memchr_iter(UNIT, &self.text.as_bytes()[headings..end]).count() + 1;
        let missing = (self.width as usize).saturating_sub(cells);
        self.text.insert_str(end, &char::from(UNIT).to_string().repeat(missing));
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cells: &[(u32, u32, &'static str)]) -> Result<SheetText, BookError> {
        let mut sheet = SheetText::default();
        for (row, column, cell) in cells {
            sheet.push((*row, *column), &DataRef::SharedString(cell))?;
        }
        Ok(sheet)
    }

    #[test]
    fn line_n_is_row_n() {
        let sheet = text(&[(0, 0, "Title"), (2, 1, "name"), (2, 2, "beds"), (4, 1, "A"), (5, 1, "B"), (5, 4, "note")]);
        let sheet = sheet.unwrap();
        assert_eq!(sheet.filled(), 4);
        let headings = sheet.lines().find("\u{1f}name").unwrap();
        let text = sheet.finish(headings);
        assert_eq!(text, "Title\n\n\u{1f}name\u{1f}beds\u{1f}\u{1f}\n\n\u{1f}A\n\u{1f}B\u{1f}\u{1f}\u{1f}note");
    }

    #[test]
    fn cells_that_say_nothing_take_no_room() {
        let sheet = text(&[(0, 0, "name"), (0, 7, ""), (1, 0, "A"), (900, 3, "")]).unwrap();
        assert_eq!((sheet.lines(), sheet.filled()), ("name\nA", 2));
    }

    #[test]
    fn sheets_beyond_the_limits_are_refused() {
        let refusal =
            |row, column| text(&[(row, column, "x")]).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(refusal(1_048_576, 0).contains("row 1048577"), "{}", refusal(1_048_576, 0));
        assert!(refusal(0, 999_999).contains("column 1000000"), "{}", refusal(0, 999_999));
        assert!(text(&[(1_048_575, 8_191, "x")]).is_ok());
        assert!(text(&[(1, 0, "x"), (0, 0, "x")]).is_err() && text(&[(0, 1, "x"), (0, 1, "x")]).is_err());
    }
}
