use super::*;

/// Each case: the figures of A, the figures of B, and the expected rows in short.
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
        // The order of values of one time.
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
        // Different times.
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
        // Contradicting figures of one side.
        (two(beds("5", IN_2019), beds("6", OTHER)), beds("3", IN_2019), "left-larger [sources-disagree Left]"),
        (two(beds("2", IN_2019), beds("6", OTHER)), beds("3", IN_2019), "cannot-tell [overlap, sources-disagree Left]"),
        (two(beds("5", IN_2019), beds("5", OTHER)), beds("3", IN_2019), "left-larger []"),
        (two(beds("5", IN_2017), beds("6", OTHER)), beds("3", IN_2019), "left-larger []"),
        (two(beds("5", ""), beds("6", "")), beds("3", ""), "left-larger [undated Both]"),
        (two(beds("1", ""), beds("4", "")), beds("3", ""), "cannot-tell [overlap, undated Both]"),
        // Alike measures, and other measures of a concept.
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
        // Caveats, notes, names counted by us.
        (beds("5", DOUBT), beds("3", IN_2019), "left-larger [caveat Left]"),
        (beds("5", DOUBT), beds("3", DOUBT), "left-larger [caveat Both]"),
        (beds("5", NOTED), beds("3", IN_2019), "left-larger []"),
        (beds(r#"{"counted": 5}"#, IN_2019), beds("3", IN_2019), "left-larger [counted-by-us Left]"),
        (beds(r#"{"named": 4}"#, IN_2019), beds(&above(10), IN_2019), "cannot-tell [overlap, counted-by-us Left]"),
        // Scales, changes of method, totals with parts.
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
    for (a, b, expected) in &table {
        let rows = |a: &str, b: &str, swapped: bool| {
            compared(&catalog(a, b), |comparison| {
                let stated = comparison.rows.iter().filter(|row| row.left.measure.formula.is_none());
                let shortened = stated.map(|row| {
                    let limits: Vec<Limit> = row.limits.iter().map(|limit| limit.swapped()).collect();
                    if swapped {
                        short(&Row { answer: row.answer.swapped(), limits, ..row.clone() })
                    } else {
                        short(row)
                    }
                });
                shortened.collect::<Vec<_>>().join(" / ")
            })
        };
        assert_eq!(rows(a, b, false), *expected, "{a} | {b}");
        assert_eq!(rows(b, a, true), *expected, "swapped: {a} | {b}");
    }
}
