//! JSON with its places kept: which byte a value stands at, by path.
//!
//! `serde_json` says where a file breaks its grammar, but not where a value stands that breaks a rule.
//! A [`Node`] tree keeps the offset of every value. It is only built once a file has a problem, so good
//! files pay nothing, and only as deep as it is looked into. Nodes can be removed, so that reading goes on past a problem to the next one;
//! array elements then still know the index they had in the file.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// One step of a path into a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A field of an object.
    Field(String),
    /// An element of an array, from 0.
    Index(usize),
}

/// A path into a file, shown as `hospitals[3].figures[2].measure`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// This path with a field added.
    pub fn field(&self, name: &str) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Field(name.to_owned()));
        Self(steps)
    }

    /// This path with an index added.
    pub fn index(&self, at: usize) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Index(at));
        Self(steps)
    }

    /// This path without its last step, and that step.
    pub fn split_last(&self) -> Option<(Self, &Step)> {
        let (last, rest) = self.0.split_last()?;
        Some((Self(rest.to_vec()), last))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if at == 0 => write!(f, "{name}")?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A JSON value and the byte at which it starts.
pub struct Node<'a> {
    offset: usize,
    raw: &'a str,
    kind: Kind<'a>,
}

/// Levels that a file may nest; a catalog needs eight.
const DEEPEST: usize = 64;

/// Levels that are looked into at once: the file, its lists, and their elements as a whole. A file may have hundreds of
/// thousands of these, and as nodes they would take many times its size.
const OPEN: usize = 2;

enum Kind<'a> {
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
    Array(Vec<(usize, Node<'a>)>),
    Scalar,
    /// An object or an array, not yet looked into.
    Closed,
    /// Something nested too deep to be read.
    TooDeep,
    /// An object that keeps to the grammar and still stands for nothing: what is wrong.
    Unreadable(Box<str>),
}

/// Something that keeps to the grammar of JSON and still cannot be read.
pub struct Unreadable {
    /// The byte at which it starts.
    pub offset: usize,
    /// Its length in bytes.
    pub length: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub cure: &'static str,
}

/// The entries of an object in file order, doubled keys included.
struct Entries<'a>(Vec<(Key<'a>, &'a RawValue)>);

/// A key, as the text has it unless it is escaped there.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsEntries;

        impl<'de> Visitor<'de> for AsEntries {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(AsEntries)
    }
}

impl<'a> Kind<'a> {
    /// What an object or an array holds, each part made a node by `inner`.
    fn of(raw: &'a str, inner: impl Fn(&'a RawValue) -> Node<'a>) -> Result<Self, serde_json::Error> {
        if raw.starts_with('{') {
            let Entries(entries) = serde_json::from_str(raw)?;
            Ok(Self::Object(entries.into_iter().map(|(Key(key), raw)| (key, inner(raw))).collect()))
        } else {
            let elements: Vec<&RawValue> = serde_json::from_str(raw)?;
            Ok(Self::Array(elements.into_iter().map(inner).enumerate().collect()))
        }
    }
}

/// What `serde_json` says, without the place, which counts from the start of the part.
pub fn said(error: &serde_json::Error) -> String {
    let says = error.to_string();
    says.rsplit_once(" at line ").map_or(says.as_str(), |(message, _)| message).to_owned()
}

