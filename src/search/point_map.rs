//! Where the hospitals that a query finds lie, ready for a map.
//!
//! The points are sorted along a curve that fills the globe (Z-order), so that those of a square stand together, and those
//! of its quarters within them. So which points are seen and which one is nearest is found without a look at each of a
//! million.

use std::ops::Range;

use rayon::prelude::*;

use crate::catalog::{Catalog, HospitalKey};

/// A direction on a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bearing {
    /// Upwards.
    North,
    /// To the right.
    East,
    /// Downwards.
    South,
    /// To the left.
    West,
}

impl Bearing {
    /// All, clockwise.
    pub(crate) const ALL: [Self; 4] = [Self::North, Self::East, Self::South, Self::West];

    /// How far something lies in this direction, of how far it lies to the right and up.
    fn along(self, [right, up]: [f64; 2]) -> f64 {
        match self {
            Self::North => up,
            Self::East => right,
            Self::South => -up,
            Self::West => -right,
        }
    }
}

/// A hospital on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// The hospital.
    pub key: HospitalKey,
    /// Degrees east and north. Those east go on behind 180 where the map does.
    pub(crate) at: [f64; 2],
}

/// A rectangle, in degrees east and north: its south-west and its north-east corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) least: [f64; 2],
    pub(crate) most: [f64; 2],
}

/// A rectangle that is divided into dots.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct DotGrid {
    /// Degrees east and north of its upper left corner.
    pub(crate) corner: [f64; 2],
    /// Degrees that a dot is wide and high.
    pub(crate) dot: [f64; 2],
    /// How many dots it is wide and high.
    pub(crate) size: [u16; 2],
}

/// Where hospitals lie.
#[derive(Debug)]
pub struct PointMap {
    /// The degrees east at which the globe is cut open.
    west: f64,
    /// The place on the curve of each hospital that has coordinates, in order.
    points: Vec<(u64, HospitalKey)>,
    bounds: Option<Bounds>,
    /// How many of the hospitals have no coordinates.
    pub(crate) without: usize,
}

/// The deepest squares: 32 bits for degrees east and 32 for degrees north, a centimetre.
const DEEPEST: u32 = 32;

/// How far aside of a direction something may lie, as the cosine of the angle: 60 degrees, or else 80.
const ASIDE: [f64; 2] = [0.5, 0.17];

impl PointMap {
    /// Looks up where some hospitals lie.
    pub(super) fn new(catalog: &Catalog, keys: &[HospitalKey]) -> Self {
        let points = catalog.points();
        let located = keys.par_iter().filter_map(|key| points.of(*key).map(|[north, east]| ([east, north], *key)));
        Self::of(located.collect(), keys.len())
    }

    /// The map of hospitals at these degrees east and north, among so many.
    fn of(located: Vec<([f64; 2], HospitalKey)>, all: usize) -> Self {
        let west = cut(located.iter().map(|([east, _], _)| *east));
        let without = all - located.len();
        let on_map = |[east, north]: [f64; 2]| [west + (east - west).rem_euclid(360.0), north];
        let place = |(at, key): ([f64; 2], HospitalKey)| (code(west, on_map(at)), key);
        let mut points: Vec<(u64, HospitalKey)> = located.par_iter().copied().map(place).collect();
        points.par_sort_unstable();
        let bounds = located.into_iter().map(|(at, _)| on_map(at)).fold(None, |bounds: Option<Bounds>, at| {
            let Bounds { least, most } = bounds.unwrap_or(Bounds { least: at, most: at });
            let [least, most] = [[least[0].min(at[0]), least[1].min(at[1])], [most[0].max(at[0]), most[1].max(at[1])]];
            Some(Bounds { least, most })
        });
        Self { west, points, bounds, without }
    }

    /// How many hospitals are on the map.
    #[must_use]
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// The smallest rectangle with all points; none where there are none.
    pub(crate) fn bounds(&self) -> Option<Bounds> {
        self.bounds
    }

