//! Typical queries and the hospitals that they must find: every row of `tests/data/queries.tsv`, on the bundled catalog
//! and on a catalog of names from many languages.

use std::sync::Arc;

use hospitui::catalog::Catalog;
use hospitui::search::{Ask, Searcher};

use crate::support::screen::Screen;

const NAMES: &str = include_str!("../data/names.json");
const QUERIES: &str = include_str!("../data/queries.tsv");

/// A row: the catalog, the query, the expectation, the hospital, and the reason.
fn rows() -> Vec<[&'static str; 5]> {
    let rows = QUERIES.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|row| row.try_into().unwrap_or_else(|row| panic!("not five columns: {row:?}"))).collect()
}

fn searcher(catalog: Catalog) -> Searcher {
    let mut searcher = Searcher::new(Arc::new(catalog));
    assert!(searcher.read_other_texts(&|| true));
    searcher
}

/// Checks a row with the search of the browser and with that of the commands. The error has what was found instead.
fn check(searcher: &mut Searcher, query: &str, expect: &str, id: &str) -> Result<(), String> {
    let found = searcher.search(&Ask::all(query));
    let once = Searcher::once(Arc::clone(searcher.catalog()), query, true);
    if (once.total, &once.keys) != (found.total, &found.keys) {
        return Err(format!("{} found, and {} in a single search", found.total, once.total));
    }
    let ids: Vec<&str> = found.keys.iter().map(|key| searcher.catalog().hospital(*key).id.as_str()).collect();
    let is_met = match (expect, id) {
        ("first", id) => ids.first() == Some(&id),
        ("not", "*") => ids.is_empty(),
        ("not", id) => !ids.contains(&id),
        _ => false,
    };
    let known = id == "*" || searcher.catalog().by_id(id).is_some();
    match (known, is_met) {
        (false, _) => Err(format!("no hospital {id}")),
        (_, false) => Err(format!("{:?} of {} found", &ids[..ids.len().min(4)], ids.len())),
        (_, true) => Ok(()),
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are what CI shows")]
fn every_query_finds_what_is_meant() {
    let mut bundled = searcher(hospitui::formats::bundled());
    let mut names = searcher(hospitui::formats::native::read(NAMES, "names.json").unwrap());
    let mut wrong = Vec::new();
    let (mut first, mut not) = (0, 0);
    for [catalog, query, expect, id, reason] in rows() {
        let searcher = if catalog == "bundled" { &mut bundled } else { &mut names };
        if let Err(found) = check(searcher, query, expect, id) {
            wrong.push(format!("{catalog}: “{query}” {expect} {id} ({reason}): {found}"));
        }
        *(if expect == "first" { &mut first } else { &mut not }) += 1;
    }
    println!("{first} queries with their first hit, {not} that must not match");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(first >= 80 && not >= 20);
}

#[test]
fn marks_of_direction_are_not_in_the_way_of_a_name() {
    let json = r#"{"title": "marks", "hospitals": [
        {"id": "hope", "name": "مستشفى\u200f الأمل\u061c \u200e(West)\u200e"}, {"id": "other", "name": "مستشفى آخر"}]}"#;
    let catalog = hospitui::formats::native::read(json, "marks.json").unwrap();
    let name = catalog.hospital(catalog.by_id("hope").unwrap()).name.to_string();
    assert_eq!(name, "مستشفى الأمل (West)");
    assert_eq!(hospitui::text::width(&name), hospitui::text::width("مستشفى الأمل (West)"));
    let mut marks = searcher(catalog.clone());
    for query in ["الأمل", "west", "الأمل (west)", "الأ\u{200f}مل", "\u{200e}west\u{200e}", "\u{61c}الأمل"]
    {
        assert_eq!(check(&mut marks, query, "first", "hope"), Ok(()), "{query:?}");
        assert_eq!(check(&mut marks, query, "not", "other"), Ok(()), "{query:?}");
    }
    let screen = Screen::of(catalog, 120, 40);
    assert!(screen.text().contains("(West)") && !screen.text().contains('\u{fffd}'), "{}", screen.text());
}
