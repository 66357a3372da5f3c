//! The keys that hold: those of the key table, or others that a configuration gives in their place.

use std::borrow::Cow;
use std::fmt;

use crossterm::event::{KeyEvent, KeyModifiers};

use crate::tui::keymap::{self, Action, BINDINGS, Binding, Context};

/// The key table with the keys that hold.
#[derive(Clone, Debug)]
pub struct Bindings(Vec<BoundKeys>);

/// The keys of a line of the table.
#[derive(Clone, Debug)]
pub(crate) struct BoundKeys {
    pub(crate) binding: &'static Binding,
    /// The names of the keys, with spaces between them.
    pub(crate) keys: Cow<'static, str>,
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
    /// The key is text in the search box.
    Text(String),
    /// The key has another meaning where it should have this one: the context and the name of the other.
    Taken(String, &'static str, &'static str),
    /// No key would lead out of that context.
    NoWayOut(&'static str),
}

impl BindingError {
    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::UnknownName(name) => format!("no action has the name `{name}`"),
            Self::Fixed(name) => format!("`{name}` keeps its key, so that there is always a way out"),
            Self::UnknownKey(key) => format!("no key has the name `{key}`"),
            Self::Text(key) => format!("`{key}` is text in the search box"),
            Self::Taken(key, context, other) => format!("`{key}` already means `{other}` in the {context}"),
            Self::NoWayOut(context) => format!("no key would lead out of the {context}"),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn fix(&self) -> String {
        match self {
            Self::UnknownName(name) => {
                let likeness = |other: &str| strsim::normalized_damerau_levenshtein(name, other);
                let names = BINDINGS.iter().map(|binding| binding.name);
                let nearest = names.max_by(|a, b| likeness(a).total_cmp(&likeness(b))).unwrap_or_default();
                format!("did you mean `{nearest}`? `hospitui config` lists all")
            }
            Self::Fixed(_) => "leave it out".to_owned(),
            Self::UnknownKey(_) => "write x, X, Space, Enter, Esc, Tab, F5, PgUp, Up, Ctrl-x or Alt-x".to_owned(),
            Self::Text(_) => "write a key with Ctrl or Alt".to_owned(),
            Self::Taken(_, _, other) => format!("give `{other}` another key, too, or none: {other} = \"\""),
            Self::NoWayOut(_) => "give `back` and `clear-query` a key".to_owned(),
        }
    }
}

impl fmt::Display for BindingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message(), self.fix())
    }
}

impl std::error::Error for BindingError {}

impl Default for Bindings {
    fn default() -> Self {
        Self(BINDINGS.iter().map(|binding| BoundKeys { binding, keys: Cow::Borrowed(binding.keys) }).collect())
    }
}

impl Bindings {
    /// Gives the line of that name other keys; none, when `keys` is empty. [`Self::check`] tells whether all fit together.
    ///
    /// # Errors
    ///
    /// When there is no such line or no such key.
    pub fn set(&mut self, name: &str, keys: &str) -> Result<(), BindingError> {
        let bound = self.0.iter_mut().find(|bound| bound.binding.name == name);
        let bound = bound.ok_or_else(|| BindingError::UnknownName(name.to_owned()))?;
        if bound.binding.is_fixed() {
            return Err(BindingError::Fixed(bound.binding.name));
        }
        let mut names = Vec::new();
        for key in keys.split_whitespace() {
            let known = canonical(key).ok_or_else(|| BindingError::UnknownKey(key.to_owned()))?;
            if bound.binding.contexts.contains(&Context::SearchBox) && is_text(&known) {
                return Err(BindingError::Text(known));
            }
            names.push(known);
        }
        bound.keys = names.join(" ").into();
        Ok(())
    }

