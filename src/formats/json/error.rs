//! Where and why a text is not JSON.
//!
//! `serde_json` gives a category, a line and a column, but the reason only in the words of its message. This is the only
//! file that takes those words apart.

use serde::de::IgnoredAny;
use serde_json::error::Category;

use crate::diagnostic::{Diagnostic, Spot, line_of};
use crate::text::Text;

/// The byte of `text` that an error of reading it points at.
pub(crate) fn offset(error: &serde_json::Error, text: &str) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut offset = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The message of an error without its position, which counts from the start of the part that was read.
pub(crate) fn message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message).to_owned()
}

/// The diagnostic of a text that is not JSON. There is one only, since nothing after it can be trusted.
#[must_use]
pub(crate) fn not_json(text: &str, origin: &Text, error: &serde_json::Error) -> Diagnostic {
    let at = offset(error, text);
    let message = message(error);
    let fix = match error.classify() {
        Category::Data => "the file is JSON, of another form; see the README for those that are read",
        Category::Eof => "the file ends too early: is it whole?",
        Category::Io | Category::Syntax => match Trailing::of(text, at) {
            Some(Trailing::Value) => {
                "the file holds several JSON values, as JSON Lines do: join them to an array, [{…}, {…}]"
            }
            Some(Trailing::Other) => "remove what is too much: JSON ends without a comma, and holds one value",
            None => "correct the JSON here, or just before",
        },
    };
    let spot = Spot { text, line: line_of(text.as_bytes(), at), at: at..at + 1 };
    let message = if error.is_data() { message } else { format!("not valid JSON: {message}") };
    Diagnostic::new(origin, &spot, "", &message, fix)
}

/// What follows where JSON should have ended.
enum Trailing {
    /// Another object or array.
    Value,
    /// A comma after the last element, or anything after the value.
    Other,
}

impl Trailing {
    fn of(text: &str, at: usize) -> Option<Self> {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
        let is_read = values.next().is_some_and(|value| value.is_ok());
        let is_whole = is_read && text.get(values.byte_offset()..at).is_some_and(|rest| rest.trim().is_empty());
        let after_comma = || text[..at].trim_end().ends_with(',') && text[at..].starts_with(['}', ']']);
        match text[at..].chars().next() {
            Some('{' | '[') if is_whole => Some(Self::Value),
            _ if is_whole || after_comma() => Some(Self::Other),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fix_fits_what_follows() {
        for (text, fix) in [
            ("[1, 2", "ends too early"),
            ("[1, 2,]", "ends without a comma"),
            ("[1, 2] x", "holds one value"),
            ("{}\n{}", "several JSON values"),
            ("[1 2]", "here, or just before"),
            ("{\"a\" 1}", "here, or just before"),
        ] {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
            let found = not_json(text, &"f.json".into(), &error);
            assert!(found.fix.contains(fix), "{text}: {}", found.fix);
        }
        let lines = "{}\n{\"a\": }";
        let error = serde_json::Deserializer::from_str(lines).into_iter::<IgnoredAny>().find_map(Result::err).unwrap();
        assert!(not_json(lines, &"f.json".into(), &error).fix.contains("here, or just before"));
    }
}
