//! The list in a JSON object that nothing but its contents tells: what services wrap their answers in differs.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use memchr::memmem;
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::{RawValue, Value};

use crate::formats::json::kind::{Form, Frame, ObjectKind};
use crate::formats::profile::builtin;
use crate::formats::profile::headings::Headings;
use crate::formats::profile::sample::Sample;
use crate::text::Text;

/// The fields of a catalog by which it is known, even where others are missing.
pub(crate) const CATALOG: [&str; 7] = ["$schema", "title", "sources", "families", "measures", "terms", "hospitals"];

/// The fields of a hospital that only a catalog of ours has.
const OWN: [&str; 6] = ["figures", "place", "campuses", "native_name", "extra", "rankings"];

/// The fields of a hospital of ours that others have, too.
const SHARED: [&str; 9] = ["id", "name", "aliases", "kind", "status", "grade", "ownership", "phone", "website"];

/// Objects of a list that are looked at for their headings.
const LOOKED_AT: usize = 20;

/// How deep in an object a list may stand.
const DEEPEST: usize = 2;

/// The keys of an object, each with its value as it stands.
struct Outline<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'de: 'a, 'a> Deserialize<'de> for Outline<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OutlineVisitor;

        impl<'de> Visitor<'de> for OutlineVisitor {
            type Value = Outline<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outline<'de>, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, value)) = map.next_entry::<Cow<str>, &RawValue>()? {
                    keys.push((key, value.get()));
                }
                Ok(Outline(keys))
            }
        }

        deserializer.deserialize_map(OutlineVisitor)
    }
}

impl<'a> Outline<'a> {
    fn of(text: &'a str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().rev().find(|(other, _)| other == key).map(|(_, value)| *value)
    }
}

/// The list in a JSON object; none when it is a catalog, no JSON, or has no list of objects.
pub(crate) fn list(text: &str) -> Option<ObjectKind> {
    let outline = Outline::of(text.trim())?;
    if is_catalog(&outline) {
        return None;
    }
    special(&outline).or_else(|| longest(&outline))
}

/// Whether an object is the price list that a hospital of the United States publishes: its first keys say so.
pub(crate) fn is_price_list(text: &str) -> bool {
    /// Bytes at the start in which the hospital's name stands.
    const TOP: usize = 1 << 16;
    let top = &text.as_bytes()[..text.len().min(TOP)];
    memmem::find(top, b"\"hospital_name\"").is_some() && text.contains("\"standard_charge_information\"")
}

/// What the objects of an array look like.
pub(crate) fn form_in_array(text: &str) -> Form {
    first_objects(text.trim()).first().map_or(Form::Plain, |object| form_of(object))
}

