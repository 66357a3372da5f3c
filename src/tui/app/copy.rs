//! Copies to the clipboard. The loop, which knows the way there, tells how it went.

use crate::report::sentences;
use crate::tui::app::event::Effect;
use crate::tui::app::state::App;

impl App {
    /// Copies what is selected, with its sources.
    pub(super) fn copy(&mut self) -> Option<Effect> {
        let text = if let Some(open) = &mut self.compare {
            // A row that is not seen comes into view, and is not copied.
            open.shows_selection().then(|| open.row_for_clipboard().ok_or("select a row to copy"))?
        } else {
            let selected = self.browse.selected_hospital();
            let text = selected.map(|key| sentences::hospital_for_clipboard(&self.catalog, key));
            text.ok_or("select a hospital to copy")
        };
        self.message = text.as_ref().err().map(|nothing| (*nothing).to_owned());
        text.ok().map(Effect::Copy)
    }

    /// Copies the whole comparison as Markdown.
    pub(super) fn copy_comparison(&mut self) -> Option<Effect> {
        let text = self.compare.as_ref()?.to_markdown(&self.catalog);
        self.message = text.as_ref().err().map(|error| format!("not copied: {error}"));
        text.ok().map(Effect::Copy)
    }
}
