//! GeoJSON, Overpass JSON, arrays of objects and JSON Lines; our own JSON is in `native`.
//!
//! | file | what it does |
//! |---|---|
//! | `kind` | which kind of JSON a file is |
//! | `reader` | the objects and their columns; all objects, on all cores |
//! | `object_parser` | a batch of objects → hospitals, rejected objects, remarks |
//! | `object_row` | the cells of an object, by column |
//! | `properties`, `geometry` | the properties of one object, and where it lies |
//! | `error` | where and why a text is not JSON |

pub(super) mod error;
mod geometry;
pub(super) mod kind;
mod object_parser;
mod object_row;
mod properties;
pub(super) mod reader;
