//! Profiles: which columns of a dataset mean what.
//!
//! Publishers name their columns as they like. A [`Profile`] is data that says which column holds the name, which the
//! beds, and which texts mean that there is no value, so that no publisher needs code. The built-in ones are in
//! `assets/profiles`; `hospitui profile FILE` prints the one that a file is read by, as a starting point for your own.
//!
//! Headings are compared by their letters and digits alone: `Facility ID`, `facility_id` and `FACILITY-ID` are one.
//!
//! | file | what it does |
//! |---|---|
//! | `definition` | what a profile says |
//! | `headings`, `builtin` | the headings of a file, and the profile that fits them |
//! | `plan` | the profile applied to the columns of the file |
//! | `dataset` | what the file is as a whole: title, source, edition |
//! | `sample`, `belief`, `id_column` | some rows; which headings their values fit; which column holds the ids |
//! | `number_columns`, `siblings`, `measure_names` | columns of numbers that no profile knows, and what stands beside them |
//! | `row_definition`, `measure_rows`, `grouped` | files of several rows a hospital |
//! | `row_head` | cells → id, names, place and kind, at once |
//! | `row_import` | rows → the catalog, in order |
//! | `missing_texts` | which cells say that there is no value |
//! | `row_reader`, `row_facts`, `row_texts`, `figure_cells`, `cell`, `column_marks` | cells → details and figures, on first use |

mod belief;
pub(super) mod builtin;
pub(super) mod cell;
mod column_marks;
pub(super) mod dataset;
pub(super) mod definition;
mod figure_cells;
pub(super) mod grouped;
pub(super) mod headings;
pub(super) mod id_column;
mod measure_names;
mod measure_rows;
pub(super) mod missing_texts;
mod number_columns;
pub(super) mod plan;
mod row_definition;
mod row_facts;
pub(super) mod row_head;
pub(super) mod row_import;
pub(super) mod row_reader;
mod row_texts;
pub(super) mod sample;
mod siblings;

pub use builtin::{NoNameHeading, built_in};
pub use definition::{Profile, ProfileError};
