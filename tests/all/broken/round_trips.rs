//! Converting a file keeps its hospitals, and converting the result again gives the same bytes.

use hospitui::catalog::{Catalog, Hospital};
use hospitui::formats::{self, Options};
use hospitui::report;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

fn convert(catalog: &Catalog) -> String {
    let mut out = Vec::new();
    report::catalog::write(&mut out, catalog).unwrap();
    String::from_utf8(out).unwrap()
}

fn hospitals(catalog: &Catalog) -> Vec<&Hospital> {
    catalog.hospitals().map(|(_, hospital)| hospital).collect()
}

/// Converts `catalog`, reads the result, and compares the two; then does so again.
fn hold(catalog: &Catalog) -> Result<(), TestCaseError> {
    let once = convert(catalog);
    let again = hospitui::formats::native::read(&once, "once.json")
        .map_err(|problems| TestCaseError::fail(format!("{}\n{once}", problems[0])))?;
    for (before, after) in hospitals(catalog).into_iter().zip(hospitals(&again)) {
        prop_assert_eq!(before, after);
        // The result does not depend on whether a row was read before it is written.
        prop_assert_eq!(&*before.details.peek(), &*after.details.peek());
    }
    prop_assert_eq!(catalog.len(), again.len());
    prop_assert_eq!(&once, &convert(&again));
    Ok(())
}

/// Letters, punctuation and other content of real cells.
fn cell() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        any::<u32>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| number.to_string()),
        (-90.0..90.0).prop_map(|degrees: f64| degrees.to_string()),
        "[<>~约]?[0-9]{1,3}(,[0-9]{3})?[+%]?",
    ];
    let strange = select(
        &[
            "",
            " ",
            "-999",
            "Not Available",
            "N/A",
            "2019",
            "2019-08-02",
            "0",
            "-",
            "=1+1",
            "a\nb",
            "a\tb",
            "\"",
            "'",
            "\u{1b}[31m",
            "\u{202e}x",
            "\u{feff}",
            "\u{1f}",
            "\u{100}",
            "e\u{301}\u{301}",
            "👩‍⚕️",
            "重庆医院",
            "مستشفى",
            "1~2",
        ][..],
    );
    prop_oneof![number, strange.prop_map(str::to_owned), "\\PC{0,12}", "[a-z ]{0,9}"]
}

const HEADINGS: &[&str] = &[
    "id",
    "name",
    "Name_en",
    "Hospital",
    "alias",
    "city",
    "state",
    "country",
    "latitude",
    "longitude",
    "type",
    "beds",
    "Staff",
    "phone",
    "address",
    "website",
    "ownership",
    "status",
    "opened",
    "grade",
    "note",
    "note",
    "",
    "a\"b",
    "机构名称",
    "编制床位",
];

fn table() -> impl Strategy<Value = (Vec<String>, u8)> {
    let headings = vec(select(HEADINGS), 1..9);
    let rows = headings.prop_flat_map(|headings| {
        let width = headings.len() + 1;
        let rows = vec(vec(cell(), width), 1..6);
        (Just(headings), rows)
    });
    (rows, select(&[b',', b';', b'\t', b'|'][..])).prop_map(|((headings, rows), part)| {
        let headings: Vec<String> = ["name"].into_iter().chain(headings).map(str::to_owned).collect();
        let mut lines = vec![line(&headings, part)];
        // A row without a name is rejected, which another test checks.
        lines.extend(rows.into_iter().map(|mut row| {
            row[0] = format!("H {}", row[0]);
            line(&row, part)
        }));
        (lines, part)
    })
}

