//! Looking on while files are loaded.

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

/// Somebody who looks on while files are loaded.
pub trait Watch {
    /// Is told how far it is, and says whether to go on.
    fn goes_on(&mut self, progress: &Progress) -> bool;

    /// Is shown what has been loaded so far.
    fn look(&mut self, so_far: &Catalog);
}

/// Nobody looks on.
impl Watch for () {
    fn goes_on(&mut self, _: &Progress) -> bool {
        true
    }

    fn look(&mut self, _: &Catalog) {}
}
