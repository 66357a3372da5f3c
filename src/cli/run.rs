//! Runs the command given on the command line.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::CommandFactory;

use crate::catalog::Catalog;
use crate::cli::args::{Cli, Command, OutputArgs};
use crate::cli::config::Invocation;
use crate::cli::hospitals::Writer;
use crate::cli::outcome::{Failure, Outcome, UnresolvedHospital};
use crate::cli::output::Output;
use crate::cli::state_file::StateFile;
use crate::cli::{cite, config, fields, files, hospitals, saved};
use crate::formats::{self, Input, LoadError, ProgressObserver, Unreadable};
use crate::tui;

/// Runs the command line. Results go to `out` and notes to `notify`.
///
/// # Errors
///
/// When data cannot be read, words do not identify a single hospital, or writing fails.
pub fn run(invocation: &Invocation, out: &mut Output, notify: &mut dyn FnMut(&str)) -> Result<Outcome, Failure> {
    let Invocation { cli, settings } = invocation;
    let named = named_inputs(cli);
    let (inputs, piped) = data_of(invocation, &named, notify)?;
    let load = || piped.map_or_else(|| cli.data.load(&inputs, notify), Ok).map(Arc::new);
    match &cli.command {
        None => browse(invocation, &inputs, notify),
        Some(Command::List { query, list, output }) => {
            hospitals::list(load()?, &query.join(" "), list, writer(out, *output))
        }
        Some(Command::Show { hospital, output }) => {
            hospitals::show(&load()?, &hospital.join(" "), writer(out, *output))
        }
        Some(Command::Cite { hospital, measure, all, accessed, format }) => {
            let subject = cite::Subject { hospital, measure: &measure.join(" "), has_all: *all, accessed: *accessed };
            cite::cite(&load()?, &subject, *format, out)
        }
        Some(Command::Compare { replay: Some(file), .. }) => saved::replay(cli, named, file, out, notify),
        Some(Command::Compare { a: Some(a), b: Some(b), output, save, .. }) => {
            let save = save.as_deref().map(|file| (file, &inputs[..]));
            hospitals::compare(&load()?, [a, b], save, writer(out, *output))
        }
        // Unreachable: clap requires both hospitals, unless a file is replayed.
        Some(Command::Compare { .. }) => Err(Failure::UnresolvedHospital(UnresolvedHospital::NoWords)),
        Some(Command::Fields { output, .. }) => fields::list(&*load()?, writer(out, *output)),
        Some(Command::Diff { old, new, format }) => files::diff(cli, [old, new], *format, out, notify),
        Some(Command::Convert { files }) => files::convert(cli, &inputs_of(files), out, notify),
        Some(Command::Profile { file }) => files::profile(cli, &Input::from(file.clone()), out, notify),
        Some(Command::Check { files, format }) => {
            files::check(cli, &[inputs_of(files), named].concat(), *format, out, notify)
        }
        Some(Command::Config) => {
            config::print(out, settings)?;
            Ok(Outcome::Done)
        }
        Some(Command::Completions { shell }) => completions(*shell, out),
        Some(Command::Man) => Ok(manual(out)?),
    }
}

/// The files that the command line names.
fn named_inputs(cli: &Cli) -> Vec<Input> {
    match &cli.command {
        Some(Command::Fields { files, .. }) => [inputs_of(files), cli.inputs()].concat(),
        _ => cli.inputs(),
    }
}

fn inputs_of(files: &[PathBuf]) -> Vec<Input> {
    files.iter().cloned().map(Input::from).collect()
}

/// The files to read, and what is piped in where a command names none.
fn data_of(
    Invocation { cli, settings }: &Invocation,
    named: &[Input],
    notify: &mut dyn FnMut(&str),
) -> Result<(Vec<Input>, Option<Catalog>), Failure> {
    if !named.is_empty() {
        return Ok((named.to_vec(), None));
    }
    if let Some(Command::List { query, .. }) = &cli.command {
        note_file(query, notify);
    }
    let piped = if reads_catalog(cli) { cli.data.load_piped(notify)? } else { None };
    Ok((if piped.is_some() { vec![Input::Stdin] } else { settings.inputs() }, piped))
}

