//! Where a GeoJSON geometry lies.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess, Visitor};

/// Where a feature lies: a point, or whatever else, of which the middle of its bounds is taken.
#[derive(Deserialize)]
pub(crate) struct Geometry {
    /// Esri calls them by the form of what they bound.
    #[serde(default, alias = "rings", alias = "paths", alias = "points")]
    coordinates: Bounds,
    /// A point, as Esri writes it.
    x: Option<f64>,
    y: Option<f64>,
    #[serde(default)]
    geometries: Vec<Geometry>,
}

impl Geometry {
    fn bounds(&self) -> Bounds {
        let point = self.x.zip(self.y).map_or(Bounds::default(), |(x, y)| Bounds([x, y, x, y]));
        self.geometries.iter().map(Self::bounds).fold(self.coordinates.with(point), Bounds::with)
    }

    /// The geometry of such `coordinates`.
    pub(crate) fn of_coordinates(text: &str) -> Option<Self> {
        let coordinates = serde_json::from_str(text).ok()?;
        Some(Self { coordinates, x: None, y: None, geometries: Vec::new() })
    }

    /// Latitude and longitude of the middle.
    pub(crate) fn centre(&self) -> Option<(f64, f64)> {
        let Bounds([west, south, east, north]) = self.bounds();
        // Of a single point the middle is the point itself, to the last digit.
        let middle = |low: f64, high: f64| if low < high { f64::midpoint(low, high) } else { low };
        (west <= east && south <= north).then(|| (middle(south, north), middle(west, east)))
    }
}

/// West, south, east, north of all positions.
#[derive(Clone, Copy)]
struct Bounds([f64; 4]);

impl Default for Bounds {
    fn default() -> Self {
        Self([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY])
    }
}

impl Bounds {
    fn with(self, other: Self) -> Self {
        let (Self([w, s, e, n]), Self([west, south, east, north])) = (self, other);
        Self([w.min(west), s.min(south), e.max(east), n.max(north)])
    }
}

impl<'de> Deserialize<'de> for Bounds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Coordinates::deserialize(deserializer)? {
            Coordinates::Bounds(bounds) => Ok(bounds),
            Coordinates::Number(_) => Err(de::Error::custom("coordinates are an array")),
        }
    }
}

/// A number, or positions in any depth of arrays.
enum Coordinates {
    Number(f64),
    Bounds(Bounds),
}

impl<'de> Deserialize<'de> for Coordinates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CoordinatesVisitor)
    }
}

struct CoordinatesVisitor;

impl<'de> Visitor<'de> for CoordinatesVisitor {
    type Value = Coordinates;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("coordinates")
    }

    fn visit_unit<E>(self) -> Result<Coordinates, E> {
        Ok(Coordinates::Bounds(Bounds::default()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Coordinates, E> {
        Ok(Coordinates::Number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees are small numbers")]
    fn visit_i64<E>(self, number: i64) -> Result<Coordinates, E> {
        Ok(Coordinates::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees are small numbers")]
    fn visit_u64<E>(self, number: u64) -> Result<Coordinates, E> {
        Ok(Coordinates::Number(number as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Coordinates, A::Error> {
        let (mut bounds, mut numbers) = (Bounds::default(), Vec::new());
        while let Some(element) = seq.next_element()? {
            match element {
                Coordinates::Number(number) => numbers.push(number),
                Coordinates::Bounds(inner) => bounds = bounds.with(inner),
            }
        }
        if let [east, north, ..] = numbers[..] {
            bounds = bounds.with(Bounds([east, north, east, north]));
        }
        Ok(Coordinates::Bounds(bounds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_geometry_has_a_middle() {
        for (geometry, centre) in [
            (r#"{"type": "Point", "coordinates": [114.23643, 22.26918]}"#, Some((22.26918, 114.23643))),
            (r#"{"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]]}"#, Some((1.0, 2.0))),
            (
                r#"{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}, {"type": "Point", "coordinates": [3, 6, 9]}]}"#,
                Some((4.0, 2.0)),
            ),
            (r#"{"x": 114.5, "y": 22.25}"#, Some((22.25, 114.5))),
            (r#"{"rings": [[[0, 0], [4, 0], [4, 2], [0, 0]]]}"#, Some((1.0, 2.0))),
            (r#"{"type": "Point", "coordinates": []}"#, None),
        ] {
            let geometry: Geometry = serde_json::from_str(geometry).unwrap();
            assert_eq!(geometry.centre(), centre);
        }
    }
}
