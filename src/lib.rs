//! The library behind `hospitui`, a terminal browser for hospitals.
//!
//! | room | what it is for | may import |
//! |---|---|---|
//! | [`text`] | cleaning and measuring untrusted text | – |
//! | [`diagnostic`] | what is wrong with a file, where, and how to fix it | text |
//! | [`catalog`] | hospitals, measures, figures, sources, and the store of all that is loaded; no file format | text, diagnostic |
//! | [`formats`] | files of many kinds → a catalog: our own JSON, CSV, workbooks, JSON, KML, archives, by profiles | catalog, text, diagnostic |
//! | [`search`] | a query in a small language → ranked hospitals, and which letters matched; hides fuzzy-matcher | catalog, text |
//! | [`compare`] | two hospitals → rows, each with an answer and what limits it; two datasets → what changed; no I/O | catalog, text |
//! | [`report`] | a list, a hospital or a comparison → table, text, Markdown, HTML, CSV, JSON; citations | all above |
//! | [`tui`] | the browser: keys, state, layout, drawing, and the only terminal I/O | all above |
//! | [`cli`] | the command line's shape and its commands | all above |
//!
//! A room imports only rooms above it in this table. `tests/all/house.rs` checks that, and that no files import each other in
//! a circle. Only [`tui`] names ratatui and crossterm.
//!
//! From a file to the screen: [`formats`] recognizes a file and reads it into a [`catalog::Catalog`]. [`search`] finds and
//! ranks hospitals. [`compare`] makes the rows of a comparison; [`report::view`] puts a comparison into words, once for the
//! screen and for every export. In [`tui`] a key becomes an action, [`tui::app::App::handle`] changes the state, and
//! [`tui::view::draw`] only reads it. [`cli`] calls the same functions without a screen.
//!
//! | to add | start at |
//! |---|---|
//! | an output format | `report/content.rs` (`Format`), then `report.rs` (`write`) and `cli/args.rs` |
//! | a column of a list | `report/list/column.rs` (`Column`) |
//! | a file format | `formats/package.rs` or `formats/detect.rs`, then `formats/load.rs` and `formats/fit.rs`, which call the reader |
//! | columns of a publisher's files | a JSON file in `assets/profiles`, listed in `formats/profile/builtin.rs` |
//! | a check of our own JSON | `formats/native/rules.rs` |
//! | a measure | `assets/measures.json`; what measures can say is in `catalog/measure.rs` |
//! | a field of a hospital | `catalog/details.rs` (`detail_fields!`), then `report/json/hospital.rs` and `formats/profile` |
//! | an operator of the query | `search/query/token.rs` (`Operator`), then `search/query/term.rs` |
//! | a field of the query | `catalog/text_field.rs`, then `search/query/field.rs` |
//! | another name of a region or country | `assets/place-names.tsv` |
//! | how names are folded | `search/text/fold.rs` |
//! | an answer or a limit of a comparison | `compare/answer.rs`, `compare/limit.rs`; then `compare/evaluate.rs`, `report/view/words.rs` |
//! | a line of the summary | `report/view/summary.rs` |
//! | a key | `tui/keymap.rs`; what it does is in `tui/app` |
//! | what a terminal sends for a key, or tells of itself | `tui/input/decode.rs`; where it ends is in `tui/input/sequence.rs` |
//! | something to click | `tui/app/mouse.rs`; the hints at the bottom are in `tui/app/footer.rs` |
//! | a pane | a file in `tui/view`, called by `tui/view/screen.rs`; its area is in `tui/layout.rs` |
//! | something on the map | `tui/app/map.rs`, `tui/view/map.rs`; projection in `tui/projection.rs`, who lies where in `search/point_map.rs` |
//! | where the cursor stands, for screen readers | `tui/view/attention.rs`; which line of a page is read is in `tui/app/viewport.rs` |
//! | work that must not block the screen | a file in `tui/workers`, started by `tui/run.rs` |
//! | a command | `cli/args.rs`, then `cli/run.rs` |
//! | a setting | `cli/screen_args.rs`, then `cli/config/file.rs` (`VALUES`) |
//!
//! # Dependencies
//!
//! | for | crates |
//! |---|---|
//! | the terminal | `ratatui`, `crossterm`, `tui-input`, `xterm-color`, `signal-hook`, `rustix` |
//! | reading JSON | `serde`, `serde_json`, `serde_path_to_error` |
//! | reading tables | `csv`, `encoding_rs`, `chardetng`, `flate2`, `ruzstd` |
//! | reading workbooks, archives and KML | `calamine`, `cfb` (what an old workbook asks for), `zip`, `quick-xml` |
//! | showing what is wrong | `annotate-snippets`, `strsim` |
//! | search | `fuzzy-matcher` (scores), `memchr`, `rayon`, `pinyin`, `hanconv` (Simplified and Traditional) |
//! | sorting names | `icu_collator`, `icu_locale_core` |
//! | places | `geographiclib-rs` (distances), `rust_iso3166` (names and codes of countries and regions) |
//! | text in any script | `unicode-normalization`, `unicode-segmentation`, `unicode-width`, `textwrap` |
//! | many small values | `arcstr`, `hashbrown`, `foldhash` |
//! | the command line | `clap`, `clap_complete`, `clap_mangen`, `indicatif`, `anstyle` (colours of tables) |
//! | the date of access | `jiff` |
//! | settings | `toml`, `etcetera` (where systems keep files) |
//! | copying and opening | `base64`, `linkify` (web addresses in texts), `open` |
//! | the identity of a catalog | `sha2` |

// What is no part of the interface says so where it is defined.
#![warn(unreachable_pub)]
#![allow(rustdoc::private_intra_doc_links, reason = "the documentation is for readers of the code, too")]

pub mod catalog;
pub mod cli;
pub mod compare;
pub(crate) mod diagnostic;
pub mod formats;
pub mod report;
pub mod search;
pub mod text;
pub mod tui;
