//! GeoJSON, Overpass JSON and arrays of objects: each object is a row, each property or tag a column.

use std::borrow::Cow;
use std::fmt;

use hashbrown::HashMap;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::{RawValue, Value};

use super::headings::Headings;
use super::input::LoadError;
use super::kind::Kind;
use super::plan::Plan;
use super::properties::properties;
use super::row::{MAX_COLUMNS, Maker};
use super::{Reading, dataset, profiles, value};
use crate::catalog::check;
use crate::catalog::problem::{Spot, broken, line_of};
use crate::catalog::{Dataset, Period, Problem};
use crate::text::{Text, clip};

/// What a server of maps sets when it has sent only the first thousands.
const CUT: &str = "exceededTransferLimit";

/// Objects between two looks.
const LOOK: usize = 4_096;

/// The objects of a file as they stand, and the day that the file itself bears.
#[derive(Default)]
struct Objects<'a> {
    all: Vec<&'a str>,
    stated: Option<Period>,
    /// What the server remarks on it: Overpass says so that an answer is not whole.
    remark: Option<Text>,
    /// Whether the server says that there is more than it sent.
    is_cut: bool,
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
            } else if *key == *"timestamp" {
                self.into.stated = map.next_value::<Value>()?.as_str().and_then(value::date).map(as_edition);
            } else if *key == *"osm3s" {
                let about: Value = map.next_value()?;
                let day = about.get("timestamp_osm_base").and_then(Value::as_str).and_then(value::date);
                self.into.stated = day.map(as_edition);
            } else if *key == *"remark" {
                self.into.remark = map.next_value::<Value>()?.as_str().map(Text::clean);
            } else if *key == *CUT {
                self.into.is_cut |= map.next_value::<Value>()? == true;
            } else if *key == *"properties" {
                self.into.is_cut |= map.next_value::<Value>()?.get(CUT).is_some_and(|says| *says == true);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        match (found, self.kind) {
            (true, _) => Ok(()),
            (_, Kind::GeoJson) => Err(de::Error::custom("there is no list `features`, as a FeatureCollection has")),
            (_, kind) => Err(de::Error::missing_field(kind.field())),
        }
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
    if kind == Kind::Lines {
        let mut lines = deserializer.into_iter::<&RawValue>();
        let read = lines.try_for_each(|object| object.map(|object| objects.all.push(object.get())));
        return read.map(|()| objects).map_err(|error| LoadError::Problems(vec![broken(text, origin, &error)]));
    }
    let read =
        IntoObjects { kind, into: &mut objects }.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    match read {
        Ok(()) => Ok(objects),
        Err(error) => Err(LoadError::Problems(vec![broken(text, origin, &error)])),
    }
}

/// The columns of a file's objects, in the order in which they first stand.
#[derive(Default)]
struct Columns {
    known: HashMap<String, usize>,
}