    /// The hospital, if it is on the map; `point` is where it lies, in degrees north and east.
    pub(crate) fn spot(&self, key: HospitalKey, point: Option<[f64; 2]>) -> Option<Spot> {
        let [north, east] = point?;
        let code = code(self.west, [self.west + (east - self.west).rem_euclid(360.0), north]);
        self.points.binary_search(&(code, key)).ok().map(|at| self.spot_at(at))
    }

    /// Which hospital it is of those that lie at the same place, from 0, and how many these are.
    pub(crate) fn rank_here(&self, spot: Spot) -> (usize, usize) {
        let here = self.here(spot);
        let at = self.points[here.clone()].binary_search_by_key(&spot.key, |(_, key)| *key);
        (at.unwrap_or(0), here.len())
    }

    /// The next one of those, the first after the last; none where there is no other.
    pub(crate) fn next_here(&self, spot: Spot) -> Option<Spot> {
        let ((at, count), here) = (self.rank_here(spot), self.here(spot));
        (count > 1).then(|| self.spot_at(here.start + (at + 1) % count))
    }

    fn here(&self, spot: Spot) -> Range<usize> {
        let code = code(self.west, spot.at);
        let start = self.points.partition_point(|(other, _)| *other < code);
        start..start + self.points[start..].partition_point(|(other, _)| *other == code)
    }

    /// The hospital that is nearest to a place, where a degree east is so many degrees north long.
    pub(crate) fn nearest(&self, [east, north]: [f64; 2], cosine: f64) -> Option<Spot> {
        let scaled = |at: [f64; 2]| [(at[0] - east) * cosine, at[1] - north];
        let cost = |at| length(scaled(at));
        let bound = |area: &Bounds| nearest_of(scaled(area.least), scaled(area.most));
        self.best(&bound, &cost)
    }

    /// The next hospital in a direction: the one that the smallest circle meets which begins at `from` and grows that way. One
    /// that lies far aside counts only where there is no other.
    pub(crate) fn next(&self, from: Spot, bearing: Bearing, cosine: f64) -> Option<Spot> {
        let scaled = |at: [f64; 2]| [(at[0] - from.at[0]) * cosine, at[1] - from.at[1]];
        ASIDE.into_iter().find_map(|aside| {
            let cost = |at| circle(length(scaled(at)), bearing.along(scaled(at)), aside);
            let bound = |area: &Bounds| {
                let (least, most) = (scaled(area.least), scaled(area.most));
                let length = nearest_of(least, most);
                circle(length, bearing.along(least).max(bearing.along(most)), aside).max(length)
            };
            self.best(&bound, &cost)
        })
    }

    /// The dots of a grid in which hospitals lie, each as its column and its row from the upper left one.
    pub(crate) fn dots(&self, grid: &DotGrid) -> Vec<[u16; 2]> {
        let [columns, rows] = grid.size.map(usize::from);
        let mut is_set = vec![false; columns * rows];
        self.set_dots(&self.globe(), grid, &mut is_set);
        let dot = |at: usize| [at % columns, at / columns].map(|at| u16::try_from(at).unwrap_or(u16::MAX));
        (0..is_set.len()).filter(|at| is_set[*at]).map(dot).collect()
    }

    fn set_dots(&self, square: &Square, grid: &DotGrid, is_set: &mut [bool]) {
        let area = self.area(square);
        let from = grid.dot_of([area.least[0], area.most[1]]);
        let to = grid.dot_of([area.most[0], area.least[1]]);
        let [columns, rows] = grid.size.map(i64::from);
        if square.found.is_empty() || to[0] < 0 || to[1] < 0 || from[0] >= columns || from[1] >= rows {
            return;
        }
        // A square across the edge of two dots is divided until it is a quarter of a dot.
        let is_small = (0..2).all(|axis| area.most[axis] - area.least[axis] < grid.dot[axis] / 4.0);
        if from != to && !is_small && square.found.len() > 1 && square.level < DEEPEST {
            return self.quarters(square).iter().for_each(|quarter| self.set_dots(quarter, grid, is_set));
        }
        let [column, row] = grid.dot_of(self.spot_at(square.found.start).at);
        if (0..columns).contains(&column)
            && (0..rows).contains(&row)
            && let Ok(at) = usize::try_from(row * columns + column)
        {
            is_set[at] = true;
        }
    }

