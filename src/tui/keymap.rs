//! The one table of keys.
//!
//! Dispatch, the footer's hints, the help overlay, the manual page and the README's key table are all made
//! from [`BINDINGS`]; a key that stands nowhere else cannot drift.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What the user is doing, which decides what a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// Moving in the list.
    List,
    /// Scrolling the detail pane.
    Detail,
    /// Editing the filter; printable keys are text.
    Filter,
    /// In the comparison.
    Compare,
    /// Reading a page laid over the rest: the help, or a row in full.
    Overlay,
    /// Choosing from a list laid over the rest: an order, or a facet.
    Menu,
}

impl Context {
    /// Every context, in the order of the help.
    pub const ALL: [Self; 6] = [Self::List, Self::Detail, Self::Filter, Self::Compare, Self::Overlay, Self::Menu];

    /// Its name, for headings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Detail => "detail pane",
            Self::Filter => "filter",
            Self::Compare => "comparison",
            Self::Overlay => "opened page",
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
    /// Rows in which both sides say something, and not the same.
    Differences,
    /// What both texts say.
    BothTexts,
    /// What only one text says.
    OneText,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Leave the program.
    Quit,
    /// Stop, and give the terminal back until continued.
    Suspend,
    /// Show or hide the help.
    Help,
    /// Go back one step.
    Back,
    /// Move the selection, or scroll.
    Move(Motion),
    /// Start editing the filter.
    EditFilter,
    /// Keep the filter and return to the list.
    KeepFilter,
    /// Clear the filter and return to the list.
    ClearFilter,
    /// Take the first suggestion for what is being typed.
    Complete,
    /// Go to the detail pane.
    OpenDetail,
    /// Go to the list.
    OpenList,
    /// Go to the other pane.
    OtherPane,
    /// Mark the selected hospital, or take its mark away.
    Mark,
    /// Compare the marked hospitals, or the marked and the selected one.
    Compare,
    /// Choose the order of the list.
    Sort,
    /// Narrow the list by country, kind and so on.
    Facets,
    /// Take what is selected in a menu.
    Choose,
    /// Copy what is selected, with its sources.
    Cite,
    /// Change left and right.
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
    /// Give the mouse to the terminal, or take it.
    Mouse,
}

impl Action {
    /// Whether it may be taken on a screen that is too small to show what it does.
    #[must_use]
    pub fn is_always_safe(self) -> bool {
        matches!(self, Self::Quit | Self::Suspend | Self::Back)
    }
}

