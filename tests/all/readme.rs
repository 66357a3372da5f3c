//! Checks that the README matches the program: its key table, and every command that it shows.

use std::env;
use std::fmt::Write;
use std::fs;

use crate::support::command::command;
use hospitui::tui::keymap::{EDITING, EDITING_HEADING, groups};

const START: &str = "<!-- keys -->\n";
const END: &str = "<!-- /keys -->";

/// The key table as Markdown, generated from the table of bindings.
fn key_table() -> String {
    let mut table = String::from("\n| where | keys | what they do |\n|---|---|---|\n");
    for (heading, bindings) in groups() {
        for (at, binding) in bindings.into_iter().enumerate() {
            let place = if at == 0 { heading.as_str() } else { "" };
            let keys: Vec<String> = binding.keys.split(' ').map(|key| format!("`{key}`")).collect();
            writeln!(table, "| {place} | {} | {} |", keys.join(" "), binding.description).unwrap();
        }
    }
    for (at, (keys, does)) in EDITING.iter().enumerate() {
        let place = if at == 0 { EDITING_HEADING } else { "" };
        let keys: Vec<String> = keys.split(' ').map(|key| format!("`{key}`")).collect();
        writeln!(table, "| {place} | {} | {does} |", keys.join(" ")).unwrap();
    }
    table + "\n"
}

#[test]
fn the_key_table_is_that_of_the_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(path).unwrap();
    let start = readme.find(START).unwrap() + START.len();
    let end = readme.find(END).unwrap();
    if env::var_os("HOSPITUI_BLESS").is_some() {
        fs::write(path, format!("{}{}{}", &readme[..start], key_table(), &readme[end..])).unwrap();
        return;
    }
    assert_eq!(&readme[start..end], key_table(), "HOSPITUI_BLESS=1 cargo test --test all readme");
}

#[test]
fn the_commands_of_the_readme_print_the_output_of_the_readme() {
    // trycmd hands its environment on, so it needs one without settings.
    let mut tests = command(env::current_exe().unwrap());
    let one = "readme::commands_of_the_readme_in_an_environment_without_settings";
    let output = tests.args(["--ignored", "--exact", one, "--nocapture"]).output().unwrap();
    let said = [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "the test of the commands runs it"]
fn commands_of_the_readme_in_an_environment_without_settings() {
    trycmd::TestCases::new().env("HOSPITUI_CONFIG", "").case("README.md");
}

#[test]
fn the_example_catalog_is_sound() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = readme.split_once("```json\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let catalog = hospitui::formats::native::read(example, "the README's example").unwrap();
    assert_eq!(catalog.len(), 1);
}
