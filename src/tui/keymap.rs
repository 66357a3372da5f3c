//! The one table of keys.
//!
//! Dispatch, the footer's hints, the help, the manual page and the README's key table are all made from [`BINDINGS`], so
//! none of them can differ from the others. A configuration may give other keys; `bindings` has those that hold.

use Context::{Compare, Detail, List, Map, Menu, Overlay, SearchBox};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::search::Bearing;

/// What the user is doing, which decides what a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Context {
    /// Moving in the list.
    List,
    /// Scrolling the detail pane.
    Detail,
    /// Typing in the search box; printable keys are text.
    SearchBox,
    /// In the comparison.
    Compare,
    /// Looking at the map.
    Map,
    /// Reading a page on top of the rest: the help, or a row in full.
    Overlay,
    /// Choosing from a list on top of the rest: an order, or a facet.
    Menu,
}

impl Context {
    /// Every context, in the order of the help.
    pub(crate) const ALL: [Self; 7] =
        [Self::List, Self::Detail, Self::SearchBox, Self::Compare, Self::Map, Self::Overlay, Self::Menu];

    /// Its name, for headings.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Detail => "detail pane",
            Self::SearchBox => "search box",
            Self::Compare => "comparison",
            Self::Map => "map",
            Self::Overlay => "help or an opened row",
            Self::Menu => "menu",
        }
    }
}

/// A way to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Motion {
    Up,
    Down,
    PageUp,
    PageDown,
    HalfUp,
    HalfDown,
    First,
    Last,
}

/// Which rows of a comparison are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Show {
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

/// What a key asks for; [`BINDINGS`] says what each does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Action {
    Quit,
    Suspend,
    Redraw,
    Help,
    Back,
    Mouse,
    Move(Motion),
    EditQuery,
    KeepQuery,
    ClearQuery,
    EarlierQuery,
    LaterQuery,
    ScrollDetail(Motion),
    Complete,
    OpenDetail,
    OpenList,
    SwitchPane,
    Remarks,
    Mark,
    Compare,
    Sort,
    FilterBy,
    Choose,
    Toggle,
    Find,
    Copy,
    CopyAll,
    OpenRow,
    Swap,
    Only(Show),
    NextAnswer,
    PreviousAnswer,
    OpenAddress,
    CopyAddress,
    Map,
    Go(Bearing),
    Pan(Bearing),
    Zoom { is_in: bool },
    ShowAll,
    NextHere,
    ShowDetail,
}

impl Action {
    /// Whether it may be taken on a screen that is too small to show what it does.
    pub(crate) fn is_always_safe(self) -> bool {
        matches!(self, Self::Quit | Self::Suspend | Self::Redraw | Self::Back)
    }

    /// Whether it concerns the whole program, so that it makes sense in every context.
    pub(crate) fn is_global(self) -> bool {
        matches!(self, Self::Quit | Self::Help | Self::Mouse)
    }
}

/// What some keys do in some contexts.
#[derive(Debug)]
pub struct Binding {
    /// By which a configuration gives it other keys.
    pub(crate) name: &'static str,
    pub(crate) contexts: &'static [Context],
    /// The names of the keys: `↑ k`.
    pub keys: &'static str,
    pub(crate) action: Action,
    /// What they do, for the help.
    pub description: &'static str,
    /// The same in a word, for the footer; none when it does not show them.
    pub(crate) hint: Option<&'static str>,
}

const EVERYWHERE: &[Context] = &Context::ALL;
const MOVING: &[Context] = &[List, Detail, Compare, Map, Overlay, Menu];
const BROWSING: &[Context] = &[List, Detail];
const CHOOSING: &[Context] = &[List, Detail, Map];

const fn bind(
    name: &'static str,
    contexts: &'static [Context],
    keys: &'static str,
    action: Action,
    description: &'static str,
    hint: Option<&'static str>,
) -> Binding {
    Binding { name, contexts, keys, action, description, hint }
}

