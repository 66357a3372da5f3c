//! The data: hospitals, measures, figures and their sources, and the store of all that is loaded.
//!
//! A [`Catalog`] is everything loaded in one run. It is made of datasets, each a file (or the bundled one) with sources
//! of its own, so two files may both call a source `annual-report`. Nothing here reads a file format, draws, prints or
//! compares; how values are written in JSON is in `formats::native`.
//!
//! | part | files |
//! |---|---|
//! | numbers and times | `number`, `interval`, `quantity`, `date`, `period` |
//! | what numbers mean | `measure` |
//! | what sources say | `source`, `figure`, `statement`, `details`, `hospital`, `mention` |
//! | what follows from it | `derive` |
//! | read on first use | `lazy` |
//! | the store | `key`, `row_chunk`, `summary`, `hospitals`, `dataset`, `same_name`, `store` |
//! | columns of all hospitals | `text_column`, `figure_column`, `reporting`, `columns` |
//! | adding files, merging editions | `builder` |

mod builder;
mod columns;
mod dataset;
mod date;
mod derive;
mod details;
mod figure;
mod figure_column;
mod hospital;
mod hospitals;
mod interval;
mod key;
pub(crate) mod lazy;
pub mod measure;
mod mention;
pub mod number;
pub mod period;
mod quantity;
mod reporting;
pub(crate) mod row_chunk;
mod same_name;
mod source;
mod statement;
mod store;
mod summary;
mod text_column;

pub(crate) use builder::CatalogBuilder;
pub use builder::MeasureClash;
pub use dataset::{CatalogFile, Dataset, RejectedIds};
pub use date::{Date, InvalidDate};
pub(crate) use details::detail_fields;
pub(crate) use details::{COORDINATES, Citation, EARLIER};
pub use details::{Details, LabelledFact, ListKind};
pub use figure::{Derivation, Figure, Scope};
pub(crate) use figure_column::FigureColumn;
pub use hospital::{Hospital, Place};
pub use hospitals::Hospitals;
pub use interval::Interval;
pub use key::HospitalKey;
pub use measure::{Direction, Family, Formula, Measure, MeasureTable};
pub use mention::Mention;
pub use period::Period;
pub use quantity::{Missing, Observed, Quantity};
pub(crate) use same_name::SameName;
pub use source::{Source, Synonyms};
pub use statement::{Accreditation, Campus, Extra, Fact, Item, Ranking};
pub use store::Catalog;
pub(crate) use summary::Summary;
pub(crate) use text_column::TextField;
