//! Which kind of JSON a file is.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::{RawValue, Value};

/// Which kind of JSON, other than a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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

/// Under what web services put their answer.
const WRAPPERS: [&str; 9] = ["results", "result", "data", "items", "records", "rows", "value", "values", "facilities"];

impl Kind {
    /// The kind of `text`, told from its first keys; none when it looks like a catalog, or like no JSON at all.
    pub fn of(text: &str) -> Option<Self> {
        if text.trim_start().starts_with('[') {
            return Some(Self::Array);
        }
        let mut found = None;
        // Reading ends, with an error that says nothing, at the first key that decides.
        match serde_json::Deserializer::from_str(text).deserialize_map(FirstKeys(&mut found)) {
            Ok(()) if is_followed(text) => Some(Self::Lines),
            _ => found,
        }
    }

    /// The field that holds the objects.
    pub fn field(self) -> &'static str {
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

struct FirstKeys<'a>(&'a mut Option<Kind>);

impl<'de> Visitor<'de> for FirstKeys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<str>>()? {
            *self.0 = match &*key {
                // Any of these without the list that belongs to it is told of in better words there.
                "type" => match map.next_value::<Value>()?.as_str() {
                    Some("FeatureCollection" | "Feature") => Some(Kind::GeoJson),
                    _ => continue,
                },
                "features" => Some(Kind::GeoJson),
                "elements" | "osm3s" => Some(Kind::Overpass),
                "hospitals" => None,
                key => {
                    // A key that decides may follow.
                    let wrapper = WRAPPERS.iter().find(|wrapper| **wrapper == key);
                    let value = map.next_value::<&RawValue>()?.get();
                    let is_list = value.strip_prefix('[').is_some_and(|list| list.trim_start().starts_with('{'));
                    if let Some(wrapper) = wrapper.filter(|_| is_list) {
                        *self.0 = Some(Kind::Wrapped(wrapper));
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
    fn the_kind_is_told_from_the_keys() {
        for (text, kind) in [
            (r#"{"type": "FeatureCollection", "features": []}"#, Some(Kind::GeoJson)),
            (r#"{"version": 0.6, "osm3s": {}, "elements": []}"#, Some(Kind::Overpass)),
            (r#"  [{"name": "A"}]"#, Some(Kind::Array)),
            (r#"{"title": "t", "hospitals": []}"#, None),
            (r#"{"data": [{}], "hospitals": []}"#, None),
            (r#"{"count": 1, "results": [{"name": "A"}]}"#, Some(Kind::Wrapped("results"))),
            (r#"{"results": ["A"]}"#, None),
            ("{\"name\": \"A\"}\n{\"name\": \"B\"}", Some(Kind::Lines)),
            (r#"{"name": "A"}"#, None),
            ("{\"name\": \"A\"}\n]", None),
            (r#"{"title": "#, None),
            (r#"{"type": "FeatureCollection"}"#, Some(Kind::GeoJson)),
            (r#"{"type": "Feature", "properties": {}}"#, Some(Kind::GeoJson)),
            (r#"{"type": "Topology"}"#, None),
            ("{", None),
        ] {
            assert_eq!(Kind::of(text), kind, "{text}");
        }
    }
}
