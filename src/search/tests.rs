//! Queries on the bundled hospitals.

use std::sync::Arc;

use crate::catalog::{Catalog, CatalogFile, Hospital, Place};
use crate::search::{Answer, Ask, Searcher, Unresolved, resolve};

fn searcher() -> Searcher {
    let mut searcher = Searcher::new(Arc::new(crate::formats::bundled()));
    assert!(searcher.read_other_texts(&|| true));
    searcher
}

fn ids(query: &str) -> Vec<String> {
    let mut searcher = searcher();
    let found = searcher.search(&Ask::all(query));
    let once = Searcher::once(Arc::clone(searcher.catalog()), query, true);
    assert_eq!((once.total, once.possibly, &once.keys), (found.total, found.possibly, &found.keys), "{query}");
    found.keys.iter().map(|key| searcher.catalog().hospital(*key).id.to_string()).collect()
}

const GUANGZHOU: &str = "guangzhou-women-and-children";
const MATERNAL: &str = "chongqing-women-and-children";
const SHANGHAI: &str = "shanghai-childrens-medical-center";
const MUDANJIANG: &str = "mudanjiang-women-and-children";
const CHILDRENS: &str = "chongqing-medical-university-childrens";

#[test]
fn a_query_finds_what_is_meant_in_order() {
    for (query, found) in [
        ("", &[GUANGZHOU, MATERNAL, SHANGHAI, MUDANJIANG, CHILDRENS][..]),
        ("  ", &[GUANGZHOU, MATERNAL, SHANGHAI, MUDANJIANG, CHILDRENS]),
        ("chong", &[MATERNAL, CHILDRENS]),
        ("CHONG", &[MATERNAL, CHILDRENS]),
        ("mdjng", &[MUDANJIANG]),
        ("scmc", &[SHANGHAI]),
        ("cqhcwc", &[MATERNAL]),
        ("牡丹江", &[MUDANJIANG]),
        ("重医", &[MATERNAL, CHILDRENS]),
        ("医学中心", &[SHANGHAI]),
        ("childrens chongqing univ", &[CHILDRENS, MATERNAL]),
        ("chongqing yike", &[CHILDRENS, MATERNAL]),
        ("zhongqing", &[MATERNAL, CHILDRENS]),
        ("cqyk", &[CHILDRENS, MATERNAL]),
        ("mudanjiang", &[MUDANJIANG]),
        ("fuyou", &[MATERNAL, MUDANJIANG]),
        ("gwacmc", &[GUANGZHOU]),
        ("heilongjiang", &[MUDANJIANG]),
        ("women’s shanghai", &[]),
        ("ＳＣＭＣ", &[SHANGHAI]),
        ("sh", &[SHANGHAI]),
        ("'", &[GUANGZHOU, MATERNAL, SHANGHAI, MUDANJIANG, CHILDRENS]),
        ("zzzz", &[]),
    ] {
        assert_eq!(ids(query), found, "{query}");
    }
}

#[test]
fn the_query_language_narrows() {
    for (query, found) in [
        ("\"health center\"", &[MATERNAL][..]),
        ("\"health cent\"", &[]),
        ("\"health cent", &[MATERNAL]),
        ("hospital !chongqing", &[MUDANJIANG, GUANGZHOU, SHANGHAI]),
        ("!重庆 hospital", &[MUDANJIANG, GUANGZHOU, SHANGHAI]),
        ("city:chongqing", &[MATERNAL, CHILDRENS]),
        ("!city:chongqing", &[GUANGZHOU, SHANGHAI, MUDANJIANG]),
        ("region:heilong", &[MUDANJIANG]),
        ("id:mudanjiang", &[MUDANJIANG]),
        ("source:\"about us\"", &[CHILDRENS]),
        ("city:c citty:d", &[MATERNAL, CHILDRENS]),
        ("beds>1800", &[CHILDRENS]),
        ("beds<=305 !city:shanghai", &[MUDANJIANG]),
        ("!beds>?2000 !beds:none", &[SHANGHAI, MUDANJIANG]),
    ] {
        assert_eq!(ids(query), found, "{query}");
    }
}

#[test]
fn what_a_source_leaves_open_is_counted_and_stays_out_unless_asked_for() {
    let mut searcher = searcher();
    let mut found = |query: &str| {
        let found = searcher.search(&Ask::all(query));
        let ids = found.keys.iter().map(|key| searcher.catalog().hospital(*key).id.to_string());
        (ids.collect::<Vec<_>>(), found.possibly)
    };
    let (sure, possibly) = found("guang beds>1000");
    assert_eq!((&sure[..], possibly), (&[GUANGZHOU.to_owned()][..], 0), "more than 1,500 is more than 1,000");
    assert_eq!(found("guang beds>2000"), (vec![], 1));
    assert_eq!(found("guang beds>?2000"), (vec![GUANGZHOU.to_owned()], 0));
}

