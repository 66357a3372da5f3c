//! GeoJSON, Overpass JSON and arrays of objects: each object is a row, each property or tag a column.

use std::borrow::Cow;
use std::fmt;

use hashbrown::HashMap;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::{RawValue, Value};

use crate::catalog::{Dataset, Period};
use crate::diagnostic::{Diagnostic, MAX_DIAGNOSTICS, Spot, line_of};
use crate::formats::error::{LoadError, Unreadable};
use crate::formats::import::Import;
use crate::formats::json::error::{self, not_json};
use crate::formats::json::kind::JsonKind;
use crate::formats::json::properties::{Properties, properties};
use crate::formats::limits::MAX_COLUMNS;
use crate::formats::profile::cell::date;
use crate::formats::profile::headings::Headings;
use crate::formats::profile::plan::Plan;
use crate::formats::profile::row_builder::RowBuilder;
use crate::formats::profile::{builtin, dataset};
use crate::text::{Text, clip};

/// What a map server sets when it has sent only the first thousands.
const CUT: &str = "exceededTransferLimit";

/// Objects between two reports of progress.
const BATCH: usize = 4_096;

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

struct ObjectsVisitor<'o, 'a> {
    kind: JsonKind,
    into: &'o mut Objects<'a>,
}

impl<'de> Visitor<'de> for ObjectsVisitor<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.kind {
            JsonKind::Array => f.write_str("an array of objects"),
            kind => write!(f, "an object with `{}`", kind.field()),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<Cow<str>>()? {
            if *key == *self.kind.field() {
                map.next_value_seed(ObjectsVisitor { kind: JsonKind::Array, into: &mut *self.into })?;
                found = true;
            } else if *key == *"timestamp" {
                self.into.stated = map.next_value::<Value>()?.as_str().and_then(date).map(as_edition);
            } else if *key == *"osm3s" {
                let about: Value = map.next_value()?;
                let day = about.get("timestamp_osm_base").and_then(Value::as_str).and_then(date);
                self.into.stated = day.map(as_edition);
            } else if *key == *"remark" {
                self.into.remark = map.next_value::<Value>()?.as_str().map(Text::clean);
            } else if *key == *CUT {
                self.into.is_cut |= map.next_value::<Value>()? == true;
            } else if *key == *"properties" {
                self.into.is_cut |= map.next_value::<Value>()?.get(CUT).is_some_and(|value| *value == true);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        match (found, self.kind) {
            (true, _) => Ok(()),
            (_, JsonKind::GeoJson) => Err(de::Error::custom("there is no list `features`, as a FeatureCollection has")),
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

impl<'de> DeserializeSeed<'de> for ObjectsVisitor<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.kind {
            JsonKind::Array => deserializer.deserialize_seq(self),
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

fn objects<'a>(text: &'a str, kind: JsonKind, origin: &Text) -> Result<Objects<'a>, LoadError> {
    let mut objects = Objects::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    if matches!(kind, JsonKind::Lines | JsonKind::FeatureLines) {
        let mut lines = deserializer.into_iter::<&RawValue>();
        let read = lines.try_for_each(|object| object.map(|object| objects.all.push(object.get())));
        return read.map(|()| objects).map_err(|error| LoadError::Invalid(vec![not_json(text, origin, &error)]));
    }
    let read =
        ObjectsVisitor { kind, into: &mut objects }.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    match read {
        Ok(()) => Ok(objects),
        Err(error) => Err(LoadError::Invalid(vec![not_json(text, origin, &error)])),
    }
}

/// The columns of a file's objects, in the order in which they first stand.
#[derive(Default)]
struct PropertyColumns {
    known: HashMap<String, usize>,
}

impl PropertyColumns {
    /// Those of all objects that can be read.
    fn of(objects: &Objects, kind: JsonKind) -> Self {
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
pub(crate) fn headings(text: &str, kind: JsonKind, origin: &Text) -> Result<Vec<Text>, LoadError> {
    let objects = objects(text, kind, origin)?;
    Ok(PropertyColumns::of(&objects, kind).list())
}

/// Reads objects into the catalog that is built.
///
/// # Errors
///
/// When it is no JSON, or nothing can be understood of it; single objects are rejected.
pub(crate) fn read(text: &str, kind: JsonKind, import: &mut Import, mut about: Dataset) -> Result<(), LoadError> {
    let origin = about.origin.clone();
    let unreadable = |reason: Unreadable| LoadError::unreadable(&origin, reason);
    let objects = objects(text, kind, &origin)?;
    let columns = PropertyColumns::of(&objects, kind);
    if columns.known.is_empty() {
        let diagnostics = invalid_objects(&objects, kind, text, &origin);
        if !diagnostics.is_empty() {
            return Err(LoadError::Invalid(diagnostics));
        }
        return Err(unreadable(Unreadable::NoObjects { list: list(kind), remark: objects.remark }));
    }
    if columns.known.len() > MAX_COLUMNS {
        return Err(unreadable(Unreadable::TooManyProperties(MAX_COLUMNS)));
    }
    note_cut(&objects, text, &mut about);
    let given = import.options.profile.as_deref();
    let fit = builtin::choose(Headings::new(columns.list()), given).map_err(|error| unreadable(error.into()))?;
    let builder = dataset::begin(Plan::new(fit, true), import, &mut about, objects.stated.clone())?;
    ObjectsImport { text, kind, origin: &origin, columns, builder, import, last_line: (0, 1), found: 0 }.read(&objects)
}

/// What is wrong with the objects of a file of which none can be read.
fn invalid_objects(objects: &Objects, kind: JsonKind, text: &str, origin: &Text) -> Vec<Diagnostic> {
    let invalid = objects.all.iter().enumerate().filter_map(|(at, raw)| Some((at, raw, properties(raw, kind).err()?)));
    let diagnostic = |(at, raw, error): (usize, &&str, serde_json::Error)| {
        let start = raw.as_ptr() as usize - text.as_ptr() as usize;
        let spot = Spot { text, line: line_of(text.as_bytes(), start), at: start..start + raw.len() };
        let (message, fix) = invalid_object(&error);
        Diagnostic::new(origin, &spot, &path(kind, at), &message, fix)
    };
    invalid.take(MAX_DIAGNOSTICS).map(diagnostic).collect()
}

/// What is wrong with an object, and the fix.
fn invalid_object(error: &serde_json::Error) -> (String, &'static str) {
    (format!("not what it should be: {}", error::message(error)), "correct it, or fetch the file again")
}

fn path(kind: JsonKind, at: usize) -> String {
    format!("{}[{at}]", kind.field())
}

/// Notes that the server did not send all.
fn note_cut(objects: &Objects, text: &str, dataset: &mut Dataset) {
    let message = match (&objects.remark, objects.is_cut) {
        (Some(remark), _) => format!("the server remarks: {remark}"),
        (None, true) => "the server says that it has more than it sent".to_owned(),
        (None, false) => return,
    };
    let fix = "the file may not be whole: fetch it again, in parts";
    dataset.notes.push(Text::clean(&format!("{}; {fix}", clip(&message, 300))));
    let origin = dataset.origin.clone();
    let spot = Spot { text, line: 1, at: 0..1 };
    dataset.remarks.push_with(|| Diagnostic::new(&origin, &spot, "", &message, fix));
}

/// The list of objects, in words.
fn list(kind: JsonKind) -> String {
    match kind {
        JsonKind::Array | JsonKind::Lines | JsonKind::FeatureLines => "the array".to_owned(),
        kind => format!("`{}`", kind.field()),
    }
}

/// The objects of a file that is read.
struct ObjectsImport<'a, 'i> {
    text: &'a str,
    kind: JsonKind,
    origin: &'a Text,
    columns: PropertyColumns,
    builder: RowBuilder,
    import: &'a mut Import<'i>,
    /// A byte at which an object starts, and its line; the next one that is looked for is behind it.
    last_line: (usize, usize),
    /// How many hospitals have been read.
    found: usize,
}

/// Where a diagnostic of an object goes.
#[derive(Clone, Copy, PartialEq)]
enum Severity {
    Rejected,
    Remark,
}

impl ObjectsImport<'_, '_> {
    fn read(mut self, objects: &Objects) -> Result<(), LoadError> {
        if self.import.options.is_strict && self.builder.has_numbers() {
            self.collect_marks(objects);
        }
        for (at, raw) in objects.all.iter().enumerate() {
            self.object(at, raw);
            if at + 1 == BATCH {
                self.builder.take_new_marks();
            }
            if (at + 1).is_multiple_of(BATCH) {
                let end = raw.as_ptr() as usize - self.text.as_ptr() as usize + raw.len();
                self.import.report_progress(end as u64, self.text.len())?;
            }
        }
        if objects.all.len() > BATCH && self.builder.take_new_marks() {
            // Details that the observer has read meanwhile may lack these marks.
            self.import.builder.forget_read_details();
        }
        let rejected = self.import.dataset().map(|dataset| &mut dataset.rejected);
        match rejected.filter(|_| self.found == 0) {
            Some(rejected) => Err(LoadError::Invalid(std::mem::take(rejected).first)),
            None => Ok(()),
        }
    }

    /// Collects the decimal marks of all objects, so that every cell is judged by all others.
    fn collect_marks(&mut self, objects: &Objects) {
        for properties in objects.all.iter().filter_map(|raw| properties(raw, self.kind).ok()) {
            let cells = self.cells(&properties);
            self.builder.collect_marks(|at| cells[at]);
        }
    }

    /// The properties of an object by column; of duplicate ones the last.
    fn cells<'p>(&self, properties: &'p Properties) -> Vec<&'p str> {
        let mut cells = vec![""; self.columns.known.len()];
        for (heading, text) in properties {
            if let Some(at) = self.columns.known.get(&**heading) {
                cells[*at] = text;
            }
        }
        cells
    }

    fn object(&mut self, at: usize, raw: &str) {
        let properties = match properties(raw, self.kind) {
            // Without tags it is only the outline of another element.
            Ok(properties) if properties.is_empty() && self.kind == JsonKind::Overpass => return,
            Ok(properties) => properties,
            Err(error) => {
                let (message, fix) = invalid_object(&error);
                return self.reject(at, raw, &message, fix, None);
            }
        };
        let cells = self.cells(&properties);
        let is_shadowed = |(heading, text): &&(Cow<str>, Cow<str>)| {
            let at = self.columns.known.get(&**heading);
            !text.is_empty() && at.is_some_and(|at| cells[*at] != &**text)
        };
        let duplicate = properties.iter().find(is_shadowed).map(|(heading, _)| heading);
        let Some(built) = self.builder.hospital(|at| cells[at]) else {
            let id = self.builder.id(|at| cells[at]);
            let fix = "give the hospital a name, or name its property in a profile";
            return self.reject(at, raw, "no name", fix, id);
        };
        if let Some(id) = &built.duplicate_id {
            let message = format!(
                "duplicate id `{id}`: an earlier object has it; this hospital is called `{}`",
                built.hospital.id
            );
            self.log(Severity::Remark, at, raw, &message, "give each hospital an id of its own");
        }
        if let Some(heading) = duplicate {
            let message = format!("duplicate property `{heading}`; the last counts");
            self.log(Severity::Remark, at, raw, &message, "keep one of them");
        }
        self.import.builder.push(built.hospital);
        self.found += 1;
        if self.import.options.is_strict {
            self.remark_unreadable(at, raw);
        }
    }

    /// Rejects an object, with the id that it gives.
    fn reject(&mut self, at: usize, raw: &str, message: &str, fix: &'static str, id: Option<Text>) {
        self.log(Severity::Rejected, at, raw, message, fix);
        if let Some(dataset) = self.import.dataset() {
            dataset.rejected_ids.push(id);
        }
    }

    /// Remarks on what of the last object is not what it should be.
    fn remark_unreadable(&mut self, at: usize, raw: &str) {
        let unreadable = self.builder.reader().unreadable(self.builder.kept());
        let message = |(_, cell, what): (&Text, &str, &str)| format!("`{cell}` is {what}; it is kept as text");
        let messages: Vec<String> = unreadable.into_iter().map(message).collect();
        for message in messages {
            let fix = "correct it, or name it in the profile's `missing`";
            self.log(Severity::Remark, at, raw, &message, fix);
        }
    }

    fn log(&mut self, severity: Severity, at: usize, raw: &str, message: &str, fix: &'static str) {
        let start = raw.as_ptr() as usize - self.text.as_ptr() as usize;
        let (before, line) = self.last_line;
        let between = self.text.as_bytes().get(before..start).unwrap_or_default();
        let line = line + memchr::memchr_iter(b'\n', between).count();
        self.last_line = (start.max(before), line);
        let Some(dataset) = self.import.dataset() else { return };
        let log = match severity {
            Severity::Rejected => &mut dataset.rejected,
            Severity::Remark => &mut dataset.remarks,
        };
        let spot = Spot { text: self.text, line, at: start..start + raw.len() };
        log.push_with(|| Diagnostic::new(self.origin, &spot, &path(self.kind, at), message, fix));
    }
}
