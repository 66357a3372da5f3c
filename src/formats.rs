//! Files into a catalog: whatever people have on disk, opened as it is.
//!
//! | part | what it holds |
//! |---|---|
//! | `load`, `inspect` | inputs → a catalog; a file's text, diagnostics and profile |
//! | `input`, `compression`, `encoding` | bytes from files and standard input, unpacked, decoded |
//! | `detect` | what a file is, by its contents; its name does not matter |
//! | [`profile`] | which columns mean what, as data; from cells to a hospital |
//! | `table` | CSV and the like |
//! | `json` | GeoJSON, Overpass JSON, arrays of objects, JSON Lines |
//! | [`native`] | our own JSON, and the hospitals that come with the program |
//! | `import`, `in_order`, `progress`, `error`, `limits` | what all readers share |
//!
//! To read a new format, add its reader beside `table` and `json`, and have `detect` recognize it.

mod compression;
mod detect;
mod encoding;
mod error;
mod import;
mod in_order;
mod input;
mod inspect;
mod json;
mod limits;
mod load;
pub mod native;
pub mod profile;
mod progress;
mod table;
#[cfg(test)]
mod tests;

pub use compression::CompressionError;
pub use encoding::{DecodeError, by_name};
pub use error::{LoadError, Unreadable};
pub use import::Options;
pub use input::Input;
pub(crate) use inspect::profile_of;
pub use inspect::{CheckReport, check, text};
pub use load::{load, load_bytes};
pub use native::bundled::bundled;
pub use progress::{Progress, ProgressObserver};
