//! Small datasets in the formats of the publishers, one for each bundled profile.

use std::path::PathBuf;

use hospitui::catalog::{Catalog, Hospital, Missing, Observed};
use hospitui::compare::{Comparison, FactSide};
use hospitui::formats::{self, Input, Options};
use hospitui::report::view::{ComparisonView, Group};
use hospitui::text::Text;

use crate::support::command;

mod archives;
mod cms;
mod headings;
mod joined;
mod lists;
mod several_rows;
mod workbooks;

/// A file for one test.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    command::file("datasets", name, bytes)
}

fn load_all(files: &[(&str, &[u8])]) -> Catalog {
    let inputs: Vec<Input> = files.iter().map(|(name, bytes)| Input::File(file(name, bytes))).collect();
    formats::load(&inputs, &Options::default(), &mut ()).unwrap_or_else(|error| panic!("{error}"))
}

fn load(name: &str, text: &str) -> Catalog {
    load_all(&[(name, text.as_bytes())])
}

fn hospital<'a>(catalog: &'a Catalog, id: &str) -> &'a Hospital {
    catalog.hospital(catalog.by_id(id).unwrap_or_else(|| panic!("no {id}")))
}

/// The name, native name, aliases, place and kind of a hospital in one line.
fn summary(hospital: &Hospital) -> String {
    let text = |text: &Option<Text>| text.as_deref().unwrap_or("-").to_owned();
    let aliases: Vec<&str> = hospital.aliases.iter().map(Text::as_str).collect();
    let (native, kind) = (text(&hospital.native_name), text(&hospital.kind));
    format!("{} | {native} | {} | {} | {kind}", hospital.name, aliases.join(", "), hospital.place.line())
}

fn extra(hospital: &Hospital, heading: &str) -> Option<String> {
    let facts = hospital.details.extra.iter().flat_map(|extra| &extra.facts);
    facts.into_iter().find(|(known, _)| known.as_str() == heading).map(|(_, text)| text.to_string())
}

const CMS: &str = "\"Facility ID\",\"Facility Name\",\"Address\",\"City/Town\",\"State\",\"ZIP Code\",\"County/Parish\",\
\"Telephone Number\",\"Hospital Type\",\"Hospital Ownership\",\"Emergency Services\",\"Hospital overall rating\",\
\"Hospital overall rating footnote\",\"MORT Group Measure Count\",\"Count of Facility MORT Measures\",\
\"Count of MORT Measures Better\",\"MORT Group Footnote\"
010001,ALPHA HOSPITAL,1 MAIN ST,DOTHAN,AL,36301,HOUSTON,(334) 555-0100,Acute Care Hospitals,Proprietary,Yes,4,,7,7,1,
10021F,BETA CENTER,2 MAIN ST,BOAZ,AL,35957,MARSHALL,(334) 555-0101,Acute Care - Veterans,Federal,Yes,Not Available,\"16, 23\",7,Not Available,Not Available,19
010003,GAMMA CENTER,3 MAIN ST,BOAZ,AL,35957,MARSHALL,(334) 555-0102,Acute Care Hospitals,Federal,Yes,Not Available,77,7,7,0,
";

