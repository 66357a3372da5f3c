//! Judging a catalog file: every problem with its line, its path and its cure.
//!
//! Reading takes the fast road first: typed records straight from the text. Only when that fails, or a
//! rule is broken, the file is taken apart with its places kept (`locate`) and read again and
//! again, each time without what was wrong, until all problems are found.

use std::collections::HashSet;

use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use super::locate::{Node, Path, Step, Unreadable, too_deep};
use super::problem::{Problem, Spot, broken, line_of};
use super::record::CatalogFile;
use super::rules::{Fault, faults, nearest};
use super::stream;
use super::{Hospital, Hospitals};
use crate::text::Text;

/// Problems reported for one file; a file with more is counted as having more.
pub const MAX_PROBLEMS: usize = 200;

/// Reads a catalog file.
///
/// # Errors
///
/// All problems that it has, at most [`MAX_PROBLEMS`].
pub fn read(text: &str, origin: &str) -> Result<CatalogFile, Vec<Problem>> {
    read_watched(text, origin, &mut |_| true).map(Option::unwrap_or_default)
}

/// Reads a catalog file and shows `watch` what has been read of it now and then, once its title or its sources are known; none when
/// `watch` says to stop.
///
/// # Errors
///
/// All problems that it has, at most [`MAX_PROBLEMS`].
pub fn read_watched(
    text: &str,
    origin: &str,
    watch: &mut dyn FnMut(&CatalogFile) -> bool,
) -> Result<Option<CatalogFile>, Vec<Problem>> {
    let mut stopped = false;
    let mut unless_stopped = |file: &CatalogFile| {
        stopped |= !watch(file);
        !stopped
    };
    let read = stream::read(text, &mut unless_stopped);
    match read {
        _ if stopped => Ok(None),
        Some(file) if faults(&file).is_empty() => Ok(Some(file)),
        _ => {
            let problems = problems(text, origin);
            debug_assert!(!problems.is_empty(), "{origin} is refused without a reason");
            Err(problems)
        }
    }
}

/// Every problem of a catalog file; none when it is sound.
#[must_use]
pub fn problems(text: &str, origin: &str) -> Vec<Problem> {
    let mut examiner = Examiner { text, origin: Text::clean(origin), found: Vec::new() };
    match Node::parse(text) {
        Err(error) => examiner.found.push(broken(text, &examiner.origin, &error)),
        Ok(node) => match too_deep(text) {
            None => examiner.examine(node),
            Some(at) => {
                let cure = "a catalog nests no more than a few levels";
                examiner.report(at, 1, &Path::default(), "nested too deep", cure);
            }
        },
    }
    examiner.found.sort_by_key(|problem| (problem.line, problem.column));
    examiner.found.truncate(MAX_PROBLEMS);
    examiner.found
}

struct Examiner<'a> {
    text: &'a str,
    origin: Text,
    found: Vec<Problem>,
}

