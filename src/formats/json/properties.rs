//! The properties or tags of one object, each with a heading.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::formats::json::geometry::Geometry;
use crate::formats::json::kind::Form;
use crate::formats::json::property_list::Properties;
use crate::formats::json::resource;
use crate::formats::kml;

/// An object, read: its properties in order, with `@id`, `@lat` and `@lon` and so on for what is outside them. Of an
/// element of `OpenStreetMap` without tags, and of a resource that is no place of care, nothing.
pub(crate) fn properties<'a>(raw: &'a str, form: &Form) -> Result<Properties<'a>, serde_json::Error> {
    let (id, point, tags) = match form {
        Form::Plain => {
            let mut tags = serde_json::from_str::<Tags>(raw)?;
            (None, tags.take_point(), tags)
        }
        Form::Feature => {
            let Feature { id, properties, geometry } = serde_json::from_str(raw)?;
            (id.and_then(|id| id.0), geometry.and_then(|geometry| geometry.centre()), properties.unwrap_or_default())
        }
        Form::Element => {
            let element: Element = serde_json::from_str(raw)?;
            return Ok(element.properties());
        }
        Form::Record => {
            let Record { id, created, mut fields } = serde_json::from_str(raw)?;
            fields.0.extend(created.map(|created| (Cow::Borrowed("createdTime"), created)));
            (id.and_then(|id| id.0), fields.take_point(), fields)
        }
        Form::Cells(columns) => {
            let cells: Vec<Scalar> = serde_json::from_str(raw)?;
            let cells = columns.iter().zip(cells);
            let cell = |(column, cell): (&Option<String>, Scalar<'a>)| Some((Cow::Owned(column.clone()?), cell));
            (None, None, Tags(cells.filter_map(cell).collect()))
        }
        Form::Placemark => return kml::properties(raw).map_err(de::Error::custom),
        Form::Resource => return Ok(resource::properties(&serde_json::from_str(raw)?)),
        Form::Geometry([scale, origin]) => {
            let Feature { id, properties, .. } = serde_json::from_str(raw)?;
            // Lines and areas have numbers of arcs instead.
            let point = serde_json::from_str::<Geometry>(raw)?.centre();
            // A position has no more digits than a centimetre needs.
            let placed = |at: f64, axis: usize| (at.mul_add(scale[axis], origin[axis]) * 1e7).round() / 1e7;
            let point = point.map(|(north, east)| (placed(north, 1), placed(east, 0)));
            (id.and_then(|id| id.0), point, properties.unwrap_or_default())
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
struct Record<'a> {
    #[serde(borrow, default)]
    id: Option<Scalar<'a>>,
    #[serde(borrow, default, rename = "createdTime")]
    created: Option<Scalar<'a>>,
    #[serde(borrow, default)]
    fields: Tags<'a>,
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

/// Properties in the order in which they stand. Those of an object within are called `outer.inner`.
#[derive(Default)]
struct Tags<'a>(Vec<(Cow<'a, str>, Scalar<'a>)>);

/// Most properties of an object within that become columns; one with more is a table of its own.
const MOST_NESTED: usize = 60;

/// How deep objects within become columns.
const DEEPEST: usize = 4;

impl<'a> Tags<'a> {
    fn push(&mut self, heading: Cow<'a, str>, raw: &'a str, depth: usize) -> Result<(), serde_json::Error> {
        if raw.starts_with('{') && depth < DEEPEST {
            let inner: RawTags = serde_json::from_str(raw)?;
            if (1..=MOST_NESTED).contains(&inner.0.len()) {
                for (key, raw) in inner.0 {
                    self.push(Cow::Owned(format!("{heading}.{key}")), raw, depth + 1)?;
                }
                return Ok(());
            }
        }
        self.0.push((heading, Scalar::of(raw)?));
        Ok(())
    }

    /// Takes the place out of an object's geometry or position.
    fn take_point(&mut self) -> Option<(f64, f64)> {
        const PAIRS: [[&str; 2]; 4] = [["lat", "lon"], ["lat", "lng"], ["latitude", "longitude"], ["lat", "long"]];
        const OUTER: [&str; 8] =
            ["geometry", "location", "position", "coordinates", "geo", "point", "geolocation", "latlng"];
        let text = |outer: &str, inner: &str| {
            let is_wanted =
                |heading: &str| heading.strip_prefix(outer).and_then(|rest| rest.strip_prefix('.')) == Some(inner);
            self.0.iter().find(|(heading, _)| is_wanted(heading)).and_then(|(_, text)| text.0.as_deref())
        };
        let number =
            |outer: &str, inner: &str| text(outer, inner)?.parse::<f64>().ok().filter(|number| number.is_finite());
        let pair = |outer: &str| {
            PAIRS.into_iter().find_map(|used| Some(((number(outer, used[0])?, number(outer, used[1])?), used)))
        };
        let of_geometry = |outer: &str| {
            Some((Geometry::of_coordinates(text(outer, "coordinates")?)?.centre()?, ["coordinates", "type"]))
        };
        let found = |outer: &&'static str| Some((*outer, pair(outer).or_else(|| of_geometry(outer))?));
        let (outer, (point, used)) = OUTER.iter().find_map(found)?;
        self.0.retain(|(heading, _)| !used.iter().any(|inner| *heading == format!("{outer}.{inner}")));
        Some(point)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Tags<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut tags = Tags::default();
        for (heading, raw) in RawTags::deserialize(deserializer)?.0 {
            tags.push(heading, raw, 0).map_err(de::Error::custom)?;
        }
        Ok(tags)
    }
}

/// Properties as they stand.
struct RawTags<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'de: 'a, 'a> Deserialize<'de> for RawTags<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TagsVisitor;

        impl<'de> Visitor<'de> for TagsVisitor {
            type Value = RawTags<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawTags<'de>, A::Error> {
                let mut tags = Vec::new();
                while let Some((heading, raw)) = map.next_entry::<Cow<str>, &RawValue>()? {
                    tags.push((heading, raw.get()));
                }
                Ok(RawTags(tags))
            }
        }

        deserializer.deserialize_map(TagsVisitor)
    }
}

/// A value as text; of what is nested, its JSON.
struct Scalar<'a>(Option<Cow<'a, str>>);

impl<'a> Scalar<'a> {
    fn of(raw: &'a str) -> Result<Self, serde_json::Error> {
        let text = match raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str::<Cow<str>>(raw)?,
            _ => Cow::Borrowed(raw),
        };
        Ok(Self((raw != "null").then_some(text)))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of(<&RawValue>::deserialize(deserializer)?.get()).map_err(de::Error::custom)
    }
}
