//! Bytes from files and standard input, within limits; unpacked when they are compressed.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Watch, watch::Progress};
use crate::catalog::{Clash, Problem};
use crate::text::{self, Text, clip};

/// Largest file read, in bytes, unpacked. Every hospital on Earth in full takes less than a third of it.
pub const MAX_BYTES: u64 = 1 << 30;

/// Bytes read before somebody is told how far it is.
const PIECE: u64 = 1 << 20;

/// Most columns of a file's name in a message: paths may have thousands.
const NAME: usize = 160;

/// Most columns of a reason.
const REASON: usize = 600;

/// Most bytes of a whole message: what is longer nobody reads.
const MESSAGE: usize = 1_900;

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

/// Why a dataset could not be loaded.
#[derive(Debug)]
pub enum LoadError {
    /// The file could not be read at all.
    Unreadable {
        /// The file.
        origin: Text,
        /// What is in the way, and the cure.
        reason: String,
    },
    /// The file was read, and has these problems.
    Problems(Vec<Problem>),
    /// Two files do not go together.
    Clash(Clash),
    /// Somebody asked to stop.
    Stopped,
}

impl LoadError {
    pub(super) fn unreadable(origin: &Text, reason: impl Into<String>) -> Self {
        Self::Unreadable { origin: origin.clone(), reason: reason.into() }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 5;
        match self {
            // A reason may repeat what stands in the file.
            Self::Unreadable { origin, reason } => write!(f, "{origin}: {}", clip(&text::clean(reason), REASON)),
            Self::Clash(clash) => clash.fmt(f),
            Self::Stopped => f.write_str("loading was stopped"),
            Self::Problems(problems) => {
                let file = problems.first().map_or("the file", |problem| problem.file.as_str());
                let mut left = MESSAGE - file.len().min(MESSAGE);
                let mut shown = 0;
                for problem in problems.iter().take(SHOWN) {
                    let says = problem.with_excerpt();
                    if shown > 0 && says.len() > left {
                        break;
                    }
                    shown += 1;
                    let end = (0..=left.min(says.len())).rev().find(|at| says.is_char_boundary(*at));
                    writeln!(f, "{}", &says[..end.unwrap_or(0)])?;
                    left = left.saturating_sub(says.len());
                }
                match problems.len() - shown {
                    0 => write!(f, "{file} was not loaded"),
                    1 => write!(f, "{file} was not loaded: 1 more problem; `hospitui check` lists all"),
                    more => write!(f, "{file} was not loaded: {more} more problems; `hospitui check` lists all"),
                }
            }
        }
    }
}

impl std::error::Error for LoadError {}

impl Input {
    /// What to call it in errors and titles.
    #[must_use]
    pub fn origin(&self) -> Text {
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
        for ending in ["gz", "zst", "csv", "tsv", "txt", "json", "geojson"] {
            stem = stem.strip_suffix(ending).and_then(|rest| rest.strip_suffix('.')).unwrap_or(stem);
        }
        Text::clean(if stem.trim().is_empty() { "data" } else { stem })
    }

    /// Makes sure that it can be opened, without reading it.
    ///
    /// # Errors
    ///
    /// When it cannot, or is too large.
    pub fn probe(&self) -> Result<(), LoadError> {
        match self {
            Self::Stdin => Ok(()),
            Self::File(path) => {
                open(path).map(drop).map_err(|error| LoadError::unreadable(&self.origin(), explain(&error)))
            }
        }
    }

