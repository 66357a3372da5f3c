//! The command line: its shape, and its commands, which write to any [`std::io::Write`].
//!
//! Data goes to the writer, words to standard error (by `main`). Exit 0 is success, 1 means no match or
//! problems found, 2 wrong usage, unreadable data or no terminal.

mod commands;
mod data;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::formats::{self, LoadError};
use crate::report::Format;
use crate::tui::{self, glyphs::Glyphs, theme::Theme};
pub use commands::run;

const HELP: &str = "\
{about}

Examples:
  hospitui                                 browse the bundled hospitals
  hospitui mine.csv                        browse your own dataset: CSV, GeoJSON, catalogs
  hospitui list chong                      list the hospitals that match
  hospitui show scmc                       show one hospital with its sources
  hospitui compare guangzhou shanghai      set two hospitals side by side
  hospitui list --format json | jq .       use the data elsewhere
  hospitui check mine.csv                  judge a dataset before you open it

{usage-heading} {usage}

{all-args}{after-help}";

/// A terminal browser for hospitals: search in any script, every figure with its source, honest comparison.
#[derive(Debug, Parser)]
#[command(version, about, help_template = HELP)]
#[command(after_help = "In the browser, ? shows the keys. Exit status: 0 done, 1 no match, problems \
                        found or something changed, 2 wrong usage, unreadable data or no terminal.")]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    /// Datasets to browse instead of the bundled one: catalogs, CSV, GeoJSON, Overpass JSON; `-` is standard input.
    #[arg(value_name = "DATA")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    data: Data,

    #[command(flatten)]
    screen: Screen,
}

#[derive(Debug, Args)]
struct Data {
    /// Use this dataset instead of the bundled one; repeat for several, `-` is standard input.
    #[arg(short = 'd', long = "data", value_name = "FILE", global = true)]
    named: Vec<PathBuf>,

    /// Read tables by this profile, which says what their columns mean.
    #[arg(long, value_name = "FILE", global = true)]
    profile: Option<PathBuf>,

    /// The encoding of the files, such as `gb18030`; detected when left out.
    #[arg(long, value_name = "NAME", global = true, value_parser = encoding)]
    encoding: Option<Encoding>,
}

/// An encoding by its name.
#[derive(Clone, Copy, Debug)]
struct Encoding(&'static encoding_rs::Encoding);

fn encoding(name: &str) -> Result<Encoding, String> {
    let known = "utf-8, utf-16le, utf-16be, windows-1252, gb18030, big5, shift_jis and others of the Encoding Standard";
    formats::by_name(name).map(Encoding).ok_or_else(|| format!("no such encoding is known; there are {known}"))
}

/// How the browser looks and behaves.
#[derive(Clone, Copy, Debug, Args)]
struct Screen {
    /// Colours for a dark or a light background; `auto` asks the terminal, `none` uses no colour.
    #[arg(long, value_enum, default_value_t)]
    theme: ThemeChoice,

    /// Draw borders, bars and the pointer with plain ASCII.
    #[arg(long)]
    ascii: bool,

    /// Leave the mouse to the terminal, so that it can select text.
    #[arg(long)]
    no_mouse: bool,
}

/// Which colours to draw with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ThemeChoice {
    /// As the terminal's background is.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// No colour.
    None,
}

