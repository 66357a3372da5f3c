//! Lists: their columns, their order, how many, on a terminal, and through a pager.

use std::sync::OnceLock;

use super::*;
use crate::support::command::folder;
use crate::support::terminal::Terminal;

const HOSPITALS: &str = "Facility ID,Facility Name,City,State,County,Emergency,Beds\n\
    1001,Alpha Hospital,Boston,MA,Suffolk,Yes,120\n\
    1002,Bravo Hospital,Salem,MA,Essex,No,80\n\
    1003,Charlie Clinic,Columbus,OH,Franklin,Yes,\n\
    1004,Delta Hospital,Dayton,OH,Montgomery,Yes,300\n";

fn data() -> String {
    // All tests run at the same time, and read one file.
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| file("listed.csv", HOSPITALS.as_bytes())).to_str().unwrap().to_owned()
}

/// Lists the four hospitals; what is written, and what is said.
fn list(args: &[&str]) -> (String, String) {
    let output = run(&[&["list", "-d", &data()], args].concat());
    (out(&output), messages(&output))
}

#[test]
fn what_is_filtered_and_sorted_by_stands_beside_the_names_in_every_format() {
    for (format, shown) in [
        ("table", "Delta Hospital  300"),
        ("text", "Delta Hospital. Dayton, OH. Id: 1004. Beds, kind not stated: 300."),
        ("json", "\"text\": \"300\""),
        ("jsonl", "\"text\":\"300\""),
        ("csv", "1004,Delta Hospital,,Dayton,OH,,,listed,300"),
        ("tsv", "1004\tDelta Hospital\t\tDayton\tOH\t\t\tlisted\t300"),
        ("markdown", "| Delta Hospital | 300 |"),
        ("html", ">300</p></td>"),
    ] {
        for args in [["beds>=300"].as_slice(), &["sort:beds"], &["--sort", "beds"]] {
            let (written, _) = list(&[args, &["--format", format]].concat());
            assert!(written.contains(shown), "{format} {args:?}: {written}");
        }
    }
}

