//! Commands on files: refused arguments, and differences between two files.

use super::*;

/// Expects a refusal: one line on standard error, nothing on standard output, exit code 2.
fn refusal(args: &[&str]) -> String {
    let output = run(args);
    let message = messages(&output);
    let ended = (output.status.code(), out(&output).as_str() == "", message.lines().count());
    assert_eq!(ended, (Some(2), true, 1), "{args:?}: {message}{}", out(&output));
    message
}

#[test]
fn data_that_a_command_would_ignore_are_refused() {
    let (old, new, other) = ("tests/data/north-2023.csv", "tests/data/north-2024.csv", "tests/data/extra.json");
    for args in [&["convert", old][..], &["diff", old, new], &["profile", old]] {
        let message = refusal(&[args, &["-d", other]].concat());
        assert!(message.contains(&format!("`{}` reads only", args[0])), "{message}");
        assert!(message.contains(&format!("leave out {other}")), "{message}");
        assert_ne!(run(args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn datasets_with_different_schemes_of_ids_are_not_compared() {
    let scheme = |name: &str, ids: &str| {
        let text = format!(r#"{{"title": "T", {ids} "hospitals": [{{"id": "1", "name": "One"}}]}}"#);
        file(name, text.as_bytes()).to_str().unwrap().to_owned()
    };
    let cms = scheme("scheme-cms.json", r#""ids": "cms-ccn","#);
    let hifld = scheme("scheme-hifld.json", r#""ids": "hifld","#);
    let none = scheme("scheme-none.json", "");
    let message = refusal(&["diff", &cms, &hifld]);
    assert!(message.contains("`cms-ccn`") && message.contains("`hifld`"), "{message}");
    for pair in [[&cms, &cms], [&cms, &none], [&none, &hifld]] {
        let output = run(&["diff", pair[0], pair[1]]);
        assert_eq!(output.status.code(), Some(0), "{}", messages(&output));
    }
}

#[test]
fn diff_reports_unreadable_rows_separately() {
    let table = |name: &str, rows: &str| {
        let path = file(name, format!("Hospital ID,Hospital,City,Beds\n{rows}").as_bytes());
        path.to_str().unwrap().to_owned()
    };
    let old = table("unread-2023.csv", "1,A,Rome,5\n2,B,Rome,6\n3,C,Rome,7\n");
    let new = table("unread-2024.csv", "1,A,Rome,5\n2,B\n,,Rome,\n");
    let output = run(&["diff", &old, &new]);
    assert_eq!(output.status.code(), Some(1), "{}", messages(&output));
    assert_eq!(
        out(&output),
        "Removed: 1 hospital, unless it is in the row of NEW that could not be read and has no id\n  3  C, Rome\n\
         Could not be read in NEW: 1 hospital\n  2  B\nCould not be read in NEW, without an id: 1 row\n"
    );
    let output = run(&["diff", &old, &new, "--format", "json"]);
    let changes: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(changes["unread_in_new"], serde_json::json!([{"id": "2", "name": "B"}]));
    assert_eq!(
        (&changes["unknown_in_new"], &changes["unread_in_old"]),
        (&Value::from(1), &Value::from(Vec::<Value>::new()))
    );
    let complete = table("complete-2024.csv", "1,A,Rome,5\n2,B,Rome,6\n3,C,Rome,7\n");
    assert_eq!(out(&run(&["diff", &old, &complete])), "Nothing has changed.\n");
    let half = table("half-2024.csv", "1,A,Rome,5\n2,B\n3,C,Rome,7\n");
    assert!(out(&run(&["diff", &old, &half])).ends_with("  2  B\nNothing has changed in what could be read.\n"));
    let wide = file("wide-2024.csv", b"Hospital ID,Hospital,City,Helipad\n1,A,Rome,yes\n2,B,Rome,no\n3,C,Rome,no\n");
    let message = out(&run(&["diff", &old, wide.to_str().unwrap()]));
    assert_eq!(message, "Only in OLD: beds, kind not stated\nOnly in NEW: Helipad\n");
}

#[test]
fn check_reports_every_file_that_cannot_be_read() {
    for format in ["text", "json"] {
        let files = ["/nowhere/one.json", "tests/data/faulty.json", "/nowhere/two.json"];
        let output = run(&[&["check", "--format", format], &files[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{}", messages(&output));
        for file in ["/nowhere/one.json", "/nowhere/two.json"] {
            let reports = messages(&output).lines().filter(|line| line.contains(file)).count();
            assert_eq!(reports, 1, "{file}: {}", messages(&output));
        }
        assert!(out(&output).contains("tests/data/faulty.json"), "{}", out(&output));
    }
}

#[test]
fn check_as_json_tells_whether_all_problems_are_listed() {
    let hospital = |at: usize| format!(r#"{{"id": "{at}", "name": "N", "wrong": 1}}"#);
    let hospitals: Vec<String> = (0..250).map(hospital).collect();
    let text = format!(r#"{{"title": "T", "hospitals": [{}]}}"#, hospitals.join(","));
    let many = file("many-problems.json", text.as_bytes());
    let output = run(&["check", many.to_str().unwrap(), "tests/data/faulty.json", "--format", "json"]);
    let files: Value = serde_json::from_slice(&output.stdout).unwrap();
    let about = |at: usize| (files[at]["is_complete"].as_bool(), files[at]["problems"].as_array().unwrap().len());
    assert_eq!((about(0), about(1)), ((Some(false), 200), (Some(true), 5)));
}

#[test]
fn a_misspelled_command_is_suggested() {
    for (word, command) in [("chekc", "check"), ("lst", "list"), ("completion", "completions"), ("diif", "diff")] {
        let message = refusal(&[word]);
        assert!(message.ends_with(&format!("or did you mean `hospitui {command}`?\n")), "{message}");
    }
}
