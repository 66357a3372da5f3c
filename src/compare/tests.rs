use proptest::prelude::*;

use super::*;
use crate::catalog::{Campus, Catalog, CatalogFile, Details, Missing, Source};

/// A catalog of two hospitals, `a` and `b`, with a campus `north` each and the given figures.
fn catalog(a: &str, b: &str) -> Catalog {
    let hospital = |id: &str, figures: &str| Hospital {
        id: id.into(),
        name: id.to_uppercase().into(),
        details: Details {
            campuses: vec![Campus {
                id: "north".into(),
                name: "North".into(),
                native_name: None,
                note: None,
                source: "s".into(),
            }],
            figures: serde_json::from_str(&format!("[{figures}]")).unwrap(),
            ..Details::default()
        }
        .into(),
        ..Hospital::default()
    };
    let source = |id: &str| Source {
        id: id.into(),
        title: id.into(),
        publisher: None,
        published: None,
        edition: None,
        address: None,
        language: None,
        note: None,
    };
    let mut catalog = Catalog::default();
    let hospitals = vec![hospital("a", a), hospital("b", b)].into();
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
    let (above, at_least, below) = (r#"{"above": 1500}"#, r#"{"at_least": 1500}"#, r#"{"below": 1500}"#);
    let (about, nearly, range) = (r#"{"about": 400}"#, r#"{"nearly": 400}"#, r#"{"from": 400, "to": 500}"#);
    let million = r#"{"rounded": 4700000, "to": 100000}"#;
    let missing = |why: &str| format!(r#"{{"missing": "{why}"}}"#);
    let unclear = r#", "period": {"unclear": "past year"}"#;
    let doubtful = r#", "period": "2019", "caveat": "c""#;
    let south = r#", "period": "2019", "scope": {"department": "South ward"}"#;
    let two = |a: String, b: String| format!("{a}, {b}");
    let now = |value: &str| beds(value, IN_2019);
    let cases: Vec<(&str, String, String, Vec<Verdict>)> = vec![
        ("two numbers of a year", now("5"), now("6"), vec![Comparable]),
        ("equal numbers", now("5"), now("5"), vec![Comparable]),
        ("zero is a number", now("0"), now("6"), vec![Comparable]),
        ("zero against zero", now("0"), now("0"), vec![Comparable]),
        ("more than, against less", now(above), now("880"), vec![Comparable]),
        ("more than, against its own bound", now(above), now("1500"), vec![Comparable]),
        ("at least, against its own bound", now(at_least), now("1500"), vec![Overlapping]),
        ("more than, against more", now(above), now("1925"), vec![Overlapping]),
        ("more than, against more than", now(above), now(r#"{"above": 9}"#), vec![Overlapping]),
        ("more than, against less than the same", now(above), now(below), vec![Comparable]),
        ("less than, against a lower number", now(below), now("3"), vec![Overlapping]),
        ("less than, against its own bound", now(below), now("1500"), vec![Comparable]),
        ("at most, against its own bound", now(r#"{"at_most": 9}"#), now("9"), vec![Overlapping]),
        ("about, within its step", now(about), now("430"), vec![Overlapping]),
        ("about, beyond its step", now(about), now("460"), vec![Comparable]),
        ("nearly, against the number itself", now(nearly), now("400"), vec![Comparable]),
        ("nearly, within its step", now(nearly), now("380"), vec![Overlapping]),
        ("rounded, within its step", now(million), now("4690000"), vec![Overlapping]),
        ("rounded, beyond its step", now(million), now("4750000"), vec![Comparable]),
        ("range against range that it meets", now(range), now(r#"{"from": 500, "to": 600}"#), vec![Overlapping]),
        ("range against range apart", now(range), now(r#"{"from": 501, "to": 600}"#), vec![Comparable]),
        ("range against a number in it", now(range), now("450"), vec![Overlapping]),
        ("other years", beds("5", IN_2017), now("6"), vec![DifferentPeriod]),
        ("other years, the same number", beds("5", IN_2017), now("5"), vec![DifferentPeriod]),
        ("other years and overlapping", beds(above, IN_2017), now("1925"), vec![DifferentPeriod, Overlapping]),
        ("one year written in two ways", now("5"), beds("6", r#", "period": "2019-01/2019-12""#), vec![Comparable]),
        ("no years", beds("5", ""), beds("6", ""), vec![PeriodUnknown]),
        ("one year", now("5"), beds("6", ""), vec![PeriodUnknown]),
        ("unclear", beds("5", unclear), now("6"), vec![PeriodUnknown]),
        ("unclear on both sides", beds("5", unclear), beds("6", unclear), vec![PeriodUnknown]),
        (
            "gravest first",
            beds(above, ""),
            beds("1925", r#", "caveat": "c""#),
            vec![Overlapping, PeriodUnknown, Caveat],
        ),
        ("a caveat", now("5"), beds("6", doubtful), vec![Caveat]),
        ("a campus", beds("5", NORTH), now("6"), vec![DifferentScope]),
        ("two campuses of a name", beds("5", NORTH), beds("6", NORTH), vec![Comparable]),
        ("campuses of other names", beds("5", NORTH), beds("6", south), vec![OneSide]),
        ("a ward, and whole with that ward", beds("5", NORTH), two(now("9"), beds("4", NORTH)), vec![OneSide]),
        ("one side", now("5"), String::new(), vec![OneSide]),
        ("one side with a caveat", beds("5", doubtful), String::new(), vec![OneSide, Caveat]),
        ("suppressed", now("5"), now(&missing("suppressed")), vec![OneSide]),
        ("too few", now("5"), now(&missing("too-few")), vec![OneSide]),
        ("not applicable", now("5"), now(&missing("not-applicable")), vec![OneSide]),
        ("not available", now("5"), now(&missing("not-available")), vec![OneSide]),
        ("neither", beds(&missing("too-few"), ""), beds(&missing("suppressed"), ""), vec![Neither]),
        ("another definition", now("5"), registered.to_owned(), vec![DifferentDefinition]),
        ("another definition, number withheld", now(&missing("suppressed")), registered.to_owned(), vec![Neither]),
        ("contradiction", two(now("5"), beds("9", doubtful)), now("6"), vec![SourcesDisagree, Overlapping, Caveat]),
        ("undated contradiction", two(now("300"), beds("500", "")), now("200"), vec![SourcesDisagree, PeriodUnknown]),
        ("two bounds that agree", two(now("5"), now(r#"{"above": 4}"#)), now("2"), vec![Comparable]),
        ("latest common year", two(now("5"), beds("4", IN_2017)), beds("6", IN_2017), vec![Comparable]),
        (
            "a withheld year does not hide another",
            two(now(&missing("suppressed")), beds("4", IN_2017)),
            beds("6", IN_2017),
            vec![Comparable],
        ),
    ];
    assert!(cases.len() > 40);
    for (name, a, b, expected) in cases {
        assert_eq!(compare(&a, &b, |c| c.rows[0].reasons.clone()), expected, "{name}");
        assert_eq!(compare(&b, &a, |c| c.rows[0].reasons.clone()), expected, "{name}, swapped");
    }
}

#[test]
fn a_ward_meets_the_ward_of_its_name() {
    let ward = |value: &str| beds(value, NORTH);
    compare(&ward("150"), &format!("{}, {}", beds("305", IN_2019), ward("140")), |c| {
        let rows: Vec<_> = c.rows.iter().map(|row| (row.part, row.reasons.clone())).collect();
        assert_eq!(rows, [(None, vec![Verdict::OneSide]), (Some("North"), vec![Verdict::Comparable])]);
    });
}

#[test]
fn derived_rows_inherit_what_limits_their_parts() {
    let visits = |value: &str, more: &str| {
        format!(r#"{{"measure": "visits.outpatient-emergency", "value": {value}, "source": "s"{more}}}"#)
    };
    let pair = |a: &str, b: &str| format!("{a}, {b}");
    let reasons = |a: &str, b: &str| {
        compare(a, b, |c| {
            let row = c.rows.iter().find(|row| row.measure.id.as_str() == "derived.visits-per-open-bed").unwrap();
            row.reasons.clone()
        })
    };
    let sound = pair(&visits("3000", IN_2019), &beds("4", IN_2019));
    let larger = pair(&visits("6000", IN_2019), &beds("4", IN_2019));
    assert_eq!(reasons(&sound, &larger), [Verdict::Comparable]);
    let undated = pair(&visits("6000", IN_2019), &beds("4", ""));
    assert_eq!(reasons(&sound, &undated), [Verdict::PeriodUnknown]);
    let other_years = pair(&visits("6000", IN_2017), &beds("4", ""));
    assert_eq!(reasons(&other_years, &undated), [Verdict::DifferentPeriod, Verdict::PeriodUnknown]);
    let doubtful = pair(&visits("6000", IN_2019), &beds("4", r#", "period": "2019", "caveat": "c""#));
    assert_eq!(reasons(&sound, &doubtful), [Verdict::Caveat]);
    let open = pair(&visits("6000", IN_2019), &beds(r#"{"above": 4}"#, IN_2019));
    assert_eq!(reasons(&sound, &open), [Verdict::Overlapping]);
    assert_eq!(reasons(&sound, &beds("4", IN_2019)), [Verdict::OneSide]);
}

#[test]
fn rankings_meet_only_within_a_list_a_field_and_a_region() {
    let ranked = |list: &str, region: &str, period: &str| {
        let json = format!(r#"[{{"list": "{list}", "region": "{region}", "rank": 3, "source": "s"{period}}}]"#);
        Hospital {
            id: format!("{list}{region}{period}").into(),
            details: Details { rankings: serde_json::from_str(&json).unwrap(), ..Details::default() }.into(),
            ..Hospital::default()
        }
    };
    let year = |year: &str| format!(r#", "period": "{year}""#);
    for (b, presence, reasons) in [
        (ranked("L", "China", &year("2019")), Presence::Shared, vec![Verdict::Comparable]),
        (ranked("L", "China", &year("2018")), Presence::Shared, vec![Verdict::DifferentPeriod]),
        (ranked("L", "China", ""), Presence::Shared, vec![Verdict::PeriodUnknown]),
        (ranked("M", "China", &year("2019")), Presence::OnlyLeft, vec![]),
        (ranked("L", "Southwest", &year("2019")), Presence::OnlyLeft, vec![]),
    ] {
        let a = Hospital { id: "a".into(), ..ranked("L", "China", &year("2019")) };
        let mut catalog = Catalog::default();
        let name = b.id.clone();
        catalog
            .add(CatalogFile { hospitals: vec![a, b].into(), ..CatalogFile::default() }, "t".into(), String::new())
            .unwrap();
        let keys: Vec<_> = catalog.hospitals().map(|(key, _)| key).collect();
        let comparison = Comparison::new(&catalog, keys[0], keys[1]);
        let row = &comparison.lists[0].rows[0];
        assert_eq!((row.presence(), row.reasons()), (presence, reasons), "{name}");
    }
}

#[test]
fn a_difference_is_given_only_where_the_rules_allow() {
    let difference = |a: &str, b: &str| {
        compare(a, b, |c| c.rows[0].difference().map(|d| (d.low, d.low_open, d.high.is_finite().then_some(d.high))))
    };
    let above = r#"{"above": 1500}"#;
    assert_eq!(difference(&beds("5", IN_2019), &beds("8", IN_2019)), Some((3.0, false, Some(3.0))));
    assert_eq!(difference(&beds(above, IN_2019), &beds("880", IN_2019)), Some((620.0, true, None)));
    assert_eq!(difference(&beds(above, ""), &beds("880", "")), None, "the periods are not known");
    assert_eq!(difference(&beds("5", IN_2019), &beds("5", IN_2019)), None);
    assert_eq!(difference(&beds(above, ""), &beds("1925", "")), None);
    assert_eq!(difference(&beds("5", IN_2017), &beds("8", IN_2019)), None);
    assert_eq!(difference(&beds("5", NORTH), &beds("8", IN_2019)), None);
}

#[test]
fn a_ratio_is_given_with_the_difference() {
    let ratio =
        |a: &str, b: &str| compare(a, b, |c| c.rows[0].ratio().map(|r| (r.low, r.high.is_finite().then_some(r.high))));
    assert_eq!(ratio(&beds("5", IN_2019), &beds("10", IN_2019)), Some((2.0, Some(2.0))));
    assert_eq!(ratio(&beds("10", IN_2019), &beds("5", IN_2019)), Some((2.0, Some(2.0))));
    assert_eq!(ratio(&beds(r#"{"above": 10}"#, IN_2019), &beds("5", IN_2019)), Some((2.0, None)));
    assert_eq!(ratio(&beds("5", IN_2019), &beds("0", IN_2019)), None, "nothing is so many times zero");
    assert_eq!(ratio(&beds("5", IN_2019), &beds("10", "")), None);
    assert_eq!(ratio(&beds("9e18", IN_2019), &beds("5e-324", IN_2019)), None, "no number holds it");
}

#[test]
fn gaps_say_why_and_leave_out_what_cannot_apply() {
    let missing = |why: &str| format!(r#"{{"missing": "{why}"}}"#);
    let gaps = |a: &str, b: &str| {
        compare(a, b, |c| c.gaps(c.left).iter().map(|gap| (gap.why, gap.has_part)).collect::<Vec<_>>())
    };
    let theirs = beds("5", IN_2019);
    assert_eq!(gaps("", &theirs), [(Missing::NotInSource, false)]);
    assert_eq!(gaps(&beds(&missing("suppressed"), IN_2019), &theirs), [(Missing::Suppressed, false)]);
    assert_eq!(gaps(&beds("3", NORTH), &theirs), [(Missing::NotInSource, true)]);
    assert_eq!(gaps(&beds(&missing("not-applicable"), IN_2019), &theirs), []);
    assert_eq!(gaps(&beds("3", IN_2019), &theirs), []);
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
    let long = r#", "period": "2018/2019""#;
    let more = prop_oneof![Just(""), Just(long), Just(IN_2017), Just(IN_2019), Just(NORTH), Just(r#", "caveat": "c""#)];
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
