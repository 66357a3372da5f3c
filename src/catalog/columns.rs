//! What is asked of all hospitals at once, as columns: the texts of a field, the figures of a measure.
//!
//! A column is made on all cores when it is first asked for, and kept with the catalog. To sort or filter by it again then
//! reads no row.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use hashbrown::HashMap;

use crate::catalog::figure_column::FigureColumn;
use crate::catalog::reporting::Reporting;
use crate::catalog::same_name::SameNames;
use crate::catalog::text_column::TextColumn;
use crate::text::Text;

/// The columns that have been asked for, and what else is found out by a look at all hospitals.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// By field.
    pub(super) texts: [OnceLock<TextColumn>; 5],
    /// By measure.
    figures: Mutex<HashMap<Text, Arc<OnceLock<FigureColumn>>>>,
    /// Which hospitals state a number of which measure.
    pub(super) reporting: OnceLock<Reporting>,
    /// Names that several hospitals have.
    pub(super) same_names: OnceLock<SameNames>,
}

/// A copy is empty: a catalog is copied to show it while it grows, and the two have different hospitals from then on.
impl Clone for Columns {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Columns {
    /// The place of the figures of a measure; empty before they are asked for.
    pub(super) fn figures(&self, measure: &Text) -> Arc<OnceLock<FigureColumn>> {
        let mut known = self.figures.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry_ref(measure).or_default())
    }
}

/// What stands in a place, made if nothing does.
///
/// Two threads that ask at once both make it, and one of the two is dropped. To wait for the other thread, as
/// [`OnceLock::get_or_init`] does, could last for ever: it makes the column on the thread pool, and the thread that waits may
/// be the only one of the pool.
pub(super) fn get_or_make<T>(place: &OnceLock<T>, make: impl FnOnce() -> T) -> &T {
    if let Some(known) = place.get() {
        return known;
    }
    let new = make();
    place.get_or_init(|| new)
}
