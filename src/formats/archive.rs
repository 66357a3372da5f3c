//! Zip archives: the files in them, within limits.

use std::fmt;
use std::io::{self, Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::formats::limits::{MAX_BYTES, MAX_ENTRIES};
use crate::text::{Text, clip};

/// How many times its size deflated data can unpack to.
const MOST_DEFLATED: u64 = 1_032;

/// Bytes at the start of an entry that tell of it.
const TOP: u64 = 4_096;

/// Most columns of an entry's name in a message.
const NAME: usize = 80;

/// Why an archive cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum ArchiveError {
    /// It is damaged or cut off: in the words of its reader.
    Damaged(Text),
    /// An entry is packed in a way that is not read.
    Unsupported(Text),
    /// An entry needs a password.
    Encrypted(Text),
    /// It unpacks to more than [`MAX_BYTES`].
    TooLarge,
    /// It has more than [`MAX_ENTRIES`] files.
    TooManyEntries(usize),
    /// An entry is an archive again.
    Nested(Text),
    /// It holds a shapefile: the name of its layer.
    Shapefile(Text),
    /// No entry can be read as hospitals: those that there are, each with the reason.
    Nothing(Vec<String>),
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(words) => {
                write!(f, "the archive is damaged or cut off ({words}); fetch the file again")
            }
            Self::Unsupported(entry) => {
                write!(f, "{entry} in the archive is packed in a way that is not read here; unpack it first")
            }
            Self::Encrypted(entry) => {
                write!(f, "{entry} in the archive is protected by a password; unpack it first")
            }
            Self::TooLarge => {
                write!(f, "the archive unpacks to more than {} MiB, the most that is read; split it", MAX_BYTES >> 20)
            }
            Self::TooManyEntries(count) => {
                write!(f, "the archive has {count} files, of {MAX_ENTRIES} at most; unpack it and name the files")
            }
            Self::Nested(entry) => write!(f, "{entry} is an archive in the archive; unpack it first"),
            Self::Shapefile(layer) => write!(
                f,
                "this is a shapefile; convert it: unpack it, then ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.json {layer}"
            ),
            Self::Nothing(entries) if entries.is_empty() => f.write_str("the archive is empty"),
            Self::Nothing(entries) => {
                write!(f, "no file in the archive is a list of hospitals: {}", entries.join("; "))
            }
        }
    }
}

impl std::error::Error for ArchiveError {}

impl From<ZipError> for ArchiveError {
    fn from(error: ZipError) -> Self {
        Self::Damaged(Text::clean(&error.to_string()))
    }
}

impl ArchiveError {
    /// That no file is a list, each with the reason.
    pub(crate) fn without_list(files: &[(Text, impl fmt::Display)]) -> Self {
        let shape = files.iter().find(|(name, _)| name.to_lowercase().ends_with(".shp"));
        match shape {
            Some((layer, _)) => Self::Shapefile(layer.clone()),
            None => Self::Nothing(
                files.iter().map(|(name, reason)| clip(&format!("{name}: {reason}"), 200).into_owned()).collect(),
            ),
        }
    }
}

/// A file in an archive.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Its path in the archive.
    pub(crate) name: Text,
    at: usize,
    packed: u64,
    size: u64,
    is_encrypted: bool,
}

/// An archive, opened.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Its files in order, without folders and what systems add of their own.
    pub(crate) entries: Vec<Entry>,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    ///
    /// When it is damaged, has too many files, or unpacks to more than what is read.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ArchiveError> {
        let mut zip = ZipArchive::new(Cursor::new(bytes))?;
        if zip.len() > MAX_ENTRIES {
            return Err(ArchiveError::TooManyEntries(zip.len()));
        }
        let mut entries = Vec::new();
        for at in 0..zip.len() {
            let entry = zip.by_index_raw(at)?;
            let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
            let is_system =
                name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|name| name.starts_with('.'));
            if entry.is_dir() || is_system {
                continue;
            }
            let (packed, size, is_encrypted) = (entry.compressed_size(), entry.size(), entry.encrypted());
            entries.push(Entry { name: Text::clean(&name), at, packed, size, is_encrypted });
        }
        let total = entries.iter().try_fold(0_u64, |total, entry| total.checked_add(entry.size));
        if total.is_none_or(|total| total > MAX_BYTES) {
            return Err(ArchiveError::TooLarge);
        }
        Ok(Self { zip, entries })
    }

    /// Whether it has an entry of that path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(path))
    }

    /// The bytes of an entry.
    ///
    /// # Errors
    ///
    /// When it is damaged, needs a password, or is larger than what is read.
    pub(crate) fn bytes(&mut self, entry: &Entry) -> Result<Vec<u8>, ArchiveError> {
        let mut bytes = Vec::new();
        let unpacked = self.unpack(entry, MAX_BYTES, &mut bytes)?;
        if unpacked > MAX_BYTES { Err(ArchiveError::TooLarge) } else { Ok(bytes) }
    }

    /// Makes sure that all entries together unpack to what is read, whatever they state.
    ///
    /// # Errors
    ///
    /// When they do not.
    pub(crate) fn check_size(&mut self) -> Result<(), ArchiveError> {
        let packed: u64 = self.entries.iter().map(|entry| entry.packed).fold(0, u64::saturating_add);
        if packed.saturating_mul(MOST_DEFLATED) <= MAX_BYTES {
            return Ok(());
        }
        let mut total = 0;
        for entry in self.entries.clone() {
            total += self.unpack(&entry, MAX_BYTES - total, &mut io::sink())?;
            if total > MAX_BYTES {
                return Err(ArchiveError::TooLarge);
            }
        }
        Ok(())
    }

    /// Makes sure that no list of texts states to be longer than there are bytes: its reader takes room for all at once.
    ///
    /// # Errors
    ///
    /// When one does.
    pub(crate) fn check_counts(&mut self) -> Result<(), ArchiveError> {
        const STATED: &[u8] = b"uniqueCount=\"";
        let is_list = |entry: &&Entry| entry.name.to_lowercase().contains("sharedstrings");
        for entry in self.entries.iter().filter(is_list).cloned().collect::<Vec<_>>() {
            let mut top = Vec::new();
            self.unpack(&entry, TOP, &mut top)?;
            let Some(at) = memmem::find(&top, STATED) else { continue };
            let digits = top[at + STATED.len()..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            let digits = String::from_utf8_lossy(&top[at + STATED.len()..][..digits]).into_owned();
            if !digits.is_empty() && digits.parse::<u64>().map_or(true, |count| count > entry.size.max(TOP)) {
                return Err(ArchiveError::Damaged(Text::clean(&format!("{} states {digits} texts", entry.name))));
            }
        }
        Ok(())
    }

    /// Unpacks an entry, but not much more than `most` bytes. Returns how many there were.
    fn unpack(&mut self, entry: &Entry, most: u64, out: &mut impl io::Write) -> Result<u64, ArchiveError> {
        let name = || Text::clean(&clip(&entry.name, NAME));
        if entry.is_encrypted {
            return Err(ArchiveError::Encrypted(name()));
        }
        let reader = self.zip.by_index(entry.at).map_err(|error| match error {
            ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
                ArchiveError::Unsupported(name())
            }
            error => error.into(),
        })?;
        let count = io::copy(&mut reader.take(most + 1), out);
        count.map_err(|error| ArchiveError::Damaged(Text::clean(&format!("{}: {error}", name()))))
    }
}
