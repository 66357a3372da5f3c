//! JSON that has a list of hospitals somewhere in it, in the forms of services and programs.

use hospitui::catalog::Catalog;
use hospitui::formats::{self, Options};

use super::{extra, hospital, load, summary};

fn lines(catalog: &Catalog) -> Vec<String> {
    catalog.hospitals().map(|(_, hospital)| format!("{} | {}", hospital.id, summary(hospital))).collect()
}

fn point(catalog: &Catalog, id: &str) -> (Option<f64>, Option<f64>) {
    let details = hospital(catalog, id).details.peek();
    (details.latitude, details.longitude)
}

fn refusal(name: &str, text: &str) -> String {
    formats::load_bytes(name, text.as_bytes(), &Options::default())
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default()
}

#[test]
fn a_list_under_any_key_is_read() {
    for (name, text) in [
        ("hospitals.json", r#"{"meta": {"count": 1}, "hospitals": [{"id": 7, "name": "Ash", "region": "North"}]}"#),
        ("result.json", r#"{"Result": [{"Id": "7", "Name": "Ash", "Region": "North"}]}"#),
        ("deep.json", r#"{"ok": true, "data": {"page": 1, "items": [{"id": 7, "name": "Ash", "region": "North"}]}}"#),
        ("other.json", r#"{"log": [{"at": 1}, {"at": 2}], "wards": [{"id": 7, "name": "Ash", "region": "North"}]}"#),
        ("titled.json", r#"{"title": "All", "list": [{"id": 7, "name": "Ash", "region": "North"}]}"#),
        ("script.js", "// made today\nvar list = [{\"id\": 7, \"name\": \"Ash\", \"region\": \"North\"}];\n"),
        ("split.json", r#"{"columns": ["id", "name", "region"], "data": [[7, "Ash", "North"]]}"#),
    ] {
        assert_eq!(lines(&load(name, text)), ["7 | Ash | - |  | North | -"], "{name}");
    }
}

#[test]
fn a_problem_in_an_inner_list_is_pointed_at() {
    let text = "{\"data\": {\"items\": [{\"name\": \"Ash\"},\n  {\"name\": \"\"}]}}";
    let catalog = load("inner.json", text);
    let problem = &catalog.datasets()[0].rejected.first[0];
    assert_eq!((problem.line, problem.column, problem.path.as_str()), (2, 3, "data.items[1]"));
    let script = "/* é */ var x = {\"list\": [{\"name\": \"Ash\"},\n {\"name\": 5, \"beds\": }]};";
    let message = refusal("broken.js", script);
    assert!(message.contains("broken.js:2:22: not valid JSON"), "{message}");
}

#[test]
fn records_of_airtable_are_what_their_fields_say() {
    let text = r#"{"records": [{"id": "rec1", "createdTime": "2020-01-02", "fields": {"Hospital": "Ash", "City": "Elm", "Beds": 12}},
        {"id": "rec2", "createdTime": "2020-01-02", "fields": {"Hospital": "Birch"}}], "offset": "x"}"#;
    let catalog = load("base.json", text);
    assert_eq!(lines(&catalog), ["rec1 | Ash | - |  | Elm | -", "rec2 | Birch | - |  |  | -"]);
    let ash = hospital(&catalog, "rec1");
    assert_eq!(ash.details.figures.len(), 1);
    assert_eq!((extra(ash, "createdTime").as_deref(), &ash.details.founded), (Some("2020-01-02"), &None));
}

#[test]
fn rows_of_socrata_are_read_under_their_columns() {
    let text = r#"{"meta": {"view": {"name": "H", "columns": [{"name": "sid", "fieldName": ":sid"}, {"name": "Facility Name",
        "fieldName": "facility_name"}, {"name": "City", "fieldName": "city"}]}}, "data": [["row-1", "Ash", "Elm"], ["row-2", "Birch", null]]}"#;
    assert_eq!(
        lines(&load("rows.json", text)).iter().map(|line| &line[13..]).collect::<Vec<_>>(),
        ["Ash | - |  | Elm | -", "Birch | - |  |  | -"]
    );
}

