//! One file that is being read into a catalog: what all readers share.

use encoding_rs::Encoding;

use crate::catalog::{CatalogBuilder, Dataset};
use crate::formats::error::LoadError;
use crate::formats::profile::definition::Profile;
use crate::formats::progress::{Progress, ProgressObserver};
use crate::text::Text;

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The encoding of all files; none detects it.
    pub encoding: Option<&'static Encoding>,
    /// The profile to read tables by; none chooses by their headings.
    pub profile: Option<Box<Profile>>,
    /// The sheet of a workbook to read, by its name or its number from 1; none takes the one that is a list.
    pub sheet: Option<String>,
    /// Whether every cell that is not what its column should be is remarked on.
    pub is_strict: bool,
}

/// One file that is being read.
pub(crate) struct Import<'a> {
    /// What to call it.
    pub(crate) origin: Text,
    /// Its name without folder and endings.
    pub(crate) stem: Text,
    /// How to read it.
    pub(crate) options: &'a Options,
    /// Is told how far it is.
    pub(crate) observer: &'a mut dyn ProgressObserver,
    /// What it is read into.
    pub(crate) builder: &'a mut CatalogBuilder,
}

impl Import<'_> {
    /// Shows the observer what has come, at that byte of so many.
    ///
    /// # Errors
    ///
    /// When the observer stops it.
    pub(crate) fn report_progress(&mut self, byte: u64, of: usize) -> Result<(), LoadError> {
        let hospitals = self.builder.catalog().len();
        let progress = Progress { file: self.origin.clone(), bytes: byte, of: Some(of as u64), hospitals };
        let flow = self.observer.on_progress(&progress);
        self.observer.on_catalog(self.builder.catalog());
        if flow.is_continue() { Ok(()) } else { Err(LoadError::Stopped) }
    }

    /// The dataset that is being read; none before it is begun.
    pub(crate) fn dataset(&mut self) -> Option<&mut Dataset> {
        self.builder.dataset()
    }
}
