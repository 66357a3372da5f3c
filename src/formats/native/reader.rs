//! Reading a catalog file fast, hospital by hospital, so that an observer can see what has come.
//!
//! The fields of the file are taken one after the other. The list of hospitals is cut into batches: each core takes the
//! next batch off the text, which needs a small part of the time, and parses it. The batches are put together in order.
//! Why a file cannot be read is not said here: `check` finds that out.

use std::ops::ControlFlow;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::catalog::row_chunk::{RowChunk, RowChunkBuilder};
use crate::catalog::{CatalogFile, Hospital};
use crate::formats::in_order::in_order;
use crate::formats::native::rows::{self, NativeRows, Seen};
use crate::formats::native::rules::Rules;

/// Is shown what has been read so far and how many bytes that was, and says whether to go on.
pub(crate) type Observer<'o> = &'o mut dyn FnMut(&CatalogFile, usize) -> bool;

/// How much is parsed at a time.
#[derive(Clone, Copy)]
struct BatchSizes {
    /// Hospitals in the first batches, so that a list is shown at once and cores share a small file, too.
    first: usize,
    /// Hospitals in the first batches together, and in each later one.
    hospitals: usize,
    /// Bytes after which a batch ends, so that cores share the work even if each hospital is large.
    bytes: usize,
}

/// A batch is a chunk of the list.
const SIZES: BatchSizes = BatchSizes { first: 512, hospitals: RowChunk::MOST, bytes: 1 << 19 };

/// Reads `text`. None when it is no catalog or the observer stops it.
///
/// The observer is called after each batch, once the title or the sources are known.
pub(crate) fn read(text: &Arc<String>, observer: Observer) -> Option<ReadFile> {
    read_in_batches(text, SIZES, observer)
}

/// A file that has been read, but for what its hospitals say.
#[derive(Debug, Default)]
pub(crate) struct ReadFile {
    /// The file.
    pub(crate) file: CatalogFile,
    /// The positions of the hospitals that seem to violate a rule, as far as the file was known when they were read.
    pub(crate) doubtful: Vec<usize>,
}

fn read_in_batches(text: &Arc<String>, sizes: BatchSizes, observer: Observer) -> Option<ReadFile> {
    let mut cursor = Cursor { text, at: 0 };
    let read = catalog(&mut cursor, text, sizes, observer)?;
    cursor.peek().is_none().then_some(read)
}

pub(super) const FIELDS: [&str; 8] =
    ["$schema", "title", "ids", "sources", "families", "measures", "terms", "hospitals"];

fn catalog(cursor: &mut Cursor, text: &Arc<String>, sizes: BatchSizes, observer: Observer) -> Option<ReadFile> {
    let mut read = ReadFile::default();
    let mut seen = [false; FIELDS.len()];
    cursor.take(b'{')?;
    loop {
        let key: String = cursor.value()?;
        cursor.take(b':')?;
        let at = FIELDS.iter().position(|field| *field == key)?;
        if std::mem::replace(&mut seen[at], true) {
            return None;
        }
        let file = &mut read.file;
        match FIELDS[at] {
            "$schema" => file.schema = cursor.value()?,
            "title" => file.title = cursor.value()?,
            "ids" => file.ids = cursor.value()?,
            "sources" => file.sources = cursor.value()?,
            "families" => file.families = cursor.value()?,
            "measures" => file.measures = cursor.value()?,
            "terms" => file.terms = cursor.value()?,
            _ => hospitals(cursor, &mut read, text, sizes, observer)?,
        }
        match cursor.next()? {
            b',' => {}
            b'}' => break,
            _ => return None,
        }
    }
    let has = |name| FIELDS.iter().zip(seen).any(|(field, seen)| *field == name && seen);
    (has("title") && has("hospitals")).then_some(read)
}

