//! The results and errors of a run, with their exit codes and messages.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::diagnostic::Diagnostic;
use crate::formats::LoadError;
use crate::report::saved::SaveError;
use crate::search::Mistake;
use crate::text::Text;
use crate::tui::{self, theme::ColourError};

/// The result of a run without an error.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, with a message.
    Noted(String),
    /// The query matches nothing; with a message, which may be empty.
    NoMatch(String),
    /// A file has problems; they have been written.
    ProblemsFound,
    /// Some of the checked files cannot be read; messages about them have been passed on.
    Unreadable,
    /// A replayed comparison or another edition differs; the changes have been written.
    Changed,
}

impl Outcome {
    /// The exit code.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Done | Self::Noted(_) => ExitCode::SUCCESS,
            Self::NoMatch(_) | Self::ProblemsFound | Self::Changed => ExitCode::from(1),
            Self::Unreadable => ExitCode::from(2),
        }
    }

    /// The message for standard error.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::NoMatch(message) | Self::Noted(message) => Some(message.as_str()).filter(|said| !said.is_empty()),
            Self::Done | Self::ProblemsFound | Self::Unreadable | Self::Changed => None,
        }
    }
}

/// Why a run failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// A dataset could not be loaded.
    Load(LoadError),
    /// A query has a mistake.
    Query {
        /// The query as it was given.
        query: String,
        /// What is wrong with it, and where.
        mistake: Mistake,
    },
    /// The given words do not identify a single hospital.
    UnresolvedHospital(UnresolvedHospital),
    /// What is wrong with the configuration file.
    Settings(Vec<Diagnostic>),
    /// The arguments contradict each other.
    Usage(Usage),
    /// A comparison could not be saved or replayed.
    Saved {
        /// The file.
        file: Text,
        /// Why not.
        error: SavedError,
    },
    /// Reading or writing failed.
    Io(io::Error),
    /// The browser could not start or go on.
    Screen(tui::Error),
}

/// Why words do not identify a single hospital. Hospitals are given by id and name.
#[derive(Debug)]
#[non_exhaustive]
pub enum UnresolvedHospital {
    /// No words were given.
    NoWords,
    /// Several hospitals match: how many, and the first of them.
    Several {
        /// The words.
        words: Text,
        /// How many match.
        count: usize,
        /// The best of them.
        first: Vec<(Text, Text)>,
    },
    /// No hospital matches.
    NoMatch {
        /// The words.
        words: Text,
        /// The nearest hospitals.
        nearest: Vec<(Text, Text)>,
    },
    /// Both arguments of a comparison identify this hospital.
    SameTwice(Text),
    /// A saved comparison has this id, which is no longer in the catalog.
    Removed(Text),
}

/// Why arguments contradict each other.
#[derive(Debug)]
#[non_exhaustive]
pub enum Usage {
    /// Other data were given to a command that reads only the files named after it.
    OtherData {
        /// The command.
        command: &'static str,
        /// The files that it reads.
        reads: Vec<Text>,
        /// The first of the other data.
        other: Text,
    },
    /// A variable of the environment has a value that its option does not take.
    Variable {
        /// The variable.
        variable: String,
        /// Its value.
        value: String,
        /// The values that the option takes.
        words: String,
    },
    /// Keys cannot be given to an action.
    Keys {
        /// The option or the variable that gives them.
        from: String,
        /// Why not.
        error: tui::BindingError,
    },
    /// A colour cannot be given to a part of the screen.
    Colours {
        /// The option or the variable that gives it.
        from: String,
        /// Why not.
        error: ColourError,
    },
    /// Something is given to a name without a value.
    NoValue {
        /// The option or the variable.
        from: String,
        /// The name.
        name: Text,
        /// What it lacks.
        value: &'static str,
    },
    /// Nothing has the name that is given for a column.
    Column {
        /// The name.
        name: Text,
        /// What is wrong with it.
        mistake: Mistake,
    },
    /// Files to be written as one use one id for different sources.
    SameSource(Text),
    /// Two files use different schemes of ids: file and scheme of each.
    OtherIds([(Text, Text); 2]),
}

/// Why a comparison could not be saved or replayed.
#[derive(Debug)]
#[non_exhaustive]
pub enum SavedError {
    /// The file exists and is not a saved comparison, so it is not overwritten.
    NotSavedComparison,
    /// Its content is not valid.
    Content(SaveError),
    /// Its data came from standard input, which cannot be read again.
    FromStdin,
    /// It could not be written.
    Write(io::Error),
}

