//! Opens the map of the hospitals found, and does what keys ask for there.

use crate::catalog::HospitalKey;
use crate::report::wording::count;
use crate::search::{Bearing, Spot};
use crate::tui::app::event::Effect;
use crate::tui::app::map::Map;
use crate::tui::app::state::App;
use crate::tui::keymap::{Action, Context, Motion};
use crate::tui::layout;
use crate::tui::page::map;

impl App {
    /// The hospital that keys act on: the one selected on the map, if that is open, or in the list.
    pub(crate) fn selected_hospital(&self) -> Option<HospitalKey> {
        let on_map = self.map.as_ref().map(|map| map.selected.key);
        on_map.or_else(|| self.browse.selected_hospital())
    }

    /// Marks it, or takes its mark away; what there is to say.
    pub(super) fn mark(&mut self) -> Option<String> {
        let is_done = self.browse.mark(self.selected_hospital());
        self.map.iter_mut().for_each(Map::forget_text);
        (!is_done).then(|| self.both_are_marked())
    }

    /// Does what a key asks for.
    pub(super) fn update(&mut self, action: Action) -> Option<Effect> {
        let is_of_map = match action {
            Action::Map | Action::Go(_) | Action::Pan(_) | Action::Zoom { .. } => true,
            Action::ShowAll | Action::NextHere | Action::ShowDetail => true,
            Action::Move(_) => self.context() == Context::Map,
            _ => false,
        };
        if is_of_map { self.use_map(action) } else { self.update_all_but_map(action) }
    }

    /// Does what a key of the map asks for.
    pub(super) fn use_map(&mut self, action: Action) -> Option<Effect> {
        if action == Action::Map {
            return if self.close_map() { None } else { Some(self.browse.ask_points()) };
        }
        let map = self.map.as_mut()?;
        match action {
            Action::Move(motion) => self.message = step(map, motion).map(str::to_owned),
            Action::Go(bearing) => self.message = go(map, bearing).map(str::to_owned),
            Action::Pan(bearing) => map.pan(bearing),
            Action::Zoom { is_in } => map.zoom(is_in),
            Action::ShowAll => map.fit(),
            Action::NextHere => {
                self.message = (!map.go_to_next_here()).then(|| "no other hospital lies here".to_owned());
            }
            Action::ShowDetail => return self.leave_map(),
            _ => {}
        }
        None
    }

    /// Opens the map when it is known where the hospitals lie, or shows on it what another answer has found.
    pub(super) fn update_map(&mut self) {
        let Some(points) = self.browse.points() else { return };
        if points.is_empty() {
            let is_empty = self.browse.found.total == 0;
            let found = count(points.without, "hospital");
            self.close_map();
            self.message = Some(match (is_empty, points.without) {
                (true, _) => "no hospital is found that a map could show".to_owned(),
                (_, 1) => "the data have no coordinates of the hospital found".to_owned(),
                _ => format!("the data have no coordinates of any of the {found} found"),
            });
            return;
        }
        let Self { map, catalog, browse, .. } = self;
        if let Some(map) = map {
            let point = catalog.points().of(map.selected.key);
            map.show(points, point);
            return;
        }
        let (keys, all) = (&browse.found.keys, catalog.points());
        let listed = browse.selected_hospital().into_iter().chain(keys.iter().copied());
        let spots: Vec<Spot> = listed.filter_map(|key| points.spot(key, all.of(key))).take(1).collect();
        let screen = self.screen();
        self.map = Map::new(points, spots.into_iter(), screen);
        self.message = None;
    }

    /// Closes the map; whether it was open.
    pub(super) fn close_map(&mut self) -> bool {
        self.browse.forget_points();
        self.map.take().is_some()
    }

    /// Closes the map, and shows the selected hospital in the detail pane.
    fn leave_map(&mut self) -> Option<Effect> {
        let key = self.map.as_ref()?.selected.key;
        self.close_map();
        self.browse.go_to_detail_of(key)
    }

    /// Works out what the map shows, as far as it has changed.
    pub(super) fn lay_out_map(&mut self) {
        let screen = self.screen();
        let Self { map: Some(map), catalog, browse, glyphs, .. } = self else { return };
        if !layout::fits(screen.size) {
            return;
        }
        map.resize(screen);
        map.lay_out_dots(glyphs.dots_in_cell());
        let area = map.areas().text;
        if map.needs_text(area.width) || map.text.height != usize::from(area.height) {
            let (at, together) = map.points.rank_here(map.selected);
            let here = (at + 1, together);
            let mark = browse.marks.iter().position(|mark| *mark == Some(map.selected.key));
            let said = map::Said { selected: map.selected, here, mark, neighbours: map.neighbours() };
            map.text.show(map::page(catalog, &said, area.width.into()), area.height.into());
        }
    }
}

/// Goes to the next hospital, or reads on below the map; what there is to say.
fn step(map: &mut Map, motion: Motion) -> Option<&'static str> {
    match motion {
        Motion::Up => go(map, Bearing::North),
        Motion::Down => go(map, Bearing::South),
        Motion::PageUp => {
            map.read(Motion::Up);
            None
        }
        Motion::PageDown => {
            map.read(Motion::Down);
            None
        }
        Motion::HalfUp | Motion::HalfDown | Motion::First | Motion::Last => {
            map.read(motion);
            None
        }
    }
}

fn go(map: &mut Map, bearing: Bearing) -> Option<&'static str> {
    let says = match bearing {
        Bearing::North => "no hospital lies further north",
        Bearing::East => "no hospital lies further east",
        Bearing::South => "no hospital lies further south",
        Bearing::West => "no hospital lies further west",
    };
    (!map.go(bearing)).then_some(says)
}