#[test]
fn columns_are_those_that_are_named_in_their_order() {
    let (written, _) = list(&["--columns", "beds,name,id", "--sort", "beds", "--limit", "2"]);
    assert_eq!(
        written,
        "beds, kind not stated  name            id\n300                    Delta Hospital  1004\n120                    Alpha Hospital  1001\n"
    );
    let (written, _) = list(&["--columns", "id,State", "--format", "csv"]);
    assert_eq!(written, "id,region\n1001,MA\n1002,MA\n1003,OH\n1004,OH\n");
    let (written, _) = list(&["--columns", "name,beds", "--format", "jsonl", "alpha"]);
    let one: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(one.as_object().unwrap().keys().collect::<Vec<_>>().len(), 2, "{written}");
    // A number has its period and its source with it.
    assert_eq!((&one["name"], &one["beds.unspecified"]["value"]), (&"Alpha Hospital".into(), &120.into()));
    assert!(one["beds.unspecified"]["source"].is_string(), "{written}");
    let output = run(&["list", "-d", &data(), "--columns", "name,bedz"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(messages(&output).contains("--columns has no “bedz”") && messages(&output).contains("beds"));
}

#[test]
fn the_number_found_is_said_beside_the_results() {
    for (args, said) in [
        (["alpha"].as_slice(), "1 of 4 hospitals\n"),
        (&[], "4 hospitals\n"),
        (&["--limit", "3"], "4 hospitals, the first 3 listed\n"),
        (&["region=OH", "--limit", "1", "--format", "json"], "2 of 4 hospitals, the first 1 listed\n"),
        (&["alpha", "--quiet"], ""),
        (&["alpha", "-q", "--format", "csv"], ""),
    ] {
        assert_eq!(list(args).1, said, "{args:?}");
    }
    assert_eq!(list(&["region=OH", "--count"]), ("2\n".to_owned(), String::new()));
    let output = run(&["list", "-d", &data(), "zzzz", "--count"]);
    assert_eq!((output.status.code(), out(&output), messages(&output)), (Some(1), "0\n".to_owned(), String::new()));
}

#[test]
fn people_see_no_empty_column_and_programs_always_the_same() {
    let (table, _) = list(&["charlie"]);
    assert_eq!(table, "name            place         id\nCharlie Clinic  Columbus, OH  1003\n");
    assert!(list(&["charlie", "--format", "markdown"]).0.starts_with("| name | place | id |\n"));
    let (html, _) = list(&["charlie", "--format", "html"]);
    assert!(
        !html.contains("native name") && html.contains("<td data-label=\"id\" class=\"id\"><p>1003</p></td>"),
        "{html}"
    );
    assert!(html.contains(".id{white-space:nowrap}"));
    // Nobody of the found ones has beds.
    let (csv, _) = list(&["charlie", "sort:beds", "--format", "csv"]);
    assert!(csv.starts_with("id,name,native_name,city,region,country,kind,dataset,beds.unspecified\n"), "{csv}");
    assert!(!list(&["charlie", "sort:beds"]).0.contains("beds"));
}

#[test]
fn tables_have_colours_where_they_are_asked_for() {
    let colours = |args: &[&str], variables: &[(&str, &str)]| {
        let mut command = program();
        command.args(["list", "-d", &data()]).args(args).stdin(Stdio::null()).envs(variables.iter().copied());
        out(&command.output().unwrap()).contains('\u{1b}')
    };
    assert!(!colours(&[], &[]), "a pipe has no colours");
    assert!(colours(&["--color", "always"], &[]));
    assert!(colours(&["--color=always"], &[("NO_COLOR", "")]));
    assert!(!colours(&["--color", "always"], &[("NO_COLOR", "1")]), "NO_COLOR wins");
    assert!(!colours(&["--color", "always", "--format", "csv"], &[]));
    let mut plain = String::new();
    let mut coloured = program();
    coloured.args(["list", "-d", &data(), "--color", "always", "sort:beds"]).stdin(Stdio::null());
    for (at, part) in out(&coloured.output().unwrap()).split("\u{1b}[").enumerate() {
        plain.push_str(if at == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(plain, list(&["sort:beds"]).0);
}

/// The lines of the screen when a list of the bundled hospitals is there.
fn on_terminal(width: u16, height: u16, args: &[&str], env: &[(&str, &str)]) -> Terminal {
    let mut terminal = Terminal::start(width, height, &[&["list"], args].concat(), env);
    terminal.wait_until_any_time("the last message", |terminal| terminal.text().contains("5 hospitals"));
    terminal
}

#[test]
fn a_table_fits_the_terminal_and_breaks_no_id() {
    for width in [60, 80, 100, 140, 200] {
        let terminal = on_terminal(width, 24, &["sort:beds.open"], &[]);
        let text = terminal.text();
        let lines: Vec<&str> = text.lines().take_while(|line| !line.contains("5 hospitals")).collect();
        for id in ["guangzhou-women-and-children", "chongqing-medical-university-childrens"] {
            assert!(lines.iter().any(|line| line.ends_with(id)), "{width}: {id}\n{text}");
        }
        // The heading may take several lines, and each hospital one.
        let hospitals = lines.iter().filter(|line| line.contains('-')).count();
        assert_eq!(hospitals, 5, "{width}:\n{text}");
        assert!(text.contains("1,925"), "{width}: a number is never cut\n{text}");
    }
}

/// A pager that writes what it is given to a file, and a line to the terminal.
fn pager(name: &str, script: &str) -> (String, PathBuf) {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder("cli-pager");
    let (program, seen) = (folder.join(name), folder.join(format!("{name}.seen")));
    let _ = fs::remove_file(&seen);
    fs::write(&program, format!("#!/bin/sh\n{}\n", script.replace("SEEN", seen.to_str().unwrap()))).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    (program.to_str().unwrap().to_owned(), seen)
}

#[test]
fn long_lists_go_through_the_pager_and_short_ones_do_not() {
    let (program, seen) = pager("keep", "echo \"paged $LESS $1\"; cat > SEEN");
    on_terminal(80, 24, &[], &[("PAGER", &program)]);
    assert!(!seen.exists(), "five hospitals fit 24 lines");
    let terminal = on_terminal(80, 5, &["--format", "csv"], &[("PAGER", &format!("{program} option"))]);
    assert!(terminal.text().contains("paged FRX option"), "{}", terminal.text());
    let paged = fs::read_to_string(&seen).unwrap();
    assert!(paged.starts_with("id,name") && paged.lines().count() == 6, "{paged}");
    // A command of the shell.
    let command = format!("cat | {program}");
    on_terminal(80, 5, &["--format", "csv"], &[("PAGER", &command), ("LESS", "R")]);
    assert_eq!(fs::read_to_string(&seen).unwrap(), paged);
    fs::remove_file(&seen).unwrap();
    for (args, pager) in [(["--no-pager"].as_slice(), program.as_str()), (&[], ""), (&[], "cat")] {
        on_terminal(80, 5, args, &[("PAGER", pager)]);
        assert!(!seen.exists(), "{args:?} {pager}");
    }
}

#[test]
fn a_pager_that_is_missing_or_leaves_early_is_no_error() {
    let terminal = on_terminal(80, 5, &["--format", "csv"], &[("PAGER", "/nowhere/no-such-pager")]);
    assert!(terminal.text().contains("chongqing"), "{}", terminal.text());
    let terminal = on_terminal(80, 5, &["--format", "csv"], &[("PAGER", "no-such-pager | cat")]);
    assert!(terminal.text().contains("chongqing"), "{}", terminal.text());
    let (program, seen) = pager("leave", "head -n 1 > SEEN");
    let mut terminal = on_terminal(80, 5, &["--format", "json"], &[("PAGER", &program)]);
    assert!(terminal.wait_for_end().success());
    assert_eq!(fs::read_to_string(&seen).unwrap(), "[\n");
}