impl Failure {
    /// The failure to save a comparison to `file`, or to replay it.
    #[must_use]
    pub(crate) fn saved(file: &Path, error: SavedError) -> Self {
        Self::Saved { file: Text::clean(&file.to_string_lossy()), error }
    }

    /// Whether the output pipe was closed. That counts as success.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The exit code.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::UnresolvedHospital(_) => ExitCode::from(1),
            Self::Load(_)
            | Self::Query { .. }
            | Self::Settings(_)
            | Self::Usage(_)
            | Self::Saved { .. }
            | Self::Io(_) => ExitCode::from(2),
            Self::Screen(error) => ExitCode::from(error.exit_code()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load(error) => error.fmt(f),
            Self::Query { query, mistake } => write!(f, "the query has a mistake\n\n{}", mistake.pointed_at(query)),
            Self::UnresolvedHospital(reason) => reason.fmt(f),
            Self::Settings(mistakes) => {
                let all: Vec<String> = mistakes.iter().map(Diagnostic::with_excerpt).collect();
                f.write_str(&all.join("\n"))
            }
            Self::Usage(reason) => reason.fmt(f),
            Self::Saved { file, error } => write!(f, "{file}: {error}"),
            Self::Io(error) => error.fmt(f),
            Self::Screen(error) => error.fmt(f),
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Load(error) => Some(error),
            Self::Saved { error: SavedError::Content(error), .. } => Some(error),
            Self::Saved { error: SavedError::Write(error), .. } | Self::Io(error) => Some(error),
            Self::Screen(_)
            | Self::Query { .. }
            | Self::UnresolvedHospital(_)
            | Self::Settings(_)
            | Self::Usage(_)
            | Self::Saved { .. } => None,
        }
    }
}

impl fmt::Display for UnresolvedHospital {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |hospitals: &[(Text, Text)]| {
            let lines = hospitals.iter().map(|(id, name)| format!("\n  {id}  ({name})"));
            lines.collect::<Vec<_>>().concat()
        };
        match self {
            Self::NoWords => f.write_str("name a hospital: an id, or words of its name"),
            Self::Several { words, count, first } => {
                write!(f, "“{words}” matches {count} hospitals; use more words, or an id:{}", list(first))
            }
            Self::NoMatch { words, nearest } => {
                write!(f, "no hospital matches “{words}”; the nearest are:{}", list(nearest))
            }
            Self::SameTwice(name) => write!(f, "both arguments name {name}; name two hospitals to compare"),
            Self::Removed(id) => write!(f, "the hospital `{id}` is no longer in its file"),
        }
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherData { command, reads, other } => {
                let files = if reads.len() == 1 { "file" } else { "files" };
                let reads = reads.iter().map(Text::as_str).collect::<Vec<_>>().join(" and ");
                write!(f, "`{command}` reads only the {files} named after it, {reads}; leave out {other}")
            }
            Self::Variable { variable, value, words } => {
                write!(
                    f,
                    "the variable {variable} cannot be `{}`; write one of {words}, or unset it",
                    Text::clean(value)
                )
            }
            Self::Keys { from, error } => write!(f, "{from}: {error}"),
            Self::Colours { from, error } => write!(f, "{from}: {error}"),
            Self::NoValue { from, name, value } => write!(f, "{from}: `{name}` has no `=`; write \"{name}={value}\""),
            Self::Column { name, mistake } => write!(
                f,
                "--columns has no “{name}”: {mistake} (or name id, name, native_name, aliases, place, dataset, latitude, \
                longitude or all)"
            ),
            Self::SameSource(id) => write!(
                f,
                "the files use the id `{id}` for different sources, so they cannot be written as one; convert them one by one"
            ),
            Self::OtherIds([(old, ids), (new, others)]) => write!(
                f,
                "{old} uses the ids `{ids}` and {new} uses `{others}`, so their hospitals cannot be matched; name two \
                editions of one publisher"
            ),
        }
    }
}

impl fmt::Display for SavedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSavedComparison => {
                f.write_str("not a saved comparison, so it is not overwritten; name another file")
            }
            Self::Content(error) => error.fmt(f),
            Self::FromStdin => f.write_str("its data came from standard input; give the data again with -d"),
            Self::Write(error) => write!(f, "cannot be written: {error}"),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::Load(error)
    }
}