/// Reads the list of hospitals, from its bracket to its bracket.
fn hospitals(
    cursor: &mut Cursor,
    read: &mut ReadFile,
    text: &Arc<String>,
    sizes: BatchSizes,
    observer: Observer,
) -> Option<()> {
    cursor.take(b'[')?;
    if cursor.peek() == Some(b']') {
        return cursor.take(b']');
    }
    // A file that names neither before its hospitals cannot be shown while it is read.
    let is_shown = !read.file.sources.is_empty() || !read.file.title.is_empty();
    let mut batches = Batches { cursor: *cursor, sizes, taken: 0, is_ended: false };
    let parser = BatchParser { text, about: read.file.clone(), rows: Arc::default() };
    let parsed = in_order(
        batches.by_ref(),
        |batch| parser.parse(&batch),
        |parsed| {
            let Some(ParsedBatch { rows, doubtful, end, is_last }) = parsed else { return ControlFlow::Break(false) };
            let first = read.file.hospitals.len();
            read.doubtful.extend(doubtful.into_iter().map(|at| first + at));
            read.file.hospitals.append_rows(rows);
            if is_last {
                return ControlFlow::Break(true);
            }
            let goes_on = !is_shown || observer(&read.file, end);
            if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(false) }
        },
    );
    *cursor = batches.cursor;
    (parsed == ControlFlow::Break(true)).then_some(())
}

/// The text of hospitals that follow each other, from the first brace to the last.
struct Batch<'a> {
    text: &'a str,
    /// The byte of the file at which it starts.
    start: usize,
    /// Whether the list ends with it.
    is_last: bool,
}

struct ParsedBatch {
    rows: RowChunk,
    /// The positions among the rows of those that seem to violate a rule.
    doubtful: Vec<usize>,
    /// The byte of the file at which it ends.
    end: usize,
    is_last: bool,
}

/// Parses batches of hospitals.
struct BatchParser<'a> {
    text: &'a Arc<String>,
    /// What the file has said before its hospitals.
    about: CatalogFile,
    rows: Arc<NativeRows>,
}

impl BatchParser<'_> {
    /// The hospitals; none when the text has something else. Each is read whole, and then only its row is kept.
    fn parse(&self, batch: &Batch) -> Option<ParsedBatch> {
        let mut cursor = Cursor { text: batch.text, at: 0 };
        let mut chunk = RowChunkBuilder::new(Arc::clone(self.text), self.rows.clone());
        let mut rules = Rules::new(&self.about);
        let (mut doubtful, mut seen) = (Vec::new(), Seen::default());
        loop {
            cursor.peek();
            let start = batch.start + cursor.at;
            let hospital: Hospital = cursor.value()?;
            if !rules.allow(&hospital) {
                doubtful.push(chunk.len());
            }
            seen.note(&hospital);
            chunk.push(rows::head(&hospital), start..batch.start + cursor.at);
            match cursor.next() {
                Some(b',') => {}
                Some(_) => return None,
                None => break,
            }
        }
        self.rows.note(seen);
        let end = batch.start + batch.text.len();
        Some(ParsedBatch { rows: chunk.finish(), doubtful, end, is_last: batch.is_last })
    }
}

/// Takes the batches of a list off its text. It ends early where the text is no list of objects.
struct Batches<'a> {
    /// Behind the comma of the last batch, or the bracket of the list.
    cursor: Cursor<'a>,
    sizes: BatchSizes,
    /// How many have been taken.
    taken: usize,
    is_ended: bool,
}

impl<'a> Iterator for Batches<'a> {
    type Item = Batch<'a>;

    fn next(&mut self) -> Option<Batch<'a>> {
        if self.is_ended {
            return None;
        }
        let BatchSizes { first, hospitals, bytes } = self.sizes;
        let most = if self.taken < hospitals / first { first } else { hospitals };
        let (start, mut count) = (self.cursor.at, 0);
        let end = loop {
            self.cursor.skip_object()?;
            count += 1;
            let end = self.cursor.at;
            self.is_ended = match self.cursor.next()? {
                b',' => false,
                b']' => true,
                _ => return None,
            };
            if self.is_ended || count == most || end - start >= bytes {
                break end;
            }
        };
        self.taken += 1;
        Some(Batch { text: &self.cursor.text[start..end], start, is_last: self.is_ended })
    }
}

