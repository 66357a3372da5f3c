//! Files into a catalog: whatever people have on disk, opened as it is.
//!
//! | part | what it holds |
//! |---|---|
//! | `load`, `inspect`, `fit`, `skeleton` | inputs → a catalog; a file's text, diagnostics and profile |
//! | `input`, `compression`, `encoding` | bytes from files and standard input, unpacked, decoded |
//! | `contents`, `package`, `detect` | what a file is, by its contents; its name does not matter |
//! | `archive` | zip archives and the files in them |
//! | [`profile`] | which columns mean what, as data; from cells to a hospital |
//! | `table` | CSV and the like |
//! | `workbook` | a sheet of Excel or `OpenDocument` as such a table |
//! | `json` | GeoJSON, Overpass JSON, arrays of objects, JSON Lines |
//! | `kml` | the placemarks of KML as such objects |
//! | [`native`] | our own JSON, and the hospitals that come with the program |
//! | `import`, `in_order`, `progress`, `preview`, `error`, `limits`, `xml` | what all readers share |
//!
//! To read a new format, add its reader beside `table` and `json`, and have `detect` recognize it.

mod archive;
mod compression;
mod contents;
mod detect;
mod encoding;
mod error;
mod fit;
mod import;
mod in_order;
mod input;
mod inspect;
mod json;
mod kml;
mod limits;
mod load;
pub mod native;
mod package;
mod preview;
pub mod profile;
mod progress;
mod skeleton;
mod table;
#[cfg(test)]
mod tests;
mod workbook;
mod xml;

pub use archive::ArchiveError;
pub use compression::CompressionError;
pub use encoding::{DecodeError, by_name};
pub use error::{LoadError, Unreadable};
pub use import::Options;
pub use input::Input;
pub(crate) use inspect::profile_of;
pub use inspect::{CheckReport, check, text};
pub use load::{load, load_bytes};
pub use native::bundled::bundled;
pub use package::Database;
pub use progress::{Progress, ProgressObserver};
pub use workbook::{BookError, SheetError};
