//! Checking a catalog file: every diagnostic with its line, its path and its fix.
//!
//! Reading takes the fast way first: typed hospitals straight from the text. Only when that fails, or a rule is
//! violated, the file is read as spanned JSON, again and again, each time without what was wrong, until all is found.

use std::collections::HashSet;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::catalog::{CatalogFile, Hospital, Hospitals};
use crate::diagnostic::{Diagnostic, MAX_DIAGNOSTICS, Spot, line_of};
use crate::formats::json::error::not_json;
use crate::formats::native::field_error::FieldError;
use crate::formats::native::path::JsonPath;
use crate::formats::native::reader::{self, Observer, ReadFile};
use crate::formats::native::rules::{Violation, is_sound, violations};
use crate::formats::native::spanned::{SpannedJson, UnreadableValue, nested_too_deep};
use crate::text::Text;

/// Reads a catalog file; `origin` names it in diagnostics.
///
/// # Errors
///
/// All diagnostics of it, at most [`MAX_DIAGNOSTICS`].
pub(crate) fn read_file(text: &str, origin: &str) -> Result<CatalogFile, Vec<Diagnostic>> {
    read_observed(&Arc::new(text.to_owned()), origin, &mut |_, _| true).map(Option::unwrap_or_default)
}

/// Reads a catalog file and shows the observer what has been read of it now and then, once its title or its sources are
/// known; none when the observer stops it.
///
/// # Errors
///
/// All diagnostics of it, at most [`MAX_DIAGNOSTICS`].
pub(crate) fn read_observed(
    text: &Arc<String>,
    origin: &str,
    observer: Observer,
) -> Result<Option<CatalogFile>, Vec<Diagnostic>> {
    let mut is_stopped = false;
    let mut unless_stopped = |file: &CatalogFile, bytes: usize| {
        is_stopped |= !observer(file, bytes);
        !is_stopped
    };
    let read = reader::read(text, &mut unless_stopped);
    match read {
        _ if is_stopped => Ok(None),
        Some(ReadFile { file, doubtful }) if is_sound(&file, &doubtful) => Ok(Some(file)),
        _ => {
            let found = diagnostics(text, origin);
            debug_assert!(!found.is_empty(), "{origin} is refused without a reason");
            // What only the fast way does not understand is no mistake of the file.
            let read = found.is_empty().then(|| serde_json::from_str(text).ok()).flatten();
            read.map_or(Err(found), |file| Ok(Some(file)))
        }
    }
}

/// Every diagnostic of a catalog file; none when it is sound.
fn diagnostics(text: &str, origin: &str) -> Vec<Diagnostic> {
    let mut checker = Checker { text, origin: Text::clean(origin), found: Vec::new() };
    match SpannedJson::parse(text) {
        Err(error) => checker.found.push(not_json(text, &checker.origin, &error)),
        Ok(json) => match nested_too_deep(text) {
            None => checker.check(json),
            Some(at) => {
                let fix = "a catalog nests no more than a few levels";
                checker.report(at, 1, &JsonPath::default(), "nested too deep", fix);
            }
        },
    }
    checker.found.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
    checker.found.truncate(MAX_DIAGNOSTICS);
    checker.found
}