/// Whether the command reads hospitals of whatever data there are.
fn reads_catalog(cli: &Cli) -> bool {
    matches!(
        cli.command,
        Some(
            Command::List { .. }
                | Command::Show { .. }
                | Command::Cite { .. }
                | Command::Fields { .. }
                | Command::Compare { replay: None, a: Some(_), .. }
        )
    )
}

/// Tells that the name of a file is taken for a query.
fn note_file(query: &[String], notify: &mut dyn FnMut(&str)) {
    if let [word] = query
        && Path::new(word).is_file()
    {
        notify(&format!("{word} is a file, and taken for words to search for; hospitui list -d {word} lists it"));
    }
}

/// Writes results as the arguments say, long ones to a pager.
fn writer(out: &mut Output, args: OutputArgs) -> Writer<'_, Output> {
    out.page(args);
    let style = out.style(args);
    Writer { out, format: args.format, style }
}

fn browse(
    Invocation { cli, settings }: &Invocation,
    inputs: &[Input],
    notify: &mut dyn FnMut(&str),
) -> Result<Outcome, Failure> {
    let piped = [Input::Stdin];
    let inputs = if cli.inputs().is_empty() && Input::is_piped() { &piped } else { inputs };
    // Report problems with the files even if there is no terminal.
    for input in inputs {
        input.probe().map_err(mistaken_command)?;
    }
    let options = cli.data.options()?;
    let is_keyboard = |input: &Input| *input == Input::Stdin && io::stdin().is_terminal();
    if inputs.iter().any(is_keyboard) {
        return Err(Failure::Load(LoadError::unreadable(&Input::Stdin.origin(), Unreadable::Terminal)));
    }
    tui::require_terminal().map_err(Failure::Screen)?;
    // Without the state of the last session the browser works as well. A file with a mistake is left as it is.
    let state_file = StateFile::read(cli.screen.asked(), inputs).unwrap_or_else(|mistake| {
        notify(&mistake);
        None
    });
    let resume = state_file.as_ref().map(StateFile::resume).unwrap_or_default();
    let inputs = inputs.to_vec();
    let load = move |observer: &mut dyn ProgressObserver| formats::load(&inputs, &options, observer);
    match tui::run(load, cli.screen.options(settings.bindings.clone(), settings.colours, resume)) {
        Ok(left) => {
            if let Some(Err(mistake)) = state_file.map(|file| file.write(left)) {
                notify(&mistake);
            }
            Ok(Outcome::Done)
        }
        Err(tui::Error::Load(error)) => Err(Failure::Load(error)),
        Err(error) => Err(Failure::Screen(error)),
    }
}

/// Suggests a command for a misspelled one: `hospitui lst` is parsed as the name of a file.
fn mistaken_command(error: LoadError) -> Failure {
    let LoadError::Unreadable { origin, reason } = error else { return Failure::Load(error) };
    let word = origin.as_str();
    let cli = Cli::command();
    let commands =
        cli.get_subcommands().map(|command| (strsim::damerau_levenshtein(word, command.get_name()), command));
    let nearest = commands.min_by_key(|(distance, _)| *distance);
    let reason = match nearest.filter(|(distance, _)| *distance <= 2 && word.len() > 2) {
        Some((_, command)) => {
            let hint = format!("or did you mean `hospitui {}`?", command.get_name());
            Unreadable::Hinted { reason: Box::new(reason), hint }
        }
        None => reason,
    };
    Failure::Load(LoadError::Unreadable { origin, reason })
}

fn completions(shell: clap_complete::Shell, out: &mut impl Write) -> Result<Outcome, Failure> {
    // Written to memory first, because the generator panics on write errors.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "hospitui", &mut script);
    out.write_all(&script)?;
    Ok(Outcome::Done)
}

/// The manual page: the command line, then the table of keys.
fn manual(out: &mut impl Write) -> io::Result<Outcome> {
    clap_mangen::Man::new(Cli::command()).render(out)?;
    writeln!(out, ".SH KEYS")?;
    for (keys, help) in tui::key_help() {
        writeln!(out, ".TP\n\\fB{}\\fR\n{help}", keys.replace('\\', "\\e").replace('-', "\\-"))?;
    }
    Ok(Outcome::Done)
}
