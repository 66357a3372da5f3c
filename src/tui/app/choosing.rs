//! Opens the menus of the list, and takes what is chosen in a menu.

use crate::report::wording::{count, number};
use crate::tui::app::event::Effect;
use crate::tui::app::menu::{Choice, Menu, MenuKind};
use crate::tui::app::overlay::{Overlay, OverlayKind};
use crate::tui::app::state::App;

impl App {
    pub(super) fn open_orders(&mut self) {
        self.open_overlay(OverlayKind::Menu(Menu::new(MenuKind::Sort)));
        if let Some(Overlay { kind: OverlayKind::Menu(menu), viewport }) = self.overlays.last_mut() {
            viewport.select(menu.chosen());
        }
    }

    pub(super) fn open_facets(&mut self) -> Effect {
        self.open_overlay(OverlayKind::Menu(Menu::new(MenuKind::Facets)));
        self.browse.wants_facets = true;
        self.browse.search()
    }

    /// Takes what is selected in a menu.
    pub(super) fn choose(&mut self) -> Option<Effect> {
        let Overlay { kind: OverlayKind::Menu(menu), viewport } = self.overlays.last()? else { return None };
        let (label, choice) = menu.choice(viewport.selected)?;
        self.close_overlay();
        match choice {
            Choice::Sort(order) => {
                self.message = Some(format!("sorted by {label}"));
                Some(self.browse.sort_by(order))
            }
            Choice::Toggle { term, name } => {
                let taken_back = if self.browse.search_box.has_term(&term) { " taken back" } else { "" };
                let search = self.browse.toggle_term(&term);
                self.unreported_filter = search.is_some().then(|| format!("{name}{taken_back}"));
                search
            }
            Choice::Open(address) => Some(Effect::Open(address)),
            Choice::Copy(address) => Some(Effect::Copy { brief: address.clone(), text: address }),
        }
    }

    /// Tells what the filter that was chosen or taken back finds, when that is known.
    pub(super) fn report_filter(&mut self) {
        if self.browse.is_searching() {
            return;
        }
        if let Some(filter) = self.unreported_filter.take() {
            let found = &self.browse.found;
            let (total, possibly) = (number(found.total), self.browse.possibly());
            let all = count(self.catalog.len(), "hospital");
            self.message = Some(format!("{filter} – {total}{possibly} of {all}"));
        }
    }
}
