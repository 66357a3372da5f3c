//! Which kind of objects a JSON file holds.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::formats::json::kind::{Form, Frame, ObjectKind};
use crate::formats::json::outline::{self, CATALOG, First};

/// The names under which web services put their answer.
const WRAPPERS: [&str; 9] = ["results", "result", "data", "items", "records", "rows", "value", "values", "facilities"];

/// The kind of `text` by its first keys, or by the lists in it; none when it looks like a catalog, or like no JSON at
/// all.
pub(crate) fn kind_of(text: &str) -> Option<ObjectKind> {
    if text.trim_start().starts_with('[') {
        return Some(ObjectKind { frame: Frame::Array, form: outline::form_in_array(text) });
    }
    let mut keys = FirstKeys::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    // Reading ends at the first key that decides, with an error that is ignored.
    let is_read = deserializer.deserialize_map(&mut keys).is_ok();
    let is_alone = is_read && deserializer.end().is_ok();
    match keys.found {
        found if !is_read && !keys.is_open => found,
        _ if is_followed(text) => Some(ObjectKind { frame: Frame::Lines, form: outline::form_of(text) }),
        found => outline::list(text).or(match found {
            None if is_alone && keys.has_scalar && !keys.is_catalog => Some(ObjectKind::LINES),
            found => found,
        }),
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
#[expect(clippy::struct_excessive_bools, reason = "each is of another key")]
struct FirstKeys {
    found: Option<ObjectKind>,
    /// Whether a key is one of a catalog; and whether it is another than the title, which other files have, too.
    is_catalog: bool,
    is_own: bool,
    /// Whether a value is neither an object nor an array.
    has_scalar: bool,
    /// Whether there are hospitals, and at most a title before them: more has to be looked at.
    is_open: bool,
}

impl FirstKeys {
    /// Notes a key that does not decide, as one that does may follow.
    fn note(&mut self, key: &str, value: &str) {
        self.is_catalog |= CATALOG.contains(&key);
        self.is_own |= CATALOG.contains(&key) && key != "title";
        self.has_scalar |= !value.starts_with(['[', '{']);
        let Some(wrapper) = WRAPPERS.iter().find(|wrapper| **wrapper == key) else { return };
        match value.strip_prefix('[').map(str::trim_start) {
            Some(list) if list.starts_with('{') => self.found = Some(ObjectKind::list(wrapper, Form::Plain)),
            // What is empty is the answer only if nothing else is.
            Some("]") if self.found.is_none() => self.found = Some(ObjectKind::list(wrapper, Form::Plain)),
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
                "features" => Some(ObjectKind::list("features", Form::Feature)),
                "elements" | "osm3s" => Some(ObjectKind::list("elements", Form::Element)),
                "hospitals" => {
                    self.is_open = !self.is_own && {
                        let mut first = First { most: 1, objects: Vec::new() };
                        // Reading ends behind the first, with an error that is ignored.
                        let _ = map.next_value_seed(&mut first);
                        first.objects.first().is_some_and(|first| !outline::is_own_hospital(first, self.is_catalog))
                    };
                    None
                }
                key => {
                    let value = map.next_value::<&RawValue>()?.get();
                    match (key, value) {
                        ("type", r#""FeatureCollection""#) => Some(ObjectKind::list("features", Form::Feature)),
                        ("type", r#""Feature""#) => Some(ObjectKind { frame: Frame::Lines, form: Form::Feature }),
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

    #[expect(clippy::unnecessary_wraps, reason = "it stands beside kinds that are none")]
    fn list(path: &[&str], form: Form) -> Option<ObjectKind> {
        Some(ObjectKind { frame: Frame::List(path.iter().map(|key| (*key).to_owned()).collect()), form })
    }

    #[test]
    fn the_first_keys_decide_the_kind() {
        let wrapped = |key| list(&[key], Form::Plain);
        for (text, kind) in [
            (r#"{"type": "FeatureCollection", "features": []}"#, list(&["features"], Form::Feature)),
            (r#"{"version": 0.6, "osm3s": {}, "elements": []}"#, list(&["elements"], Form::Element)),
            (r#"  [{"name": "A"}]"#, Some(ObjectKind { frame: Frame::Array, form: Form::Plain })),
            (r#"{"title": "t", "hospitals": []}"#, None),
            (r#"{"data": [{}], "hospitals": []}"#, None),
            (r#"{"count": 1, "results": [{"name": "A"}]}"#, wrapped("results")),
            (r#"{"results": ["A"]}"#, None),
            ("{\"name\": \"A\"}\n{\"name\": \"B\"}", Some(ObjectKind::LINES)),
            (r#"{"name": "A"}"#, Some(ObjectKind::LINES)),
            (r#"{"name": "A", "hospitals": []}"#, None),
            (r#"{"title": "t"}"#, None),
            (r#"{"results": []}"#, wrapped("results")),
            (r#"{"results": [{"name": "A"}], "items": []}"#, wrapped("results")),
            (r#"{"items": [], "results": [{"name": "A"}]}"#, wrapped("results")),
            ("{}", None),
            ("{\"name\": \"A\"}\n]", None),
            (r#"{"title": "#, None),
            (r#"{"type": "FeatureCollection"}"#, list(&["features"], Form::Feature)),
            (r#"{"type": "Feature", "properties": {}}"#, Some(ObjectKind { frame: Frame::Lines, form: Form::Feature })),
            ("{", None),
        ] {
            assert_eq!(kind_of(text), kind, "{text}");
        }
    }

    #[test]
    fn the_list_in_an_object_is_found() {
        for (text, kind) in [
            (r#"{"hospital": [{"name": "A"}]}"#, list(&["hospital"], Form::Plain)),
            (r#"{"Result": [{"Name": "A"}, {"Name": "B"}]}"#, list(&["Result"], Form::Plain)),
            (r#"{"data": {"items": [{"name": "A"}]}}"#, list(&["data", "items"], Form::Plain)),
            (r#"{"page": 1, "a": [{"x": 1}, {"x": 2}], "b": [{"name": "A"}]}"#, list(&["b"], Form::Plain)),
            (r#"{"a": [{"name": 1}], "b": [{"name": "A"}, {"name": "B"}]}"#, list(&["b"], Form::Plain)),
            (r#"{"meta": {}, "hospitals": [{"id": 1, "name": "A"}]}"#, list(&["hospitals"], Form::Plain)),
            (r#"{"hospitals": [{"name": "A", "lat": 1}]}"#, list(&["hospitals"], Form::Plain)),
            // A hospital with a list of its own.
            (r#"{"name": "A", "wards": [{"name": "x"}, {"name": "y"}]}"#, Some(ObjectKind::LINES)),
            // Catalogs of ours, each with a mistake.
            (r#"{"hospitals": [{"id": "a", "name": "A"}]}"#, None),
            (r#"{"titel": "T", "hospitals": [{"id": "a", "nam": "A", "figures": []}]}"#, None),
            (r#"{"title": "T", "hospitals": [{"id": "a", "nam": "A"}]}"#, None),
            (
                r#"{"title": "T", "sources": [{"id": "s", "title": "S"}], "hospitals": [{"id": "a", "lat": 1, "lon": 2}]}"#,
                None,
            ),
            (
                r#"{"title": "T", "hospitals": [{"id": "a", "name": "A", "lat": 1, "lon": 2}]}"#,
                list(&["hospitals"], Form::Plain),
            ),
            (r#"{"records": [{"id": "r", "fields": {"Name": "A"}}]}"#, list(&["records"], Form::Record)),
            (r#"[{"id": "r", "fields": {"Name": "A"}}]"#, Some(ObjectKind { frame: Frame::Array, form: Form::Record })),
            (r#"{"resourceType": "Bundle", "entry": [{"resource": {}}]}"#, list(&["entry"], Form::Resource)),
            (
                r#"{"meta": {"view": {"columns": [{"name": "sid", "fieldName": ":sid"}, {"name": "Name"}]}}, "data": [["r", "A"]]}"#,
                list(&["data"], Form::Cells(vec![None, Some("Name".to_owned())])),
            ),
            (
                r#"{"columns": ["name", "city"], "index": [0], "data": [["A", "B"]]}"#,
                list(&["data"], Form::Cells(vec![Some("name".to_owned()), Some("city".to_owned())])),
            ),
            (
                r#"{"type": "Topology", "objects": {"h": {"geometries": []}}, "transform": {"scale": [2, 3], "translate": [4, 5]}}"#,
                list(&["objects", "h", "geometries"], Form::Geometry([[2.0, 3.0], [4.0, 5.0]])),
            ),
        ] {
            assert_eq!(kind_of(text), kind, "{text}");
        }
    }
}
