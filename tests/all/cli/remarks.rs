//! Notes, caveats, formulas and sources: no format of `show` loses one.

use super::*;

/// A catalog with a hospital that has each kind of remark.
fn remarked() -> String {
    let remarks = |of: &str| format!(r#""source": "s", "caveat": "caveat_{of}", "note": "note_{of}""#);
    let hospital = format!(
        r#"{{"id": "x", "name": "X", "native_name": "Xeno", "names_note": "note_names",
        "grade": {{"text": "3A", {}}},
        "campuses": [{{"id": "c", "name": "East", "native_name": "Ost", "note": "note_campus", "source": "t"}}],
        "figures": [
            {{"measure": "beds.open", "value": 10, "period": "2020", {}}},
            {{"measure": "staff.total", "value": 60, "period": "2020", "source": "s"}}],
        "rankings": [{{"list": "L", "rank": 3, {}}}],
        "accreditations": [{{"scheme": "JCI", {}}}],
        "partners": [{{"name": "P", {}}}]}}"#,
        remarks("grade"),
        remarks("figure"),
        remarks("ranking"),
        remarks("accreditation"),
        remarks("partner"),
    );
    let sources = r#"[{"id": "s", "title": "First Report"}, {"id": "t", "title": "Second Report"}]"#;
    let catalog = format!(r#"{{"title": "T", "sources": {sources}, "hospitals": [{hospital}]}}"#);
    file("remarked.json", catalog.as_bytes()).to_str().unwrap().to_owned()
}

#[test]
fn no_format_of_show_loses_a_remark_or_a_source() {
    let data = remarked();
    let of = ["grade", "figure", "ranking", "accreditation", "partner"];
    let remarks = of.iter().flat_map(|of| [format!("note_{of}"), format!("caveat_{of}")]);
    let wanted: Vec<String> =
        remarks.chain(["note_names", "note_campus", "Second Report", "Ost"].map(str::to_owned)).collect();
    for format in ["table", "text", "json", "csv", "markdown", "html"] {
        let output = run(&["show", "x", "-d", &data, "--format", format]);
        let text = out(&output).replace('\\', "");
        for wanted in &wanted {
            assert!(text.contains(wanted), "{format} lacks {wanted}: {text}{}", messages(&output));
        }
    }
    let catalog = hospitui::formats::native::read(&fs::read_to_string(&data).unwrap(), "t").unwrap();
    for (width, height) in [(50, 60), (160, 60)] {
        let text = crate::support::screen::Screen::of(catalog.clone(), width, height).typed("l v").text();
        for wanted in wanted.iter().filter(|wanted| *wanted != "Second Report") {
            assert!(text.contains(wanted), "the screen lacks {wanted}: {text}");
        }
    }
}

#[test]
fn csv_has_a_column_for_each_kind_of_remark() {
    let data = remarked();
    let sheet = run(&["show", "x", "-d", &data, "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(&sheet.stdout[..]);
    let heads = rows.headers().unwrap().clone();
    let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
    let cell =
        |row: &csv::StringRecord, name: &str| row[heads.iter().position(|head| head == name).unwrap()].to_owned();
    let row = |name: &str| rows.iter().find(|row| cell(row, "name") == name).unwrap_or_else(|| panic!("{rows:?}"));
    let beds = row("open beds");
    let remarks = ["caveat", "note", "formula"].map(|name| cell(beds, name));
    assert_eq!(remarks, ["caveat_figure", "note_figure", ""]);
    let derived = row("staff per open bed");
    assert!(cell(derived, "formula").starts_with("derived: staff 60"), "{derived:?}");
    assert!(!cell(derived, "caveat").contains("derived"), "a formula is no caveat: {derived:?}");
    let campus = row("campus");
    assert_eq!(
        ["value", "note", "source", "source_title"].map(|name| cell(campus, name)),
        ["East, Ost", "note_campus", "t", "Second Report"]
    );
    let pair = run(&["compare", "mudanjiang", "chcmu", "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(&pair.stdout[..]);
    let heads = rows.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let derived: Vec<_> =
        rows.records().map(Result::unwrap).filter(|row| row[at("left_formula")].starts_with("derived: ")).collect();
    assert!(!derived.is_empty());
    assert!(derived.iter().all(|row| !row[at("left_caveat")].contains("derived")), "{derived:?}");
}
