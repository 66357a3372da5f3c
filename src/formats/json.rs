//! GeoJSON, Overpass JSON, arrays of objects and JSON Lines; our own JSON is in `native`.
//!
//! | file | what it does |
//! |---|---|
//! | `kind` | which kind of JSON a file is |
//! | `reader` | objects → hospitals, rejected objects, remarks |
//! | `properties`, `geometry` | the properties of one object, and where it lies |
//! | `error` | where and why a text is not JSON |

pub(super) mod error;
mod geometry;
pub(super) mod kind;
mod properties;
pub(super) mod reader;
