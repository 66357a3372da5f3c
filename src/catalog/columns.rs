//! What is asked of all hospitals at once, as columns: the texts of a field, the figures of a measure.
//!
//! A column is made on all cores when it is first asked for, and kept with the catalog. To sort or filter by it again then
//! reads no row.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::catalog::figure_column::{FigureColumn, FigureReading};
use crate::catalog::outline::{FieldUse, Outline};
use crate::catalog::points::Points;
use crate::catalog::reporting::Reporting;
use crate::catalog::same_name::SameNames;
use crate::catalog::text_column::TextColumn;
use crate::catalog::text_field::TextField;
use crate::text::Text;

/// Most figures in all columns that are kept, for each hospital. The column that was asked for longest ago goes first.
const MOST_FIGURES: usize = 16;

/// Most distinct texts in all columns that are kept, for each hospital, and most columns. The column that was asked for longest
/// ago goes first.
const MOST_TEXTS: usize = 4;
const MOST_TEXT_COLUMNS: usize = 64;

/// The columns that have been asked for, and what else is found out by a look at all hospitals.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// By field, the one asked for last at the end.
    texts: Mutex<Vec<(TextField, Arc<TextColumn>)>>,
    /// Where hospitals lie.
    pub(super) points: OnceLock<Points>,
    /// What the files may say.
    pub(super) outline: OnceLock<Outline>,
    /// How many hospitals say something in each field.
    pub(super) field_uses: OnceLock<Vec<FieldUse>>,
    figures: Mutex<FigureColumns>,
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

/// The figures of measures, as columns.
#[derive(Debug, Default)]
struct FigureColumns {
    /// By measure, the one asked for last at the end.
    known: Vec<(Text, Arc<FigureColumn>)>,
    /// A reading that was stopped.
    stopped: Option<FigureReading>,
}

impl Columns {
    /// The texts of a field, made if they are not known. So many hospitals are in the catalog.
    pub(super) fn texts(
        &self,
        field: &TextField,
        hospitals: usize,
        make: impl FnOnce() -> TextColumn,
    ) -> Arc<TextColumn> {
        if let Some(known) = self.known_texts(field) {
            return known;
        }
        // Not under the lock: who makes it works on the thread pool, and may have to wait for a thread that waits for the lock.
        let column = Arc::new(make());
        let mut known = self.lock_texts();
        // Another thread may have read the same.
        if let Some((_, column)) = known.iter().find(|(other, _)| other == field) {
            return Arc::clone(column);
        }
        known.push((field.clone(), Arc::clone(&column)));
        let texts = |known: &[(TextField, Arc<TextColumn>)]| {
            known.iter().map(|(_, column)| column.values().len()).sum::<usize>()
        };
        let last = known.len() - 1;
        let fits = |at: &usize| texts(&known[*at..]) <= hospitals * MOST_TEXTS && known.len() - at <= MOST_TEXT_COLUMNS;
        let dropped = (0..last).find(fits).unwrap_or(last);
        known.drain(..dropped);
        column
    }

    fn known_texts(&self, field: &TextField) -> Option<Arc<TextColumn>> {
        let mut known = self.lock_texts();
        let at = known.iter().position(|(other, _)| other == field)?;
        let column = Arc::clone(&known[at].1);
        // What was asked for last stands last.
        known[at..].rotate_left(1);
        Some(column)
    }

    fn lock_texts(&self) -> MutexGuard<'_, Vec<(TextField, Arc<TextColumn>)>> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The figures of a measure, if they have been read.
    pub(super) fn figures(&self, measure: &Text) -> Option<Arc<FigureColumn>> {
        let known = &mut self.lock_figures().known;
        let at = known.iter().position(|(other, _)| other == measure)?;
        let found = known.remove(at);
        let column = Arc::clone(&found.1);
        known.push(found);
        Some(column)
    }

    /// A reading of the figures of those measures: the one that was stopped, if it was of these.
    pub(super) fn reading(&self, measures: Vec<Text>) -> FigureReading {
        let stopped = self.lock_figures().stopped.take().filter(|reading| reading.measures() == measures);
        stopped.unwrap_or_else(|| FigureReading::new(measures))
    }

    /// Keeps a reading to go on with.
    pub(super) fn keep_reading(&self, reading: FigureReading) {
        self.lock_figures().stopped = Some(reading);
    }

    /// Keeps columns, and drops others that are too many: none of the `asked` last ones, which are asked for together, some of
    /// them known before. So many hospitals are in the catalog.
    pub(super) fn keep_figures(
        &self,
        columns: impl Iterator<Item = (Text, FigureColumn)>,
        asked: usize,
        hospitals: usize,
    ) {
        let known = &mut self.lock_figures().known;
        for (measure, column) in columns {
            // Another thread may have read the same.
            if known.iter().all(|(other, _)| *other != measure) {
                known.push((measure, Arc::new(column)));
            }
        }
        let figures = |known: &[(Text, Arc<FigureColumn>)]| known.iter().map(|(_, column)| column.len()).sum::<usize>();
        let most = hospitals * MOST_FIGURES;
        let first_asked = known.len().saturating_sub(asked);
        let dropped = (0..first_asked).find(|at| figures(&known[*at..]) <= most).unwrap_or(first_asked);
        known.drain(..dropped);
    }

    fn lock_figures(&self) -> MutexGuard<'_, FigureColumns> {
        self.figures.lock().unwrap_or_else(PoisonError::into_inner)
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
