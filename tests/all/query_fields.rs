//! Queries for fields, columns, measures and places, and for words of any text: every row of `tests/data/queries-fields.tsv` and
//! `tests/data/queries-words.tsv`, on small files in the shapes of those that publishers give.

use std::collections::HashMap;
use std::sync::Arc;

use hospitui::catalog::Catalog;
use hospitui::formats::{Options, load_bytes};
use hospitui::search::{Answer, Ask, Searcher};

const FIELDS: &str = include_str!("../data/queries-fields.tsv");
const WORDS: &str = include_str!("../data/queries-words.tsv");

fn catalog(name: &str) -> Catalog {
    let (file, bytes): (&str, &[u8]) = match name {
        "cms" => ("cms.csv", include_bytes!("../data/cms.csv")),
        "hifld" => ("hifld.csv", include_bytes!("../data/hifld.csv")),
        "africa" => ("africa.csv", include_bytes!("../data/africa.csv")),
        "hong-kong" => ("hong-kong.geojson", include_bytes!("../data/hong-kong.geojson")),
        _ => return hospitui::formats::bundled(),
    };
    load_bytes(file, bytes, &Options::default()).unwrap()
}

fn names(searcher: &Searcher, found: &Answer) -> Vec<String> {
    found.keys.iter().map(|key| searcher.catalog().hospital(*key).name.to_string()).collect()
}

/// Checks a row with the search of the browser and with that of the commands. The error has what was found instead.
fn check(searcher: &mut Searcher, query: &str, expect: &str, what: &str) -> Result<(), String> {
    let found = searcher.search(&Ask::all(query));
    if let Some(mistake) = found.query.mistakes.first() {
        return Err(mistake.to_string());
    }
    let once = Searcher::once(Arc::clone(searcher.catalog()), query, true);
    if (once.total, &once.keys) != (found.total, &found.keys) {
        return Err(format!("{} found, and {} in a single search", found.total, once.total));
    }
    let names = names(searcher, &found);
    let is_met = match expect {
        "first" => names.first().is_some_and(|name| name == what),
        "last" => names.last().is_some_and(|name| name == what),
        "not" => !names.iter().any(|name| name == what),
        "count" => what.parse() == Ok(names.len()),
        _ => false,
    };
    if is_met { Ok(()) } else { Err(format!("{:?} of {} found", &names[..names.len().min(4)], names.len())) }
}

/// Checks every row; how many there are.
fn check_all(rows_of: &'static str) -> usize {
    let mut searchers: HashMap<&str, Searcher> = HashMap::new();
    let (mut wrong, mut rows) = (Vec::new(), 0);
    for line in rows_of.lines().skip(1) {
        let [name, query, expect, what, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not five columns: {line}")
        };
        let searcher = searchers.entry(name).or_insert_with(|| {
            let mut searcher = Searcher::new(Arc::new(catalog(name)));
            assert!(searcher.read_other_texts(&|| true));
            searcher
        });
        if let Err(found) = check(searcher, query, expect, what) {
            wrong.push(format!("{name}: “{query}” {expect} {what} ({reason}): {found}"));
        }
        rows += 1;
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    rows
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are what CI shows")]
fn every_query_for_a_field_finds_what_is_meant() {
    let rows = check_all(FIELDS);
    println!("{rows} queries for fields");
    assert!(rows >= 100);
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are what CI shows")]
fn every_query_for_words_of_any_text_finds_what_is_meant() {
    let rows = check_all(WORDS);
    println!("{rows} queries for words of any text");
    assert!(rows >= 60);
}

#[test]
fn a_mistake_names_what_the_data_have() {
    for (name, query, said) in [
        ("cms", "conty-parish:x", "did you mean county-parish?"),
        ("cms", "mort>5", "“mort” may be several: "),
        ("cms", "stars>", "stars needs a number, as in stars>=4"),
        ("cms", "stars>many", "“many” is no number; write digits, as in stars>=4"),
        ("cms", "county:", "county-parish: needs a value, as in county-parish:SUFFOLK"),
        ("cms", "county>5", "county-parish is text; write county-parish:5"),
        ("cms", "deliverie>5", "no field or measure is called “deliverie”; to search"),
        ("cms", "sort:x", "write sort:name, sort:place or a measure, as in sort:cms.star-rating"),
        ("cms", "sort:-best", "nothing is called “-best” to sort by"),
        ("cms", "near:boston", "no file says where “boston” lies"),
        ("cms", "specialty:", "specialty: needs a value; no hospital says anything there"),
        (
            "hifld",
            "near:springfield",
            "there are several of “springfield”: near:\"SPRINGFIELD, IL\", near:\"SPRINGFIELD, MA\"",
        ),
        ("hifld", "near:bostn", "did you mean near:\"BOSTON\"?"),
        ("hifld", "near:91,0", "“91,0” is no point on the globe"),
        ("hifld", "near:0007", "no file says where “0007” lies"),
        ("hifld", "near:", "near: needs a place"),
        ("hifld", "!near:boston", "near: needs a place"),
        ("hifld", "within:5km", "within: needs a place"),
        ("hifld", "near:boston within:5", "within: needs a distance with its unit"),
        ("hifld", "near:boston within:-5km", "within: needs a distance with its unit"),
    ] {
        let found = Searcher::new(Arc::new(catalog(name))).search(&Ask::all(query));
        let mistakes: Vec<String> = found.query.mistakes.iter().map(ToString::to_string).collect();
        assert!(mistakes.len() == 1 && mistakes[0].contains(said), "{query}: {mistakes:?}");
    }
}

#[test]
fn hospitals_without_coordinates_are_counted() {
    let mut searcher = Searcher::new(Arc::new(catalog("hifld")));
    let mut without = |query: &str| searcher.search(&Ask::all(query)).without_place;
    assert_eq!(without("near:boston"), 1);
    assert_eq!(without("near:boston within:1km"), 1);
    assert_eq!(without("near:boston within:1km region:IL"), 0);
    assert_eq!(without("near:boston nowhere"), 1);
    assert_eq!(without("boston"), 0);
    let found = searcher.search(&Ask::all("near:42.36,-71.06"));
    let distance = |nth: usize| found.distance(found.keys[nth]);
    assert!(distance(0).is_some_and(|metres| (metres - 776.0).abs() < 5.0), "{:?}", distance(0));
    assert_eq!(distance(6), None);
}
