//! Observing how files are loaded.

use std::ops::ControlFlow;

use crate::catalog::Catalog;
use crate::text::Text;

/// How far the loading of a file has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The file.
    pub file: Text,
    /// Bytes read or worked through.
    pub bytes: u64,
    /// How many there are, when that is known.
    pub of: Option<u64>,
    /// Hospitals found so far, in all files.
    pub hospitals: usize,
}

/// Observes how files are loaded.
pub trait ProgressObserver {
    /// Is told how far loading has come, and says whether to go on.
    fn on_progress(&mut self, progress: &Progress) -> ControlFlow<()>;

    /// Is shown what has been loaded so far.
    fn on_catalog(&mut self, so_far: &Catalog);

    /// Whether it makes anything of what has come through a pipe before the rest comes, which takes time to read.
    fn wants_preview(&self) -> bool {
        false
    }
}

/// Nobody observes.
impl ProgressObserver for () {
    fn on_progress(&mut self, _: &Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn on_catalog(&mut self, _: &Catalog) {}
}
