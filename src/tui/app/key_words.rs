//! What messages say of keys: those that hold, and nothing where an action has none.

use crate::tui::app::overlay::OverlayKind;
use crate::tui::app::state::App;
use crate::tui::bindings::Bindings;
use crate::tui::keymap::{Action, Context};

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
