//! The command line: its shape, and its commands, which write to any [`Write`].
//!
//! Data goes to the writer, words to standard error (by `main`). Exit 0 is success, 1 means no match or
//! problems found, 2 wrong usage, unreadable data or no terminal.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::catalog::{Catalog, HospitalKey, Input, LoadError, check};
use crate::compare::Comparison;
use crate::report::record::{Made, Origin, Record};
use crate::report::{self, Content, Format};
use crate::search::{self, Index, Unresolved};
use crate::text::Text;
use crate::tui::{self, glyphs::Glyphs, theme::Theme};

const HELP: &str = "\
{about}

Examples:
  hospitui                                 browse the bundled hospitals
  hospitui mine.json                       browse your own catalog
  hospitui list chong                      list the hospitals that match
  hospitui show scmc                       show one hospital with its sources
  hospitui compare guangzhou shanghai      set two hospitals side by side
  hospitui list --format json | jq .       use the data elsewhere
  hospitui check mine.json                 judge a catalog before you open it

{usage-heading} {usage}

{all-args}{after-help}";

/// A terminal browser for hospitals: search in any script, every figure with its source, honest comparison.
#[derive(Debug, Parser)]
#[command(version, about, help_template = HELP)]
#[command(after_help = "In the browser, ? shows the keys. Exit status: 0 done, 1 no match, problems \
                        found or a replayed comparison changed, 2 wrong usage, unreadable data or no terminal.")]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    /// Catalogs to browse instead of the bundled one; `-` is standard input.
    #[arg(value_name = "DATA")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    data: Data,

    #[command(flatten)]
    screen: Screen,
}

#[derive(Debug, Args)]
struct Data {
    /// Use this catalog instead of the bundled one; repeat for several, `-` is standard input.
    #[arg(short, long = "data", value_name = "FILE", global = true)]
    data: Vec<PathBuf>,
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
        /// Words in any order, in any script.
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
    /// Judge catalogs: every problem with file, line, path and cure.
    #[command(after_help = "Example: hospitui check mine.json")]
    Check {
        /// The catalogs; `-` is standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// How to write the problems.
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        format: CheckFormat,
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
    format: FormatName,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum FormatName {
    /// Aligned columns
    #[default]
    Table,
    /// Full sentences with every caveat
    Text,
    /// JSON of a stable shape
    Json,
    /// CSV for spreadsheets
    Csv,
    /// Markdown tables
    Markdown,
    /// One self-contained page
    Html,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Table => Self::Table,
            FormatName::Text => Self::Text,
            FormatName::Json => Self::Json,
            FormatName::Csv => Self::Csv,
            FormatName::Markdown => Self::Markdown,
            FormatName::Html => Self::Html,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum CheckFormat {
    /// Each problem with the line it stands on
    #[default]
    Text,
    /// An array of problems: file, line, column, path, message, cure
    Json,
}

/// How a run ended when nothing failed.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// The query matches nothing; what to tell the user.
    NoMatch(String),
    /// A file has problems; they have been written.
    ProblemsFound,
    /// A replayed comparison is not as it was; the changes have been written.
    Changed,
}

impl Outcome {
    /// The exit code.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::NoMatch(_) | Self::ProblemsFound | Self::Changed => ExitCode::from(1),
        }
    }

