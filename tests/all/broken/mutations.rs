//! Valid files with bytes flipped, removed, inserted and repeated, read in memory: the readers must end with a result or
//! an error.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use encoding_rs::GB18030;
use hospitui::catalog::Catalog;
use hospitui::formats::{self, LoadError, Options};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

use super::packed::gzip;
use crate::support::package::{ods, sheet, zip};

const CATALOG: &str = r#"{"title": "T", "sources": [{"id": "s", "title": "S"}], "hospitals": [
{"id": "a", "name": "A", "native_name": "甲", "aliases": ["x"], "place": {"city": "C", "latitude": 1.5, "longitude": -2},
 "figures": [{"measure": "beds.open", "value": {"above": 1500}, "period": "2019", "source": "s"},
  {"measure": "beds.open", "value": {"missing": "suppressed"}, "period": "2016/2019", "source": "s", "caveat": "c"}]},
{"id": "b", "name": "B", "grade": {"text": "3A", "source": "s"}, "extra": [{"source": "s", "facts": {"k": "v"}}]}
]}"#;

const TABLE: &str = "id,name,name_en,city,latitude,longitude,beds,note\n1,North,,X,1.5,2,\"1,925\",\"a \"\"b\"\"\nc\"\n\
                     2,医院,Y,Z,91,x,>5,\n3,South,,,,,400-500,é\n";

const GEO_JSON: &str = r#"{"type": "FeatureCollection", "features": [
{"type": "Feature", "id": 7, "properties": {"name": "A", "beds": "12"}, "geometry": {"type": "Point", "coordinates": [1, 2.5]}},
{"type": "Feature", "properties": {"name": "\u00e9"}, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [0, 2]]]}}]}"#;

const OVERPASS: &str = r#"{"version": 0.6, "osm3s": {"timestamp_osm_base": "2024-01-01T00:00:00Z"}, "elements": [
{"type": "node", "id": 1, "lat": 1.5, "lon": 2, "tags": {"amenity": "hospital", "name": "A", "name:vi": "B"}},
{"type": "way", "id": 2, "center": {"lat": 3, "lon": 4}, "tags": {"name": "C"}}]}"#;

const ROWS: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1" t="str"><v>beds</v></c></row>
<row r="2" spans="1:3"><c r="A2" t="inlineStr"><is><t xml:space="preserve">A &amp; B</t></is></c><c r="B2" s="0"><v>12.5</v></c><c r="C2" t="b"><v>1</v></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><r><t>é</t></r></is></c><c r="B4" t="e"><v>#N/A</v></c></row>"#;

const CELLS: &str = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>name</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>opened</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>A<text:s/>B</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="date" office:date-value="1999-12-31"/></table:table-row>"#;

const TOPOLOGY: &str = r#"{"type": "Topology", "objects": {"h": {"geometries": [{"type": "Point", "id": 3, "coordinates": [1, 2],
"properties": {"name": "A"}}]}}, "transform": {"scale": [0.1, 2], "translate": [-2, 5]}}"#;

const BUNDLE: &str = r#"{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Organization", "identifier": [{"value": "Z"}],
"name": "A", "alias": ["B"], "address": [{"line": ["1"], "city": "C"}], "telecom": [{"system": "phone", "value": "5"}]}}]}"#;

const MAP: &str = r#"<?xml version="1.0"?><kml><Document><Placemark><name>A &amp; B</name><description><![CDATA[<b>c</b>]]></description>
<ExtendedData><Data name="beds"><value>5</value></Data></ExtendedData><Point><coordinates>1,2.5,0</coordinates></Point></Placemark>
<Placemark><name>&#233;</name><Polygon><coordinates>0,0 4,2</coordinates></Polygon></Placemark></Document></kml>"#;

/// A file before it is packed, and how it is packed.
#[derive(Clone)]
struct Kind {
    name: &'static str,
    bytes: Vec<u8>,
    pack: fn(&[u8]) -> Vec<u8>,
}

