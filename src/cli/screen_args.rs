//! The options of the browser. Each is a setting, too: a file or the environment may give it.

use clap::builder::{BoolishValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, ValueEnum};

use crate::cli::state_file::Asked;
use crate::tui::{Bindings, Clipboard, Options, Panes, Resume, glyphs::Glyphs, theme::Colours, theme::Name};

/// Options of the browser.
#[derive(Clone, Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(super) struct ScreenArgs {
    /// Colours: for a dark or a light background, with high contrast, for either background (`neutral`), or `none`;
    /// `auto` matches the terminal.
    #[arg(long, value_parser = theme_parser(), default_value = AUTO, env = "HOSPITUI_THEME", hide_env_values = true)]
    theme: ThemeChoice,

    /// Give a part of the screen a colour of your own, such as `heading=#ff8f66`; `hospitui config` lists the parts. Repeat
    /// for several; the variable has `;` between them.
    #[arg(long, value_name = "PART=COLOUR", env = "HOSPITUI_COLOURS", hide_env_values = true)]
    pub(super) colours: Vec<String>,

    /// Draw lines, bars and signs in plain ASCII; letters of the data stay. `auto` does so in a locale that is not UTF-8.
    #[arg(long, value_enum, value_name = "WHEN", num_args = 0..=1, require_equals = true, default_value = "auto", default_missing_value = "always")]
    #[arg(env = "HOSPITUI_ASCII", hide_env_values = true)]
    ascii: AsciiChoice,

    /// Use the mouse; without it the terminal can select text.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_value = "true", default_missing_value = "true")]
    #[arg(value_parser = BoolishValueParser::new(), action = ArgAction::Set, env = "HOSPITUI_MOUSE", hide_env_values = true)]
    mouse: bool,

    /// The same as `--mouse=false`.
    #[arg(long)]
    no_mouse: bool,

    /// How to copy to the clipboard.
    #[arg(long, value_parser = clipboard_parser(), value_name = "WAY", default_value = AUTO, env = "HOSPITUI_CLIPBOARD", hide_env_values = true)]
    clipboard: Clipboard,

    /// How many panes to show; `one` suits screen readers and magnifiers.
    #[arg(long, value_parser = panes_parser(), value_name = "PANES", default_value = AUTO, env = "HOSPITUI_PANES", hide_env_values = true)]
    panes: Panes,

    /// Give an action other keys, such as `quit=Ctrl-q F10`; `hospitui config` lists the names. Repeat for several; the
    /// variable has `;` between them.
    #[arg(long, value_name = "NAME=KEYS", env = "HOSPITUI_KEYS", hide_env_values = true)]
    pub(super) keys: Vec<String>,

    /// Keep the queries for the next session.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_value = "false", default_missing_value = "true")]
    #[arg(value_parser = BoolishValueParser::new(), action = ArgAction::Set, env = "HOSPITUI_HISTORY", hide_env_values = true)]
    history: bool,

    /// Begin at the hospital and the query at which the last session with the same data ended.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_value = "false", default_missing_value = "true")]
    #[arg(value_parser = BoolishValueParser::new(), action = ArgAction::Set, env = "HOSPITUI_LAST_PLACE", hide_env_values = true)]
    last_place: bool,
}

/// What leaves a choice to the program.
const AUTO: &str = "auto";

/// A theme; none to match the terminal.
#[derive(Clone, Copy, Debug)]
struct ThemeChoice(Option<Name>);

fn theme_parser() -> impl TypedValueParser<Value = ThemeChoice> {
    let named = Name::ALL.map(|name| PossibleValue::new(name.as_str()).help(name.description()));
    let words = [PossibleValue::new(AUTO).help("Match the terminal")].into_iter().chain(named);
    let choice = |word: String| ThemeChoice(Name::ALL.into_iter().find(|name| name.as_str() == word));
    PossibleValuesParser::new(words).map(choice)
}

fn clipboard_parser() -> impl TypedValueParser<Value = Clipboard> {
    let words = Clipboard::ALL.map(|(name, _, help)| PossibleValue::new(name).help(help));
    let way = |word: String| Clipboard::ALL.into_iter().find(|(name, ..)| *name == word);
    PossibleValuesParser::new(words).map(move |word| way(word).map_or(Clipboard::Auto, |(_, way, _)| way))
}

fn panes_parser() -> impl TypedValueParser<Value = Panes> {
    let words = Panes::ALL.map(|(name, _, help)| PossibleValue::new(name).help(help));
    let panes = |word: String| Panes::ALL.into_iter().find(|(name, ..)| *name == word);
    PossibleValuesParser::new(words).map(move |word| panes(word).map_or(Panes::Auto, |(_, panes, _)| panes))
}

/// When only ASCII is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum AsciiChoice {
    /// In a locale that is not UTF-8.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ScreenArgs {
    /// How the browser looks and behaves, with these keys and colours, and what it begins with.
    pub(super) fn options(&self, bindings: Bindings, colours: Colours, resume: Resume) -> Options {
        let glyphs = match self.ascii {
            AsciiChoice::Auto => None,
            AsciiChoice::Always => Some(Glyphs::ASCII),
            AsciiChoice::Never => Some(Glyphs::of_terminal()),
        };
        let mouse = self.mouse && !self.no_mouse;
        let Self { theme, clipboard, panes, .. } = *self;
        Options { theme: theme.0, glyphs, mouse, clipboard, panes, bindings, colours, resume }
    }

    /// What is kept for the next session.
    pub(super) fn asked(&self) -> Asked {
        Asked { queries: self.history, place: self.last_place }
    }
}