#[test]
fn highlights_are_positions_in_the_shown_name() {
    let mut searcher = searcher();
    let catalog = Arc::clone(searcher.catalog());
    let mut hit = |query: &str| {
        let found = searcher.search(&Ask::all(query));
        (found.hit(found.keys[0]), catalog.hospital(found.keys[0]))
    };
    let letters = |text: &str, positions: &[usize]| {
        let chars: Vec<char> = text.chars().collect();
        positions.iter().map(|&at| chars[at]).collect::<String>()
    };
    for (query, name, native) in [
        ("chong", "Chong", ""),
        ("mdjng", "Mdjng", ""),
        ("women guang", "GuangWomen", ""),
        ("妇幼", "", "妇幼"),
        ("婦幼", "", "妇幼"),
        ("fuyou", "", "妇幼"),
        ("cqyk", "", "重庆医科"),
    ] {
        let (hit, hospital) = hit(query);
        assert_eq!(letters(&hospital.name, &hit.name), name, "{query}");
        assert_eq!(letters(hospital.native_name.as_deref().unwrap_or_default(), &hit.native), native, "{query}");
        assert_eq!(hit.through, None, "{query}");
    }
    for (query, label, text, shown) in [("scmc", "alias", "SCMC", "SCMC"), ("guangd", "region", "Guangdong", "Guangd")]
    {
        let through = hit(query).0.through.unwrap();
        assert_eq!((through.label.as_str(), through.text.as_str()), (label, text));
        assert_eq!(letters(text, &through.positions), shown);
    }
}

#[test]
fn one_name_is_resolved_and_others_are_listed() {
    let mut searcher = searcher();
    let catalog = Arc::clone(searcher.catalog());
    let mut id = |words: &str| resolve(&mut searcher, words).map(|found| catalog.hospital(found.key).id.to_string());
    assert_eq!(id(MATERNAL).as_deref(), Ok(MATERNAL));
    assert_eq!(id("guangzhou").as_deref(), Ok(GUANGZHOU));
    assert_eq!(id("SCMC").as_deref(), Ok(SHANGHAI));
    assert_eq!(id("上海儿童医学中心").as_deref(), Ok(SHANGHAI));
    assert!(matches!(id("chong"), Err(Unresolved::Several(keys)) if keys.len() == 2));
    assert!(matches!(id("nanjing"), Err(Unresolved::None(_))), "a subsequence resolves nothing");
    let Err(Unresolved::None(near)) = id("shangai xx") else { panic!("should find none") };
    assert_eq!(catalog.hospital(near[0]).id.as_str(), SHANGHAI);
    assert_eq!(id(""), Err(Unresolved::None(Vec::new())));
}

/// What typing `query` letter by letter ends with, and what asking for it at once finds, in hospitals of these names:
/// name, native name, alias.
fn typed_and_at_once(names: &[(&str, &str, &str)], query: &str) -> [Vec<String>; 2] {
    let some = |text: &str| Some(text).filter(|text| !text.is_empty()).map(Into::into);
    let hospital = |(at, (name, native, alias)): (usize, &(&str, &str, &str))| Hospital {
        id: at.to_string().as_str().into(),
        name: (*name).into(),
        native_name: some(native),
        aliases: some(alias).into_iter().collect(),
        ..Hospital::default()
    };
    let hospitals = names.iter().enumerate().map(hospital).collect();
    let mut catalog = Catalog::default();
    let file = CatalogFile { title: "Names".into(), hospitals, ..CatalogFile::default() };
    catalog.add(file, "names".into(), String::new()).unwrap();
    let catalog = Arc::new(catalog);
    let names = |found: &Answer| found.keys.iter().map(|key| catalog.hospital(*key).name.to_string()).collect();
    let mut searcher = Searcher::new(Arc::clone(&catalog));
    let mut typed = Answer::default();
    for (at, c) in query.char_indices() {
        typed = searcher.search(&Ask::all(&query[..at + c.len_utf8()]));
    }
    [names(&typed), names(&Searcher::new(Arc::clone(&catalog)).search(&Ask::all(query)))]
}

#[test]
fn typing_ends_where_asking_at_once_does() {
    for (names, query, first) in [
        (
            &[("Charité Berlin University Medicine", "", "Charité"), ("Charite X", "", "")][..],
            "charite",
            "Charité Berlin University Medicine",
        ),
        (&[("北京 Beijing Clinic", "", ""), ("Z", "北京医院", "")], "beijin", "北京 Beijing Clinic"),
        (&[("Mercy", "", ""), ("Mercy Hospital", "", "")], "mercy hospital", "Mercy Hospital"),
    ] {
        let [typed, at_once] = typed_and_at_once(names, query);
        assert_eq!(typed, at_once, "{query}");
        assert_eq!(typed[0], first, "{query}");
    }
}

#[test]
fn a_facet_narrows_to_those_it_counts_however_long_its_value() {
    let region = "Autonome Region ".repeat(10) + "(\"Süd\")";
    let hospital = |id: &str, region: &str| Hospital {
        id: id.into(),
        name: id.into(),
        place: Place { region: Some(region.into()), ..Place::default() },
        ..Hospital::default()
    };
    let hospitals = vec![hospital("a", &region), hospital("b", "Autonome Region"), hospital("c", &region)];
    let file = CatalogFile { title: "Regions".into(), hospitals: hospitals.into(), ..CatalogFile::default() };
    let mut catalog = Catalog::default();
    catalog.add(file, "regions".into(), String::new()).unwrap();
    let mut searcher = Searcher::new(Arc::new(catalog));
    let found = searcher.search(&Ask { facets: true, ..Ask::all("") });
    for value in found.facets.iter().flatten().flat_map(|facet| &facet.values) {
        let query = value.choice.toggled_in("");
        assert_eq!(searcher.search(&Ask::all(&query)).total, value.count, "{query}");
    }
}
