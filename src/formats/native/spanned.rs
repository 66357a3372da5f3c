//! Spanned JSON: values with their bytes in the file.
//!
//! `serde_json` says where a file breaks the grammar of JSON, but not where a value is that violates a rule.
//! [`SpannedJson`] keeps the offsets of values. It is built only for a file with a problem, so that good files pay
//! nothing, and only as deep as it is looked into. Values can be removed, so that reading goes on past a problem to the
//! next one; array elements then still know the index that they had in the file.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::formats::json::error;
use crate::formats::native::path::{JsonPath, PathStep};

/// A JSON value and the byte at which it starts.
pub(crate) struct SpannedJson<'a> {
    offset: usize,
    raw: &'a str,
    content: SpannedContent<'a>,
}

/// Levels that a file may nest; a catalog needs eight.
const DEEPEST: usize = 64;

/// The byte at which JSON is nested too deep to be read.
pub(crate) fn nested_too_deep(json: &str) -> Option<usize> {
    let (mut level, mut in_string, mut is_escaped) = (0, false, false);
    for (at, byte) in json.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string && level == DEEPEST => return Some(at),
            b'{' | b'[' if !in_string => level += 1,
            b'}' | b']' if !in_string => level -= 1,
            _ => {}
        }
    }
    None
}

/// Levels that are looked into at once: the file, its lists, and their elements as a whole. A file may have hundreds of
/// thousands of elements; with all levels open they would take many times its size.
const OPEN: usize = 2;

enum SpannedContent<'a> {
    Object(Vec<(Cow<'a, str>, SpannedJson<'a>)>),
    Array(Vec<(usize, SpannedJson<'a>)>),
    Scalar,
    /// An object or an array, not yet looked into.
    Closed,
    /// An object that keeps to the grammar and still cannot be read: at which of its bytes, and what is wrong.
    Unreadable(usize, Box<str>),
}

/// Something that keeps to the grammar of JSON and still cannot be read.
pub(crate) struct UnreadableValue {
    /// The byte at which it starts.
    pub(crate) offset: usize,
    /// Its length in bytes.
    pub(crate) length: usize,
    /// What is wrong.
    pub(crate) message: String,
}

/// The entries of an object in file order, duplicate keys included.
struct ObjectEntries<'a>(Vec<(ObjectKey<'a>, &'a RawValue)>);

/// A key, as the text has it unless it is escaped there.
#[derive(Deserialize)]
struct ObjectKey<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for ObjectEntries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;

        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = ObjectEntries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ObjectEntries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(ObjectEntries(entries))
            }
        }

        deserializer.deserialize_map(EntriesVisitor)
    }
}

impl<'a> SpannedContent<'a> {
    /// What an object or an array holds, each part made a node by `inner`.
    fn of(raw: &'a str, inner: impl Fn(&'a RawValue) -> SpannedJson<'a>) -> Self {
        let read = if raw.starts_with('{') {
            serde_json::from_str(raw).map(|ObjectEntries(entries)| {
                Self::Object(entries.into_iter().map(|(ObjectKey(key), raw)| (key, inner(raw))).collect())
            })
        } else {
            serde_json::from_str(raw)
                .map(|elements: Vec<&RawValue>| Self::Array(elements.into_iter().map(inner).enumerate().collect()))
        };
        read.unwrap_or_else(|error| Self::Unreadable(error::offset(&error, raw), error::message(&error).into()))
    }
}

