//! What is kept between sessions: nothing, unless it is asked for.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::KeyCode;
use hospitui::tui::app::{App, Event};
use hospitui::tui::glyphs::Glyphs;
use hospitui::tui::{Place, Resume};
use ratatui::layout::Size;

use super::quit;
use crate::support::command::{PROGRAM, folder};
use crate::support::terminal::Terminal;

/// An empty folder for the state of a session.
fn state(name: &str) -> PathBuf {
    let folder = folder(&format!("memory-{name}"));
    fs::remove_dir_all(&folder).unwrap();
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn nothing_is_kept_unless_asked_for() {
    let state = state("nothing");
    let mut terminal = Terminal::browse(120, 40, &[], &[("XDG_STATE_HOME", state.to_str().unwrap())]);
    terminal.type_keys("/ c h o n g Enter");
    terminal.see("2 of 5");
    quit(terminal);
    assert_eq!(fs::read_dir(&state).unwrap().count(), 0);
}

#[test]
fn queries_come_back_in_the_next_session() {
    let state = state("queries");
    let browse = || Terminal::browse(120, 40, &["--history"], &[("XDG_STATE_HOME", state.to_str().unwrap())]);
    let mut terminal = browse();
    terminal.type_keys("/ c h o n g Enter");
    terminal.see("2 of 5");
    quit(terminal);
    let file = state.join("hospitui/session.json");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "for nobody else to read");
    let mut terminal = browse();
    terminal.see("5 of 5");
    terminal.type_keys("/");
    terminal.send(b"\x1b[1;5A");
    terminal.see("/ chong");
    quit(terminal);
}

#[test]
fn the_last_place_is_gone_to_with_the_same_data() {
    let state = state("place");
    let browse = |args: &[&str]| Terminal::browse(120, 40, args, &[("XDG_STATE_HOME", state.to_str().unwrap())]);
    let mut terminal = browse(&["--last-place"]);
    terminal.type_keys("/ c h o n g Enter j");
    terminal.see("▌Children's Hospital of Chongqing");
    quit(terminal);
    let mut terminal = browse(&["--last-place"]);
    terminal.see("▌Children's Hospital of Chongqing");
    terminal.see("/ chong");
    terminal.type_keys("Esc");
    terminal.see("5 of 5");
    terminal.see("▌Children's Hospital of Chongqing");
    quit(terminal);
    let mut terminal = browse(&["--last-place", "tests/data/north-2024.csv"]);
    terminal.see("▌");
    assert!(!terminal.text().contains("chong"), "{}", terminal.text());
    quit(terminal);
    let mut terminal = browse(&[]);
    terminal.see("▌Guangzhou");
    quit(terminal);
}

#[test]
fn two_sessions_keep_the_queries_of_both() {
    let state = state("both");
    let browse = || Terminal::browse(120, 40, &["--history"], &[("XDG_STATE_HOME", state.to_str().unwrap())]);
    let (mut one, mut other) = (browse(), browse());
    for (terminal, keys) in [(&mut one, "/ c h o n g Enter"), (&mut other, "/ s h a n g Enter")] {
        terminal.see("5 of 5");
        terminal.type_keys(keys);
        terminal.see_gone("5 of 5");
    }
    quit(one);
    quit(other);
    let kept = fs::read_to_string(state.join("hospitui/session.json")).unwrap();
    assert!(kept.contains("chong") && kept.contains("shang"), "{kept}");
}

#[test]
fn who_quits_before_the_data_are_loaded_is_to_go_there_still() {
    let place = Place { query: "chong".to_owned(), hospital: Some("x".to_owned()) };
    let app = || {
        let mut app = App::new(Arc::default(), Size::new(80, 24), Glyphs::UNICODE, false);
        app.resume(Resume { queries: Vec::new(), place: Some(place.clone()) });
        app
    };
    assert_eq!(app().leave().place, Some(place.clone()));
    let mut begun = app();
    begun.handle(Event::Key(KeyCode::Char('/').into()));
    begun.handle(Event::Key(KeyCode::Char('x').into()));
    assert_eq!(begun.leave().place.unwrap().query, "x");
}

#[test]
fn what_is_piped_in_has_no_place() {
    let state = state("pipe");
    let command = format!("{PROGRAM} --last-place < tests/data/north-2024.csv");
    let mut terminal = Terminal::command_with("sh", &["-c", &command], &[("XDG_STATE_HOME", state.to_str().unwrap())]);
    terminal.see("Nord");
    terminal.type_keys("j");
    quit(terminal);
    let kept = fs::read_to_string(state.join("hospitui/session.json")).unwrap();
    assert!(kept.contains("\"places\": []"), "{kept}");
}

#[test]
fn a_file_that_was_changed_is_told_and_left_alone() {
    let state = state("changed");
    let file = state.join("hospitui/session.json");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "[1]").unwrap();
    let mut terminal = Terminal::browse(120, 40, &["--history"], &[("XDG_STATE_HOME", state.to_str().unwrap())]);
    terminal.type_keys("C-c");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    assert!(terminal.text().contains("not what hospitui has written"), "{}", terminal.text());
    assert_eq!(fs::read_to_string(&file).unwrap(), "[1]");
}