/// Every key of the program, in the order of the help and of the footer.
pub const BINDINGS: &[Binding] = &[
    bind(
        "search",
        BROWSING,
        "/",
        Action::EditQuery,
        "search names, aliases and places; or type a letter that is no command",
        Some("search"),
    ),
    bind("mark", CHOOSING, "Space", Action::Mark, "mark for comparison, A then B; again to unmark", Some("mark")),
    bind(
        "compare",
        CHOOSING,
        "c",
        Action::Compare,
        "compare A and B, or the marked and the selected one",
        Some("compare"),
    ),
    bind("detail", &[List], "→ l Enter", Action::OpenDetail, "go to the detail pane", Some("detail")),
    bind("list", &[Detail], "← h", Action::OpenList, "go to the list", Some("list")),
    bind(
        "filter",
        BROWSING,
        "f",
        Action::FilterBy,
        "filter by place, kind, owner, other columns or figures",
        Some("filter by"),
    ),
    bind("sort", BROWSING, "s", Action::Sort, "sort by name, place or a measure; again turns it", Some("sort")),
    bind("map", CHOOSING, "M", Action::Map, "map of the hospitals found; again closes it", Some("map")),
    bind("switch-panes", BROWSING, "Tab Shift-Tab", Action::SwitchPane, "switch panes", None),
    bind("remarks", BROWSING, "v", Action::Remarks, "show or hide the caveats and notes of the hospital", None),
    bind("up", MOVING, "↑ k", Action::Move(Motion::Up), "move up", None),
    bind("down", MOVING, "↓ j", Action::Move(Motion::Down), "move down", Some("move")),
    bind("half-page-up", MOVING, "Ctrl-u", Action::Move(Motion::HalfUp), "half a page up", None),
    bind("half-page-down", MOVING, "Ctrl-d", Action::Move(Motion::HalfDown), "half a page down", None),
    bind("first", MOVING, "Home g", Action::Move(Motion::First), "go to the start", None),
    bind("last", MOVING, "End G", Action::Move(Motion::Last), "go to the end", None),
    bind("mouse", MOVING, "m", Action::Mouse, "mouse on or off (off: the terminal selects text)", None),
    bind("back", MOVING, "Esc", Action::Back, "back", Some("back")),
    bind("help", MOVING, "? F1", Action::Help, "show or hide this help", Some("help")),
    bind(
        "detail-up",
        &[List, SearchBox],
        "Shift-↑",
        Action::ScrollDetail(Motion::Up),
        "scroll the detail pane up",
        None,
    ),
    bind(
        "detail-down",
        &[List, SearchBox],
        "Shift-↓",
        Action::ScrollDetail(Motion::Down),
        "scroll the detail pane down",
        None,
    ),
    bind("keep-query", &[SearchBox], "Enter", Action::KeepQuery, "keep the query and go to the list", Some("keep")),
    bind(
        "clear-query",
        &[SearchBox],
        "Esc Ctrl-g",
        Action::ClearQuery,
        "clear the query and go to the list",
        Some("clear"),
    ),
    bind("complete", &[SearchBox], "Tab", Action::Complete, "complete a field, measure or value", Some("complete")),
    bind("query-up", &[SearchBox], "↑ Ctrl-p", Action::Move(Motion::Up), "move up in the list", None),
    bind(
        "query-down",
        &[SearchBox],
        "↓ Ctrl-n Ctrl-j",
        Action::Move(Motion::Down),
        "move down in the list",
        Some("move"),
    ),
    bind("earlier-query", &[SearchBox], "Ctrl-↑ Alt-p", Action::EarlierQuery, "the query before", None),
    bind("later-query", &[SearchBox], "Ctrl-↓ Alt-n", Action::LaterQuery, "the query after", None),
    bind("query-help", &[SearchBox], "F1", Action::Help, "show or hide this help", Some("help")),
    bind("open", &[Compare], "Enter", Action::OpenRow, "open the row or the group", Some("open")),
    bind(
        "differences",
        &[Compare],
        "d",
        Action::Only(Show::Differences),
        "show only differing rows, or all",
        Some("differences"),
    ),
    bind("both-texts", &[Compare], "=", Action::Only(Show::BothTexts), "show only rows in both texts, or all", None),
    bind("one-text", &[Compare], "-", Action::Only(Show::OneText), "show only rows in one text, or all", None),
    bind("next-answer", &[Compare], "n", Action::NextAnswer, "next row with an answer", Some("next")),
    bind("previous-answer", &[Compare], "N", Action::PreviousAnswer, "previous row with an answer", None),
    bind("swap", &[Compare], "x", Action::Swap, "swap left and right", Some("swap")),
    bind("copy-all", &[Compare], "Y", Action::CopyAll, "copy the whole comparison as Markdown", None),
    bind("show", &[Map], "Enter", Action::ShowDetail, "show the hospital in the detail pane", Some("show")),
    bind("west", &[Map], "← h", Action::Go(Bearing::West), "next hospital to the west; ↑ and ↓ north and south", None),
    bind("east", &[Map], "→ l", Action::Go(Bearing::East), "next hospital to the east", None),
    bind("next-here", &[Map], "Tab", Action::NextHere, "next hospital at the same place", None),
    bind("zoom-in", &[Map], "+ =", Action::Zoom { is_in: true }, "zoom in", Some("zoom in")),
    bind("zoom-out", &[Map], "- _", Action::Zoom { is_in: false }, "zoom out", Some("out")),
    bind("show-all", &[Map], "0 z", Action::ShowAll, "show all", Some("all")),
    bind("pan-north", &[Map], "K Shift-↑", Action::Pan(Bearing::North), "move the map north", None),
    bind("pan-south", &[Map], "J Shift-↓", Action::Pan(Bearing::South), "move the map south", None),
    bind("pan-west", &[Map], "H Shift-←", Action::Pan(Bearing::West), "move the map west", None),
    bind("pan-east", &[Map], "L Shift-→", Action::Pan(Bearing::East), "move the map east", None),
    bind("choose", &[Menu], "Enter", Action::Choose, "choose, or undo a choice, and close", Some("choose")),
    bind("toggle", &[Menu], "Space", Action::Toggle, "the same; the menu of filters stays open", Some("more")),
    bind("find", &[Menu], "/", Action::Find, "find an entry; or type a letter that is no command", Some("find")),
    bind("close", &[Map, Overlay, Menu], "q", Action::Back, "close", None),
    bind("copy", &[List, Detail, Compare], "y", Action::Copy, "copy with sources", Some("copy")),
    bind("open-address", &[List, Detail, Compare], "o", Action::OpenAddress, "open a web address in the browser", None),
    bind("copy-address", &[List, Detail, Compare], "u", Action::CopyAddress, "copy a web address", None),
    bind("quit", &[List, Detail, Compare], "q", Action::Quit, "quit", Some("quit")),
    bind("page-up", EVERYWHERE, "PgUp", Action::Move(Motion::PageUp), "a page up", None),
    bind("page-down", EVERYWHERE, "PgDn", Action::Move(Motion::PageDown), "a page down", None),
    bind("redraw", EVERYWHERE, "Ctrl-l", Action::Redraw, "draw the screen anew", None),
    bind("suspend", EVERYWHERE, "Ctrl-z", Action::Suspend, "suspend; the shell's fg continues", None),
    bind("interrupt", EVERYWHERE, "Ctrl-c", Action::Quit, "quit", None),
];

