//! GeoJSON, Overpass JSON and arrays of objects: each object is a row, each property or tag a column.

use std::borrow::Cow;
use std::fmt;

use hashbrown::HashMap;
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::input::LoadError;
use super::plan::Plan;
use super::row::{MAX_COLUMNS, Maker};
use super::{Reading, profiles, table, value};
use crate::catalog::check::{self, Spot};
use crate::catalog::{Dataset, Period, Problem};
use crate::text::Text;

/// Objects between two looks.
const LOOK: usize = 4_096;

/// Which kind of JSON, other than a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A `FeatureCollection`.
    GeoJson,
    /// What the Overpass API answers.
    Overpass,
    /// An array of objects.
    Array,
}

impl Kind {
    /// The kind of `text`, told from its first keys; none when it looks like a catalog, or like no JSON at all.
    pub fn of(text: &str) -> Option<Self> {
        if text.trim_start().starts_with('[') {
            return Some(Self::Array);
        }
        let mut found = None;
        // Reading ends, with an error that says nothing, at the first key that decides.
        let _ = serde_json::Deserializer::from_str(text).deserialize_map(FirstKeys(&mut found));
        found
    }

    /// The field that holds the objects.
    fn field(self) -> &'static str {
        match self {
            Self::GeoJson => "features",
            Self::Overpass => "elements",
            Self::Array => "",
        }
    }
}

struct FirstKeys<'a>(&'a mut Option<Kind>);

impl<'de> Visitor<'de> for FirstKeys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<str>>()? {
            *self.0 = match &*key {
                "features" => Some(Kind::GeoJson),
                "elements" | "osm3s" => Some(Kind::Overpass),
                "hospitals" => None,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            return Err(de::Error::custom("decided"));
        }
        Ok(())
    }
}

/// The objects of a file as they stand, and the day that the file itself bears.
#[derive(Default)]
struct Objects<'a> {
    all: Vec<&'a str>,
    stated: Option<Period>,
}

struct IntoObjects<'o, 'a> {
    kind: Kind,
    into: &'o mut Objects<'a>,
}

impl<'de> Visitor<'de> for IntoObjects<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.kind {
            Kind::Array => f.write_str("an array of objects"),
            kind => write!(f, "an object with `{}`", kind.field()),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<Cow<str>>()? {
            if *key == *self.kind.field() {
                map.next_value_seed(IntoObjects { kind: Kind::Array, into: &mut *self.into })?;
                found = true;
            } else if *key == *"osm3s" {
                let about: std::collections::HashMap<String, String> = map.next_value()?;
                self.into.stated = about.get("timestamp_osm_base").and_then(|day| value::date(day)).map(as_edition);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if found { Ok(()) } else { Err(de::Error::missing_field(self.kind.field())) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(object) = seq.next_element::<&RawValue>()? {
            self.into.all.push(object.get());
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for IntoObjects<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.kind {
            Kind::Array => deserializer.deserialize_seq(self),
            _ => deserializer.deserialize_map(self),
        }
    }
}

/// The day of a dataset's state says when it was so, not when anything was counted.
fn as_edition(day: Period) -> Period {
    match day {
        Period::In(day) => Period::Edition(day, Some(day)),
        other => other,
    }
}

fn objects<'a>(text: &'a str, kind: Kind, origin: &Text) -> Result<Objects<'a>, LoadError> {
    let mut objects = Objects::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read =
        IntoObjects { kind, into: &mut objects }.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    match read {
        Ok(()) => Ok(objects),
        Err(error) => Err(LoadError::Problems(vec![check::broken(text, origin, &error)])),
    }
}

/// Headings with their texts.
type Properties<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// An object, read: its properties in order, with `@id`, `@lat` and `@lon` for what stands outside them.
fn properties(raw: &str, kind: Kind) -> Result<Properties<'_>, serde_json::Error> {
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

/// Where a feature lies: a point, or whatever else, of which the middle of its bounds is taken.
#[derive(Deserialize)]
struct Geometry {
    #[serde(default)]
    coordinates: Bounds,
    #[serde(default)]
    geometries: Vec<Geometry>,
}

impl Geometry {
    fn bounds(&self) -> Bounds {
        self.geometries.iter().map(Self::bounds).fold(self.coordinates, Bounds::with)
    }