impl<'a> SpannedJson<'a> {
    /// Reads `text`, all of which must be JSON, and not [`nested_too_deep`].
    ///
    /// # Errors
    ///
    /// Where `text` is no JSON, with line and column.
    pub(crate) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        let raw: &RawValue = serde_json::from_str(text)?;
        Ok(Self::build(text.as_ptr() as usize, raw, OPEN))
    }

    /// The node of a part of the text that starts at the address `start`, with nodes for so many levels of it.
    fn build(start: usize, raw: &'a RawValue, open: usize) -> Self {
        let raw = raw.get();
        let offset = raw.as_ptr() as usize - start;
        let content = match raw.as_bytes().first() {
            Some(b'{' | b'[') if open == 0 => SpannedContent::Closed,
            Some(b'{' | b'[') => SpannedContent::of(raw, |raw| Self::build(start, raw, open - 1)),
            _ => SpannedContent::Scalar,
        };
        Self { offset, raw, content }
    }

    /// This closed node with everything in it.
    fn opened(&self) -> Self {
        let start = self.raw.as_ptr() as usize - self.offset;
        Self { content: SpannedContent::of(self.raw, |raw| Self::build(start, raw, DEEPEST)), ..*self }
    }

    /// Looks into this value, if that has not been done.
    fn open(&mut self) {
        if matches!(self.content, SpannedContent::Closed) {
            *self = self.opened();
        }
    }

    /// The value, without what was removed and without duplicate keys.
    pub(crate) fn to_value(&self) -> Value {
        match &self.content {
            SpannedContent::Object(entries) => {
                entries.iter().map(|(key, node)| (key.to_string(), node.to_value())).collect()
            }
            SpannedContent::Array(elements) => elements.iter().map(|(_, node)| node.to_value()).collect(),
            SpannedContent::Scalar | SpannedContent::Closed => serde_json::from_str(self.raw).unwrap_or(Value::Null),
            SpannedContent::Unreadable(..) => Value::Null,
        }
    }

    /// The value at `path`, as [`Self::to_value`] gives it.
    pub(crate) fn value_at(&self, path: &JsonPath) -> Option<Value> {
        self.get(path).map(Self::to_value)
    }

    /// Whether there is a value at `path`.
    pub(crate) fn has(&self, path: &JsonPath) -> bool {
        self.get(path).is_some()
    }

    /// The value at `path`, as far as it has been looked into.
    fn get(&self, path: &JsonPath) -> Option<&Self> {
        path.0.iter().try_fold(self, |node, step| node.child(step).map(|(child, _)| child))
    }

    /// Whether this is an object.
    pub(crate) fn is_object(&self) -> bool {
        matches!(self.content, SpannedContent::Object(_))
    }

    /// Empties the array at the top that `path` names.
    pub(crate) fn take_elements(&mut self, path: &JsonPath) -> Vec<(usize, Self)> {
        self.elements(path).map(std::mem::take).unwrap_or_default()
    }

    /// Fills it again.
    pub(crate) fn put_elements(&mut self, path: &JsonPath, elements: Vec<(usize, Self)>) {
        if let Some(empty) = self.elements(path) {
            *empty = elements;
        }
    }

    fn elements(&mut self, path: &JsonPath) -> Option<&mut Vec<(usize, Self)>> {
        let [PathStep::Field(name)] = &path.0[..] else { return None };
        let SpannedContent::Object(entries) = &mut self.content else { return None };
        match &mut entries.iter_mut().find(|(key, _)| key == name)?.1.content {
            SpannedContent::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The byte at which the deepest value on `path` starts, its length, and the path as the file has it.
    pub(crate) fn find(&mut self, path: &JsonPath) -> (usize, usize, JsonPath) {
        // All on the way must have been looked into.
        let _ = self.get_mut(path);
        let (mut node, mut original) = (&*self, JsonPath::default());
        for step in &path.0 {
            let Some((next, step)) = node.child(step) else { break };
            original.0.push(step);
            node = next;
        }
        (node.offset, node.raw.len(), original)
    }

    fn child(&self, step: &PathStep) -> Option<(&Self, PathStep)> {
        match (&self.content, step) {
            (SpannedContent::Object(entries), PathStep::Field(name)) => {
                entries.iter().find(|(key, _)| key == name).map(|(_, node)| (node, step.clone()))
            }
            (SpannedContent::Array(elements), PathStep::Index(at)) => {
                elements.get(*at).map(|(original, node)| (node, PathStep::Index(*original)))
            }
            _ => None,
        }
    }

    /// The first part that keeps to the grammar and still cannot be read: half a character, a number beyond all.
    pub(crate) fn unreadable(&self) -> Option<UnreadableValue> {
        let unreadable = |at, length, message: &str| {
            Some(UnreadableValue { offset: self.offset + at, length, message: format!("not valid JSON: {message}") })
        };
        match &self.content {
            SpannedContent::Object(entries) => entries.iter().find_map(|(_, node)| node.unreadable()),
            SpannedContent::Array(elements) => elements.iter().find_map(|(_, node)| node.unreadable()),
            SpannedContent::Closed => self.opened().unreadable(),
            SpannedContent::Scalar => {
                unreadable(0, self.raw.len(), &error::message(&serde_json::from_str::<Value>(self.raw).err()?))
            }
            SpannedContent::Unreadable(at, message) => unreadable(*at, 1, message),
        }
    }

    /// The fields of the object at `path`, in file order.
    pub(crate) fn fields(&mut self, path: &JsonPath) -> Vec<String> {
        match self.get_mut(path).map(|node| &node.content) {
            Some(SpannedContent::Object(entries)) => entries.iter().map(|(key, _)| key.to_string()).collect(),
            _ => Vec::new(),
        }
    }

    /// The value at `path`. It and all on the way are looked into.
    fn get_mut(&mut self, path: &JsonPath) -> Option<&mut Self> {
        let node = path.0.iter().try_fold(self, Self::child_mut)?;
        node.open();
        Some(node)
    }

    fn child_mut(&mut self, step: &PathStep) -> Option<&mut Self> {
        self.open();
        match (&mut self.content, step) {
            (SpannedContent::Object(entries), PathStep::Field(name)) => {
                entries.iter_mut().find(|(key, _)| key == name).map(|(_, node)| node)
            }
            (SpannedContent::Array(elements), PathStep::Index(at)) => elements.get_mut(*at).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Takes the value at `path` out of the tree. Whether there was one.
    pub(crate) fn remove(&mut self, path: &JsonPath) -> bool {
        let Some((parent, last)) = path.split_last() else { return false };
        let Some(node) = self.get_mut(&parent) else { return false };
        match (&mut node.content, last) {
            (SpannedContent::Object(entries), PathStep::Field(name)) => {
                entries.iter().position(|(key, _)| key == name).map(|at| entries.remove(at)).is_some()
            }
            (SpannedContent::Array(elements), PathStep::Index(at)) if *at < elements.len() => {
                elements.remove(*at);
                true
            }
            _ => false,
        }
    }

    /// Takes the later of equal keys out of all objects, so many of them: the path of each one's object, the key, and its
    /// offset.
    pub(crate) fn take_duplicate_keys(&mut self, most: usize) -> Vec<(JsonPath, String, usize)> {
        let mut taken = Vec::new();
        self.take_duplicate_keys_into(&mut taken, &JsonPath::default(), most);
        taken
    }

    fn take_duplicate_keys_into(&mut self, taken: &mut Vec<(JsonPath, String, usize)>, path: &JsonPath, most: usize) {
        let before = taken.len();
        match &mut self.content {
            SpannedContent::Object(entries) => {
                let mut seen = HashSet::new();
                entries.retain(|(key, node)| {
                    let is_kept = seen.insert(key.clone()) || taken.len() >= most;
                    if !is_kept {
                        taken.push((path.clone(), key.to_string(), node.offset));
                    }
                    is_kept
                });
                for (key, node) in entries {
                    node.take_duplicate_keys_into(taken, &path.field(key), most);
                }
            }
            SpannedContent::Array(elements) => {
                for (at, node) in elements {
                    node.take_duplicate_keys_into(taken, &path.index(*at), most);
                }
            }
            SpannedContent::Closed if taken.len() < most => {
                let mut opened = self.opened();
                opened.take_duplicate_keys_into(taken, path, most);
                if taken.len() > before {
                    *self = opened;
                }
            }
            SpannedContent::Closed | SpannedContent::Scalar | SpannedContent::Unreadable(..) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(steps: &[&str]) -> JsonPath {
        JsonPath(
            steps
                .iter()
                .map(|s| s.parse().map_or_else(|_| PathStep::Field((*s).to_owned()), PathStep::Index))
                .collect(),
        )
    }

    #[test]
    fn places_survive_removal() {
        let text = r#"{"a": [1, {"b": 2}, 3], "c": "é"}"#;
        let mut node = SpannedJson::parse(text).unwrap();
        let (offset, length, original) = node.find(&path(&["a", "1", "b"]));
        assert_eq!((&text[offset..offset + length], original.to_string().as_str()), ("2", "a[1].b"));
        assert!(node.remove(&path(&["a", "0"])));
        assert!(!node.remove(&path(&["a", "7"])));
        let (offset, _, original) = node.find(&path(&["a", "0", "b"]));
        assert_eq!((&text[offset..=offset], original.to_string().as_str()), ("2", "a[1].b"));
        assert_eq!(node.to_value(), serde_json::json!({"a": [{"b": 2}, 3], "c": "é"}));
    }

    #[test]
    fn a_duplicate_key_is_found() {
        let text = r#"{"a": [{"b": 1, "c": 2, "b": 3}, {"d": {"e": 1, "e": 2, "e": 3}}, {"f": 1}], "a": 4}"#;
        let taken = |most| {
            let mut node = SpannedJson::parse(text).unwrap();
            let taken = node.take_duplicate_keys(most).into_iter();
            let shown = taken.map(|(object, key, at)| format!("{object} {key} {}", &text[at..=at])).collect::<Vec<_>>();
            (shown, node)
        };
        let (all, mut node) = taken(9);
        assert_eq!(all, [" a 4", "a[0] b 3", "a[1].d e 2", "a[1].d e 3"]);
        assert_eq!(node.to_value(), serde_json::json!({"a": [{"b": 1, "c": 2}, {"d": {"e": 1}}, {"f": 1}]}));
        assert_eq!(node.take_duplicate_keys(9), []);
        assert_eq!(node.fields(&path(&["a", "2"])), ["f"]);
        assert_eq!(taken(2).0, all[..2]);
    }

    #[test]
    fn what_cannot_be_read_is_found_where_it_stands() {
        for text in [
            "{\"a\": 1,\n\"\\ud800\": 2}",
            "[[{\"a\": {\n\"\\ud800\": 2}}]]",
            "[[[[\"é\",\n \"\\ud800\"]]]]",
            "[[[1e999]]]",
        ] {
            let found = SpannedJson::parse(text).unwrap().unreadable().unwrap();
            let expected = if text.contains("1e") { 3 } else { text.find('\n').unwrap() };
            assert!((expected..expected + 9).contains(&found.offset), "{text}: {}", found.offset);
        }
    }

    #[test]
    fn deep_nesting_is_found_before_anything_is_built() {
        let nested = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(nested_too_deep(&nested(DEEPEST)), None);
        assert_eq!(nested_too_deep(&nested(DEEPEST + 1)), Some(DEEPEST));
        assert_eq!(nested_too_deep(&format!("[\"\\\"{}\"]", nested(99))), None, "brackets in a string do not count");
    }
}
