//! JSON as text.

use std::io::{self, Write};

use serde::Serialize;

use crate::text::clean_in_place;

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