    /// Latitude and longitude of the middle.
    fn centre(&self) -> Option<(f64, f64)> {
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
        /// A number, or positions in any depth of arrays.
        enum Nested {
            Number(f64),
            Bounds(Bounds),
        }

        impl<'de> Deserialize<'de> for Nested {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(AsNested)
            }
        }

        struct AsNested;

        impl<'de> Visitor<'de> for AsNested {
            type Value = Nested;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("coordinates")
            }

            fn visit_unit<E>(self) -> Result<Nested, E> {
                Ok(Nested::Bounds(Bounds::default()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Nested, E> {
                Ok(Nested::Number(number))
            }

            #[expect(clippy::cast_precision_loss, reason = "degrees are small numbers")]
            fn visit_i64<E>(self, number: i64) -> Result<Nested, E> {
                Ok(Nested::Number(number as f64))
            }

            #[expect(clippy::cast_precision_loss, reason = "degrees are small numbers")]
            fn visit_u64<E>(self, number: u64) -> Result<Nested, E> {
                Ok(Nested::Number(number as f64))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Nested, A::Error> {
                let (mut bounds, mut numbers) = (Bounds::default(), Vec::new());
                while let Some(nested) = seq.next_element()? {
                    match nested {
                        Nested::Number(number) => numbers.push(number),
                        Nested::Bounds(inner) => bounds = bounds.with(inner),
                    }
                }
                if let [east, north, ..] = numbers[..] {
                    bounds = bounds.with(Bounds([east, north, east, north]));
                }
                Ok(Nested::Bounds(bounds))
            }
        }

        match Nested::deserialize(deserializer)? {
            Nested::Bounds(bounds) => Ok(bounds),
            Nested::Number(_) => Err(de::Error::custom("coordinates are an array")),
        }
    }
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

/// The columns of a file's objects, in the order in which they first stand.
#[derive(Default)]
struct Headings {
    known: HashMap<String, usize>,
}

impl Headings {
    /// Those of all objects that can be read.
    fn of(objects: &Objects, kind: Kind) -> Self {
        let mut headings = Self::default();
        for (heading, _) in objects.all.iter().filter_map(|raw| properties(raw, kind).ok()).flatten() {
            let next = headings.known.len();
            headings.known.entry_ref(&*heading).or_insert(next);
        }
        headings
    }

    fn list(&self) -> Vec<Text> {
        let mut list = vec![Text::default(); self.known.len()];
        for (heading, at) in &self.known {
            list[*at] = Text::clean(heading);
        }
        list
    }
}

/// The columns of a file.
///
/// # Errors
///
/// When it is no JSON of that kind.
pub fn headings(text: &str, kind: Kind, origin: &Text) -> Result<Vec<Text>, LoadError> {
    let objects = objects(text, kind, origin)?;
    Ok(Headings::of(&objects, kind).list())
}

/// Reads objects into the catalog that is gathered.
///
/// # Errors
///
/// When it is no JSON, or nothing can be understood of it; single objects are set aside.
pub fn read(text: &str, kind: Kind, reading: &mut Reading, mut dataset: Dataset) -> Result<(), LoadError> {
    let origin = dataset.origin.clone();
    let unreadable = |reason: String| LoadError::unreadable(&origin, reason);
    let objects = objects(text, kind, &origin)?;
    let headings = Headings::of(&objects, kind);
    if objects.all.is_empty() || headings.known.is_empty() {
        return Err(unreadable(format!("there is nothing in {}", what(kind))));
    }
    if headings.known.len() > MAX_COLUMNS {
        return Err(unreadable(format!("more than {MAX_COLUMNS} different properties; is it one dataset?")));
    }
    let fit = profiles::choose(&headings.list(), reading.options.profile.as_deref()).map_err(unreadable)?;
    let maker = table::begin(Plan::new(fit), reading, &mut dataset, objects.stated).map_err(LoadError::Clash)?;
    let mut rows = Rows { text, kind, origin: &origin, headings, maker, reading };
    for (at, raw) in objects.all.iter().enumerate() {
        rows.row(at, raw);
        if (at + 1).is_multiple_of(LOOK) {
            let end = raw.as_ptr() as usize - text.as_ptr() as usize + raw.len();
            rows.reading.tell(&origin, end as u64, text.len())?;
        }
    }
    let Rows { reading, .. } = rows;
    let aside =
        reading.gathering.dataset().map(|dataset| &mut dataset.aside).filter(|aside| aside.count == objects.all.len());
    match aside {
        Some(aside) => Err(LoadError::Problems(std::mem::take(aside).first)),
        None => Ok(()),
    }
}

fn what(kind: Kind) -> String {
    match kind {
        Kind::Array => "the array".to_owned(),
        kind => format!("`{}`", kind.field()),
    }
}

/// The objects of a file.
struct Rows<'a, 'r> {
    text: &'a str,
    kind: Kind,
    origin: &'a Text,
    headings: Headings,
    maker: Maker,
    reading: &'a mut Reading<'r>,
}

impl Rows<'_, '_> {
    fn row(&mut self, at: usize, raw: &str) {
        let (message, cure) = match properties(raw, self.kind) {
            Ok(properties) => {
                let mut cells = vec![""; self.headings.known.len()];
                for (heading, text) in &properties {
                    if let Some(at) = self.headings.known.get(&**heading) {
                        cells[*at] = text;
                    }
                }
                match self.maker.hospital(|at| cells[at]) {
                    Some(made) => {
                        if let Some(doubled) = &made.doubled {
                            let message = format!(
                                "the id `{doubled}` stands earlier too; here it is called `{}`",
                                made.hospital.id
                            );
                            self.note(at, raw, &message, "give each hospital an id of its own", false);
                        }
                        self.reading.gathering.push(made.hospital);
                        return;
                    }
                    None => ("no name".to_owned(), "give the hospital a name, or name its property in a profile"),
                }
            }
            Err(error) => {
                let says = error.to_string();
                let says = says.rsplit_once(" at line ").map_or(says.as_str(), |(message, _)| message);
                (format!("not what it should be: {says}"), "mend it, or fetch the file again")
            }
        };
        self.note(at, raw, &message, cure, true);
    }

    /// Sets an object aside, or only remarks on it.
    fn note(&mut self, at: usize, raw: &str, message: &str, cure: &str, is_aside: bool) {
        let path = format!("{}[{at}]", self.kind.field());
        let Some(dataset) = self.reading.gathering.dataset() else { return };
        let list = if is_aside { &mut dataset.aside } else { &mut dataset.remarks };
        list.push_with(|| {
            let start = raw.as_ptr() as usize - self.text.as_ptr() as usize;
            let line = check::line_of(self.text, start);
            let spot = Spot { text: self.text, line, at: start..start + raw.len() };
            Problem::new(self.origin, &spot, &path, message, cure)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_told_from_the_keys() {
        for (text, kind) in [
            (r#"{"type": "FeatureCollection", "features": []}"#, Some(Kind::GeoJson)),
            (r#"{"version": 0.6, "osm3s": {}, "elements": []}"#, Some(Kind::Overpass)),
            (r#"  [{"name": "A"}]"#, Some(Kind::Array)),
            (r#"{"title": "t", "hospitals": []}"#, None),
            (r#"{"title": "#, None),
            ("{", None),
        ] {
            assert_eq!(Kind::of(text), kind, "{text}");
        }
    }

    #[test]
    fn every_geometry_has_a_middle() {
        for (geometry, centre) in [
            (r#"{"type": "Point", "coordinates": [114.23643, 22.26918]}"#, Some((22.26918, 114.23643))),
            (r#"{"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]]}"#, Some((1.0, 2.0))),
            (
                r#"{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}, {"type": "Point", "coordinates": [3, 6, 9]}]}"#,
                Some((4.0, 2.0)),
            ),
            (r#"{"type": "Point", "coordinates": []}"#, None),
        ] {
            let geometry: Geometry = serde_json::from_str(geometry).unwrap();
            assert_eq!(geometry.centre(), centre);
        }
    }
}
