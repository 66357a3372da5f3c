//! Workbooks of spreadsheet programs: Excel, old and new, and `OpenDocument`.
//!
//! One sheet of a workbook is the list of hospitals. It becomes a text of cells with U+001F between them, in which line n
//! is row n of the sheet, and is read as any other table.
//!
//! | file | what it does |
//! |---|---|
//! | `book` | the sheets of a workbook, and their cells |
//! | `open_document`, `old_excel` | sheets of OpenDocument; the memory that an old workbook may ask for |
//! | `error` | why a workbook cannot be read |
//! | `guard` | what happens when a reader panics |
//! | `cell_text` | a cell as text: dates, whole numbers, truth values |
//! | `sheet_text` | cells → lines, within limits |
//! | `choice` | which sheet is the list, and on which row its headings stand |

mod book;
mod cell_text;
mod choice;
mod error;
mod guard;
mod old_excel;
mod open_document;
mod sheet_text;

pub(super) use book::BookKind;
pub use choice::SheetError;
pub(super) use choice::{Sheet, sheet};
pub use error::BookError;
