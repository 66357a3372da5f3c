//! GeoJSON, Overpass JSON and arrays of objects: each object is a row, each property or tag a column.

use std::borrow::Cow;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use rayon::prelude::*;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::{RawValue, Value};

use crate::catalog::{Dataset, Period};
use crate::diagnostic::{Diagnostic, MAX_DIAGNOSTICS, Spot, line_of};
use crate::formats::error::{LoadError, Unreadable};
use crate::formats::import::Import;
use crate::formats::in_order::in_order;
use crate::formats::json::error::not_json;
use crate::formats::json::kind::{Form, Frame, ObjectKind};
use crate::formats::json::object_parser::{ObjectBatch, ObjectParser, invalid_object, path};
use crate::formats::json::object_row::{ObjectRow, PropertyColumns};
use crate::formats::json::properties::properties;
use crate::formats::kml;
use crate::formats::limits::MAX_COLUMNS;
use crate::formats::profile::cell::date;
use crate::formats::profile::grouped;
use crate::formats::profile::headings::Headings;
use crate::formats::profile::id_column::IdColumns;
use crate::formats::profile::missing_texts::MissingTexts;
use crate::formats::profile::plan::Plan;
use crate::formats::profile::row_import::{DuplicateId, RowImport};
use crate::formats::profile::sample::Sample;
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

struct ObjectsVisitor<'o, 'k, 'a> {
    /// The keys that lead to the objects from here.
    path: &'k [String],
    into: &'o mut Objects<'a>,
}

