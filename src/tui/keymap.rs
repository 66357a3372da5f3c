//! The one table of keys.
//!
//! Dispatch, the footer's hints, the help, the manual page and the README's key table are all made from [`BINDINGS`], so
//! none of them can differ from the others.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What the user is doing, which decides what a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// Moving in the list.
    List,
    /// Scrolling the detail pane.
    Detail,
    /// Typing in the search box; printable keys are text.
    SearchBox,
    /// In the comparison.
    Compare,
    /// Reading a page on top of the rest: the help, or a row in full.
    Overlay,
    /// Choosing from a list on top of the rest: an order, or a facet.
    Menu,
}

impl Context {
    /// Every context, in the order of the help.
    pub const ALL: [Self; 6] = [Self::List, Self::Detail, Self::SearchBox, Self::Compare, Self::Overlay, Self::Menu];

    /// Its name, for headings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Detail => "detail pane",
            Self::SearchBox => "search box",
            Self::Compare => "comparison",
            Self::Overlay => "help or an opened row",
            Self::Menu => "menu",
        }
    }
}

/// A way to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Motion {
    /// One up.
    Up,
    /// One down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Half a page up.
    HalfUp,
    /// Half a page down.
    HalfDown,
    /// To the first.
    First,
    /// To the last.
    Last,
}

/// Which rows of a comparison are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Show {
    /// All.
    #[default]
    All,
    /// Rows in which both sides have a value, and not the same.
    Differences,
    /// Rows in both texts.
    BothTexts,
    /// Rows in one text.
    OneText,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Leave the program.
    Quit,
    /// Stop until continued.
    Suspend,
    /// Show or hide the help.
    Help,
    /// Go back one step.
    Back,
    /// Move the selection, or scroll.
    Move(Motion),
    /// Go to the search box.
    EditQuery,
    /// Keep the query and return to the list.
    KeepQuery,
    /// Clear the query and return to the list.
    ClearQuery,
    /// Take the first suggestion for what is being typed.
    Complete,
    /// Go to the detail pane.
    OpenDetail,
    /// Go to the list.
    OpenList,
    /// Go to the other pane.
    SwitchPane,
    /// Mark the selected hospital, or take its mark away.
    Mark,
    /// Compare the marked hospitals, or the marked and the selected one.
    Compare,
    /// Choose the order of the list.
    Sort,
    /// Filter the list by country, kind and so on.
    FilterBy,
    /// Take what is selected in a menu.
    Choose,
    /// Copy what is selected, with its sources.
    Copy,
    /// Swap left and right.
    Swap,
    /// Show only some rows, or all again.
    Only(Show),
    /// Copy the whole comparison as Markdown.
    CopyAll,
    /// Go to the next row with an answer.
    NextAnswer,
    /// Go to the previous row with an answer.
    PreviousAnswer,
    /// Show a row in full, or open or fold a group.
    OpenRow,
    /// Turn mouse events on or off.
    Mouse,
}

impl Action {
    /// Whether it may be taken on a screen that is too small to show what it does.
    #[must_use]
    pub fn is_always_safe(self) -> bool {
        matches!(self, Self::Quit | Self::Suspend | Self::Back)
    }
}

