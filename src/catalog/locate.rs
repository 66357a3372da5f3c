//! JSON with its places kept: which byte a value stands at, by path.
//!
//! `serde_json` says where a file breaks its grammar, but not where a value stands that breaks a rule.
//! A [`Node`] tree keeps the offset of every value. It is only built once a file has a problem, so good
//! files pay nothing. Nodes can be removed, so that reading goes on past a problem to the next one;
//! array elements then still know the index they had in the file.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
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

enum Kind<'a> {
    Object(Vec<(String, Node<'a>)>),
    Array(Vec<(usize, Node<'a>)>),
    Scalar,
    /// Something nested too deep to be read.
    TooDeep,
}

/// The entries of an object in file order, doubled keys included.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

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

impl<'a> Node<'a> {
    /// Reads the whole of `text`.
    ///
    /// # Errors
    ///
    /// Where `text` is no JSON, with line and column.
    pub fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        Self::build(text, serde_json::from_str(text)?, DEEPEST)
    }

    fn build(text: &'a str, raw: &'a RawValue, levels: usize) -> Result<Self, serde_json::Error> {
        let raw = raw.get();
        let offset = raw.as_ptr() as usize - text.as_ptr() as usize;
        let kind = match raw.as_bytes().first() {
            Some(b'{' | b'[') if levels == 0 => Kind::TooDeep,
            Some(b'{') => {
                let Entries(entries) = serde_json::from_str(raw)?;
                let nodes = entries.into_iter().map(|(key, raw)| Ok((key, Self::build(text, raw, levels - 1)?)));
                Kind::Object(nodes.collect::<Result<_, serde_json::Error>>()?)
            }
            Some(b'[') => {
                let elements: Vec<&RawValue> = serde_json::from_str(raw)?;
                let nodes = elements.into_iter().map(|raw| Self::build(text, raw, levels - 1)).enumerate();
                Kind::Array(nodes.map(|(at, node)| Ok((at, node?))).collect::<Result<_, serde_json::Error>>()?)
            }
            _ => Kind::Scalar,
        };
        Ok(Self { offset, raw, kind })
    }

    /// The value, without what was removed and without doubled keys.
    pub fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Object(entries) => entries.iter().map(|(key, node)| (key.clone(), node.to_value())).collect(),
            Kind::Array(elements) => elements.iter().map(|(_, node)| node.to_value()).collect(),
            Kind::Scalar => serde_json::from_str(self.raw).unwrap_or(Value::Null),
            Kind::TooDeep => Value::Null,
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
    pub fn find(&self, path: &Path) -> (usize, usize, Path) {
        let (mut node, mut original) = (self, Path::default());
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

    /// The byte at which something is nested too deep.
    pub fn too_deep(&self) -> Option<usize> {
        match &self.kind {
            Kind::TooDeep => Some(self.offset),
            Kind::Object(entries) => entries.iter().find_map(|(_, node)| node.too_deep()),
            Kind::Array(elements) => elements.iter().find_map(|(_, node)| node.too_deep()),
            Kind::Scalar => None,
        }
    }

    /// The first text or number that keeps to the grammar and still stands for nothing, such as half a character or a
    /// number beyond all: the byte at which it starts, its length, and what is wrong.
    pub fn unreadable(&self) -> Option<(usize, usize, String)> {
        match &self.kind {
            Kind::Object(entries) => entries.iter().find_map(|(_, node)| node.unreadable()),
            Kind::Array(elements) => elements.iter().find_map(|(_, node)| node.unreadable()),
            Kind::Scalar => {
                let says = serde_json::from_str::<Value>(self.raw).err()?.to_string();
                let says = says.rsplit_once(" at line ").map_or(says.as_str(), |(message, _)| message);
                Some((self.offset, self.raw.len(), format!("not valid JSON: {says}")))
            }
            Kind::TooDeep => None,
        }
    }

    /// The fields of the object at `path`, in file order.
    pub fn fields(&self, path: &Path) -> Vec<String> {
        let node = path.0.iter().try_fold(self, |node, step| node.child(step).map(|(child, _)| child));
        match node.map(|node| &node.kind) {
            Some(Kind::Object(entries)) => entries.iter().map(|(key, _)| key.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// Takes the value at `path` out of the tree. Whether there was one.
    pub fn remove(&mut self, path: &Path) -> bool {
        let Some((parent, last)) = path.split_last() else { return false };
        let mut node = self;
        for step in &parent.0 {
            let next = match (&mut node.kind, step) {
                (Kind::Object(entries), Step::Field(name)) => {
                    entries.iter_mut().find(|(key, _)| key == name).map(|(_, node)| node)
                }
                (Kind::Array(elements), Step::Index(at)) => elements.get_mut(*at).map(|(_, node)| node),
                _ => None,
            };
            let Some(next) = next else { return false };
            node = next;
        }
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
                let double = entries.iter().position(|(key, _)| !seen.insert(key.as_str()));
                if let Some(at) = double {
                    let (key, node) = entries.remove(at);
                    return Some((Path::default(), key, node.offset));
                }
                entries
                    .iter_mut()
                    .find_map(|(key, node)| node.take_double().map(|found| (Step::Field(key.clone()), found)))
            }
            Kind::Array(elements) => {
                elements.iter_mut().find_map(|(at, node)| node.take_double().map(|found| (Step::Index(*at), found)))
            }
            Kind::Scalar | Kind::TooDeep => None,
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
