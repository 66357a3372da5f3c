//! Citations: a figure or a statement with all that is needed to find it again.

use super::*;

fn cite(args: &[&str]) -> String {
    let output = run(&[&["cite"], args, &["--accessed", "2026-11-28"]].concat());
    assert!(output.status.success(), "{args:?}: {}", messages(&output));
    out(&output)
}

/// The hash of the bundled catalog, as the program tells it elsewhere.
fn hash() -> String {
    json(&["show", "chcmu", "--format", "json"])["catalogs"][0]["sha256"].as_str().unwrap().to_owned()
}

#[test]
fn a_figure_is_cited_with_period_source_data_and_date() {
    let cited = cite(&["guangzhou", "visits"]);
    assert_eq!(cited.lines().count(), 1, "{cited}");
    for part in [
        "Guangzhou Women and Children’s Medical Center (guangzhou-women-and-children).",
        "Outpatient and emergency visits: 4.7 million (4.65–4.75 million), 2017, whole hospital.",
        "Caveat: ",
        "Source: “",
        "“Hospital Introduction”, publisher not stated, undated, in English",
        &format!("(bundled), SHA-256 {}.", hash()),
        " Accessed 2026-11-28.\n",
    ] {
        assert!(cited.replace('\'', "’").contains(part), "no {part} in {cited}");
    }
    let today = run(&["cite", "guangzhou", "visits"]);
    let ends = out(&today).rsplit_once("Accessed ").unwrap().1.trim_end().to_owned();
    assert!(ends.len() == 11 && ends.starts_with("20") && ends.ends_with('.'), "{ends}");
}

#[test]
fn a_measure_is_named_by_id_or_words() {
    let beds = cite(&["chcmu", "beds.open"]);
    assert!(beds.contains("Open beds: 1,925,"), "{beds}");
    for words in [["open-beds"].as_slice(), &["open beds"], &["open", "beds"], &["Open", "Beds"]] {
        assert_eq!(cite(&[&["chcmu"], words].concat()), beds, "{words:?}");
    }
    // Two measures of one family.
    let output = run(&["cite", "chcmu", "beds"]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), ""));
    assert!(messages(&output).contains("open beds (beds.open), registered beds (beds.registered)"));
    assert_eq!(cite(&["chcmu", "beds", "--all"]).lines().count(), 2);
    assert!(cite(&["mudanjiang", "beds.open"]).contains("Open beds: 305,"));
    let all = cite(&["mudanjiang", "beds.open", "--all"]);
    assert!(all.lines().count() == 4 && all.contains("150"), "{all}");
}

#[test]
fn other_statements_are_cited_too() {
    assert!(cite(&["mudanjiang", "grade"]).contains("Grade: "));
    let place = cite(&["scmc", "place"]);
    assert!(place.contains("Place: Shanghai") && place.contains("SHA-256"), "{place}");
    let text = "Facility ID,Facility Name,City,State,County,Owner\n7,North,Boston,MA,Suffolk,State\n";
    let path = file("cited.csv", text.as_bytes());
    let data = path.to_str().unwrap();
    for (words, said) in [("county", "County: Suffolk."), ("owner", "Ownership: State."), ("city", "City: Boston.")] {
        let cited = cite(&["-d", data, "north", words]);
        assert!(cited.contains(&format!("North (7). {said}")) && cited.contains("cited.csv"), "{words}: {cited}");
    }
}

#[test]
fn what_a_hospital_lacks_is_said_with_what_it_has() {
    let output = run(&["cite", "scmc", "helipads"]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), ""));
    let said = messages(&output);
    assert!(
        said.contains("has no “helipads”; it has: ") && said.contains("(beds.") && said.contains("founded"),
        "{said}"
    );
    let output = run(&["cite", "scmc", "beds.open", "--accessed", "yesterday"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_citation_as_json_has_its_parts() {
    let cited: Value = serde_json::from_str(&cite(&["guangzhou", "visits", "--format", "json"])).unwrap();
    let one = &cited[0];
    assert_eq!((&one["id"], &one["accessed"]), (&"guangzhou-women-and-children".into(), &"2026-11-28".into()));
    assert_eq!((&one["figure"]["low"], &one["figure"]["period"]), (&4_650_000.into(), &"2017".into()));
    assert_eq!(one["catalogs"][0]["sha256"], hash().as_str());
    assert!(one["sources"][0]["title"].is_string() && one["statement"].is_null());
    let cited: Value = serde_json::from_str(&cite(&["mudanjiang", "grade", "--format", "json"])).unwrap();
    assert!(cited[0]["figure"].is_null() && cited[0]["statement"]["source"].is_string(), "{cited}");
}