/// Keys that do something in some contexts.
#[derive(Debug)]
pub struct Binding {
    /// Where they do it.
    pub contexts: &'static [Context],
    /// The keys.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// What they do, in words.
    pub says: &'static str,
    /// A word for the footer; none when it is not shown there.
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

use Context::{Compare, Detail, Filter, List, Menu, Overlay};

const EVERYWHERE: &[Context] = &Context::ALL;
const MOVING: &[Context] = &[List, Detail, Compare, Overlay, Menu];
const BROWSING: &[Context] = &[List, Detail];

const fn bind(
    contexts: &'static [Context],
    keys: &'static [Key],
    action: Action,
    says: &'static str,
    hint: Option<&'static str>,
) -> Binding {
    Binding { contexts, keys, action, says, hint }
}

/// Every key of the program, in the order of the help and of the footer.
pub const BINDINGS: &[Binding] = &[
    bind(MOVING, &[key(KeyCode::Up), char('k')], Action::Move(Motion::Up), "move up", None),
    bind(MOVING, &[key(KeyCode::Down), char('j')], Action::Move(Motion::Down), "move down", Some("move")),
    bind(&[Filter], &[key(KeyCode::Up)], Action::Move(Motion::Up), "move up in the list", None),
    bind(&[Filter], &[key(KeyCode::Down)], Action::Move(Motion::Down), "move down in the list", Some("move")),
    bind(EVERYWHERE, &[key(KeyCode::PageUp)], Action::Move(Motion::PageUp), "a page up", None),
    bind(EVERYWHERE, &[key(KeyCode::PageDown)], Action::Move(Motion::PageDown), "a page down", None),
    bind(MOVING, &[ctrl('u')], Action::Move(Motion::HalfUp), "half a page up", None),
    bind(MOVING, &[ctrl('d')], Action::Move(Motion::HalfDown), "half a page down", None),
    bind(MOVING, &[key(KeyCode::Home), char('g')], Action::Move(Motion::First), "to the first", None),
    bind(MOVING, &[key(KeyCode::End), char('G')], Action::Move(Motion::Last), "to the last", None),
    bind(BROWSING, &[char('/')], Action::EditFilter, "filter by name, alias or place, in any script", Some("filter")),
    bind(&[Filter], &[key(KeyCode::Enter)], Action::KeepFilter, "keep the filter", Some("keep")),
    bind(&[Filter], &[key(KeyCode::Esc)], Action::ClearFilter, "clear the filter", Some("clear")),
    bind(&[Filter], &[key(KeyCode::Tab)], Action::Complete, "complete a field, a measure or a value", Some("complete")),
    bind(
        &[List],
        &[key(KeyCode::Right), char('l'), key(KeyCode::Enter)],
        Action::OpenDetail,
        "to the detail pane",
        Some("detail"),
    ),
    bind(&[Detail], &[key(KeyCode::Left), char('h')], Action::OpenList, "to the list", Some("list")),
    bind(BROWSING, &[key(KeyCode::Tab), key(KeyCode::BackTab)], Action::OtherPane, "to the other pane", None),
    bind(BROWSING, &[char(' ')], Action::Mark, "mark for comparison, A then B; again to unmark", Some("mark")),
    bind(BROWSING, &[char('c')], Action::Compare, "compare the marks, or the mark and the selection", Some("compare")),
    bind(&[Compare], &[key(KeyCode::Enter)], Action::OpenRow, "open the row or the group", Some("open")),
    bind(
        &[Compare],
        &[char('d')],
        Action::Only(Show::Differences),
        "only rows that differ, or all",
        Some("differences"),
    ),
    bind(&[Compare], &[char('=')], Action::Only(Show::BothTexts), "only what both texts say, or all", None),
    bind(&[Compare], &[char('-')], Action::Only(Show::OneText), "only what one text says, or all", None),
    bind(&[Compare], &[char('n')], Action::NextAnswer, "next row with an answer", Some("next")),
    bind(&[Compare], &[char('N')], Action::PreviousAnswer, "previous row with an answer", None),
    bind(&[Compare], &[char('x')], Action::Swap, "swap left and right", Some("swap")),
    bind(BROWSING, &[char('f')], Action::Facets, "narrow by country, region, kind, owner, figures", Some("facets")),
    bind(BROWSING, &[char('s')], Action::Sort, "sort by name, place or a measure", Some("sort")),
    bind(
        &[Menu],
        &[key(KeyCode::Enter), char(' ')],
        Action::Choose,
        "choose; a facet that is chosen is taken back",
        Some("choose"),
    ),
    bind(
        &[List, Detail, Compare],
        &[char('y')],
        Action::Cite,
        "copy with sources (OSC 52; a terminal may ignore it)",
        Some("cite"),
    ),
    bind(&[Compare], &[char('Y')], Action::CopyAll, "copy the whole comparison as Markdown", None),
    bind(MOVING, &[char('m')], Action::Mouse, "mouse on or off (off: the terminal selects text)", None),
    bind(MOVING, &[key(KeyCode::Esc)], Action::Back, "go back", Some("back")),
    bind(MOVING, &[char('?'), key(KeyCode::F(1))], Action::Help, "show or hide this help", Some("help")),
    bind(&[Filter], &[key(KeyCode::F(1))], Action::Help, "show or hide this help", Some("help")),
    bind(MOVING, &[char('q')], Action::Quit, "quit", Some("quit")),
    bind(EVERYWHERE, &[ctrl('c')], Action::Quit, "quit, always", None),
    bind(EVERYWHERE, &[ctrl('z')], Action::Suspend, "suspend; fg comes back", None),
];

/// Keys that edit the filter's text. They are the line editor's own, and act on nothing else.
pub const EDITING: &[(&str, &str)] = &[
    ("← →", "move the caret; with Ctrl, by words"),
    ("Home End", "to the start, to the end (also Ctrl-a, Ctrl-e)"),
    ("Ctrl-w", "delete the word before the caret"),
    ("Ctrl-u Ctrl-k", "delete all, or all after the caret"),
];

/// What a key asks for in a context; none when it is not bound there.
#[must_use]
pub fn resolve(context: Context, event: KeyEvent) -> Option<Action> {
    // A capital comes with or without Shift, as the terminal likes; the letter says enough.
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

/// All bindings, grouped by where they hold: a heading, and its bindings in the order of the table.
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

/// Where keys hold, in words.
fn heading(contexts: &[Context]) -> String {
    let lacking: Vec<Context> = Context::ALL.into_iter().filter(|context| !contexts.contains(context)).collect();
    let names: Vec<&str> = contexts.iter().map(|context| context.name()).collect();
    match (&lacking[..], &names[..]) {
        ([], _) => "Everywhere".to_owned(),
        ([one], _) => format!("Everywhere but in the {}", one.name()),
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
                    assert!(seen.insert((context, key)), "{} stands twice in {context:?}", key.name());
                }
            }
        }
    }

    #[test]
    fn text_is_never_a_command_in_the_filter() {
        for binding in BINDINGS.iter().filter(|binding| binding.contexts.contains(&Filter)) {
            for key in binding.keys {
                let plain = matches!(key.0, KeyCode::Char(_)) && key.1 == KeyModifiers::NONE;
                assert!(!plain, "{} would be swallowed by the filter", key.name());
            }
        }
    }

    #[test]
    fn every_context_can_be_left_and_every_binding_is_in_the_help() {
        for context in Context::ALL {
            let leaves = |action| matches!(action, Action::Back | Action::ClearFilter);
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
        assert_eq!(resolve(Filter, KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE)), None);
        let after_esc = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL | KeyModifiers::ALT);
        assert_eq!(resolve(Filter, after_esc), Some(Action::Quit));
    }
}
