//! What stands in one object: its properties or tags, each with a heading.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::geometry::Geometry;
use super::objects::Kind;

/// Headings with their texts.
pub type Properties<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// An object, read: its properties in order, with `@id`, `@lat` and `@lon` for what stands outside them.
pub fn properties(raw: &str, kind: Kind) -> Result<Properties<'_>, serde_json::Error> {
    let (id, point, tags) = match kind {
        Kind::Array => (None, None, serde_json::from_str::<Tags>(raw)?),
        Kind::GeoJson => {
            let Feature { id, properties, geometry } = serde_json::from_str(raw)?;
            (id.and_then(|id| id.0), geometry.and_then(|geometry| geometry.centre()), properties.unwrap_or_default())
        }
        Kind::Overpass => {
            let Element { kind, id, lat, lon, center, tags } = serde_json::from_str(raw)?;
            let id = id.and_then(|id| Some(Cow::Owned(format!("{}/{}", kind?, id.0?))));
            (id, lat.zip(lon).or_else(|| center.map(|center| (center.lat, center.lon))), tags.unwrap_or_default())
        }
    };
    let mut all: Properties = Vec::with_capacity(tags.0.len() + 3);
    all.extend(id.map(|id| ("@id".into(), id)));
    if let Some((latitude, longitude)) = point {
        all.push(("@lat".into(), latitude.to_string().into()));
        all.push(("@lon".into(), longitude.to_string().into()));
    }
    all.extend(tags.0.into_iter().filter_map(|(heading, text)| Some((heading, text.0?))));
    Ok(all)
}

#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(borrow, default)]
    id: Option<Scalar<'a>>,
    #[serde(borrow, default)]
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
    center: Option<Centre>,
    #[serde(borrow, default)]
    tags: Option<Tags<'a>>,
}

#[derive(Deserialize)]
struct Centre {
    lat: f64,
    lon: f64,
}

/// Properties in the order in which they stand.
#[derive(Default)]
struct Tags<'a>(Vec<(Cow<'a, str>, Scalar<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for Tags<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsTags;

        impl<'de> Visitor<'de> for AsTags {
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

        deserializer.deserialize_map(AsTags)
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