/// What some keys do in some contexts.
#[derive(Debug)]
pub struct Binding {
    /// The contexts.
    pub contexts: &'static [Context],
    /// The keys.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// What they do, for the help.
    pub description: &'static str,
    /// What they do in a word, for the footer; none when it does not show them.
    pub hint: Option<&'static str>,
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key(KeyCode, KeyModifiers);

const fn key(code: KeyCode) -> Key {
    Key(code, KeyModifiers::NONE)
}

const fn char(c: char) -> Key {
    key(KeyCode::Char(c))
}

const fn ctrl(c: char) -> Key {
    Key(KeyCode::Char(c), KeyModifiers::CONTROL)
}

use Context::{Compare, Detail, List, Menu, Overlay, SearchBox};

const EVERYWHERE: &[Context] = &Context::ALL;
const MOVING: &[Context] = &[List, Detail, Compare, Overlay, Menu];
const BROWSING: &[Context] = &[List, Detail];

const fn bind(
    contexts: &'static [Context],
    keys: &'static [Key],
    action: Action,
    description: &'static str,
    hint: Option<&'static str>,
) -> Binding {
    Binding { contexts, keys, action, description, hint }
}

/// Every key of the program, in the order of the help and of the footer.
pub const BINDINGS: &[Binding] = &[
    bind(MOVING, &[key(KeyCode::Up), char('k')], Action::Move(Motion::Up), "move up", None),
    bind(MOVING, &[key(KeyCode::Down), char('j')], Action::Move(Motion::Down), "move down", Some("move")),
    bind(&[SearchBox], &[key(KeyCode::Up)], Action::Move(Motion::Up), "move up in the list", None),
    bind(&[SearchBox], &[key(KeyCode::Down)], Action::Move(Motion::Down), "move down in the list", Some("move")),
    bind(EVERYWHERE, &[key(KeyCode::PageUp)], Action::Move(Motion::PageUp), "a page up", None),
    bind(EVERYWHERE, &[key(KeyCode::PageDown)], Action::Move(Motion::PageDown), "a page down", None),
    bind(MOVING, &[ctrl('u')], Action::Move(Motion::HalfUp), "half a page up", None),
    bind(MOVING, &[ctrl('d')], Action::Move(Motion::HalfDown), "half a page down", None),
    bind(MOVING, &[key(KeyCode::Home), char('g')], Action::Move(Motion::First), "go to the start", None),
    bind(MOVING, &[key(KeyCode::End), char('G')], Action::Move(Motion::Last), "go to the end", None),
    bind(BROWSING, &[char('/')], Action::EditQuery, "search names, aliases and places, in any script", Some("search")),
    bind(&[SearchBox], &[key(KeyCode::Enter)], Action::KeepQuery, "keep the query and go to the list", Some("keep")),
    bind(&[SearchBox], &[key(KeyCode::Esc)], Action::ClearQuery, "clear the query and go to the list", Some("clear")),
    bind(&[SearchBox], &[key(KeyCode::Tab)], Action::Complete, "complete a field, measure or value", Some("complete")),
    bind(
        &[List],
        &[key(KeyCode::Right), char('l'), key(KeyCode::Enter)],
        Action::OpenDetail,
        "go to the detail pane",
        Some("detail"),
    ),
    bind(&[Detail], &[key(KeyCode::Left), char('h')], Action::OpenList, "go to the list", Some("list")),
    bind(BROWSING, &[key(KeyCode::Tab), key(KeyCode::BackTab)], Action::SwitchPane, "switch panes", None),
    bind(BROWSING, &[char(' ')], Action::Mark, "mark for comparison, A then B; again to unmark", Some("mark")),
    bind(
        BROWSING,
        &[char('c')],
        Action::Compare,
        "compare the marked hospitals, or the marked and the selected one",
        Some("compare"),
    ),
    bind(&[Compare], &[key(KeyCode::Enter)], Action::OpenRow, "open the row or the group", Some("open")),
    bind(
        &[Compare],
        &[char('d')],
        Action::Only(Show::Differences),
        "show only differing rows, or all",
        Some("differences"),
    ),
    bind(&[Compare], &[char('=')], Action::Only(Show::BothTexts), "show only rows in both texts, or all", None),
    bind(&[Compare], &[char('-')], Action::Only(Show::OneText), "show only rows in one text, or all", None),
    bind(&[Compare], &[char('n')], Action::NextAnswer, "next row with an answer", Some("next")),
    bind(&[Compare], &[char('N')], Action::PreviousAnswer, "previous row with an answer", None),
    bind(&[Compare], &[char('x')], Action::Swap, "swap left and right", Some("swap")),
    bind(
        BROWSING,
        &[char('f')],
        Action::FilterBy,
        "filter by country, region, kind, owner or figures",
        Some("filter by"),
    ),
    bind(BROWSING, &[char('s')], Action::Sort, "sort by name, place or a measure", Some("sort")),
    bind(&[Menu], &[key(KeyCode::Enter), char(' ')], Action::Choose, "choose, or undo a choice", Some("choose")),
    bind(
        &[List, Detail, Compare],
        &[char('y')],
        Action::Copy,
        "copy with sources (by OSC 52, if your terminal allows it)",
        Some("copy"),
    ),
    bind(&[Compare], &[char('Y')], Action::CopyAll, "copy the whole comparison as Markdown", None),
    bind(MOVING, &[char('m')], Action::Mouse, "mouse on or off (off: the terminal selects text)", None),
    bind(MOVING, &[key(KeyCode::Esc)], Action::Back, "back", Some("back")),
    bind(MOVING, &[char('?'), key(KeyCode::F(1))], Action::Help, "show or hide this help", Some("help")),
    bind(&[SearchBox], &[key(KeyCode::F(1))], Action::Help, "show or hide this help", Some("help")),
    bind(MOVING, &[char('q')], Action::Quit, "quit", Some("quit")),
    bind(EVERYWHERE, &[ctrl('c')], Action::Quit, "quit", None),
    bind(EVERYWHERE, &[ctrl('z')], Action::Suspend, "suspend; the shell's fg continues", None),
];

/// The heading of [`EDITING`].
pub const EDITING_HEADING: &str = "Editing in the search box";

/// Keys that edit the text in the search box. They are the line editor's own.
pub const EDITING: &[(&str, &str)] = &[
    ("← →", "move the cursor; with Ctrl, by words"),
    ("Home End", "go to the start or the end (also Ctrl-a, Ctrl-e)"),
    ("Ctrl-w", "delete the word before the cursor"),
    ("Ctrl-u Ctrl-k", "delete all, or all after the cursor"),
];

/// What a key asks for in a context; none when it is not bound there.
#[must_use]
pub fn resolve(context: Context, event: KeyEvent) -> Option<Action> {
    // Terminals report a capital letter with or without Shift.
    let mut modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    // Esc and a key with Ctrl that come together read as one key with Alt too; Ctrl-c must quit even so.
    if modifiers.contains(KeyModifiers::CONTROL) {
        modifiers = KeyModifiers::CONTROL;
    }
    let pressed = Key(event.code, modifiers);
    let bound = BINDINGS.iter().find(|one| one.contexts.contains(&context) && one.keys.contains(&pressed));
    bound.map(|binding| binding.action)
}

impl Binding {
    /// The names of its keys: `↑ k`.
    #[must_use]
    pub fn names(&self) -> String {
        self.keys.iter().map(|key| key.name()).collect::<Vec<_>>().join(" ")
    }
}

impl Key {
    /// The key's name: `↑`, `Ctrl-d`, `Space`.
    #[must_use]
    pub fn name(self) -> String {
        let name = match self.0 {
            KeyCode::Char(' ') => "Space".to_owned(),
            KeyCode::Char(c) => c.to_string(),
            KeyCode::Up => "↑".to_owned(),
            KeyCode::Down => "↓".to_owned(),
            KeyCode::Left => "←".to_owned(),
            KeyCode::Right => "→".to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            KeyCode::PageDown => "PgDn".to_owned(),
            KeyCode::BackTab => "Shift-Tab".to_owned(),
            KeyCode::F(n) => format!("F{n}"),
            other => format!("{other:?}"),
        };
        if self.1.contains(KeyModifiers::CONTROL) { format!("Ctrl-{name}") } else { name }
    }
}

/// All bindings, grouped by their contexts: a heading, and its bindings in the order of the table.
#[must_use]
pub fn groups() -> Vec<(String, Vec<&'static Binding>)> {
    let mut groups: Vec<(&[Context], Vec<&Binding>)> = Vec::new();
    for binding in BINDINGS {
        match groups.iter_mut().find(|(contexts, _)| *contexts == binding.contexts) {
            Some((_, bindings)) => bindings.push(binding),
            None => groups.push((binding.contexts, vec![binding])),
        }
    }
    groups.into_iter().map(|(contexts, bindings)| (heading(contexts), bindings)).collect()
}

/// Every key with what it does, for the manual page: `(keys, description)`.
#[must_use]
pub fn key_help() -> Vec<(String, String)> {
    let groups = groups().into_iter();
    let lines = groups.flat_map(|(heading, bindings)| bindings.into_iter().map(move |one| (heading.clone(), one)));
    lines.map(|(heading, binding)| (binding.names(), format!("{heading}: {}", binding.description))).collect()
}

/// Contexts, in words.
fn heading(contexts: &[Context]) -> String {
    let lacking: Vec<Context> = Context::ALL.into_iter().filter(|context| !contexts.contains(context)).collect();
    let names: Vec<&str> = contexts.iter().map(|context| context.name()).collect();
    match (&lacking[..], &names[..]) {
        ([], _) => "Everywhere".to_owned(),
        ([one], _) => format!("Outside the {}", one.name()),
        (_, [one]) => format!("In the {one}"),
        (_, [first @ .., last]) => format!("In the {} and the {last}", first.join(", the ")),
        (_, []) => "Nowhere".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_key_is_bound_twice_in_a_context() {
        let mut seen = HashSet::new();
        for binding in BINDINGS {
            for context in binding.contexts {
                for key in binding.keys {
                    assert!(seen.insert((context, key)), "{} is bound twice in {context:?}", key.name());
                }
            }
        }
    }

    #[test]
    fn text_is_never_a_command_in_the_search_box() {
        for binding in BINDINGS.iter().filter(|binding| binding.contexts.contains(&SearchBox)) {
            for key in binding.keys {
                let plain = matches!(key.0, KeyCode::Char(_)) && key.1 == KeyModifiers::NONE;
                assert!(!plain, "{} cannot be typed in the search box", key.name());
            }
        }
    }

    #[test]
    fn every_context_can_be_left_and_every_binding_is_in_the_help() {
        for context in Context::ALL {
            let leaves = |action| matches!(action, Action::Back | Action::ClearQuery);
            assert!(BINDINGS.iter().any(|b| b.contexts.contains(&context) && leaves(b.action)), "{context:?}");
        }
        let listed: usize = groups().iter().map(|(_, bindings)| bindings.len()).sum();
        assert_eq!(listed, BINDINGS.len());
        let headings: HashSet<String> = groups().into_iter().map(|(heading, _)| heading).collect();
        assert_eq!(headings.len(), groups().len(), "two groups of one name");
    }

    #[test]
    fn capitals_come_with_or_without_shift() {
        for modifiers in [KeyModifiers::NONE, KeyModifiers::SHIFT] {
            let event = KeyEvent::new(KeyCode::Char('G'), modifiers);
            assert_eq!(resolve(List, event), Some(Action::Move(Motion::Last)));
        }
        assert_eq!(resolve(SearchBox, KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE)), None);
        let after_esc = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL | KeyModifiers::ALT);
        assert_eq!(resolve(SearchBox, after_esc), Some(Action::Quit));
    }
}