    /// What to say on standard error.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::NoMatch(words) => Some(words.as_str()),
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
    /// Words name no single hospital; what to tell the user.
    Unresolved(String),
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
            Self::Load(_) | Self::Io(_) => ExitCode::from(2),
            Self::Screen(error) => ExitCode::from(error.exit_code()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load(error) => error.fmt(f),
            Self::Unresolved(words) => f.write_str(words),
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

/// Runs the command line, writing data to `out`; a table keeps to `width` columns.
///
/// # Errors
///
/// When data cannot be read, words name no single hospital, or writing fails.
pub fn run(cli: &Cli, out: &mut impl Write, width: Option<usize>) -> Result<Outcome, Failure> {
    let inputs = || cli.data.data.iter().chain(&cli.files).cloned().map(Input::from).collect::<Vec<_>>();
    match &cli.command {
        None => browse(cli.screen, &inputs()),
        Some(Command::List { query, format }) => list(&inputs(), &query.join(" "), format.format.into(), out, width),
        Some(Command::Show { hospital, format }) => {
            let catalog = Catalog::load(&inputs())?;
            let key = resolve(&catalog, &Index::new(&catalog), &hospital.join(" "))?;
            report::write(out, &Content::Hospital(&catalog, key), format.format.into(), width)?;
            Ok(Outcome::Done)
        }
        Some(Command::Compare { replay: Some(file), .. }) => replay(inputs(), file, out),
        Some(Command::Compare { a: Some(a), b: Some(b), format, save, .. }) => {
            let catalog = Catalog::load(&inputs())?;
            let comparison = resolve_pair(&catalog, a, b)?;
            if let Some(file) = save {
                keep(&comparison, &inputs(), file)?;
            }
            report::write(out, &Content::Comparison(comparison), format.format.into(), width)?;
            Ok(Outcome::Done)
        }
        // The parser asks for both, unless a file is replayed.
        Some(Command::Compare { .. }) => Err(Failure::Unresolved("name two hospitals to compare".to_owned())),
        Some(Command::Check { files, format }) => {
            let inputs: Vec<Input> = files.iter().cloned().map(Input::from).chain(inputs()).collect();
            check_files(&inputs, *format, out)
        }
        Some(Command::Completions { shell }) => {
            clap_complete::generate(*shell, &mut Cli::command(), "hospitui", out);
            Ok(Outcome::Done)
        }
        Some(Command::Man) => Ok(manual(out)?),
    }
}

fn browse(screen: Screen, inputs: &[Input]) -> Result<Outcome, Failure> {
    // What is wrong with the files is worth knowing even where there is no terminal.
    let missing = inputs.iter().find(|input| matches!(input, Input::File(path) if !path.exists()));
    if let Some(missing) = missing {
        return Err(missing.read().map_or_else(mistaken_command, |_| Failure::Screen(tui::Error::NoTerminal)));
    }
    tui::require_terminal().map_err(Failure::Screen)?;
    let catalog = Catalog::load(inputs)?;
    tui::run(catalog, screen.into()).map_err(Failure::Screen)?;
    Ok(Outcome::Done)
}

/// `hospitui lst` reads as a file name: when there is no such file but a command like it, say so.
fn mistaken_command(error: LoadError) -> Failure {
    let LoadError::Unreadable { origin, reason } = error else { return Failure::Load(error) };
    let word = origin.as_str();
    let like = |name: &&&str| strsim::damerau_levenshtein(word, name) <= 2 && word.len() > 2;
    let reason = match ["list", "show", "compare", "check", "completions", "man"].iter().find(like) {
        Some(command) => {
            format!("{reason}; or did you mean the command `hospitui {command}`? Files go after it, with -d")
        }
        None => reason,
    };
    Failure::Load(LoadError::Unreadable { origin, reason })
}

fn list(
    inputs: &[Input],
    query: &str,
    format: Format,
    out: &mut impl Write,
    width: Option<usize>,
) -> Result<Outcome, Failure> {
    let catalog = Catalog::load(inputs)?;
    let index = Index::new(&catalog);
    let keys: Vec<HospitalKey> = index.search(query).iter().map(|hit| hit.key).collect();
    let none = keys.is_empty();
    // A table of no rows is only its heading; other formats stay whole for the program that reads them.
    if !(none && format == Format::Table) {
        report::write(out, &Content::List(&catalog, keys), format, width)?;
    }
    Ok(match none {
        false => Outcome::Done,
        true if catalog.is_empty() => Outcome::NoMatch("the catalog has no hospitals".to_owned()),
        true => Outcome::NoMatch(format!("no hospital matches “{}”", Text::clean(query))),
    })
}

fn resolve(catalog: &Catalog, index: &Index, words: &str) -> Result<HospitalKey, Failure> {
    const SHOWN: usize = 10;
    let lines = |keys: &[HospitalKey]| {
        let line = |key: &HospitalKey| format!("\n  {}  ({})", catalog.hospital(*key).id, catalog.hospital(*key).name);
        keys.iter().take(SHOWN).map(line).collect::<String>()
    };
    search::resolve(catalog, index, words).map_err(|unresolved| {
        let words = Text::clean(words);
        Failure::Unresolved(match unresolved {
            Unresolved::Several(keys) => {
                format!("“{words}” fits {} hospitals; use more words, or an id:{}", keys.len(), lines(&keys))
            }
            Unresolved::None(keys) if keys.is_empty() => "name a hospital: an id, or words of its name".to_owned(),
            Unresolved::None(keys) => format!("no hospital matches “{words}”; the nearest are:{}", lines(&keys)),
        })
    })
}

fn resolve_pair<'a>(catalog: &'a Catalog, a: &str, b: &str) -> Result<Comparison<'a>, Failure> {
    let index = Index::new(catalog);
    let (left, right) = (resolve(catalog, &index, a)?, resolve(catalog, &index, b)?);
    if left == right {
        let name = &catalog.hospital(left).name;
        return Err(Failure::Unresolved(format!("both words name {name}; name two hospitals to compare")));
    }
    Ok(Comparison::new(catalog, left, right))
}

