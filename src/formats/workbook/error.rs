//! Why a workbook cannot be read.

use std::fmt;

use crate::formats::limits::{MAX_BYTES, MAX_COLUMNS, MAX_SHEET_ROWS};
use crate::text::Text;

/// Why a workbook cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BookError {
    /// It is damaged: in the words of its reader.
    Damaged(Text),
    /// A password is needed.
    Encrypted,
    /// A row, from 0, is beyond what a sheet can have.
    TooManyRows(u32),
    /// A column, from 0, is beyond what is read.
    TooManyColumns {
        /// The row, from 0.
        row: u32,
        /// The column, from 0.
        column: u32,
    },
    /// It has more cells than are read: the most.
    TooManyCells(u64),
    /// A sheet has more text than what is read.
    TooLarge,
    /// A cell comes after one that stands behind it.
    Disorder {
        /// The row, from 0.
        row: u32,
    },
}

impl fmt::Display for BookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const AGAIN: &str = "open it in a spreadsheet program and save it again";
        match self {
            Self::Damaged(words) => write!(f, "the workbook is damaged ({words}); {AGAIN}, or fetch it again"),
            Self::Encrypted => f.write_str("the workbook is protected by a password; save it without one"),
            Self::TooManyRows(row) => write!(
                f,
                "row {} is beyond the {MAX_SHEET_ROWS} rows of a sheet; split the sheet, or save it as CSV",
                u64::from(*row) + 1
            ),
            Self::TooManyColumns { row, column } => write!(
                f,
                "row {} has a cell in column {}, and {MAX_COLUMNS} columns are read at most; remove what stands so far out",
                u64::from(*row) + 1,
                u64::from(*column) + 1
            ),
            Self::TooManyCells(most) => write!(
                f,
                "more than {most} cells between the first and the last of its sheets, the most that are read; remove what \
                 stands far out, or save the sheet as CSV"
            ),
            Self::TooLarge => {
                write!(f, "a sheet with more than {} MiB of text, the most that is read; split it", MAX_BYTES >> 20)
            }
            Self::Disorder { row } => {
                write!(f, "the cells of row {} are not in order; {AGAIN}", u64::from(*row) + 1)
            }
        }
    }
}

impl std::error::Error for BookError {}
