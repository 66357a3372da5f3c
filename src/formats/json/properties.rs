//! The properties or tags of one object, each with a heading.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::formats::json::geometry::Geometry;
use crate::formats::json::kind::JsonKind;

/// Headings with their texts.
pub(crate) type Properties<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// An object, read: its properties in order, with `@id`, `@lat` and `@lon` and so on for what is outside them. Of an
/// element of `OpenStreetMap` without tags nothing.
pub(crate) fn properties(raw: &str, kind: JsonKind) -> Result<Properties<'_>, serde_json::Error> {
    let (id, point, tags) = match kind {
        JsonKind::Array | JsonKind::Lines | JsonKind::Wrapped(_) => (None, None, serde_json::from_str::<Tags>(raw)?),
        JsonKind::GeoJson | JsonKind::FeatureLines => {
            let Feature { id, properties, geometry } = serde_json::from_str(raw)?;
            (id.and_then(|id| id.0), geometry.and_then(|geometry| geometry.centre()), properties.unwrap_or_default())
        }
        JsonKind::Overpass => {
            let element: Element = serde_json::from_str(raw)?;
            return Ok(element.properties());
        }
    };
    Ok(joined(id, point, tags))
}

fn joined<'a>(id: Option<Cow<'a, str>>, point: Option<(f64, f64)>, tags: Tags<'a>) -> Properties<'a> {
    let mut all: Properties = Vec::with_capacity(tags.0.len() + 3);
    all.extend(id.map(|id| ("@id".into(), id)));
    if let Some((latitude, longitude)) = point {
        all.push(("@lat".into(), latitude.to_string().into()));
        all.push(("@lon".into(), longitude.to_string().into()));
    }
    all.extend(tags.0.into_iter().filter_map(|(heading, text)| Some((heading, text.0?))));
    all
}

#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(borrow, default)]
    id: Option<Scalar<'a>>,
    /// Esri calls them attributes.
    #[serde(borrow, default, alias = "attributes")]
    properties: Option<Tags<'a>>,
    #[serde(default)]
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Element<'a> {
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(borrow, default)]
    id: Option<Scalar<'a>>,
    lat: Option<f64>,
    lon: Option<f64>,
    center: Option<OverpassPoint>,
    bounds: Option<OverpassBounds>,
    geometry: Option<Vec<Option<OverpassPoint>>>,
    #[serde(borrow, default)]
    timestamp: Option<Scalar<'a>>,
    #[serde(borrow, default)]
    version: Option<Scalar<'a>>,
    #[serde(borrow, default)]
    changeset: Option<Scalar<'a>>,
    #[serde(borrow, default)]
    user: Option<Scalar<'a>>,
    #[serde(borrow, default)]
    uid: Option<Scalar<'a>>,
    #[serde(borrow, default)]
    tags: Option<Tags<'a>>,
}

#[derive(Clone, Copy, Deserialize)]
struct OverpassPoint {
    lat: f64,
    lon: f64,
}

#[derive(Deserialize)]
struct OverpassBounds {
    #[serde(rename = "minlat")]
    south: f64,
    #[serde(rename = "minlon")]
    west: f64,
    #[serde(rename = "maxlat")]
    north: f64,
    #[serde(rename = "maxlon")]
    east: f64,
}

impl<'a> Element<'a> {
    fn properties(self) -> Properties<'a> {
        let point = self.point();
        let Some(tags) = self.tags.filter(|tags| !tags.0.is_empty()) else { return Vec::new() };
        let id = self.id.zip(self.kind).and_then(|(id, kind)| Some(Cow::Owned(format!("{kind}/{}", id.0?))));
        let about = [
            ("@timestamp", self.timestamp),
            ("@version", self.version),
            ("@changeset", self.changeset),
            ("@user", self.user),
            ("@uid", self.uid),
        ];
        let mut all = joined(id, point, tags);
        all.extend(about.into_iter().filter_map(|(heading, text)| Some((heading.into(), text?.0?))));
        all
    }

    /// Latitude and longitude: its own, or the middle of a way or relation.
    fn point(&self) -> Option<(f64, f64)> {
        let stated = self.lat.zip(self.lon).or_else(|| self.center.map(|centre| (centre.lat, centre.lon)));
        let bounds = || self.bounds.as_ref().map(|one| [one.south, one.west, one.north, one.east]);
        let outline = || {
            let points = self.geometry.as_deref()?.iter().flatten();
            points.map(|at| [at.lat, at.lon, at.lat, at.lon]).reduce(|[s, w, n, e], [south, west, north, east]| {
                [s.min(south), w.min(west), n.max(north), e.max(east)]
            })
        };
        let middle = |[south, west, north, east]: [f64; 4]| (f64::midpoint(south, north), f64::midpoint(west, east));
        stated.or_else(|| bounds().or_else(outline).map(middle))
    }
}

/// Properties in the order in which they stand.
#[derive(Default)]
struct Tags<'a>(Vec<(Cow<'a, str>, Scalar<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for Tags<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TagsVisitor;

        impl<'de> Visitor<'de> for TagsVisitor {
            type Value = Tags<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tags<'de>, A::Error> {
                let mut tags = Vec::new();
                while let Some((heading, text)) = map.next_entry::<Cow<str>, Scalar>()? {
                    tags.push((heading, text));
                }
                Ok(Tags(tags))
            }
        }

        deserializer.deserialize_map(TagsVisitor)
    }
}

/// A value as text; of what is nested, its JSON.
struct Scalar<'a>(Option<Cow<'a, str>>);

impl<'de: 'a, 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let text = match raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str::<Cow<str>>(raw).map_err(de::Error::custom)?,
            _ => Cow::Borrowed(raw),
        };
        Ok(Self((raw != "null").then_some(text)))
    }
}
