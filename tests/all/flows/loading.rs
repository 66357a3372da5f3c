//! Loading while the screen is shown: slow pipes, unreadable files, rejected rows.

use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::support::command::{PROGRAM, folder};
use crate::support::terminal::Terminal;

fn path(name: &str) -> PathBuf {
    let path = folder("loading").join(name);
    let _ = fs::remove_file(&path);
    path
}

/// The browser with a pipe as its standard input, and the writing end of the pipe.
fn piped(name: &str) -> (Terminal, File) {
    let pipe = path(name);
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RWXU, 0).unwrap();
    let start = "exec \"$0\" - < \"$1\"";
    let terminal = Terminal::command("sh", &["-c", start, PROGRAM, pipe.to_str().unwrap()]);
    let writer = fs::OpenOptions::new().write(true).open(&pipe).unwrap();
    (terminal, writer)
}

fn rows(count: usize) -> String {
    let rows: Vec<String> = (0..count).map(|at| format!("{at:05},Hospital Number {at},Northtown\n")).collect();
    format!("id,name,city\n{}", rows.concat())
}

#[test]
fn a_slow_pipe_shows_how_much_has_come_and_the_hospitals_as_they_come() {
    let (mut terminal, mut pipe) = piped("slow.pipe");
    terminal.see("loading");
    pipe.write_all(rows(3_000).as_bytes()).unwrap();
    terminal.see("0.1 MB");
    terminal.see("▌Hospital Number 0");
    drop(pipe);
    terminal.see("3,000 of 3,000");
    terminal.see("▌Hospital Number 0");
    terminal.type_keys("/ 2 9 9 9");
    terminal.see("▌Hospital Number 2999");
    terminal.type_keys("C-c");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn escape_stops_the_loading_and_q_leaves_in_the_midst_of_it() {
    let (mut terminal, mut pipe) = piped("stopped.pipe");
    pipe.write_all(rows(10).as_bytes()).unwrap();
    terminal.see("Esc stops");
    terminal.type_keys("Esc");
    terminal.see("loading was stopped");
    terminal.type_keys("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.assert_restored();

    let (mut terminal, _pipe) = piped("left.pipe");
    terminal.see("loading");
    terminal.type_keys("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn a_failed_load_restores_the_terminal_and_reports_why() {
    for (name, text, message) in [
        ("headless.csv", "a,b,c\n1,2,3\n", "no heading says which column"),
        ("broken.json", "{\"title\": \"t\", \"hospitals\": [", "not valid JSON"),
    ] {
        let file = path(name);
        fs::write(&file, text).unwrap();
        let mut terminal = Terminal::start(120, 40, &[file.to_str().unwrap()], &[]);
        let status = terminal.wait_for_end();
        assert_eq!(status.exit_code(), 2, "{name}");
        terminal.assert_restored();
        assert!(terminal.text().contains(message), "{name}: {}", terminal.text());
    }
}

#[test]
fn rejected_rows_are_counted_on_the_screen() {
    let file = path("ragged.csv");
    fs::write(&file, rows(5) + "00005,short\n").unwrap();
    let mut terminal = Terminal::start(120, 40, &[file.to_str().unwrap()], &[]);
    terminal.see("5 of 5 · 1 row rejected");
    terminal.see("1 row rejected; `hospitui check` lists them");
}

#[test]
fn two_editions_are_one_list_with_the_change_in_the_comparison() {
    let heads = "Facility ID,Facility Name,City/Town,State,Hospital Type,Hospital Ownership,Hospital overall rating,\
                 Hospital overall rating footnote\n";
    let (old, new) = (path("ratings-2021.csv"), path("ratings-2024.csv"));
    let row = |id: &str, name: &str, rating: &str| format!("{id},{name},Northtown,AL,Acute,Private,{rating}\n");
    fs::write(&old, format!("{heads}{}{}", row("010001", "North", "2,"), row("010002", "South", "3,"))).unwrap();
    fs::write(
        &new,
        format!("{heads}{}{}", row("010001", "Great North", "4,"), row("010003", "West", "Not Available,16")),
    )
    .unwrap();
    let mut terminal = Terminal::browse(120, 40, &[old.to_str().unwrap(), new.to_str().unwrap()], &[]);
    terminal.see("3 of 3");
    terminal.see("▌Great North");
    terminal.type_keys("Space G c");
    terminal.see("publisher's direction");
    terminal.see("too few cases to publish");
    terminal.see("edition 2024");
    terminal.type_keys("g n G Enter j Enter");
    terminal.see("also 2, edition 2021");
    terminal.type_keys("q");
    terminal.see_gone("Esc closes");
    terminal.type_keys("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
}