/// Valid files for each reader.
fn kinds() -> Vec<Kind> {
    let plain = |name, bytes: Vec<u8>| Kind { name, bytes, pack: <[u8]>::to_vec };
    let of_sheet: fn(&[u8]) -> Vec<u8> = |rows| sheet(&String::from_utf8_lossy(rows));
    let of_ods: fn(&[u8]) -> Vec<u8> = |rows| ods(&String::from_utf8_lossy(rows));
    vec![
        plain("catalog.json", CATALOG.into()),
        plain("table.csv", TABLE.into()),
        plain("table.tsv", TABLE.replace(',', "\t").into()),
        plain("table.txt", TABLE.replace(',', "¬").replace('\n', "\r").into()),
        plain("points.geojson", GEO_JSON.into()),
        plain("answer.json", OVERPASS.into()),
        plain("array.json", r#"[{"name": "A", "beds": 5}, {"name": "B", "city": null, "at": {"lat": 1}}]"#.into()),
        plain(
            "inner.json",
            r#"{"n": 1, "data": {"items": [{"name": "A", "location": {"lat": 1, "lng": "2"}}]}}"#.into(),
        ),
        plain("rows.json", r#"{"columns": ["name", {"name": "city"}], "data": [["A", "B"], ["C"]]}"#.into()),
        plain("base.json", r#"{"records": [{"id": "r", "fields": {"Name": "A", "Beds": 5}}]}"#.into()),
        plain("script.js", r#"/* x */ var a = {"list": [{"name": "A"}]};"#.into()),
        plain("topology.json", TOPOLOGY.into()),
        plain("bundle.json", BUNDLE.into()),
        plain("wide.csv", TABLE.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        plain("chinese.csv", GB18030.encode(TABLE).0.into_owned()),
        plain("packed.csv.gz", gzip(TABLE.as_bytes())),
        plain("map.kml", MAP.into()),
        Kind { name: "packed.zip", bytes: TABLE.into(), pack: |bytes| zip(&[("a.csv", bytes), ("b.txt", b"x")]) },
        plain("whole.zip", zip(&[("a.csv", TABLE.as_bytes())])),
        plain("old.xls", include_bytes!("../../data/two-sheets.xls").to_vec()),
        plain("book.xlsx", sheet(ROWS)),
        Kind { name: "sheet.xlsx", bytes: ROWS.into(), pack: of_sheet },
        Kind { name: "sheet.ods", bytes: CELLS.into(), pack: of_ods },
    ]
}

/// Bytes that have a meaning to one of the readers.
const TELLING: &[u8] = b"\"\"\"{}[],:;\t|\n\r\\u0 -.9eE\0\xc2\xac\xff\xfe\xef\xbb\xbf\x80<=";

fn mutate(bytes: &mut Vec<u8>, random: &mut SmallRng) {
    for _ in 0..random.random_range(1..=4) {
        let at = random.random_range(0..=bytes.len());
        let end = (at + random.random_range(0..24)).min(bytes.len());
        match random.random_range(0..6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.random_range(0..8),
            1 => drop(bytes.drain(at..end)),
            2 => bytes.truncate(at),
            3 => {
                let piece = bytes[at..end].to_vec();
                let times = random.random_range(1..40);
                drop(bytes.splice(at..at, piece.repeat(times)));
            }
            _ => bytes.insert(at, TELLING[random.random_range(0..TELLING.len())]),
        }
    }
}

/// Reads a mutation and visits all that was read. Returns whether anything could be read.
fn read(name: &str, bytes: &[u8]) -> bool {
    let options = Options { is_strict: true, ..Options::default() };
    match formats::load_bytes(name, bytes, &options) {
        Ok(catalog) => {
            look(&catalog);
            true
        }
        Err(error) => {
            if let LoadError::Invalid(problems) = &error {
                assert!(!problems.is_empty(), "{name} is refused without a reason");
            }
            let message = error.to_string();
            assert!(message.contains(name) && message.len() < 2_048, "{} bytes: {message}", message.len());
            let is_control = |c: char| c.is_control() && c != '\n';
            assert!(!message.contains(is_control), "{message:?}");
            false
        }
    }
}

fn look(catalog: &Catalog) {
    for (key, hospital) in catalog.hospitals() {
        assert!(!hospital.id.is_empty() && !hospital.name.is_empty());
        assert_eq!(hospital.details.figures.len(), hospital.details.peek().figures.len());
        let _ = catalog.figures(key).count();
    }
    for dataset in catalog.datasets() {
        for problem in dataset.rejected.first.iter().chain(&dataset.remarks.first) {
            assert!(problem.line > 0 && !problem.fix.is_empty() && problem.with_excerpt().len() < 4_096);
        }
    }
}

/// Reads `count` mutations of all kinds of file on threads that must not stall.
#[expect(clippy::print_stdout, reason = "a long run prints how many files could be read")]
fn mutations(count: u64) {
    const PIECE: u64 = 500;
    let kinds = kinds();
    for Kind { name, bytes, pack } in &kinds {
        let error = formats::load_bytes(name, &pack(bytes), &Options::default()).err();
        assert!(read(name, &pack(bytes)), "{name} is not valid: {error:?}");
    }
    let (send, receive) = mpsc::channel();
    let threads = thread::available_parallelism().map_or(1, |count| count.get() as u64);
    for nth in 0..threads {
        let (send, kinds) = (send.clone(), kinds.clone());
        thread::spawn(move || {
            for piece in (nth..count.div_ceil(PIECE)).step_by(usize::try_from(threads).unwrap()) {
                let read_all = || (piece * PIECE..((piece + 1) * PIECE).min(count)).map(|seed| one(seed, &kinds)).sum();
                let read: Result<usize, _> = std::panic::catch_unwind(read_all);
                if send.send((piece, read.map_err(drop))).is_err() {
                    return;
                }
            }
        });
    }
    drop(send);
    let mut understood = 0;
    for _ in 0..count.div_ceil(PIECE) {
        let (piece, read) = receive.recv_timeout(Duration::from_secs(60)).expect("a mutation takes too long");
        understood += read.unwrap_or_else(|()| panic!("a reader panics at one of {}..", piece * PIECE));
    }
    println!("{count} mutations, of which {understood} could be read");
    // Otherwise the readers would fail early and most of their code would not run.
    assert!(understood as u64 > count / 10 && (understood as u64) < count, "{understood} of {count} could be read");
}

/// Makes and reads one mutation. Returns 1 if it could be read, else 0.
fn one(seed: u64, kinds: &[Kind]) -> usize {
    let mut random = SmallRng::seed_from_u64(seed);
    let Kind { name, mut bytes, pack } = kinds[random.random_range(0..kinds.len())].clone();
    mutate(&mut bytes, &mut random);
    let read = std::panic::catch_unwind(|| read(name, &pack(&bytes)));
    usize::from(read.unwrap_or_else(|_| panic!("mutation {seed}: {name}: {:?}", String::from_utf8_lossy(&bytes))))
}

#[test]
fn mutated_files_are_read_or_refused() {
    mutations(2_000);
}

#[test]
#[ignore = "takes minutes; for a release build"]
fn a_million_mutated_files_are_read_or_refused() {
    mutations(1_000_000);
}
