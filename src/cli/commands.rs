//! What each command does.

use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::CommandFactory;

use super::{Cli, Command, Failure, Outcome, PlainFormat};
use crate::catalog::{Catalog, HospitalKey};
use crate::compare::{Changes, Comparison};
use crate::formats::{self, Input, LoadError, ProgressObserver, Unreadable};
use crate::report::record::{Made, Named, Origin, Record};
use crate::report::wording::count;
use crate::report::{self, Content, Format};
use crate::search::{self, Searcher, Unresolved};
use crate::text::Text;
use crate::tui;

/// Runs the command line, writing data to `out` and telling the user words by `tell`; a table keeps to `width` columns.
///
/// # Errors
///
/// When data cannot be read, words name no single hospital, or writing fails.
pub fn run(
    cli: &Cli,
    out: &mut impl Write,
    tell: &mut dyn FnMut(&str),
    width: Option<usize>,
) -> Result<Outcome, Failure> {
    let inputs = cli.inputs();
    let load = |tell: &mut dyn FnMut(&str)| cli.data.load(&inputs, tell).map(Arc::new);
    match &cli.command {
        None => browse(cli, &inputs),
        Some(Command::List { query, format }) => list(load(tell)?, &query.join(" "), format.format, out, width),
        Some(Command::Show { hospital, format }) => {
            let catalog = load(tell)?;
            let key = resolve(&mut Searcher::new(Arc::clone(&catalog)), &hospital.join(" "))?;
            report::write(out, &Content::Hospital(&catalog, key), format.format, width)?;
            Ok(Outcome::Done)
        }
        Some(Command::Compare { replay: Some(file), .. }) => replay(cli, inputs, file, out, tell),
        Some(Command::Compare { a: Some(a), b: Some(b), format, save, .. }) => {
            let catalog = load(tell)?;
            let comparison = resolve_pair(&catalog, a, b)?;
            if let Some(file) = save {
                keep(&comparison, &inputs, file)?;
            }
            report::write(out, &Content::Comparison(comparison), format.format, width)?;
            Ok(Outcome::Done)
        }
        // The parser asks for both, unless a file is replayed.
        Some(Command::Compare { .. }) => Err(Failure::Unresolved("name two hospitals to compare".to_owned())),
        Some(Command::Diff { old, new, format }) => diff(cli, [old, new], *format, out, tell),
        Some(Command::Convert { file }) => convert(cli, &Input::from(file.clone()), out, tell),
        Some(Command::Profile { file }) => {
            let input = Input::from(file.clone());
            cli.refuse_data("profile", std::slice::from_ref(&input))?;
            report::json::pretty(out, &formats::profile_of(&input, &cli.data.options()?)?)?;
            Ok(Outcome::Done)
        }
        Some(Command::Check { files, format }) => {
            let inputs: Vec<Input> = files.iter().cloned().map(Input::from).chain(inputs).collect();
            check_files(cli, &inputs, *format, out)
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

fn browse(cli: &Cli, inputs: &[Input]) -> Result<Outcome, Failure> {
    // What is wrong with the files is worth knowing even where there is no terminal.
    for input in inputs {
        input.probe().map_err(mistaken_command)?;
    }
    let options = cli.data.options()?;
    let is_keyboard = |input: &Input| *input == Input::Stdin && io::stdin().is_terminal();
    if inputs.iter().any(is_keyboard) {
        return Err(Failure::Load(LoadError::unreadable(&Input::Stdin.origin(), Unreadable::Terminal)));
    }
    tui::require_terminal().map_err(Failure::Screen)?;
    let inputs = inputs.to_vec();
    let load = move |observer: &mut dyn ProgressObserver| formats::load(&inputs, &options, observer);
    match tui::run(load, cli.screen.into()) {
        Ok(()) => Ok(Outcome::Done),
        Err(tui::Error::Load(error)) => Err(Failure::Load(error)),
        Err(error) => Err(Failure::Screen(error)),
    }
}

/// `hospitui lst` reads as a file name: when there is no such file but a command like it, say so.
fn mistaken_command(error: LoadError) -> Failure {
    let LoadError::Unreadable { origin, reason } = error else { return Failure::Load(error) };
    let word = origin.as_str();
    let like = |name: &&&str| strsim::damerau_levenshtein(word, name) <= 2 && word.len() > 2;
    let command =
        ["list", "show", "compare", "diff", "convert", "profile", "check", "completions", "man"].iter().find(like);
    let reason = match command {
        Some(command) => {
            let hint = format!("or did you mean the command `hospitui {command}`? Files go after it, with -d");
            Unreadable::Other(format!("{reason}; {hint}").into())
        }
        None => reason,
    };
    Failure::Load(LoadError::Unreadable { origin, reason })
}

fn list(
    catalog: Arc<Catalog>,
    query: &str,
    format: Format,
    out: &mut impl Write,
    width: Option<usize>,
) -> Result<Outcome, Failure> {
    let found = Searcher::once(Arc::clone(&catalog), query);
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
    if file.exists() && !is_record(file) {
        let reason = "holds something else than a kept comparison; name another file".to_owned();
        return Err(refuse(io::ErrorKind::AlreadyExists, reason));
    }
    let text = Record::new(comparison, inputs).to_json();
    let text = text.map_err(|reason| refuse(io::ErrorKind::InvalidInput, reason))?;
    // Whole or not at all: a full disk must not leave half a record.
    let mut draft = file.as_os_str().to_owned();
    draft.push(format!(".{}.draft", std::process::id()));
    let kept = std::fs::File::create_new(&draft)
        .and_then(|mut new| new.write_all(text.as_bytes()))
        .and_then(|()| std::fs::rename(&draft, file));
    kept.map_err(|error| {
        let _ = std::fs::remove_file(&draft);
        refuse(error.kind(), format!("cannot be written: {error}"))
    })
}

/// Whether a file holds a kept comparison.
fn is_record(file: &Path) -> bool {
    /// Longest record that is looked at, in bytes; a comparison of two hospitals takes a hundredth of it.
    const LONGEST: u64 = 16 << 20;
    let is_file = std::fs::metadata(file).is_ok_and(|about| about.is_file());
    let mut text = String::new();
    let read = |text: &mut String| std::fs::File::open(file)?.take(LONGEST).read_to_string(text);
    is_file && read(&mut text).is_ok() && Record::read(&text).is_ok()
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
fn replay(
    cli: &Cli,
    inputs: Vec<Input>,
    file: &Path,
    out: &mut impl Write,
    tell: &mut dyn FnMut(&str),
) -> Result<Outcome, Failure> {
    let input = Input::from(file.to_owned());
    let unreadable =
        |reason: String| Failure::Load(LoadError::unreadable(&input.origin(), Unreadable::Other(reason.into())));
    let kept = Record::read(&formats::text(&input, &formats::Options::default())?).map_err(unreadable)?;
    let inputs = if inputs.is_empty() { inputs_of(&kept).map_err(unreadable)? } else { inputs };
    let catalog = cli.data.load(&inputs, tell)?;
    let key = |named: &Named| {
        let gone = || format!("the hospital `{}` is no longer in its file", named.id);
        let is_of_file = |key: &HospitalKey| catalog.dataset_index(*key) == named.catalog;
        let mut found = catalog.all_by_id(&named.id);
        // A file that joins the hospitals of another by their ids has none of its own.
        found.clone().find(is_of_file).or_else(|| found.next()).ok_or_else(|| Failure::Unresolved(gone()))
    };
    let now = Record::new(&Comparison::new(&catalog, key(&kept.left)?, key(&kept.right)?), &inputs);
    let changes = kept.changes(&now);
    for change in &changes {
        writeln!(out, "{change}")?;
    }
    if changes.is_empty() {
        writeln!(out, "Nothing has changed: {} and {} compare as they did.", kept.left.id, kept.right.id)?;
        return Ok(Outcome::Done);
    }
    Ok(Outcome::Changed)
}

/// Lists what has changed from one vintage to another.
fn diff(
    cli: &Cli,
    [old, new]: [&PathBuf; 2],
    format: PlainFormat,
    out: &mut impl Write,
    tell: &mut dyn FnMut(&str),
) -> Result<Outcome, Failure> {
    let inputs = [old, new].map(|file| Input::from(file.clone()));
    cli.refuse_data("diff", &inputs)?;
    let mut notes: Vec<String> = Vec::new();
    let mut load = |input: &Input| cli.data.load(std::slice::from_ref(input), &mut |note| notes.push(note.to_owned()));
    let (old, new) = (load(&inputs[0])?, load(&inputs[1])?);
    check_ids(&old, &new)?;
    for note in &notes {
        tell(note);
    }
    let changes = Changes::between(&old, &new);
    match format {
        PlainFormat::Text => report::changes::write(out, &changes)?,
        PlainFormat::Json => report::json::pretty(out, &changes)?,
    }
    Ok(if changes.is_empty() { Outcome::Done } else { Outcome::Changed })
}

/// Refuses two datasets whose ids say nothing of each other: all of the one would be gone, all of the other added.
fn check_ids(old: &Catalog, new: &Catalog) -> Result<(), Failure> {
    let scheme =
        |catalog: &Catalog| catalog.datasets().first().and_then(|one| Some((one.origin.clone(), one.ids.clone()?)));
    match (scheme(old), scheme(new)) {
        (Some((old, ids)), Some((new, others))) if ids != others => Err(Failure::Usage(format!(
            "{old} has the ids `{ids}` and {new} has `{others}`, so no hospital of the one can be found in the other; \
             name two vintages of one publisher"
        ))),
        _ => Ok(()),
    }
}

/// Writes a dataset as a catalog, a hospital a line.
fn convert(cli: &Cli, input: &Input, out: &mut impl Write, tell: &mut dyn FnMut(&str)) -> Result<Outcome, Failure> {
    cli.refuse_data("convert", std::slice::from_ref(input))?;
    let catalog = cli.data.load(std::slice::from_ref(input), tell)?;
    report::catalog::write(out, &catalog)?;
    Ok(if catalog.rejected_rows() > 0 { Outcome::ProblemsFound } else { Outcome::Done })
}

fn check_files(cli: &Cli, inputs: &[Input], format: PlainFormat, out: &mut impl Write) -> Result<Outcome, Failure> {
    let options = formats::Options { is_strict: true, ..cli.data.options()? };
    let mut all = Vec::new();
    let mut unreadable = None;
    for input in inputs {
        let report = match formats::check(input, &options) {
            Ok(report) => report,
            Err(error) => {
                unreadable.get_or_insert(error);
                continue;
            }
        };
        if let PlainFormat::Text = format {
            for diagnostic in &report.diagnostics {
                writeln!(out, "{}\n", diagnostic.with_excerpt())?;
            }
            let counted = report.catalog.as_ref().map(sound).unwrap_or_default();
            let says = match (report.count, report.is_all) {
                (0, _) => format!("no problems; {counted}"),
                (many, true) => count(many, "problem"),
                (many, false) if many > report.diagnostics.len() => {
                    let listed = count(report.diagnostics.len(), "problem");
                    format!("{}; the first {listed} are listed", count(many, "problem"))
                }
                (many, false) => format!("{} or more", count(many, "problem")),
            };
            let read =
                if report.count > 0 && !counted.is_empty() { format!("; {counted} read") } else { String::new() };
            writeln!(out, "{}: {says}{read}", input.origin())?;
        }
        all.extend(report.diagnostics);
    }
    if let PlainFormat::Json = format {
        report::json::pretty(out, &all)?;
    }
    if let Some(error) = unreadable {
        return Err(Failure::Load(error));
    }
    Ok(if all.is_empty() { Outcome::Done } else { Outcome::ProblemsFound })
}

/// What there is in a file.
fn sound(catalog: &Catalog) -> String {
    let figures: usize = catalog.hospitals().map(|(_, hospital)| hospital.details.peek().figures.len()).sum();
    format!("{}, {}", count(catalog.len(), "hospital"), count(figures, "figure"))
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
