//! Tables: CSV and the like.
//!
//! | file | what it does |
//! |---|---|
//! | `start` | the separator, and the line of the headings |
//! | `reader` | rows → hospitals, rejected rows, remarks |
//! | `row_span` | the lines and bytes of a row, and whether its quotes are in order |
//! | `rejected` | the hospitals of rejected rows |

pub(super) mod reader;
mod rejected;
mod row_span;
pub(super) mod start;
