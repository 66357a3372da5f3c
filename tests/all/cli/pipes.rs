//! Data that are piped in where none are named.

use std::fs::File;
use std::io::Write;
use std::process::{Output, Stdio};

use super::{file, messages, out, run};
use crate::support::command::program;

const TABLE: &[u8] = b"name,city\nAsh,Elm\nBirch,Oak\n";

fn piped(args: &[&str], bytes: &[u8]) -> Output {
    let mut child =
        program().args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn what_is_piped_in_is_read_and_said() {
    for args in [&["list", "ash"][..], &["show", "ash"], &["compare", "ash", "birch"]] {
        let output = piped(args, TABLE);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", messages(&output));
        assert!(out(&output).contains("Ash"), "{args:?}: {}", out(&output));
        assert!(
            messages(&output).contains("standard input: 2 hospitals read, as no data are named"),
            "{}",
            messages(&output)
        );
    }
    let path = file("stdin.csv", TABLE);
    let output = program().args(["list", "ash"]).stdin(File::open(path).unwrap()).output().unwrap();
    assert!(out(&output).contains("Ash"), "{}", messages(&output));
}

#[test]
fn an_empty_input_is_no_data() {
    for output in [piped(&["list", "scmc", "-q"], b""), run(&["list", "scmc", "-q"])] {
        assert_eq!((output.status.code(), messages(&output).as_str()), (Some(0), ""));
        assert!(out(&output).contains("Shanghai"), "{}", out(&output));
    }
}

#[test]
fn named_data_leave_the_input_unread() {
    let output = piped(&["list", "-d", "tests/data/north-2023.csv"], TABLE);
    let said = messages(&output);
    assert!(!out(&output).contains("Ash") && !said.contains("standard input"), "{}{said}", out(&output));
    let output = piped(&["list"], b"\x7fELF");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        messages(&output).contains("it is read as no data are named; </dev/null leaves it unread"),
        "{}",
        messages(&output)
    );
}

#[test]
fn the_name_of_a_file_taken_for_a_query_is_told() {
    let output = run(&["list", "tests/data/north-2023.csv"]);
    assert!(messages(&output).contains("hospitui list -d tests/data/north-2023.csv lists it"), "{}", messages(&output));
}

#[test]
fn several_files_are_converted_to_one_catalog() {
    let one = file("convert-one.csv", b"id,name\n1,Ash\n2,Birch\n");
    let two = file("convert-two.csv", b"id,name\n1,Cedar\n");
    let output = run(&["convert", one.to_str().unwrap(), two.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", messages(&output));
    let catalog = hospitui::formats::native::read(&out(&output), "converted").unwrap();
    let ids: Vec<String> = catalog.hospitals().map(|(_, one)| format!("{} {}", one.id, one.name)).collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
}
