//! Cross-check of the bundled catalog against its five source documents.
//!
//! The catalog was typed by hand from English texts, where a wrong digit or a lost "more than" would look like any other
//! figure. The table in `documents/table.rs` was therefore compiled independently, from the documents alone. These tests
//! compare the two in both directions. They read the plain JSON and use none of the library's types, so that a fault in
//! the reader cannot hide a fault in the data.

mod table;

use std::fmt::Write as _;

use self::table::{Amount, Check, DOCUMENTS, Period, Row, Scope, Undated};
use serde_json::{Value, json};

/// The hospitals of the bundled catalog.
fn hospitals() -> Vec<Value> {
    let catalog: Value =
        serde_json::from_str(include_str!("../../assets/hospitals.json")).expect("the bundled catalog is JSON");
    entries(&catalog, "hospitals").to_vec()
}

/// The elements of the list under `key`; empty if the list is missing.
fn entries<'a>(object: &'a Value, key: &str) -> &'a [Value] {
    object[key].as_array().map_or(&[], Vec::as_slice)
}

/// The time of undated figures of a hospital, and its rows; none if no document describes the hospital.
fn rows_of(hospital: &Value) -> (Undated, &'static [Row]) {
    let found = DOCUMENTS.iter().find(|(id, ..)| hospital["id"] == *id);
    found.map_or((("none", ""), &[]), |(_, undated, rows)| (*undated, rows))
}

/// The value in the format of the catalog.
fn amount_json(amount: Amount) -> Value {
    match amount {
        Amount::Exactly(n) => json!(n),
        Amount::Decimal(n) => json!(n),
        Amount::Above(n) => json!({ "above": n }),
        Amount::AtMost(n) => json!({ "at_most": n }),
        Amount::Magnitude(n) => json!({ "magnitude": n }),
        Amount::Counted(n) => json!({ "counted": n }),
        Amount::Named(n) => json!({ "named": n }),
        Amount::NoNumber => json!({ "missing": "no-number" }),
        Amount::Nearly(n) => json!({ "nearly": n }),
        Amount::Rounded(n, step) => json!({ "rounded": n, "to": step }),
        Amount::Between(from, to) => json!({ "from": from, "to": to }),
    }
}

/// The period in the format of the catalog; if none is stated, the time of undated figures.
fn period_json(period: Period, (kind, date): Undated) -> Value {
    match period {
        Period::Unstated => json!({ kind: date }),
        Period::In(text) => json!(text),
        Period::Unclear(words) => json!({ "unclear": words }),
    }
}

fn scope_matches(expected: Scope, found: &Value) -> bool {
    match expected {
        Scope::Hospital => found.is_null(),
        Scope::Campus(id) => *found == json!({ "campus": id }),
        Scope::Department(keyword) => found["department"].as_str().is_some_and(|name| mentions(name, keyword)),
    }
}

/// Whether `text` contains `needle`, ignoring case. A number must be a whole word: "7" is not found in "2017".
fn mentions(text: &str, needle: &str) -> bool {
    let (text, needle) = (text.to_lowercase(), needle.to_lowercase());
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    text.match_indices(&needle).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + needle.len()..].chars().next();
        let cut_left = is_digit(before) && is_digit(needle.chars().next());
        let cut_right = is_digit(after) && is_digit(needle.chars().next_back());
        !cut_left && !cut_right
    })
}

/// Whether this figure of the catalog matches the row.
fn figure_matches(row: &Row, undated: Undated, figure: &Value) -> bool {
    let Check::Figure { measure, amount } = row.check else {
        return false;
    };
    figure["measure"] == measure
        && figure["value"] == amount_json(amount)
        && figure["period"] == period_json(row.period, undated)
        && scope_matches(row.scope, &figure["scope"])
}

/// Whether this ranking of the catalog matches the row.
fn ranking_matches(row: &Row, ranking: &Value) -> bool {
    let Check::Ranking { rank, keyword } = row.check else {
        return false;
    };
    // Every ranking in the documents has years, even if they are unclear.
    ranking["rank"] == amount_json(rank)
        && ranking["period"] == period_json(row.period, ("none", ""))
        && ["list", "field", "region"]
            .iter()
            .filter_map(|key| ranking[key].as_str())
            .any(|text| mentions(text, keyword))
}

