//! Compares two hospitals row by row, and two editions of a dataset.
//!
//! This module is pure: a comparison needs a catalog and two keys. The screen, the commands and every export show the
//! same rows.
//!
//! - A [`Row`] has an [`Answer`] (larger, equal, cannot be told, only one side) and [`Limit`]s. Values are intervals. If
//!   the intervals do not overlap, one side is larger. Limits qualify that answer. Those that prevent one say that the
//!   values overlap or that different things are counted ([`Limit::prevents_answer`]).
//! - Every figure appears in exactly one row. Each measure that both sides give has a row. The other measures of a
//!   concept (registered beds and open beds) share one more row, which compares the most informative pair. The
//!   remaining figures of the concept are listed in its row as "also".
//! - A row compares the latest period that both sides have, or else the latest period of each side. A dated figure is
//!   preferred to an undated one, which is then listed as "also".
//! - Contradicting figures of one hospital are all shown, and the answer holds for all of them.
//! - The parts of a total, such as "better" and "worse" of the measures reported, share the row of the total.
//! - A missing value is a statement about the text, never about the hospital. There is no winner and no total score.

mod answer;
mod bars;
mod breakdown;
mod changes;
mod comparison;
mod distribution;
mod evaluate;
mod facts;
mod limit;
mod lists;
mod pairing;
mod period;
mod row;
#[cfg(test)]
mod tests;

pub use answer::Answer;
pub use bars::Bar;
pub(crate) use bars::bars_of;
pub use breakdown::PartRow;
pub use changes::{Change, Changed, Changes, HospitalName, Renamed, UnmatchedField, UnreadHospital};
pub use comparison::Comparison;
pub use distribution::{Basis, Distribution, Rank};
pub use facts::{FactRow, FactSide};
pub use limit::{Limit, Sides};
pub(crate) use lists::Presence;
pub use lists::{ComparedList, ListRow};
pub use row::{Row, Side};
