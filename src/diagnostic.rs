//! Diagnostics: what is wrong with a file, where, and how to fix it.

pub(crate) mod suggest;

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use crate::text::{Text, clean_in_place, clip};

/// Widest excerpt of a line, in characters.
const EXCERPT: usize = 160;

/// Most diagnostics reported for a file that is refused as a whole.
pub(crate) const MAX_DIAGNOSTICS: usize = 200;

/// One thing wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The file.
    pub file: Text,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The path to the field, such as `hospitals[3].figures[2].measure`.
    pub path: Text,
    /// What is wrong.
    pub message: Text,
    /// How to fix it.
    pub fix: Text,
    #[serde(skip)]
    excerpt: Excerpt,
}

/// The part of the line that a diagnostic is about, and which bytes of it to point at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Excerpt {
    text: String,
    start: usize,
    end: usize,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {} (fix: {})", self.file, self.line, self.column, self.message, self.fix)
    }
}

/// Where something is wrong in a text.
#[derive(Clone, Debug)]
pub(crate) struct Spot<'a> {
    /// The text.
    pub text: &'a str,
    /// The line, from 1.
    pub line: usize,
    /// The bytes that are wrong.
    pub at: Range<usize>,
}

/// The line of a byte, from 1.
#[must_use]
pub(crate) fn line_of(bytes: &[u8], offset: usize) -> usize {
    memchr::memchr_iter(b'\n', &bytes[..offset]).count() + 1
}

impl Diagnostic {
    /// What is wrong at a spot, and how to fix it; all cleaned and clipped.
    #[must_use]
    pub(crate) fn new(file: &Text, spot: &Spot, path: &str, message: &str, fix: &str) -> Self {
        let (text, offset) = (spot.text, spot.at.start);
        let line_start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
        let shown = |text: &str, width: usize| {
            // Of a text of megabytes only the beginning is measured.
            let end = text.char_indices().nth(width * 2).map_or(text.len(), |(at, _)| at);
            Text::clean(&clip(&text[..end], width))
        };
        Self {
            file: file.clone(),
            line: spot.line,
            column: text[line_start..offset].chars().count() + 1,
            path: shown(path, 120),
            message: shown(message, 240),
            fix: shown(fix, 400),
            excerpt: Excerpt::new(&text[line_start..line_end], offset - line_start, spot.at.len()),
        }
    }

    /// The diagnostic with the line it is about, for a terminal of plain text.
    #[must_use]
    pub fn with_excerpt(&self) -> String {
        use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

        let title = format!("{}:{}:{}: {}", self.file, self.line, self.column, self.message);
        let mark = AnnotationKind::Primary.span(self.excerpt.start..self.excerpt.end).label(self.path.as_str());
        let snippet = Snippet::source(self.excerpt.text.as_str()).line_start(self.line).annotation(mark);
        let group = Level::ERROR.primary_title(title.as_str()).element(snippet);
        Renderer::plain().render(&[group.element(Level::HELP.with_name("fix").message(self.fix.as_str()))])
    }
}

/// Diagnostics of single places in a file that was read all the same.
#[derive(Clone, Debug, Default)]
pub struct DiagnosticLog {
    /// How many.
    pub count: usize,
    /// The first of them.
    pub first: Vec<Diagnostic>,
}

impl DiagnosticLog {
    /// Most that are kept in full.
    pub(crate) const KEPT: usize = 100_000;

    /// Counts one more, and keeps it in full while those are few.
    pub(crate) fn push_with(&mut self, diagnostic: impl FnOnce() -> Diagnostic) {
        self.count += 1;
        if self.first.len() < Self::KEPT {
            self.first.push(diagnostic());
        }
    }

    /// Adds the diagnostics of a later part of the file.
    pub(crate) fn append(&mut self, other: Self) {
        self.count += other.count;
        let room = Self::KEPT.saturating_sub(self.first.len());
        self.first.extend(other.first.into_iter().take(room));
    }
}

impl Excerpt {
    /// A window of `line` around byte `at`, cleaned character by character so that the mark stays in place.
    fn new(line: &str, at: usize, length: usize) -> Self {
        let lead = line[..at].chars().rev().take(EXCERPT / 2).map(char::len_utf8).sum::<usize>();
        let from = at - lead;
        let from = if from < EXCERPT / 2 { 0 } else { from };
        let before = clean_in_place(&line[from..at]);
        let until = line[at..].char_indices().nth(EXCERPT).map_or(line.len(), |(end, _)| at + end);
        let rest = clean_in_place(&line[at..until]);
        // What is cleaned may have another length, and has as many characters.
        let marked = line[at..until].char_indices().take_while(|(byte, _)| *byte < length.max(1)).count();
        let end = rest.char_indices().nth(marked).map_or(rest.len(), |(byte, _)| byte);
        Self { start: before.len(), end: before.len() + end, text: format!("{before}{rest}") }
    }
}
