//! Which kind of JSON a file is.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Which kind of JSON, other than a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonKind {
    /// A `FeatureCollection`.
    GeoJson,
    /// What the Overpass API answers.
    Overpass,
    /// An array of objects.
    Array,
    /// Objects one after the other, as a rule one a line: JSON Lines. One alone is one too.
    Lines,
    /// The same of `Feature`s.
    FeatureLines,
    /// An object with an array of objects under one of the names under which web services answer: that name.
    Wrapped(&'static str),
}

/// The fields of a catalog by which it is known, even where others are missing.
const CATALOG: [&str; 7] = ["$schema", "title", "sources", "families", "measures", "terms", "hospitals"];

/// The names under which web services put their answer.
const WRAPPERS: [&str; 9] = ["results", "result", "data", "items", "records", "rows", "value", "values", "facilities"];

impl JsonKind {
    /// The kind of `text` by its first keys; none when it looks like a catalog, or like no JSON at all.
    pub(crate) fn of(text: &str) -> Option<Self> {
        if text.trim_start().starts_with('[') {
            return Some(Self::Array);
        }
        let mut keys = FirstKeys::default();
        let mut deserializer = serde_json::Deserializer::from_str(text);
        // Reading ends at the first key that decides, with an error that is ignored.
        let is_read = deserializer.deserialize_map(&mut keys).is_ok();
        let is_alone = is_read && deserializer.end().is_ok();
        match keys.found {
            found if !is_read => found,
            _ if is_followed(text) => Some(Self::Lines),
            None if is_alone && keys.has_scalar && !keys.is_catalog => Some(Self::Lines),
            found => found,
        }
    }

    /// The field that holds the objects.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::GeoJson => "features",
            Self::Overpass => "elements",
            Self::Array | Self::Lines | Self::FeatureLines => "",
            Self::Wrapped(name) => name,
        }
    }
}

/// Whether another object follows on the first.
fn is_followed(text: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let is_read = values.next().is_some_and(|value| value.is_ok());
    is_read && text[values.byte_offset()..].trim_start().starts_with('{')
}

/// What the first keys of an object tell.
#[derive(Default)]
struct FirstKeys {
    found: Option<JsonKind>,
    /// Whether a key is one of a catalog.
    is_catalog: bool,
    /// Whether a value is neither an object nor an array.
    has_scalar: bool,
}

impl FirstKeys {
    /// Notes a key that does not decide, as one that does may follow.
    fn note(&mut self, key: &str, value: &str) {
        self.is_catalog |= CATALOG.contains(&key);
        self.has_scalar |= !value.starts_with(['[', '{']);
        let Some(wrapper) = WRAPPERS.iter().find(|wrapper| **wrapper == key) else { return };
        match value.strip_prefix('[').map(str::trim_start) {
            Some(list) if list.starts_with('{') => self.found = Some(JsonKind::Wrapped(wrapper)),
            // What is empty is the answer only if nothing else is.
            Some("]") => self.found = self.found.or(Some(JsonKind::Wrapped(wrapper))),
            _ => {}
        }
    }
}

impl<'de> Visitor<'de> for &mut FirstKeys {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<str>>()? {
            self.found = match &*key {
                // What is missing then is reported by the reader of that kind.
                "features" => Some(JsonKind::GeoJson),
                "elements" | "osm3s" => Some(JsonKind::Overpass),
                "hospitals" => None,
                key => {
                    let value = map.next_value::<&RawValue>()?.get();
                    match (key, value) {
                        ("type", r#""FeatureCollection""#) => Some(JsonKind::GeoJson),
                        ("type", r#""Feature""#) => Some(JsonKind::FeatureLines),
                        _ => {
                            self.note(key, value);
                            continue;
                        }
                    }
                }
            };
            return Err(de::Error::custom("decided"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_keys_decide_the_kind() {
        for (text, kind) in [
            (r#"{"type": "FeatureCollection", "features": []}"#, Some(JsonKind::GeoJson)),
            (r#"{"version": 0.6, "osm3s": {}, "elements": []}"#, Some(JsonKind::Overpass)),
            (r#"  [{"name": "A"}]"#, Some(JsonKind::Array)),
            (r#"{"title": "t", "hospitals": []}"#, None),
            (r#"{"data": [{}], "hospitals": []}"#, None),
            (r#"{"count": 1, "results": [{"name": "A"}]}"#, Some(JsonKind::Wrapped("results"))),
            (r#"{"results": ["A"]}"#, None),
            ("{\"name\": \"A\"}\n{\"name\": \"B\"}", Some(JsonKind::Lines)),
            (r#"{"name": "A"}"#, Some(JsonKind::Lines)),
            (r#"{"name": "A", "hospitals": []}"#, None),
            (r#"{"title": "t"}"#, None),
            (r#"{"hospital": [{"name": "A"}]}"#, None),
            (r#"{"results": []}"#, Some(JsonKind::Wrapped("results"))),
            (r#"{"results": [{"name": "A"}], "items": []}"#, Some(JsonKind::Wrapped("results"))),
            (r#"{"items": [], "results": [{"name": "A"}]}"#, Some(JsonKind::Wrapped("results"))),
            ("{}", None),
            ("{\"name\": \"A\"}\n]", None),
            (r#"{"title": "#, None),
            (r#"{"type": "FeatureCollection"}"#, Some(JsonKind::GeoJson)),
            (r#"{"type": "Feature", "properties": {}}"#, Some(JsonKind::FeatureLines)),
            (r#"{"type": "Topology", "objects": {}}"#, Some(JsonKind::Lines)),
            ("{", None),
        ] {
            assert_eq!(JsonKind::of(text), kind, "{text}");
        }
    }
}