impl From<Screen> for tui::Options {
    fn from(screen: Screen) -> Self {
        let theme = match screen.theme {
            ThemeChoice::Auto => None,
            ThemeChoice::Dark => Some(Theme::Dark),
            ThemeChoice::Light => Some(Theme::Light),
            ThemeChoice::None => Some(Theme::Plain),
        };
        let glyphs = if screen.ascii { Glyphs::ASCII } else { Glyphs::UNICODE };
        Self { theme, glyphs, mouse: !screen.no_mouse }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the hospitals that match, best first; all without a query.
    #[command(after_help = "Example: hospitui list 重庆 --format json")]
    List {
        /// Words in any order, in any script; "a phrase", !word, city:x, beds>1000.
        query: Vec<String>,
        #[command(flatten)]
        format: FormatArg,
    },
    /// Show one hospital: every figure with period, scope, source and caveat.
    #[command(after_help = "Example: hospitui show mudanjiang --format text")]
    Show {
        /// An id, or words that fit exactly one hospital.
        #[arg(required = true)]
        hospital: Vec<String>,
        #[command(flatten)]
        format: FormatArg,
    },
    /// Compare two hospitals, row by row, and say what can be compared.
    #[command(after_help = "Example: hospitui compare scmc guangzhou --format markdown")]
    Compare {
        /// An id, or words that fit exactly one hospital.
        #[arg(required_unless_present = "replay")]
        a: Option<String>,
        /// Another.
        #[arg(required_unless_present = "replay")]
        b: Option<String>,
        #[command(flatten)]
        format: FormatArg,
        /// Keep the comparison in a file too, to be replayed later.
        #[arg(long, value_name = "FILE")]
        save: Option<PathBuf>,
        /// Compare again what a kept file compared, and list what has changed since.
        #[arg(long, value_name = "FILE", conflicts_with_all = ["a", "b", "save", "format"])]
        replay: Option<PathBuf>,
    },
    /// List what has changed from one vintage of a dataset to another.
    #[command(after_help = "Example: hospitui diff cms-2017.csv cms-2025.csv")]
    Diff {
        /// The older dataset.
        old: PathBuf,
        /// The newer dataset.
        new: PathBuf,
        /// How to write it.
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        format: PlainFormat,
    },
    /// Write any readable dataset as a catalog.
    #[command(after_help = "Example: hospitui convert hospitals.csv > mine.json")]
    Convert {
        /// The dataset; `-` is standard input.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Print the profile by which a table is read, to start one's own from.
    #[command(after_help = "Example: hospitui profile hospitals.csv > mine-profile.json")]
    Profile {
        /// The table; `-` is standard input.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Judge datasets: every problem with file, line, path and cure.
    #[command(after_help = "Example: hospitui check mine.json")]
    Check {
        /// The datasets; `-` is standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// How to write the problems.
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        format: PlainFormat,
    },
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, in roff.
    Man,
}

#[derive(Clone, Copy, Debug, Args)]
struct FormatArg {
    /// How to write it.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

// Written out rather than derived, so that `report` knows nothing of the command line.
impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Table, Self::Text, Self::Json, Self::Csv, Self::Markdown, Self::Html]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Self::Table => ("table", "Aligned columns"),
            Self::Text => ("text", "Full sentences with every caveat"),
            Self::Json => ("json", "JSON of a stable shape"),
            Self::Csv => ("csv", "CSV for spreadsheets"),
            Self::Markdown => ("markdown", "Markdown tables"),
            Self::Html => ("html", "One self-contained page"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum PlainFormat {
    /// Words
    #[default]
    Text,
    /// JSON of a stable shape
    Json,
}

/// How a run ended when nothing failed.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, with a word to the user.
    Noted(String),
    /// The query matches nothing; what to tell the user.
    NoMatch(String),
    /// A file has problems; they have been written.
    ProblemsFound,
    /// A replayed comparison or another vintage is not as it was; the changes have been written.
    Changed,
}

impl Outcome {
    /// The exit code.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Done | Self::Noted(_) => ExitCode::SUCCESS,
            Self::NoMatch(_) | Self::ProblemsFound | Self::Changed => ExitCode::from(1),
        }
    }

    /// What to say on standard error.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::NoMatch(words) | Self::Noted(words) => Some(words.as_str()),
            _ => None,
        }
        .into_iter()
    }
}

/// Why a run failed.
#[derive(Debug)]
pub enum Failure {
    /// A dataset could not be loaded.
    Load(LoadError),
    /// A query has a mistake; the query, with the mistake pointed at.
    Query(String),
    /// Words name no single hospital; what to tell the user.
    Unresolved(String),
    /// What is asked for makes no sense; what to tell the user.
    Usage(String),
    /// Reading or writing failed.
    Io(io::Error),
    /// The browser could not start or go on.
    Screen(tui::Error),
}

impl Failure {
    /// Whether the reader of our output went away, which is no failure.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The exit code.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Unresolved(_) => ExitCode::from(1),
            Self::Load(_) | Self::Query(_) | Self::Usage(_) | Self::Io(_) => ExitCode::from(2),
            Self::Screen(error) => ExitCode::from(error.exit_code()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load(error) => error.fmt(f),
            Self::Unresolved(words) | Self::Usage(words) => f.write_str(words),
            Self::Query(pointed_at) => write!(f, "the query has a mistake\n\n{pointed_at}"),
            Self::Io(error) => error.fmt(f),
            Self::Screen(error) => error.fmt(f),
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
