//! The map of the hospitals found: which part of it is seen, and which hospital is selected.

use std::sync::Arc;

use ratatui::layout::{Position, Rect, Size};

use crate::search::{Bearing, PointMap, Spot};
use crate::tui::app::viewport::Viewport;
use crate::tui::keymap::Motion;
use crate::tui::layout::{self, MapAreas, Screen};
use crate::tui::projection::{self, View};

/// How many times as much one step of zooming shows.
const ZOOM: f64 = 2.0;

/// A hospital and the one that comes next in each direction.
pub(crate) type Neighbours = Vec<(Bearing, Spot)>;

/// The map.
#[derive(Debug)]
pub struct Map {
    pub(crate) points: Arc<PointMap>,
    /// The selected hospital.
    pub(crate) selected: Spot,
    pub(crate) view: View,
    /// Whether all are seen, whatever the size of the screen.
    is_whole: bool,
    screen: Screen,
    /// The dots to draw, counted from the lower left one.
    pub(crate) dots: Vec<(f64, f64)>,
    /// What they were worked out for: the part that is seen, the size, and the dots in a cell.
    dots_of: Option<(View, Size, [u16; 2])>,
    /// What is said below the map.
    pub(crate) text: Viewport,
    /// What it was laid out for: the hospital, and the columns.
    text_of: Option<(Spot, u16)>,
}

impl Map {
    /// A map of all points; none where there are none. A hospital of the list is selected, the first one that lies anywhere.
    pub(super) fn new(points: Arc<PointMap>, mut listed: impl Iterator<Item = Spot>, screen: Screen) -> Option<Self> {
        let bounds = points.bounds()?;
        let size = layout::map(screen.size).canvas.as_size();
        let view = View::of_all(bounds, size);
        let selected = listed.next().or_else(|| points.nearest(view.centre, projection::cosine(view.centre[1])))?;
        Some(Self {
            points,
            selected,
            view,
            is_whole: true,
            screen,
            dots: Vec::new(),
            dots_of: None,
            text: Viewport::default(),
            text_of: None,
        })
    }

    /// Where everything stands on the screen.
    pub(crate) fn areas(&self) -> MapAreas {
        layout::map(self.screen.size)
    }

    fn canvas(&self) -> Rect {
        self.areas().canvas
    }

    /// Takes the points of another answer. The selected hospital stays so where it is among them; `point` is where it lies.
    pub(super) fn show(&mut self, points: Arc<PointMap>, point: Option<[f64; 2]>) {
        let nearest = || points.nearest(self.selected.at, projection::cosine(self.selected.at[1]));
        let Some(selected) = points.spot(self.selected.key, point).or_else(nearest) else { return };
        // The globe may be cut open elsewhere.
        self.is_whole |= (selected.at[0] - self.selected.at[0]).abs() > 180.0;
        (self.points, self.selected) = (points, selected);
        (self.dots_of, self.text_of) = (None, None);
        self.fit_if_whole();
    }

    /// Takes another screen.
    pub(super) fn resize(&mut self, screen: Screen) {
        if self.screen != screen {
            self.screen = screen;
            self.fit_if_whole();
        }
    }

    // Moving.

    /// Goes to the next hospital in a direction; whether there is one.
    pub(super) fn go(&mut self, bearing: Bearing) -> bool {
        let next = self.next(bearing);
        if let Some(next) = next {
            self.select(next);
        }
        next.is_some()
    }

    fn next(&self, bearing: Bearing) -> Option<Spot> {
        self.points.next(self.selected, bearing, projection::cosine(self.selected.at[1]))
    }

    /// The next hospital in each direction that has one.
    pub(super) fn neighbours(&self) -> Neighbours {
        Bearing::ALL.into_iter().filter_map(|bearing| Some((bearing, self.next(bearing)?))).collect()
    }

    /// Goes to the next one of those that lie at the same place; whether there is one.
    pub(super) fn go_to_next_here(&mut self) -> bool {
        let next = self.points.next_here(self.selected);
        if let Some(next) = next {
            self.select(next);
        }
        next.is_some()
    }

