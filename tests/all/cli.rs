//! The command line from outside: output, messages and exit codes.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::support::command::{self, program, run};

mod cite;
mod drafts;
mod files;
mod lists;
mod pipes;
mod remarks;
mod saved;
mod shapes;

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn messages(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A catalog file for one test.
fn file(name: &str, text: &[u8]) -> PathBuf {
    command::file("cli", name, text)
}

fn json(args: &[&str]) -> Value {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", messages(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn values_in_json_are_as_documented() {
    let list = json(&["list", "--format", "json"]);
    assert_eq!(list.as_array().unwrap().len(), 5);
    let shown = json(&["show", "guangzhou", "--format", "json"]);
    let beds = shown["figures"].as_array().unwrap().iter().find(|figure| figure["measure"] == "beds.open").unwrap();
    assert_eq!((&beds["low"], &beds["high"]), (&Value::from(1500), &Value::Null));
    assert_eq!(beds["text"], "more than 1,500");
    assert_eq!(shown["sources"].as_array().unwrap().len(), 1);
    let grade = &json(&["show", "mudanjiang", "--format", "json"])["grade"];
    assert!(grade["text"].is_string() && grade["source"].is_string(), "{grade}");

    let compared = json(&["compare", "guangzhou", "scmc", "--format", "json"]);
    assert_eq!(compared["left"]["city"], "Guangzhou");
    assert_eq!(compared["right"]["city"], "Shanghai");
    let visits = json(&["compare", "guangzhou", "chcmu", "--format", "json"]);
    let row = visits["rows"].as_array().unwrap().iter().find(|row| row["label"] == "outpatient and emergency visits");
    let row = row.unwrap();
    assert_eq!((&row["answer"], &row["limits"][0]["kind"]), (&"left-larger".into(), &"years-apart".into()));
    assert_eq!(row["limits"][0]["years"], 2);
    assert_eq!((&row["difference"]["low"], &row["difference"]["high"]), (&1_275_000.into(), &1_385_000.into()));
    assert!(row["ratio"]["low"].as_f64().unwrap() > 1.37 && visits["summary"].as_array().unwrap().len() <= 6);
}

#[test]
fn every_figure_printed_has_its_period_and_source() {
    for id in ["guangzhou", "cqhcwc", "scmc", "mudanjiang", "chcmu"] {
        let shown = json(&["show", id, "--format", "json"]);
        let count = shown["figures"].as_array().unwrap().len();
        let text = out(&run(&["show", id, "--format", "text"]));
        for figure in shown["figures"].as_array().unwrap() {
            let start =
                format!("{}: {}, ", capital(figure["label"].as_str().unwrap()), figure["text"].as_str().unwrap());
            let line =
                text.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("{id}: no `{start}`"));
            assert!(line.contains("(source: “"), "{id}: {line}");
            // A time, a description of it, or a note that none is stated.
            let when = &line[start.len()..];
            let in_words =
                ["no period stated", "unclear:", "as of ", "about ", "to "].iter().any(|word| when.starts_with(word));
            let is_dated = when.starts_with(|c: char| c.is_ascii_digit());
            assert!(in_words || is_dated, "{id}: {line}");
            assert_eq!(figure["period"].is_null(), when.starts_with("no period stated"), "{id}: {line}");
        }
        let sheet = run(&["show", id, "--format", "csv"]);
        let mut rows = csv::Reader::from_reader(&sheet.stdout[..]);
        let heads = rows.headers().unwrap().clone();
        let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
        let (measure, period, source) = (at("measure"), at("period"), at("source_title"));
        let figures: Vec<_> = rows.records().map(Result::unwrap).filter(|row| !row[measure].is_empty()).collect();
        assert_eq!(figures.len(), count, "{id}");
        assert!(figures.iter().all(|row| !row[period].is_empty() && !row[source].is_empty()), "{id}");
    }
}

fn capital(text: &str) -> String {
    text[..1].to_uppercase() + &text[1..]
}

