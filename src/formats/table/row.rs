//! The cells of a single row.

use std::borrow::Cow;
use std::fmt;

use crate::formats::profile::row_reader::SplitRow;
use crate::formats::table::quotes::QuoteState;
use crate::formats::table::start::{UNIT, reader};

/// Splits the rows of a table. To make a reader of the `csv` crate for each row would take longer than to read it.
pub(crate) struct TableRow {
    /// Separates the cells.
    pub(crate) separator: u8,
}

impl TableRow {
    /// Hands over each letter of a row with quotes, with the column of its cell. Returns how many cells there are.
    fn for_each_letter(&self, row: &str, mut take: impl FnMut(usize, char)) -> usize {
        let (mut column, mut state) = (0, QuoteState::CellStart);
        for c in row.chars() {
            let next = state.after(u8::try_from(c).unwrap_or(b'x'), self.separator);
            match (state, next) {
                (_, QuoteState::CellStart) => column += 1,
                // The quote that opens or closes a cell, or the first of two.
                (QuoteState::CellStart, QuoteState::Quoted) | (_, QuoteState::QuoteInQuoted) => {}
                _ => take(column, c),
            }
            state = next;
        }
        column + 1
    }

    /// Splits a row with quotes.
    fn split_quoted(&self, row: &str) -> Vec<Cow<'static, str>> {
        let mut cells: Vec<String> = Vec::new();
        let count = self.for_each_letter(row, |column, c| {
            cells.resize_with(cells.len().max(column + 1), String::new);
            cells[column].push(c);
        });
        cells.resize_with(count, String::new);
        cells.into_iter().map(Cow::Owned).collect()
    }

    /// A cell of a row with quotes.
    fn quoted_cell(&self, row: &str, wanted: usize) -> String {
        let mut cell = String::new();
        self.for_each_letter(row, |column, c| {
            if column == wanted {
                cell.push(c);
            }
        });
        cell
    }
}

impl SplitRow for TableRow {
    fn split<'a>(&self, row: &'a str) -> Vec<Cow<'a, str>> {
        if self.separator != UNIT && memchr::memchr(b'"', row.as_bytes()).is_some() {
            return self.split_quoted(row);
        }
        row.split(char::from(self.separator)).map(Cow::Borrowed).collect()
    }

    fn cell<'a>(&self, row: &'a str, column: usize) -> Cow<'a, str> {
        if self.separator != UNIT && memchr::memchr(b'"', row.as_bytes()).is_some() {
            return Cow::Owned(self.quoted_cell(row, column));
        }
        let mut ends = memchr::memchr_iter(self.separator, row.as_bytes());
        let start = match column.checked_sub(1) {
            None => Some(0),
            Some(before) => ends.nth(before).map(|end| end + 1),
        };
        let Some(start) = start else { return Cow::Borrowed("") };
        Cow::Borrowed(&row[start..ends.next().unwrap_or(row.len())])
    }

    fn each_row(&self, rows: &str, look: &mut dyn FnMut(&[Cow<str>])) {
        let mut reader = reader(rows, self.separator);
        let mut row = csv::StringRecord::new();
        while reader.read_record(&mut row).is_ok_and(|is_there| is_there) {
            let cells: Vec<Cow<str>> = row.iter().map(Cow::Borrowed).collect();
            look(&cells);
        }
    }
}

impl fmt::Debug for TableRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableRow").field("separator", &char::from(self.separator)).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::table::row_span::{RowSpan, has_unclosed_quote};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn a_row_is_split_as_in_its_file(text in "[aé\",\n]{0,20}") {
            let mut rows = reader(&text, b',');
            let mut row = csv::StringRecord::new();
            while rows.read_record(&mut row).unwrap() {
                let start = usize::try_from(row.position().unwrap().byte()).unwrap();
                let end = usize::try_from(rows.position().byte()).unwrap();
                let raw = &text[RowSpan::of(&text, 1, start..end).at];
                // Such a row is refused.
                if !has_unclosed_quote(raw, b',') {
                    let table = TableRow { separator: b',' };
                    prop_assert_eq!(table.split(raw), row.iter().collect::<Vec<_>>(), "{:?}", raw);
                    for at in 0..=row.len() {
                        prop_assert_eq!(table.cell(raw, at), row.get(at).unwrap_or_default(), "{:?} {}", raw, at);
                    }
                }
            }
        }
    }
}