impl<'a> Node<'a> {
    /// Reads `text`, all of which must be JSON.
    ///
    /// # Errors
    ///
    /// Where `text` is no JSON, with line and column.
    pub fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        let raw: &RawValue = serde_json::from_str(text)?;
        Ok(Self::build(text.as_ptr() as usize, raw, DEEPEST, OPEN))
    }

    /// The node of a part of the text that starts at the address `start`, with nodes for so many levels of it.
    fn build(start: usize, raw: &'a RawValue, levels: usize, open: usize) -> Self {
        let raw = raw.get();
        let offset = raw.as_ptr() as usize - start;
        let kind = match raw.as_bytes().first() {
            Some(b'{' | b'[') if levels == 0 => Kind::TooDeep,
            Some(b'{' | b'[') if open == 0 => Kind::Closed,
            Some(b'{' | b'[') => {
                let inner = |raw| Self::build(start, raw, levels - 1, open - 1);
                Kind::of(raw, inner).unwrap_or_else(|error| Kind::Unreadable(said(&error).into()))
            }
            _ => Kind::Scalar,
        };
        Self { offset, raw, kind }
    }

    /// This closed node with everything in it.
    fn opened(&self) -> Self {
        let inner = |raw| Self::build(self.raw.as_ptr() as usize - self.offset, raw, DEEPEST - OPEN - 1, DEEPEST);
        let kind = Kind::of(self.raw, inner).unwrap_or_else(|error| Kind::Unreadable(said(&error).into()));
        Self { kind, ..*self }
    }

    /// The value, without what was removed and without doubled keys.
    pub fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Object(entries) => entries.iter().map(|(key, node)| (key.to_string(), node.to_value())).collect(),
            Kind::Array(elements) => elements.iter().map(|(_, node)| node.to_value()).collect(),
            Kind::Scalar | Kind::Closed => serde_json::from_str(self.raw).unwrap_or(Value::Null),
            Kind::TooDeep | Kind::Unreadable(_) => Value::Null,
        }
    }

    /// The value at `path`, as [`Self::to_value`] gives it.
    pub fn value_at(&self, path: &Path) -> Option<Value> {
        let node = path.0.iter().try_fold(self, |node, step| node.child(step).map(|(child, _)| child))?;
        Some(node.to_value())
    }

    /// Whether there is a value at `path`.
    pub fn has(&self, path: &Path) -> bool {
        path.0.iter().try_fold(self, |node, step| node.child(step).map(|(child, _)| child)).is_some()
    }

    /// Whether this is an object.
    pub fn is_object(&self) -> bool {
        matches!(self.kind, Kind::Object(_))
    }

    /// Empties the array at the top that `path` names.
    pub fn take_elements(&mut self, path: &Path) -> Vec<(usize, Self)> {
        self.elements(path).map(std::mem::take).unwrap_or_default()
    }

    /// Fills it again.
    pub fn put_elements(&mut self, path: &Path, elements: Vec<(usize, Self)>) {
        if let Some(empty) = self.elements(path) {
            *empty = elements;
        }
    }

    fn elements(&mut self, path: &Path) -> Option<&mut Vec<(usize, Self)>> {
        let [Step::Field(name)] = &path.0[..] else { return None };
        let Kind::Object(entries) = &mut self.kind else { return None };
        match &mut entries.iter_mut().find(|(key, _)| key == name)?.1.kind {
            Kind::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The byte at which the deepest value on `path` starts, its length, and the path as the file has it.
    pub fn find(&mut self, path: &Path) -> (usize, usize, Path) {
        self.open(path);
        let (mut node, mut original) = (&*self, Path::default());
        for step in &path.0 {
            let Some((next, step)) = node.child(step) else { break };
            original.0.push(step);
            node = next;
        }
        (node.offset, node.raw.len(), original)
    }

    fn child(&self, step: &Step) -> Option<(&Self, Step)> {
        match (&self.kind, step) {
            (Kind::Object(entries), Step::Field(name)) => {
                entries.iter().find(|(key, _)| key == name).map(|(_, node)| (node, step.clone()))
            }
            (Kind::Array(elements), Step::Index(at)) => {
                elements.get(*at).map(|(original, node)| (node, Step::Index(*original)))
            }
            _ => None,
        }
    }

    /// The first part that keeps to the grammar and still cannot be read: half a character, a number beyond all,
    /// something nested too deep.
    pub fn unreadable(&self) -> Option<Unreadable> {
        let unreadable = |length, message, cure| Some(Unreadable { offset: self.offset, length, message, cure });
        let invalid = |length, says: &str| {
            let cure = "write it as JSON has it, or fetch the file again";
            unreadable(length, format!("not valid JSON: {says}"), cure)
        };
        match &self.kind {
            Kind::Object(entries) => entries.iter().find_map(|(_, node)| node.unreadable()),
            Kind::Array(elements) => elements.iter().find_map(|(_, node)| node.unreadable()),
            Kind::Closed => self.opened().unreadable(),
            Kind::Scalar => invalid(self.raw.len(), &said(&serde_json::from_str::<Value>(self.raw).err()?)),
            Kind::Unreadable(says) => invalid(1, says),
            Kind::TooDeep => unreadable(1, "nested too deep".to_owned(), "a catalog nests no more than a few levels"),
        }
    }

    /// The fields of the object at `path`, in file order.
    pub fn fields(&mut self, path: &Path) -> Vec<String> {
        match path.0.iter().try_fold(self, Self::child_mut).map(|node| &node.kind) {
            Some(Kind::Object(entries)) => entries.iter().map(|(key, _)| key.to_string()).collect(),
            _ => Vec::new(),
        }
    }

    /// Looks into all that `path` leads through.
    fn open(&mut self, path: &Path) {
        path.0.iter().try_fold(self, Self::child_mut);
    }

    fn child_mut(&mut self, step: &Step) -> Option<&mut Self> {
        if matches!(self.kind, Kind::Closed) {
            *self = self.opened();
        }
        match (&mut self.kind, step) {
            (Kind::Object(entries), Step::Field(name)) => {
                entries.iter_mut().find(|(key, _)| key == name).map(|(_, node)| node)
            }
            (Kind::Array(elements), Step::Index(at)) => elements.get_mut(*at).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Takes the value at `path` out of the tree. Whether there was one.
    pub fn remove(&mut self, path: &Path) -> bool {
        self.open(path);
        let Some((parent, last)) = path.split_last() else { return false };
        let Some(node) = parent.0.iter().try_fold(self, Self::child_mut) else { return false };
        match (&mut node.kind, last) {
            (Kind::Object(entries), Step::Field(name)) => {
                entries.iter().position(|(key, _)| key == name).map(|at| entries.remove(at)).is_some()
            }
            (Kind::Array(elements), Step::Index(at)) if *at < elements.len() => {
                elements.remove(*at);
                true
            }
            _ => false,
        }
    }

    /// Takes the second of two equal keys out of any object: the path of its object, the key, and its offset.
    pub fn take_double(&mut self) -> Option<(Path, String, usize)> {
        match &mut self.kind {
            Kind::Object(entries) => {
                let mut seen = HashSet::new();
                let double = entries.iter().position(|(key, _)| !seen.insert(key.as_ref()));
                if let Some(at) = double {
                    let (key, node) = entries.remove(at);
                    return Some((Path::default(), key.into_owned(), node.offset));
                }
                entries
                    .iter_mut()
                    .find_map(|(key, node)| node.take_double().map(|found| (Step::Field(key.to_string()), found)))
            }
            Kind::Array(elements) => {
                elements.iter_mut().find_map(|(at, node)| node.take_double().map(|found| (Step::Index(*at), found)))
            }
            Kind::Closed => {
                let mut opened = self.opened();
                let found = opened.take_double();
                if found.is_some() {
                    *self = opened;
                }
                return found;
            }
            Kind::Scalar | Kind::TooDeep | Kind::Unreadable(_) => None,
        }
        .map(|(step, (mut path, key, offset))| {
            path.0.insert(0, step);
            (path, key, offset)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(steps: &[&str]) -> Path {
        Path(steps.iter().map(|s| s.parse().map_or_else(|_| Step::Field((*s).to_owned()), Step::Index)).collect())
    }

    #[test]
    fn places_survive_removal() {
        let text = r#"{"a": [1, {"b": 2}, 3], "c": "é"}"#;
        let mut node = Node::parse(text).unwrap();
        let (offset, length, original) = node.find(&path(&["a", "1", "b"]));
        assert_eq!((&text[offset..offset + length], original.to_string().as_str()), ("2", "a[1].b"));
        assert!(node.remove(&path(&["a", "0"])));
        assert!(!node.remove(&path(&["a", "7"])));
        let (offset, _, original) = node.find(&path(&["a", "0", "b"]));
        assert_eq!((&text[offset..=offset], original.to_string().as_str()), ("2", "a[1].b"));
        assert_eq!(node.to_value(), serde_json::json!({"a": [{"b": 2}, 3], "c": "é"}));
    }

    #[test]
    fn a_doubled_key_is_found() {
        let mut node = Node::parse(r#"{"a": [{"b": 1, "c": 2, "b": 3}]}"#).unwrap();
        let (object, key, offset) = node.take_double().unwrap();
        assert_eq!((object.to_string().as_str(), key.as_str(), offset), ("a[0]", "b", 29));
        assert!(node.take_double().is_none());
    }
}