/// Keeps `comparison` in `file`, which may only hold an older record, so that no data is lost.
fn keep(comparison: &Comparison, inputs: &[Input], file: &Path) -> Result<(), Failure> {
    let name = Text::clean(&file.to_string_lossy());
    let refuse = |kind, reason: String| Failure::Io(io::Error::new(kind, format!("{name} {reason}")));
    let is_other = file.exists() && std::fs::read_to_string(file).map_or(true, |text| Record::read(&text).is_err());
    if is_other {
        let reason = "holds something else than a kept comparison; name another file".to_owned();
        return Err(refuse(io::ErrorKind::AlreadyExists, reason));
    }
    let mut text = Vec::new();
    report::json::pretty(&mut text, &Record::new(comparison, inputs))?;
    // Whole or not at all: a full disk must not leave half a record.
    let draft = file.with_extension("tmp");
    let kept = std::fs::write(&draft, text).and_then(|()| std::fs::rename(&draft, file));
    kept.map_err(|error| refuse(error.kind(), format!("cannot be written: {error}")))
}

/// The catalogs that `kept` names, to be read again.
fn inputs_of(kept: &Record) -> Result<Vec<Input>, String> {
    let input = |made: &Made| match &made.from {
        Origin::Bundled => None,
        Origin::File(path) => Some(Ok(Input::File(path.clone()))),
        Origin::Stdin => Some(Err("it was made from standard input; give that catalog again with -d".to_owned())),
    };
    kept.catalogs.iter().filter_map(input).collect()
}

/// Compares again what `file` keeps, on the given catalogs or else on those it names, and lists the changes.
fn replay(inputs: Vec<Input>, file: &Path, out: &mut impl Write) -> Result<Outcome, Failure> {
    let input = Input::from(file.to_owned());
    let unreadable = |reason| Failure::Load(LoadError::Unreadable { origin: input.origin(), reason });
    let kept = Record::read(&input.read()?).map_err(unreadable)?;
    let inputs = if inputs.is_empty() { inputs_of(&kept).map_err(unreadable)? } else { inputs };
    let catalog = Catalog::load(&inputs)?;
    let key = |id: &Text| {
        let gone = || format!("the hospital `{id}` is no longer in the catalog");
        catalog.by_id(id).ok_or_else(|| Failure::Unresolved(gone()))
    };
    let now = Record::new(&Comparison::new(&catalog, key(&kept.left)?, key(&kept.right)?), &inputs);
    let changes = kept.changes(&now);
    for change in &changes {
        writeln!(out, "{change}")?;
    }
    if changes.is_empty() {
        writeln!(out, "Nothing has changed: {} and {} compare as they did.", kept.left, kept.right)?;
        return Ok(Outcome::Done);
    }
    Ok(Outcome::Changed)
}

fn check_files(inputs: &[Input], format: CheckFormat, out: &mut impl Write) -> Result<Outcome, Failure> {
    let mut all = Vec::new();
    let mut unreadable = None;
    for input in inputs {
        let text = match input.read() {
            Ok(text) => text,
            Err(error) => {
                unreadable.get_or_insert(error);
                continue;
            }
        };
        let problems = check::problems(&text, &input.origin());
        if let CheckFormat::Text = format {
            for problem in &problems {
                writeln!(out, "{}\n", problem.with_excerpt())?;
            }
            match problems.len() {
                0 => writeln!(out, "{}: {}", input.origin(), sound(&Catalog::from_json(&text, &input.origin())?))?,
                1 => writeln!(out, "{}: 1 problem", input.origin())?,
                check::MAX_PROBLEMS.. => writeln!(out, "{}: {} problems or more", input.origin(), check::MAX_PROBLEMS)?,
                several => writeln!(out, "{}: {several} problems", input.origin())?,
            }
        }
        all.extend(problems);
    }
    if let CheckFormat::Json = format {
        report::json::pretty(out, &all)?;
    }
    if let Some(error) = unreadable {
        return Err(Failure::Load(error));
    }
    Ok(if all.is_empty() { Outcome::Done } else { Outcome::ProblemsFound })
}

/// What to say of a file without problems.
fn sound(catalog: &Catalog) -> String {
    let figures: usize = catalog.hospitals().map(|(_, hospital)| hospital.figures.len()).sum();
    let many = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    format!("no problems; {}, {}", many(catalog.len(), "hospital"), many(figures, "figure"))
}

/// The manual page: the command line by clap, then the keys by their own table.
fn manual(out: &mut impl Write) -> io::Result<Outcome> {
    clap_mangen::Man::new(Cli::command()).render(out)?;
    writeln!(out, ".SH KEYS")?;
    for (keys, says) in tui::key_help() {
        writeln!(out, ".TP\n\\fB{}\\fR\n{says}", keys.replace('\\', "\\e").replace('-', "\\-"))?;
    }
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
