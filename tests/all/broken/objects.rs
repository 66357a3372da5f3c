//! Broken GeoJSON, Overpass JSON and arrays of objects.

use crate::support::broken_file::{Case, check_all, file};

fn features(features: &str) -> String {
    format!("{{\"type\": \"FeatureCollection\",\n\"features\": [\n{features}\n]}}")
}

fn feature(geometry: &str) -> String {
    format!("{{\"type\": \"Feature\", \"properties\": {{\"name\": \"A\"}}, \"geometry\": {geometry}}}")
}

const VALID: &str = r#"{"properties": {"name": "B"}}"#;

fn geo_json() -> Vec<Case> {
    let point = |degrees: &str| features(&feature(&format!("{{\"type\": \"Point\", \"coordinates\": {degrees}}}")));
    let with_valid = |broken: &str| features(&format!("{broken},\n{VALID}"));
    let deep = format!("{}0{}", "[".repeat(300), "]".repeat(300));
    vec![
        file("no-features.geojson", features("")).refused(&["there is nothing in `features`", "fetch the file again"]),
        file("without-list.geojson", r#"{"type": "FeatureCollection"}"#).refused(&[":1:", "no list `features`"]),
        file("single.geojson", feature("null")).read(1, &[]),
        file("null-list.geojson", r#"{"features": null}"#).refused(&[":1:", "null, expected an array of objects"]),
        file("cut.geojson", &features(VALID)[..60]).refused(&[":3:", "the file ends too early: is it whole?"]),
        file("comma.geojson", features(&format!("{VALID},")))
            .refused(&[":4:1: not valid JSON: trailing comma", "JSON ends without a comma"]),
        file("no-properties.geojson", with_valid(r#"{"type": "Feature", "geometry": null}"#))
            .listed(&[":3:1: no name", "features[0]"]),
        file("no-properties-read.geojson", with_valid(r#"{"properties": null}"#)).rejected(1, &["1 row rejected"]),
        file("null-geometry.geojson", features(&feature("null"))).read(1, &[]),
        file("no-positions.geojson", point("[]")).read(1, &[]),
        file("flat-geometry.geojson", with_valid(&feature("{\"coordinates\": 5}")))
            .listed(&[":3:1: not what it should be", "correct it"]),
        file("deep-geometry.geojson", with_valid(&feature(&format!("{{\"coordinates\": {deep}}}"))))
            .listed(&["recursion limit"]),
        file("off-globe.geojson", point("[500, 95]")).listed(&["`95` is no place on the globe"]),
        file("huge-number.geojson", point("[1e400, 5]"))
            .refused(&[":3:1: not what it should be: number out of range", "features[0]"]),
        file("surrogate.geojson", with_valid(r#"{"properties": {"name": "\ud800"}}"#))
            .listed(&[":3:1: not what it should be", "hex escape"]),
        file("double-property.geojson", with_valid(r#"{"properties": {"name": "A", "beds": 1, "beds": 2}}"#))
            .listed(&[":3:1: duplicate property `beds`; the last counts", "keep one of them"]),
        file("more-there.geojson", format!("{{\"exceededTransferLimit\": true, {}", &features(VALID)[1..]))
            .read(1, &["more than it sent", "fetch it again, in parts"]),
        file("latin.geojson", b"{\"features\": [\n{\"properties\": {\"name\": \"\xe9\"}}]}")
            .refused(&["line 2 is not UTF-8"]),
    ]
}

fn other_objects() -> Vec<Case> {
    const REMARK: &str = "runtime error: Query timed out";
    const LISTED: &[&str] = &[REMARK];
    const NOTHING: &[&str] = &["nothing in `elements`", REMARK];
    let node = r#"{"type": "node", "id": 1, "lat": 1.5, "lon": 2.5, "tags": {"name": "A"}}"#;
    vec![
        file("none.json", "[]").refused(&["there is nothing in the array"]),
        file("numbers.json", "[1,\n2]").refused(&[":1:2: not what it should be", ":2:1: ", "expected an object"]),
        file("one-number.json", "[{\"name\": \"A\"},\n7]")
            .listed(&[":2:1: not what it should be", "expected an object"]),
        file("lines.json", "{\"name\": \"A\"}\n{\"name\": \"B\"}\n").read(2, &[]),
        file("cut-lines.json", "{\"name\": \"A\"}\n{\"name\": \"B\"}\n{\"name\"").refused(&[":3:", "too early"]),
        file("depth.json", "[".repeat(100_000)).refused(&["the file ends too early"]),
        file("full-depth.json", format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)))
            .refused(&[":1:2: not what it should be", "expected an object"]),
        file("scalar.json", "42\n").refused(&["the headings are: 42"]),
        file("cut-answer.json", format!("{{\"elements\": [{node}], \"remark\": \"{REMARK}\"}}"))
            .read(1, &["the server remarks: runtime error: Query timed out", "fetch it again"]),
        file("cut-answer-listed.json", format!("{{\"elements\": [{node}], \"remark\": \"{REMARK}\"}}")).listed(LISTED),
        file("no-answer.json", format!("{{\"elements\": [], \"remark\": \"{REMARK}\"}}")).refused(NOTHING),
        file(
            "nameless.json",
            format!("{{\"elements\": [{node},\n{{\"type\": \"node\", \"id\": 2, \"tags\": {{\"beds\": \"5\"}}}}]}}"),
        )
        .listed(&[":2:1: no name"]),
        file(
            "outline-and-nameless.json",
            "{\"elements\": [{\"type\": \"node\", \"id\": 1, \"lat\": 1, \"lon\": 2},\n\
             {\"type\": \"way\", \"id\": 2, \"tags\": {\"amenity\": \"hospital\", \"name\": \"\"}}]}",
        )
        .refused(&[":2:1: no name", "elements[1]"]),
        file("odd-head.json", format!("{{\"osm3s\": 5, \"elements\": [{node}]}}")).read(1, &[]),
        file("double-ids.json", format!("{{\"elements\": [{node},\n{node}]}}"))
            .listed(&[":2:1: duplicate id `node/1`"]),
    ]
}

#[test]
fn broken_objects_are_reported_with_their_line_and_a_fix() {
    check_all("geo-json", 18, &geo_json());
    check_all("objects", 14, &other_objects());
}
