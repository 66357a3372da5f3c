//! GeoJSON, Overpass JSON, arrays of objects and JSON Lines; our own JSON is in `native`.
//!
//! | file | what it does |
//! |---|---|
//! | `kind`, `recognize`, `outline` | where in a file the objects stand, and what they look like |
//! | `assignment` | JSON that a script gives to a variable |
//! | `reader` | the objects and their columns; all objects, on all cores |
//! | `object_parser` | a batch of objects → hospitals, rejected objects, remarks |
//! | `object_row` | the cells of an object, by column |
//! | `properties`, `property_list`, `geometry`, `resource` | the properties of one object, and where it lies |
//! | `error` | where and why a text is not JSON |

pub(super) mod assignment;
pub(super) mod error;
mod geometry;
pub(super) mod kind;
mod object_parser;
mod object_row;
pub(super) mod outline;
mod properties;
pub(super) mod property_list;
pub(super) mod reader;
pub(super) mod recognize;
mod resource;
