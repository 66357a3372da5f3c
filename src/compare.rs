//! Two hospitals, row by row: what can be said of them, and what limits it.
//!
//! This module is pure: it takes a catalog and two keys. The screen, the commands and every export show the same rows.
//!
//! - A [`Row`] has an [`Answer`] (larger, equal, cannot be told, only one side) and its [`Limit`]s. Values are intervals:
//!   where they do not meet, one side is larger, whatever the limits. Only a few limits take the answer away, those by
//!   which different things stand beside each other ([`Limit::prevents_answer`]).
//! - Every number stands in one row. Each measure that both sides give has its row. What is left of a concept
//!   (registered beds against open beds) makes one row more, of the pair that says most; the rest stands under a row of
//!   the concept as "also".
//! - The latest period that both sides have is taken; else the latest of each. What is undated never stands beside what
//!   is dated: it is an "also".
//! - Figures of one hospital that contradict each other are all shown, and the answer holds for all of them.
//! - Parts of a total, such as "better" and "worse" of the measures reported, are one row.
//! - Absence is said of the text, never of the hospital. No side wins, and nothing is added up.

mod answer;
mod bars;
mod breakdown;
mod changes;
mod comparison;
mod distribution;
mod evaluate;
mod limit;
mod lists;
mod pairing;
mod period;
mod row;
mod statements;
#[cfg(test)]
mod tests;

pub use answer::Answer;
pub use bars::{Bar, bars_of};
pub use breakdown::PartRow;
pub use changes::{Change, Changed, Changes, Heading, Named, Renamed, Unnamed};
pub use comparison::Comparison;
pub use distribution::{Basis, Distribution, Rank};
pub use limit::{Limit, Sides};
pub use lists::{ListRow, Lists, Presence};
pub use row::{Row, Side};
pub use statements::{FactRow, FactSide};
