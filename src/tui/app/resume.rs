//! Goes on where the session before ended, and tells where this one ends.

use crate::text::Text;
use crate::tui::app::event::Effect;
use crate::tui::app::state::App;
use crate::tui::resume::{Place, Resume};

impl App {
    /// Takes what the session before has left. The place is gone to when all data are loaded.
    pub fn resume(&mut self, left: Resume) {
        let history = self.browse.search_box.history();
        left.queries.iter().for_each(|query| history.remember(&Text::clean(query)));
        self.place = left.place;
    }

    /// What this session leaves to the next.
    #[must_use]
    pub fn leave(&mut self) -> Resume {
        self.browse.keep_query();
        let queries = self.browse.search_box.history().queries().to_vec();
        let selected = self.browse.selected_hospital().map(|key| self.catalog.hospital(key).id.to_string());
        let place = Place { query: self.browse.search_box.text().to_owned(), hospital: selected };
        Resume { queries, place: Some(place) }
    }

    /// Goes to where the session before ended.
    pub(super) fn go_to_last_place(&mut self) -> Option<Effect> {
        let Place { query, hospital } = self.place.take()?;
        let key = hospital.and_then(|id| self.catalog.by_id(&id));
        self.browse.return_to(Text::clean(&query).to_string(), key)
    }
}
