//! The arguments of the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::catalog::Date;
use crate::cli::screen_args::ScreenArgs;
use crate::formats;
use crate::report::Format;

const HELP: &str = "\
{about}

Examples:
  hospitui                                 browse the bundled hospitals
  hospitui mine.csv                        browse your own dataset: CSV, Excel, GeoJSON, catalogs
  hospitui list chong                      list the hospitals that match
  hospitui list --sort beds --limit 10     list the ten with the most beds
  hospitui show scmc                       show one hospital with its sources
  hospitui compare guangzhou shanghai      compare two hospitals side by side
  hospitui cite scmc open beds             cite one figure
  hospitui list --format json | jq .       use the data elsewhere
  hospitui check mine.csv                  report the problems of a file

{usage-heading} {usage}

{all-args}{after-help}";

/// A terminal browser for hospitals: search in any script, every figure with its source, honest comparison.
#[derive(Debug, Parser)]
#[command(version, about, help_template = HELP)]
#[command(after_help = "In the browser, ? shows the keys. Exit status: 0 done, 1 no match, problems \
                        found or something changed, 2 wrong usage, unreadable data or no terminal.")]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,

    /// Datasets to browse instead of the bundled one: catalogs, CSV, Excel, GeoJSON, KML, zip; `-` is standard input.
    #[arg(value_name = "DATA")]
    pub(super) files: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) data: DataArgs,

    #[command(flatten)]
    pub(super) screen: ScreenArgs,

    /// Read the settings from this file instead of `hospitui.toml` in the folder for configurations; empty for none.
    #[arg(long, value_name = "FILE", global = true, env = "HOSPITUI_CONFIG", hide_env_values = true)]
    pub(super) config: Option<OsString>,
}

#[derive(Debug, Args)]
pub(super) struct DataArgs {
    /// Use this dataset instead of the bundled one; repeat for several, `-` is standard input. `HOSPITUI_DATA` names
    /// datasets as `PATH` names folders.
    #[arg(short = 'd', long = "data", value_name = "FILE", global = true)]
    pub(super) named: Vec<PathBuf>,

    /// Read tables with this profile, which tells what their columns mean.
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) profile: Option<PathBuf>,

    /// The sheet of a workbook to read, by its name or its number [default: the one that is a list of hospitals].
    #[arg(long, value_name = "NAME", global = true)]
    pub(super) sheet: Option<String>,

    /// The encoding of the files, such as `gb18030` [default: detect].
    #[arg(long, value_name = "NAME", global = true, value_parser = encoding)]
    pub(super) encoding: Option<EncodingArg>,
}

/// An encoding, given by its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct EncodingArg(pub(super) &'static encoding_rs::Encoding);

