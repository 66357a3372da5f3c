//! What each command does.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use clap::CommandFactory;

use super::{CheckFormat, Cli, Command, Failure, Outcome, Screen};
use crate::catalog::{Catalog, HospitalKey, Input, LoadError, check};
use crate::compare::Comparison;
use crate::report::record::{Made, Origin, Record};
use crate::report::{self, Content, Format};
use crate::search::{self, Ask, Searcher, Unresolved};
use crate::text::Text;
use crate::tui;

/// Runs the command line, writing data to `out`; a table keeps to `width` columns.
///
/// # Errors
///
/// When data cannot be read, words name no single hospital, or writing fails.
pub fn run(cli: &Cli, out: &mut impl Write, width: Option<usize>) -> Result<Outcome, Failure> {
    let inputs = || cli.data.data.iter().chain(&cli.files).cloned().map(Input::from).collect::<Vec<_>>();
    match &cli.command {
        None => browse(cli.screen, &inputs()),
        Some(Command::List { query, format }) => list(&inputs(), &query.join(" "), format.format, out, width),
        Some(Command::Show { hospital, format }) => {
            let catalog = Arc::new(Catalog::load(&inputs())?);
            let key = resolve(&mut Searcher::new(Arc::clone(&catalog)), &hospital.join(" "))?;
            report::write(out, &Content::Hospital(&catalog, key), format.format, width)?;
            Ok(Outcome::Done)
        }
        Some(Command::Compare { replay: Some(file), .. }) => replay(inputs(), file, out),
        Some(Command::Compare { a: Some(a), b: Some(b), format, save, .. }) => {
            let catalog = Arc::new(Catalog::load(&inputs())?);
            let comparison = resolve_pair(&catalog, a, b)?;
            if let Some(file) = save {
                keep(&comparison, &inputs(), file)?;
            }
            report::write(out, &Content::Comparison(comparison), format.format, width)?;
            Ok(Outcome::Done)
        }
        // The parser asks for both, unless a file is replayed.
        Some(Command::Compare { .. }) => Err(Failure::Unresolved("name two hospitals to compare".to_owned())),
        Some(Command::Check { files, format }) => {
            let inputs: Vec<Input> = files.iter().cloned().map(Input::from).chain(inputs()).collect();
            check_files(&inputs, *format, out)
        }
        Some(Command::Completions { shell }) => {
            // Written to memory first, since the generator panics where a disk is full.
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "hospitui", &mut script);
            out.write_all(&script)?;
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
    let catalog = Arc::new(Catalog::load(inputs)?);
    let found = Searcher::new(Arc::clone(&catalog)).search(&Ask::all(query));
    if let Some(mistake) = found.query.mistakes.first() {
        return Err(Failure::Query(mistake.pointed_at(query)));
    }
    let keys = found.keys;
    let none = keys.is_empty();
    // A table of no rows is only its heading; other formats stay whole for the program that reads them.
    if !(none && format == Format::Table) {
        report::write(out, &Content::List(&catalog, keys), format, width)?;
    }
    let more = found.possibly;
    let is_empty = catalog.is_empty();
    // The program ends here: to give the memory back piece by piece would take longer than the search.
    std::mem::forget(catalog);
    Ok(match none {
        false if more > 0 => Outcome::Noted(format!(
            "{more} more possibly: their sources leave it open; write ? after the sign to see them"
        )),
        false => Outcome::Done,
        true if more > 0 => Outcome::NoMatch(format!(
            "none for certain, {more} possibly: their sources leave it open; write ? after the sign to see them"
        )),
        true if is_empty => Outcome::NoMatch("the catalog has no hospitals".to_owned()),
        true => Outcome::NoMatch(format!("no hospital matches “{}”", Text::clean(query))),
    })
}

fn resolve(searcher: &mut Searcher, words: &str) -> Result<HospitalKey, Failure> {
    const SHOWN: usize = 10;
    let catalog = Arc::clone(searcher.catalog());
    let lines = |keys: &[HospitalKey]| {
        let line = |key: &HospitalKey| format!("\n  {}  ({})", catalog.hospital(*key).id, catalog.hospital(*key).name);
        keys.iter().take(SHOWN).map(line).collect::<String>()
    };
    search::resolve(searcher, words).map_err(|unresolved| {
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

fn resolve_pair<'a>(catalog: &'a Arc<Catalog>, a: &str, b: &str) -> Result<Comparison<'a>, Failure> {
    let mut searcher = Searcher::new(Arc::clone(catalog));
    let (left, right) = (resolve(&mut searcher, a)?, resolve(&mut searcher, b)?);
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
