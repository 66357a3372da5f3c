//! The keys that hold: those of the key table, or others that a configuration gives in their place.

use std::borrow::Cow;
use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::diagnostic::suggest::nearest;
use crate::tui::key_name::{self, NoKey};
use crate::tui::keymap::{self, Action, BINDINGS, Binding, Context};
use crate::tui::line_editor;

/// The key table with the keys that hold.
#[derive(Clone, Debug)]
pub struct Bindings(Vec<BoundKeys>);

/// The keys of a line of the table.
#[derive(Clone, Debug)]
pub(crate) struct BoundKeys {
    pub(crate) binding: &'static Binding,
    /// The names of the keys, with spaces between them.
    pub(crate) keys: Cow<'static, str>,
    /// When they were given, counted from 1; 0 for those of the table.
    given: usize,
}

/// Why keys cannot be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BindingError {
    /// No line of the table has that name.
    UnknownName(String),
    /// These keys stay as they are.
    Fixed(&'static str),
    /// No key has that name.
    UnknownKey(String),
    /// Terminals send the key as another one: its name, and that of the other.
    ArrivesAs(String, String),
    /// Terminals send nothing of its own for the key.
    Unsent(String),
    /// The key is text in the search box.
    Text(String),
    /// The key has another meaning where it should have this one.
    Taken {
        /// The key.
        key: String,
        /// The line that gives it a second meaning.
        name: &'static str,
        /// The line that has it already.
        other: &'static str,
        /// Where.
        context: &'static str,
    },
    /// No key would lead out of a context.
    NoWayOut {
        /// The line that lacks a key.
        name: &'static str,
        /// The context.
        context: &'static str,
    },
}

impl BindingError {
    /// The line of the table that causes it; none when only keys are wrong.
    #[must_use]
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::UnknownName(name) => Some(name),
            Self::Fixed(name) | Self::Taken { name, .. } | Self::NoWayOut { name, .. } => Some(name),
            Self::UnknownKey(_) | Self::ArrivesAs(..) | Self::Unsent(_) | Self::Text(_) => None,
        }
    }

    /// What is wrong.
    #[must_use]
    pub(crate) fn message(&self) -> String {
        match self {
            Self::UnknownName(name) => format!("no action has the name `{name}`"),
            Self::Fixed(name) => format!("`{name}` keeps its key, so that there is always a way out"),
            Self::UnknownKey(key) => format!("no key has the name `{key}`"),
            Self::ArrivesAs(key, other) => format!("terminals send `{key}` as `{other}`"),
            Self::Unsent(key) => format!("terminals send nothing of its own for `{key}`"),
            Self::Text(key) => format!("`{key}` is text in the search box"),
            Self::Taken { key, other, .. } if is_fixed(other) => {
                format!("`{key}` always means `{other}`, so that there is a way out")
            }
            Self::Taken { key, other, context, .. } => format!("`{key}` already means `{other}` in the {context}"),
            Self::NoWayOut { context, .. } => format!("no key would lead out of the {context}"),
        }
    }

    /// What to do about it.
    #[must_use]
    pub(crate) fn fix(&self) -> String {
        match self {
            Self::UnknownName(name) => {
                let near = nearest(name, BINDINGS.iter().map(|binding| binding.name));
                let question = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
                format!("{question}`hospitui config` lists all")
            }
            Self::Fixed(_) => "leave it out".to_owned(),
            Self::UnknownKey(_) => "write x, X, Space, Enter, Esc, Tab, F5, PgUp, Up, Ctrl-x or Alt-x".to_owned(),
            Self::ArrivesAs(_, other) => format!("write {other}, or another key"),
            Self::Unsent(_) => "write a letter with Ctrl or Alt, or F1 to F12".to_owned(),
            Self::Text(_) => "write a key with Ctrl or Alt".to_owned(),
            Self::Taken { name, other, .. } if is_fixed(other) => format!("give `{name}` another key"),
            Self::Taken { other, .. } => format!("give `{other}` another key, too, or none: {other} = \"\""),
            Self::NoWayOut { name, .. } => format!("give `{name}` a key"),
        }
    }
}

fn is_fixed(name: &str) -> bool {
    BINDINGS.iter().any(|binding| binding.name == name && binding.is_fixed())
}

impl fmt::Display for BindingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message(), self.fix())
    }
}

impl std::error::Error for BindingError {}

