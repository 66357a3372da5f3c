//! The contents of a file, whatever they are packed in.

use crate::formats::compression::unpacked;
use crate::formats::encoding::{DecodedFile, decode_owned};
use crate::formats::error::Unreadable;
use crate::formats::import::Options;
use crate::formats::package::Package;
use crate::formats::workbook::{self, Sheet};

/// The contents of a file.
#[derive(Debug)]
pub(crate) enum Contents {
    /// A text, and the bytes of the file where they are not those of the text.
    Text(DecodedFile, Option<Vec<u8>>),
    /// A sheet of a workbook, and the bytes of the file.
    Sheet(Sheet, Vec<u8>),
    /// An archive with files of its own.
    Archive(Vec<u8>),
}

impl Contents {
    /// The contents of a file of these bytes.
    ///
    /// # Errors
    ///
    /// When they are damaged, or nothing that is read.
    pub(crate) fn of(bytes: Vec<u8>, options: &Options) -> Result<Self, Unreadable> {
        let unpacked = unpacked(&bytes)?;
        let (packed, plain) = match unpacked {
            Some(plain) => (Some(bytes), plain),
            None => (None, bytes),
        };
        match Package::of(&plain)? {
            None => {
                let mut decoded = decode_owned(plain, options.encoding)?;
                let original = packed.or(decoded.original.take());
                Ok(Self::Text(decoded, original))
            }
            Some(Package::Workbook(kind)) => {
                let sheet = workbook::sheet(&plain, kind, options.sheet.as_deref(), options.profile.as_deref())?;
                Ok(Self::Sheet(sheet, packed.unwrap_or(plain)))
            }
            Some(Package::Archive) => Ok(Self::Archive(plain)),
            Some(Package::Database(database)) => Err(Unreadable::Database(database)),
            Some(Package::Other(what)) => Err(Unreadable::Other(what)),
        }
    }
}