impl Columns {
    /// Those of all objects that can be read.
    fn of(objects: &Objects, kind: Kind) -> Self {
        let mut columns = Self::default();
        for (heading, _) in objects.all.iter().filter_map(|raw| properties(raw, kind).ok()).flatten() {
            let next = columns.known.len();
            columns.known.entry_ref(&*heading).or_insert(next);
        }
        columns
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
    Ok(Columns::of(&objects, kind).list())
}

/// Reads objects into the catalog that is gathered.
///
/// # Errors
///
/// When it is no JSON, or nothing can be understood of it; single objects are set aside.
pub fn read(text: &str, kind: Kind, reading: &mut Reading, mut about: Dataset) -> Result<(), LoadError> {
    let origin = about.origin.clone();
    let unreadable = |reason: String| LoadError::unreadable(&origin, reason);
    let objects = objects(text, kind, &origin)?;
    let columns = Columns::of(&objects, kind);
    if columns.known.is_empty() {
        let problems = unreadable_objects(&objects, kind, text, &origin);
        if !problems.is_empty() {
            return Err(LoadError::Problems(problems));
        }
        let remark = objects.remark.map(|remark| format!("; the server says: {remark}")).unwrap_or_default();
        return Err(unreadable(format!("there is nothing in {}{remark}; fetch the file again", what(kind))));
    }
    if columns.known.len() > MAX_COLUMNS {
        return Err(unreadable(format!("more than {MAX_COLUMNS} different properties; is it one dataset?")));
    }
    note_cut(&objects, text, &mut about);
    let fit =
        profiles::choose(Headings::new(columns.list()), reading.options.profile.as_deref()).map_err(unreadable)?;
    let maker = dataset::begin(Plan::new(fit), reading, &mut about, objects.stated).map_err(LoadError::Clash)?;
    let mut rows = Rows { text, kind, origin: &origin, columns, maker, reading, last_line: (0, 1) };
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

/// What is wrong with the objects that cannot be read, of a file without any other.
fn unreadable_objects(objects: &Objects, kind: Kind, text: &str, origin: &Text) -> Vec<Problem> {
    let broken = objects.all.iter().enumerate().filter_map(|(at, raw)| Some((at, raw, properties(raw, kind).err()?)));
    let problem = |(at, raw, error): (usize, &&str, serde_json::Error)| {
        let (message, cure) = not_so(&error);
        problem(text, origin, kind, (at, raw), &message, cure)
    };
    broken.take(check::MAX_PROBLEMS).map(problem).collect()
}

/// What is wrong with an object, and the cure.
fn not_so(error: &serde_json::Error) -> (String, &'static str) {
    let says = error.to_string();
    let says = says.rsplit_once(" at line ").map_or(says.as_str(), |(message, _)| message);
    (format!("not what it should be: {says}"), "mend it, or fetch the file again")
}

/// A problem with the object of that number, which stands so in the text.
fn problem(
    text: &str,
    origin: &Text,
    kind: Kind,
    (at, raw): (usize, &str),
    message: &str,
    cure: &'static str,
) -> Problem {
    let start = raw.as_ptr() as usize - text.as_ptr() as usize;
    let spot = Spot { text, line: line_of(text, start), at: start..start + raw.len() };
    Problem::new(origin, &spot, &path(kind, at), message, cure)
}

fn path(kind: Kind, at: usize) -> String {
    format!("{}[{at}]", kind.field())
}

/// Notes that the server did not send all.
fn note_cut(objects: &Objects, text: &str, dataset: &mut Dataset) {
    let says = match (&objects.remark, objects.is_cut) {
        (Some(remark), _) => format!("the server remarks: {remark}"),
        (None, true) => "the server says that it has more than it sent".to_owned(),
        (None, false) => return,
    };
    let cure = "the file may not be whole: fetch it again, in parts";
    dataset.notes.push(Text::clean(&format!("{}; {cure}", clip(&says, 300))));
    let origin = dataset.origin.clone();
    let spot = Spot { text, line: 1, at: 0..1 };
    dataset.remarks.push_with(|| Problem::new(&origin, &spot, "", &says, cure));
}

fn what(kind: Kind) -> String {
    match kind {
        Kind::Array | Kind::Lines => "the array".to_owned(),
        kind => format!("`{}`", kind.field()),
    }
}

/// The objects of a file.
struct Rows<'a, 'r> {
    text: &'a str,
    kind: Kind,
    origin: &'a Text,
    columns: Columns,
    maker: Maker,
    reading: &'a mut Reading<'r>,
    /// A byte at which an object starts, and its line; the next one that is looked for stands behind it.
    last_line: (usize, usize),
}

impl Rows<'_, '_> {
    fn row(&mut self, at: usize, raw: &str) {
        let properties = match properties(raw, self.kind) {
            // Without tags it is only the outline of another element.
            Ok(properties) if properties.is_empty() && self.kind == Kind::Overpass => return,
            Ok(properties) => properties,
            Err(error) => {
                let (message, cure) = not_so(&error);
                return self.set_aside(at, raw, &message, cure, None);
            }
        };
        let mut cells = vec![""; self.columns.known.len()];
        let mut double = None;
        for (heading, text) in &properties {
            if let Some(at) = self.columns.known.get(&**heading) {
                if !cells[*at].is_empty() && cells[*at] != &**text {
                    double = Some(heading);
                }
                cells[*at] = text;
            }
        }
        let Some(made) = self.maker.hospital(|at| cells[at]) else {
            let id = self.maker.id(|at| cells[at]);
            let cure = "give the hospital a name, or name its property in a profile";
            return self.set_aside(at, raw, "no name", cure, id);
        };
        if let Some(doubled) = &made.doubled {
            let message = format!("the id `{doubled}` stands earlier too; here it is called `{}`", made.hospital.id);
            self.note(at, raw, &message, "give each hospital an id of its own", false);
        }
        if let Some(heading) = double {
            self.note(at, raw, &format!("`{heading}` stands twice; the last counts"), "keep one of them", false);
        }
        self.reading.gathering.push(made.hospital);
        if self.reading.options.is_strict {
            self.note_unreadable(at, raw);
        }
    }

    /// Sets an object aside, with the id that it gives.
    fn set_aside(&mut self, at: usize, raw: &str, message: &str, cure: &'static str, id: Option<Text>) {
        self.note(at, raw, message, cure, true);
        if let Some(dataset) = self.reading.gathering.dataset() {
            dataset.unread.push(id);
        }
    }

    /// Notes what of the last object is not what it should be.
    fn note_unreadable(&mut self, at: usize, raw: &str) {
        let unreadable = self.maker.reader().unreadable(self.maker.kept());
        let says = |(_, cell, what): (&Text, &str, &str)| format!("`{cell}` is {what}; it is kept as text");
        let messages: Vec<String> = unreadable.into_iter().map(says).collect();
        for message in messages {
            self.note(at, raw, &message, "correct it, or name it in the profile's `missing`", false);
        }
    }

    /// Sets an object aside, or only remarks on it.
    fn note(&mut self, at: usize, raw: &str, message: &str, cure: &'static str, is_aside: bool) {
        let start = raw.as_ptr() as usize - self.text.as_ptr() as usize;
        let (before, line) = self.last_line;
        let between = self.text.as_bytes().get(before..start).unwrap_or_default();
        let line = line + memchr::memchr_iter(b'\n', between).count();
        self.last_line = (start.max(before), line);
        let Some(dataset) = self.reading.gathering.dataset() else { return };
        let list = if is_aside { &mut dataset.aside } else { &mut dataset.remarks };
        let spot = Spot { text: self.text, line, at: start..start + raw.len() };
        list.push_with(|| Problem::new(self.origin, &spot, &path(self.kind, at), message, cure));
    }
}
