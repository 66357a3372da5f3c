//! Our own JSON: a catalog file, described by `assets/catalog.schema.json`.
//!
//! | file | what it does |
//! |---|---|
//! | `reader` | text → hospitals, fast and observed; says only whether it worked |
//! | `check` | the same with a diagnostic for everything that is wrong |
//! | `spanned`, `path` | JSON values with their bytes in the file |
//! | `field_error` | what serde found wrong with a value |
//! | `rules` | what a well-formed file can still violate |
//! | `hospital`, `quantity`, `period` | how these are written in JSON |
//! | `schema` | tests that the schema and the code agree |
//! | `bundled` | the hospitals that come with the program |

pub(super) mod bundled;
pub(super) mod check;
mod field_error;
mod hospital;
mod path;
mod period;
mod quantity;
mod reader;
mod rows;
mod rules;
#[cfg(test)]
mod schema;
mod spanned;

pub use bundled::read;
pub(crate) use quantity::PlainNumber;
