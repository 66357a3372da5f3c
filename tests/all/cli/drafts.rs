//! Profiles to fill in, and files read by them: a file that no profile fits is no dead end.

use serde_json::Value;

use super::{file, messages, out, run};

/// The profile that the program prints for a file, its name after filling it in, and what it says.
fn draft(path: &str) -> (Value, String) {
    let output = run(&["profile", path]);
    assert_eq!(output.status.code(), Some(0), "{}", messages(&output));
    (serde_json::from_slice(&output.stdout).unwrap(), messages(&output))
}

#[test]
fn a_refused_file_gets_a_profile_to_fill_in() {
    let table = "Sort,where_it_is,north,east\nA,\"Ash House, 1 Elm St\",1,2\nB,\"Birch House, 2 Elm St\",3,4\n";
    let path = file("drafted.csv", table.as_bytes());
    let path = path.to_str().unwrap();
    let refusal = run(&["list", "-d", path]);
    assert_eq!(refusal.status.code(), Some(2));
    assert!(
        messages(&refusal).contains("`hospitui profile FILE > profile.json` writes a profile to fill in"),
        "{}",
        messages(&refusal)
    );
    let (mut profile, note) = draft(path);
    assert!(
        note.contains("no heading says which column holds the names; `where_it_is` is a guess: check it"),
        "{note}"
    );
    let headings: Vec<&str> =
        profile["headings"].as_array().unwrap().iter().map(|one| one["heading"].as_str().unwrap()).collect();
    assert_eq!(headings, ["Sort", "where_it_is", "north", "east"]);
    assert_eq!(profile["headings"][2]["examples"], serde_json::json!(["1", "3"]));
    profile["columns"]["latitude"] = serde_json::json!(["north"]);
    profile["columns"]["longitude"] = serde_json::json!(["east"]);
    let filled = file("drafted.json", profile.to_string().as_bytes());
    let listed = run(&["list", "-d", path, "--profile", filled.to_str().unwrap(), "--format", "csv"]);
    assert!(out(&listed).contains("Ash House, 1 Elm St"), "{}{}", out(&listed), messages(&listed));
}

#[test]
fn a_file_without_headings_is_read_by_position() {
    let table = "\"ZZ1\",\"ASH TRUST\",\"Y01\",\"1 ELM ST\",\"20100401\"\n\"ZZ2\",\"BIRCH TRUST\",\"Y01\",\"2 ELM ST\",\"20120401\"\n\"ZZ3\",\"OAK TRUST\",\"Y02\",\"3 ELM ST\",\"20150401\"\n";
    let path = file("headless.csv", table.as_bytes());
    let path = path.to_str().unwrap();
    let refusal = messages(&run(&["list", "-d", path]));
    assert!(refusal.contains("there is no heading line") && refusal.contains("by position"), "{refusal}");
    let (mut profile, note) = draft(path);
    assert!(note.contains("columns are called by their position; `#2` is a guess"), "{note}");
    assert_eq!(profile["headings"][0], serde_json::json!({"heading": "#1", "examples": ["ZZ1", "ZZ2", "ZZ3"]}));
    profile["columns"]["id"] = serde_json::json!(["#1"]);
    let filled = file("headless.json", profile.to_string().as_bytes());
    let shown = run(&["show", "ZZ1", "-d", path, "--profile", filled.to_str().unwrap(), "--format", "json"]);
    let shown: Value = serde_json::from_slice(&shown.stdout).unwrap_or_else(|_| panic!("{}", messages(&shown)));
    assert!(shown.to_string().contains("ASH TRUST"), "{shown}");
    let listed = run(&["list", "-d", path, "--profile", filled.to_str().unwrap(), "--format", "csv"]);
    assert_eq!(out(&listed).lines().count(), 4, "{}", out(&listed));
}

#[test]
fn a_profile_lists_what_it_makes_nothing_of() {
    let path = file("partly.csv", b"name,zone kept apart\nAsh,Blue\nBirch,Red\n");
    let (profile, note) = draft(path.to_str().unwrap());
    assert_eq!((profile["columns"]["name"][0].as_str(), note.as_str()), (Some("name"), ""));
    assert_eq!(profile["headings"], serde_json::json!([{"heading": "zone kept apart", "examples": ["Blue", "Red"]}]));
}

#[test]
fn a_printed_profile_reads_the_file_the_same() {
    for (name, table) in [
        ("two-ids.csv", "Code,Name,Registration_number,Status\n11,Elm,501,Live\n501,Oak,N/A,Live\n13,Ash,501,Live\n"),
        ("rows.csv", "hospital id,hospital,year,beds,deaths\n1,Elm,2020,100,4\n1,Elm,2021,120,3\n2,Oak,2020,9,1\n"),
    ] {
        let path = file(name, table.as_bytes());
        let path = path.to_str().unwrap();
        let (profile, _) = draft(path);
        let printed = file(&format!("{name}.json"), profile.to_string().as_bytes());
        let shown = |more: &[&str]| out(&run(&[&["show", "Elm", "-d", path, "--format", "csv"], more].concat()));
        assert!(shown(&[]).lines().count() > 1, "{}", shown(&[]));
        assert_eq!(shown(&[]), shown(&["--profile", printed.to_str().unwrap()]), "{name}");
    }
}
