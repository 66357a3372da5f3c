use proptest::prelude::*;

use super::*;
use crate::catalog::{Campus, Catalog, CatalogFile, Source};

/// A catalog of two hospitals, `a` and `b`, with a campus `north` each and the given figures.
fn catalog(a: &str, b: &str) -> Catalog {
    let hospital = |id: &str, figures: &str| Hospital {
        id: id.into(),
        name: id.to_uppercase().into(),
        campuses: vec![Campus {
            id: "north".into(),
            name: "North".into(),
            native_name: None,
            note: None,
            source: "s".into(),
        }],
        figures: serde_json::from_str(&format!("[{figures}]")).unwrap(),
        ..Hospital::default()
    };
    let source = |id: &str| Source {
        id: id.into(),
        title: id.into(),
        publisher: None,
        published: None,
        address: None,
        language: None,
        note: None,
    };
    let mut catalog = Catalog::default();
    let hospitals = vec![hospital("a", a), hospital("b", b)];
    let sources = vec![source("s"), source("t")];
    catalog.add(CatalogFile { sources, hospitals, ..CatalogFile::default() }, "test".into(), String::new()).unwrap();
    catalog
}

fn compare<T>(a: &str, b: &str, look: impl Fn(&Comparison) -> T) -> T {
    let catalog = catalog(a, b);
    look(&Comparison::new(&catalog, catalog.by_id("a").unwrap(), catalog.by_id("b").unwrap()))
}