#[test]
fn no_number_of_a_comparison_lacks_period_or_source() {
    let output = run(&["compare", "guangzhou", "chcmu", "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(&output.stdout[..]);
    let heads = rows.headers().unwrap().clone();
    let at = |name: String| heads.iter().position(|head| head == name).unwrap();
    let mut numbers = 0;
    for row in rows.records().map(Result::unwrap) {
        for side in ["left", "right"] {
            let cell = |name: &str| row[at(format!("{side}_{name}"))].to_owned();
            if !row[at("measure".to_owned())].is_empty() && !(cell("low") + &cell("high")).is_empty() {
                assert!(!cell("period").is_empty() && !cell("source_title").is_empty(), "{row:?}");
                numbers += 1;
            }
        }
    }
    assert!(numbers > 30, "{numbers}");
    let compared = json(&["compare", "guangzhou", "chcmu", "--format", "json"]);
    let rows = compared["rows"].as_array().unwrap().iter();
    let sides = rows.flat_map(|row| [&row["also"]["left"], &row["also"]["right"]]);
    let related: Vec<&Value> = sides.flat_map(|side| side.as_array().unwrap()).collect();
    assert!(!related.is_empty());
    for figure in related {
        assert!(figure["source"].as_str().is_some_and(|source| !source.is_empty()), "no source: {figure}");
    }
    let markdown = out(&run(&["compare", "guangzhou", "chcmu", "--format", "markdown"]));
    for line in markdown.lines().filter(|line| line.contains("more than 1,500")) {
        let has_all = line.contains("more than 1,500, 2018 or later \\[1\\]");
        assert!(has_all || line.contains("more than 1,500 (2018 or later)"), "{line}");
    }
}

#[test]
fn all_pairs_compare_in_all_formats() {
    let ids = ["guangzhou", "cqhcwc", "scmc", "mudanjiang", "chcmu"];
    for (at, a) in ids.iter().enumerate() {
        for b in &ids[at + 1..] {
            for format in ["table", "text", "json", "csv", "markdown", "html"] {
                let output = run(&["compare", a, b, "--format", format]);
                assert!(
                    output.status.success() && output.stdout.len() > 1000,
                    "{a} {b} {format}: {}",
                    messages(&output)
                );
            }
        }
    }
}

#[test]
fn one_list_and_one_comparison_match_the_snapshots() {
    insta::assert_snapshot!("list-table", out(&run(&["list"])));
    insta::assert_snapshot!("compare-text", out(&run(&["compare", "guangzhou", "chcmu", "--format", "text"])));
    insta::assert_snapshot!("compare-markdown", out(&run(&["compare", "guangzhou", "scmc", "--format", "markdown"])));
    insta::assert_snapshot!("show-table", out(&run(&["show", "mudanjiang"])));
}

#[test]
fn no_match_is_exit_code_one_and_lists_the_nearest() {
    let output = run(&["list", "zzzz"]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), ""));
    assert!(messages(&output).contains("no hospital matches “zzzz”"));
    assert_eq!(out(&run(&["list", "zzzz", "--format", "json"])), "[]\n");
    let output = run(&["show", "shanghia"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(messages(&output).contains("nearest are:\n  shanghai-childrens-medical-center"), "{}", messages(&output));
    let output = run(&["compare", "scmc", "shanghai"]);
    assert!(messages(&output).contains("both arguments name Shanghai"), "{}", messages(&output));
}

#[test]
fn without_a_terminal_there_is_one_line_and_exit_code_two() {
    for stdout in [Stdio::piped(), Stdio::null()] {
        let output = program().stdin(Stdio::null()).stdout(stdout).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(messages(&output).lines().count(), 1, "{}", messages(&output));
        assert!(messages(&output).contains("needs a terminal"));
    }
}

#[test]
fn a_closed_pipe_is_not_a_failure() {
    for format in ["table", "text", "json", "csv", "markdown", "html"] {
        let mut child = program()
            .args(["compare", "guangzhou", "chcmu", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), messages(&output).as_str()), (Some(0), ""), "{format}");
    }
}

#[test]
fn a_full_disk_is_a_failure() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    let Ok(full) = full else { return };
    let output = program().arg("list").stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", messages(&output));
}

