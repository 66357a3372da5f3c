//! What messages say of keys: those that hold, and nothing where an action has none.

use crossterm::event::KeyEvent;

use crate::text::{Text, width};
use crate::tui::app::footer;
use crate::tui::app::overlay::OverlayKind;
use crate::tui::app::state::App;
use crate::tui::bindings::Bindings;
use crate::tui::keymap::{self, Action, Context};

impl App {
    /// Takes the keys that hold.
    pub fn set_bindings(&mut self, bindings: Bindings) {
        self.browse.remarks_key = bindings.key_of(Action::Remarks, Context::List).map(str::to_owned);
        self.bindings = bindings;
    }

    /// The first key of an action in the list; none when it has no key there.
    pub(crate) fn key_in_list(&self, action: Action) -> Option<&str> {
        self.bindings.key_of(action, Context::List)
    }

    /// What to do when both marks are taken.
    pub(super) fn both_are_marked(&self) -> String {
        let unmark = self.key_in_list(Action::Mark).map(|key| format!("press {key} on one to unmark it"));
        let compare = self.key_in_list(Action::Compare).map(|key| format!("{key} to compare"));
        let ways: Vec<String> = unmark.into_iter().chain(compare).collect();
        format!("A and B are marked; {}", ways.join(", or "))
    }

    /// That a key means nothing here, and how to see those that do; in one line, because what lies on top keeps its rows.
    pub(super) fn no_command(&self, key: KeyEvent) -> String {
        let name = Text::clean(&keymap::name(keymap::half_width(key)));
        let context = self.context();
        let is_help = self.overlays.last().is_some_and(|top| matches!(top.kind, OverlayKind::Help));
        let help = self.bindings.key_of(Action::Help, context).filter(|_| !is_help);
        let says = format!("no command for “{name}” here");
        let with_help = help.map(|help| format!("{says}; {help} for help"));
        let fits = |text: &String| width(text) <= footer::columns(self.size);
        with_help.filter(fits).unwrap_or(says)
    }

    /// How to compare two hospitals.
    pub(super) fn how_to_compare(&self) -> String {
        match (self.key_in_list(Action::Mark), self.key_in_list(Action::Compare)) {
            (Some(mark), Some(compare)) => {
                format!("mark a hospital with {mark}, move to another, then press {compare}")
            }
            _ => "mark a hospital, then move to another".to_owned(),
        }
    }

    /// What stands in the border of a box on top of the rest, and closes it.
    pub(crate) fn close_label(&self, kind: &OverlayKind) -> String {
        let key = self.bindings.key_of(Action::Back, kind.context());
        key.map_or_else(String::new, |key| format!(" {key} closes "))
    }

    /// How to clear the search from here.
    pub(crate) fn how_to_clear(&self) -> Option<String> {
        let (context, action) = match self.context() {
            Context::SearchBox => (Context::SearchBox, Action::ClearQuery),
            _ => (Context::List, Action::Back),
        };
        self.bindings.key_of(action, context).map(|key| format!("{key} clears the search."))
    }
}