#[test]
fn hifld_placeholders_for_missing_numbers_are_missing() {
    let text = "\u{feff}X,Y,FID,ID,NAME,CITY,STATE,TELEPHONE,TYPE,STATUS,COUNTRY,LATITUDE,LONGITUDE,SOURCEDATE,ALT_NAME,OWNER,\
                TTL_STAFF,BEDS,TRAUMA,HELIPAD\n\
                -13318894.7,4346975.4,1,0005793230,CENTRAL,HANFORD,CA,NOT AVAILABLE,GENERAL,CLOSED,USA,36.33,-119.64,\
                2016/02/04 00:00:00,NOT AVAILABLE,PROPRIETARY,-999,49,NOT AVAILABLE,N\n\
                -13226507.2,4049625.5,2,0053391362,EAST\u{1e} CAMPUS\u{200e},VILAGE,CA,(805) 555-0100,GENERAL,OPEN,USA,34.15,\
                -118.81,2019/08/02 00:00:00,WEST,PROPRIETARY,-999,-999,LEVEL I,Y\n";
    let catalog = load("hifld.csv", text);
    let central = hospital(&catalog, "0005793230");
    assert_eq!(summary(central), "CENTRAL | - |  | HANFORD, CA, USA | GENERAL");
    assert_eq!(central.details.latitude, Some(36.33));
    assert_eq!(central.details.status.as_ref().unwrap().text.as_str(), "CLOSED");
    assert!(central.details.phone.is_none());
    let shown = |id: &str| {
        let figures = hospital(&catalog, id).details.figures.iter();
        figures.map(|one| format!("{:?} {}", one.value, one.period.as_ref().unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(shown("0005793230"), ["Stated(Exact(49.0)) 2016-02-04", "Missing(NotAvailable) 2016-02-04"]);
    assert_eq!(shown("0053391362"), ["Missing(NotAvailable) 2019-08-02", "Missing(NotAvailable) 2019-08-02"]);
    let east = hospital(&catalog, "0053391362");
    assert!(!east.name.chars().any(char::is_control), "{}", east.name);
    assert_eq!(extra(east, "X").as_deref(), Some("-13226507.2"), "metres are no degrees");
}

#[test]
fn openstreetmap_in_both_forms() {
    let overpass = r#"{"version": 0.6, "osm3s": {"timestamp_osm_base": "2024-09-27T16:31:45Z"}, "elements": [
        {"type": "node", "id": 4, "lat": 21.5, "lon": 105.25, "tags": {"amenity": "hospital", "name": "Bệnh viện Bắc",
          "name:en": "North Hospital", "beds": "120", "addr:city": "Hà Nội", "emergency": "yes"}},
        {"type": "way", "id": 5, "center": {"lat": 21.0, "lon": 105.0}, "nodes": [1, 2], "tags": {"amenity": "hospital"}},
        {"type": "relation", "id": 6, "center": {"lat": 21.75, "lon": 105.5}, "tags": {"healthcare": "clinic", "name": "Nam"}}]}"#;
    let catalog = load("hanoi.json", overpass);
    assert_eq!((catalog.len(), catalog.rejected_rows()), (2, 1));
    let north = hospital(&catalog, "node/4");
    assert_eq!(summary(north), "Bệnh viện Bắc | - | North Hospital | Hà Nội | hospital");
    assert_eq!((north.details.latitude, north.details.longitude), (Some(21.5), Some(105.25)));
    assert_eq!(north.details.figures[0].period.as_ref().unwrap().to_string(), "edition 2024-09-27");
    assert_eq!(extra(north, "emergency").as_deref(), Some("yes"));
    assert_eq!(hospital(&catalog, "relation/6").details.latitude, Some(21.75));
    let rejected = &catalog.datasets()[0].rejected.first[0];
    assert_eq!((rejected.line, rejected.path.as_str(), rejected.message.as_str()), (4, "elements[1]", "no name"));

    let geojson = r#"{"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"osm_id": "17", "name": "Lakeshore", "amenity": "hospital", "emergency": null},
         "geometry": {"type": "Polygon", "coordinates": [[[-74, 45], [-73, 45], [-73, 46], [-74, 45]]]}},
        {"type": "Feature", "properties": {"osm_id": "18", "name": null}, "geometry": null}]}"#;
    let catalog = load("us.geojson", geojson);
    assert_eq!((catalog.len(), catalog.rejected_rows()), (1, 1));
    let lakeshore = hospital(&catalog, "17");
    assert_eq!((lakeshore.details.latitude, lakeshore.details.longitude), (Some(45.5), Some(-73.5)));
}

