//! Where the hospitals found lie, for the map; and going from the map to the list.

use std::sync::Arc;

use crate::catalog::HospitalKey;
use crate::search::PointMap;
use crate::tui::app::browse::{Browse, WINDOW};
use crate::tui::app::event::Effect;
use crate::tui::layout::Pane;

/// Up to how many matches the searcher lists for the sake of a hospital that is to be kept.
const KEPT_AMONG: usize = 10_000;

impl Browse {
    /// Asks where the hospitals lie that the query finds.
    pub(in crate::tui::app) fn ask_points(&mut self) -> Effect {
        self.wants_points = true;
        self.search()
    }

    /// Where they lie, if that was asked and is known.
    pub(in crate::tui::app) fn points(&self) -> Option<Arc<PointMap>> {
        self.found.points.clone().filter(|_| self.wants_points && !self.is_searching())
    }

    /// Asks no longer.
    pub(in crate::tui::app) fn forget_points(&mut self) {
        self.wants_points = false;
        self.found.points = None;
    }

    /// Selects a hospital that the query finds, however far down the list, and goes to the detail pane.
    pub(in crate::tui::app) fn go_to_detail_of(&mut self, key: HospitalKey) -> Option<Effect> {
        (self.focus, self.is_on_title) = (Pane::Detail, true);
        if let Some(at) = self.found.keys.iter().position(|found| *found == key) {
            self.select(at);
            return None;
        }
        self.chosen = Some(key);
        // To rank more of them takes longer, which is worth the time for one that was asked for.
        let is_ranked_far = self.found.length() > KEPT_AMONG && !self.found.words.is_empty();
        Some(self.ask(if is_ranked_far { self.found.length() } else { WINDOW }))
    }
}
