//! Which part of the globe a map shows, and where on the screen a place of it stands.
//!
//! Degrees are drawn as lengths (equirectangular), those east shortened by the cosine of the latitude in the middle, so that
//! shapes are true there. A unit of the screen is half a column wide and a quarter of a line high, which is nearly square.

use ratatui::layout::Size;

use crate::search::{Bearing, Bounds, DotGrid, GeoPoint};

/// Units in a cell of the screen.
pub(crate) const UNITS: [u16; 2] = [2, 4];

/// Fewest degrees north that a unit is high: a metre.
const CLOSEST: f64 = 1e-5;

/// The same where all is shown: a single hospital is not shown from so near that nothing else could be seen.
const CLOSEST_OF_ALL: f64 = 1e-3;

/// The part of the globe that a map shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct View {
    /// Degrees east and north.
    pub(crate) centre: [f64; 2],
    /// Degrees north that a unit of the screen is high.
    scale: f64,
}

/// Units of a map of that size.
fn units(size: Size) -> [f64; 2] {
    [f64::from(size.width) * f64::from(UNITS[0]), f64::from(size.height) * f64::from(UNITS[1])]
}

/// How long a degree east is, in degrees north.
pub(crate) fn cosine(north: f64) -> f64 {
    north.to_radians().cos().max(0.01)
}

impl View {
    /// All of a rectangle, with an empty cell around it.
    pub(crate) fn of_all(Bounds { least, most }: Bounds, size: Size) -> Self {
        let centre = [0, 1].map(|axis: usize| f64::midpoint(least[axis], most[axis]));
        let [width, height] = [(most[0] - least[0]) * cosine(centre[1]), most[1] - least[1]];
        let [columns, rows] = [0, 1].map(|axis: usize| (units(size)[axis] - 2.0 * f64::from(UNITS[axis])).max(1.0));
        Self { centre, scale: (width / columns).max(height / rows).max(CLOSEST_OF_ALL) }
    }

    /// Degrees east and north that a unit of the screen is wide and high.
    fn unit(self) -> [f64; 2] {
        [self.scale / cosine(self.centre[1]), self.scale]
    }

    /// Where a place stands, in units from the upper left corner.
    pub(crate) fn place_of(self, [east, north]: [f64; 2], size: Size) -> [f64; 2] {
        let ([width, height], [unit_east, unit_north]) = (units(size), self.unit());
        [width / 2.0 + (east - self.centre[0]) / unit_east, height / 2.0 - (north - self.centre[1]) / unit_north]
    }

    /// The cell that a place stands in; none where it is not seen.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked before")]
    pub(crate) fn cell_of(self, at: [f64; 2], size: Size) -> Option<[u16; 2]> {
        let place = self.place_of(at, size);
        let is_seen = (0..2).all(|axis| (0.0..units(size)[axis]).contains(&place[axis]));
        is_seen.then(|| [0, 1].map(|axis: usize| place[axis] as u16 / UNITS[axis]))
    }

    /// The place in the middle of a cell.
    pub(crate) fn at_cell(self, cell: [u16; 2], size: Size) -> [f64; 2] {
        let ([width, height], [unit_east, unit_north]) = (units(size), self.unit());
        let [right, down] = [0, 1].map(|axis: usize| (f64::from(cell[axis]) + 0.5) * f64::from(UNITS[axis]));
        [self.centre[0] + (right - width / 2.0) * unit_east, self.centre[1] + (height / 2.0 - down) * unit_north]
    }

    /// The same part in dots, so many in a cell.
    pub(crate) fn grid(self, size: Size, dots: [u16; 2]) -> DotGrid {
        let ([width, height], [unit_east, unit_north]) = (units(size), self.unit());
        let corner = [self.centre[0] - width / 2.0 * unit_east, self.centre[1] + height / 2.0 * unit_north];
        let of_dot = |axis: usize| f64::from(UNITS[axis]) / f64::from(dots[axis]);
        DotGrid {
            corner,
            dot: [unit_east * of_dot(0), unit_north * of_dot(1)],
            size: [size.width.saturating_mul(dots[0]), size.height.saturating_mul(dots[1])],
        }
    }

    /// A part so many times as large. A place stays where it stands.
    pub(crate) fn zoomed(self, around: [f64; 2], factor: f64) -> Self {
        let scale = (self.scale * factor).max(CLOSEST);
        let factor = scale / self.scale;
        let north = around[1] + (self.centre[1] - around[1]) * factor;
        let shortening = cosine(self.centre[1]) / cosine(north);
        let east = around[0] + (self.centre[0] - around[0]) * factor * shortening;
        Self { centre: [east, north], scale }
    }

    /// Whether it shows as much as another part, or more.
    pub(crate) fn is_as_wide_as(self, other: Self) -> bool {
        self.scale >= other.scale
    }

    /// The same part, a quarter of the screen further, with its middle within a rectangle.
    pub(crate) fn panned(self, bearing: Bearing, size: Size, Bounds { least, most }: Bounds) -> Self {
        let (units, unit) = (units(size), self.unit());
        let [right, up] = [0, 1].map(|axis: usize| units[axis] / 4.0 * unit[axis]);
        let [right, up] = match bearing {
            Bearing::North => [0.0, up],
            Bearing::East => [right, 0.0],
            Bearing::South => [0.0, -up],
            Bearing::West => [-right, 0.0],
        };
        let moved = [self.centre[0] + right, self.centre[1] + up];
        Self { centre: [0, 1].map(|axis: usize| moved[axis].clamp(least[axis], most[axis])), ..self }
    }

