//! What the state takes of the loading.

use std::sync::Arc;

use crate::catalog::Catalog;
use crate::report::wording::count;
use crate::tui::app::event::{Effect, Loading};
use crate::tui::app::file_notes::file_notes;
use crate::tui::app::state::App;

impl App {
    /// Takes a catalog that has the hospitals known so far, and more. What is selected, marked and compared stays.
    pub(super) fn set_catalog(&mut self, catalog: Arc<Catalog>, loading: Loading) -> Option<Effect> {
        self.catalog = catalog;
        self.generation += 1;
        if let Some(open) = &mut self.compare {
            open.reload(&self.catalog);
        }
        match loading {
            Loading::Done => {
                self.go_to_last_place();
                self.loading = Loading::Done;
                self.message = file_notes(&self.catalog).or_else(|| self.message.take());
            }
            Loading::Stopped => self.set_stopped(),
            Loading::Underway(progress) => self.loading.advance(progress),
        }
        self.browse.set_catalog(&self.catalog)
    }

    /// Stops the loading, when it goes on. What has been loaded stays; a last part of it may follow.
    pub(super) fn stop_loading(&mut self) -> Option<Effect> {
        if !matches!(self.loading, Loading::Underway(_)) {
            return None;
        }
        self.set_stopped();
        Some(Effect::StopLoading)
    }

    fn set_stopped(&mut self) {
        self.loading = Loading::Stopped;
        let hospitals = count(self.catalog.len(), "hospital");
        self.message = Some(format!("loading stopped after {hospitals}; the files contain more"));
    }
}
