//! The configuration file, `hospitui.toml`.

use std::ffi::OsStr;
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::Command;
use etcetera::BaseStrategy;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::cli::outcome::Failure;
use crate::diagnostic::suggest::one_of;
use crate::diagnostic::{Diagnostic, Spot, line_of};
use crate::formats::{self, Input, LoadError, Unreadable};
use crate::text::Text;
use crate::tui::Bindings;
use crate::tui::theme::{ColourError, Colours};

/// What a value in the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One of the words that the option takes.
    Word,
    /// True or false.
    Switch,
}

/// The settings that are one value each.
const VALUES: [(&str, Kind); 7] = [
    ("theme", Kind::Word),
    ("ascii", Kind::Word),
    ("mouse", Kind::Switch),
    ("clipboard", Kind::Word),
    ("panes", Kind::Word),
    ("history", Kind::Switch),
    ("last-place", Kind::Switch),
];

/// The names of the settings that are one value each.
pub(super) fn value_names() -> impl Iterator<Item = &'static str> {
    VALUES.iter().map(|(name, _)| *name)
}

/// A value, and the line that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line<T> {
    pub(super) value: T,
    pub(super) line: usize,
}

/// What a configuration file says.
#[derive(Clone, Debug, Default)]
pub(super) struct ConfigFile {
    pub(super) path: PathBuf,
    /// The settings that are one value each, by name.
    pub(super) values: Vec<(&'static str, Line<String>)>,
    pub(super) data: Option<Line<Vec<PathBuf>>>,
    /// The colours by the part of the screen.
    pub(super) colours: Vec<(String, Line<String>)>,
    /// The keys by the name of the action.
    pub(super) keys: Vec<(String, Line<String>)>,
}

impl ConfigFile {
    /// Where the file is looked for; none where the system has no folder for it.
    pub(super) fn default_path() -> Option<PathBuf> {
        let folders = etcetera::choose_base_strategy().ok()?;
        Some(folders.config_dir().join("hospitui").join("hospitui.toml"))
    }

    /// Reads the file that is `named`, or else the one of the user, if there is one.
    ///
    /// # Errors
    ///
    /// When it cannot be read, with all that is wrong with it.
    pub(super) fn find(named: Option<&OsStr>, command: &Command) -> Result<Option<Self>, Failure> {
        match named {
            Some(path) if path.is_empty() => Ok(None),
            Some(path) => Self::read(Path::new(path), command).map(Some),
            None => {
                let path = Self::default_path().filter(|path| path.exists());
                path.map(|path| Self::read(&path, command)).transpose()
            }
        }
    }

    fn read(path: &Path, command: &Command) -> Result<Self, Failure> {
        let input = Input::File(path.to_owned());
        let text = match formats::text(&input, &formats::Options::default()) {
            // It sets nothing. So `hospitui config > hospitui.toml` works, for which the shell makes an empty file first.
            Err(LoadError::Unreadable { reason: Unreadable::Empty, .. }) => String::new(),
            text => text?,
        };
        Self::parse(&text, path, &input.origin(), command).map_err(Failure::Settings)
    }

    fn parse(text: &str, path: &Path, origin: &Text, command: &Command) -> Result<Self, Vec<Diagnostic>> {
        let file = Self { path: path.to_owned(), ..Self::default() };
        let mut parser = Parser { text, origin, command, file, mistakes: Vec::new() };
        match DeTable::parse(text) {
            Ok(table) => table.get_ref().iter().for_each(|(name, value)| parser.setting(name, value)),
            Err(error) => {
                let at = error.span().unwrap_or(0..0);
                parser.mistake(at, "", error.message(), "write it as TOML has it: name = \"value\"");
            }
        }
        parser.mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
        if parser.mistakes.is_empty() { Ok(parser.file) } else { Err(parser.mistakes) }
    }
}

type Name<'a> = Spanned<std::borrow::Cow<'a, str>>;

struct Parser<'a> {
    text: &'a str,
    origin: &'a Text,
    command: &'a Command,
    file: ConfigFile,
    mistakes: Vec<Diagnostic>,
}

