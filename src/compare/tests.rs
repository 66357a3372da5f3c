use proptest::prelude::*;

use super::*;
use crate::catalog::{Campus, Catalog, CatalogFile, Dataset, Details, Figure, Hospital, Measure, Missing, Source};

/// A source of that id; sources of one letter are undated documents.
fn source(id: &str, more: &str) -> Source {
    serde_json::from_str(&format!(r#"{{"id": "{id}", "title": "{id}"{more}}}"#)).unwrap()
}

/// A hospital with a campus `north` and the given figures.
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

/// Measures that the built-in table has none of: a scale, one whose method changed, a total with its parts.
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

/// What a row says in short: its key, its answer, its limits, each with its sides or its years.
fn short(row: &Row) -> String {
    let limits = row.limits.iter().map(|limit| match limit {
        Limit::SourcesDisagree(sides) | Limit::Undated(sides) | Limit::CountedHere(sides) | Limit::Caveat(sides) => {
            format!("{} {sides:?}", limit.kind())
        }
        other => other.years().map_or(other.kind().to_owned(), |years| format!("{} {years}", other.kind())),
    });
    let answer = serde_json::to_value(row.answer).unwrap();
    format!("{} [{}]", answer.as_str().unwrap(), limits.collect::<Vec<_>>().join(", "))
}

fn compared<T>(catalog: &Catalog, look: impl Fn(&Comparison) -> T) -> T {
    look(&Comparison::new(catalog, catalog.by_id("a").unwrap(), catalog.by_id("b").unwrap()))
}

/// A figure: the measure, its value, and more fields.
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

/// The table of rules and edges: figures of A, figures of B, and what each row says, in the order of the rows.
#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn each_rule_and_edge() {
    let visits = |value: &str, more: &str| figure("visits.outpatient-emergency", value, more);
    let (admissions, discharges) = ("inpatients.admissions", "inpatients.discharges");
    let of = figure;
    let missing = |why: &str| format!(r#"{{"missing": "{why}"}}"#);
    let quality = |total: &str, better: &str, worse: &str| {
        ["q.total", "q.better", "q.worse"]
            .into_iter()
            .zip([total, better, worse])
            .map(|(id, value)| figure(id, value, EDITION_2025))
            .collect::<Vec<_>>()
            .join(",")
    };
    let two = |a: String, b: String| format!("{a},{b}");
    let none = String::new;
    let above = |n: u32| format!(r#"{{"above": {n}}}"#);
    let table: Vec<(String, String, &str)> = vec![
        // Order of values of one time.
        (beds("5", IN_2019), beds("3", IN_2019), "left-larger []"),
        (beds("3", IN_2019), beds("3", IN_2019), "equal []"),
        (beds("0", IN_2019), beds("0", IN_2019), "equal []"),
        (beds(&above(1500), IN_2019), beds("880", IN_2019), "left-larger []"),
        (beds(&above(1500), IN_2019), beds("1500", IN_2019), "left-larger []"),
        (beds(&above(1500), IN_2019), beds("1925", IN_2019), "cannot-tell [overlap]"),
        (beds(&above(5), IN_2019), beds(&above(5), IN_2019), "cannot-tell [overlap]"),
        (beds(r#"{"from": 400, "to": 500}"#, IN_2019), beds("500", IN_2019), "cannot-tell [overlap]"),
        (beds(r#"{"from": 400, "to": 500}"#, IN_2019), beds("501", IN_2019), "right-larger []"),
        (beds(r#"{"magnitude": 1000}"#, IN_2019), beds("900", IN_2019), "left-larger []"),
        (beds(r#"{"magnitude": 1000}"#, IN_2019), beds("4000", IN_2019), "cannot-tell [overlap]"),
        (beds(r#"{"at_most": 10}"#, IN_2019), beds("11", IN_2019), "right-larger []"),
        // Times.
        (beds("5", IN_2017), beds("3", IN_2019), "left-larger [years-apart 2]"),
        (beds("5", IN_2019), beds("3", AS_OF), "left-larger [years-apart 2]"),
        (beds("5", AS_OF), beds("3", AS_OF), "left-larger []"),
        (beds("5", MARCH), beds("3", IN_2019), "left-larger [other-period]"),
        (beds("5", SPAN), beds("3", IN_2017), "left-larger [other-period]"),
        (visits("5", MARCH), visits("3", IN_2019), "cannot-tell [other-length]"),
        (visits("5", SPAN), visits("3", IN_2019), "cannot-tell [other-length]"),
        (visits("5", UNTIL), visits("3", IN_2019), "cannot-tell [since-the-start]"),
        (visits("5", UNTIL), visits("3", UNTIL), "left-larger []"),
        (beds("5", ""), beds("3", IN_2019), "left-larger [undated Left]"),
        (beds("5", ""), beds("3", ""), "left-larger [undated Both]"),
        (beds("5", AFTER_2018), beds("3", AFTER_2019), "left-larger [undated Both]"),
        (beds("5", AFTER_2018), beds("3", AFTER_2018), "left-larger [undated Both]"),
        (beds("5", ABOUT), beds("3", AFTER_2019), "left-larger [undated Both]"),
        (beds("5", UNCLEAR), beds("3", IN_2019), "left-larger [undated Left]"),
        (beds("5", AFTER_2018), beds(&above(4), AFTER_2019), "cannot-tell [overlap, undated Both]"),
        (beds("5", EDITION), beds("3", EDITION), "left-larger []"),
        (beds("5", EDITION), beds("3", IN_2017), "left-larger [undated Left]"),
        // The latest common period comes before each side's latest.
        (two(beds("5", IN_2017), beds("9", AS_OF)), two(beds("3", IN_2017), beds("1", IN_2019)), "left-larger []"),
        (two(beds("5", IN_2017), beds("9", IN_2019)), beds("7", IN_2019), "left-larger []"),
        (two(beds("5", EDITION), beds("9", EDITION_2025)), beds("3", EDITION), "left-larger []"),
        (two(beds("5", ""), beds("2", IN_2019)), beds("3", IN_2019), "right-larger []"),
        (two(beds("5", ""), beds("2", IN_2017)), beds("3", IN_2019), "right-larger [years-apart 2]"),
        (two(beds("5", AFTER_2019), beds("2", IN_2019)), beds("3", IN_2019), "right-larger []"),
        // Figures of one side that contradict each other.
        (two(beds("5", IN_2019), beds("6", OTHER)), beds("3", IN_2019), "left-larger [sources-disagree Left]"),
        (two(beds("2", IN_2019), beds("6", OTHER)), beds("3", IN_2019), "cannot-tell [overlap, sources-disagree Left]"),
        (two(beds("5", IN_2019), beds("5", OTHER)), beds("3", IN_2019), "left-larger []"),
        (two(beds("5", IN_2017), beds("6", OTHER)), beds("3", IN_2019), "left-larger []"),
        (two(beds("5", ""), beds("6", "")), beds("3", ""), "left-larger [undated Both]"),
        (two(beds("1", ""), beds("4", "")), beds("3", ""), "cannot-tell [overlap, undated Both]"),
        // Alike measures, and others of a concept.
        (
            of(discharges, "5", IN_2017),
            of(admissions, "3", IN_2019),
            "left-larger [counted-differently, years-apart 2]",
        ),
        (of(admissions, "5", IN_2019), of(discharges, "3", IN_2019), "left-larger [counted-differently]"),
        (of(discharges, "5", IN_2019), of("inpatients.unspecified", "3", IN_2019), "cannot-tell [other-measure]"),
        (beds("5", IN_2019), of("beds.registered", "3", IN_2019), "cannot-tell [other-measure]"),
        (
            two(of("inpatients.unspecified", "9", IN_2019), of(discharges, "5", IN_2019)),
            of(admissions, "3", IN_2019),
            "left-larger [counted-differently]",
        ),
        (two(beds("5", IN_2019), of("beds.registered", "9", IN_2019)), beds("3", IN_2019), "left-larger []"),
        (
            two(beds("5", IN_2019), of("beds.registered", "9", IN_2019)),
            two(beds("3", IN_2019), of("beds.capacity", "8", IN_2019)),
            "left-larger [] / cannot-tell [other-measure]",
        ),
        (
            two(beds("5", IN_2019), of("beds.registered", "9", IN_2019)),
            two(beds("3", IN_2019), of("beds.registered", "8", IN_2019)),
            "left-larger [] / left-larger []",
        ),
        // Parts of a hospital.
        (beds("5", NORTH), beds("3", NORTH), "left-larger []"),
        (beds("5", NORTH), beds("3", SOUTH), "cannot-tell [other-part]"),
        (beds("5", NORTH), beds("3", IN_2019), "cannot-tell [other-part]"),
        (beds("5", NORTH), beds("3", WARD), "cannot-tell [other-part]"),
        (beds("5", NORTH), beds("3", NORTH_WARD), "cannot-tell [other-part]"),
        (two(beds("5", IN_2019), beds("2", WARD)), beds("3", IN_2019), "left-larger []"),
        (
            two(beds("5", IN_2019), beds("2", WARD)),
            two(beds("3", IN_2019), beds("1", WARD)),
            "left-larger [] / left-larger []",
        ),
        (two(beds("5", IN_2019), beds("2", WARD)), two(beds("3", IN_2019), beds("1", NORTH)), "left-larger []"),
        // One side only, and neither.
        (beds("5", IN_2019), none(), "left-only []"),
        (beds("5", DOUBT), none(), "left-only []"),
        (none(), none(), ""),
        (beds("5", IN_2019), beds(&missing("suppressed"), IN_2019), "left-only []"),
        (beds(&missing("too-few"), IN_2019), beds(&missing("suppressed"), IN_2019), "neither []"),
        (beds(&missing("no-number"), IN_2019), none(), "neither []"),
        (two(beds("5", IN_2019), of("beds.registered", "9", IN_2019)), none(), "left-only []"),
        (two(beds("5", IN_2019), visits("9", IN_2019)), none(), "left-only [] / left-only []"),
        // Caveats, notes, counting by us.
        (beds("5", DOUBT), beds("3", IN_2019), "left-larger [caveat Left]"),
        (beds("5", DOUBT), beds("3", DOUBT), "left-larger [caveat Both]"),
        (beds("5", NOTED), beds("3", IN_2019), "left-larger []"),
        (beds(r#"{"counted": 5}"#, IN_2019), beds("3", IN_2019), "left-larger [counted-by-us Left]"),
        (beds(r#"{"named": 4}"#, IN_2019), beds(&above(10), IN_2019), "cannot-tell [overlap, counted-by-us Left]"),
        // Scales, changes of method, breakdowns.
        (of("q.stars", "4", EDITION_2025), of("q.stars", "3", EDITION_2025), "left-larger []"),
        (of("q.stars", "4", EDITION), of("q.stars", "3", EDITION_2025), "cannot-tell [method-changed]"),
        (of("q.stars", "4", EDITION), of("q.stars", "3", EDITION_2020), "left-larger []"),
        (of("q.stars", "4", AFTER_2018), of("q.stars", "3", AFTER_2018), "left-larger [undated Both]"),
        (of("q.stars", "4", AFTER_2018), of("q.stars", "3", AFTER_2019), "cannot-tell [method-changed, undated Both]"),
        (of("q.stars", "4", ""), of("q.stars", "3", EDITION_2025), "cannot-tell [method-changed, undated Both]"),
        (of("q.step", "3", EDITION), of("q.step", "2", EDITION), "left-larger []"),
        (quality("7", "3", "0"), quality("7", "1", "2"), "cannot-tell [parts-differ]"),
        (quality("7", "3", "0"), quality("7", "3", "0"), "equal []"),
        (quality("7", "1", "0"), quality("7", "1", "2"), "cannot-tell [parts-differ]"),
        (quality("7", r#"{"missing": "suppressed"}"#, "1"), quality("7", "5", "1"), "cannot-tell [parts-differ]"),
        (quality("7", r#"{"missing": "suppressed"}"#, "1"), quality("6", "5", "1"), "cannot-tell [other-total]"),
        (quality("7", "3", "0"), quality("1", "0", "1"), "cannot-tell [other-total]"),
        (of("q.total", "7", EDITION), of("q.total", "5", EDITION), "left-larger []"),
        (of("q.size", "7", EDITION), of("q.size", "7", EDITION), ""),
    ];
    assert!(table.len() >= 70, "{} cases", table.len());
    for (a, b, expected) in &table {
        let says = |a: &str, b: &str, swapped: bool| {
            compared(&catalog(a, b), |comparison| {
                let plain = comparison.rows.iter().filter(|row| row.left.measure.formula.is_none());
                let rows = plain.map(|row| {
                    let limits: Vec<Limit> = row.limits.iter().map(|limit| limit.swapped()).collect();
                    if swapped {
                        short(&Row { answer: row.answer.swapped(), limits, ..row.clone() })
                    } else {
                        short(row)
                    }
                });
                rows.collect::<Vec<_>>().join(" / ")
            })
        };
        assert_eq!(says(a, b, false), *expected, "{a} | {b}");
        assert_eq!(says(b, a, true), *expected, "swapped: {a} | {b}");
    }
}

/// Two hospitals of two files, each with its publisher, edition and scheme of ids.
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
        ([ccn, Some("other")], ["", ""], [EDITION, EDITION], "left-larger [other-publisher, undated Both]"),
    ] {
        let catalog = of_two_files(ids, publishers, periods);
        let says = compared(&catalog, |comparison| short(&comparison.rows[0]));
        assert_eq!(says, expected, "{publishers:?} {periods:?}");
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
    let why = compared(&catalog(&a.join(","), &beds("3", IN_2019)), |comparison| comparison.rows[0].left.missing());
    assert_eq!(why, Some(Missing::Suppressed));
    // A later reason of another measure of the concept does not hide it.
    let a = [&a.join(","), &figure("beds.registered", r#"{"missing": "not-available"}"#, r#", "period": "2020""#)[..]];
    let none = beds(r#"{"missing": "no-number"}"#, IN_2019);
    let why = compared(&catalog(&a.join(","), &none), |comparison| comparison.rows[0].sides().map(Side::missing));
    assert_eq!(why, [Some(Missing::Suppressed), Some(Missing::NoNumber)]);
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
    let basis = Basis::of(key("0"), catalog.figures(key("0")).next().unwrap()).unwrap();
    let all = Distribution::new(&catalog, basis);
    assert_eq!(all.values.len(), 4, "another edition and another source are not counted");
    let rank = |id: &str| all.rank(key(id)).map(|rank| (rank.larger, rank.equal, rank.smaller));
    assert_eq!(rank("0"), Some((2, 1, 0)));
    assert_eq!(rank("1"), Some((0, 0, 2)), "above 15 may be more or less than 20");
    assert_eq!((rank("3"), rank("later")), (None, None));
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

/// Figures at random: a few measures of two concepts, parts, periods, bounds and sources.
fn any_figures() -> impl Strategy<Value = Vec<String>> {
    let measures = [
        "beds.open",
        "beds.registered",
        "inpatients.admissions",
        "inpatients.discharges",
        "staff.total",
        "q.total",
        "q.better",
    ];
    let value = prop_oneof![
        (0u32..9).prop_map(|n| n.to_string()),
        (0u32..9).prop_map(|n| format!(r#"{{"above": {n}}}"#)),
        Just(r#"{"missing": "suppressed"}"#.to_owned()),
        (1u32..9).prop_map(|n| format!(r#"{{"named": {n}}}"#)),
    ];
    let more = prop::sample::select(vec![
        "",
        IN_2017,
        IN_2019,
        MARCH,
        UNTIL,
        AS_OF,
        AFTER_2018,
        EDITION,
        EDITION_2025,
        DOUBT,
        NORTH,
        SOUTH,
        WARD,
        OTHER,
    ]);
    let one = (prop::sample::select(measures.to_vec()), value, more);
    prop::collection::vec(one.prop_map(|(measure, value, more)| figure(measure, &value, more)), 0..9)
}

/// Every figure that stands somewhere in a row, by its place in the catalog.
fn stand_in<'a>(row: &Row<'a>) -> Vec<&'a Figure> {
    let side = |side: &Side<'a>| -> Vec<&'a Figure> {
        let parts = side.breakdown.iter().map(|(_, figure)| *figure);
        side.figures.iter().copied().chain(parts).chain(side.also.iter().copied()).collect()
    };
    row.sides().into_iter().flat_map(side).collect()
}

proptest! {
    #[test]
    fn swapping_the_sides_swaps_the_answers(a in any_figures(), b in any_figures()) {
        let (a, b) = (a.join(","), b.join(","));
        let answers = |catalog: &Catalog, swapped: bool| compared(catalog, |comparison| {
            let mut all: Vec<String> = comparison.rows.iter().map(|row| {
                let answer = if swapped { row.answer.swapped() } else { row.answer };
                let mut limits: Vec<String> = row
                    .limits
                    .iter()
                    .map(|limit| format!("{:?}", if swapped { limit.swapped() } else { *limit }))
                    .collect();
                limits.sort();
                format!("{answer:?} {limits:?}")
            }).collect();
            all.sort();
            all
        });
        prop_assert_eq!(answers(&catalog(&a, &b), false), answers(&catalog(&b, &a), true));
    }

    #[test]
    fn no_number_stands_in_two_rows_and_none_is_lost(a in any_figures(), b in any_figures()) {
        let catalog = catalog(&a.join(","), &b.join(","));
        compared(&catalog, |comparison| {
            let mut standing: Vec<*const Figure> =
                comparison.rows.iter().flat_map(stand_in).map(std::ptr::from_ref).collect();
            let count = standing.len();
            standing.sort_unstable();
            standing.dedup();
            assert_eq!(standing.len(), count, "a figure stands twice");
            for key in [comparison.left, comparison.right] {
                for figure in catalog.figures(key).filter(|figure| figure.quantity().is_some()) {
                    let stands = standing.binary_search(&std::ptr::from_ref(figure)).is_ok();
                    assert!(stands, "lost: {figure:?}");
                }
            }
        });
    }

    #[test]
    fn an_undated_figure_changes_nothing_but_what_stands_beside(
        a in 0u32..20, b in 0u32..20, undated in 0u32..20, is_left: bool, when in prop::sample::select(vec!["", AFTER_2018, UNCLEAR]),
    ) {
        let (a, b) = (beds(&a.to_string(), IN_2019), beds(&b.to_string(), IN_2019));
        let before = compared(&catalog(&a, &b), |comparison| short(&comparison.rows[0]));
        let more = beds(&undated.to_string(), when);
        let (with_a, with_b) = if is_left { (format!("{a},{more}"), b) } else { (a, format!("{b},{more}")) };
        let after = compared(&catalog(&with_a, &with_b), |comparison| {
            let row = &comparison.rows[0];
            (comparison.rows.len(), short(row), row.left.also.len() + row.right.also.len())
        });
        prop_assert_eq!(after, (1, before, 1));
    }
}

#[test]
fn thousands_of_measures_of_one_concept_take_one_pass() {
    let of = |from: usize| {
        let one = |at| format!(r#"{{"measure": "m.{at}", "value": {at}, "source": "s"}}"#);
        (0..3_000).filter(|at| at % 2 == from).map(one).collect::<Vec<_>>().join(",")
    };
    let measure = |at| {
        format!(
            r#"{{"id": "m.{at}", "label": "m {at}", "unit": "x", "family": "f", "concept": "one", "definition": "X."}}"#
        )
    };
    let measures: Vec<String> = (0..3_000).map(measure).collect();
    let file = CatalogFile {
        sources: vec![source("s", "")],
        measures: serde_json::from_str(&format!("[{}]", measures.join(","))).unwrap(),
        hospitals: vec![hospital("a", &of(0)), hospital("b", &of(1))].into(),
        ..CatalogFile::default()
    };
    let mut catalog = Catalog::default();
    catalog.add(file, "test".into(), String::new()).unwrap();
    let rows = compared(&catalog, |comparison| (comparison.rows.len(), comparison.rows[0].left.also.len()));
    assert_eq!(rows, (1, 1_499), "one row of what is left of the concept");
}
