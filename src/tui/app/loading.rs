//! Taking in what has been loaded.

use std::sync::Arc;

use super::filter::WINDOW;
use super::{App, Effect, Loading};
use crate::catalog::Catalog;
use crate::report::wording::count;
use crate::search::{Answer, Order};

impl App {
    /// Takes a catalog that has the hospitals known so far, and more. What is selected, marked and compared stays.
    pub(super) fn take_in(&mut self, catalog: Arc<Catalog>, loading: Loading) -> Option<Effect> {
        self.catalog = catalog;
        if let Some(open) = &mut self.compare {
            open.reload(&self.catalog);
        }
        match loading {
            Loading::Underway(progress) => self.loading = (!self.is_cut).then_some(progress),
            Loading::Done => {
                (self.loading, self.is_cut) = (None, false);
                self.message = notes(&self.catalog);
            }
            Loading::Stopped => self.say_that_it_was_stopped(),
        }
        let is_plain = self.browse.filter.value().is_empty() && self.browse.order == Order::Best;
        if is_plain && !self.is_searching() {
            // The first of a list in its own order need no search.
            let known = self.browse.found.keys.len().max(WINDOW);
            self.show(Answer::all(&self.catalog, known));
            return None;
        }
        Some(self.search())
    }

    /// Stops the loading, when it goes on. What has come stays; a last part of it may follow.
    pub(super) fn stop_loading(&mut self) -> Option<Effect> {
        self.loading.take()?;
        self.is_cut = true;
        self.say_that_it_was_stopped();
        Some(Effect::StopLoading)
    }

    fn say_that_it_was_stopped(&mut self) {
        let hospitals = count(self.catalog.len(), "hospital");
        self.message = Some(format!("loading was stopped after {hospitals}; the files have more"));
    }
}

/// What is to be told of the files.
fn notes(catalog: &Catalog) -> Option<String> {
    let several = catalog.datasets().len() > 1;
    let mut notes = Vec::new();
    for dataset in catalog.datasets() {
        let origin = if several { format!("{}: ", dataset.origin) } else { String::new() };
        notes.extend(dataset.notes.iter().map(|note| format!("{origin}{note}")));
        if dataset.rejected.count > 0 {
            let rows = count(dataset.rejected.count, "row");
            notes.push(format!("{origin}{rows} rejected; `hospitui check` lists them"));
        }
    }
    (!notes.is_empty()).then(|| notes.join(" · "))
}
