//! Web addresses: whole on the screen, links for the terminal, and opened and copied by a key.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::quit;
use crate::support::base64;
use crate::support::command::{file, folder};
use crate::support::terminal::Terminal;

const LONG: &str = "https://www.example.org/departments/paediatrics/neonatology/visiting-hours-and-directions/index.html?language=en&x=1";

/// A table of a hospital with a website of 116 characters and another with none.
fn table() -> String {
    let rows = format!("id,name,city,website\n1,North Hospital,Lille,{LONG}\n2,South Hospital,Nice,\n");
    file("links", "links.csv", rows).display().to_string()
}

#[test]
fn a_long_address_is_one_link_over_all_its_pieces() {
    let mut terminal = Terminal::browse(120, 40, &[&table()], &[]);
    terminal.see("North Hospital");
    terminal.wait_until("the links", |terminal| !terminal.asked().links.is_empty());
    let pieces: String = LONG.to_owned();
    let links = terminal.asked().links.clone();
    assert!(links.iter().all(|(_, target)| *target == pieces), "{links:?}");
    let id = &links[0].0;
    assert!(links.len() >= 2 && links.iter().all(|(other, _)| other == id), "{links:?}");
    // The lines of the detail pane, one after the other, have all of the address.
    let text = terminal.text();
    let detail = text.lines().filter_map(|line| line.split_once(['│', '┃']).map(|(_, right)| right));
    let shown: String = detail.flat_map(|line| line.trim_end_matches(['│', '┃']).split_whitespace()).collect();
    assert!(shown.contains(LONG), "{text}");
    terminal.type_keys("j");
    terminal.see("▌South");
    terminal.see_gone("https://");
    quit(terminal);
}

#[test]
fn an_address_is_copied_alone() {
    let mut terminal = Terminal::browse(120, 40, &[&table()], &[]);
    terminal.type_keys("u");
    terminal.wait_until("a copy", |terminal| !terminal.asked().clipboard.is_empty());
    assert_eq!(base64::decode(&terminal.asked().clipboard[0]), LONG);
    terminal.type_keys("j");
    terminal.see("▌South");
    terminal.type_keys("u");
    terminal.see("the sources give no web address");
    quit(terminal);
}

#[test]
fn an_address_is_opened_where_there_is_a_desktop() {
    let folder = folder("links-opener");
    let (path, opened) = (folder.join("xdg-open"), folder.join("opened"));
    fs::write(&path, format!("#!/bin/sh\necho \"$@\" > '{}'\n", opened.display())).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let search = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let mut terminal = Terminal::browse(160, 40, &[&table()], &[("DISPLAY", ":9"), ("PATH", &search)]);
    terminal.type_keys("o");
    terminal.see("opened https://www.example.org/");
    assert_eq!(fs::read_to_string(&opened).unwrap().trim(), LONG);
    quit(terminal);
    let mut terminal = Terminal::browse(120, 40, &[&table()], &[]);
    terminal.type_keys("o");
    terminal.see("no desktop here to open it on; u copies the address");
    quit(terminal);
}

#[test]
fn one_of_several_addresses_is_chosen() {
    let rows =
        "id,name,website,remark\n1,North Hospital,www.north.example,see https://doi.org/10.1038/s41597-019-0142-2\n";
    let table = file("links", "several.csv", rows);
    let mut terminal = Terminal::browse(80, 24, &[table.to_str().unwrap()], &[]);
    terminal.type_keys("u");
    terminal.see("website");
    terminal.type_keys("j Enter");
    terminal.wait_until("a copy", |terminal| !terminal.asked().clipboard.is_empty());
    assert_eq!(base64::decode(&terminal.asked().clipboard[0]), "https://doi.org/10.1038/s41597-019-0142-2");
    quit(terminal);
}

#[test]
fn the_addresses_of_a_comparison_say_whose_they_are() {
    let rows = "id,name,website\n1,North Hospital,www.north.example\n2,South Hospital,south.example\n";
    let table = file("links", "compared.csv", rows);
    let mut terminal = Terminal::browse(80, 24, &[table.to_str().unwrap()], &[]);
    terminal.type_keys("Space j Space c u");
    terminal.see("A: website");
    terminal.see("B: website");
    terminal.type_keys("j Enter");
    terminal.wait_until("a copy", |terminal| !terminal.asked().clipboard.is_empty());
    assert_eq!(base64::decode(&terminal.asked().clipboard[0]), "http://south.example");
    terminal.type_keys("Esc");
    quit(terminal);
}