impl Examiner<'_> {
    fn examine(&mut self, mut node: Node) {
        if let Some(Unreadable { offset, length, message }) = node.unreadable() {
            let cure = "write it as JSON has it, or fetch the file again";
            self.report(offset, length, &Path::default(), &message, cure);
            return;
        }
        for (object, key, offset) in node.take_doubles(MAX_PROBLEMS) {
            let message = format!("the field `{key}` stands twice");
            self.report(offset, 1, &object.field(&key), &message, "keep one of them");
        }
        if self.found.len() >= MAX_PROBLEMS {
            return;
        }
        if !node.is_object() {
            self.report(
                0,
                1,
                &Path::default(),
                "a catalog is a JSON object",
                "start with { \"title\": …, \"hospitals\": […] }",
            );
            return;
        }
        let path = Path::default().field("hospitals");
        let mut hospitals = Hospitals::default();
        while self.found.len() < MAX_PROBLEMS && node.has(&path.index(hospitals.len())) {
            if let Some(hospital) = self.settle::<Hospital>(&mut node, &path.index(hospitals.len())) {
                hospitals.push(hospital);
            }
        }
        if self.found.len() >= MAX_PROBLEMS {
            return;
        }
        // What stands beside them is read without them: as loose values they take twenty times the file in memory.
        let elements = node.take_elements(&path);
        let file = self.settle::<CatalogFile>(&mut node, &Path::default());
        node.put_elements(&path, elements);
        if let Some(mut file) = file {
            file.hospitals = hospitals;
            // To find the line of each takes a look at the file; more than are told need none.
            let room = MAX_PROBLEMS.saturating_sub(self.found.len());
            for Fault { path, message, cure } in faults(&file).into_iter().take(room) {
                self.report_at(&mut node, &path, &message, &cure);
            }
        }
    }

    /// Reads the value at `root` as `T`, reporting and removing what is wrong, until it reads or is itself
    /// removed. What it then is, if it is still there.
    fn settle<T: DeserializeOwned>(&mut self, node: &mut Node, root: &Path) -> Option<T> {
        let mut taken: HashSet<Path> = HashSet::new();
        while let Some(value) = node.value_at(root) {
            let error = match serde_path_to_error::deserialize::<_, T>(value) {
                Ok(read) => return Some(read),
                Err(error) => error,
            };
            let wrong = Wrong::new(root, &error);
            // What only follows from something already taken out is not reported again.
            let follows = match &wrong.missing {
                Some(field) => taken.contains(&wrong.path.field(field)),
                None => taken.iter().any(|path| path.split_last().is_some_and(|(parent, _)| parent == wrong.path)),
            };
            if !follows {
                self.report_at(node, &wrong.path, &wrong.message, &wrong.cure);
            }
            for other in wrong.unknown_beside(node) {
                let path = wrong.record.field(&other);
                let message = format!("unknown field `{other}`");
                self.report_at(node, &path, &message, &known(&other, &wrong.expected));
                node.remove(&path);
            }
            taken.insert(wrong.path.clone());
            if !node.remove(&wrong.path) || self.found.len() >= MAX_PROBLEMS {
                return None;
            }
        }
        None
    }

    fn report_at(&mut self, node: &mut Node, path: &Path, message: &str, cure: &str) {
        let (offset, length, found) = node.find(path);
        // A missing field has no place of its own: name it, and point at the record it is missing from.
        let shown = Path(found.0.iter().chain(path.0.iter().skip(found.0.len())).cloned().collect());
        let length = if found.0.len() < path.0.len() { 1 } else { length };
        self.report(offset, length, &shown, message, cure);
    }

    fn report(&mut self, offset: usize, length: usize, path: &Path, message: &str, cure: &str) {
        let line = line_of(self.text, offset);
        let spot = Spot { text: self.text, line, at: offset..offset + length };
        self.found.push(Problem::new(&self.origin, &spot, &path.to_string(), message, cure));
    }
}

/// What serde found wrong: where, in which words, and which field is missing, if that is it.
struct Wrong {
    path: Path,
    /// Of an unknown field: the record that it stands in, and the fields known there.
    record: Path,
    expected: Vec<String>,
    missing: Option<String>,
    message: String,
    cure: String,
}

impl Wrong {
    fn new(root: &Path, error: &serde_path_to_error::Error<serde_json::Error>) -> Self {
        let mut path = root.clone();
        for segment in error.path() {
            match segment {
                Segment::Seq { index } => path.0.push(Step::Index(*index)),
                Segment::Map { key } => path.0.push(Step::Field(key.clone())),
                Segment::Enum { .. } | Segment::Unknown => {}
            }
        }
        let says = error.inner().to_string();
        let mut words = says.split('`').skip(1).step_by(2).map(str::to_owned);
        let named = words.next().unwrap_or_default();
        let expected: Vec<String> = words.collect();
        let mut wrong = Self {
            path,
            record: Path::default(),
            expected,
            missing: None,
            message: String::new(),
            cure: String::new(),
        };
        if says.starts_with("missing field") {
            wrong.message = format!("the field `{named}` is missing");
            wrong.cure = missing_cure(&named);
            wrong.missing = Some(named);
        } else if says.starts_with("unknown field") {
            match wrong.path.split_last() {
                Some((record, Step::Field(last))) if *last == named => wrong.record = record,
                _ => (wrong.record, wrong.path) = (wrong.path.clone(), wrong.path.field(&named)),
            }
            (wrong.message, wrong.cure) = (format!("unknown field `{named}`"), known(&named, &wrong.expected));
        } else if says.starts_with("unknown variant") {
            (wrong.message, wrong.cure) = (format!("unknown word `{named}`"), known(&named, &wrong.expected));
        } else {
            let (message, cure) = says.split_once(", expected ").unwrap_or((&says, ""));
            message.clone_into(&mut wrong.message);
            wrong.cure =
                if cure.is_empty() { "see assets/catalog.schema.json".into() } else { format!("write {cure}") };
        }
        wrong
    }