impl Default for Bindings {
    fn default() -> Self {
        let of_table = |binding: &'static Binding| BoundKeys { binding, keys: Cow::Borrowed(binding.keys), given: 0 };
        Self(BINDINGS.iter().map(of_table).collect())
    }
}

impl Bindings {
    /// Gives the line of that name other keys; none, when `keys` is empty. [`Self::check`] tells whether all fit together.
    ///
    /// # Errors
    ///
    /// When there is no such line or no such key.
    pub fn set(&mut self, name: &str, keys: &str) -> Result<(), BindingError> {
        let given = self.0.iter().map(|bound| bound.given).max().unwrap_or(0) + 1;
        let bound = self.0.iter_mut().find(|bound| bound.binding.name == name);
        let bound = bound.ok_or_else(|| BindingError::UnknownName(name.to_owned()))?;
        if bound.binding.is_fixed() {
            return Err(BindingError::Fixed(bound.binding.name));
        }
        let mut names: Vec<String> = Vec::new();
        for key in keys.split_whitespace() {
            let known = key_name::canonical(key).map_err(|error| match error {
                NoKey::Unknown => BindingError::UnknownKey(key.to_owned()),
                NoKey::ArrivesAs(other) => BindingError::ArrivesAs(key.to_owned(), other),
                NoKey::Unsent => BindingError::Unsent(key.to_owned()),
            })?;
            if bound.binding.contexts.contains(&Context::SearchBox) && key_name::is_text(&known) {
                return Err(BindingError::Text(known));
            }
            if !names.contains(&known) {
                names.push(known);
            }
        }
        (bound.keys, bound.given) = (names.join(" ").into(), given);
        Ok(())
    }

    /// Whether each key has one meaning wherever it has any, and each context can be left.
    ///
    /// # Errors
    ///
    /// The first key with two meanings, with the line that was given it last and the one that it should be taken from; or
    /// the first context without a way out, with the line that lacks a key.
    pub fn check(&self) -> Result<(), BindingError> {
        for context in Context::ALL {
            let mut seen: Vec<(&str, &BoundKeys)> = Vec::new();
            for bound in self.in_context(context) {
                for key in bound.key_names() {
                    if let Some((_, other)) = seen.iter().find(|(known, _)| *known == key) {
                        return Err(taken(key, [other, bound], context));
                    }
                    seen.push((key, bound));
                }
            }
            let leads_out = |bound: &&BoundKeys| matches!(bound.binding.action, Action::Back | Action::ClearQuery);
            let ways_out: Vec<&BoundKeys> = self.in_context(context).filter(leads_out).collect();
            if ways_out.iter().all(|bound| bound.keys.is_empty()) {
                let last = ways_out.iter().max_by_key(|bound| bound.given);
                let name = last.map_or("back", |bound| bound.binding.name);
                return Err(BindingError::NoWayOut { name, context: context.name() });
            }
        }
        Ok(())
    }

    /// What a key asks for in a context; none when it means nothing there.
    pub(crate) fn resolve(&self, context: Context, event: KeyEvent) -> Option<Action> {
        // In the search box a character is text; elsewhere it is the key that it was meant for.
        let event = if context == Context::SearchBox { event } else { keymap::half_width(event) };
        let bound = |event| {
            let pressed = keymap::name(event);
            let bound = self.in_context(context).find(|bound| bound.key_names().any(|key| key == pressed));
            bound.map(|bound| bound.binding.action)
        };
        // Where a key with Shift means nothing, Shift says nothing.
        let without_shift = || bound(KeyEvent { modifiers: event.modifiers - KeyModifiers::SHIFT, ..event });
        bound(event).or_else(without_shift).or_else(|| self.global_chord(context, event))
    }

    /// The action of the whole program that a key with Ctrl or Alt, or a function key, is bound to in any context. Such a
    /// key types no text, so that it can mean the same in all; in the search box the keys that edit go first.
    fn global_chord(&self, context: Context, event: KeyEvent) -> Option<Action> {
        let has_modifier = event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        let is_chord = has_modifier || matches!(event.code, KeyCode::F(_));
        if !is_chord || context == Context::SearchBox && line_editor::takes_chord(event) {
            return None;
        }
        let pressed = keymap::name(event);
        let mut global = self.0.iter().filter(|bound| bound.binding.action.is_global());
        let bound = global.find(|bound| bound.key_names().any(|key| key == pressed))?;
        Some(bound.binding.action)
    }

