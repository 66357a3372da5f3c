//! Bytes from files and standard input, within limits.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::formats::error::{LoadError, Unreadable};
use crate::formats::limits::MAX_BYTES;
use crate::formats::progress::{Progress, ProgressObserver};
use crate::text::Text;

/// Bytes read between two reports of progress.
const PIECE: u64 = 1 << 20;

/// Most columns of a file's name in a message: paths may have thousands.
const NAME: usize = 160;

/// The endings of files that can be read; the outer ones come first.
const ENDINGS: [&str; 19] = [
    "gz", "zst", "zip", "csv", "tsv", "txt", "json", "geojson", "topojson", "jsonl", "ndjson", "geojsonl", "js", "kml",
    "kmz", "xlsx", "xlsb", "xls", "ods",
];

/// Where a dataset is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

impl From<&str> for Input {
    fn from(argument: &str) -> Self {
        Self::from(PathBuf::from(argument))
    }
}

impl From<PathBuf> for Input {
    fn from(path: PathBuf) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::File(path) }
    }
}

impl Input {
    /// What to call it in errors and titles.
    #[must_use]
    pub(crate) fn origin(&self) -> Text {
        match self {
            Self::File(path) => {
                let name = path.to_string_lossy();
                let count = name.chars().count();
                // The end of a path tells more than its beginning.
                match count.checked_sub(NAME) {
                    None | Some(0) => Text::clean(&name),
                    Some(more) => Text::clean(&format!("…{}", name.chars().skip(more).collect::<String>())),
                }
            }
            Self::Stdin => "standard input".into(),
        }
    }

    /// Whether both are one and the same file, by whatever path.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::File(one), Self::File(other)) if one != other => {
                let whole = |path: &Path| std::fs::canonicalize(path).ok();
                whole(one).is_some_and(|one| whole(other) == Some(one))
            }
            _ => self == other,
        }
    }

    /// The name of the file without folder and endings; `data` of standard input.
    #[must_use]
    pub(super) fn stem(&self) -> Text {
        let name = match self {
            Self::File(path) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            Self::Stdin => String::new(),
        };
        let mut stem = name.as_str();
        for ending in ENDINGS {
            stem = match stem.rsplit_once('.') {
                Some((rest, last)) if last.eq_ignore_ascii_case(ending) => rest,
                _ => stem,
            };
        }
        Text::clean(if stem.trim().is_empty() { "data" } else { stem })
    }

    /// Whether data have been piped into the program: standard input is a pipe, or a file that is not empty.
    #[must_use]
    pub(crate) fn is_piped() -> bool {
        use rustix::fs::FileType;

        rustix::fs::fstat(io::stdin()).is_ok_and(|stat| match FileType::from_raw_mode(stat.st_mode) {
            FileType::Fifo | FileType::Socket => true,
            FileType::RegularFile => stat.st_size > 0,
            _ => false,
        })
    }

    /// Whether standard input has something to read, or has ended, within that time.
    #[must_use]
    pub(crate) fn comes_within(time: Duration) -> bool {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};

        let stdin = io::stdin();
        let mut ready = [PollFd::new(&stdin, PollFlags::IN)];
        let Ok(time) = Timespec::try_from(time) else { return true };
        // Where it cannot be asked it is read.
        poll(&mut ready, Some(&time)).map_or(true, |count| count > 0)
    }

    /// Makes sure that it can be opened, without reading it.
    ///
    /// # Errors
    ///
    /// When it cannot, or is too large.
    pub(crate) fn probe(&self) -> Result<(), LoadError> {
        match self {
            Self::Stdin => Ok(()),
            Self::File(path) => open(path).map(drop).map_err(|error| LoadError::unreadable(&self.origin(), error)),
        }
    }

    /// All bytes, as they are.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is larger than [`MAX_BYTES`], or the observer stops it.
    pub fn read(&self, observer: &mut dyn ProgressObserver) -> Result<Vec<u8>, LoadError> {
        self.read_with(observer, &mut |_, _| {})
    }

    /// All bytes, as [`Self::read`]; what has come through a pipe so far is shown to `came`.
    ///
    /// # Errors
    ///
    /// As [`Self::read`].
    pub(super) fn read_with(
        &self,
        observer: &mut dyn ProgressObserver,
        came: &mut dyn FnMut(&[u8], &mut dyn ProgressObserver),
    ) -> Result<Vec<u8>, LoadError> {
        let origin = self.origin();
        let unreadable = |error: Unreadable| LoadError::unreadable(&origin, error);
        let (reader, of): (Box<dyn Read>, _) = match self {
            Self::Stdin => (Box::new(io::stdin().lock()), None),
            Self::File(path) => {
                let (file, size) = open(path).map_err(unreadable)?;
                (Box::new(file), size)
            }
        };
        let mut bytes = Vec::with_capacity(usize::try_from(of.unwrap_or(0)).unwrap_or(0) + 1);
        let mut reader = reader.take(MAX_BYTES + 1);
        loop {
            let count = match of {
                Some(_) => reader.by_ref().take(PIECE).read_to_end(&mut bytes),
                // What comes through a pipe may come slowly: whatever there is counts at once.
                None => read_some(&mut reader, &mut bytes),
            };
            if count.map_err(|error| unreadable(error.into()))? == 0 {
                break;
            }
            if bytes.len() as u64 > MAX_BYTES {
                return Err(unreadable(Unreadable::TooLarge));
            }
            let progress = Progress { file: origin.clone(), bytes: bytes.len() as u64, of, hospitals: 0 };
            if observer.on_progress(&progress).is_break() {
                return Err(LoadError::Stopped);
            }
            if of.is_none() {
                came(&bytes, observer);
            }
        }
        if bytes.is_empty() { Err(unreadable(Unreadable::Empty)) } else { Ok(bytes) }
    }
}

/// Reads what is there, waiting only when that is nothing; 0 at the end.
fn read_some(reader: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<usize> {
    let mut piece = [0; 1 << 14];
    loop {
        match reader.read(&mut piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(count) => {
                bytes.extend_from_slice(&piece[..count]);
                return Ok(count);
            }
            Err(error) => return Err(error),
        }
    }
}

/// Opens a file to read, with its size when it is known.
fn open(path: &Path) -> Result<(File, Option<u64>), Unreadable> {
    let kind = std::fs::metadata(path)?.file_type();
    // A named pipe without a writer would be waited for without end; the shell's own pipes have one.
    let is_shells = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"].iter().any(|folder| path.starts_with(folder));
    #[cfg(unix)]
    if std::os::unix::fs::FileTypeExt::is_fifo(&kind) && !is_shells {
        return Err(Unreadable::NamedPipe);
    }
    // Reading a terminal would take the keys away; other devices have no end.
    #[cfg(unix)]
    if std::os::unix::fs::FileTypeExt::is_char_device(&kind) && !is_shells && path != Path::new("/dev/null") {
        return Err(Unreadable::Device);
    }
    if kind.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
    }
    let file = File::open(path)?;
    let size = if kind.is_file() { Some(file.metadata()?.len()) } else { None };
    match size {
        Some(size) if size > MAX_BYTES => Err(Unreadable::TooLarge),
        _ => Ok((file, size)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_name_without_endings() {
        for (path, stem) in [
            ("a/cms-2025.csv.gz", "cms-2025"),
            ("x.geojson", "x"),
            ("y.xlsx", "y"),
            ("notes.v2.txt", "notes.v2"),
            (".csv", "data"),
        ] {
            assert_eq!(Input::from(path).stem().as_str(), stem, "{path}");
        }
    }
}