/// A position in a JSON text.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    /// The next byte that is no white space, which stays the next.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| !b" \t\r\n".contains(byte)).unwrap_or(rest.len());
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        // Between values everything is ASCII.
        self.at += usize::from(byte.is_ascii());
        byte.is_ascii().then_some(byte)
    }

    /// Takes that byte.
    fn take(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    /// Takes the next value.
    fn value<T: DeserializeOwned>(&mut self) -> Option<T> {
        let mut values = serde_json::Deserializer::from_str(&self.text[self.at..]).into_iter();
        let value = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(value)
    }

    /// Takes all from a brace to the brace that closes it. Whether it is JSON is for its parser to say.
    fn skip_object(&mut self) -> Option<()> {
        if self.peek() != Some(b'{') {
            return None;
        }
        let bytes = self.text.as_bytes();
        let (mut at, mut depth) = (self.at, 0);
        loop {
            match bytes.get(at)? {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                b'"' => at = string_end(bytes, at)?,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                self.at = at;
                return Some(());
            }
        }
    }
}

/// The closing quote of the string that opens at `start`.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is read of `text`, by the reader here and by serde alone.
    fn both(text: &str) -> [Option<CatalogFile>; 2] {
        let sizes = BatchSizes { first: 1, hospitals: 3, bytes: 100 };
        let read = read_in_batches(&Arc::new(text.to_owned()), sizes, &mut |_, _| true);
        [read.map(|read| read.file), serde_json::from_str(text).ok()]
    }

    const SOUND: [&str; 4] = [
        r#"{"id":"a","name":"A"}"#,
        r#"{"id":"b","name":"},{\"id\":\""}"#,
        r#"{"id":"c","campuses":[{"id":"n","name":"N","source":"s"},{"id":"m","name":"M","source":"s"}],"name":"C"}"#,
        r#"{"id":"d","name":"\\","aliases":["},{\"id\":\"a\",\"name\":\"A\"}"]}"#,
    ];
    const BROKEN: [&str; 12] = ["{\"id\":", "]", "}", ",", ":", "\"", "é", "{\"id\":5}", "null", "[", " ", "{]}"];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        /// Pieces of catalogs in any order, most of them sound.
        #[test]
        fn batches_read_what_serde_reads(
            pieces in prop::collection::vec(
                prop_oneof![
                    12 => prop::sample::select(SOUND.to_vec()),
                    1 => prop::sample::select(BROKEN.to_vec()),
                ],
                0..12,
            ),
            joined in prop::sample::select(vec![",", ",\n", "", " , "]),
            end in prop::sample::select(vec!["]}", "],\"sources\":[]}", "]", "]}x", ""]),
        ) {
            let text = format!("{{\"title\":\"t\",\"hospitals\":[{}{end}", pieces.join(joined));
            let [ours, serde] = both(&text);
            prop_assert_eq!(ours, serde, "{}", text);
        }
    }

    #[test]
    fn what_is_no_catalog_is_none() {
        let good = r#"{"title":"t","hospitals":[{"id":"a","name":"A"},{"id":"b","name":"B"},{"id":"c","name":"C"}]}"#;
        assert!(both(good).iter().all(Option::is_some));
        for end in (0..good.len()).filter(|at| good.is_char_boundary(*at)) {
            assert_eq!(both(&good[..end]), [None, None], "{}", &good[..end]);
        }
        for (from, to) in
            [(r#""id":"c""#, r#""id":5"#), ("},{", "}{"), ("]}", "],}"), ("]}", "]}}"), (":", "é:"), (",", ",,")]
        {
            let bad = good.replace(from, to);
            assert_eq!(both(&bad), [None, None], "{bad}");
        }
    }

    #[test]
    fn the_observer_sees_each_batch_and_may_stop() {
        let hospitals: Vec<String> = (0..10).map(|at| format!(r#"{{"id":"{at}","name":"N"}}"#)).collect();
        let text = format!(r#"{{"title":"t","hospitals":[{}]}}"#, hospitals.join(","));
        let sizes = BatchSizes { first: 2, hospitals: 4, bytes: 60 };
        let (mut seen, mut read_bytes) = (Vec::new(), Vec::new());
        let text = Arc::new(text);
        let read = read_in_batches(&text, sizes, &mut |file, bytes| {
            seen.push(file.hospitals.len());
            read_bytes.push(bytes);
            true
        });
        assert_eq!(read.map(|read| read.file.hospitals.len()), Some(10));
        assert_eq!(seen, [2, 4, 7], "two, two more, and three of 65 bytes, before the last three");
        assert!(read_bytes.is_sorted_by(|a, b| a < b) && read_bytes.iter().all(|bytes| *bytes < text.len()));
        assert!(read_in_batches(&text, sizes, &mut |_, _| false).is_none());
    }
}