#[test]
fn units_of_dhis2_have_their_parent_and_their_place() {
    let text = r#"{"pager": {"page": 1}, "organisationUnits": [{"id": "u1", "name": "Ash", "parent": {"id": "p", "name": "Elm District"},
        "geometry": {"type": "Point", "coordinates": [-1.25, 51.5]}, "groups": [{"name": "Clinics"}]}]}"#;
    let catalog = load("units.json", text);
    assert_eq!(lines(&catalog), ["u1 | Ash | - |  |  | -"]);
    assert_eq!(point(&catalog, "u1"), (Some(51.5), Some(-1.25)));
    let ash = hospital(&catalog, "u1");
    assert_eq!(extra(ash, "parent.name").as_deref(), Some("Elm District"));
    assert_eq!(extra(ash, "geometry.coordinates"), None);
    assert_eq!(extra(ash, "groups").as_deref(), Some(r#"[{"name": "Clinics"}]"#));
}

#[test]
fn organizations_and_locations_of_fhir_are_read() {
    let organization = r#"{"resourceType": "Organization", "id": "o1", "identifier": [{"system": "https://ids.example", "value": "ZZ7"}],
        "name": "Ash", "alias": ["A1", "A2"], "type": [{"coding": [{"code": "prov", "display": "Hospital"}]}],
        "address": [{"line": ["1 Elm St", "Floor 2"], "city": "Elm", "country": "GB", "postalCode": "E1"}],
        "telecom": [{"system": "phone", "value": "0555"}, {"system": "url", "value": "https://ash.example"}]}"#;
    let location = r#"{"resourceType": "Location", "id": "l1", "name": "Birch", "status": "active", "position": {"latitude": 51.5, "longitude": -1.25}}"#;
    let patient = r#"{"resourceType": "Patient", "id": "x", "name": [{"family": "N"}]}"#;
    let entry = |resource: &str| format!(r#"{{"resource": {resource}}}"#);
    let entries = [organization, location, patient].map(entry).join(",");
    let bundle = format!(r#"{{"resourceType": "Bundle", "entry": [{entries}]}}"#);
    let lines_of = [organization, location, patient].map(|one| one.replace('\n', " ")).join("\n");
    for (name, text) in [("bundle.json", bundle), ("bulk.ndjson", lines_of)] {
        let catalog = load(name, &text);
        assert_eq!(lines(&catalog), ["ZZ7 | Ash | - | A1 | Elm, GB | Hospital", "l1 | Birch | - |  |  | -"], "{name}");
        assert_eq!(point(&catalog, "l1"), (Some(51.5), Some(-1.25)));
        assert_eq!(catalog.datasets()[0].rejected.count, 0);
        let details = hospital(&catalog, "ZZ7").details.peek();
        let facts =
            [&details.phone, &details.website, &details.address].map(|fact| fact.as_ref().unwrap().text.to_string());
        assert_eq!(facts, ["0555", "https://ash.example", "1 Elm St, Floor 2, E1"]);
    }
}

#[test]
fn points_of_topojson_are_placed() {
    let text = r#"{"type": "Topology", "objects": {"other": {"type": "GeometryCollection", "geometries": []}, "h": {"type": "GeometryCollection",
        "geometries": [{"type": "Point", "id": 3, "coordinates": [100, 200], "properties": {"name": "Ash"}},
        {"type": "Polygon", "arcs": [[0]], "properties": {"name": "Birch"}}]}}, "arcs": [], "transform": {"scale": [0.01, 0.02], "translate": [-2, 50]}}"#;
    let catalog = load("points.topojson", text);
    assert_eq!(catalog.len(), 2);
    assert_eq!(point(&catalog, "3"), (Some(54.0), Some(-1.0)));
}

#[test]
fn objects_within_become_columns() {
    let text = r#"[{"name": "Ash", "contact": {"mail": {"office": "a@b"}, "fax": null}, "location": {"lat": "51.5", "lng": "-1.25"}, "none": {}}]"#;
    let catalog = load("nested.json", text);
    let (_, ash) = catalog.hospitals().next().unwrap();
    assert_eq!(extra(ash, "contact.mail.office").as_deref(), Some("a@b"));
    assert_eq!(extra(ash, "none").as_deref(), Some("{}"));
    assert_eq!((ash.details.latitude, ash.details.longitude), (Some(51.5), Some(-1.25)));
    // An object of very many properties is a table of its own.
    let many: Vec<String> = (0..100).map(|at| format!(r#""k{at}": {at}"#)).collect();
    let catalog = load("many.json", &format!(r#"[{{"name": "Ash", "days": {{{}}}}}]"#, many.join(",")));
    assert!(extra(catalog.hospitals().next().unwrap().1, "days").unwrap().starts_with(r#"{"k0": 0,"#));
}

#[test]
fn a_price_list_is_refused_by_name() {
    let text =
        r#"{"hospital_name": "Ash", "version": "3.0.0", "standard_charge_information": [{"description": "Aspirin"}]}"#;
    assert_eq!(
        refusal("prices.json", text),
        "prices.json: this is a price list of one hospital, not a list of hospitals"
    );
}