#[test]
fn data_is_taken_before_and_after_the_command_and_from_standard_input() {
    let catalog = r#"{"title": "Mine", "hospitals": [{"id": "north", "name": "North Hospital"}]}"#;
    let path = file("mine.json", catalog.as_bytes());
    let path = path.to_str().unwrap();
    for args in [["-d", path, "list", "--format=csv"], ["list", "-d", path, "--format=csv"]] {
        assert!(out(&run(&args)).contains("north,North Hospital"), "{args:?}");
    }
    let mut child = program().args(["list", "-d", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(catalog.as_bytes()).unwrap();
    assert!(out(&child.wait_with_output().unwrap()).contains("North Hospital"));
    let other = file("other.json", catalog.replace("north", "south").as_bytes());
    assert_eq!(
        json(&["list", "-d", path, "-d", other.to_str().unwrap(), "--format=json"]).as_array().unwrap().len(),
        2
    );
    let clash = run(&["list", "-d", path, "-d", path]);
    assert!(clash.status.code() == Some(2) && messages(&clash).contains("named twice"), "{}", messages(&clash));
    let same = file("same.json", catalog.as_bytes());
    let both = run(&["show", "north", "-d", path, "-d", same.to_str().unwrap()]);
    assert!(both.status.code() == Some(1) && messages(&both).contains("matches 2 hospitals"), "{}", messages(&both));
}

#[test]
fn unreadable_data_are_reported_with_exit_code_two() {
    let empty = file("empty.json", b"");
    let latin = file("latin.json", b"{\n\"title\": \"H\xf4pital\"}");
    let broken = file("broken.json", b"{\"title\": \"x\", \"hospitals\": [");
    for (path, message) in [
        ("/nowhere/at-all.json", "no such file"),
        (env!("CARGO_MANIFEST_DIR"), "directory"),
        (empty.to_str().unwrap(), "the file is empty"),
        (latin.to_str().unwrap(), "line 2 is not UTF-8 (byte 0xF4)"),
        (broken.to_str().unwrap(), "broken.json:1:"),
    ] {
        let output = run(&["list", "-d", path]);
        assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""), "{path}");
        assert!(messages(&output).contains(message), "{path}: {}", messages(&output));
    }
    let marked = file("marked.json", "\u{feff}{\"title\": \"x\", \"hospitals\": []}".as_bytes());
    let output = run(&["list", "-d", marked.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "a byte-order mark is read over: {}", messages(&output));
}

#[test]
fn check_names_all_five_faults_as_json() {
    let output = run(&["check", "tests/data/faulty.json", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let files: Value = serde_json::from_slice(&output.stdout).unwrap();
    let file = &files[0];
    assert_eq!((&file["file"], &file["count"]), (&"tests/data/faulty.json".into(), &5.into()));
    let problems = file["problems"].as_array().unwrap();
    let lines: Vec<_> = problems.iter().map(|problem| problem["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [6, 7, 8, 11, 11]);
    assert!(problems.iter().all(|problem| problem["fix"].as_str().is_some_and(|fix| !fix.is_empty())));
}

#[test]
fn hostile_text_reaches_no_output_raw() {
    let catalog = r#"{"title": "t", "hospitals": [{"id": "x", "name": "=HYPERLINK(\"a\") \u001b[31m\u202e|*<b>"}]}"#;
    let path = file("hostile.json", catalog.as_bytes());
    for format in ["table", "text", "json", "csv", "markdown", "html"] {
        let output = run(&["list", "-d", path.to_str().unwrap(), "--format", format]);
        let text = out(&output);
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{format}: {text}");
        assert!(format != "html" || !text.contains("<b>"), "{text}");
    }
    let twice = catalog.replace("]}", r#", {"id": "y", "name": "Y <i>\u001b", "people": [], "figures": [{"measure": "beds.open", "value": 5, "source": "s", "caveat": "=cmd <script>\u202e"}], "partners": [{"name": "<b>|", "detail": "@x", "source": "s"}]}], "sources": [{"id": "s", "title": "=1+1 <u>"}]}"#);
    let pair = file("hostile-pair.json", twice.as_bytes());
    for format in ["table", "text", "json", "csv", "markdown", "html"] {
        let output = run(&["compare", "x", "y", "-d", pair.to_str().unwrap(), "--format", format]);
        let text = out(&output);
        assert!(output.status.success() && !text.contains(['\u{1b}', '\u{202e}']), "{format}: {}", messages(&output));
        assert!(
            format != "html" || !(text.contains("<script") || text.contains("<b>") || text.contains("<i>\u{241b}")),
            "{text}"
        );
        if format == "csv" {
            let mut rows = csv::ReaderBuilder::new().from_reader(text.as_bytes());
            let cells =
                rows.records().map(Result::unwrap).flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>());
            cells.for_each(|cell| assert!(!cell.starts_with(['=', '@']), "{cell}"));
        }
    }
    assert!(out(&run(&["list", "-d", path.to_str().unwrap(), "--format", "csv"])).contains("'=HYPERLINK"));
    let markdown = out(&run(&["list", "-d", path.to_str().unwrap(), "--format", "markdown"]));
    assert!(markdown.contains(r"\|\*&lt;b>"), "{markdown}");
    let echoed = messages(&run(&["list", "no\u{1b}[31mne"]));
    assert!(!echoed.contains('\u{1b}'), "{echoed:?}");
}

#[test]
fn facts_of_different_editions_are_marked_in_every_export() {
    let heads = "Provider ID,Hospital Name,City,State,Hospital Type,Hospital Ownership,Emergency Services,Hospital overall \
                 rating,Hospital overall rating footnote,Mortality national comparison\n";
    let table = |name: &str, rows: &str| file(name, format!("{heads}{rows}").as_bytes()).to_str().unwrap().to_owned();
    let b = "2,Bravo,Rome,AL,Acute,State,No,3,,x\n";
    let old = table("said-2017.csv", &format!("1,Alpha,Rome,AL,Acute,Federal,No,3,,x\n{b}"));
    let new = table("said-2024.csv", "1,Alpha,Rome,AL,Acute,Tribal,Yes,3,,x\n");
    let apart = table("apart-2017.csv", b);
    for (format, also) in [
        ("table", "also Tribal"),
        ("markdown", "also Tribal"),
        ("html", "also Tribal"),
        ("csv", "Tribal (source: said-2024)"),
        ("text", "(also Tribal [2])"),
        ("json", "\"text\": \"Tribal\""),
    ] {
        let compare = |old: &str| out(&run(&["compare", "alpha", "bravo", "-d", old, "-d", &new, "--format", format]));
        let (met, unmet) = (compare(&old), compare(&apart));
        assert!(met.contains(also) && met.contains("Federal"), "{format}: {met}");
        let limit = if format == "json" { "other-edition" } else { "different editions" };
        assert!(unmet.contains(limit) && !met.contains(limit), "{format}: {met}{unmet}");
    }
}

#[test]
fn earlier_coordinates_are_marked_and_not_compared() {
    let profile = r#"{"id": "p", "title": "P", "ids": "x", "matches": [["pid", "pname"]], "columns": {"id": ["pid"],
        "name": ["pname"], "latitude": ["lat"], "longitude": ["lon"], "city": ["city"]}}"#;
    let path = |name: &str, text: &str| file(name, text.as_bytes()).to_str().unwrap().to_owned();
    let profile = path("moved.json", profile);
    let old = path("moved-2017.csv", "pid,pname,city,lat,lon\n1,Alpha,C,10,20\n2,Bravo,D,30,40\n");
    let new = path("moved-2025.csv", "pid,pname,city,lat,lon\n1,Alpha,C,11,21\n2,Bravo,D,31,41\n");
    let read = |args: &[&str]| out(&run(&[args, &["--profile", &profile, "-d", &old, "-d", &new]].concat()));
    for format in ["table", "text", "markdown", "html"] {
        let shown = read(&["show", "alpha", "--format", format]);
        assert!(shown.contains("earlier: 10, 20") || shown.contains("Earlier: 10, 20"), "{format}: {shown}");
    }
    assert!(read(&["show", "alpha", "--format", "csv"]).contains(",earlier statement,coordinates,"));
    let compared = read(&["compare", "alpha", "bravo"]);
    assert!(!compared.contains("10, 20") && !compared.to_lowercase().contains("coordinates"), "{compared}");
}

#[test]
fn every_comparison_ends_with_its_sources_and_its_catalog() {
    for format in ["table", "text", "json", "csv", "markdown", "html"] {
        let text = out(&run(&["compare", "guangzhou", "chcmu", "--format", format]));
        let tail: String = text.chars().skip(text.chars().count().saturating_sub(3000)).collect();
        for wanted in ["Hospital Introduction", "About us", "bundled"] {
            assert!(tail.contains(wanted), "{format} does not end with {wanted}: {tail}");
        }
        assert!(tail.to_lowercase().contains("sha"), "{format}");
    }
}

#[test]
fn completions_and_manual_are_made() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(out(&run(&["completions", shell])).contains("compare"), "{shell}");
    }
    let manual = out(&run(&["man"]));
    assert!(manual.contains(".SH KEYS") && manual.contains("swap left and right"));
}