fn line(cells: &[String], part: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(part).from_writer(Vec::new());
    writer.write_record(cells).unwrap();
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn quantity() -> impl Strategy<Value = Value> {
    let number =
        || prop_oneof![(0..9_000_000_u32).prop_map(Value::from), (0.0..1e9).prop_map(|number: f64| json!(number))];
    prop_oneof![
        number(),
        (select(&["above", "below", "at_least", "at_most", "about", "nearly"][..]), 1..9_000_u32)
            .prop_map(|(word, number)| json!({ word: number })),
        (0.0..1e6, 0.0..1e6).prop_map(|(from, more): (f64, f64)| json!({"from": from, "to": from + more})),
        (number(), 1..1_000_u32).prop_map(|(number, step)| json!({"rounded": number, "to": step})),
        select(&["not-available", "suppressed", "too-few", "not-applicable"][..])
            .prop_map(|why| json!({"missing": why})),
    ]
}

fn period() -> impl Strategy<Value = Value> {
    let stated = select(&["2019", "2019-08", "2019-08-02", "2016/2019", "2016-04/2019-03"][..]).prop_map(Value::from);
    prop_oneof![stated, "[a-z ]{1,9}x".prop_map(|words| json!({"unclear": words}))]
}

fn hospital() -> impl Strategy<Value = Value> {
    let figure = (quantity(), of(period()), of(cell())).prop_map(|(value, period, caveat)| {
        lean(json!({"measure": "beds.open", "value": value, "period": period, "caveat": caveat, "source": "s"}))
    });
    let fact = || of(cell()).prop_map(|text| text.map(|text| json!({"text": text, "source": "s"})));
    let place = (of(cell()), of(cell()), of((-90.0..=90.0, -180.0..=180.0))).prop_map(|(city, country, point): (_, _, Option<(f64, f64)>)| {
        lean(json!({"city": city, "country": country, "latitude": point.map(|point| point.0), "longitude": point.map(|point| point.1)}))
    });
    let facts = vec(("[a-z]{1,5}", cell()), 0..4).prop_map(|facts| {
        facts.into_iter().map(|(heading, text)| (heading, Value::from(text))).collect::<serde_json::Map<_, _>>()
    });
    (cell(), of(cell()), vec(cell(), 0..3), place, vec(figure, 0..4), fact(), fact(), facts).prop_map(
        |(name, native, aliases, place, figures, grade, phone, facts)| {
            lean(json!({"name": format!("H {name}"), "native_name": native, "aliases": aliases, "place": place,
                "figures": figures, "grade": grade, "phone": phone, "extra": [{"source": "s", "facts": facts}]}))
        },
    )
}

/// Removes null fields, because a catalog leaves out unknown values.
fn lean(mut value: Value) -> Value {
    if let Value::Object(fields) = &mut value {
        fields.retain(|_, field| !field.is_null());
    }
    value
}

fn catalog() -> impl Strategy<Value = String> {
    (vec(hospital(), 0..5), cell()).prop_map(|(mut hospitals, title)| {
        for (at, hospital) in hospitals.iter_mut().enumerate() {
            hospital["id"] = Value::from(format!("h{at}"));
        }
        json!({"title": title, "sources": [{"id": "s", "title": "S"}], "hospitals": hospitals}).to_string()
    })
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
}

fn tables(cases: u32) {
    let test = |(lines, _): (Vec<String>, u8)| {
        let text = lines.concat();
        let catalog = formats::load_bytes("t.csv", text.as_bytes(), &Options::default())
            .map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(catalog.len() + catalog.rejected_rows(), lines.len() - 1, "{}", text);
        hold(&catalog)
    };
    runner(cases).run(&table(), test).unwrap();
}

fn catalogs(cases: u32) {
    let test = |text: String| {
        let catalog = hospitui::formats::native::read(&text, "c.json")
            .map_err(|problems| TestCaseError::fail(format!("{}\n{text}", problems[0])))?;
        hold(&catalog)
    };
    runner(cases).run(&catalog(), test).unwrap();
}

#[test]
fn converted_files_are_the_same_hospitals() {
    tables(300);
    catalogs(300);
}

#[test]
#[ignore = "takes a minute; for a release build"]
fn ten_thousand_converted_files_are_the_same_hospitals() {
    tables(10_000);
    catalogs(10_000);
}
