//! Reads the command line together with the environment and the configuration file.

use std::ffi::OsString;
use std::path::PathBuf;
use std::{env, iter};

use clap::builder::PossibleValue;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory, FromArgMatches};

use crate::cli::args::{self, Cli};
use crate::cli::config::file::{self, ConfigFile};
use crate::cli::outcome::{Failure, Usage};
use crate::formats::Input;
use crate::tui::{BindingError, Bindings};

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// An option of the command line, as it is written.
    Flag(String),
    /// A variable of the environment.
    Variable(String),
    /// A line of the configuration file.
    File(usize),
    /// Nothing else says anything.
    Default,
}

/// A setting that is one value.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) from: From,
}

/// The settings that hold.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct Settings {
    /// The configuration file that has been read.
    pub(super) file: Option<PathBuf>,
    pub(super) values: Vec<Setting>,
    /// The files to open when none are named, and where that is said.
    pub(super) data: Vec<PathBuf>,
    pub(super) data_from: Option<From>,
    /// What keys mean.
    pub(in crate::cli) bindings: Bindings,
    /// Where the keys of an action come from, if they are not those of the table.
    pub(super) keys_from: Vec<(String, From)>,
}

/// Why the program does not run.
#[derive(Debug)]
pub enum Stop {
    /// The help or the version was asked for, or the command line is wrong.
    Parser(clap::Error),
    /// A setting cannot be read.
    Failure(Failure),
}

impl std::convert::From<clap::Error> for Stop {
    fn from(error: clap::Error) -> Self {
        Self::Parser(error)
    }
}

impl std::convert::From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// What is to be done, and how.
#[derive(Debug)]
pub struct Invocation {
    pub(in crate::cli) cli: Cli,
    pub(in crate::cli) settings: Settings,
}

impl Invocation {
    /// Reads the command line, the environment and the configuration file.
    ///
    /// # Errors
    ///
    /// When one of them is wrong, or the command line asks for nothing but the help or the version.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Stop> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        let (matches, cli) = parse(Cli::command(), &arguments)?;
        if !has_settings(&cli) {
            return Ok(Self { cli, settings: Settings::default() });
        }
        let Some(file) = ConfigFile::find(cli.config.as_deref(), &Cli::command())? else {
            let settings = Settings::new(&matches, &cli, None)?;
            return Ok(Self { cli, settings });
        };
        let (matches, cli) = parse(with_defaults(Cli::command(), &file), &arguments)?;
        let settings = Settings::new(&matches, &cli, Some(&file))?;
        Ok(Self { cli, settings })
    }
}

/// Whether settings concern the command.
fn has_settings(cli: &Cli) -> bool {
    use args::Command::{Compare, Config, List, Show};

    matches!(cli.command, None | Some(List { .. } | Show { .. } | Compare { .. } | Config))
}

fn parse(command: Command, arguments: &[OsString]) -> Result<(ArgMatches, Cli), Stop> {
    let matches = command.try_get_matches_from(arguments).map_err(|error| mistaken_variable(error, arguments))?;
    let cli = Cli::from_arg_matches(&matches)?;
    Ok((matches, cli))
}

/// The command line, with what the file says in the place of the defaults.
fn with_defaults(command: Command, file: &ConfigFile) -> Command {
    file.values.iter().fold(command, |command, (name, line)| {
        command.mut_arg(id(name), |option| option.default_value(line.value.clone()))
    })
}

/// By which the parser knows an option.
fn id(name: &str) -> String {
    name.replace('-', "_")
}

/// Names the variable instead of the option, when its value came from there.
fn mistaken_variable(error: clap::Error, arguments: &[OsString]) -> Stop {
    let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg) else { return error.into() };
    let long = option.split([' ', '=', '[']).next().unwrap_or_default();
    let is_on_the_line = arguments.iter().any(|argument| argument.to_string_lossy().starts_with(long));
    let command = Cli::command();
    let found = command.get_arguments().find(|known| known.get_long() == long.strip_prefix("--"));
    let variable = found.and_then(clap::Arg::get_env).filter(|variable| env::var_os(variable).is_some());
    match variable {
        Some(variable)
            if !is_on_the_line && matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation) =>
        {
            let words = found.map(clap::Arg::get_possible_values).unwrap_or_default();
            let words: Vec<&str> =
                words.iter().filter(|word| !word.is_hide_set()).map(PossibleValue::get_name).collect();
            let variable = variable.to_string_lossy().into_owned();
            let value = env::var(&variable).unwrap_or_default();
            Stop::Failure(Failure::Usage(Usage::Variable { variable, value, words: words.join(", ") }))
        }
        _ => error.into(),
    }
}

