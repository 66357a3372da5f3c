mod properties;
mod rules;

use super::*;
use crate::catalog::{Campus, Catalog, CatalogFile, Dataset, Details, Figure, Hospital, Measure, Missing, Source};

/// A source with the given id, and further fields in JSON.
fn source(id: &str, more: &str) -> Source {
    serde_json::from_str(&format!(r#"{{"id": "{id}", "title": "{id}"{more}}}"#)).unwrap()
}

/// A hospital with three campuses and the given figures; two campuses have the same name.
fn hospital(id: &str, figures: &str) -> Hospital {
    let campus = |id: &str, name: &str| Campus {
        id: id.into(),
        name: name.into(),
        native_name: None,
        note: None,
        source: "s".into(),
    };
    Hospital {
        id: id.into(),
        name: id.to_uppercase().into(),
        details: Details {
            campuses: vec![campus("north", "North"), campus("n2", "North"), campus("south", "South")],
            figures: serde_json::from_str(&format!("[{figures}]")).unwrap(),
            ..Details::default()
        }
        .into(),
        ..Hospital::default()
    }
}

/// Two hospitals, `a` and `b`, of one file with the sources `s` and `t`.
fn catalog(a: &str, b: &str) -> Catalog {
    let mut catalog = Catalog::default();
    let hospitals = vec![hospital("a", a), hospital("b", b)].into();
    let sources = vec![source("s", ""), source("t", "")];
    let file = CatalogFile { sources, hospitals, measures: scales(), ..CatalogFile::default() };
    catalog.add(file, "test".into(), String::new()).unwrap();
    catalog
}

/// Measures of kinds that the built-in table lacks: scales, a change of method, a total with its parts.
fn scales() -> Vec<Measure> {
    let part = |id: &str, label: &str, more: &str| {
        format!(
            r#"{{"id": "q.{id}", "label": "{label}", "unit": "measures", "family": "quality", "definition": "X.",
                "part_of": {{"measure": "q.total", "label": "{label}"{more}}}}}"#
        )
    };
    let json = format!(
        r#"[
        {{"id": "q.stars", "label": "stars", "unit": "stars", "family": "quality", "ordinal": true, "definition": "X.",
          "breaks": [{{"year": 2021, "note": "a new method"}}]}},
        {{"id": "q.step", "label": "beside the nation", "unit": "steps", "family": "quality", "ordinal": true,
          "steps": ["below", "same", "above"], "definition": "X."}},
        {{"id": "q.total", "label": "measures reported", "unit": "measures", "family": "quality", "definition": "X."}},
        {}, {}, {}]"#,
        part("better", "better", ""),
        part("worse", "worse", ""),
        part("size", "in the group", r#", "is_size": true"#),
    );
    serde_json::from_str(&json).unwrap()
}

/// The answer and the limits of a row in short, each limit with its sides or years.
fn short(row: &Row) -> String {
    let limits = row.limits.iter().map(|limit| match limit {
        Limit::SourcesDisagree(sides) | Limit::Undated(sides) | Limit::CountedByUs(sides) | Limit::Caveat(sides) => {
            format!("{} {sides:?}", limit.kind())
        }
        other => other.years().map_or(other.kind().to_owned(), |years| format!("{} {years}", other.kind())),
    });
    let answer = serde_json::to_value(row.answer).unwrap();
    format!("{} [{}]", answer.as_str().unwrap(), limits.collect::<Vec<_>>().join(", "))
}

/// The result of `read` for the comparison of the hospitals `a` and `b`.
fn compared<T>(catalog: &Catalog, read: impl Fn(&Comparison) -> T) -> T {
    read(&Comparison::new(catalog, catalog.by_id("a").unwrap(), catalog.by_id("b").unwrap()))
}

