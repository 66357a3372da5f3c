//! Reads the command line together with the environment and the configuration file.

use std::ffi::OsString;
use std::path::PathBuf;
use std::{env, fmt};

use clap::builder::PossibleValue;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory, FromArgMatches};

use crate::cli::args::{self, Cli};
use crate::cli::config::file::{self, ConfigFile, Line};
use crate::cli::outcome::{Failure, Usage};
use crate::formats::Input;
use crate::text::Text;
use crate::tui::Bindings;
use crate::tui::theme::Colours;

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
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
    pub(super) origin: Origin,
}

/// The settings that hold.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct Settings {
    /// The configuration file that has been read.
    pub(super) file: Option<PathBuf>,
    pub(super) values: Vec<Setting>,
    /// The files to open when none are named, and where that is said.
    pub(super) data: Vec<PathBuf>,
    pub(super) data_origin: Option<Origin>,
    /// What keys mean.
    pub(in crate::cli) bindings: Bindings,
    /// Where the keys of an action come from, if they are not those of the table.
    pub(super) keys_origins: Vec<(String, Origin)>,
    /// Colours in the place of those of the theme.
    pub(in crate::cli) colours: Colours,
    /// Each colour as it was given, and where it comes from.
    pub(super) given_colours: Vec<(String, String, Origin)>,
}

/// Why the program does not run.
#[derive(Debug)]
pub enum Stop {
    /// The help or the version was asked for, or the command line is wrong.
    Parser(clap::Error),
    /// A setting cannot be read.
    Failure(Failure),
}

impl From<clap::Error> for Stop {
    fn from(error: clap::Error) -> Self {
        Self::Parser(error)
    }
}

impl From<Failure> for Stop {
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
    use args::Command::{Cite, Compare, Config, List, Show};

    matches!(cli.command, None | Some(List { .. } | Show { .. } | Cite { .. } | Compare { .. } | Config))
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
        settings.read_data(cli, file);
        settings.read_colours(matches, cli, file)?;
        settings.read_keys(matches, cli, file)?;
        Ok(settings)
    }

    fn read_data(&mut self, cli: &Cli, file: Option<&ConfigFile>) {
        const VARIABLE: &str = "HOSPITUI_DATA";
        let named: Vec<PathBuf> = cli.data.named.iter().chain(&cli.files).cloned().collect();
        if !named.is_empty() {
            let flag = if cli.files.is_empty() { "--data" } else { "the command line" };
            self.data = named;
            self.data_origin = Some(Origin::Flag(flag.to_owned()));
        } else if let Some(paths) = env::var_os(VARIABLE) {
            self.data = env::split_paths(&paths).filter(|path| !path.as_os_str().is_empty()).collect();
            self.data_origin = Some(Origin::Variable(VARIABLE.to_owned()));
        } else if let Some(data) = file.and_then(|file| file.data.as_ref()) {
            self.data.clone_from(&data.value);
            self.data_origin = Some(Origin::File(data.line));
        }
    }

    fn read_colours(&mut self, matches: &ArgMatches, cli: &Cli, file: Option<&ConfigFile>) -> Result<(), Failure> {
        let in_file = file.map_or(&[][..], |file| &file.colours);
        for Given { name, value, origin } in given("colours", matches, &cli.screen.colours, in_file)? {
            self.colours
                .set(&name, &value)
                .map_err(|error| Failure::Usage(Usage::Colours { from: origin.to_string(), error }))?;
            self.given_colours.retain(|(known, ..)| *known != name);
            self.given_colours.push((name, value, origin));
        }
        Ok(())
    }

    fn read_keys(&mut self, matches: &ArgMatches, cli: &Cli, file: Option<&ConfigFile>) -> Result<(), Failure> {
        let in_file = file.map_or(&[][..], |file| &file.keys);
        let mistaken = |origin: &Origin, error| Failure::Usage(Usage::Keys { from: origin.to_string(), error });
        for Given { name, value, origin } in given("keys", matches, &cli.screen.keys, in_file)? {
            self.bindings.set(&name, &value).map_err(|error| mistaken(&origin, error))?;
            self.keys_origins.retain(|(known, _)| *known != name);
            self.keys_origins.push((name, origin));
        }
        self.bindings.check().map_err(|error| {
            let cause = self.keys_origins.iter().find(|(name, _)| error.name() == Some(name));
            mistaken(cause.map_or(&Origin::Default, |(_, origin)| origin), error)
        })
    }
}

/// What is given to one of the names of a table, such as `[keys]`.
struct Given {
    name: String,
    value: String,
    origin: Origin,
}

/// What the file gives to names, and then what the variable does, and then the flags: the last one holds.
fn given(
    option: &str,
    matches: &ArgMatches,
    values: &[String],
    in_file: &[(String, Line<String>)],
) -> Result<Vec<Given>, Failure> {
    let in_file = in_file.iter().map(|(name, Line { value, line })| {
        Ok(Given { name: name.clone(), value: value.clone(), origin: Origin::File(*line) })
    });
    // The parser gives the variable only where there is no flag. It has all in one text.
    let variable = variable(option);
    let all = env::var_os(&variable).unwrap_or_default().to_string_lossy().into_owned();
    let in_variable = all.split(';').map(|one| assignment(option, one, &Origin::Variable(variable.clone())));
    let is_flag = matches.value_source(option) == Some(ValueSource::CommandLine);
    let flags = values.iter().filter(|_| is_flag);
    let flags = flags.map(|one| assignment(option, one, &Origin::Flag(format!("--{option}"))));
    in_file.chain(in_variable.chain(flags).filter_map(Result::transpose)).collect()
}

/// `NAME=VALUE`; none when nothing is written.
fn assignment(option: &str, text: &str, origin: &Origin) -> Result<Option<Given>, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let Some((name, value)) = text.split_once('=') else {
        let value = if option == "keys" { "KEYS" } else { "COLOUR" };
        return Err(Failure::Usage(Usage::NoValue { from: origin.to_string(), name: Text::clean(text), value }));
    };
    Ok(Some(Given { name: name.trim().to_owned(), value: value.trim().to_owned(), origin: origin.clone() }))
}

/// A setting that is one value.
fn value(name: &'static str, matches: &ArgMatches, file: Option<&ConfigFile>) -> Setting {
    let id = id(name);
    let raw = matches.get_raw(&id).and_then(|mut values| values.next_back());
    let value = raw.map_or_else(String::new, |value| value.to_string_lossy().into_owned());
    if name == "mouse" && matches.get_flag("no_mouse") {
        return Setting { name, value: false.to_string(), origin: Origin::Flag("--no-mouse".to_owned()) };
    }
    let line = file.and_then(|file| file.values.iter().find(|(known, _)| *known == name));
    let origin = match (matches.value_source(&id), line) {
        (Some(ValueSource::CommandLine), _) => Origin::Flag(format!("--{name}")),
        (Some(ValueSource::EnvVariable), _) => Origin::Variable(variable(name)),
        (_, Some((_, line))) => Origin::File(line.line),
        (_, None) => Origin::Default,
    };
    Setting { name, value, origin }
}

/// The variable of a setting.
fn variable(name: &str) -> String {
    format!("HOSPITUI_{}", id(name).to_uppercase())
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => f.write_str(flag),
            Self::Variable(variable) => f.write_str(variable),
            Self::File(line) => write!(f, "line {line}"),
            Self::Default => f.write_str("default"),
        }
    }
}