struct Checker<'a> {
    text: &'a str,
    origin: Text,
    found: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn is_full(&self) -> bool {
        self.found.len() >= MAX_DIAGNOSTICS
    }

    fn check(&mut self, mut json: SpannedJson) {
        if let Some(UnreadableValue { offset, length, message }) = json.unreadable() {
            let fix = "write it as JSON has it, or fetch the file again";
            return self.report(offset, length, &JsonPath::default(), &message, fix);
        }
        for (object, key, offset) in json.take_duplicate_keys(MAX_DIAGNOSTICS) {
            let message = format!("duplicate field `{key}`");
            self.report(offset, 1, &object.field(&key), &message, "keep one of them");
        }
        if !self.is_full() && !json.is_object() {
            let fix = "start with { \"title\": …, \"hospitals\": […] }";
            return self.report(0, 1, &JsonPath::default(), "a catalog is a JSON object", fix);
        }
        let path = JsonPath::default().field("hospitals");
        let hospitals = self.hospitals(&mut json, &path);
        if self.is_full() {
            return;
        }
        // The rest is read without the hospitals: as loose values they take twenty times the file in memory.
        let elements = json.take_elements(&path);
        let file = self.read_valid::<CatalogFile>(&mut json, &JsonPath::default());
        json.put_elements(&path, elements);
        if let Some(file) = file {
            self.check_rules(&mut json, &CatalogFile { hospitals, ..file });
        }
    }

    /// Reads the hospitals that can be read.
    fn hospitals(&mut self, json: &mut SpannedJson, path: &JsonPath) -> Hospitals {
        let mut hospitals = Hospitals::default();
        while !self.is_full() && json.has(&path.index(hospitals.len())) {
            if let Some(hospital) = self.read_valid::<Hospital>(json, &path.index(hospitals.len())) {
                hospitals.push(hospital);
            }
        }
        hospitals
    }

    fn check_rules(&mut self, json: &mut SpannedJson, file: &CatalogFile) {
        // To find the line of each takes a look at the file; those that are not reported need none.
        let room = MAX_DIAGNOSTICS.saturating_sub(self.found.len());
        for Violation { path, message, fix } in violations(file).into_iter().take(room) {
            self.report_at(json, &path, &message, &fix);
        }
    }

    /// Reads the value at `root` as `T`, reporting and removing what is wrong, until it reads or is itself removed.
    fn read_valid<T: DeserializeOwned>(&mut self, json: &mut SpannedJson, root: &JsonPath) -> Option<T> {
        let mut removed: HashSet<JsonPath> = HashSet::new();
        while let Some(value) = json.value_at(root) {
            let error = match serde_path_to_error::deserialize::<_, T>(value) {
                Ok(read) => return Some(read),
                Err(error) => FieldError::new(root, &error),
            };
            if !error.follows_from(&removed) {
                self.report_at(json, &error.path, &error.message(), &error.fix());
            }
            for other in error.other_unknown_fields(json) {
                self.report_at(json, &other.path, &other.message(), &other.fix());
                json.remove(&other.path);
            }
            let was_there = json.remove(&error.path);
            // Where `root` itself is removed, the next element stands there.
            if !was_there || error.path == *root || self.is_full() {
                return None;
            }
            removed.insert(error.path);
        }
        None
    }

    fn report_at(&mut self, json: &mut SpannedJson, path: &JsonPath, message: &str, fix: &str) {
        let (offset, length, found) = json.find(path);
        // A missing field has no place of its own: name it, and point at the record that it is missing from.
        let shown = JsonPath(found.0.iter().chain(path.0.iter().skip(found.0.len())).cloned().collect());
        let length = if found.0.len() < path.0.len() { 1 } else { length };
        self.report(offset, length, &shown, message, fix);
    }

    fn report(&mut self, offset: usize, length: usize, path: &JsonPath, message: &str, fix: &str) {
        let line = line_of(self.text.as_bytes(), offset);
        let spot = Spot { text: self.text, line, at: offset..offset + length };
        self.found.push(Diagnostic::new(&self.origin, &spot, &path.to_string(), message, fix));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{MeasureTable, Synonyms};

    fn catalog(hospitals: &str) -> String {
        format!(
            "{{\"title\": \"t\", \"sources\": [{{\"id\": \"s\", \"title\": \"S\"}}],\n\"hospitals\": [\n{hospitals}\n]}}"
        )
    }

    /// The problems of `text` as `line path: message -> fix`.
    fn found(text: &str) -> Vec<String> {
        diagnostics(text, "f.json")
            .iter()
            .map(|p| format!("{} {}: {} -> {}", p.line, p.path, p.message, p.fix))
            .collect()
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
                "11 hospitals[1].id: duplicate id `a`: hospitals[0] has it already -> give each hospital an id of its own",
                "11 hospitals[1].kindd: unknown field `kindd` -> did you mean `kind`?",
                "12 hospitals[2]: the field `name` is missing -> add \"name\"",
            ]
        );
    }

    #[test]
    fn a_hospital_that_is_removed_hides_nothing_of_the_next() {
        let text = catalog(
            r#"{"id": "a", "figures": [{"measure": "beds.open", "value": "many", "source": "s"}]},
{"id": "b", "name": "B", "figures": [{"measure": "beds.open", "source": "s"}]}"#,
        );
        let paths: Vec<String> = diagnostics(&text, "f.json").iter().map(|one| one.path.to_string()).collect();
        assert_eq!(paths, ["hospitals[0]", "hospitals[0].figures[0].value", "hospitals[1].figures[0]"]);
    }

    #[test]
    fn the_fast_reader_knows_every_field_of_a_file() {
        let text = |name: &str| Text::from(name);
        let source = serde_json::from_str(r#"{"id": "s", "title": "S"}"#).unwrap();
        let table = MeasureTable::standard();
        let (family, measure) = table.by_family().next().unwrap();
        let file = CatalogFile {
            schema: Some(text("x")),
            title: text("t"),
            ids: Some(text("i")),
            sources: vec![source],
            families: vec![family.clone()],
            measures: vec![measure.clone()],
            terms: vec![Synonyms { name: text("a"), aliases: vec![text("b")] }],
            hospitals: vec![Hospital { id: text("h"), name: text("H"), ..Hospital::default() }].into(),
        };
        let json = serde_json::to_value(&file).unwrap();
        let mut fields: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        let mut known = reader::FIELDS.to_vec();
        fields.sort_unstable();
        known.sort_unstable();
        assert_eq!(fields, known);
    }

    #[test]
    fn each_rule_has_a_violation() {
        let hospital = |fields: &str| catalog(&format!("{{\"id\": \"a\", \"name\": \"A\", {fields}}}"));
        let figure = |fields: &str| hospital(&format!("\"figures\": [{{\"source\": \"s\", {fields}}}]"));
        for (text, expected) in [
            (hospital(r#""place": {"latitude": 91}"#), "place.latitude: a latitude of 91 lies outside"),
            (hospital(r#""kind": "x", "kind": "y""#), "hospitals[0].kind: duplicate field `kind`"),
            (hospital(r#""founded": {"text": "1953", "source": "x"}"#), "founded.source: unknown source `x`"),
            (hospital(r#""rankings": [{"list": "l", "rank": 0, "source": "s"}]"#), "rank: a rank of 0"),
            (hospital(r#""rankings": [{"list": "l", "rank": 7, "of": 5, "source": "s"}]"#), "of: place 7 of 5"),
            (
                hospital(r#""rankings": [{"list": "l", "rank": {"from": 10, "to": 5}, "source": "s"}]"#),
                "rank: the range runs from 10 down to 5",
            ),
            (
                hospital(r#""rankings": [{"list": "l", "rank": {"from": 5, "to": 10}, "of": 7, "source": "s"}]"#),
                "of: place 5–10 of 7",
            ),
            (
                figure(r#""measure": "beds.open", "value": {"rounded": 100, "to": -10}"#),
                "value: a number cannot be rounded to -10",
            ),
            (
                figure(r#""measure": "beds.open", "value": {"from": 5, "to": -3}"#),
                "value: the range runs from 5 down to -3",
            ),
            (
                figure(r#""measure": "beds.open", "value": {"from": -3, "to": 5}"#),
                "value: a negative number of open beds: -3",
            ),
            (figure(r#""measure": "beds.open", "value": {"below": 0}"#), "no number of open beds below 0"),
            (
                figure(r#""measure": "beds.open", "value": 5, "period": {"as_of": "2019", "about": "2018"}"#),
                "period: `about` beside another field -> write one of as_of, not_before, about, unclear or edition",
            ),
            (
                figure(r#""measure": "beds.open", "value": {"missing": "too-few", "above": 1}"#),
                "value: a missing value cannot also have a number -> write either `missing` or the number",
            ),
            (
                figure(r#""measure": "beds.open", "value": {"below": 5, "above": 1}"#),
                "value: below with above in one value -> write one bound, or `from` and `to`, or `rounded` and `to`",
            ),
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
                "`derived.open-share` is calculated, not stated",
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
            assert!(found.iter().any(|problem| problem.contains(expected)), "wanted {expected}: {found:#?}");
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
            let found = diagnostics(&text, "f\u{1b}.json");
            assert_eq!(found.len(), 1);
            let shown = found[0].with_excerpt();
            assert!(shown.len() < 2048, "{}", shown.len());
            assert!(!shown.contains(['\u{1b}', '\u{202e}']));
        }
    }

    #[test]
    fn an_excerpt_points_at_the_value() {
        let text = catalog("{\"id\": \"a\", \"name\": \"重庆\", \"kindd\": \"x\"}");
        let problem = &diagnostics(&text, "f.json")[0];
        assert_eq!((problem.line, problem.column), (3, 36));
        insta::assert_snapshot!(problem.with_excerpt());
    }

    #[test]
    fn many_problems_are_cut_not_hung_on() {
        let hospitals = (0..1000).map(|i| format!("{{\"id\": \"{i}\", \"nam\": 1}}")).collect::<Vec<_>>().join(",\n");
        assert_eq!(diagnostics(&catalog(&hospitals), "f.json").len(), MAX_DIAGNOSTICS);
    }
}