fn encoding(name: &str) -> Result<EncodingArg, String> {
    let known = "utf-8, utf-16le, utf-16be, windows-1252, gb18030, big5, shift_jis and others of the Encoding Standard";
    formats::by_name(name).map(EncodingArg).ok_or_else(|| format!("unknown encoding; known are {known}"))
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the hospitals that match, best first; all without a query.
    #[command(after_help = "Example: hospitui list 重庆 --format json")]
    List {
        /// Words in any order, in any script; "a phrase", !word, city:x, beds>1000.
        query: Vec<String>,
        #[command(flatten)]
        list: ListArgs,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Show one hospital: every figure with period, scope, source and caveat.
    #[command(after_help = "Example: hospitui show mudanjiang --format text")]
    Show {
        /// An id, or words that match exactly one hospital.
        #[arg(required = true)]
        hospital: Vec<String>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Cite a figure or a statement: value, period, hospital, source, data file and date of access.
    #[command(after_help = "Example: hospitui cite scmc open beds")]
    Cite {
        /// An id, or words that match exactly one hospital.
        hospital: String,
        /// A measure, by its id or label, or what else is said of the hospital, such as `founded`.
        #[arg(required = true)]
        measure: Vec<String>,
        /// Cite every figure of the measure [default: the latest of the whole hospital].
        #[arg(long)]
        all: bool,
        /// The date of access [default: today].
        #[arg(long, value_name = "DATE", env = "HOSPITUI_ACCESSED", hide_env_values = true)]
        accessed: Option<Date>,
        /// Output format.
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        format: PlainFormat,
    },
    /// Compare two hospitals row by row, with the limits of each answer.
    #[command(after_help = "Example: hospitui compare scmc guangzhou --format markdown")]
    Compare {
        /// An id, or words that match exactly one hospital.
        #[arg(required_unless_present = "replay")]
        a: Option<String>,
        /// The other hospital, likewise.
        #[arg(required_unless_present = "replay")]
        b: Option<String>,
        #[command(flatten)]
        output: OutputArgs,
        /// Also save the comparison to FILE.
        #[arg(long, value_name = "FILE")]
        save: Option<PathBuf>,
        /// Repeat the comparison saved in FILE and list what has changed.
        #[arg(long, value_name = "FILE", conflicts_with_all = ["a", "b", "save", "format"])]
        replay: Option<PathBuf>,
    },
    /// List the fields and measures that a query can ask for, with how many hospitals have each and an example.
    #[command(after_help = "Example: hospitui fields hospitals.csv")]
    Fields {
        /// Datasets instead of the bundled one; `-` is standard input.
        #[arg(value_name = "DATA")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// List what has changed from one edition of a dataset to another.
    #[command(after_help = "Example: hospitui diff cms-2017.csv cms-2025.csv")]
    Diff {
        /// The older dataset.
        old: PathBuf,
        /// The newer dataset.
        new: PathBuf,
        /// Output format.
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        format: PlainFormat,
    },
    /// Convert datasets to one catalog in JSON.
    #[command(after_help = "Example: hospitui convert hospitals.csv > mine.json")]
    Convert {
        /// The datasets; `-` is standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Print the profile with which a table is read, or one to fill in, as a starting point for your own.
    #[command(after_help = "Example: hospitui profile hospitals.csv > mine-profile.json")]
    Profile {
        /// The table; `-` is standard input.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Check files: report each problem with file, line, field and a fix.
    #[command(after_help = "Example: hospitui check mine.json")]
    Check {
        /// The datasets; `-` is standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Output format.
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        format: PlainFormat,
    },
    /// Print the settings that hold, each with where it comes from, in the form of the configuration file.
    #[command(after_help = "Example: hospitui --theme dark config > hospitui.toml")]
    Config,
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, in roff.
    Man,
}

/// What a list shows.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct ListArgs {
    /// The columns of the list, such as `name,beds,county`: measures, fields, or `all` [default: names, place, kind, id, and
    /// what is filtered and sorted by].
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) columns: Vec<String>,

    /// Sort by a measure, `name` or `place`; with `-` before it the other way round.
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(super) sort: Option<String>,

    /// List only the first ones.
    #[arg(long, value_name = "NUMBER")]
    pub(super) limit: Option<usize>,

    /// Print only how many hospitals match.
    #[arg(long, conflicts_with_all = ["columns", "limit"])]
    pub(super) count: bool,

    /// List what has the letters of a word only with gaps between them, too; else that is listed if nothing else is found.
    #[arg(long)]
    pub(super) fuzzy: bool,

    /// Do not say how many hospitals match.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// How results are written.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct OutputArgs {
    /// Output format.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Format,

    /// When tables have colours; `auto` is on a terminal. `NO_COLOR` wins.
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", alias = "colour")]
    pub(super) color: When,

    /// Do not show long results with the pager (`PAGER`).
    #[arg(long)]
    pub(super) no_pager: bool,
}

/// When something is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

// Implemented here rather than derived, so that `report` does not depend on clap.
impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Table, Self::Text, Self::Json, Self::JsonLines, Self::Csv, Self::Tsv, Self::Markdown, Self::Html]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Self::Table => ("table", "Aligned columns"),
            Self::Text => ("text", "Full sentences with every caveat"),
            Self::Json => ("json", "JSON of a stable shape"),
            Self::JsonLines => ("jsonl", "JSON Lines: a hospital a line"),
            Self::Csv => ("csv", "CSV for spreadsheets"),
            Self::Tsv => ("tsv", "The same separated by tabs, for scripts"),
            Self::Markdown => ("markdown", "Markdown tables"),
            Self::Html => ("html", "One self-contained page"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum PlainFormat {
    /// Text for people
    #[default]
    Text,
    /// JSON of a stable shape
    Json,
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