impl Settings {
    /// The files to open when none are named.
    pub(in crate::cli) fn inputs(&self) -> Vec<Input> {
        self.data.iter().cloned().map(Input::from).collect()
    }

    fn new(matches: &ArgMatches, cli: &Cli, file: Option<&ConfigFile>) -> Result<Self, Failure> {
        let mut settings = Self { file: file.map(|file| file.path.clone()), ..Self::default() };
        settings.values = file::value_names().map(|name| value(name, matches, file)).collect();
        settings.read_data(file);
        settings.read_keys(matches, cli, file)?;
        Ok(settings)
    }

    fn read_data(&mut self, file: Option<&ConfigFile>) {
        const VARIABLE: &str = "HOSPITUI_DATA";
        if let Some(paths) = env::var_os(VARIABLE) {
            self.data = env::split_paths(&paths).filter(|path| !path.as_os_str().is_empty()).collect();
            self.data_from = Some(From::Variable(VARIABLE.to_owned()));
        } else if let Some(data) = file.and_then(|file| file.data.as_ref()) {
            self.data.clone_from(&data.value);
            self.data_from = Some(From::File(data.line));
        }
    }

    fn read_keys(&mut self, matches: &ArgMatches, cli: &Cli, file: Option<&ConfigFile>) -> Result<(), Failure> {
        let is_variable = matches.value_source("keys") == Some(ValueSource::EnvVariable);
        let from =
            if is_variable { From::Variable("HOSPITUI_KEYS".to_owned()) } else { From::Flag("--keys".to_owned()) };
        let given = |error: BindingError| Failure::Usage(Usage::Keys { from: from.to_string(), error });
        let file_keys = file.iter().flat_map(|file| &file.keys);
        let mut keys: Vec<(&str, &str, From)> =
            file_keys.map(|(name, line)| (name.as_str(), line.value.as_str(), From::File(line.line))).collect();
        for one in cli.screen.keys.iter().flat_map(|all| all.split(if is_variable { ";" } else { "\0" })) {
            let (name, names) = one.split_once('=').unwrap_or((one, ""));
            keys.push((name.trim(), names, from.clone()));
        }
        for (name, names, from) in keys {
            self.bindings.set(name, names).map_err(given)?;
            self.keys_from.retain(|(known, _)| known != name);
            self.keys_from.push((name.to_owned(), from));
        }
        self.bindings.check().map_err(given)
    }
}

/// A setting that is one value.
fn value(name: &'static str, matches: &ArgMatches, file: Option<&ConfigFile>) -> Setting {
    let id = id(name);
    let raw = matches.get_raw(&id).and_then(|mut values| values.next_back());
    let value = raw.map_or_else(String::new, |value| value.to_string_lossy().into_owned());
    if name == "mouse" && matches.get_flag("no_mouse") {
        return Setting { name, value: false.to_string(), from: From::Flag("--no-mouse".to_owned()) };
    }
    let line = file.and_then(|file| file.values.iter().find(|(known, _)| *known == name));
    let from = match (matches.value_source(&id), line) {
        (Some(ValueSource::CommandLine), _) => From::Flag(format!("--{name}")),
        (Some(ValueSource::EnvVariable), _) => From::Variable(variable(name)),
        (_, Some((_, line))) => From::File(line.line),
        (_, None) => From::Default,
    };
    Setting { name, value, from }
}

/// The variable of a setting.
fn variable(name: &str) -> String {
    iter::once("HOSPITUI_".to_owned()).chain([id(name).to_uppercase()]).collect()
}

impl std::fmt::Display for From {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Flag(flag) => f.write_str(flag),
            Self::Variable(variable) => f.write_str(variable),
            Self::File(line) => write!(f, "line {line}"),
            Self::Default => f.write_str("default"),
        }
    }
}