/// Every record of the hospital except its figures: the name of its field and its JSON text. Source ids are left out,
/// because a year in an id is not a statement of the record.
fn records(hospital: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    for (field, content) in hospital.as_object().into_iter().flatten() {
        if field == "figures" {
            continue;
        }
        let list = content.as_array().map_or(std::slice::from_ref(content), Vec::as_slice);
        for record in list {
            let mut record = record.clone();
            if let Some(object) = record.as_object_mut() {
                object.remove("source");
            }
            texts.push(format!("{field} {record}"));
        }
    }
    texts
}

/// Whether the hospital's entry in the catalog has what the row expects.
fn is_found(row: &Row, undated: Undated, hospital: &Value) -> bool {
    match row.check {
        Check::Figure { .. } => entries(hospital, "figures").iter().any(|figure| figure_matches(row, undated, figure)),
        Check::Ranking { .. } => entries(hospital, "rankings").iter().any(|ranking| ranking_matches(row, ranking)),
        Check::Record(parts) => records(hospital).iter().any(|text| parts.iter().all(|part| mentions(text, part))),
    }
}

#[test]
fn every_figure_of_the_documents_is_in_the_catalog() {
    let hospitals = hospitals();
    let mut missing = String::new();
    for (id, undated, rows) in DOCUMENTS {
        let hospital = hospitals.iter().find(|hospital| hospital["id"] == *id);
        for row in *rows {
            if !hospital.is_some_and(|hospital| is_found(row, *undated, hospital)) {
                writeln!(missing, "{id}: {row}").expect("a string takes any text");
            }
        }
    }
    assert!(missing.is_empty(), "not in the catalog:\n{missing}");
}

#[test]
fn the_catalog_has_no_figure_that_the_documents_lack() {
    let mut invented = String::new();
    for hospital in hospitals() {
        let (undated, rows) = rows_of(&hospital);
        let is_known = |figure: &Value| rows.iter().any(|row| figure_matches(row, undated, figure));
        let figures = entries(&hospital, "figures").iter().filter(|figure| !is_known(figure));
        let rankings = entries(&hospital, "rankings")
            .iter()
            .filter(|ranking| !rows.iter().any(|row| ranking_matches(row, ranking)));
        for record in figures.chain(rankings) {
            writeln!(invented, "{}: {record}", hospital["id"]).expect("a string takes any text");
        }
    }
    assert!(invented.is_empty(), "not in the documents:\n{invented}");
}

#[test]
fn doubtful_figures_carry_a_caveat() {
    let hospitals = hospitals();
    let mut bare = String::new();
    for (id, undated, rows) in DOCUMENTS {
        for row in rows.iter().filter(|row| row.doubtful) {
            let caveated = hospitals
                .iter()
                .filter(|hospital| hospital["id"] == *id)
                .flat_map(|hospital| entries(hospital, "figures"))
                .filter(|figure| figure_matches(row, *undated, figure))
                .any(|figure| figure["caveat"].as_str().is_some_and(|text| !text.is_empty()));
            if !caveated {
                writeln!(bare, "{id}: {row}").expect("a string takes any text");
            }
        }
    }
    assert!(bare.is_empty(), "without a caveat:\n{bare}");
}

#[test]
fn the_table_is_complete() {
    let rows: usize = DOCUMENTS.iter().map(|(.., rows)| rows.len()).sum();
    assert!(rows >= 150, "only {rows} rows");
    let doubtful = DOCUMENTS.iter().flat_map(|(.., rows)| *rows).filter(|row| row.doubtful).count();
    assert_eq!(doubtful, 7, "figures that need a caveat");
}

#[test]
fn most_figures_have_no_warning_sign() {
    let hospitals = hospitals();
    let figures: Vec<&Value> = hospitals.iter().flat_map(|hospital| entries(hospital, "figures")).collect();
    let doubtful = figures.iter().filter(|figure| figure["caveat"].is_string()).count();
    assert!(doubtful * 3 <= figures.len(), "{doubtful} of {} figures have a caveat", figures.len());
}

/// Names that are in no document have a note about their origin.
#[test]
fn names_that_no_document_has_are_explained() {
    for hospital in hospitals() {
        assert!(
            hospital["names_note"].as_str().is_some_and(|note| note.contains("added by this catalog")),
            "{hospital}"
        );
    }
}