#[test]
fn other_publishers_and_generic_tables() {
    let nhs = "OrganisationID¬OrganisationCode¬OrganisationType¬SubType¬Sector¬OrganisationStatus¬IsPimsManaged¬\
               OrganisationName¬Address1¬City¬County¬Postcode¬Latitude¬Longitude¬Phone\n\
               17970¬NDA07¬Hospital¬Hospital¬Independent Sector¬Visible¬True¬The \"Old\" Hospital¬1 High Street¬Walton¬\
               Surrey¬KT12 3LD¬51.25¬-0.5¬01932 555010\n";
    let africa = "Country,Admin1,Facility name,Facility type,Ownership,Lat,Long,LL source\n\
                  Angola,Bengo,Hospital do Norte,Hospital,Govt.,-8.5,13.5,Google Earth\n\
                  Angola,Bengo,Posto,Health Post,MoH,,,\n\
                  Angola,Bengo,Posto,Health Post,MoH,,,\n";
    let hong_kong = r#"{"type": "FeatureCollection", "features": [{"type": "Feature",
        "geometry": {"type": "Point", "coordinates": [114.2, 22.3]}, "properties": {"hospName_EN": "East Hospital",
        "hospName_TC": "東醫院", "hospName_SC": "东医院", "LATITUDE": 22.3, "LONGITUDE": 114.2}}]}"#;
    let chinese =
        "机构代码,医院名称,省,市,等级,编制床位,电话,备注\n0042,长安医院,陕西,西安,三级甲等,约1200张,029-555,夜诊\n";
    let catalog = load("nhs.csv", nhs);
    assert_eq!(summary(hospital(&catalog, "NDA07")).split(" | ").next(), Some("The \"Old\" Hospital"));
    assert_eq!(hospital(&catalog, "NDA07").details.latitude, Some(51.25));

    let catalog = load("africa.csv", africa);
    let ids: Vec<&str> = catalog.hospitals().map(|(_, hospital)| hospital.id.as_str()).collect();
    assert_eq!(ids[2], format!("{}~2", ids[1]), "rows without an id get a unique one");
    assert!(ids[1].len() == 10 && ids[0] != ids[1], "{ids:?}");
    let again = load(
        "africa-again.csv",
        &africa.replace("Angola,Bengo,Hospital do Norte", "Chad,N,New\nAngola,Bengo,Hospital do Norte"),
    );
    assert_eq!(again.len() + again.rejected_rows(), 4);
    assert!(again.by_id(ids[0]).is_some(), "the made id is the same in every edition");

    let catalog = load("hk.geojson", hong_kong);
    let (_, east) = catalog.hospitals().next().unwrap();
    assert!(summary(east).starts_with("East Hospital | 東醫院 | 东医院"), "{}", summary(east));
    assert!(east.details.extra.is_empty(), "{:?}", east.details.extra);

    let gb = encoding_rs::GB18030.encode(chinese).0.into_owned();
    let catalog = load_all(&[("china.csv", &gb)]);
    let changan = hospital(&catalog, "0042");
    assert_eq!(summary(changan), "长安医院 | - |  | 西安, 陕西 | -");
    assert_eq!(changan.details.grade.as_ref().unwrap().text.as_str(), "三级甲等");
    assert_eq!(changan.details.figures[0].quantity().unwrap().to_string(), "about 1,200");
    assert_eq!(extra(changan, "备注").as_deref(), Some("夜诊"));
    assert!(catalog.datasets()[0].notes[0].contains("gb18030"));
}

#[test]
fn packed_files_open_as_they_are() {
    use std::io::Write;

    let text = "id,name\n007,North\n";
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(text.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstd = ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    for (name, bytes) in [("a.csv.gz", &gzip), ("a.csv.zst", &zstd)] {
        let catalog = load_all(&[(name, bytes)]);
        assert_eq!(hospital(&catalog, "007").name.as_str(), "North", "{name}");
        assert_eq!(catalog.datasets()[0].title().as_str(), "a", "{name}");
    }
}

#[test]
fn a_custom_profile_reads_what_no_bundled_one_does() {
    let profile = r#"{"id": "mine", "title": "Mine", "columns": {"name": ["Bezeichnung"], "id": ["Nr"]},
        "figures": [{"columns": ["Bttn"], "measure": "beds.open", "period": ["Jahr"]}],
        "missing": [{"text": "k.A.", "reason": "suppressed"}]}"#;
    let path = file("mine.csv", "Nr\tBezeichnung\tBttn\tJahr\n01\tNord\t1 200\t2021\n02\tSüd\tk.A.\t2022\n".as_bytes());
    let profile = Some(Box::new(serde_json::from_str(profile).unwrap()));
    let options = Options { profile, ..Options::default() };
    let catalog = formats::load(&[Input::File(path)], &options, &mut ()).unwrap();
    let of = |id: &str| catalog.latest(catalog.by_id(id).unwrap(), "beds.open").unwrap();
    assert_eq!(of("01").period.unwrap().to_string(), "2021");
    assert_eq!(of("01").value.quantity().unwrap().to_string(), "1,200");
    assert_eq!(of("02").value, Observed::Missing(Missing::Suppressed));
}

