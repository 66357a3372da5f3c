//! The library behind `hospitui`, a terminal browser for hospitals.
//!
//! | room | what it is for | may import |
//! |---|---|---|
//! | [`text`] | cleaning and measuring untrusted text | – |
//! | [`diagnostic`] | what is wrong with a file, where, and how to fix it | text |
//! | [`catalog`] | hospitals, measures, figures, sources, and the store of all that is loaded; no file format | text, diagnostic |
//! | [`formats`] | files of many kinds → a catalog: our own JSON, CSV, GeoJSON, Overpass, by profiles | catalog, text, diagnostic |
//! | [`search`] | a query in a small language → ranked hits with positions; hides fuzzy-matcher | catalog, text |
//! | [`compare`] | two hospitals → rows with answers and limits; two datasets → changes; pure | catalog, text |
//! | [`report`] | a list, a hospital, a comparison → table, text, Markdown, HTML, CSV, JSON; the view of a comparison that the screen shows too | all above |
//! | [`tui`] | the browser: keys, state, layout, drawing, and the only terminal I/O | all above |
//! | [`cli`] | the command line's shape and its commands | all above |
//!
//! Imports point up this table only, and no files import each other in a circle; `tests/all/house.rs` checks both by this
//! table. Nothing above [`tui`] names ratatui or crossterm.
//!
//! From a file to the screen: [`formats`] recognizes a file and reads it into a [`catalog::Catalog`]. [`search`] finds and
//! ranks hospitals. [`compare`] makes the rows of a comparison, and [`report::view`] puts them into words once for the
//! screen and for every export. In [`tui`] a key becomes an action, [`tui::app::App::handle`] changes the state, and
//! [`tui::view::draw`] only reads it. [`cli`] calls the same functions without a screen.
//!
//! Two tables feed everything: `assets/measures.json` says what numbers mean, [`tui::keymap::BINDINGS`] what keys do.
//!
//! # Dependencies
//!
//! | for | crates |
//! |---|---|
//! | the terminal | `ratatui`, `crossterm`, `tui-input`, `terminal-colorsaurus`, `signal-hook`, `rustix` |
//! | reading JSON | `serde`, `serde_json`, `serde_path_to_error` |
//! | reading tables | `csv`, `encoding_rs`, `chardetng`, `flate2`, `ruzstd` |
//! | showing what is wrong | `annotate-snippets`, `strsim` |
//! | search | `fuzzy-matcher` (scores), `memchr`, `rayon`, `pinyin`, `hanconv` (Simplified and Traditional) |
//! | sorting names | `icu_collator` |
//! | text in any script | `unicode-normalization`, `unicode-segmentation`, `unicode-width`, `textwrap` |
//! | many small values | `arcstr`, `hashbrown`, `foldhash` |
//! | the command line | `clap`, `clap_complete`, `clap_mangen`, `indicatif` |
//! | the identity of a catalog | `sha2` |

pub mod catalog;
pub mod cli;
pub mod compare;
pub mod diagnostic;
pub mod formats;
pub mod report;
pub mod search;
pub mod text;
pub mod tui;
