//! A batch of objects: those that are hospitals, those that cannot be read, and what is odd.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Spot};
use crate::formats::json::error;
use crate::formats::json::kind::{Form, ObjectKind};
use crate::formats::json::object_row::PropertyColumns;
use crate::formats::json::properties::properties;
use crate::formats::profile::row_head::HeadReader;
use crate::formats::profile::row_import::{DuplicateId, ParsedRows};
use crate::formats::profile::row_reader::RowReader;
use crate::text::Text;

/// Objects that follow each other.
pub(crate) struct ObjectBatch<'o, 'a> {
    /// Their texts.
    pub(crate) objects: &'o [&'a str],
    /// The position of the first one among all.
    pub(crate) first: usize,
    /// The byte of the file at which it starts.
    pub(crate) start: usize,
    /// The line of that byte, from 1.
    pub(crate) line: usize,
}

/// Parses batches of objects.
pub(crate) struct ObjectParser<'a> {
    /// The text of the file.
    pub(crate) text: &'a Arc<String>,
    pub(crate) kind: &'a ObjectKind,
    pub(crate) origin: &'a Text,
    pub(crate) columns: &'a PropertyColumns,
    pub(crate) reader: Arc<RowReader>,
    /// Whether every cell that is not what its column should be is remarked on.
    pub(crate) is_strict: bool,
}

/// An object that is read.
struct Object<'a> {
    raw: &'a str,
    /// Its position among all.
    at: usize,
    /// Its line.
    line: usize,
}

impl ObjectParser<'_> {
    /// The byte of the file at which a part of its text starts.
    pub(crate) fn offset(&self, part: &str) -> usize {
        part.as_ptr() as usize - self.text.as_ptr() as usize
    }

    /// Reads the objects of a batch.
    pub(crate) fn parse(&self, batch: &ObjectBatch) -> ParsedRows {
        let end = batch.objects.last().map_or(batch.start, |raw| self.offset(raw) + raw.len());
        let mut parsed = ParsedRows::new(self.text, &self.reader, end);
        let mut head = HeadReader::new(self.reader.plan());
        let (mut before, mut line) = (batch.start, batch.line);
        for (nth, raw) in batch.objects.iter().enumerate() {
            let start = self.offset(raw);
            line += memchr::memchr_iter(b'\n', &self.text.as_bytes()[before..start]).count();
            before = start;
            self.object(&Object { raw, at: batch.first + nth, line }, &mut head, &mut parsed);
        }
        parsed
    }

    /// Collects the decimal marks of an object.
    pub(crate) fn collect_marks(&self, raw: &str) {
        if let Ok(properties) = properties(raw, &self.kind.form) {
            let cells = self.columns.cells(&properties);
            self.reader.collect_marks(|at| cells[at]);
        }
    }

    fn object(&self, object: &Object, head: &mut HeadReader, parsed: &mut ParsedRows) {
        let properties = match properties(object.raw, &self.kind.form) {
            // It is the outline of another element, or another resource.
            Ok(properties) if properties.is_empty() && self.may_be_other() => return,
            Ok(properties) => properties,
            Err(error) => {
                let (message, fix) = invalid_object(&error);
                parsed.rejected_ids.push(None);
                return parsed.rejected.push_with(|| self.diagnostic(object, &message, fix));
            }
        };
        let cells = self.columns.cells(&properties);
        let Some(found) = head.read(&|at| cells[at]) else {
            let fix = "give the hospital a name, or name its property in a profile";
            parsed.rejected_ids.push(head.id(|at| cells[at]));
            return parsed.rejected.push_with(|| self.diagnostic(object, "no name", fix));
        };
        let is_shadowed = |(heading, text): &&(Cow<str>, Cow<str>)| {
            let at = self.columns.column(heading);
            !text.is_empty() && at.is_some_and(|at| cells[at] != &**text)
        };
        if let Some((heading, _)) = properties.iter().find(is_shadowed) {
            let message = format!("duplicate property `{heading}`; the last counts");
            parsed.remarks.push_with(|| self.diagnostic(object, &message, "keep one of them"));
        }
        let start = self.offset(object.raw);
        parsed.push(found, start..start + object.raw.len());
        parsed.has_new_marks |= self.reader.collect_marks(|at| cells[at]);
        if self.is_strict {
            self.remark_unreadable(object, parsed);
        }
    }

    /// Whether an object without properties is only something beside the hospitals.
    fn may_be_other(&self) -> bool {
        matches!(self.kind.form, Form::Element | Form::Resource)
    }

    /// Remarks on what of an object is not what it should be.
    fn remark_unreadable(&self, object: &Object, parsed: &mut ParsedRows) {
        for (_, cell, what) in self.reader.unreadable(object.raw) {
            let message = format!("`{cell}` is {what}; it is kept as text");
            let fix = "correct it, or name it in the profile's `missing`";
            parsed.remarks.push_with(|| self.diagnostic(object, &message, fix));
        }
    }

    fn diagnostic(&self, object: &Object, message: &str, fix: &str) -> Diagnostic {
        let start = self.offset(object.raw);
        let spot = Spot { text: self.text, line: object.line, at: start..start + object.raw.len() };
        Diagnostic::new(self.origin, &spot, &path(self.kind, object.at), message, fix)
    }

    /// What is wrong with an id that an earlier one of `objects` has.
    pub(crate) fn duplicate_id(&self, objects: &[&str], duplicate: &DuplicateId) -> Diagnostic {
        let DuplicateId { row, line, given, id } = duplicate;
        let at = objects.partition_point(|raw| self.offset(raw) < row.start);
        let message = format!("duplicate id `{given}`: an earlier object has it; this hospital is called `{id}`");
        let object = Object { raw: &self.text[row.clone()], at, line: *line };
        self.diagnostic(&object, &message, "give each hospital an id of its own")
    }
}

/// What is wrong with an object, and the fix.
pub(crate) fn invalid_object(error: &serde_json::Error) -> (String, &'static str) {
    (format!("not what it should be: {}", error::message(error)), "correct it, or fetch the file again")
}

/// The path to an object of the file.
pub(crate) fn path(kind: &ObjectKind, at: usize) -> String {
    format!("{}[{at}]", kind.field())
}