#[test]
fn short_words_are_places_and_reasons_in_cells_are_kept() {
    let text = "id,name,city,province,country code,phone,beds\n\
                1,Ospedale,Napoli,NA,IT,N/A,50%\n\
                2,Katutura,Windhoek,,NA,not available,08-2019\n\
                3,Nan Hospital,not available,Nan,TH,1,1200+\n";
    let catalog = load("places.csv", text);
    assert_eq!(summary(hospital(&catalog, "1")), "Ospedale | - |  | Napoli, NA, IT | -");
    assert_eq!(summary(hospital(&catalog, "2")), "Katutura | - |  | Windhoek, NA | -");
    assert_eq!(summary(hospital(&catalog, "3")), "Nan Hospital | - |  | Nan, TH | -");
    // The reasons for a missing city and phone number are kept, and neither a share nor a month is a count of beds.
    assert_eq!(extra(hospital(&catalog, "3"), "city").as_deref(), Some("not available"));
    assert_eq!(extra(hospital(&catalog, "1"), "phone").as_deref(), Some("N/A"));
    assert_eq!(extra(hospital(&catalog, "1"), "beds").as_deref(), Some("50%"));
    assert_eq!(extra(hospital(&catalog, "2"), "beds").as_deref(), Some("08-2019"));
    assert!(hospital(&catalog, "1").details.figures.is_empty());
    assert_eq!(hospital(&catalog, "3").details.figures[0].quantity().unwrap().to_string(), "at least 1,200");
}

#[test]
fn a_word_for_missing_is_no_kind_and_no_id() {
    let catalog = load("na.csv", "id,name,type,city\nNA,A,NA,NA\nNA,B,General,X\n");
    let hospitals: Vec<&Hospital> = catalog.hospitals().map(|(_, hospital)| hospital).collect();
    assert!(hospitals.iter().all(|hospital| hospital.id.len() == 10), "made of the names: {hospitals:?}");
    assert_eq!(hospitals[0].kind, None);
    assert_eq!(extra(hospitals[0], "type").as_deref(), Some("NA"));
    assert_eq!(hospitals[0].place.city.as_deref(), Some("NA"));
}

#[test]
fn coordinates_may_have_decimal_commas() {
    let catalog = load(
        "europe.csv",
        "Krankenhaus;PLZ;Ort;Breitengrad;Längengrad;Betten\nNord;80331;München;48,1374;11,5755;320\n",
    );
    let details = catalog.hospitals().next().unwrap().1.details.peek().into_owned();
    assert_eq!((details.latitude, details.longitude), (Some(48.1374), Some(11.5755)));
}

#[test]
fn web_services_and_maps_are_read_as_they_answer() {
    let names = |catalog: &Catalog| -> Vec<String> {
        catalog.hospitals().map(|(_, one)| format!("{} {:?}", one.name, one.details.peek().latitude)).collect()
    };
    let lines = load("lines.jsonl", "{\"name\": \"A\", \"lat\": 1.5, \"lon\": 2}\n{\"name\": \"B\"}\n");
    assert_eq!(names(&lines), ["A Some(1.5)", "B None"]);
    assert_eq!(names(&load("one.jsonl", "{\"name\": \"A\"}\n")), ["A None"]);
    let feature =
        |name: &str| format!(r#"{{"type": "Feature", "properties": {{"name": "{name}"}}, "geometry": null}}"#);
    assert_eq!(names(&load("seq.geojsonl", &[feature("A"), feature("B")].join("\n"))), ["A None", "B None"]);
    let wrapped = load("wrapped.json", r#"{"count": 1, "next": null, "results": [{"name": "A", "city": "X"}]}"#);
    assert_eq!(names(&wrapped), ["A None"]);
    let esri = load("esri.json", r#"{"features": [{"attributes": {"NAME": "A"}, "geometry": {"x": 2.5, "y": 1.5}}]}"#);
    assert_eq!(names(&esri), ["A Some(1.5)"]);
    let overpass = load(
        "answer.json",
        r#"{"elements": [
        {"type": "way", "id": 1, "timestamp": "2020-01-01T00:00:00Z", "tags": {"name": "A"}, "nodes": [7, 8],
         "bounds": {"minlat": 1, "minlon": 2, "maxlat": 2, "maxlon": 3}},
        {"type": "relation", "id": 2, "tags": {"name": "B"}, "geometry": [{"lat": 3, "lon": 4}, null, {"lat": 4, "lon": 4}]},
        {"type": "node", "id": 7, "lat": 1, "lon": 2}, {"type": "node", "id": 8, "lat": 2, "lon": 3}]}"#,
    );
    assert_eq!(names(&overpass), ["A Some(1.5)", "B Some(3.5)"]);
    assert_eq!(overpass.rejected_rows(), 0, "nodes of ways are no hospitals");
    assert_eq!(extra(hospital(&overpass, "way/1"), "@timestamp").as_deref(), Some("2020-01-01T00:00:00Z"));
    let turbo = load(
        "turbo.geojson",
        r#"{"type": "FeatureCollection", "timestamp": "2023-05-06T01:02:03Z", "features": [
        {"type": "Feature", "id": "node/1", "properties": {"@id": "node/1", "amenity": "hospital", "name": "A"}, "geometry": null}]}"#,
    );
    let source = turbo.datasets()[0].sole_source().unwrap();
    assert_eq!(source.edition.as_ref().unwrap().to_string(), "edition 2023-05-06");
}

