//! Tables: CSV and the like.
//!
//! | file | what it does |
//! |---|---|
//! | `start` | the separator, and the line of the headings |
//! | `reader` | the headings; all rows, on all cores |
//! | `batches` | cuts the text into batches of whole rows |
//! | `row_parser` | a batch of rows → hospitals, rejected rows, remarks |
//! | `row`, `quotes` | the cells of a single row, and where quotes count |
//! | `row_span` | the lines and bytes of a row, and whether its quotes are in order |
//! | `rejected` | the hospitals of rejected rows |

mod batches;
mod quotes;
pub(super) mod reader;
mod rejected;
mod row;
mod row_parser;
mod row_span;
pub(super) mod start;
