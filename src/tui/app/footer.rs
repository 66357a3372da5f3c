//! What the line at the bottom says: a message, else help with the query, else the keys that do something now.

use ratatui::layout::{Position, Size};

use crate::report::wording::number;
use crate::text::{Text, clip, width, wrap};
use crate::tui::app::compare::Compare;
use crate::tui::app::state::App;
use crate::tui::bindings::BoundKeys;
use crate::tui::keymap::{Action, Context, Motion};
use crate::tui::layout::{self, Screen};
use crate::tui::page::Role;

/// What the line at the bottom says.
pub(crate) enum Footer {
    /// The lines of a text, and what it is.
    Words(Vec<String>, Role),
    /// The keys that do something now, after the title of the box on top, if there is one, with the spaces around it: it is
    /// heard with them when the box opens.
    Hints(Option<String>, Vec<Hint>),
}

/// Most lines of a text.
const MOST_LINES: usize = 3;

impl Footer {
    /// A text, in as many lines as it needs.
    fn words(text: &str, role: Role, screen: Size) -> Self {
        let columns = columns(screen);
        let mut lines = wrap(text, columns);
        if lines.len() > MOST_LINES {
            lines[MOST_LINES - 1] = clip(&lines[MOST_LINES - 1..].join(" "), columns).into_owned();
            lines.truncate(MOST_LINES);
        }
        Self::Words(lines, role)
    }

    /// How many lines of the screen it takes.
    pub(crate) fn lines(&self) -> u16 {
        match self {
            Self::Words(lines, _) => u16::try_from(lines.len()).unwrap_or(1),
            Self::Hints(..) => 1,
        }
    }
}

/// A key and what it does, in a word. It can be clicked.
pub(crate) struct Hint {
    pub(crate) key: String,
    pub(crate) word: &'static str,
    action: Action,
}

impl App {
    /// Gives the panes the room above the message, which may take several lines.
    pub(super) fn resize_panes(&mut self) {
        if layout::fits(self.size) {
            let more = words(self).map_or(0, |words| words.lines().saturating_sub(1));
            let size = Size { height: self.size.height.saturating_sub(more), ..self.size };
            let screen = Screen { size, ..self.screen() };
            self.browse.resize(screen);
            self.compare.iter_mut().for_each(|open| open.resize(screen));
        }
    }
}

/// Columns that a text has in the line at the bottom, with an empty one on each side.
pub(super) fn columns(screen: Size) -> usize {
    usize::from(screen.width).saturating_sub(2)
}

/// What the line at the bottom says now.
pub(crate) fn footer(app: &App) -> Footer {
    words(app).unwrap_or_else(|| {
        let title = app.overlays.last().map(|top| format!(" {}  ", top.title()));
        let hints = hints(app, title_columns(title.as_deref()));
        Footer::Hints(title, hints)
    })
}

fn title_columns(title: Option<&str>) -> usize {
    title.map_or(0, width)
}

/// The message, or the help with the query; none where the keys are named.
fn words(app: &App) -> Option<Footer> {
    let message = app.message.as_ref().map(|message| Footer::words(&Text::clean(message), Role::Message, app.size));
    message.or_else(|| query_help(app))
}

/// What the hint at a place of the screen asks for, if there is one.
pub(super) fn action_at(app: &App, at: Position) -> Option<Action> {
    let Footer::Hints(title, hints) = footer(app) else { return None };
    let mut end = title_columns(title.as_deref());
    if at.y + 1 != app.size.height || usize::from(at.x) < end {
        return None;
    }
    let hint = hints.into_iter().find(|hint| {
        end += hint.width();
        usize::from(at.x) < end
    });
    hint.map(|hint| hint.action)
}

/// While typing: what the part of the query at the cursor may become, else its first mistake, else how to see what only
/// possibly matches.
fn query_help(app: &App) -> Option<Footer> {
    let browse = &app.browse;
    if !browse.search_box.is_active || !app.overlays.is_empty() {
        return None;
    }
    let found = &browse.found;
    let suggestions: Vec<&str> = found.suggestions.iter().map(|suggestion| suggestion.text.as_str()).collect();
    match (&suggestions[..], found.query.mistakes.first(), found.possibly) {
        ([], Some(mistake), _) => Some(Footer::words(&mistake.to_string(), Role::Mistake, app.size)),
        ([], None, 0) => None,
        ([], None, more) => {
            let more = number(more);
            let text = format!("{more} more may match; put ? after the sign to include them (beds>?2000)");
            Some(Footer::words(&text, Role::Message, app.size))
        }
        (suggestions, ..) => {
            // As many as fit whole.
            let room = columns(app.size);
            let key = app.bindings.key_of(Action::Complete, Context::SearchBox);
            let key = key.map_or_else(String::new, |key| format!("{key}  "));
            let text = |count: usize| format!("{key}{}", suggestions[..count].join("  "));
            let count = (1..=suggestions.len()).rev().find(|count| width(&text(*count)) <= room).unwrap_or(1);
            Some(Footer::words(&text(count), Role::Message, app.size))
        }
    }
}

/// The keys that do something now, as many as fit behind a title. Those that lead back, to the help and out always fit, so
/// that nobody is lost. Once a hospital is marked, comparing is what comes next, and stands first.
fn hints(app: &App, title: usize) -> Vec<Hint> {
    let bound = app.bindings.in_context(app.context());
    let hints = bound.filter(|bound| does_something(app, bound.binding.action)).filter_map(Hint::of).map(|hint| {
        let word = if hint.action == Action::Back && app.back_stops_loading() { "stop" } else { hint.word };
        Hint { word, ..hint }
    });
    let (last, mut first): (Vec<Hint>, Vec<Hint>) = hints.partition(Hint::is_way_out);
    let has_mark = app.browse.marks.iter().any(Option::is_some);
    first.sort_by_key(|hint| !(has_mark && hint.action == Action::Compare));
    let mut left = usize::from(app.size.width).saturating_sub(title + last.iter().map(Hint::width).sum::<usize>());
    let fitting = first.iter().take_while(|hint| {
        let fits = hint.width() <= left;
        left = left.saturating_sub(hint.width());
        fits
    });
    first.truncate(fitting.count());
    first.extend(last);
    first
}

/// Whether an action would do something now.
fn does_something(app: &App, action: Action) -> bool {
    let (browse, compare) = (&app.browse, &app.compare);
    match action {
        Action::Copy => match compare {
            Some(open) => open.entry().is_some(),
            None => app.selected_hospital().is_some(),
        },
        Action::OpenRow => compare.as_ref().is_some_and(Compare::can_open),
        // After the first mark it says how to go on.
        Action::Compare => browse.pair(app.selected_hospital()).is_some() || browse.marks.iter().any(Option::is_some),
        Action::Map => browse.found.total > 0,
        Action::Mark | Action::OpenDetail => browse.selected_hospital().is_some(),
        Action::Complete => !browse.found.suggestions.is_empty(),
        Action::Back => app.can_go_back(),
        _ => true,
    }
}

impl Hint {
    fn of(bound: &BoundKeys) -> Option<Self> {
        let (action, first) = (bound.binding.action, bound.key_names().next()?);
        let key = if action == Action::Move(Motion::Down) && first == "↓" { "↑↓" } else { first };
        Some(Self { key: key.to_owned(), word: bound.binding.hint?, action })
    }

    fn is_way_out(&self) -> bool {
        matches!(self.action, Action::Back | Action::Help | Action::Quit)
    }

    /// Columns that it takes, with the spaces around it.
    fn width(&self) -> usize {
        width(&self.key) + width(self.word) + 4
    }
}
