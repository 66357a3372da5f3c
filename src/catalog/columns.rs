//! What is asked of all hospitals at once, as columns: the texts of a field, the figures of a measure.
//!
//! A column is made on all cores when it is first asked for, and kept with the catalog. To sort or filter by it again then
//! reads no row.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use hashbrown::HashMap;

use crate::catalog::figure_column::FigureColumn;
use crate::catalog::reporting::Reporting;
use crate::catalog::text_column::TextColumn;
use crate::text::Text;

/// The columns that have been asked for.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// By field.
    pub(super) texts: [OnceLock<TextColumn>; 5],
    /// By measure.
    figures: Mutex<HashMap<Text, Arc<OnceLock<FigureColumn>>>>,
    /// Which hospitals state a number of which measure.
    pub(super) reporting: OnceLock<Reporting>,
}

impl Columns {
    /// The place of the figures of a measure; empty before they are asked for.
    pub(super) fn figures(&self, measure: &Text) -> Arc<OnceLock<FigureColumn>> {
        let mut known = self.figures.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry_ref(measure).or_default())
    }
}
