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
//! Imports point up this table only. Nothing above [`tui`] names ratatui or crossterm.
//!
//! Inside [`tui`], an event goes to [`tui::app::App::handle`], which changes the state and returns an effect for the loop;
//! [`tui::view::draw`] only reads the state.
//!
//! Two tables feed everything: `assets/measures.json` (what numbers mean) and [`tui::keymap::BINDINGS`] (what
//! keys do).
//!
//! What each dependency is for: `ratatui` and `crossterm` draw and read the terminal; `serde`, `serde_json` and
//! `serde_path_to_error` read catalogs and name the field that is wrong; `annotate-snippets` shows the line;
//! `strsim` finds the word that was meant; `fuzzy-matcher` scores hits, `memchr` finds words in names,
//! `rayon` divides a search among the cores; `pinyin` reads Chinese names and `hanconv` knows the Simplified forms of their
//! characters; `csv`, `encoding_rs`, `chardetng`, `flate2` and `ruzstd` read tables in any encoding, packed or not;
//! `hashbrown` and `foldhash` find ids and names told twice, and number words; `arcstr` shares texts; `indicatif` shows
//! commands how far a file is;
//! `sha2` names the catalog that a result was made from; `unicode-normalization`, `unicode-segmentation`, `unicode-width`
//! and `textwrap` clean, fold, measure and wrap text in any script;
//! `clap`, `clap_complete` and `clap_mangen` make the command line, its completions and manual; `csv` writes
//! CSV too; `tui-input` edits the search box; `terminal-colorsaurus` asks for the background; `signal-hook` and `rustix` give
//! the terminal back whatever happens.

pub mod catalog;
pub mod cli;
pub mod compare;
pub mod diagnostic;
pub mod formats;
pub mod report;
pub mod search;
pub mod text;
pub mod tui;