/// The heading of [`EDITING`].
pub const EDITING_HEADING: &str = "Editing in the search box";

/// Keys that edit the text in the search box. They are the line editor's own.
pub const EDITING: &[(&str, &str)] = &[
    ("← →", "move the cursor; with Ctrl or Alt, by words (also Alt-b, Alt-f)"),
    ("Home End", "go to the start or the end (also Ctrl-a, Ctrl-e)"),
    ("Ctrl-w Alt-d", "delete the word before or after the cursor"),
    ("Ctrl-u Ctrl-k", "delete all, or all after the cursor"),
];

/// What a key asks for in every context, whatever keys a configuration gives; none when that depends on the context.
pub(crate) fn resolve_everywhere(event: KeyEvent) -> Option<Action> {
    let pressed = name(event);
    let mut fixed = BINDINGS.iter().filter(|binding| binding.contexts == EVERYWHERE && binding.is_fixed());
    fixed.find(|binding| binding.key_names().any(|key| key == pressed)).map(|binding| binding.action)
}

impl Binding {
    /// The name of each key.
    pub(crate) fn key_names(&self) -> impl Iterator<Item = &'static str> {
        self.keys.split(' ')
    }

    /// Whether its keys stay as they are: there must be a way out.
    pub(crate) fn is_fixed(&self) -> bool {
        self.name == "interrupt"
    }
}

