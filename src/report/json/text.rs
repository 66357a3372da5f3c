//! JSON as text.

use std::io::{self, Write};

use serde::Serialize;

use crate::text::clean_in_place;

/// How JSON is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// In indented lines; a list is an array.
    Indented,
    /// One value a line; a list is as many lines.
    Lines,
}

impl Layout {
    /// Writes a value.
    pub(crate) fn write(self, out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
        match self {
            Self::Indented => pretty(out, value),
            Self::Lines => {
                serde_json::to_writer(&mut *out, value)?;
                writeln!(out)
            }
        }
    }

    /// Writes the values of a list.
    pub(crate) fn write_all<T: Serialize>(
        self,
        out: &mut impl Write,
        mut values: impl Iterator<Item = T>,
    ) -> io::Result<()> {
        match self {
            Self::Indented => pretty(out, &values.collect::<Vec<_>>()),
            Self::Lines => values.try_for_each(|value| self.write(out, &value)),
        }
    }
}

/// Writes a value as indented JSON with a newline at the end.
pub(crate) fn pretty(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// `json` with invisible characters escaped. They occur only in strings, so the parsed values are the same.
pub(crate) fn escape_invisible(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for (c, shown) in json.chars().zip(clean_in_place(json).chars()) {
        if c == shown || c == '\n' {
            escaped.push(c);
        } else {
            escaped.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    escaped
}
