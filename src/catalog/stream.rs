//! Reading a catalog file hospital by hospital, so that somebody can look on.
//!
//! The file is taken value by value from the front. Of a large one a second thread reads the later half meanwhile, from
//! where a hospital seems to begin; what it has read counts only when the first comes to exactly that place, so that
//! what is read is always what one thread alone would read.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;

use super::record::CatalogFile;
use super::{Hospital, Hospitals};

/// Hospitals read between two looks at what has come.
const SHOWN: usize = 4_096;

/// Hospitals read before the first look, so that a list is there at once.
const FIRST_SHOWN: usize = 512;

/// Bytes of hospitals from which on two threads read them.
const LARGE: usize = if cfg!(test) { 64 } else { 1 << 20 };

/// How often somebody is asked whether to go on while the second thread comes to its end.
const BEAT: Duration = Duration::from_millis(20);

/// Places tried by the second thread. A list inside a hospital may look like the list of hospitals.
const TRIES: usize = 64;

type Watch<'w> = &'w mut dyn FnMut(&CatalogFile) -> bool;

/// Reads `text`; `watch` is shown what has come, and says whether to go on. None when it is no catalog, or `watch` stops
/// it.
pub fn read(text: &str, watch: Watch) -> Option<CatalogFile> {
    let mut cursor = Cursor { text, at: 0 };
    let file = catalog(&mut cursor, watch)?;
    cursor.peek().is_none().then_some(file)
}

const FIELDS: [&str; 8] = ["$schema", "title", "ids", "sources", "families", "measures", "terms", "hospitals"];

fn catalog(cursor: &mut Cursor, watch: Watch) -> Option<CatalogFile> {
    let mut file = CatalogFile::default();
    let mut seen = [false; FIELDS.len()];
    cursor.token(b'{')?;
    loop {
        let key: String = cursor.value()?;
        cursor.token(b':')?;
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
            _ => hospitals(cursor, &mut file, watch)?,
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
fn hospitals(cursor: &mut Cursor, file: &mut CatalogFile, watch: Watch) -> Option<()> {
    cursor.token(b'[')?;
    if cursor.peek() == Some(b']') {
        return cursor.token(b']');
    }
    let (ahead, start) = (Ahead::default(), *cursor);
    thread::scope(|scope| {
        let is_large =
            start.text.len() - start.at >= LARGE && thread::available_parallelism().is_ok_and(|n| n.get() > 1);
        let second = thread::Builder::new().name("ahead".to_owned());
        // Where no thread can be had, one reads it all.
        let mut second = if is_large { second.spawn_scoped(scope, || ahead.read(start)).ok() } else { None };
        while cfg!(test) && second.as_ref().is_some_and(|second| !second.is_finished()) {
            thread::yield_now();
        }
        // A file that names neither before its hospitals cannot be looked at while it is read.
        let is_known = !file.sources.is_empty() || !file.title.is_empty();
        let mut read = || loop {
            if ahead.begins_at(cursor)
                && let Some(second) = second.take()
            {
                let rest = joined(second, || !is_known || watch(file))?;
                file.hospitals.append(rest.hospitals);
                cursor.at = rest.end;
                return Some(());
            }
            file.hospitals.push(cursor.value()?);
            let count = file.hospitals.len();
            let is_shown = count == FIRST_SHOWN || count.is_multiple_of(SHOWN);
            if is_known && is_shown && !watch(file) {
                return None;
            }
            match cursor.next()? {
                b',' => {}
                b']' => return Some(()),
                _ => return None,
            }
        };
        let read = read();
        ahead.is_needless.store(true, Ordering::Relaxed);
        read
    })
}

/// What the second thread has read, once it has; none when that is no list, or somebody who `waits` no longer does.
fn joined(second: ScopedJoinHandle<Option<Rest>>, mut waits: impl FnMut() -> bool) -> Option<Rest> {
    let mut told = Instant::now();
    while !second.is_finished() {
        if told.elapsed() > BEAT {
            told = Instant::now();
            waits().then_some(())?;
        }
        thread::sleep(Duration::from_millis(1));
    }
    #[cfg(test)]
    tests::JOINED.set(tests::JOINED.get() + 1);
    second.join().unwrap_or_else(|panic| resume_unwind(panic))
}

/// What the thread that reads ahead has come to.
#[derive(Default)]
struct Ahead {
    /// Where it began; 0 until it has found a place.
    from: AtomicUsize,
    /// Whether nobody waits for it any more.
    is_needless: AtomicBool,
}

/// The later hospitals of a list.
struct Rest {
    hospitals: Hospitals,
    /// Where the list has ended.
    end: usize,
}

impl Ahead {
    /// Whether it began where `cursor` stands, before the next hospital.
    fn begins_at(&self, cursor: &mut Cursor) -> bool {
        let from = self.from.load(Ordering::Acquire);
        cursor.peek();
        if from != 0 && cursor.at > from {
            self.is_needless.store(true, Ordering::Relaxed);
        }
        from != 0 && cursor.at == from
    }

    /// Reads from the middle of the list whose first hospital stands at `start`; none when there is something else than
    /// hospitals up to the end of a list.
    fn read(&self, start: Cursor) -> Option<Rest> {
        let (mut cursor, first) = start.places().take(TRIES).find_map(|mut cursor| {
            let from = cursor.at;
            if self.is_needless.load(Ordering::Relaxed) {
                return None;
            }
            let hospital = cursor.value::<Hospital>()?;
            self.from.store(from, Ordering::Release);
            Some((cursor, hospital))
        })?;
        let mut hospitals = Hospitals::default();
        hospitals.push(first);
        loop {
            match cursor.next()? {
                b',' => hospitals.push(cursor.value()?),
                b']' => return Some(Rest { hospitals, end: cursor.at }),
                _ => return None,
            }
            if self.is_needless.load(Ordering::Relaxed) {
                return None;
            }
        }
    }
}

/// A place in a JSON text.
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
        // What stands between values is ASCII; anything else is refused.
        self.at += usize::from(byte.is_ascii());
        byte.is_ascii().then_some(byte)
    }

    /// Takes that byte.
    fn token(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    /// Takes the next value.
    fn value<T: DeserializeOwned>(&mut self) -> Option<T> {
        let mut values = serde_json::Deserializer::from_str(&self.text[self.at..]).into_iter();
        let value = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(value)
    }

    /// Places from the middle of the rest on where an object follows another and begins with the key that the one here
    /// begins with.
    fn places(mut self) -> impl Iterator<Item = Self> + use<'a> {
        self.peek();
        let key = first_key(&self.text[self.at..]);
        let middle = self.at + (self.text.len() - self.at) / 2;
        let opens = memchr::memchr_iter(b'{', &self.text.as_bytes()[middle..]).map(move |at| middle + at);
        opens.map(move |at| Self { at, ..self }).filter(move |place| {
            let before = self.text.as_bytes()[..place.at].trim_ascii_end();
            let follows = before.strip_suffix(b",").is_some_and(|object| object.trim_ascii_end().ends_with(b"}"));
            follows && key.is_some() && first_key(&self.text[place.at..]) == key
        })
    }
}

