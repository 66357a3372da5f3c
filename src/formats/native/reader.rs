//! Reading a catalog file fast, hospital by hospital, so that an observer can see what has come.
//!
//! The fields of the file are taken one after the other. The list of hospitals is cut into texts of one hospital each,
//! which takes a small part of the time; the texts are then parsed on all cores, batch by batch and in order, while the
//! next batch is cut. Why a file cannot be read is not said here: `check` finds that out.

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use crate::catalog::{CatalogFile, Hospital, Hospitals};

/// Is shown what has been read so far and how many bytes that was, and says whether to go on.
pub(crate) type Observer<'o> = &'o mut dyn FnMut(&CatalogFile, usize) -> bool;

/// Hospitals in the first batch, so that a list is shown at once, and in each later one.
const BATCHES: [usize; 2] = [512, Hospitals::CHUNK];

/// Reads `text`. None when it is no catalog or the observer stops it.
///
/// The observer is called after each batch, once the title or the sources are known.
pub(crate) fn read(text: &str, observer: Observer) -> Option<CatalogFile> {
    read_in_batches(text, BATCHES, observer)
}

fn read_in_batches(text: &str, batches: [usize; 2], observer: Observer) -> Option<CatalogFile> {
    let mut cursor = Cursor { text, at: 0 };
    let file = catalog(&mut cursor, batches, observer)?;
    cursor.peek().is_none().then_some(file)
}

pub(super) const FIELDS: [&str; 8] =
    ["$schema", "title", "ids", "sources", "families", "measures", "terms", "hospitals"];

fn catalog(cursor: &mut Cursor, batches: [usize; 2], observer: Observer) -> Option<CatalogFile> {
    let mut file = CatalogFile::default();
    let mut seen = [false; FIELDS.len()];
    cursor.take(b'{')?;
    loop {
        let key: String = cursor.value()?;
        cursor.take(b':')?;
        let at = FIELDS.iter().position(|field| *field == key)?;
        if std::mem::replace(&mut seen[at], true) {
            return None;
        }
        match FIELDS[at] {
            "$schema" => file.schema = cursor.value()?,
            "title" => file.title = cursor.value()?,
            "ids" => file.ids = cursor.value()?,
            "sources" => file.sources = cursor.value()?,
            "families" => file.families = cursor.value()?,
            "measures" => file.measures = cursor.value()?,
            "terms" => file.terms = cursor.value()?,
            _ => hospitals(cursor, &mut file, batches, observer)?,
        }
        match cursor.next()? {
            b',' => {}
            b'}' => break,
            _ => return None,
        }
    }
    let has = |name| FIELDS.iter().zip(seen).any(|(field, seen)| *field == name && seen);
    (has("title") && has("hospitals")).then_some(file)
}

/// Reads the list of hospitals, from its bracket to its bracket.
fn hospitals(cursor: &mut Cursor, file: &mut CatalogFile, batches: [usize; 2], observer: Observer) -> Option<()> {
    cursor.take(b'[')?;
    if cursor.peek() == Some(b']') {
        return cursor.take(b']');
    }
    // A file that names neither before its hospitals cannot be shown while it is read.
    let is_shown = !file.sources.is_empty() || !file.title.is_empty();
    let mut group = vec![cursor.batch(batches[0])?];
    loop {
        // The first two batches fill one chunk of the list, and each later one another, so that no hospital is moved.
        let (size, count) = match file.hospitals.len() {
            0 => (batches[1].saturating_sub(batches[0]).max(1), 1),
            _ => (batches[1], 2 * rayon::current_num_threads()),
        };
        let is_last = group.last().is_some_and(|batch| batch.is_last);
        let bytes = cursor.at;
        let cut_next = || if is_last { Some(Vec::new()) } else { cursor.group(size, count) };
        let parse = || -> Vec<Option<Vec<Hospital>>> { group.par_iter().map(HospitalBatch::parse).collect() };
        let (parsed, next) = rayon::join(parse, cut_next);
        for hospitals in parsed {
            file.hospitals.append(hospitals?);
        }
        if is_last {
            return Some(());
        }
        group = next?;
        if is_shown && !observer(file, bytes) {
            return None;
        }
    }
}

/// Texts of hospitals that follow each other.
struct HospitalBatch<'a> {
    hospitals: Vec<&'a str>,
    /// Whether the list ends with them.
    is_last: bool,
}

impl HospitalBatch<'_> {
    /// The hospitals; none when one of the texts is no hospital.
    fn parse(&self) -> Option<Vec<Hospital>> {
        let mut hospitals = Vec::with_capacity(self.hospitals.len());
        for text in &self.hospitals {
            hospitals.push(serde_json::from_str(text).ok()?);
        }
        Some(hospitals)
    }
}

/// A position in a JSON text.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
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

    /// Takes up to `count` batches of up to `most` objects.
    fn group(&mut self, most: usize, count: usize) -> Option<Vec<HospitalBatch<'a>>> {
        let mut group: Vec<HospitalBatch> = Vec::with_capacity(count);
        while group.len() < count && group.last().is_none_or(|batch| !batch.is_last) {
            group.push(self.batch(most)?);
        }
        Some(group)
    }

    /// Takes the texts of up to `most` objects, and the comma or bracket behind each.
    fn batch(&mut self, most: usize) -> Option<HospitalBatch<'a>> {
        let mut batch = HospitalBatch { hospitals: Vec::with_capacity(most), is_last: false };
        while batch.hospitals.len() < most {
            batch.hospitals.push(self.object()?);
            match self.next()? {
                b',' => {}
                b']' => {
                    batch.is_last = true;
                    break;
                }
                _ => return None,
            }
        }
        Some(batch)
    }

    /// Takes the text from a brace to the brace that closes it. Whether it is JSON is for its parser to say.
    fn object(&mut self) -> Option<&'a str> {
        if self.peek() != Some(b'{') {
            return None;
        }
        let rest = &self.text[self.at..];
        let (mut at, mut depth) = (0, 0);
        loop {
            match rest.as_bytes().get(at)? {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                b'"' => at = string_end(rest.as_bytes(), at)?,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        self.at += at;
        Some(&rest[..at])
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
        [read_in_batches(text, [1, 3], &mut |_, _| true), serde_json::from_str(text).ok()]
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
        let (mut seen, mut read_bytes) = (Vec::new(), Vec::new());
        let read = read_in_batches(&text, [2, 3], &mut |file, bytes| {
            seen.push(file.hospitals.len());
            read_bytes.push(bytes);
            true
        });
        assert_eq!(read.map(|file| file.hospitals.len()), Some(10));
        // After the first chunk is full, as many batches as there are cores for are parsed together.
        assert!(seen.starts_with(&[2, 3]) && seen.is_sorted(), "{seen:?}");
        assert!(read_bytes.is_sorted_by(|a, b| a < b) && read_bytes.iter().all(|bytes| *bytes < text.len()));
        assert_eq!(read_in_batches(&text, [2, 3], &mut |_, _| false), None);
    }
}
