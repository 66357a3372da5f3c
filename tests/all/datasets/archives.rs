//! Zip archives, each list in them a dataset; KML and KMZ.

use hospitui::catalog::Catalog;
use hospitui::formats::{self, Options};

use super::{hospital, summary};
use crate::support::package::{ods, zip};

fn read(name: &str, bytes: &[u8]) -> Result<Catalog, String> {
    formats::load_bytes(name, bytes, &Options::default()).map_err(|error| error.to_string())
}

fn names(catalog: &Catalog) -> Vec<&str> {
    catalog.hospitals().map(|(_, hospital)| hospital.name.as_str()).collect()
}

fn origins(catalog: &Catalog) -> Vec<&str> {
    catalog.datasets().iter().map(|dataset| dataset.origin.as_str()).collect()
}

#[test]
fn each_list_of_an_archive_is_a_dataset() {
    let readme = b"About these lists.\nThey are made of air.\nHospital names are invented.\n";
    let files: &[(&str, &[u8])] = &[
        ("lists/", b""),
        ("lists/north-2023.csv", b"name,city\nAsh,Elm\n,x\n"),
        ("lists/south.json", br#"{"items": [{"name": "Birch"}]}"#),
        ("README.txt", readme),
        ("codes.csv", b"code,meaning\n1,a\n"),
        ("__MACOSX/lists/._north-2023.csv", b"\0\0"),
        ("logo.png", b"\x89PNG\0"),
    ];
    let catalog = read("lists.zip", &zip(files)).unwrap();
    assert_eq!(names(&catalog), ["Ash", "Birch"]);
    assert_eq!(origins(&catalog), ["lists.zip/lists/north-2023.csv", "lists.zip/lists/south.json"]);
    let problem = &catalog.datasets()[0].rejected.first[0];
    assert_eq!((problem.file.as_str(), problem.line), ("lists.zip/lists/north-2023.csv", 3));
    let source = catalog.datasets()[0].sole_source().unwrap();
    assert_eq!(
        (source.title.as_str(), source.edition.as_ref().unwrap().to_string()),
        ("north-2023", "edition 2023".to_owned())
    );
    let notes =
        catalog.datasets().iter().flat_map(|dataset| &dataset.notes).map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(notes, ["other files of the archive are no lists: README.txt, codes.csv"]);
}

#[test]
fn an_archive_may_hold_one_file_of_any_kind() {
    for (name, bytes) in [
        ("one.csv", b"name\nAsh\n".to_vec()),
        ("one.geojson", br#"{"type": "FeatureCollection", "features": [{"properties": {"name": "Ash"}}]}"#.to_vec()),
        (
            "one.ods",
            ods(
                r#"<table:table-row><table:table-cell office:value-type="string"><text:p>name</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="string"><text:p>Ash</text:p></table:table-cell></table:table-row>"#,
            ),
        ),
        ("doc.kml", KML.as_bytes().to_vec()),
    ] {
        let catalog = read("one.zip", &zip(&[(name, &bytes)])).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(names(&catalog), ["Ash"], "{name}");
        assert!(origins(&catalog)[0].starts_with(&format!("one.zip/{name}")), "{:?}", origins(&catalog));
    }
}

const KML: &str = r#"<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Ash</name><address>1 Elm St</address>
<phoneNumber>0555</phoneNumber><ExtendedData><Data name="City"><value>Elm</value></Data></ExtendedData>
<Point><coordinates>141.25,43.5</coordinates></Point></Placemark></Document></kml>"#;

#[test]
fn placemarks_are_hospitals() {
    let nameless = KML.replace("</Placemark>", "</Placemark>\n<Placemark><Point/></Placemark>");
    let catalog = read("map.kml", nameless.as_bytes()).unwrap();
    let (_, ash) = catalog.hospitals().next().unwrap();
    assert_eq!(summary(ash), "Ash | - |  | Elm | -");
    assert_eq!((ash.details.latitude, ash.details.longitude), (Some(43.5), Some(141.25)));
    assert_eq!(ash.details.address.as_ref().unwrap().text.as_str(), "1 Elm St");
    assert_eq!(catalog.datasets()[0].rejected.first[0].line, 4);
    let _ = hospital(&catalog, &ash.id);
    assert!(read("page.kml", b"<html><body>Login</body></html>").unwrap_err().contains("web page or XML"));
}

#[test]
fn archives_without_a_list_are_refused_with_a_cure() {
    let nested = zip(&[("in.csv", b"name\nAsh\n")]);
    let mut encrypted = zip(&[("in.csv", b"name\nAsh\n")]);
    let central = (0..encrypted.len()).find(|at| encrypted[*at..].starts_with(b"PK\x01\x02")).unwrap();
    encrypted[6] |= 1;
    encrypted[central + 8] |= 1;
    let many: Vec<String> = (0..1_001).map(|at| format!("{at}.csv")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    for (bytes, texts) in [
        (zip(&[]), &["the archive is empty"][..]),
        (zip(&[("outer.zip", &nested)]), &["outer.zip is an archive in the archive; unpack it first"]),
        (encrypted, &["in.csv in the archive is protected by a password; unpack it first"]),
        (zip(&many), &["the archive has 1001 files, of 1000 at most"]),
        (
            zip(&[("a.csv", b"x,y\n1,2\n"), ("b.pdf", b"%PDF-1")]),
            &["no file in the archive is a list", "a.csv: no heading", "b.pdf: this is a PDF"],
        ),
        (
            zip(&[("h.shp", b"\0\0\x27\x0a"), ("h.dbf", b"\x03\0"), ("h.prj", b"GEOGCS")]),
            &["this is a shapefile", "ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.json h.shp"],
        ),
    ] {
        let error = read("bad.zip", &bytes).unwrap_err();
        assert!(texts.iter().all(|text| error.contains(text)), "{error}");
    }
}