    /// Selects a hospital, and brings it into view.
    fn select(&mut self, spot: Spot) {
        self.selected = spot;
        if self.view.cell_of(spot.at, self.canvas().as_size()).is_none() {
            self.view.centre = spot.at;
            self.is_whole = false;
        }
    }

    /// Reads on below the map.
    pub(super) fn read(&mut self, motion: Motion) {
        self.text.scroll(motion);
    }

    /// Selects the hospital that is nearest to a place of the screen; whether that is on the map.
    pub(super) fn click(&mut self, at: Position) -> bool {
        let Some(place) = self.place_at(at) else { return false };
        if let Some(nearest) = self.points.nearest(place, projection::cosine(self.view.centre[1])) {
            self.select(nearest);
        }
        true
    }

    fn place_at(&self, at: Position) -> Option<[f64; 2]> {
        let canvas = self.canvas();
        let is_on_map = canvas.contains(at);
        is_on_map.then(|| self.view.at_cell([at.x - canvas.x, at.y - canvas.y], canvas.as_size()))
    }

    // Zooming.

    /// Shows half as much, or twice as much. The selected hospital stays where it is, or comes into the middle.
    pub(super) fn zoom(&mut self, is_in: bool) {
        if self.view.cell_of(self.selected.at, self.canvas().as_size()).is_none() {
            self.view.centre = self.selected.at;
        }
        self.zoom_around(self.selected.at, is_in);
    }

    /// The same around the place that is pointed at.
    pub(super) fn wheel(&mut self, at: Position, is_in: bool) {
        if let Some(place) = self.place_at(at) {
            self.zoom_around(place, is_in);
        }
    }

    fn zoom_around(&mut self, place: [f64; 2], is_in: bool) {
        let view = self.view.zoomed(place, if is_in { 1.0 / ZOOM } else { ZOOM });
        (self.view, self.is_whole) = (view, false);
        let whole = self.whole();
        if !is_in && whole.is_some_and(|whole| view.is_as_wide_as(whole)) {
            self.fit();
        }
    }

    fn whole(&self) -> Option<View> {
        Some(View::of_all(self.points.bounds()?, self.canvas().as_size()))
    }

    /// Shows all.
    pub(super) fn fit(&mut self) {
        self.is_whole = true;
        self.fit_if_whole();
    }

    fn fit_if_whole(&mut self) {
        if let Some(whole) = self.whole().filter(|_| self.is_whole) {
            self.view = whole;
        }
    }

    /// Shows what lies beside.
    pub(super) fn pan(&mut self, bearing: Bearing) {
        if let Some(bounds) = self.points.bounds() {
            self.view = self.view.panned(bearing, self.canvas().as_size(), bounds);
            self.is_whole = false;
        }
    }

    // Laying out.

    /// Works out which dots are drawn, so many in a cell, if something has changed.
    pub(super) fn lay_out_dots(&mut self, in_cell: [u16; 2]) {
        let size = self.canvas().as_size();
        if self.dots_of == Some((self.view, size, in_cell)) {
            return;
        }
        let grid = self.view.grid(size, in_cell);
        let last = grid.size[1].saturating_sub(1);
        let dots = self.points.dots(&grid).into_iter();
        self.dots = dots.map(|[column, row]| (f64::from(column), f64::from(last - row))).collect();
        self.dots_of = Some((self.view, size, in_cell));
    }

    /// Whether the text below has to be laid out for so many columns; it is read from its start then.
    pub(super) fn needs_text(&mut self, columns: u16) -> bool {
        let wanted = Some((self.selected, columns));
        let is_other = self.text_of.map(|(spot, _)| spot) != Some(self.selected);
        if is_other {
            self.text.go_to_start();
        }
        std::mem::replace(&mut self.text_of, wanted) != wanted
    }

    /// Has the text laid out anew.
    pub(super) fn forget_text(&mut self) {
        self.text_of = None;
    }
}