    /// The keys that mean something in a context, in the order of the table.
    pub(crate) fn in_context(&self, context: Context) -> impl Iterator<Item = &BoundKeys> {
        self.0.iter().filter(move |bound| bound.binding.contexts.contains(&context))
    }

    /// Every line of the table: its name, and its keys with spaces between them.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|bound| (bound.binding.name, &*bound.keys))
    }

    /// The first key with which an action is asked for in a context; none when no key is bound to it there.
    pub(crate) fn key_of(&self, action: Action, context: Context) -> Option<&str> {
        self.in_context(context)
            .filter(|bound| bound.binding.action == action)
            .find_map(|bound| bound.key_names().next())
    }

    /// The keys that the line of a binding has now.
    pub(crate) fn keys_of(&self, binding: &Binding) -> &str {
        self.0.iter().find(|bound| bound.binding.name == binding.name).map_or("", |bound| &bound.keys)
    }
}

impl BoundKeys {
    /// The name of each key.
    pub(crate) fn key_names(&self) -> impl Iterator<Item = &str> {
        self.keys.split_whitespace()
    }
}

/// That a key has two meanings: the line that was given it last is the one to change.
fn taken(key: &str, lines: [&BoundKeys; 2], context: Context) -> BindingError {
    let [first, second] = lines;
    let [other, last] = if first.given > second.given { [second, first] } else { [first, second] };
    let (name, other) = (last.binding.name, other.binding.name);
    BindingError::Taken { key: key.to_owned(), name, other, context: context.name() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keymap::Motion;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(code, modifiers)
    }

    #[test]
    fn capitals_come_with_or_without_shift() {
        let bindings = Bindings::default();
        for modifiers in [KeyModifiers::NONE, KeyModifiers::SHIFT] {
            let pressed = bindings.resolve(Context::List, key(KeyCode::Char('G'), modifiers));
            assert_eq!(pressed, Some(Action::Move(Motion::Last)));
        }
        assert_eq!(bindings.resolve(Context::SearchBox, key(KeyCode::Char('q'), KeyModifiers::NONE)), None);
        let shifted = key(KeyCode::Down, KeyModifiers::SHIFT);
        assert_eq!(bindings.resolve(Context::List, shifted), Some(Action::ScrollDetail(Motion::Down)));
        assert_eq!(bindings.resolve(Context::Menu, shifted), Some(Action::Move(Motion::Down)));
        let after_esc = key(KeyCode::Char('c'), KeyModifiers::CONTROL | KeyModifiers::ALT);
        assert_eq!(bindings.resolve(Context::SearchBox, after_esc), Some(Action::Quit));
    }

    #[test]
    fn own_keys_take_the_place_of_those_of_the_table() {
        let mut bindings = Bindings::default();
        assert_eq!(bindings.check(), Ok(()));
        for (name, keys) in [("quit", "Ctrl-Q F10"), ("down", "Down E"), ("query-down", "Alt-j"), ("mouse", "")] {
            assert_eq!(bindings.set(name, keys), Ok(()), "{name}");
        }
        assert_eq!(bindings.check(), Ok(()));
        let pressed = |c, modifiers| bindings.resolve(Context::List, key(KeyCode::Char(c), modifiers));
        assert_eq!(pressed('q', KeyModifiers::CONTROL), Some(Action::Quit));
        assert_eq!((pressed('q', KeyModifiers::NONE), pressed('m', KeyModifiers::NONE)), (None, None));
        assert_eq!(pressed('E', KeyModifiers::NONE), Some(Action::Move(Motion::Down)));
    }

    #[test]
    fn chords_of_the_whole_program_hold_in_every_context() {
        let mut bindings = Bindings::default();
        for (name, keys) in
            [("quit", "q Ctrl-q F10 Ctrl-w Alt-b"), ("help", "? Alt-h"), ("mouse", "F2"), ("sort", "F3")]
        {
            bindings.set(name, keys).unwrap();
        }
        bindings.set("query-up", "Alt-h").unwrap();
        assert_eq!(bindings.check(), Ok(()));
        let (ctrl, alt) = (KeyModifiers::CONTROL, KeyModifiers::ALT);
        for context in Context::ALL {
            let pressed = |code, modifiers| bindings.resolve(context, key(code, modifiers));
            assert_eq!(pressed(KeyCode::Char('q'), ctrl), Some(Action::Quit), "{context:?}");
            assert_eq!(pressed(KeyCode::F(10), KeyModifiers::NONE), Some(Action::Quit), "{context:?}");
            assert_eq!(pressed(KeyCode::F(2), KeyModifiers::NONE), Some(Action::Mouse), "{context:?}");
            let is_typing = context == Context::SearchBox;
            let help = if is_typing { Action::Move(Motion::Up) } else { Action::Help };
            assert_eq!(pressed(KeyCode::Char('h'), alt), Some(help), "what is bound in a context goes first");
            for edits in [(KeyCode::Char('w'), ctrl), (KeyCode::Char('b'), alt)] {
                assert_eq!(pressed(edits.0, edits.1), (!is_typing).then_some(Action::Quit), "{context:?} {edits:?}");
            }
        }
        assert_eq!(bindings.resolve(Context::SearchBox, key(KeyCode::Char('q'), KeyModifiers::NONE)), None);
        assert_eq!(
            bindings.resolve(Context::Menu, key(KeyCode::F(3), KeyModifiers::NONE)),
            None,
            "sorting is for the list"
        );
    }

    #[test]
    fn keys_that_cannot_be_given_are_refused() {
        let mut bindings = Bindings::default();
        assert_eq!(bindings.set("quitt", "x"), Err(BindingError::UnknownName("quitt".to_owned())));
        assert!(bindings.set("quitt", "x").unwrap_err().to_string().contains("did you mean `quit`?"));
        let unlike = bindings.set("xyzzy", "x").unwrap_err().to_string();
        assert_eq!(unlike, "no action has the name `xyzzy`; `hospitui config` lists all");
        assert_eq!(bindings.set("interrupt", "x"), Err(BindingError::Fixed("interrupt")));
        for unknown in ["Hyper-x", "xx", "Ctrl-", "F13", "Shift-x", "Ctrl-Alt-x"] {
            assert_eq!(bindings.set("quit", unknown), Err(BindingError::UnknownKey(unknown.to_owned())));
        }
        assert_eq!(bindings.set("complete", "x"), Err(BindingError::Text("x".to_owned())));
        for (key, says) in [
            ("Ctrl-i", "terminals send `Ctrl-i` as `Tab`; write Tab"),
            ("Alt-O", "terminals send nothing of its own for `Alt-O`; write a letter"),
        ] {
            let error = bindings.set("quit", key).unwrap_err().to_string();
            assert!(error.starts_with(says), "{error}");
        }
    }

    #[test]
    fn the_line_that_was_given_a_key_last_is_to_blame() {
        for (lines, name, other) in [
            (&[("sort", "f")][..], "sort", "filter"),
            (&[("filter", "s")], "filter", "sort"),
            (&[("filter", "F9"), ("sort", "F9")], "sort", "filter"),
            (&[("sort", "F9"), ("filter", "F9")], "filter", "sort"),
            (&[("sort", "Ctrl-c")], "sort", "interrupt"),
            (&[("help", "Down")], "help", "down"),
        ] {
            let mut bindings = Bindings::default();
            for (name, keys) in lines {
                bindings.set(name, keys).unwrap();
            }
            let error = bindings.check().unwrap_err();
            assert!(
                matches!(error, BindingError::Taken { name: last, other: first, .. } if (last, first) == (name, other)),
                "{lines:?}: {error:?}"
            );
        }
        let mut bindings = Bindings::default();
        bindings.set("sort", "Ctrl-c").unwrap();
        let says = "`Ctrl-c` always means `interrupt`, so that there is a way out; give `sort` another key";
        assert_eq!(bindings.check().unwrap_err().to_string(), says);
        bindings.set("sort", "o o O").unwrap();
        assert_eq!(bindings.check().unwrap_err().name(), Some("sort"));
        bindings.set("sort", "b b").unwrap();
        assert_eq!((bindings.check(), bindings.key_of(Action::Sort, Context::List)), (Ok(()), Some("b")));
        bindings.set("back", "").unwrap();
        assert_eq!(bindings.check(), Err(BindingError::NoWayOut { name: "back", context: "list" }));
    }

    #[test]
    fn every_key_of_the_table_can_be_given() {
        let mut bindings = Bindings::default();
        for (name, keys) in Bindings::default().lines().filter(|(name, _)| *name != "interrupt") {
            assert_eq!(bindings.set(name, keys), Ok(()), "{name}");
        }
        assert_eq!(bindings.check(), Ok(()));
    }
}