    /// Other fields of the same record that are unknown too; found at once, so that a file of nothing else is
    /// not read again for each.
    fn unknown_beside(&self, node: &mut Node) -> Vec<String> {
        if self.missing.is_some() || !self.message.starts_with("unknown field") {
            return Vec::new();
        }
        let unknown = |field: &String| !self.expected.contains(field) && self.record.field(field) != self.path;
        node.fields(&self.record).into_iter().filter(unknown).take(MAX_PROBLEMS).collect()
    }
}

fn known(word: &str, expected: &[String]) -> String {
    match nearest(word, expected.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known here: {}", expected.join(", ")),
    }
}

fn missing_cure(field: &str) -> String {
    match field {
        "source" => "every statement names where it comes from: add \"source\" with an id of `sources`".to_owned(),
        "value" => "add \"value\": a number, {\"above\": …} or {\"missing\": …}".to_owned(),
        _ => format!("add \"{field}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog(hospitals: &str) -> String {
        format!(
            "{{\"title\": \"t\", \"sources\": [{{\"id\": \"s\", \"title\": \"S\"}}],\n\"hospitals\": [\n{hospitals}\n]}}"
        )
    }

    /// The problems of `text` as `line path: message -> cure`.
    fn found(text: &str) -> Vec<String> {
        problems(text, "f.json").iter().map(|p| format!("{} {}: {} -> {}", p.line, p.path, p.message, p.cure)).collect()
    }

    #[test]
    fn every_problem_is_found_in_one_reading() {
        let text = catalog(
            r#"{"id": "a", "name": "A", "figures": [
  {"measure": "beds.opne", "value": 3, "source": "s"},
  {"measure": "beds.open", "value": 4},
  {"measure": "beds.open", "value": -5, "source": "s"},
  {"measure": "beds.open", "value": 6, "source": "s", "perid": "2019"},
  {"measure": "beds.open", "value": "many", "source": "s"},
  {"measure": "beds.open", "value": 7, "source": "t"}
]},
{"id": "a", "name": "B", "kindd": "x"},
{"id": "c"}"#,
        );
        assert_eq!(
            found(&text),
            [
                "4 hospitals[0].figures[0].measure: unknown measure `beds.opne` -> did you mean `beds.open`?; or define it under `measures` at the top of the file",
                "5 hospitals[0].figures[1]: the field `source` is missing -> every statement names where it comes from: add \"source\" with an id of `sources`",
                "6 hospitals[0].figures[2].value: a negative number of open beds: -5 -> give the number as counted; when there is none, write {\"missing\": \"not-available\"}",
                "7 hospitals[0].figures[3].perid: unknown field `perid` -> did you mean `period`?",
                "8 hospitals[0].figures[4].value: invalid type: string \"many\" -> write a number, or an object such as {\"above\": 1500} or {\"missing\": \"suppressed\"}",
                "9 hospitals[0].figures[5].source: unknown source `t` -> the sources are: s; or add it to `sources`",
                "11 hospitals[1].id: the id `a` stands twice: hospitals[0] has it already -> give each hospital an id of its own",
                "11 hospitals[1].kindd: unknown field `kindd` -> did you mean `kind`?",
                "12 hospitals[2]: the field `name` is missing -> add \"name\"",
            ]
        );
    }

    #[test]
    fn each_rule_has_a_fault_that_breaks_it() {
        let hospital = |fields: &str| catalog(&format!("{{\"id\": \"a\", \"name\": \"A\", {fields}}}"));
        let figure = |fields: &str| hospital(&format!("\"figures\": [{{\"source\": \"s\", {fields}}}]"));
        for (text, says) in [
            (hospital(r#""place": {"latitude": 91}"#), "place.latitude: a latitude of 91 lies outside"),
            (hospital(r#""kind": "x", "kind": "y""#), "hospitals[0].kind: the field `kind` stands twice"),
            (hospital(r#""founded": {"text": "1953", "source": "x"}"#), "founded.source: unknown source `x`"),
            (hospital(r#""rankings": [{"list": "l", "rank": 0, "source": "s"}]"#), "rank: a rank of 0"),
            (hospital(r#""rankings": [{"list": "l", "rank": 7, "of": 5, "source": "s"}]"#), "of: place 7 of 5"),
            (hospital(r#""people": [{"name": "n", "source": "x"}]"#), "people[0].source: unknown source"),
            (
                figure(r#""measure": "beds.open", "value": {"from": 5, "to": 4}"#),
                "value: the range runs from 5 down to 4",
            ),
            (
                figure(r#""measure": "beds.open", "value": {"rounded": 5, "to": 0}"#),
                "value: a number cannot be rounded to 0",
            ),
            (
                figure(r#""measure": "beds.open", "value": 5, "scope": {"campus": "x"}"#),
                "scope: this hospital has no campus `x`",
            ),
            (figure(r#""measure": "beds.open", "value": 5, "period": "19""#), "period: invalid value: string \"19\""),
            (
                figure(r#""measure": "derived.open-share", "value": 5"#),
                "`derived.open-share` is worked out, not stated",
            ),
            (figure(r#""measure": "beds.open", "value": {"over": 5}"#), "value.over: unknown field `over`"),
            ("[]".to_owned(), ": a catalog is a JSON object"),
            ("{\"title\": \"t\",\n \"hospitals\": [}".to_owned(), "2 : not valid JSON: expected value"),
            (r#"{"title": "t", "hospitals": []} x"#.to_owned(), "not valid JSON: trailing characters"),
            (r#"{"title": "t", "hospit"#.to_owned(), "the file ends too early"),
            (format!("{}{}", "[".repeat(20_000), "]".repeat(20_000)), ": nested too deep"),
            (r#"{"title": "t", "hospitals": 5}"#.to_owned(), "hospitals: invalid type: integer `5`"),
        ] {
            let found = found(&text);
            assert!(found.iter().any(|problem| problem.contains(says)), "wanted {says}: {found:#?}");
            assert_eq!(found.len(), 1, "{found:#?}");
        }
    }

    #[test]
    fn hostile_input_is_shown_cleaned_and_clipped() {
        let long = "x".repeat(1_000_000);
        for text in [
            catalog(&format!("{{\"id\": \"a\", \"name\": \"A\", \"\u{1b}[31m{long}\": 1}}")),
            format!("\u{1b}\u{202e}{long}"),
        ] {
            let problems = problems(&text, "f\u{1b}.json");
            assert_eq!(problems.len(), 1);
            let shown = problems[0].with_excerpt();
            assert!(shown.len() < 2048, "{}", shown.len());
            assert!(!shown.contains(['\u{1b}', '\u{202e}']));
        }
    }

    #[test]
    fn an_excerpt_points_at_the_value() {
        let text = catalog("{\"id\": \"a\", \"name\": \"重庆\", \"kindd\": \"x\"}");
        let problem = &problems(&text, "f.json")[0];
        assert_eq!((problem.line, problem.column), (3, 36));
        insta::assert_snapshot!(problem.with_excerpt());
    }

    #[test]
    fn many_problems_are_cut_not_hung_on() {
        let hospitals = (0..1000).map(|i| format!("{{\"id\": \"{i}\", \"nam\": 1}}")).collect::<Vec<_>>().join(",\n");
        assert_eq!(problems(&catalog(&hospitals), "f.json").len(), MAX_PROBLEMS);
    }
}