/// What the object looks like that a text starts with.
pub(crate) fn form_of(text: &str) -> Form {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Outline>();
    let Some(Ok(object)) = values.next() else { return Form::Plain };
    let is_object = |key: &str| object.get(key).is_some_and(|value| value.starts_with('{'));
    match () {
        () if object.get("resourceType").is_some() => Form::Resource,
        () if object.get("type") == Some(r#""Feature""#) && is_object("properties") => Form::Feature,
        () if is_object("fields") && object.get("id").is_some() => Form::Record,
        () => Form::Plain,
    }
}

/// Whether an object is a catalog of ours, perhaps with mistakes in it.
fn is_catalog(outline: &Outline) -> bool {
    let has = |key: &&str| outline.get(key).is_some();
    if ["$schema", "sources", "families", "measures", "terms"].iter().any(has) {
        return true;
    }
    let Some(hospitals) = outline.get("hospitals") else { return false };
    first_objects(hospitals).first().is_none_or(|first| is_own_hospital(first, has(&"title")))
}

/// Whether the first object of `hospitals` is one of a catalog of ours, with a title or without.
pub(crate) fn is_own_hospital(first: &str, has_title: bool) -> bool {
    let Some(first) = Outline::of(first) else { return true };
    if OWN.iter().any(|key| first.get(key).is_some()) {
        return true;
    }
    let others = first.0.iter().filter(|(key, _)| !SHARED.contains(&&**key)).count();
    let has_number_id = first.get("id").is_some_and(|id| !id.starts_with('"'));
    // A misspelled field makes no other file of it.
    let most = usize::from(has_title);
    others <= most && !has_number_id
}

/// The list of a form that is known by its keys.
fn special(outline: &Outline) -> Option<ObjectKind> {
    match outline.get("resourceType") {
        Some(r#""Bundle""#) => return Some(ObjectKind::list("entry", Form::Resource)),
        Some(_) => return Some(ObjectKind { frame: Frame::Lines, form: Form::Resource }),
        None => {}
    }
    if outline.get("type") == Some(r#""Topology""#) {
        return topology(outline);
    }
    let rows = |key: &&str| outline.get(key).is_some_and(|value| value[1..].trim_start().starts_with('['));
    let rows = ["data", "rows", "values", "records"].into_iter().find(rows)?;
    Some(ObjectKind::list(rows, Form::Cells(columns(outline)?)))
}

fn topology(outline: &Outline) -> Option<ObjectKind> {
    #[derive(Deserialize)]
    struct Transform {
        scale: [f64; 2],
        translate: [f64; 2],
    }

    let transform = outline.get("transform").and_then(|text| serde_json::from_str::<Transform>(text).ok());
    let form = Form::Geometry(transform.map_or([[1.0; 2], [0.0; 2]], |one| [one.scale, one.translate]));
    let objects = Outline::of(outline.get("objects")?)?;
    let geometries = |(key, value): &(Cow<str>, &str)| {
        let list = Outline::of(value)?.get("geometries").map_or(0, count);
        Some((list, key.to_string()))
    };
    let (_, key) = objects.0.iter().filter_map(geometries).max_by_key(|(count, _)| *count)?;
    Some(ObjectKind { frame: Frame::List(vec!["objects".to_owned(), key, "geometries".to_owned()]), form })
}

/// The columns of rows: of Socrata's metadata, or of a list of names.
fn columns(outline: &Outline) -> Option<Vec<Option<String>>> {
    let parsed = |text: &str| serde_json::from_str::<Value>(text).ok();
    let of_view = || Some(parsed(outline.get("meta")?)?.get("view")?.get("columns")?.clone());
    let listed = || ["columns", "fields", "headers"].into_iter().find_map(|key| parsed(outline.get(key)?));
    let columns = of_view().or_else(listed)?;
    let name = |column: &Value| {
        let named = ["name", "label", "id", "field"].into_iter().find_map(|key| column.get(key)?.as_str());
        // What the service adds of its own has a colon before it.
        let is_own = column.get("fieldName").and_then(Value::as_str).is_some_and(|name| name.starts_with(':'));
        column.as_str().or(named).filter(|_| !is_own).map(str::to_owned)
    };
    Some(columns.as_array()?.iter().map(name).collect())
}

/// The longest list of objects with a heading for names; without one, the longest at all. None when the object itself has
/// such a heading: it is a hospital that has lists.
fn longest(outline: &Outline) -> Option<ObjectKind> {
    // A title is that of the file.
    let scalars = outline.0.iter().filter(|(key, value)| key != "title" && !value.starts_with(['[', '{']));
    if names_hospitals(scalars.map(|(key, _)| key.clone())) {
        return None;
    }
    let mut lists = Vec::new();
    collect(outline, &mut Vec::new(), &mut lists);
    let (_, path, form) = lists.into_iter().rev().max_by_key(|(rank, ..)| *rank)?;
    Some(ObjectKind { frame: Frame::List(path), form })
}

/// Whether a list names hospitals, and how long it is; the keys that lead to it; and the form of its objects.
type Candidate = ((bool, usize), Vec<String>, Form);

fn collect(outline: &Outline, path: &mut Vec<String>, lists: &mut Vec<Candidate>) {
    for (key, value) in &outline.0 {
        path.push(key.to_string());
        if value.starts_with('[') {
            let objects = first_objects(value);
            if let Some(first) = objects.first() {
                let form = form_of(first);
                let keys = objects.iter().filter_map(|object| Outline::of(object)).flat_map(|object| object.0);
                let is_named = form != Form::Plain || names_hospitals(keys.map(|(key, _)| key));
                lists.push(((is_named, count(value)), path.clone(), form));
            }
        } else if value.starts_with('{')
            && path.len() < DEEPEST
            && let Some(inner) = Outline::of(value)
        {
            collect(&inner, path, lists);
        }
        path.pop();
    }
}

fn names_hospitals<'k>(keys: impl Iterator<Item = Cow<'k, str>>) -> bool {
    let mut seen = HashSet::new();
    let headings = keys.filter(|key| seen.insert(key.to_string())).map(|key| Text::clean(&key)).collect();
    builtin::choose(Headings::new(headings), None, &Sample::default()).is_ok()
}

/// The first objects of a list, so many at most.
pub(crate) struct First<'a> {
    /// How many.
    pub(crate) most: usize,
    /// The objects; none when the first element is none.
    pub(crate) objects: Vec<&'a str>,
}

impl<'de> Visitor<'de> for &mut First<'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while self.objects.len() < self.most
            && let Some(element) = seq.next_element::<&RawValue>()?
            && element.get().starts_with('{')
        {
            self.objects.push(element.get());
        }
        Err(de::Error::custom("enough"))
    }
}

impl<'de> DeserializeSeed<'de> for &mut First<'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

/// The first objects of a list; none when its first element is no object.
fn first_objects(list: &str) -> Vec<&str> {
    let mut first = First { most: LOOKED_AT, objects: Vec::new() };
    // Reading ends when there are enough, with an error that is ignored.
    let _ = serde_json::Deserializer::from_str(list).deserialize_seq(&mut first);
    first.objects
}

fn count(list: &str) -> usize {
    serde_json::from_str::<Vec<IgnoredAny>>(list).map_or(0, |list| list.len())
}
