//! Copies to the clipboard. The loop, which knows the way there, tells how it went.

use crate::catalog::HospitalKey;
use crate::report::citation::{self, Citation};
use crate::report::sentences;
use crate::text::{Text, clip, width};
use crate::tui::app::event::{Copied, Effect};
use crate::tui::app::footer;
use crate::tui::app::state::App;

/// Fewest columns that a message has for what was copied, on however narrow a screen.
const BRIEF: usize = 12;

impl App {
    /// Copies what is selected, with its sources. In the detail pane that is the figure or the statement that is read.
    pub(super) fn copy(&mut self) -> Option<Effect> {
        let copy = if let Some(open) = &mut self.compare {
            // A row that is not seen comes into view, and is not copied.
            open.shows_selection().then(|| open.row_for_clipboard().ok_or("select a row to copy"))?
        } else {
            let selected = self.browse.selected_hospital();
            let texts = selected.map(|key| {
                self.citations(key).unwrap_or_else(|| {
                    let name = self.catalog.hospital(key).name.to_string();
                    (sentences::hospital_for_clipboard(&self.catalog, key), name)
                })
            });
            texts.ok_or("select a hospital to copy")
        };
        self.message = copy.as_ref().err().map(|nothing| (*nothing).to_owned());
        copy.ok().map(|(text, brief)| Effect::Copy { text, brief })
    }

    /// Citations of what is read in the detail pane, and what they cite in brief.
    fn citations(&self, key: HospitalKey) -> Option<(String, String)> {
        let citable = self.browse.citable_read();
        let accessed = citation::today();
        let citations: Vec<Citation> =
            citable.into_iter().map(|one| Citation::new(&self.catalog, key, one, accessed)).collect();
        let text: String = citations.iter().map(|citation| citation.text() + "\n").collect();
        let brief: Vec<String> = citations.iter().map(Citation::brief).collect();
        (!citations.is_empty()).then(|| (text, brief.join("; ")))
    }

    /// Copies the whole comparison as Markdown.
    pub(super) fn copy_comparison(&mut self) -> Option<Effect> {
        let text = self.compare.as_ref()?.to_markdown(&self.catalog);
        self.message = text.as_ref().err().map(|error| format!("not copied: {error}"));
        text.ok().map(|text| Effect::Copy { text, brief: "the whole comparison, as Markdown".to_owned() })
    }

    /// Tells how a copy went, and what it is of as far as a line has room for that.
    pub(super) fn report_copy(&mut self, brief: &str, copied: Copied) {
        let (before, after) = match copied {
            Copied::By(program) => ("copied: ".to_owned(), format!(" (by {program})")),
            Copied::Sent(failed) => {
                let failed = failed.map_or_else(String::new, |reason| format!("{reason}; "));
                (format!("{failed}copied, if the terminal allows it (OSC 52): "), String::new())
            }
            Copied::Refused(reason) => {
                return self.message = Some(Text::clean(&format!("not copied: {reason}")).to_string());
            }
        };
        let room = footer::columns(self.size).saturating_sub(width(&before) + width(&after));
        let message = format!("{before}{}{after}", clip(brief, room.max(BRIEF)));
        self.message = Some(Text::clean(&message).to_string());
    }
}