    /// Whether each key has one meaning wherever it has any, and each context can be left.
    ///
    /// # Errors
    ///
    /// The first key with two meanings, with the name of the line that it should be taken from; or the first context
    /// without a way out.
    pub fn check(&self) -> Result<(), BindingError> {
        for context in Context::ALL {
            let mut seen: Vec<(&str, &'static str)> = Vec::new();
            for bound in self.in_context(context) {
                for key in bound.key_names() {
                    if let Some((_, other)) = seen.iter().find(|(known, _)| *known == key) {
                        return Err(BindingError::Taken(key.to_owned(), context.name(), other));
                    }
                    seen.push((key, bound.binding.name));
                }
            }
            let leaves = |bound: &BoundKeys| {
                matches!(bound.binding.action, Action::Back | Action::ClearQuery) && bound.key_names().next().is_some()
            };
            if !self.in_context(context).any(leaves) {
                return Err(BindingError::NoWayOut(context.name()));
            }
        }
        Ok(())
    }

    /// What a key asks for in a context; none when it is not bound there.
    pub(crate) fn resolve(&self, context: Context, event: KeyEvent) -> Option<Action> {
        // In the search box a character is text; elsewhere it is the key that it was meant for.
        let event = if context == Context::SearchBox { event } else { keymap::half_width(event) };
        let bound = |event| {
            let pressed = keymap::name(event);
            let bound = self.in_context(context).find(|bound| bound.key_names().any(|key| key == pressed));
            bound.map(|bound| bound.binding.action)
        };
        // Where a key with Shift means nothing, Shift says nothing.
        bound(event).or_else(|| bound(KeyEvent { modifiers: event.modifiers - KeyModifiers::SHIFT, ..event }))
    }

    /// The keys that mean something in a context, in the order of the table.
    pub(crate) fn in_context(&self, context: Context) -> impl Iterator<Item = &BoundKeys> {
        self.0.iter().filter(move |bound| bound.binding.contexts.contains(&context))
    }

    /// Every line of the table: its name, and its keys with spaces between them.
    pub fn lines(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|bound| (bound.binding.name, &*bound.keys))
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

/// Whether a key types a character.
fn is_text(key: &str) -> bool {
    key == "Space" || key.chars().count() == 1 && !matches!(key, "↑" | "↓" | "←" | "→")
}

/// The name of a key as the table has it; none when no key has that name.
fn canonical(name: &str) -> Option<String> {
    for modifier in ["Ctrl-", "Alt-", "Shift-"] {
        if let Some(rest) = name.strip_prefix(modifier).filter(|rest| !rest.is_empty()) {
            let key = canonical_plain(rest)?;
            // Terminals send no case with Ctrl, and a capital for a letter with Shift.
            let key = if modifier == "Ctrl-" && key.len() == 1 { key.to_lowercase() } else { key };
            return (modifier != "Shift-" || !is_text(&key)).then(|| format!("{modifier}{key}"));
        }
    }
    canonical_plain(name)
}

fn canonical_plain(name: &str) -> Option<String> {
    const NAMED: [&str; 15] = [
        "Space",
        "↑",
        "↓",
        "←",
        "→",
        "PgUp",
        "PgDn",
        "Home",
        "End",
        "Enter",
        "Esc",
        "Tab",
        "Backspace",
        "Delete",
        "Insert",
    ];
    const ALSO: [(&str, &str); 6] =
        [("Up", "↑"), ("Down", "↓"), ("Left", "←"), ("Right", "→"), ("PageUp", "PgUp"), ("PageDown", "PgDn")];
    let name = ALSO.iter().find(|(other, _)| *other == name).map_or(name, |(_, name)| name);
    let is_function = name.strip_prefix('F').and_then(|n| n.parse().ok()).is_some_and(|n: u8| (1..=12).contains(&n));
    let mut characters = name.chars();
    let is_character = matches!((characters.next(), characters.next()), (Some(c), None) if !c.is_control());
    (is_function || is_character || NAMED.contains(&name)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

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
        for (name, keys) in [("quit", "Ctrl-Q F10"), ("down", "Down J"), ("query-down", "Alt-j"), ("mouse", "")] {
            assert_eq!(bindings.set(name, keys), Ok(()), "{name}");
        }
        assert_eq!(bindings.check(), Ok(()));
        let pressed = |c, modifiers| bindings.resolve(Context::List, key(KeyCode::Char(c), modifiers));
        assert_eq!(pressed('q', KeyModifiers::CONTROL), Some(Action::Quit));
        assert_eq!((pressed('q', KeyModifiers::NONE), pressed('m', KeyModifiers::NONE)), (None, None));
        assert_eq!(pressed('J', KeyModifiers::NONE), Some(Action::Move(Motion::Down)));
    }

    #[test]
    fn keys_that_cannot_be_given_are_refused() {
        let mut bindings = Bindings::default();
        assert_eq!(bindings.set("quitt", "x"), Err(BindingError::UnknownName("quitt".to_owned())));
        assert!(bindings.set("quitt", "x").unwrap_err().to_string().contains("did you mean `quit`?"));
        assert_eq!(bindings.set("interrupt", "x"), Err(BindingError::Fixed("interrupt")));
        for unknown in ["Hyper-x", "xx", "Ctrl-", "F13", "Shift-x", "Ctrl-Alt-x"] {
            assert_eq!(bindings.set("quit", unknown), Err(BindingError::UnknownKey(unknown.to_owned())));
        }
        assert_eq!(bindings.set("complete", "x"), Err(BindingError::Text("x".to_owned())));
        bindings.set("sort", "f").unwrap();
        assert_eq!(bindings.check(), Err(BindingError::Taken("f".to_owned(), "list", "filter")));
        bindings = Bindings::default();
        bindings.set("back", "").unwrap();
        assert_eq!(bindings.check(), Err(BindingError::NoWayOut("list")));
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
