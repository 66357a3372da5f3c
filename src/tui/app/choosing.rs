//! Opens the menus of the list, and takes what is chosen in a menu.

use crossterm::event::KeyEvent;

use crate::report::wording::{count, direction, number};
use crate::tui::app::event::Effect;
use crate::tui::app::menu::{Choice, Menu, MenuKind};
use crate::tui::app::overlay::{Overlay, OverlayKind};
use crate::tui::app::state::App;
use crate::tui::app::viewport::Viewport;

impl App {
    pub(super) fn open_orders(&mut self) {
        self.open_overlay(OverlayKind::Menu(Menu::new(MenuKind::Sort)));
        if let Some((menu, viewport)) = self.menu() {
            viewport.select(menu.chosen());
        }
    }

    pub(super) fn open_facets(&mut self) -> Effect {
        self.open_overlay(OverlayKind::Menu(Menu::new(MenuKind::Facets)));
        self.browse.wants_facets = true;
        self.browse.search()
    }

    /// The menu on top.
    fn menu(&mut self) -> Option<(&mut Menu, &mut Viewport)> {
        match self.overlays.last_mut()? {
            Overlay { kind: OverlayKind::Menu(menu), viewport } => Some((menu, viewport)),
            Overlay { .. } => None,
        }
    }

    /// Takes what is selected in a menu. It `stays` open where several can be chosen; closing it then takes only what has not
    /// been chosen one by one.
    pub(super) fn choose(&mut self, stays: bool) -> Option<Effect> {
        let (menu, viewport) = self.menu()?;
        let is_facets = menu.kind == MenuKind::Facets;
        if is_facets && !stays && menu.has_toggled {
            self.close_overlay();
            return None;
        }
        let entry = menu.entry(viewport.selected)?.clone();
        menu.has_toggled = true;
        if !(is_facets && stays) {
            self.close_overlay();
        }
        let name = entry.name();
        match entry.choice {
            Choice::Sort(order) => {
                let turned = if order.is_turned { format!(", {}", direction(&order)) } else { String::new() };
                let label = entry.label.split(", ").next().unwrap_or_default().to_owned();
                self.message = Some(format!("sorted by {label}{turned}"));
                self.browse.sort_by(order)
            }
            Choice::Toggle(choice) => {
                let taken_back = if self.browse.search_box.has(&choice) { " taken back" } else { "" };
                let search = self.browse.toggle(&choice);
                self.unreported_filter = search.is_some().then(|| format!("{name}{taken_back}"));
                search
            }
            Choice::Open(address) => Some(Effect::Open(address)),
            Choice::Copy(address) => Some(Effect::Copy { brief: address.clone(), text: address }),
        }
    }

    /// Begins to look for an entry of the menu on top.
    pub(super) fn begin_find(&mut self) {
        if let Some((menu, _)) = self.menu() {
            menu.begin_find();
        }
        self.lay_out_overlays();
    }

    /// Ends that; whether an entry was looked for.
    pub(super) fn end_find(&mut self) -> bool {
        let is_ended = self.menu().is_some_and(|(menu, _)| menu.end_find());
        if is_ended {
            self.lay_out_overlays();
        }
        is_ended
    }

    /// Takes a key of what is looked for in the menu on top; whether it is one.
    pub(super) fn type_in_menu(&mut self, key: KeyEvent) -> bool {
        let is_bound = self.bindings.resolve(self.context(), key).is_some();
        let is_taken = self.menu().is_some_and(|(menu, _)| menu.type_key(key, is_bound));
        if is_taken {
            self.lay_out_overlays();
            if let Some((_, viewport)) = self.menu() {
                viewport.select(0);
            }
        }
        is_taken
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