impl Parser<'_> {
    fn mistake(&mut self, at: Range<usize>, path: &str, message: &str, fix: &str) {
        let at = at.start.min(self.text.len())..at.end.min(self.text.len());
        let spot = Spot { text: self.text, line: line_of(self.text.as_bytes(), at.start), at };
        self.mistakes.push(Diagnostic::new(self.origin, &spot, path, message, fix));
    }

    /// What was read of `value`, with the line that this stands in.
    fn in_line<T>(&self, read: T, value: &Spanned<DeValue>) -> Line<T> {
        Line { value: read, line: line_of(self.text.as_bytes(), value.span().start) }
    }

    fn setting(&mut self, name: &Name, value: &Spanned<DeValue>) {
        let known = VALUES.iter().find(|(known, _)| *known == name.get_ref());
        match (known, name.get_ref().as_ref()) {
            (Some((name, kind)), _) => self.value(name, *kind, value),
            (None, "data") => self.data(value),
            (None, "colours") => self.colours(value),
            (None, "keys") => self.keys(value),
            (None, other) => {
                let known = value_names().chain(["data", "colours", "keys"]);
                let fix = one_of("settings", other, known);
                self.mistake(name.span(), other, &format!("unknown setting `{other}`"), &fix);
            }
        }
    }

    fn value(&mut self, name: &'static str, kind: Kind, value: &Spanned<DeValue>) {
        let words = words(self.command, name);
        let word = match (kind, value.get_ref()) {
            (Kind::Switch, DeValue::Boolean(on)) => on.to_string(),
            (Kind::Switch, _) => return self.mistake(value.span(), name, "not a switch", "write true or false"),
            // As the flag alone.
            (Kind::Word, DeValue::Boolean(on)) if name == "ascii" => if *on { "always" } else { "never" }.to_owned(),
            (Kind::Word, DeValue::String(word)) if words.contains(&word.to_string()) => word.to_string(),
            (Kind::Word, DeValue::String(word)) => {
                let fix = one_of(&format!("words for `{name}`"), word, words.iter().map(String::as_str));
                return self.mistake(value.span(), name, &format!("`{name}` cannot be `{word}`"), &fix);
            }
            (Kind::Word, _) => {
                let fix = format!("write one of them in quotes: {}", words.join(", "));
                return self.mistake(value.span(), name, "not a word", &fix);
            }
        };
        self.file.values.push((name, self.in_line(word, value)));
    }

    fn data(&mut self, value: &Spanned<DeValue>) {
        let Some(paths) = strings(value.get_ref()) else {
            return self.mistake(value.span(), "data", "not a list of files", "write data = [\"a.csv\", \"b.csv\"]");
        };
        let home = etcetera::home_dir().unwrap_or_default();
        let folder = self.file.path.parent().unwrap_or(Path::new("")).to_owned();
        let path = |path: &String| match path.strip_prefix("~/") {
            Some(rest) => home.join(rest),
            None if path == "-" => PathBuf::from(path),
            None => folder.join(path),
        };
        self.file.data = Some(self.in_line(paths.iter().map(path).collect(), value));
    }

    fn colours(&mut self, value: &Spanned<DeValue>) {
        let DeValue::Table(table) = value.get_ref() else {
            let fix = "write [colours], and below it heading = \"#ff8f66\"";
            return self.mistake(value.span(), "colours", "not a table", fix);
        };
        for (name, value) in table {
            let path = format!("colours.{}", name.get_ref());
            let colour = match value.get_ref() {
                DeValue::String(colour) => colour.to_string(),
                DeValue::Integer(number) => number.to_string(),
                _ => {
                    let fix = "write a colour in quotes: \"#ff8f66\"";
                    self.mistake(value.span(), &path, "not a colour", fix);
                    continue;
                }
            };
            match Colours::default().set(name.get_ref(), &colour) {
                Err(error @ ColourError::UnknownPart(_)) => {
                    let fix = one_of("parts of the screen", name.get_ref(), Colours::parts());
                    self.mistake(name.span(), &path, &error.message(), &fix);
                }
                Err(error) => self.mistake(value.span(), &path, &error.message(), &error.fix()),
                Ok(()) => {
                    self.file.colours.push((name.get_ref().to_string(), self.in_line(colour, value)));
                }
            }
        }
    }

    fn keys(&mut self, value: &Spanned<DeValue>) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.mistake(value.span(), "keys", "not a table", "write [keys], and below it quit = \"Ctrl-q\"");
        };
        let mistakes_before = self.mistakes.len();
        let mut bindings = Bindings::default();
        // In the order of the file, so that the later of two lines is the one to change.
        let mut lines: Vec<_> = table.iter().collect();
        lines.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in &lines {
            let path = format!("keys.{}", name.get_ref());
            let Some(keys) = strings(value.get_ref()).map(|keys| keys.join(" ")) else {
                let fix = "write the names of keys in quotes: \"Ctrl-q F10\"";
                self.mistake(value.span(), &path, "not the names of keys", fix);
                continue;
            };
            match bindings.set(name.get_ref(), &keys) {
                Err(error) if error.name().is_some() => {
                    self.mistake(name.span(), &path, &error.message(), &error.fix());
                }
                Err(error) => self.mistake(value.span(), &path, &error.message(), &error.fix()),
                Ok(()) => {
                    self.file.keys.push((name.get_ref().to_string(), self.in_line(keys, value)));
                }
            }
        }
        // A key that could not be read may be the one that would solve a conflict.
        if let Err(error) = bindings.check()
            && self.mistakes.len() == mistakes_before
        {
            let cause = lines.iter().find(|(name, _)| error.name() == Some(name.get_ref()));
            let at = cause.map_or(value.span(), |(_, value)| value.span());
            let path = error.name().map_or("keys".to_owned(), |name| format!("keys.{name}"));
            self.mistake(at, &path, &error.message(), &error.fix());
        }
    }
}

/// The words that an option takes.
fn words(command: &Command, name: &str) -> Vec<String> {
    let option = command.get_arguments().find(|option| option.get_long() == Some(name));
    let values = option.map(clap::Arg::get_possible_values).unwrap_or_default();
    values.iter().map(|value| value.get_name().to_owned()).collect()
}

/// A string or an array of strings.
fn strings(value: &DeValue) -> Option<Vec<String>> {
    match value {
        DeValue::String(one) => Some(vec![one.to_string()]),
        DeValue::Array(all) => all.iter().map(|one| one.get_ref().as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}