    /// A scale bar of at most so many columns: how many it takes, and how many kilometres these are in the middle of the map.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most the columns given")]
    pub(crate) fn scale_bar(self, columns: u16) -> Option<(u16, f64)> {
        let column = self.kilometres_of_column()?;
        let most = column * f64::from(columns);
        let power = 10_f64.powf(most.log10().floor());
        let round = [5.0, 2.0, 1.0].into_iter().map(|first| first * power).find(|round| *round <= most)?;
        let needed = (round / column).round();
        (needed >= 1.0).then_some((needed as u16, round))
    }

    /// How many kilometres a column is wide in the middle of the map.
    fn kilometres_of_column(self) -> Option<f64> {
        let [east, north] = self.centre;
        // So near that the way along the parallel is the shortest one.
        let step = (self.unit()[0] * f64::from(UNITS[0])).min(0.01);
        let east = (east + 180.0).rem_euclid(360.0) - 180.0;
        let metres = GeoPoint::new([north, east])?.metres_to([north, east + step]);
        Some(metres / 1000.0 * self.unit()[0] * f64::from(UNITS[0]) / step).filter(|column| *column > 0.0)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the same sums are compared")]

    use proptest::prelude::*;

    use super::*;

    const SIZE: Size = Size::new(80, 18);

    fn near(a: [f64; 2], b: [f64; 2], most: f64) -> bool {
        (0..2).all(|axis: usize| (a[axis] - b[axis]).abs() <= most)
    }

    fn any_view() -> impl Strategy<Value = View> {
        ([-180.0..180.0, -80.0..80.0_f64], 1e-5..1.0).prop_map(|(centre, scale)| View { centre, scale })
    }

    #[test]
    fn shapes_are_true_in_the_middle() {
        // At 60 degrees north a degree east is half as long as a degree north.
        let view = View { centre: [10.0, 60.0], scale: 0.1 };
        let middle = view.place_of([10.0, 60.0], SIZE);
        let [east, north] = [view.place_of([12.0, 60.0], SIZE), view.place_of([10.0, 61.0], SIZE)];
        assert!((east[0] - middle[0] - (middle[1] - north[1])).abs() < 1e-9, "{middle:?} {east:?} {north:?}");
        assert_eq!(middle, [80.0, 36.0]);
    }

    #[test]
    fn the_scale_bar_is_as_long_as_it_says() {
        for north in [0.0, 23.0, 51.5, -70.0] {
            for scale in [1e-4, 0.01, 0.2] {
                let view = View { centre: [179.0, north], scale };
                let (columns, kilometres) = view.scale_bar(20).unwrap();
                assert!((1..=20).contains(&columns));
                // Many short steps along the parallel.
                let width = view.unit()[0] * 2.0 * f64::from(columns);
                let step = GeoPoint::new([north, 0.0]).unwrap().metres_to([north, width / 1000.0]);
                let rounding = 0.5 / f64::from(columns) + 0.001;
                assert!((step / kilometres - 1.0).abs() <= rounding, "{north} {scale}: {step} {kilometres}");
            }
        }
        let round = View { centre: [0.0, 0.0], scale: 0.01 }.scale_bar(20).unwrap().1;
        assert!([1.0, 2.0, 5.0].contains(&(round / 10_f64.powf(round.log10().floor()))), "{round}");
    }

    proptest! {
        #[test]
        fn all_is_seen_where_all_is_shown(
            corners in [[-180.0..180.0, -90.0..90.0_f64], [-180.0..180.0, -90.0..90.0_f64]],
            width in 40_u16..250,
            height in 4_u16..60,
        ) {
            let pick = |of: fn(f64, f64) -> f64| [0, 1].map(|axis: usize| of(corners[0][axis], corners[1][axis]));
            let (least, most) = (pick(f64::min), pick(f64::max));
            let size = Size::new(width, height);
            let view = View::of_all(Bounds { least, most }, size);
            for at in [least, most, [least[0], most[1]]] {
                prop_assert!(view.cell_of(at, size).is_some());
            }
        }

        #[test]
        fn a_cell_is_found_again(view in any_view(), column in 0_u16..80, row in 0_u16..18) {
            prop_assert_eq!(view.cell_of(view.at_cell([column, row], SIZE), SIZE), Some([column, row]));
        }

        #[test]
        fn what_is_zoomed_around_stays_where_it_is(view in any_view(), cell in [0_u16..80, 0_u16..18], is_in: bool) {
            let place = view.at_cell(cell, SIZE);
            let zoomed = view.zoomed(place, if is_in { 0.5 } else { 2.0 });
            prop_assert!(near(zoomed.place_of(place, SIZE), view.place_of(place, SIZE), 1e-6));
        }

        #[test]
        fn dots_stand_in_the_cell_of_their_place(view in any_view(), cell in [0_u16..80, 0_u16..18]) {
            let grid = view.grid(SIZE, [2, 4]);
            let place = view.at_cell(cell, SIZE);
            let dot = [(place[0] - grid.corner[0]) / grid.dot[0], (grid.corner[1] - place[1]) / grid.dot[1]];
            prop_assert!(near(dot, [f64::from(cell[0]) * 2.0 + 1.0, f64::from(cell[1]) * 4.0 + 2.0], 1e-6));
            prop_assert_eq!(grid.size, [160, 72]);
        }
    }
}
