use proptest::prelude::*;

use super::*;

/// Random figures: several measures, parts, periods, bounds and sources.
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

/// All figures of a row.
fn figures_in<'a>(row: &Row<'a>) -> Vec<&'a Figure> {
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
    fn each_number_is_in_exactly_one_row(a in any_figures(), b in any_figures()) {
        let catalog = catalog(&a.join(","), &b.join(","));
        compared(&catalog, |comparison| {
            let mut addresses: Vec<*const Figure> =
                comparison.rows.iter().flat_map(figures_in).map(std::ptr::from_ref).collect();
            let count = addresses.len();
            addresses.sort_unstable();
            addresses.dedup();
            assert_eq!(addresses.len(), count, "a figure is in two rows");
            for key in [comparison.left, comparison.right] {
                for figure in catalog.figures(key).filter(|figure| figure.quantity().is_some()) {
                    let is_in_row = addresses.binary_search(&std::ptr::from_ref(figure)).is_ok();
                    assert!(is_in_row, "in no row: {figure:?}");
                }
            }
        });
    }

    #[test]
    fn an_undated_figure_is_only_listed_as_also(
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
    assert_eq!(rows, (1, 1_499), "one row for the remaining measures of the concept");
}
