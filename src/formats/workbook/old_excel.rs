//! Makes sure that a workbook of old Excel takes no more memory than it should.
//!
//! The reader takes room for every cell between the first and the last, and believes what a sheet states of its size. A
//! small file may so ask for terabytes. Its records are looked at before.

use std::io::{Cursor, Read};

use crate::formats::limits::MAX_BYTES;
use crate::formats::workbook::error::BookError;
use crate::text::Text;

/// Most cells of all sheets, empty ones between others counted.
const MAX_CELLS: u64 = 1 << 24;

/// Sheets begin with this record.
const BEGIN: u16 = 0x0809;
/// What a sheet states of its size.
const DIMENSIONS: u16 = 0x0200;
/// Cells; each has its row and its column first.
const CELLS: [u16; 9] = [0x0203, 0x0204, 0x00d6, 0x0205, 0x027e, 0x00fd, 0x00bd, 0x0006, 0x0201];

/// The cells between the first and the last of a sheet.
#[derive(Clone, Copy)]
struct Area {
    rows: [u64; 2],
    columns: [u64; 2],
}

impl Area {
    const NONE: Self = Self { rows: [u64::MAX, 0], columns: [u64::MAX, 0] };

    fn add(&mut self, row: u64, column: u64) {
        self.rows = [self.rows[0].min(row), self.rows[1].max(row)];
        self.columns = [self.columns[0].min(column), self.columns[1].max(column)];
    }

    fn cells(&self) -> u64 {
        let length = |[first, last]: [u64; 2]| (last + 1).saturating_sub(first);
        length(self.rows).saturating_mul(length(self.columns))
    }
}

/// Makes sure of it.
///
/// # Errors
///
/// When the workbook is damaged, or has more cells than are read.
pub(crate) fn check(bytes: &[u8]) -> Result<(), BookError> {
    let damaged = |error: std::io::Error| BookError::Damaged(Text::clean(&error.to_string()));
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let name = if file.exists("/Workbook") { "/Workbook" } else { "/Book" };
    let mut stream = Vec::new();
    file.open_stream(name).map_err(damaged)?.take(MAX_BYTES).read_to_end(&mut stream).map_err(damaged)?;
    let (mut rest, mut total, mut area) = (&stream[..], 0_u64, Area::NONE);
    while let Some((head, behind)) = rest.split_first_chunk::<4>() {
        let [kind, length] = [0, 2].map(|at| u16::from_le_bytes([head[at], head[at + 1]]));
        let Some((data, next)) = behind.split_at_checked(usize::from(length)) else { break };
        let number = |at: usize| data.get(at..at + 2).map_or(0, |bytes| u64::from(bytes[0]) | u64::from(bytes[1]) << 8);
        match kind {
            BEGIN => {
                total = total.saturating_add(area.cells());
                area = Area::NONE;
            }
            DIMENSIONS => check_dimensions(data)?,
            kind if CELLS.contains(&kind) => {
                let last = if kind == 0x00bd { number(data.len().saturating_sub(2)) } else { number(2) };
                area.add(number(0), number(2));
                area.add(number(0), last);
            }
            _ => {}
        }
        rest = next;
    }
    if total.saturating_add(area.cells()) > MAX_CELLS { Err(BookError::TooManyCells(MAX_CELLS)) } else { Ok(()) }
}

/// Rows and columns that a sheet states, each from the first to behind the last.
fn check_dimensions(data: &[u8]) -> Result<(), BookError> {
    let wide = data.len() >= 14;
    let number = |at: usize, size: usize| {
        data.get(at..at + size)
            .map_or(0, |bytes| bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    };
    let (size, at) = if wide { (4, 8) } else { (2, 4) };
    let rows = [number(0, size), number(size, size)];
    let columns = [number(at, 2), number(at + 2, 2)];
    let spans = [rows, columns].map(|[first, behind]| (first <= behind, behind.saturating_sub(first)));
    let [(true, rows), (true, columns)] = spans else {
        return Err(BookError::Damaged("a sheet ends before it starts".into()));
    };
    if rows.saturating_mul(columns) > MAX_CELLS { Err(BookError::TooManyCells(MAX_CELLS)) } else { Ok(()) }
}