/// A figure in JSON: the measure, its value, and further fields.
fn figure(measure: &str, value: &str, more: &str) -> String {
    let source = if more.contains(r#""source""#) { "" } else { r#", "source": "s""# };
    format!(r#"{{"measure": "{measure}", "value": {value}{source}{more}}}"#)
}

fn beds(value: &str, more: &str) -> String {
    figure("beds.open", value, more)
}

const IN_2017: &str = r#", "period": "2017""#;
const IN_2019: &str = r#", "period": "2019""#;
const MARCH: &str = r#", "period": "2019-03""#;
const SPAN: &str = r#", "period": "2016/2018""#;
const UNTIL: &str = r#", "period": "../2019""#;
const AS_OF: &str = r#", "period": {"as_of": "2022-03-11"}"#;
const AFTER_2018: &str = r#", "period": {"not_before": "2018"}"#;
const AFTER_2019: &str = r#", "period": {"not_before": "2019"}"#;
const ABOUT: &str = r#", "period": {"about": "2018"}"#;
const UNCLEAR: &str = r#", "period": {"unclear": "past year"}"#;
const EDITION: &str = r#", "period": {"edition": "2017"}"#;
const EDITION_2020: &str = r#", "period": {"edition": "2020"}"#;
const EDITION_2025: &str = r#", "period": {"edition": "2025"}"#;
const DOUBT: &str = r#", "period": "2019", "caveat": "Garbled.""#;
const NOTED: &str = r#", "period": "2019", "note": "Called beds in use.""#;
const NORTH: &str = r#", "period": "2019", "scope": {"campus": "north"}"#;
const SOUTH: &str = r#", "period": "2019", "scope": {"campus": "south"}"#;
const WARD: &str = r#", "period": "2019", "scope": {"department": "Ward"}"#;
const NORTH_WARD: &str = r#", "period": "2019", "scope": {"department": "North"}"#;
const OTHER: &str = r#", "period": "2019", "source": "t""#;

/// Two hospitals, each in its own file with the given scheme of ids, publisher and period.
fn of_two_files(ids: [Option<&str>; 2], publishers: [&str; 2], periods: [&str; 2]) -> Catalog {
    let mut catalog = Catalog::default();
    for (at, id) in ["a", "b"].into_iter().enumerate() {
        let publisher = publishers[at];
        let publisher = if publisher.is_empty() { String::new() } else { format!(r#", "publisher": "{publisher}""#) };
        let file = CatalogFile {
            ids: ids[at].map(Into::into),
            sources: vec![source("s", &publisher)],
            hospitals: vec![hospital(id, &beds(&format!("{}", 5 - at), periods[at]))].into(),
            measures: scales(),
            ..CatalogFile::default()
        };
        catalog.add(file, format!("{id}.csv").into(), String::new()).unwrap();
    }
    catalog
}

#[test]
fn files_of_two_publishers_are_never_comparable() {
    let ccn = Some("ccn");
    for (ids, publishers, periods, expected) in [
        ([None, None], ["", ""], [EDITION, EDITION], "left-larger [other-publisher, undated Both]"),
        ([None, None], ["P", "Q"], [EDITION, EDITION], "left-larger [other-publisher, undated Both]"),
        ([None, None], ["P", "Q"], [IN_2017, IN_2017], "left-larger [other-publisher]"),
        ([None, None], ["P", "Q"], ["", ""], "left-larger [undated Both, other-publisher]"),
        ([None, None], ["P", "P"], [IN_2017, IN_2017], "left-larger []"),
        ([None, None], ["P", "P"], [EDITION, EDITION_2025], "left-larger [other-edition 8]"),
        ([ccn, ccn], ["P", "P"], [EDITION, EDITION_2025], "left-larger [other-edition 8]"),
        ([ccn, ccn], ["P", "P"], [EDITION, EDITION], "left-larger []"),
        ([ccn, Some("other")], ["", ""], [EDITION, EDITION], "left-larger [other-publisher, undated Both]"),
    ] {
        let catalog = of_two_files(ids, publishers, periods);
        let row = compared(&catalog, |comparison| short(&comparison.rows[0]));
        assert_eq!(row, expected, "{publishers:?} {periods:?}");
        let is_comparable = compared(&catalog, |comparison| comparison.rows[0].is_comparable());
        assert_eq!(is_comparable, expected == "left-larger []", "{publishers:?} {periods:?}");
    }
    assert_eq!(Dataset::default().sole_source(), None);
}

#[test]
fn each_part_of_equal_totals_has_its_own_answer() {
    let of = |better: &str, worse: &str| {
        let parts = [("q.total", "7"), ("q.better", better), ("q.worse", worse)];
        parts.map(|(id, value)| figure(id, value, EDITION)).join(", ")
    };
    let suppressed = r#"{"missing": "suppressed"}"#;
    for (a, b, expected) in [
        (of("3", "0"), of("1", "2"), vec![("better", Answer::LeftLarger), ("worse", Answer::RightLarger)]),
        (of("3", "0"), of("3", "2"), vec![("better", Answer::Equal), ("worse", Answer::RightLarger)]),
        (of(suppressed, "1"), of("5", "1"), vec![("better", Answer::CannotTell), ("worse", Answer::Equal)]),
    ] {
        compared(&catalog(&a, &b), |comparison| {
            let row = &comparison.rows[0];
            let found: Vec<_> = row.parts().iter().map(|part| (part.label, part.answer())).collect();
            assert_eq!(found, expected, "{a} | {b}");
            assert_eq!((row.answer, row.difference(), row.ratio()), (Answer::CannotTell, None, None), "{a} | {b}");
        });
    }
}

#[test]
fn differences_and_ratios_follow_the_answer() {
    for (a, b, difference, ratio) in [
        ("5", "3", Some((2.0, 2.0)), true),
        ("3", "3", None, false),
        (r#"{"above": 1500}"#, "880", Some((620.0, f64::INFINITY)), true),
        (r#"{"above": 1500}"#, "1925", None, false),
        ("5", "0", Some((5.0, 5.0)), false),
    ] {
        let row = |row: &Row| (row.difference().map(|one| (one.low, one.high)), row.ratio().is_some());
        let found = compared(&catalog(&beds(a, IN_2019), &beds(b, IN_2019)), |comparison| row(&comparison.rows[0]));
        assert_eq!(found, (difference, ratio), "{a} | {b}");
    }
    // Steps on a scale and parts of a total have no ratio.
    for (a, b) in [
        (figure("q.stars", "4", EDITION), figure("q.stars", "2", EDITION)),
        (figure("q.step", "3", EDITION), figure("q.step", "1", EDITION)),
        (figure("q.total", "5", EDITION), figure("q.total", "3", EDITION)),
    ] {
        let found = compared(&catalog(&a, &b), |comparison| {
            let row = &comparison.rows[0];
            (row.difference().map(|one| one.low), row.ratio())
        });
        assert_eq!(found, (Some(2.0), None), "{a}");
    }
}

#[test]
fn steps_on_a_scale_and_fixed_totals_have_no_bars() {
    let has_bars = |id: &str| {
        let [a, b] = ["4", "2"].map(|value| figure(id, value, EDITION));
        compared(&catalog(&a, &b), |comparison| comparison.rows[0].bars().is_some())
    };
    assert_eq!(["beds.open", "q.stars", "q.step", "q.total"].map(has_bars), [true, false, false, false]);
}

#[test]
fn each_row_has_a_key_of_its_own() {
    let all = |a: &str| format!("{}, {}", beds(a, NORTH), beds(a, r#", "period": "2019", "scope": {"campus": "n2"}"#));
    let keys =
        compared(&catalog(&all("5"), &all("3")), |comparison| comparison.rows.iter().map(Row::key).collect::<Vec<_>>());
    assert_eq!(keys, ["beds.open campus north", "beds.open campus n2"]);
}

#[test]
fn of_several_reasons_the_latest_is_shown() {
    let a = [
        beds(r#"{"missing": "suppressed"}"#, r#", "period": "2018""#),
        beds(r#"{"missing": "not-applicable"}"#, r#", "period": "2012""#),
    ];
    let reason = compared(&catalog(&a.join(","), &beds("3", IN_2019)), |comparison| comparison.rows[0].left.missing());
    assert_eq!(reason, Some(Missing::Suppressed));
    // A later reason of another measure of the concept does not hide it.
    let a = [&a.join(","), &figure("beds.registered", r#"{"missing": "not-available"}"#, r#", "period": "2020""#)[..]];
    let none = beds(r#"{"missing": "no-number"}"#, IN_2019);
    let reason = compared(&catalog(&a.join(","), &none), |comparison| comparison.rows[0].sides().map(Side::missing));
    assert_eq!(reason, [Some(Missing::Suppressed), Some(Missing::NoNumber)]);
}

#[test]
fn a_rank_is_as_certain_as_the_bounds_allow_and_of_one_basis() {
    let mut catalog = Catalog::default();
    let values = ["10", "20", r#"{"above": 15}"#, r#"{"missing": "suppressed"}"#, "10"];
    let hospitals: Vec<Hospital> =
        values.iter().enumerate().map(|(at, value)| hospital(&at.to_string(), &beds(value, EDITION))).collect();
    let hospitals = hospitals.into_iter().chain([
        hospital("later", &beds("99", EDITION_2025)),
        hospital("other", &beds("99", r#", "period": {"edition": "2017"}, "source": "t""#)),
    ]);
    let file = CatalogFile {
        sources: vec![source("s", ""), source("t", "")],
        hospitals: hospitals.collect::<Vec<_>>().into(),
        ..CatalogFile::default()
    };
    catalog.add(file, "test".into(), String::new()).unwrap();
    let key = |id: &str| catalog.by_id(id).unwrap();
    let basis_of = |id: &str| Basis::of(key(id), catalog.figures(key(id)).next().unwrap()).unwrap();
    let bases = ["0", "1", "later", "other"].map(basis_of).to_vec();
    let Ok([all, same, later, other]) =
        <[_; 4]>::try_from(Distribution::of_bases(&catalog, bases, [key("0"), key("1")]))
    else {
        panic!()
    };
    assert!(all.counts_as(&same));
    assert!(!all.counts_as(&later) && !later.counts_as(&other));
    assert_eq!(all.hospitals(), 4, "another edition and another source are not counted");
    let rank = |id: &str| all.rank(key(id)).map(|rank| (rank.larger, rank.equal, rank.smaller));
    assert_eq!(rank("0"), Some((2, 1, 0)));
    assert_eq!(rank("1"), Some((0, 0, 2)), "above 15 may be more or less than 20");
    assert_eq!(rank("later"), None);
    assert_eq!(all.positions().collect::<Vec<_>>(), [0.5, 0.75, 1.0], "of 20, the largest; above 15 is drawn at 15");
    assert_eq!((all.position(key("0")), all.position(key("1"))), (Some(0.5), Some(1.0)));
    let without = Distribution::of_bases(&catalog, vec![basis_of("0")], [key("3"), key("later")]);
    assert_eq!((without[0].rank(key("3")), without[0].rank(key("later"))), (None, None));
}

#[test]
fn a_name_with_other_remarks_is_shared() {
    let json = |partners: &str| format!(r#"{{"id": "x", "name": "X", "partners": [{partners}]}}"#);
    let of = |id: &str, partners: &str| -> Hospital {
        let hospital: Hospital = serde_json::from_str(&json(partners)).unwrap();
        Hospital { id: id.into(), ..hospital }
    };
    let mut catalog = Catalog::default();
    let hospitals = vec![
        of("a", r#"{"name": "P", "detail": "Sister", "source": "s"}, {"name": "Q", "source": "s"}"#),
        of("b", r#"{"name": "p", "detail": "Friend", "source": "s"}"#),
    ];
    let file = CatalogFile { sources: vec![source("s", "")], hospitals: hospitals.into(), ..CatalogFile::default() };
    catalog.add(file, "test".into(), String::new()).unwrap();
    let found = compared(&catalog, |comparison| {
        comparison.lists[0].rows.iter().map(|row| (row.presence(), row.limits().len())).collect::<Vec<_>>()
    });
    assert_eq!(found, [(Presence::Shared, 0), (Presence::OnlyLeft, 0)]);
}