/// The key that a character of full width stands for, as Chinese and Japanese input methods type them; `、` is on the
/// key of `/`.
pub(crate) fn half_width(event: KeyEvent) -> KeyEvent {
    let code = match event.code {
        KeyCode::Char('\u{3000}') => KeyCode::Char(' '),
        KeyCode::Char('、') => KeyCode::Char('/'),
        KeyCode::Char(c @ '\u{ff01}'..='\u{ff5e}') => KeyCode::Char(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)),
        code => code,
    };
    KeyEvent { code, ..event }
}

/// The name of a pressed key: `↑`, `Ctrl-d`, `Space`.
pub(crate) fn name(event: KeyEvent) -> String {
    let name = match event.code {
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
    // Terminals report a capital letter with or without Shift. A key with Ctrl that comes right after Esc reads as one
    // with Alt, too; Ctrl-c must quit even so.
    let has = |modifier| event.modifiers.contains(modifier);
    let is_shifted_itself = matches!(event.code, KeyCode::Char(_) | KeyCode::BackTab);
    if has(KeyModifiers::CONTROL) {
        format!("Ctrl-{name}")
    } else if has(KeyModifiers::ALT) {
        format!("Alt-{name}")
    } else if has(KeyModifiers::SHIFT) && !is_shifted_itself {
        format!("Shift-{name}")
    } else {
        name
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
pub(crate) fn key_help() -> Vec<(String, String)> {
    let groups = groups().into_iter();
    let lines = groups.flat_map(|(heading, bindings)| bindings.into_iter().map(move |one| (heading.clone(), one)));
    lines.map(|(heading, binding)| (binding.keys.to_owned(), format!("{heading}: {}", binding.description))).collect()
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
                for key in binding.key_names() {
                    assert!(seen.insert((context, key)), "{key} is bound twice in {context:?}");
                }
            }
        }
    }

    #[test]
    fn every_bound_key_is_one_that_can_be_pressed() {
        use KeyCode::{BackTab, Char, Down, End, Enter, Esc, F, Home, Left, PageDown, PageUp, Right, Tab, Up};

        let keys = [Up, Down, Left, Right, Home, End, PageUp, PageDown, Enter, Esc, Tab, BackTab, F(1)];
        let codes: Vec<KeyCode> = keys.into_iter().chain((' '..='~').map(Char)).collect();
        let names: HashSet<String> =
            [KeyModifiers::NONE, KeyModifiers::CONTROL, KeyModifiers::ALT, KeyModifiers::SHIFT]
                .into_iter()
                .flat_map(|modifiers| codes.iter().map(move |code| name(KeyEvent::new(*code, modifiers))))
                .collect();
        for key in BINDINGS.iter().flat_map(Binding::key_names) {
            assert!(names.contains(key), "{key} is the name of no key");
        }
    }

    #[test]
    fn text_is_never_a_command_in_the_search_box() {
        for binding in BINDINGS.iter().filter(|binding| binding.contexts.contains(&SearchBox)) {
            for key in binding.key_names() {
                assert!(key.len() > 1 && key != "Space", "{key} cannot be typed in the search box");
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
}
