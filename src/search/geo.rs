//! Points on the globe and how far they are from each other.

use std::sync::LazyLock;

use geographiclib_rs::{Geodesic, InverseGeodesic};

/// A point on the globe, WGS 84.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GeoPoint {
    /// Billionths of a degree north: a tenth of a millimetre. Whole numbers, so that points can be told apart.
    north: i64,
    /// Billionths of a degree east.
    east: i64,
}

const BILLION: f64 = 1e9;

impl GeoPoint {
    /// The point at those degrees north and east; none where it is not on the globe. Degrees east may go on behind 180, as
    /// -181 does.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "degrees on the globe are small")]
    pub(crate) fn new([north, east]: [f64; 2]) -> Option<Self> {
        let is_on_globe = (-90.0..=90.0).contains(&north) && (-360.0..=360.0).contains(&east);
        let round = |degrees: f64| (degrees * BILLION).round() as i64;
        is_on_globe.then(|| Self { north: round(north), east: round(east) })
    }

    /// Degrees north and east.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "billionths of degrees on the globe are exact")]
    pub fn degrees(self) -> [f64; 2] {
        [self.north as f64 / BILLION, self.east as f64 / BILLION]
    }

    /// How many metres it is to a point at those degrees north and east, on the shortest way on the ellipsoid.
    #[must_use]
    pub(crate) fn metres_to(self, [north, east]: [f64; 2]) -> f64 {
        static EARTH: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);
        let [own_north, own_east] = self.degrees();
        EARTH.inverse(own_north, own_east, north, east)
    }
}

/// The middle of points: that of their directions from the centre of the globe, so that the date line is no border. None of no
/// points, and of some that lie all around.
pub(crate) fn middle(points: impl IntoIterator<Item = [f64; 2]>) -> Option<GeoPoint> {
    let mut sum = [0.0_f64; 3];
    for [north, east] in points {
        let (north, east) = (north.to_radians(), east.to_radians());
        let direction = [north.cos() * east.cos(), north.cos() * east.sin(), north.sin()];
        sum.iter_mut().zip(direction).for_each(|(sum, part)| *sum += part);
    }
    let [x, y, z] = sum;
    let length = x.hypot(y);
    if length.hypot(z) < 1e-9 {
        return None;
    }
    GeoPoint::new([z.atan2(length).to_degrees(), y.atan2(x).to_degrees()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_another_formula() {
        let table = include_str!("../../tests/data/distances.tsv");
        let mut pairs = 0;
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let (name, numbers) = line.split_once('\t').unwrap();
            let numbers: Vec<f64> = numbers.split('\t').map(|number| number.parse().unwrap()).collect();
            let [north, east, other_north, other_east, metres] = numbers[..] else { panic!("{line}") };
            let (one, other) = ([north, east], [other_north, other_east]);
            for (from, to) in [(one, other), (other, one)] {
                let found = GeoPoint::new(from).unwrap().metres_to(to);
                assert!((found - metres).abs() <= metres * 0.001 + 0.01, "{name}: {found} m, not {metres} m");
            }
            pairs += 1;
        }
        assert_eq!(pairs, 50);
    }

    #[test]
    fn the_middle_lies_between_also_across_the_date_line_and_at_a_pole() {
        let degrees = |points: &[[f64; 2]]| middle(points.iter().copied()).map(GeoPoint::degrees);
        let near = |points: &[[f64; 2]], [north, east]: [f64; 2]| {
            let middle = GeoPoint::new(degrees(points).unwrap()).unwrap();
            assert!(middle.metres_to([north, east]) < 100.0, "{points:?}: {middle:?}");
        };
        near(&[[0.0, 179.0], [0.0, -179.0]], [0.0, 180.0]);
        near(&[[89.0, 0.0], [89.0, 180.0]], [90.0, 0.0]);
        near(&[[42.0, -71.0]], [42.0, -71.0]);
        assert_eq!(degrees(&[]), None);
        assert_eq!(degrees(&[[0.0, 0.0], [0.0, 180.0]]), None);
    }

    #[test]
    fn what_is_not_on_the_globe_is_no_point() {
        for degrees in [[90.1, 0.0], [0.0, 361.0], [f64::NAN, 0.0], [0.0, f64::INFINITY]] {
            assert_eq!(GeoPoint::new(degrees), None);
        }
        assert_eq!(GeoPoint::new([-90.0, 180.0]).map(GeoPoint::degrees), Some([-90.0, 180.0]));
    }
}
