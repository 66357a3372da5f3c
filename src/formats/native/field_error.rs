//! What serde found wrong with a value, and where.
//!
//! `serde_json` turns what serde reports into words at once, so its message is all there is. [`FieldErrorKind`] takes the
//! words apart, in this file and nowhere else.

use std::collections::HashSet;

use serde_path_to_error::Segment;

use crate::diagnostic::MAX_DIAGNOSTICS;
use crate::diagnostic::suggest::nearest;
use crate::formats::native::path::{JsonPath, PathStep};
use crate::formats::native::spanned::SpannedJson;

/// A value that is not what it should be.
#[derive(Debug)]
pub(crate) struct FieldError {
    /// The value; of a missing field the record that it is missing from.
    pub(crate) path: JsonPath,
    kind: FieldErrorKind,
}

#[derive(Debug)]
enum FieldErrorKind {
    Missing(String),
    UnknownField {
        name: String,
        known: Vec<String>,
    },
    UnknownVariant {
        name: String,
        known: Vec<String>,
    },
    /// Anything else: the message, and what was expected.
    Invalid {
        message: String,
        expected: Option<String>,
    },
}

impl FieldErrorKind {
    fn of(error: &serde_json::Error) -> Self {
        let message = error.to_string();
        let mut names = message.split('`').skip(1).step_by(2).map(str::to_owned);
        let name = names.next().unwrap_or_default();
        let known = names.collect();
        if message.starts_with("missing field") {
            Self::Missing(name)
        } else if message.starts_with("unknown field") {
            Self::UnknownField { name, known }
        } else if message.starts_with("unknown variant") {
            Self::UnknownVariant { name, known }
        } else {
            let (message, expected) = match message.split_once(", expected ") {
                Some((message, expected)) => (message.to_owned(), Some(expected.to_owned())),
                None => (message, None),
            };
            Self::Invalid { message, expected }
        }
    }
}

impl FieldError {
    /// What `error` says of the value at `root`.
    pub(crate) fn new(root: &JsonPath, error: &serde_path_to_error::Error<serde_json::Error>) -> Self {
        let mut path = root.clone();
        for segment in error.path() {
            match segment {
                Segment::Seq { index } => path.0.push(PathStep::Index(*index)),
                Segment::Map { key } => path.0.push(PathStep::Field(key.clone())),
                Segment::Enum { .. } | Segment::Unknown => {}
            }
        }
        let kind = FieldErrorKind::of(error.inner());
        if let FieldErrorKind::UnknownField { name, .. } = &kind
            && !matches!(path.0.last(), Some(PathStep::Field(last)) if last == name)
        {
            path = path.field(name);
        }
        Self { path, kind }
    }

    /// What is wrong.
    pub(crate) fn message(&self) -> String {
        match &self.kind {
            FieldErrorKind::Missing(name) => format!("the field `{name}` is missing"),
            FieldErrorKind::UnknownField { name, .. } => format!("unknown field `{name}`"),
            FieldErrorKind::UnknownVariant { name, .. } => format!("unknown word `{name}`"),
            FieldErrorKind::Invalid { message, .. } => message.clone(),
        }
    }

    /// How to fix it.
    pub(crate) fn fix(&self) -> String {
        match &self.kind {
            FieldErrorKind::Missing(name) => match name.as_str() {
                "source" => {
                    "every statement names where it comes from: add \"source\" with an id of `sources`".to_owned()
                }
                "value" => "add \"value\": a number, {\"above\": …} or {\"missing\": …}".to_owned(),
                _ => format!("add \"{name}\""),
            },
            FieldErrorKind::UnknownField { name, known } | FieldErrorKind::UnknownVariant { name, known } => {
                match nearest(name, known.iter().map(String::as_str).filter(|known| known != name)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known here: {}", known.join(", ")),
                }
            }
            FieldErrorKind::Invalid { expected: Some(expected), .. } => format!("write {expected}"),
            FieldErrorKind::Invalid { expected: None, .. } => {
                "compare it with a catalog that `hospitui convert` writes".to_owned()
            }
        }
    }

    /// Whether it only follows from something that has been removed.
    pub(crate) fn follows_from(&self, removed: &HashSet<JsonPath>) -> bool {
        match &self.kind {
            FieldErrorKind::Missing(name) => removed.contains(&self.path.field(name)),
            _ => removed.iter().any(|path| path.split_last().is_some_and(|(parent, _)| parent == self.path)),
        }
    }

    /// Other unknown fields of the same record. They are found at once, so that a file of nothing else is not read again
    /// for each.
    pub(crate) fn other_unknown_fields(&self, json: &mut SpannedJson) -> Vec<Self> {
        let FieldErrorKind::UnknownField { known, .. } = &self.kind else { return Vec::new() };
        let Some((record, _)) = self.path.split_last() else { return Vec::new() };
        let fields = json.fields(&record).into_iter().filter(|field| !known.contains(field));
        let others = fields.map(|name| Self {
            path: record.field(&name),
            kind: FieldErrorKind::UnknownField { name, known: known.clone() },
        });
        others.filter(|other| other.path != self.path).take(MAX_DIAGNOSTICS).collect()
    }
}
