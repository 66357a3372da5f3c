//! Commands that work on files: check, convert, diff, profile.

use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use crate::catalog::Catalog;
use crate::cli::args::{Cli, PlainFormat};
use crate::cli::outcome::{Failure, Outcome, Usage};
use crate::compare::Changes;
use crate::diagnostic::Diagnostic;
use crate::formats::{self, CheckReport, Input};
use crate::report;
use crate::report::wording::count;
use crate::text::Text;

/// Lists the changes from one edition of a dataset to another.
pub(super) fn diff(
    cli: &Cli,
    [old, new]: [&PathBuf; 2],
    format: PlainFormat,
    out: &mut impl Write,
    notify: &mut dyn FnMut(&str),
) -> Result<Outcome, Failure> {
    let inputs = [old, new].map(|file| Input::from(file.clone()));
    cli.refuse_data("diff", &inputs)?;
    let mut notes: Vec<String> = Vec::new();
    let mut load = |input: &Input| cli.data.load(std::slice::from_ref(input), &mut |note| notes.push(note.to_owned()));
    let (old, new) = (load(&inputs[0])?, load(&inputs[1])?);
    check_ids(&old, &new)?;
    for note in &notes {
        notify(note);
    }
    let changes = Changes::between(&old, &new);
    match format {
        PlainFormat::Text => report::changes::write(out, &changes)?,
        PlainFormat::Json => report::json::pretty(out, &changes)?,
    }
    Ok(if changes.is_empty() { Outcome::Done } else { Outcome::Changed })
}

/// Refuses two datasets with different schemes of ids. Their hospitals cannot be matched, so every hospital would be
/// reported as removed or added.
fn check_ids(old: &Catalog, new: &Catalog) -> Result<(), Failure> {
    let scheme =
        |catalog: &Catalog| catalog.datasets().first().and_then(|one| Some((one.origin.clone(), one.ids().cloned()?)));
    match (scheme(old), scheme(new)) {
        (Some(old), Some(new)) if old.1 != new.1 => Err(Failure::Usage(Usage::OtherIds([old, new]))),
        _ => Ok(()),
    }
}

/// Writes datasets as one catalog, with one hospital a line.
pub(super) fn convert(
    cli: &Cli,
    inputs: &[Input],
    out: &mut impl Write,
    notify: &mut dyn FnMut(&str),
) -> Result<Outcome, Failure> {
    cli.refuse_data("convert", inputs)?;
    let catalog = cli.data.load(inputs, notify)?;
    if let Some(id) = report::catalog::ambiguous_source(&catalog) {
        return Err(Failure::Usage(Usage::SameSource(id)));
    }
    report::catalog::write(out, &catalog)?;
    Ok(if catalog.rejected_rows() > 0 { Outcome::ProblemsFound } else { Outcome::Done })
}

/// Writes the profile with which a table is read, or one to fill in.
pub(super) fn profile(
    cli: &Cli,
    input: &Input,
    out: &mut impl Write,
    notify: &mut dyn FnMut(&str),
) -> Result<Outcome, Failure> {
    cli.refuse_data("profile", std::slice::from_ref(input))?;
    let draft = formats::profile_of(input, &cli.data.options()?)?;
    report::json::pretty(out, &draft.profile)?;
    if let Some(note) = draft.note {
        notify(&format!("{}: {note}", input.origin()));
    }
    Ok(Outcome::Done)
}

/// The result of the check of a file, as JSON.
#[derive(Serialize)]
struct CheckedFile {
    file: Text,
    /// The number of problems.
    count: usize,
    /// Whether `problems` has all of them.
    is_complete: bool,
    problems: Vec<Diagnostic>,
}

/// Checks files and writes their problems. Files that cannot be read are reported to `notify`.
pub(super) fn check(
    cli: &Cli,
    inputs: &[Input],
    format: PlainFormat,
    out: &mut impl Write,
    notify: &mut dyn FnMut(&str),
) -> Result<Outcome, Failure> {
    let options = formats::Options { is_strict: true, ..cli.data.options()? };
    let mut checked = Vec::new();
    for input in inputs {
        match formats::check(input, &options) {
            Ok(report) => {
                if let PlainFormat::Text = format {
                    write_report(out, input, &report)?;
                }
                let CheckReport { diagnostics: problems, count, is_all: is_complete, .. } = report;
                checked.push(CheckedFile { file: input.origin(), count, is_complete, problems });
            }
            Err(error) => notify(&error.to_string()),
        }
    }
    if let PlainFormat::Json = format {
        report::json::pretty(out, &checked)?;
    }
    Ok(if checked.len() < inputs.len() {
        Outcome::Unreadable
    } else if checked.iter().all(|file| file.count == 0) {
        Outcome::Done
    } else {
        Outcome::ProblemsFound
    })
}

/// Writes the problems of a file, then a line with their number and with what was read.
fn write_report(out: &mut impl Write, input: &Input, report: &CheckReport) -> io::Result<()> {
    for diagnostic in &report.diagnostics {
        writeln!(out, "{}\n", diagnostic.with_excerpt())?;
    }
    let read = report.catalog.as_ref().map(contents).unwrap_or_default();
    let problems = match (report.count, report.is_all) {
        (0, _) => format!("no problems; {read}"),
        (many, true) => count(many, "problem"),
        (many, false) if many > report.diagnostics.len() => {
            let listed = count(report.diagnostics.len(), "problem");
            format!("{}; the first {listed} are listed", count(many, "problem"))
        }
        (many, false) => format!("{} or more", count(many, "problem")),
    };
    let read = if report.count > 0 && !read.is_empty() { format!("; {read} read") } else { String::new() };
    writeln!(out, "{}: {problems}{read}", input.origin())
}

/// The number of hospitals and figures in a catalog.
fn contents(catalog: &Catalog) -> String {
    let figures: usize = catalog.keys().map(|key| catalog.details(key).figures.len()).sum();
    format!("{}, {}", count(catalog.len(), "hospital"), count(figures, "figure"))
}
