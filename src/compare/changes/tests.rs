use super::*;
use crate::catalog::{Catalog, CatalogBuilder, CatalogFile, Dataset, RejectedIds};
use crate::formats;

/// A catalog of hospitals, each given as its id and its further fields in JSON.
fn catalog(hospitals: &[(&str, &str)]) -> Catalog {
    let hospital = |(id, more): &(&str, &str)| {
        let more = if more.is_empty() { String::new() } else { format!(", {more}") };
        format!(r#"{{"id": "{id}", "name": "N{id}"{more}}}"#)
    };
    let hospitals = hospitals.iter().map(hospital).collect::<Vec<_>>().join(",");
    let text = format!(
        r#"{{"title": "t", "sources": [{{"id": "s", "title": "S"}}, {{"id": "t", "title": "T"}}], "hospitals": [{hospitals}]}}"#
    );
    formats::native::read(&text, "test").unwrap_or_else(|problems| panic!("{text}: {problems:?}"))
}

/// A hospital with every column, so that both datasets have all of them.
const COMPLETE: &str = r#""native_name": "北", "aliases": ["W"], "kind": "Clinic",
    "place": {"city": "Rome", "latitude": 1, "longitude": 2}, "grade": {"text": "A", "source": "s"},
    "phone": {"text": "1", "source": "s"}, "extra": [{"source": "s", "facts": {"Helipad": "no"}}],
    "figures": [{"measure": "beds.open", "value": 1, "source": "s"}]"#;

/// The changes of a hospital from `old` to `new`, a line each.
fn lines(old: &str, new: &str) -> Vec<String> {
    let [old, new] = [old, new].map(|one| catalog(&[("a", one), ("complete", COMPLETE)]));
    let changes = Changes::between(&old, &new);
    assert!(changes.only_in_old.is_empty() && changes.only_in_new.is_empty(), "{changes:?}");
    let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let line = |one: &Change| format!("{}: {} > {}", one.what, side(&one.from), side(&one.to));
    changes.changed.iter().flat_map(|one| &one.changes).map(line).collect()
}

/// The field `figures` with figures of open beds, each given as its value and its further fields in JSON.
fn beds(figures: &[(&str, &str)]) -> String {
    let figure = |(value, more): &(&str, &str)| {
        let more = if more.is_empty() { String::new() } else { format!(", {more}") };
        format!(r#"{{"measure": "beds.open", "value": {value}, "source": "s"{more}}}"#)
    };
    format!(r#""figures": [{}]"#, figures.iter().map(figure).collect::<Vec<_>>().join(","))
}

#[test]
fn every_field_of_a_hospital_is_compared() {
    let campus = r#""campuses": [{"id": "n", "name": "North", "source": "s"}]"#;
    for (old, new, expected) in [
        (r#""aliases": ["X", "Y"]"#, r#""aliases": ["Y", "Z"]"#, vec!["other names: - > Z", "other names: X > -"]),
        (r#""aliases": ["X", "Y"]"#, r#""aliases": ["Y", "X"]"#, vec![]),
        (r#""native_name": "东""#, r#""native_name": "西""#, vec!["native name: 东 > 西"]),
        (r#""place": {"city": "Bari"}"#, "", vec!["place: Bari > -"]),
        (
            r#""place": {"latitude": 1, "longitude": 2}"#,
            r#""place": {"latitude": 1, "longitude": 3}"#,
            vec!["coordinates: 1, 2 > 1, 3"],
        ),
        (r#""kind": "Clinic""#, r#""kind": "Hospital""#, vec!["kind: Clinic > Hospital"]),
        (
            r#""grade": {"text": "A", "source": "s"}"#,
            r#""grade": {"text": "A", "source": "s", "caveat": "garbled"}"#,
            vec!["grade: A > A (caveat: garbled)"],
        ),
        (r#""grade": {"text": "A", "source": "s"}"#, r#""grade": {"text": "A", "source": "t"}"#, vec![]),
        (
            r#""extra": [{"source": "s", "facts": {"Helipad": "yes"}}]"#,
            r#""extra": [{"source": "s", "facts": {"Helipad": "no"}}]"#,
            vec!["Helipad: yes > no"],
        ),
        ("", campus, vec!["campuses: - > North"]),
        (campus, &campus.replace("North", "South"), vec!["campuses: North > South"]),
        (
            r#""rankings": [{"list": "L", "rank": 3, "of": 9, "period": "2019", "source": "s"}]"#,
            r#""rankings": [{"list": "L", "rank": 2, "of": 9, "period": "2019", "source": "s"}]"#,
            vec!["Rankings: L: place 3 of 9, 2019 > L: place 2 of 9, 2019"],
        ),
        (
            r#""accreditations": [{"scheme": "JCI", "source": "s"}]"#,
            r#""accreditations": [{"scheme": "JCI", "source": "s", "period": "2020"}]"#,
            vec!["Accreditations (of process, not outcome): JCI > JCI, 2020"],
        ),
    ] {
        assert_eq!(lines(old, new), expected, "{old} and {new}");
    }
}

#[test]
fn additions_and_removals_are_reported_for_each_of_the_six_lists() {
    for (field, label) in [
        ("specialties", "Specialties"),
        ("affiliations", "Affiliations"),
        ("partners", "Partners"),
        ("programmes", "Programmes and designations"),
        ("milestones", "Milestones and awards"),
        ("people", "People"),
    ] {
        let list = |items: &[&str]| {
            let items: Vec<String> =
                items.iter().map(|item| format!(r#"{{"name": "{item}", "detail": "d", "source": "s"}}"#)).collect();
            format!(r#""{field}": [{}]"#, items.join(","))
        };
        let expected = [format!("{label}: - > C: d"), format!("{label}: A: d > -")];
        assert_eq!(lines(&list(&["A", "B"]), &list(&["C", "B"])), expected);
        assert_eq!(lines(&list(&["A", "B"]), &list(&["B", "A"])), Vec::<String>::new());
    }
}

#[test]
fn figures_are_paired_by_period_then_from_the_latest() {
    let (in_2019, in_2020) = (r#""period": "2019""#, r#""period": "2020""#);
    let (first, second) = (r#""period": {"edition": "2023"}"#, r#""period": {"edition": "2024"}"#);
    for (old, new, expected) in [
        (vec![("5", in_2019)], vec![("6", in_2019)], vec!["open beds: 5, 2019 > 6, 2019"]),
        (vec![("5", in_2019)], vec![("5", in_2020)], vec!["open beds: 5, 2019 > 5, 2020"]),
        // A changed figure of an earlier year counts as a change.
        (
            vec![("5", in_2019), ("6", in_2020)],
            vec![("4", in_2019), ("6", in_2020)],
            vec!["open beds: 5, 2019 > 4, 2019"],
        ),
        (
            vec![("5", in_2019), ("6", in_2020)],
            vec![("4", in_2019)],
            vec!["open beds: 5, 2019 > 4, 2019", "open beds: 6, 2020 > -"],
        ),
        (vec![("5", in_2019)], vec![("5", in_2019), ("6", in_2020)], vec!["open beds: - > 6, 2020"]),
        (vec![("5", ""), ("7", "")], vec![("7", ""), ("5", "")], vec![]),
        (vec![("5", "")], vec![("5", in_2020)], vec!["open beds: 5, no period stated > 5, 2020"]),
        (vec![("5", first)], vec![("5", second)], vec![]),
        (vec![("5", first)], vec![("6", second)], vec!["open beds: 5 > 6"]),
        (vec![("5", "")], vec![("5", second)], vec![]),
        (vec![("5", first), ("9", first)], vec![("9", second), ("5", second)], vec![]),
        (
            vec![("5", in_2019)],
            vec![("5", r#""period": "2019", "caveat": "garbled""#)],
            vec!["open beds: 5, 2019 > 5, 2019 (caveat: garbled)"],
        ),
        (
            vec![("5", in_2019)],
            vec![("5", r#""period": "2019", "scope": {"department": "Ward"}"#)],
            vec!["open beds, Ward: - > 5, 2019", "open beds: 5, 2019 > -"],
        ),
    ] {
        assert_eq!(lines(&beds(&old), &beds(&new)), expected, "{old:?} and {new:?}");
    }
}

#[test]
fn telephone_numbers_are_compared_by_their_digits() {
    let phone = |text: &str| format!(r#""phone": {{"text": "{text}", "source": "s"}}"#);
    assert_eq!(lines(&phone("(334) 555-0100"), &phone("3345550100")), Vec::<String>::new());
    assert_eq!(lines(&phone("(334) 555-0100"), &phone("3345550101")).len(), 1);
    assert_eq!(lines(&phone("none"), &phone("ask the porter")).len(), 1);
}

#[test]
fn what_only_one_dataset_has_is_reported_once() {
    let helipad = r#""extra": [{"source": "s", "facts": {"Helipad": "no"}}]"#;
    let (old, new) = (catalog(&[("a", helipad), ("b", helipad)]), catalog(&[("a", &beds(&[("5", "")])), ("b", "")]));
    let changes = Changes::between(&old, &new);
    assert!(changes.changed.is_empty() && !changes.is_empty(), "{changes:?}");
    let labels = |only: &[UnmatchedField]| only.iter().map(|one| (one.what.clone(), one.hospitals)).collect::<Vec<_>>();
    assert_eq!(labels(&changes.only_in_old), [("Helipad".to_owned(), 2)]);
    assert_eq!(labels(&changes.only_in_new), [("open beds".to_owned(), 1)]);
    // If both datasets have the column, its loss is a change of the hospital.
    let changes = Changes::between(&old, &catalog(&[("a", helipad), ("b", "")]));
    assert_eq!((changes.changed.len(), changes.only_in_old.len()), (1, 0));
}

#[test]
fn hospitals_that_could_not_be_read_are_neither_removed_nor_added() {
    let load = |read: &[(&str, &str)], ids: &[&str], unknown: usize| {
        let mut builder = CatalogBuilder::default();
        let file = CatalogFile {
            hospitals: catalog(read).hospitals().map(|(_, one)| one.clone()).collect(),
            ..CatalogFile::default()
        };
        builder.add(file, Dataset::of("t".into(), Vec::new())).unwrap();
        builder.dataset().unwrap().rejected_ids =
            RejectedIds { ids: ids.iter().map(|id| (*id).into()).collect(), unknown };
        builder.finish()
    };
    let old = load(&[("1", ""), ("2", ""), ("3", "")], &["4", "1"], 0);
    let new = load(&[("1", ""), ("4", "")], &["2", "5", "2"], 1);
    let changes = Changes::between(&old, &new);
    let ids = |named: &[HospitalName]| named.iter().map(|one| one.id.to_string()).collect::<Vec<_>>();
    assert_eq!((ids(&changes.added), ids(&changes.removed)), (vec![], vec!["3".to_owned()]));
    let unread = |unread: &[UnreadHospital]| {
        unread.iter().map(|one| format!("{} {}", one.id, one.name.as_deref().unwrap_or("?"))).collect::<Vec<_>>()
    };
    assert_eq!(unread(&changes.unread_in_old), ["4 N4"]);
    assert_eq!(unread(&changes.unread_in_new), ["2 N2", "5 ?"]);
    assert_eq!((changes.unknown_in_old, changes.unknown_in_new), (0, 1));
    assert!(Changes::between(&catalog(&[("1", "")]), &catalog(&[("1", "")])).is_empty());
}
