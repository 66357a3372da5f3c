//! Goes on where the session before ended, and tells where this one ends.

use crate::text::Text;
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
        // Who ends a session before all data are loaded, and has done nothing, is still to go there.
        let place = self.place.take().filter(|_| self.browse.is_untouched()).unwrap_or_else(|| {
            let selected = self.browse.selected_hospital().map(|key| self.catalog.hospital(key).id.to_string());
            Place { query: self.browse.search_box.text().to_owned(), hospital: selected }
        });
        Resume { queries, place: Some(place) }
    }

    /// Goes to where the session before ended, unless the user has begun something else.
    pub(super) fn go_to_last_place(&mut self) {
        if let Some(Place { query, hospital }) = self.place.take()
            && self.browse.is_untouched()
        {
            let key = hospital.and_then(|id| self.catalog.by_id(&id));
            self.browse.go_to(Text::clean(&query).to_string(), key);
        }
    }
}