    /// All bytes, as they are.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is larger than [`MAX_BYTES`], or `watch` stops it.
    pub fn read(&self, watch: &mut dyn Watch) -> Result<Vec<u8>, LoadError> {
        let origin = self.origin();
        let unreadable = |error: io::Error| LoadError::unreadable(&origin, explain(&error));
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
            let came = match of {
                Some(_) => reader.by_ref().take(PIECE).read_to_end(&mut bytes),
                // What comes through a pipe may come slowly: whatever there is counts at once.
                None => read_some(&mut reader, &mut bytes),
            };
            if came.map_err(unreadable)? == 0 {
                break;
            }
            if bytes.len() as u64 > MAX_BYTES {
                return Err(LoadError::unreadable(&origin, too_large()));
            }
            let progress = Progress { file: origin.clone(), bytes: bytes.len() as u64, of, hospitals: 0 };
            if !watch.goes_on(&progress) {
                return Err(LoadError::Stopped);
            }
        }
        if bytes.is_empty() {
            let reason = "the file is empty; a dataset has a line of headings, or starts with {";
            return Err(LoadError::unreadable(&origin, reason));
        }
        Ok(bytes)
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
fn open(path: &Path) -> io::Result<(File, Option<u64>)> {
    let kind = std::fs::metadata(path)?.file_type();
    // A named pipe without a writer would be waited for without end; the shell's own pipes have one.
    let is_shells = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"].iter().any(|folder| path.starts_with(folder));
    #[cfg(unix)]
    if std::os::unix::fs::FileTypeExt::is_fifo(&kind) && !is_shells {
        return Err(io::Error::other("this is a named pipe; give it as standard input: hospitui - < PIPE"));
    }
    // Who reads a terminal takes the keys away; other devices have no end.
    #[cfg(unix)]
    if std::os::unix::fs::FileTypeExt::is_char_device(&kind) && !is_shells && path != Path::new("/dev/null") {
        return Err(io::Error::other("this is a device; name a file, or pipe data in: hospitui - < FILE"));
    }
    if kind.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let file = File::open(path)?;
    let size = if kind.is_file() { Some(file.metadata()?.len()) } else { None };
    match size {
        Some(size) if size > MAX_BYTES => Err(io::Error::other(too_large())),
        _ => Ok((file, size)),
    }
}

/// The bytes unpacked, when they are packed by gzip or zstd.
///
/// # Errors
///
/// When they are damaged, or unpack to more than [`MAX_BYTES`].
pub(super) fn unpacked(bytes: &[u8]) -> Result<Option<Vec<u8>>, String> {
    let mut out = Vec::new();
    let result = match bytes {
        [0x1f, 0x8b, ..] => flate2::read::MultiGzDecoder::new(bytes).take(MAX_BYTES + 1).read_to_end(&mut out),
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => unzstd(bytes, &mut out),
        _ => return Ok(None),
    };
    match result {
        Ok(_) if out.len() as u64 > MAX_BYTES => Err(too_large()),
        Ok(_) if out.is_empty() => Err("nothing is packed in it".to_owned()),
        Ok(_) => Ok(Some(out)),
        Err(error) => Err(format!(
            "the packed data is damaged or cut off ({}); fetch the file again",
            Text::clean(&error.to_string())
        )),
    }
}

fn unzstd(mut bytes: &[u8], out: &mut Vec<u8>) -> io::Result<usize> {
    while !bytes.is_empty() && out.len() as u64 <= MAX_BYTES {
        if let [0x50..=0x5f, 0x2a, 0x4d, 0x18, a, b, c, d, rest @ ..] = bytes {
            // A frame of something else than data; parallel packers write such ones.
            let length = u32::from_le_bytes([*a, *b, *c, *d]);
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            bytes = rest.get(length..).ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
            continue;
        }
        // What the decoder says of damage is for its makers.
        let mut frame = ruzstd::decoding::StreamingDecoder::new(&mut bytes)
            .map_err(|_| io::Error::other("no zstd frame begins where one should"))?;
        let room = MAX_BYTES + 1 - out.len() as u64;
        frame.by_ref().take(room).read_to_end(out).map_err(|_| io::Error::other("a zstd frame breaks off"))?;
        let decoder = frame.into_frame_decoder();
        let stated = decoder.get_checksum_from_data();
        if decoder.is_finished() && stated.is_some() && stated != decoder.get_calculated_checksum() {
            return Err(io::Error::other("the checksum does not match"));
        }
    }
    Ok(out.len())
}

fn too_large() -> String {
    format!("larger than {} MiB, the most that is read; split it", MAX_BYTES >> 20)
}

fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file; check the path".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        io::ErrorKind::IsADirectory => "this is a directory; name a file in it".to_owned(),
        _ => Text::clean(&error.to_string()).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_name_without_endings() {
        for (path, stem) in
            [("a/cms-2025.csv.gz", "cms-2025"), ("x.geojson", "x"), ("notes.v2.txt", "notes.v2"), (".csv", "data")]
        {
            assert_eq!(Input::from(path).stem().as_str(), stem, "{path}");
        }
    }
}