/// The first key of the object at the start of `text`.
fn first_key(text: &str) -> Option<&str> {
    let quoted = text.strip_prefix('{')?.trim_start().strip_prefix('"')?;
    quoted.split_once('"').map(|(key, _)| key)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::*;

    thread_local! {
        /// How often what the second thread had read was used.
        pub static JOINED: Cell<usize> = const { Cell::new(0) };
    }

    /// What is read of `text`, by the reader here and by serde alone.
    fn both(text: &str) -> [Option<CatalogFile>; 2] {
        [read(text, &mut |_| true), serde_json::from_str(text).ok()]
    }

    #[test]
    fn two_threads_read_what_one_reads() {
        let hospital = |at: usize, more: &str| format!(r#"{{"id":"h{at}" , "name": "Hospital {at}"{more}}}"#);
        let lookalike = r#", "campuses": [{"id": "x", "name": "},{\"id\":\"y\""}, {"id": "z", "name": "Z"}]"#;
        for more in ["", lookalike, r#", "aliases": ["},{\"id\":\"a\",\"name\":\"A\"}"]"#] {
            for count in 1..40 {
                let hospitals: Vec<String> = (0..count).map(|at| hospital(at, more)).collect();
                let text = format!(
                    "{{\"title\": \"t\", \"hospitals\": [{}\n], \"sources\": [{{\"id\": \"s\", \"title\": \"S\"}}, {{\"id\": \"t\", \"title\": \"T\"}}]}} ",
                    hospitals.join(" ,\n")
                );
                let [ours, serde] = both(&text);
                assert_eq!(ours, serde, "{text}");
            }
        }
        assert!(JOINED.get() > 50, "{} times of 117", JOINED.get());
    }

    const SOUND: [&str; 3] = [
        r#"{"id":"a","name":"A"}"#,
        r#"{"id":"b","name":"},{\"id\":\""}"#,
        r#"{"id":"c","campuses":[{"name":"N"},{"name":"M"}],"name":"C"}"#,
    ];
    const BROKEN: [&str; 11] = ["{\"id\":", "]", "}", ",", ":", "\"", "é", "{\"id\":5}", "null", "[", " "];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        /// Pieces of catalogs in any order, most of them sound.
        #[test]
        fn what_two_threads_make_of_anything_is_what_one_makes(
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
        assert!(read(good, &mut |_| true).is_some());
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
}
