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
//! | the store | `hospitals`, `row_chunk`, `summary`, `dataset`, `columns`, `same_name`, `store` |
//! | adding files, merging editions | `builder` |

mod builder;
mod columns;
mod dataset;
mod date;
mod derive;
mod details;
mod figure;
mod hospital;
mod hospitals;
mod interval;
pub(crate) mod lazy;
pub mod measure;
mod mention;
pub mod number;
pub mod period;
mod quantity;
pub(crate) mod row_chunk;
mod same_name;
mod source;
mod statement;
mod store;
mod summary;

pub(crate) use builder::CatalogBuilder;
pub use builder::MeasureClash;
pub(crate) use columns::TextField;
pub use dataset::{CatalogFile, Dataset, RejectedIds};
pub use date::{Date, InvalidDate};
pub(crate) use details::detail_fields;
pub(crate) use details::{COORDINATES, Citation, EARLIER};
pub use details::{Details, LabelledFact, ListKind};
pub use figure::{Derivation, Figure, Scope};
pub use hospital::{Hospital, Place};
pub use hospitals::Hospitals;
pub use interval::Interval;
pub use measure::{Direction, Family, Formula, Measure, MeasureTable};
pub use mention::Mention;
pub use period::Period;
pub use quantity::{Missing, Observed, Quantity};
pub(crate) use same_name::SameName;
pub use source::{Source, Synonyms};
pub use statement::{Accreditation, Campus, Extra, Fact, Item, Ranking};
pub use store::{Catalog, HospitalKey};
pub(crate) use summary::Summary;