    // Squares.

    fn globe(&self) -> Square {
        Square { level: 0, corner: [0, 0], found: 0..self.points.len() }
    }

    fn quarters(&self, square: &Square) -> [Square; 4] {
        let level = square.level + 1;
        let side = 1_u64 << (DEEPEST - level);
        let mut start = square.found.start;
        [[0, 0], [1, 0], [0, 1], [1, 1]].map(|[right, up]| {
            let corner = [square.corner[0] + right * side, square.corner[1] + up * side];
            let last = interleaved(corner) + (side * side - 1);
            let rest = &self.points[start..square.found.end];
            let end = start + rest.partition_point(|(code, _)| *code <= last);
            let found = std::mem::replace(&mut start, end)..end;
            Square { level, corner, found }
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "32 bits are exact")]
    fn area(&self, square: &Square) -> Bounds {
        let side = 1_u64 << (DEEPEST - square.level);
        let degrees = |[x, y]: [u64; 2]| [self.west + x as f64 * UNIT[0], y as f64 * UNIT[1] - 90.0];
        let [x, y] = square.corner;
        Bounds { least: degrees([x, y]), most: degrees([x + side, y + side]) }
    }

    #[expect(clippy::cast_precision_loss, reason = "32 bits are exact")]
    fn spot_at(&self, at: usize) -> Spot {
        let (code, key) = self.points[at];
        let [x, y] = [code, code >> 1].map(|bits| gathered(bits) as f64 + 0.5);
        Spot { key, at: [self.west + x * UNIT[0], y * UNIT[1] - 90.0] }
    }

    /// The hospital that costs least, where it costs nothing less to go to any point of an area than its bound.
    fn best(&self, bound: &impl Fn(&Bounds) -> f64, cost: &impl Fn([f64; 2]) -> f64) -> Option<Spot> {
        let mut best = (f64::INFINITY, None);
        self.look_in(&self.globe(), bound, cost, &mut best);
        best.1
    }

    fn look_in(
        &self,
        square: &Square,
        bound: &impl Fn(&Bounds) -> f64,
        cost: &impl Fn([f64; 2]) -> f64,
        best: &mut (f64, Option<Spot>),
    ) {
        if square.found.len() <= 1 || square.level == DEEPEST {
            // All of the deepest squares lie at one place.
            for spot in square.found.clone().take(1).map(|at| self.spot_at(at)) {
                let cost = cost(spot.at);
                if cost < best.0 {
                    *best = (cost, Some(spot));
                }
            }
            return;
        }
        let mut quarters = self.quarters(square).map(|quarter| (bound(&self.area(&quarter)), quarter));
        quarters.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        for (least, quarter) in quarters {
            if least < best.0 {
                self.look_in(&quarter, bound, cost, best);
            }
        }
    }
}

impl DotGrid {
    /// The column and the row of a place, which may lie outside.
    #[expect(clippy::cast_possible_truncation, reason = "a saturated place is outside, too")]
    fn dot_of(&self, [east, north]: [f64; 2]) -> [i64; 2] {
        let [right, down] = [(east - self.corner[0]) / self.dot[0], (self.corner[1] - north) / self.dot[1]];
        [right.floor() as i64, down.floor() as i64]
    }
}

/// A square of the curve, and which points lie in it.
#[derive(Debug)]
struct Square {
    level: u32,
    /// Its lower left corner, in the smallest units.
    corner: [u64; 2],
    found: Range<usize>,
}

/// Degrees east and north of the smallest unit.
const UNIT: [f64; 2] = [360.0 / UNITS, 180.0 / UNITS];
const UNITS: f64 = 4_294_967_296.0;

/// The place on the curve of some degrees east and north.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
fn code(west: f64, [east, north]: [f64; 2]) -> u64 {
    let units = [(east - west) / UNIT[0], (north + 90.0) / UNIT[1]];
    interleaved(units.map(|units| units.clamp(0.0, UNITS - 1.0) as u64))
}

/// The bits of both numbers in turn.
fn interleaved([x, y]: [u64; 2]) -> u64 {
    let spread = |bits: u64| MASKS.iter().rev().fold(bits, |bits, (shift, mask)| (bits | bits << shift) & mask);
    spread(x) | spread(y) << 1
}

/// Every second bit, the lowest first.
fn gathered(bits: u64) -> u64 {
    let start = bits & MASKS[0].1;
    let after = MASKS[1..].iter().map(|(_, mask)| mask).chain([&0xffff_ffff]);
    MASKS.iter().zip(after).fold(start, |bits, ((shift, _), mask)| (bits | bits >> shift) & mask)
}

/// How far bits are moved, and which then count.
const MASKS: [(u32, u64); 5] = [
    (1, 0x5555_5555_5555_5555),
    (2, 0x3333_3333_3333_3333),
    (4, 0x0f0f_0f0f_0f0f_0f0f),
    (8, 0x00ff_00ff_00ff_00ff),
    (16, 0x0000_ffff_0000_ffff),
];

fn length([right, up]: [f64; 2]) -> f64 {
    right.hypot(up)
}

/// The width of the circle that begins here, grows in a direction and meets something so far away, and so far in that direction;
/// without an end where that lies too far aside.
fn circle(length: f64, along: f64, aside: f64) -> f64 {
    if along <= 0.0 || along < aside * length { f64::INFINITY } else { length * length / along }
}

/// How far the nearest point of a rectangle is.
fn nearest_of(least: [f64; 2], most: [f64; 2]) -> f64 {
    length([0, 1].map(|axis: usize| least[axis].max(-most[axis]).max(0.0)))
}

/// The degrees east at which the globe is best cut open: at 180, unless that tears apart points which lie on one half of the
/// globe.
fn cut(easts: impl Iterator<Item = f64>) -> f64 {
    /// Classes of a tenth of a degree.
    const CLASSES: u32 = 3_600;
    let class_width = 360.0 / f64::from(CLASSES);
    let mut is_taken = vec![false; CLASSES as usize];
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "there are few classes")]
    for east in easts {
        let class = ((east + 180.0).rem_euclid(360.0) / class_width) as usize;
        is_taken[class.min(CLASSES as usize - 1)] = true;
    }
    let taken: Vec<u32> = (0..CLASSES).zip(&is_taken).filter(|(_, is_taken)| **is_taken).map(|(at, _)| at).collect();
    let (Some(first), Some(last)) = (taken.first(), taken.last()) else { return -180.0 };
    let gaps = taken.windows(2).map(|pair| (pair[1] - pair[0], pair[0]));
    match gaps.max() {
        Some((gap, before)) if last - first > CLASSES / 2 && gap > CLASSES / 2 => {
            f64::from(before) * class_width + f64::from(gap) * class_width / 2.0 - 180.0
        }
        _ => -180.0,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the same sums are compared")]

    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::formats::{Options, load_bytes};

    /// Hospitals at these degrees east and north.
    fn map_of(points: &[[f64; 2]]) -> (Catalog, PointMap) {
        let row = |(at, [east, north]): (usize, &[f64; 2])| format!("{at},H{at},{north},{east}\n");
        let rows: String = points.iter().enumerate().map(row).collect();
        let text = format!("id,name,latitude,longitude\n{rows}");
        let catalog = load_bytes("t.csv", text.as_bytes(), &Options::default()).unwrap();
        let keys: Vec<HospitalKey> = catalog.keys().collect();
        let map = PointMap::new(&catalog, &keys);
        (catalog, map)
    }

    fn spots(map: &PointMap) -> Vec<Spot> {
        (0..map.len()).map(|at| map.spot_at(at)).collect()
    }

    /// The map of points without a catalog of their own: the keys are those of a large one.
    fn plain(points: &[[f64; 2]]) -> PointMap {
        let keys = KEYS.iter().copied();
        PointMap::of(points.iter().copied().zip(keys).collect(), points.len())
    }

    static KEYS: std::sync::LazyLock<Vec<HospitalKey>> = std::sync::LazyLock::new(|| {
        let rows: Vec<String> = (0..200).map(|at| format!("{at},H{at}")).collect();
        let catalog = load_bytes("t.csv", format!("id,name\n{}", rows.join("\n")).as_bytes(), &Options::default());
        catalog.unwrap().keys().collect()
    });

    fn any_points() -> impl Strategy<Value = Vec<[f64; 2]>> {
        let wide = [-180.0..180.0, -90.0..90.0_f64];
        // Places of a grid, so that some lie together, and in line.
        let few = [0_u8..6, 0_u8..6].prop_map(|place| place.map(|at| f64::from(at) * 2.0 - 5.0));
        proptest::collection::vec(prop_oneof![wide, few], 1..120)
    }

    #[test]
    fn a_place_on_the_curve_is_found_again() {
        for pair in [[0, 0], [1, 0], [0, 1], [u64::from(u32::MAX), 5], [0x1234_5678, 0x9abc_def0]] {
            let code = interleaved(pair);
            assert_eq!([gathered(code), gathered(code >> 1)], pair);
        }
        assert_eq!((interleaved([1, 0]), interleaved([0, 1]), interleaved([3, 3])), (1, 2, 15));
    }

    #[test]
    fn hospitals_on_both_sides_of_the_date_line_stay_together() {
        let (_, fiji) = map_of(&[[178.4, -18.1], [-179.9, -16.8], [177.0, -17.6]]);
        let bounds = fiji.bounds().unwrap();
        assert!(bounds.most[0] - bounds.least[0] < 4.0, "{bounds:?}");
        // On more than a half of the globe both ways, it is cut at 180.
        let (_, world) = map_of(&[[-170.0, 0.0], [-60.0, 0.0], [20.0, 0.0], [100.0, 0.0], [170.0, 0.0]]);
        assert_eq!(world.bounds().unwrap().least[0], -170.0);
        let (_, europe) = map_of(&[[-9.0, 39.0], [25.0, 60.0]]);
        assert_eq!(europe.bounds().unwrap(), Bounds { least: [-9.0, 39.0], most: [25.0, 60.0] });
    }

    #[test]
    fn hospitals_without_coordinates_are_counted() {
        let text = "id,name,latitude,longitude\n1,A,10,20\n2,B,,\n3,C,11,21\n";
        let catalog = load_bytes("t.csv", text.as_bytes(), &Options::default()).unwrap();
        let keys: Vec<HospitalKey> = catalog.keys().collect();
        let map = PointMap::new(&catalog, &keys);
        assert_eq!((map.len(), map.without), (2, 1));
        assert_eq!(map.spot(keys[1], catalog.points().of(keys[1])), None);
        assert_eq!(map.spot(keys[2], catalog.points().of(keys[2])).unwrap().key, keys[2]);
        let none = PointMap::new(&catalog, &keys[1..2]);
        assert!(none.is_empty() && none.bounds().is_none() && none.nearest([0.0, 0.0], 1.0).is_none());
    }

    #[test]
    fn those_at_one_place_follow_on_each_other() {
        let (_, map) = map_of(&[[5.0, 5.0], [1.0, 1.0], [5.0, 5.0], [5.0, 5.0]]);
        let first = map.nearest([5.0, 5.0], 1.0).unwrap();
        let mut seen = vec![first.key.index()];
        let mut at = first;
        while let Some(next) = map.next_here(at).filter(|next| *next != first) {
            seen.push(next.key.index());
            at = next;
        }
        assert_eq!(seen, [0, 2, 3]);
        assert_eq!(map.rank_here(at), (2, 3));
        let alone = map.nearest([1.0, 1.0], 1.0).unwrap();
        assert_eq!((map.rank_here(alone), map.next_here(alone)), ((0, 1), None));
    }

    /// How many places are reached from a hospital by going on in any direction.
    fn reached(map: &PointMap, start: Spot) -> usize {
        let (mut reached, mut waiting) = (HashSet::new(), vec![start]);
        while let Some(spot) = waiting.pop() {
            if reached.insert(code(map.west, spot.at)) {
                waiting.extend(Bearing::ALL.into_iter().filter_map(|bearing| map.next(spot, bearing, 1.0)));
            }
        }
        reached.len()
    }

    #[test]
    fn every_one_of_scattered_hospitals_can_be_reached_from_any_other() {
        use rand::{Rng, SeedableRng, rngs::SmallRng};

        let mut dice = SmallRng::seed_from_u64(7);
        for count in (2..80).step_by(3) {
            let points: Vec<[f64; 2]> =
                (0..count).map(|_| [dice.random_range(-60.0..60.0), dice.random_range(-30.0..30.0)]).collect();
            let map = plain(&points);
            for start in spots(&map) {
                assert_eq!(reached(&map, start), count, "from {start:?} among {points:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_nearest_one_is_the_nearest_of_all(points in any_points(), at in [-180.0..180.0, -90.0..90.0_f64]) {
            let map = plain(&points);
            let far = |spot: Spot| length([(spot.at[0] - at[0]) * 0.7, spot.at[1] - at[1]]);
            let least = spots(&map).into_iter().map(far).fold(f64::INFINITY, f64::min);
            prop_assert_eq!(far(map.nearest(at, 0.7).unwrap()), least);
        }

        #[test]
        fn the_next_one_lies_in_the_direction_and_none_is_nearer(points in any_points()) {
            let map = plain(&points);
            for from in spots(&map) {
                for bearing in Bearing::ALL {
                    let way = |to: Spot| [(to.at[0] - from.at[0]) * 0.7, to.at[1] - from.at[1]];
                    let cost = |to, aside| circle(length(way(to)), bearing.along(way(to)), aside);
                    let best = |aside| spots(&map).into_iter().map(|to| cost(to, aside)).reduce(f64::min);
                    let least = ASIDE.into_iter().filter_map(best).find(|least| least.is_finite());
                    prop_assert_eq!(map.next(from, bearing, 0.7).map(|to| cost(to, ASIDE[1])), least);
                }
            }
        }

        #[test]
        fn dots_stand_where_hospitals_lie_and_nowhere_else(points in any_points(), zoom in 1_u32..60) {
            let map = plain(&points);
            let width = f64::from(zoom) / 20.0;
            let grid = DotGrid { corner: [-60.0, 30.0], dot: [width, width], size: [160, 80] };
            let dots: HashSet<[i64; 2]> = map.dots(&grid).into_iter().map(|dot| dot.map(i64::from)).collect();
            let places: Vec<[i64; 2]> = spots(&map).into_iter().map(|spot| grid.dot_of(spot.at)).collect();
            for [column, row] in &places {
                let is_inside = (0..160).contains(column) && (0..80).contains(row);
                // A square smaller than a quarter of a dot is drawn as one, where its first hospital lies.
                let near = |dot: &[i64; 2]| (dot[0] - column).abs() <= 1 && (dot[1] - row).abs() <= 1;
                prop_assert!(!is_inside || dots.iter().any(near));
            }
            for dot in dots {
                prop_assert!(places.contains(&dot));
            }
        }
    }
}
