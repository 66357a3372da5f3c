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
//! | what sources say | `source`, `figure`, `estimate`, `statement`, `details`, `hospital`, `mention` |
//! | what follows from it | `derive` |
//! | read on first use | `lazy` |
//! | the store | `key`, `row_chunk`, `summary`, `hospitals`, `dataset`, `same_name`, `store` |
//! | what is said in words, and under which headings | `text_field`, `postcode`, `outline` |
//! | columns of all hospitals | `text_column`, `figure_column`, `points`, `reporting`, `columns` |
//! | adding files, merging editions, joining files by ids | `builder`, `join` |
//!
//! # How a dataset is kept
//!
//! A file is kept as its text. A hospital is a *row* of it: the bytes at which a line of a table or an object of JSON
//! stands. 4,096 rows make a *chunk* (`row_chunk`). Of each row a chunk keeps in columns what a list shows and a search
//! reads, the *summary*: id, name, other names, place and kind. Ids and names stand one after the other in one string;
//! places and kinds are numbers of texts, each of which the chunk has once.
//!
//! Everything else stays text until somebody looks. There are three ways to look:
//!
//! | to | ask for | what is read and kept |
//! |---|---|---|
//! | show one hospital | [`Catalog::hospital`] | its row; the hospital is kept in the chunk |
//! | look at all of them once | `Catalog::summaries`, `Catalog::details` | each row that details are asked of; nothing is kept |
//! | sort, filter, count | `Catalog::texts`, `figure_column`, `points`, `reporters` | all rows, of tables as a rule only the cells asked for; the column is kept |
//!
//! Columns of texts and figures are kept as long as they are few; see `columns`. To read one can be stopped, and goes on from there.
//!
//! Who reads a row is the format's business: `ReadRow` (`lazy`) stands between the store and `formats`. What a cell means is
//! decided once for its column, by the profile.
//!
//! Where two editions have the same hospital, it is put together from both rows, and its chunk is kept as whole hospitals
//! instead. So are hospitals that are made one by one, such as those of a file with mistakes that is checked.
//!
//! While a file is loaded, the screen looks at what has come: catalogs share chunks, so that nothing is copied.
//!
//! Crates for columns, arrow and polars, were weighed. They keep every cell as a value of a column. Here most cells are
//! never looked at, so they stay in the text, and the few columns that are asked for need less code than would be needed to
//! hand the text over.

mod builder;
mod columns;
mod dataset;
mod date;
mod derive;
mod details;
mod estimate;
mod figure;
mod figure_column;
mod hospital;
mod hospitals;
mod interval;
mod join;
mod key;
pub(crate) mod lazy;
pub mod measure;
mod mention;
pub mod number;
mod outline;
pub mod period;
mod points;
pub(crate) mod postcode;
mod quantity;
mod reporting;
pub(crate) mod row_chunk;
mod same_name;
mod source;
mod statement;
mod store;
mod summary;
mod text_column;
mod text_field;

pub(crate) use builder::CatalogBuilder;
pub use builder::MeasureClash;
pub use dataset::{CatalogFile, Dataset, Reference, RejectedIds};
pub use date::{Date, InvalidDate};
pub(crate) use details::detail_fields;
pub(crate) use details::{COORDINATES, Citation, EARLIER};
pub use details::{Details, LabelledFact, ListKind};
pub use estimate::Estimate;
pub use figure::{Derivation, Figure, Scope};
pub(crate) use figure_column::FigureColumn;
pub use hospital::{Hospital, Place};
pub use hospitals::Hospitals;
pub use interval::Interval;
pub use key::HospitalKey;
pub use measure::{Direction, Family, Formula, Measure, MeasureTable};
pub use mention::Mention;
pub(crate) use outline::FieldUse;
pub use period::Period;
pub use quantity::{Missing, Observed, Quantity};
pub(crate) use same_name::SameName;
pub use source::{Source, Synonyms};
pub use statement::{Accreditation, Campus, Extra, Fact, Item, Ranking};
pub use store::Catalog;
pub(crate) use summary::Summary;
pub(crate) use text_column::TextColumn;
pub(crate) use text_field::TextField;