/// A figure of open beds: its value, and any other fields.
fn beds(value: &str, more: &str) -> String {
    format!(r#"{{"measure": "beds.open", "value": {value}, "source": "s"{more}}}"#)
}

const IN_2019: &str = r#", "period": "2019""#;
const IN_2017: &str = r#", "period": "2017""#;
const NORTH: &str = r#", "period": "2019", "scope": {"campus": "north"}"#;

#[test]
fn each_rule_gives_its_verdict() {
    use Verdict::{
        Caveat, Comparable, DifferentDefinition, DifferentPeriod, DifferentScope, Neither, OneSide, Overlapping,
        PeriodUnknown, SourcesDisagree,
    };
    let registered = r#"{"measure": "beds.registered", "value": 20, "source": "s", "period": "2019"}"#;
    let above = r#"{"above": 1500}"#;
    let two = |a: String, b: String| format!("{a}, {b}");
    let cases: Vec<(&str, String, String, Vec<Verdict>)> = vec![
        ("two numbers of a year", beds("5", IN_2019), beds("6", IN_2019), vec![Comparable]),
        ("equal numbers", beds("5", IN_2019), beds("5", IN_2019), vec![Comparable]),
        ("zero is a number", beds("0", IN_2019), beds("6", IN_2019), vec![Comparable]),
        ("more than, against less", beds(above, IN_2019), beds("880", IN_2019), vec![Comparable]),
        ("more than, against more", beds(above, IN_2019), beds("1925", IN_2019), vec![Overlapping]),
        ("about, within its step", beds(r#"{"about": 400}"#, IN_2019), beds("430", IN_2019), vec![Overlapping]),
        ("other years", beds("5", IN_2017), beds("6", IN_2019), vec![DifferentPeriod]),
        ("no years", beds("5", ""), beds("6", ""), vec![PeriodUnknown]),
        ("one year", beds("5", IN_2019), beds("6", ""), vec![PeriodUnknown]),
        ("unclear", beds("5", r#", "period": {"unclear": "past year"}"#), beds("6", IN_2019), vec![PeriodUnknown]),
        (
            "gravest first",
            beds(above, ""),
            beds("1925", r#", "caveat": "c""#),
            vec![Overlapping, PeriodUnknown, Caveat],
        ),
        ("a caveat", beds("5", IN_2019), beds("6", r#", "period": "2019", "caveat": "c""#), vec![Caveat]),
        ("a campus", beds("5", NORTH), beds("6", IN_2019), vec![DifferentScope]),
        ("two campuses of a name", beds("5", NORTH), beds("6", NORTH), vec![Comparable]),
        ("one side", beds("5", IN_2019), String::new(), vec![OneSide]),
        ("suppressed", beds("5", IN_2019), beds(r#"{"missing": "suppressed"}"#, IN_2019), vec![OneSide]),
        ("neither", beds(r#"{"missing": "too-few"}"#, ""), beds(r#"{"missing": "suppressed"}"#, ""), vec![Neither]),
        ("another definition", beds("5", IN_2019), registered.to_owned(), vec![DifferentDefinition]),
        (
            "contradiction",
            two(beds("5", IN_2019), beds("9", r#", "period": "2019", "caveat": "c""#)),
            beds("6", IN_2019),
            vec![SourcesDisagree, Overlapping, Caveat],
        ),
        ("latest common year", two(beds("5", IN_2019), beds("4", IN_2017)), beds("6", IN_2017), vec![Comparable]),
    ];
    for (name, a, b, expected) in cases {
        assert_eq!(compare(&a, &b, |c| c.rows[0].reasons.clone()), expected, "{name}");
    }
}

#[test]
fn a_difference_is_given_only_where_the_rules_allow() {
    let difference = |a: &str, b: &str| {
        compare(a, b, |c| c.rows[0].difference().map(|d| (d.low, d.low_open, d.high.is_finite().then_some(d.high))))
    };
    let above = r#"{"above": 1500}"#;
    assert_eq!(difference(&beds("5", IN_2019), &beds("8", IN_2019)), Some((3.0, false, Some(3.0))));
    assert_eq!(difference(&beds(above, ""), &beds("880", "")), Some((620.0, true, None)));
    assert_eq!(difference(&beds("5", IN_2019), &beds("5", IN_2019)), None);
    assert_eq!(difference(&beds(above, ""), &beds("1925", "")), None);
    assert_eq!(difference(&beds("5", IN_2017), &beds("8", IN_2019)), None);
    assert_eq!(difference(&beds("5", NORTH), &beds("8", IN_2019)), None);
}

#[test]
fn earlier_observations_stay_as_history() {
    let a = format!("{}, {}, {}", beds("3", IN_2017), beds("4", r#", "period": "2018""#), beds("5", IN_2019));
    compare(&a, &beds("6", r#", "period": "2018""#), |c| {
        let left = &c.rows[0].left;
        assert_eq!(left.period().map(ToString::to_string).as_deref(), Some("2018"));
        let history: Vec<_> = left.history.iter().map(|figure| figure.period.as_ref().unwrap().to_string()).collect();
        assert_eq!(history, ["2019", "2017"]);
    });
}

#[test]
fn guangzhou_and_shanghai_beds_are_not_made_one_measure() {
    let catalog = Catalog::bundled();
    let key = |id| catalog.by_id(id).unwrap();
    let comparison =
        Comparison::new(&catalog, key("guangzhou-women-and-children"), key("shanghai-childrens-medical-center"));
    let beds: Vec<_> = comparison.rows.iter().filter(|row| row.family.id.as_str() == "beds").collect();
    let shown: Vec<_> = beds.iter().map(|row| (row.measure.id.as_str(), row.verdict(), row.difference())).collect();
    let other = Verdict::DifferentDefinition;
    assert_eq!(shown, [("beds.open", other, None), ("beds.in-use", other, None), ("beds.capacity", other, None)]);
    let instead: Vec<_> = beds[0].right.instead.iter().map(|figure| figure.quantity().unwrap().to_string()).collect();
    assert_eq!(instead, ["880", "1,500"]);
    assert_eq!(beds[1].left.instead[0].quantity().unwrap().to_string(), "more than 1,500");
}

#[test]
fn guangzhou_and_chongqing_childrens_stand_as_promised() {
    let catalog = Catalog::bundled();
    let key = |id| catalog.by_id(id).unwrap();
    let (left, right) = (key("guangzhou-women-and-children"), key("chongqing-medical-university-childrens"));
    let comparison = Comparison::new(&catalog, left, right);
    let verdict =
        |id: &str| comparison.rows.iter().find(|row| row.measure.id.as_str() == id).map(Row::verdict).unwrap();
    assert_eq!(verdict("visits.outpatient-emergency"), Verdict::DifferentPeriod);
    assert_eq!(verdict("beds.open"), Verdict::Overlapping);
    assert_eq!(verdict("beds.registered"), Verdict::DifferentDefinition);
    let partners = comparison.lists.iter().find(|list| list.label == "Partners").unwrap();
    assert_eq!(partners.rows[0].name, "Cincinnati Children's Hospital Medical Center");
    assert_eq!(partners.rows[0].presence(), Presence::Shared);
    assert_eq!(partners.rows.iter().filter(|row| row.presence() == Presence::Shared).count(), 1);
}

fn any_beds() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        Just("5".to_owned()),
        Just("9".to_owned()),
        Just(r#"{"above": 4}"#.to_owned()),
        Just(r#"{"from": 4, "to": 6}"#.to_owned()),
        Just(r#"{"missing": "suppressed"}"#.to_owned()),
    ];
    let more = prop_oneof![Just(""), Just(IN_2017), Just(IN_2019), Just(NORTH), Just(r#", "caveat": "c""#)];
    let measure = prop_oneof![Just("beds.open"), Just("beds.registered"), Just("deliveries")];
    (value, more, measure).prop_map(|(value, more, measure)| {
        beds(&value, more).replace("beds.open", if measure == "deliveries" { "maternity.deliveries" } else { measure })
    })
}

proptest! {
    #[test]
    fn swapping_the_sides_swaps_the_result_and_nothing_else(
        a in prop::collection::vec(any_beds(), 0..5), b in prop::collection::vec(any_beds(), 0..5)
    ) {
        let catalog = catalog(&a.join(","), &b.join(","));
        let (left, right) = (catalog.by_id("a").unwrap(), catalog.by_id("b").unwrap());
        let (one, other) = (Comparison::new(&catalog, left, right), Comparison::new(&catalog, right, left));
        prop_assert_eq!(one.rows.len(), other.rows.len());
        for row in &one.rows {
            let twin = other.rows.iter().find(|twin| {
                twin.measure == row.measure && twin.left == row.right && twin.right == row.left
            });
            prop_assert!(twin.is_some(), "no twin of {:?}", row);
            let twin = twin.unwrap();
            prop_assert_eq!(&twin.reasons, &row.reasons);
            prop_assert_eq!(twin.order(), row.order().map(Ordering::reverse));
            prop_assert_eq!(twin.difference(), row.difference());
        }
    }
}