impl<'de> Visitor<'de> for ObjectsVisitor<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.path {
            [] => f.write_str("an array of objects"),
            [key, ..] => write!(f, "an object with `{key}`"),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((wanted, path)) = self.path.split_first() else {
            return Err(de::Error::custom("objects are in an array"));
        };
        let mut found = false;
        while let Some(key) = map.next_key::<Cow<str>>()? {
            if *key == **wanted {
                map.next_value_seed(ObjectsVisitor { path, into: &mut *self.into })?;
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
        match (found, wanted.as_str()) {
            (true, _) => Ok(()),
            (_, "features") => Err(de::Error::custom("there is no list `features`, as a FeatureCollection has")),
            (_, "elements") => Err(de::Error::missing_field("elements")),
            (_, key) => Err(de::Error::custom(format_args!("missing field `{key}`"))),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(object) = seq.next_element::<&RawValue>()? {
            self.into.all.push(object.get());
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for ObjectsVisitor<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.path.is_empty() { deserializer.deserialize_seq(self) } else { deserializer.deserialize_map(self) }
    }
}

/// The day of a dataset's state says when it was so, not when anything was counted.
fn as_edition(day: Period) -> Period {
    match day {
        Period::In(day) => Period::Edition(day, Some(day)),
        other => other,
    }
}

fn objects<'a>(text: &'a str, kind: &ObjectKind, origin: &Text) -> Result<Objects<'a>, LoadError> {
    let mut objects = Objects::default();
    if kind.frame == Frame::Document {
        objects.all = kml::placemarks(text, origin)?;
        return Ok(objects);
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    if kind.frame == Frame::Lines {
        let mut lines = deserializer.into_iter::<&RawValue>();
        let read = lines.try_for_each(|object| object.map(|object| objects.all.push(object.get())));
        return read.map(|()| objects).map_err(|error| LoadError::Invalid(vec![not_json(text, origin, &error)]));
    }
    let visitor = ObjectsVisitor { path: kind.path(), into: &mut objects };
    let read = visitor.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    match read {
        Ok(()) => Ok(objects),
        Err(error) => Err(LoadError::Invalid(vec![not_json(text, origin, &error)])),
    }
}

/// The columns of all objects that can be read.
fn columns(objects: &Objects, kind: &ObjectKind) -> PropertyColumns {
    let parts = objects.all.par_chunks(BATCH).map(|objects| PropertyColumns::of(objects, &kind.form));
    // The order of the parts is that of the file.
    parts.collect::<Vec<_>>().into_iter().fold(PropertyColumns::default(), PropertyColumns::and)
}

/// The columns of a file, and some of its objects by them.
///
/// # Errors
///
/// When it is no JSON of that kind.
pub(crate) fn look(text: &str, kind: &ObjectKind, origin: &Text) -> Result<(Vec<Text>, Sample), LoadError> {
    let objects = objects(text, kind, origin)?;
    let columns = columns(&objects, kind);
    let sample = sample(&objects, &kind.form, &columns);
    Ok((columns.list(), sample))
}

/// Reads objects into the catalog that is built.
///
/// # Errors
///
/// When it is no JSON, or nothing can be understood of it; single objects are rejected.
pub(crate) fn read(
    text: &Arc<String>,
    kind: &ObjectKind,
    import: &mut Import,
    mut about: Dataset,
) -> Result<(), LoadError> {
    let origin = about.origin.clone();
    let unreadable = |reason: Unreadable| LoadError::unreadable(&origin, reason);
    let objects = objects(text, kind, &origin)?;
    let columns = Arc::new(columns(&objects, kind));
    if columns.is_empty() {
        let diagnostics = invalid_objects(&objects, kind, text, &origin);
        if !diagnostics.is_empty() {
            return Err(LoadError::Invalid(diagnostics));
        }
        return Err(unreadable(Unreadable::NoObjects { list: list(kind), remark: objects.remark }));
    }
    if columns.len() > MAX_COLUMNS {
        return Err(unreadable(Unreadable::TooManyProperties(MAX_COLUMNS)));
    }
    note_cut(&objects, text, &mut about);
    let given = import.options.profile.as_deref();
    let sample = sample(&objects, &kind.form, &columns);
    let fit =
        builtin::choose(Headings::new(columns.list()), given, &sample).map_err(|error| unreadable(error.into()))?;
    let format = Arc::new(ObjectRow { form: kind.form.clone(), columns: Arc::clone(&columns) });
    let mut plan = Plan::new(fit, true, &sample);
    if let Some(ids) = plan.doubtful_ids() {
        plan.take_id(id_column(&objects, &kind.form, &columns, (ids, &plan.missing)).map(|at| ids[at]));
    }
    let reader = dataset::begin(plan, format, import, &mut about, objects.stated.clone())?;
    let is_strict = import.options.is_strict;
    let parser = ObjectParser { text, kind, origin: &origin, columns: &columns, reader, is_strict };
    if is_strict && parser.reader.has_numbers() {
        // Every cell is judged by all others.
        objects.all.par_iter().for_each(|raw| parser.collect_marks(raw));
    }
    read_objects(&objects, &parser, import)
}

/// Some of the objects: the first ones, and the last.
fn sample(objects: &Objects, form: &Form, columns: &PropertyColumns) -> Sample {
    let mut sample = Sample::default();
    let size = Sample::size(columns.len());
    let (first, rest) = objects.all.split_at(size.min(objects.all.len()));
    let last = &rest[rest.len().saturating_sub(size)..];
    for properties in first.iter().chain(last).filter_map(|raw| properties(raw, form).ok()) {
        sample.push(columns.cells(&properties).into_iter());
    }
    sample
}

/// The position of the column with the ids among those columns.
fn id_column(
    objects: &Objects,
    form: &Form,
    columns: &PropertyColumns,
    (ids, missing): (&[usize], &MissingTexts),
) -> Option<usize> {
    let read = |objects: &[&str]| {
        let mut found = IdColumns::default();
        for properties in objects.iter().filter_map(|raw| properties(raw, form).ok()) {
            let cells = columns.cells(&properties);
            found.push(ids.iter().map(|at| cells[*at]), missing);
        }
        found
    };
    let parts: Vec<IdColumns> = objects.all.par_chunks(BATCH).map(read).collect();
    let mut all = IdColumns::default();
    for part in parts {
        all.append(part);
    }
    all.best()
}

fn read_objects(objects: &Objects, parser: &ObjectParser, import: &mut Import) -> Result<(), LoadError> {
    let duplicate = |duplicate: DuplicateId| parser.duplicate_id(&objects.all, &duplicate);
    let mut rows = RowImport::new(import, parser.text, &duplicate);
    let mut line = 1;
    let mut before = 0;
    let batches = objects.all.chunks(BATCH).enumerate().map(|(nth, objects)| {
        let start = parser.offset(objects.first().copied().unwrap_or_default());
        line += memchr::memchr_iter(b'\n', &parser.text.as_bytes()[before..start]).count();
        before = start;
        ObjectBatch { objects, first: nth * BATCH, start, line }
    });
    let read = in_order(
        batches,
        |batch| parser.parse(&batch),
        |parsed| match rows.add(parsed) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        },
    );
    if let ControlFlow::Break(error) = read {
        return Err(error);
    }
    if grouped::import::finish(rows, parser.text, &parser.reader)? {
        return Ok(());
    }
    match import.dataset() {
        Some(dataset) => Err(LoadError::Invalid(std::mem::take(&mut dataset.rejected).first)),
        None => Ok(()),
    }
}

/// What is wrong with the objects of a file of which none can be read.
fn invalid_objects(objects: &Objects, kind: &ObjectKind, text: &str, origin: &Text) -> Vec<Diagnostic> {
    let invalid =
        objects.all.iter().enumerate().filter_map(|(at, raw)| Some((at, raw, properties(raw, &kind.form).err()?)));
    let diagnostic = |(at, raw, error): (usize, &&str, serde_json::Error)| {
        let start = raw.as_ptr() as usize - text.as_ptr() as usize;
        let spot = Spot { text, line: line_of(text.as_bytes(), start), at: start..start + raw.len() };
        let (message, fix) = invalid_object(&error);
        Diagnostic::new(origin, &spot, &path(kind, at), &message, fix)
    };
    invalid.take(MAX_DIAGNOSTICS).map(diagnostic).collect()
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
fn list(kind: &ObjectKind) -> String {
    match &kind.frame {
        Frame::Array | Frame::Lines => "the array".to_owned(),
        Frame::Document => "the document".to_owned(),
        Frame::List(_) => format!("`{}`", kind.field()),
    }
}
