//! Why the browser could not start or go on.

use std::{fmt, io};

use crate::formats::LoadError;

/// Why the browser could not start or go on.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// There is no terminal to draw on.
    NoTerminal,
    /// `TERM` is missing or `dumb`.
    DumbTerminal,
    /// The terminal failed.
    Io(io::Error),
    /// The data could not be loaded.
    Load(LoadError),
    /// A thread panicked. Its message has been printed.
    Panicked,
}

impl Error {
    /// The exit code: that of a panic is Rust's own.
    #[must_use]
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Panicked => 101,
            _ => 2,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTerminal => f.write_str(
                "the browser needs a terminal; for pipes and scripts use `hospitui list`, `show` or `compare`",
            ),
            Self::DumbTerminal => f.write_str(
                "TERM says that this terminal cannot draw a screen; if it can, set TERM=xterm-256color; or use `hospitui list`",
            ),
            Self::Io(error) => write!(f, "the terminal failed: {error}"),
            Self::Load(error) => error.fmt(f),
            Self::Panicked => f.write_str("an internal error ended the program; the message above says where"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Load(error) => Some(error),
            Self::NoTerminal | Self::DumbTerminal | Self::Panicked => None,
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
