//! Files given on the command line.

use super::*;

/// A catalog file with one hospital, for one test.
fn file(name: &str, hospital: &str) -> String {
    let catalog = format!(r#"{{"title": "Mine", "hospitals": [{{"id": "north", "name": "{hospital}"}}]}}"#);
    command::file("flows", name, catalog).to_str().unwrap().to_owned()
}

#[test]
fn several_files_are_browsed_together() {
    let path = file("flow.json", "North Hospital");
    let terminal = Terminal::browse(120, 40, &[&path, "tests/data/extra.json"], &[]);
    quit(flow(terminal, &[("", "Mine + Extra"), ("", "North Hospital"), ("/ n o r t h", "1 of 1")]));
}

#[test]
fn data_comes_from_standard_input_and_keys_from_the_terminal() {
    let path = file("flow-stdin.json", "South Hospital");
    let mut terminal = Terminal::command("sh", &["-c", "cat \"$1\" | exec \"$0\" -", PROGRAM, &path]);
    terminal.see("South Hospital");
    quit(flow(terminal, &[("/ s o u", "/ sou"), ("Esc", "press / to search"), ("?", "Help"), ("Esc", "1 of 1")]));
}

#[test]
fn hostile_data_asks_nothing_of_the_terminal() {
    let path = file("flow-hostile.json", r"\u001b]0;owned\u0007\u001b[2J\u009b31m\u202eN\u0007orth\u200b");
    let mut terminal = Terminal::browse(120, 40, &[&path], &[]);
    terminal.see("␛]0;owned");
    quit(flow(terminal, &[("l", "← list"), ("h Space ?", "Help")]));
}

#[test]
fn files_that_cannot_be_opened_are_reported_on_the_ordinary_screen() {
    for (path, message) in [("/nowhere/at-all.json", "no such file"), ("tests/data/faulty.json", "was not loaded")] {
        let mut terminal = Terminal::start(120, 40, &[path], &[]);
        let status = terminal.wait_for_end();
        assert!(status.exit_code() == 2 && terminal.text().contains(message), "{status:?}: {}", terminal.text());
        terminal.assert_restored();
    }
}
