//! Reading catalog files from disk and standard input, within limits.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use super::check::{self, Problem};
use super::{Catalog, CatalogFile, Clash};
use crate::text::Text;

/// Largest file read, in bytes. Every hospital on Earth in full takes less than a third of it.
pub const MAX_BYTES: u64 = 1 << 30;

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
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 5;
        match self {
            Self::Unreadable { origin, reason } => write!(f, "{origin}: {}", Text::clean(reason)),
            Self::Clash(clash) => clash.fmt(f),
            Self::Problems(problems) => {
                for problem in problems.iter().take(SHOWN) {
                    writeln!(f, "{}", problem.with_excerpt())?;
                }
                let file = problems.first().map_or("the file", |problem| problem.file.as_str());
                match problems.len() {
                    0..=SHOWN => write!(f, "{file} was not loaded"),
                    all => {
                        write!(f, "{file} was not loaded: {} more problems; `hospitui check` lists all", all - SHOWN)
                    }
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
            Self::File(path) => Text::clean(&path.to_string_lossy()),
            Self::Stdin => "standard input".into(),
        }
    }

    /// The whole text.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is larger than [`MAX_BYTES`], or is not UTF-8.
    pub fn read(&self) -> Result<String, LoadError> {
        let unreadable = |reason| LoadError::Unreadable { origin: self.origin(), reason };
        let mut bytes = Vec::new();
        self.read_bytes(&mut bytes).map_err(|error| unreadable(explain(&error)))?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(unreadable(too_large()));
        }
        if bytes.is_empty() {
            return Err(unreadable("the file is empty; a catalog starts with {".to_owned()));
        }
        String::from_utf8(bytes)
            .map_err(|error| unreadable(not_utf8(error.as_bytes(), error.utf8_error().valid_up_to())))
            .map(|text| match text.strip_prefix('\u{feff}') {
                Some(rest) => rest.to_owned(),
                None => text,
            })
    }

    fn read_bytes(&self, bytes: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Stdin => io::stdin().lock().take(MAX_BYTES + 1).read_to_end(bytes)?,
            Self::File(path) => {
                let file = File::open(path)?;
                let size = file.metadata()?.len();
                if size > MAX_BYTES {
                    return Err(io::Error::other(too_large()));
                }
                file.take(MAX_BYTES + 1).read_to_end(bytes)?
            }
        };
        Ok(())
    }
}

/// The SHA-256 of a text, in hexadecimal.
pub(super) fn sha256(text: &str) -> String {
    use sha2::{Digest, Sha256};

    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

fn too_large() -> String {
    format!("larger than {} MiB, the most that is read; split it", MAX_BYTES >> 20)
}

fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file; check the path".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        io::ErrorKind::IsADirectory => "this is a directory; name a file in it".to_owned(),
        _ => error.to_string(),
    }
}

fn not_utf8(bytes: &[u8], at: usize) -> String {
    let line = String::from_utf8_lossy(&bytes[..at]).matches('\n').count() + 1;
    format!("line {line} is not UTF-8 (byte 0x{:02X}); save the file as UTF-8", bytes[at])
}

impl Catalog {
    /// Loads `inputs` into one catalog; the bundled hospitals when there are none.
    ///
    /// # Errors
    ///
    /// The first input that cannot be read, has problems, or clashes with one before it.
    pub fn load(inputs: &[Input]) -> Result<Self, LoadError> {
        if inputs.is_empty() {
            return Ok(Self::bundled());
        }
        if inputs.iter().filter(|input| **input == Input::Stdin).count() > 1 {
            let reason = "it can be read only once; name it once".to_owned();
            return Err(LoadError::Unreadable { origin: Input::Stdin.origin(), reason });
        }
        let mut catalog = Self::default();
        for input in inputs {
            let text = input.read()?;
            let file: CatalogFile = check::read(&text, &input.origin())?;
            catalog.add(file, input.origin(), sha256(&text)).map_err(LoadError::Clash)?;
        }
        Ok(catalog)
    }
}
