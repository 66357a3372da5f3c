//! Which kind of JSON a file is.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::{RawValue, Value};

/// Which kind of JSON, other than a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonKind {
    /// A `FeatureCollection`.
    GeoJson,
    /// What the Overpass API answers.
    Overpass,
    /// An array of objects.
    Array,
    /// Objects one after the other, as a rule one a line: JSON Lines.
    Lines,
    /// An object with an array of objects under one of the names under which web services answer: that name.
    Wrapped(&'static str),
}

/// The names under which web services put their answer.
const WRAPPERS: [&str; 9] = ["results", "result", "data", "items", "records", "rows", "value", "values", "facilities"];

impl JsonKind {
    /// The kind of `text` by its first keys; none when it looks like a catalog, or like no JSON at all.
    pub(crate) fn of(text: &str) -> Option<Self> {
        if text.trim_start().starts_with('[') {
            return Some(Self::Array);
        }
        let mut found = None;
        // Reading ends at the first key that decides, with an error that is ignored.
        match serde_json::Deserializer::from_str(text).deserialize_map(FirstKeysVisitor(&mut found)) {
            Ok(()) if is_followed(text) => Some(Self::Lines),
            _ => found,
        }
    }

    /// The field that holds the objects.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::GeoJson => "features",
            Self::Overpass => "elements",
            Self::Array | Self::Lines => "",
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

struct FirstKeysVisitor<'a>(&'a mut Option<JsonKind>);

impl<'de> Visitor<'de> for FirstKeysVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<str>>()? {
            *self.0 = match &*key {
                // What is missing then is reported by the reader of that kind.
                "type" => match map.next_value::<Value>()?.as_str() {
                    Some("FeatureCollection" | "Feature") => Some(JsonKind::GeoJson),
                    _ => continue,
                },
                "features" => Some(JsonKind::GeoJson),
                "elements" | "osm3s" => Some(JsonKind::Overpass),
                "hospitals" => None,
                key => {
                    // A key that decides may follow.
                    let wrapper = WRAPPERS.iter().find(|wrapper| **wrapper == key);
                    let value = map.next_value::<&RawValue>()?.get();
                    let is_list = value.strip_prefix('[').is_some_and(|list| list.trim_start().starts_with('{'));
                    if let Some(wrapper) = wrapper.filter(|_| is_list) {
                        *self.0 = Some(JsonKind::Wrapped(wrapper));
                    }
                    continue;
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
            (r#"{"name": "A"}"#, None),
            ("{\"name\": \"A\"}\n]", None),
            (r#"{"title": "#, None),
            (r#"{"type": "FeatureCollection"}"#, Some(JsonKind::GeoJson)),
            (r#"{"type": "Feature", "properties": {}}"#, Some(JsonKind::GeoJson)),
            (r#"{"type": "Topology"}"#, None),
            ("{", None),
        ] {
            assert_eq!(JsonKind::of(text), kind, "{text}");
        }
    }
}