#[test]
fn a_given_profile_applies_only_to_its_dataset() {
    let profile = |matches: &str, beds: &str| {
        let text = format!(
            r#"{{"id": "mine", "title": "My Register", {matches} "columns": {{"id": ["no"], "name": ["who"]}},
            "figures": [{{"columns": ["{beds}"], "measure": "beds.open"}}]}}"#
        );
        Options { profile: Some(Box::new(serde_json::from_str(&text).unwrap())), ..Options::default() }
    };
    let mine = file("given.csv", b"no,who,bed\n1,A,5\n");
    let cms = file("cms-2024.csv", CMS.as_bytes());
    let inputs = [Input::File(mine.clone()), Input::File(cms)];
    let catalog = formats::load(&inputs, &profile(r#""matches": [["no", "who"]],"#, "bed"), &mut ()).unwrap();
    let titles: Vec<&str> = catalog.datasets().iter().map(|dataset| dataset.title().as_str()).collect();
    assert_eq!(titles, ["My Register", "CMS Hospital General Information, edition 2024"]);
    assert_eq!(hospital(&catalog, "1").details.figures.len(), 1);
    let catalog = formats::load(&inputs[..1], &profile("", "bedz"), &mut ()).unwrap();
    assert_eq!(catalog.datasets()[0].title().as_str(), "My Register");
    let notes: Vec<&str> = catalog.datasets()[0].notes.iter().map(Text::as_str).collect();
    assert_eq!(notes, ["the profile names columns that are not here: bedz (beds.open)"]);
}

#[test]
fn an_encoding_applies_to_tables_but_not_to_json() {
    let table: &[u8] = &[b"name\n".as_slice(), b"\xd6\xd8\xc7\xec\xd2\xbd\xd4\xba\n"].concat();
    let inputs = [
        Input::File(file("gbk.csv", table)),
        Input::File(file("utf8.json", r#"{"title": "T", "hospitals": [{"id": "a", "name": "广州医院"}]}"#.as_bytes())),
    ];
    let options = Options { encoding: formats::by_name("gb18030"), ..Options::default() };
    let catalog = formats::load(&inputs, &options, &mut ()).unwrap();
    let names: Vec<&str> = catalog.hospitals().map(|(_, one)| one.name.as_str()).collect();
    assert_eq!(names, ["重庆医院", "广州医院"]);
}

#[test]
fn rejected_rows_keep_their_ids() {
    let heads = "Hospital ID,Hospital,City\n";
    let valid = "1,Alpha,Rome\n";
    for (name, rows, ids, unknown) in [
        ("short", "007,Short\n", vec!["007"], 0),
        ("long", "008,Long, too,Rome\n", vec!["008"], 0),
        ("no name", "009,,Rome\n", vec!["009"], 0),
        ("no name and no id", ",,Rome\n", vec![], 1),
        ("a placeholder as id", "n/a,,Rome\n", vec![], 1),
        ("headings again", "Hospital ID,Hospital,City\n", vec![], 0),
        ("nothing", ",,\n,\n", vec![], 1),
        ("a stray quote", "010,\"A,Rome\n011,\"B\",Rome\n012,C,Bari\n", vec!["010", "011"], 0),
        ("a stray quote and half a row", "010,\"A,Rome\n011\n012,\"B\",Rome\n", vec!["010", "012"], 1),
        ("a short row of two lines", "013,\"A\nB\"\n", vec!["013"], 0),
    ] {
        let catalog = load("rejected.csv", &format!("{heads}{valid}{rows}"));
        let unread = &catalog.datasets()[0].rejected_ids;
        let found: Vec<&str> = unread.ids.iter().map(Text::as_str).collect();
        assert_eq!((found, unread.unknown), (ids, unknown), "{name}: {:?}", catalog.datasets()[0].rejected);
    }
    let objects = r#"[{"id": "1", "name": "Alpha"}, {"id": "2"}, {"city": "Rome"}, 5]"#;
    let unread = load("rejected.json", objects).datasets()[0].rejected_ids.clone();
    assert_eq!((unread.ids, unread.unknown), (vec!["2".into()], 2));
}
