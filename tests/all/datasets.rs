//! Datasets of every kind that a profile knows, opened as people have them: small ones of our own, in the publishers' form.

use std::path::PathBuf;

use hospitui::catalog::{Catalog, Hospital, Missing, Observed};
use hospitui::compare::{Comparison, FactSide};
use hospitui::formats::{self, Input, Options};
use hospitui::report::view::{ComparisonView, Group};
use hospitui::text::Text;

use crate::support::command;

/// A file of our own for one test.
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

/// What is told of a hospital in one line: name, native name, aliases, place, kind.
fn told(hospital: &Hospital) -> String {
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
fn cms_ratings_keep_direction_and_footnotes() {
    let catalog = load("cms-2025.csv", CMS);
    assert_eq!(catalog.len(), 3);
    let alpha = hospital(&catalog, "010001");
    assert_eq!(told(alpha), "ALPHA HOSPITAL | - |  | DOTHAN, AL, USA | Acute Care Hospitals");
    assert_eq!(alpha.details.phone.as_ref().unwrap().text.as_str(), "(334) 555-0100");
    assert_eq!(extra(alpha, "Emergency Services").as_deref(), Some("Yes"));
    let rating = |id: &str| catalog.latest(catalog.by_id(id).unwrap(), "cms.star-rating").unwrap();
    assert_eq!(rating("010001").quantity().unwrap().to_string(), "4");
    assert_eq!(rating("010001").period.unwrap().to_string(), "edition 2025");
    let beta = rating("10021F");
    assert_eq!(beta.value, Observed::Missing(Missing::TooFew));
    let caveat = beta.caveat.unwrap();
    assert!(caveat.contains("Footnote 16: ") && caveat.contains("Footnote 23: "), "{caveat}");
    let gamma = rating("010003");
    assert_eq!(gamma.value, Observed::Missing(Missing::NotAvailable));
    assert!(gamma.caveat.unwrap().contains("Footnote 77: "), "an unknown code surfaces");
    let measure = catalog.measures().get("cms.star-rating").unwrap();
    assert!(measure.direction.unwrap().words().contains("publisher's direction"));
    assert_eq!(alpha.details.figures.len(), 4);
}

#[test]
fn measure_groups_are_one_row_and_comparisons_in_words_are_steps() {
    let catalog = load("cms-2024.csv", &CMS.replace("Federal,Yes,Not Available,77,7,7,0", "Federal,Yes,2,,7,7,3"));
    let key = |id| catalog.by_id(id).unwrap();
    let view = ComparisonView::of(&catalog, key("010001"), key("010003"));
    let group = view.entries.iter().find(|entry| entry.label == "mortality measures reported").unwrap();
    let texts = group.sides.each_ref().map(|side| side.shown[0].text.as_str());
    assert_eq!(texts, ["better 1 · of 7 reported", "better 3 · of 7 reported"]);
    assert_eq!((group.answer_text.as_str(), group.ratio), ("better: A 1, B 3", None));
    assert_eq!((group.group, group.limits[0].kind), (Group::SideBySide, "parts-differ"));
    assert!(!view.entries.iter().any(|entry| entry.label.contains("in the group")), "the size of a group is no row");
    let other = ComparisonView::of(&catalog, key("010001"), key("10021F"));
    let stars = other.entries.iter().find(|entry| entry.label.starts_with("CMS overall")).unwrap();
    assert_eq!(stars.group, Group::OnlyLeft);
    assert_eq!(
        other.reasons(Group::OnlyLeft),
        ["B: too few cases to publish: CMS overall star rating", "B: not available: mortality measures reported"]
    );

    let heads = "Provider ID,Hospital Name,City,State,Hospital Type,Hospital Ownership,Hospital overall rating,Hospital \
                 overall rating footnote,Mortality national comparison,Mortality national comparison footnote";
    let old = format!(
        "{heads}\n1,A,Rome,AL,Acute,Federal,3,,Above the National average,\n2,B,Rome,AL,Acute,Federal,5,,Same as the National average,\n"
    );
    let new = CMS.replace("010001", "3");
    let catalog = load_all(&[("words-2017.csv", old.as_bytes()), ("words-2025.csv", new.as_bytes())]);
    let key = |id| catalog.by_id(id).unwrap();
    let view = ComparisonView::of(&catalog, key("1"), key("2"));
    let step = view.entries.iter().find(|entry| entry.label.starts_with("mortality results beside")).unwrap();
    assert!(step.title().ends_with("(publisher's direction: higher is better)"), "{}", step.title());
    assert_eq!((step.answer_text.as_str(), step.ratio, step.bars.is_some()), ("A rated higher by 1 step", None, false));
    assert_eq!(step.sides[0].shown[0].phrase(), "above the national average, edition 2017");
    let across = ComparisonView::of(&catalog, key("1"), key("3"));
    let stars = across.entries.iter().find(|entry| entry.label.starts_with("CMS overall")).unwrap();
    assert_eq!((stars.group, stars.bars.is_some(), stars.difference), (Group::CannotTell, false, None));
    let kinds: Vec<&str> = stars.limits.iter().map(|limit| limit.kind).collect();
    assert_eq!(kinds, ["method-changed", "other-edition"]);
}

#[test]
fn stars_are_steps_and_never_so_many_times_others() {
    let catalog = load("cms-2024.csv", &CMS.replace("Federal,Yes,Not Available,77", "Federal,Yes,2,"));
    let key = |id| catalog.by_id(id).unwrap();
    let comparison = Comparison::new(&catalog, key("010001"), key("010003"));
    let row = |measure: &str| comparison.rows.iter().find(|row| row.left.measure.id.as_str() == measure).unwrap();
    let stars = row("cms.star-rating");
    assert_eq!((stars.difference().unwrap().point(), stars.ratio()), (Some(2.0), None));
    assert!(stars.is_comparable(), "{:?}", stars.limits);
}

#[test]
fn vintages_of_one_publisher_join_and_others_do_not() {
    let old = "Provider ID,Hospital Name,City,State,Hospital Type,Hospital Ownership,Hospital overall rating,Hospital \
               overall rating footnote,Mortality national comparison\n\
               010001,ALPHA MEDICAL,DOTHAN,AL,Acute Care Hospitals,Proprietary,3,,Above the national average\n\
               010009,OMEGA,DOTHAN,AL,Acute Care Hospitals,Proprietary,2,,Below the national average\n";
    let other = "ID,Hospital,City\n010001,Another Register's Hospital,Elsewhere\n";
    let files: [(&str, &[u8]); 3] =
        [("new.csv", CMS.as_bytes()), ("old.csv", old.as_bytes()), ("other.csv", other.as_bytes())];
    let catalog = load_all(&files);
    assert_eq!((catalog.len(), catalog.all_by_id("010001").count()), (5, 2));
    let key = catalog.by_id("010001").unwrap();
    let alpha = catalog.hospital(key);
    assert_eq!(alpha.name.as_str(), "ALPHA HOSPITAL", "the later vintage names it, whatever the order of the files");
    assert_eq!(alpha.aliases.iter().map(Text::as_str).collect::<Vec<_>>(), ["ALPHA MEDICAL"]);
    let ratings: Vec<String> = catalog
        .figures(key)
        .filter(|figure| figure.measure.as_str() == "cms.star-rating")
        .map(|figure| format!("{} {}", figure.quantity().unwrap(), figure.period.as_ref().unwrap()))
        .collect();
    // Neither file is named by a year: the columns tell the vintage.
    assert_eq!(ratings.len(), 2);
    assert!(ratings[0].starts_with("4 edition 20") && ratings[1].starts_with("3 edition 2016"), "{ratings:?}");
    let mortality = catalog.latest(key, "cms.mortality-comparison").unwrap();
    assert_eq!(mortality.quantity().unwrap().to_string(), "3", "the third step, above the national average");
    assert_eq!(catalog.datasets_on(key).len(), 2);
    for id in alpha.details.sources() {
        assert!(catalog.source(key, id).is_some(), "{id}");
    }
}

#[test]
fn hifld_numbers_that_stand_for_none_are_none() {
    let text = "\u{feff}X,Y,FID,ID,NAME,CITY,STATE,TELEPHONE,TYPE,STATUS,COUNTRY,LATITUDE,LONGITUDE,SOURCEDATE,ALT_NAME,OWNER,\
                TTL_STAFF,BEDS,TRAUMA,HELIPAD\n\
                -13318894.7,4346975.4,1,0005793230,CENTRAL,HANFORD,CA,NOT AVAILABLE,GENERAL,CLOSED,USA,36.33,-119.64,\
                2016/02/04 00:00:00,NOT AVAILABLE,PROPRIETARY,-999,49,NOT AVAILABLE,N\n\
                -13226507.2,4049625.5,2,0053391362,EAST\u{1e} CAMPUS\u{200e},VILAGE,CA,(805) 555-0100,GENERAL,OPEN,USA,34.15,\
                -118.81,2019/08/02 00:00:00,WEST,PROPRIETARY,-999,-999,LEVEL I,Y\n";
    let catalog = load("hifld.csv", text);
    let central = hospital(&catalog, "0005793230");
    assert_eq!(told(central), "CENTRAL | - |  | HANFORD, CA, USA | GENERAL");
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
    assert_eq!(told(north), "Bệnh viện Bắc | - | North Hospital | Hà Nội | hospital");
    assert_eq!((north.details.latitude, north.details.longitude), (Some(21.5), Some(105.25)));
    assert_eq!(north.details.figures[0].period.as_ref().unwrap().to_string(), "edition 2024-09-27");
    assert_eq!(extra(north, "emergency").as_deref(), Some("yes"));
    assert_eq!(hospital(&catalog, "relation/6").details.latitude, Some(21.75));
    let aside = &catalog.datasets()[0].rejected.first[0];
    assert_eq!((aside.line, aside.path.as_str(), aside.message.as_str()), (4, "elements[1]", "no name"));

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
fn other_publishers_and_people_s_own_tables() {
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
    assert_eq!(told(hospital(&catalog, "NDA07")).split(" | ").next(), Some("The \"Old\" Hospital"));
    assert_eq!(hospital(&catalog, "NDA07").details.latitude, Some(51.25));

    let catalog = load("africa.csv", africa);
    let ids: Vec<&str> = catalog.hospitals().map(|(_, hospital)| hospital.id.as_str()).collect();
    assert_eq!(ids[2], format!("{}~2", ids[1]), "rows without an id get one of their own");
    assert!(ids[1].len() == 10 && ids[0] != ids[1], "{ids:?}");
    let again = load(
        "africa-again.csv",
        &africa.replace("Angola,Bengo,Hospital do Norte", "Chad,N,New\nAngola,Bengo,Hospital do Norte"),
    );
    assert_eq!(again.len() + again.rejected_rows(), 4);
    assert!(again.by_id(ids[0]).is_some(), "the made id is the same in every vintage");

    let catalog = load("hk.geojson", hong_kong);
    let (_, east) = catalog.hospitals().next().unwrap();
    assert!(told(east).starts_with("East Hospital | 東醫院 | 东医院"), "{}", told(east));
    assert!(east.details.extra.is_empty(), "{:?}", east.details.extra);

    let gb = encoding_rs::GB18030.encode(chinese).0.into_owned();
    let catalog = load_all(&[("china.csv", &gb)]);
    let changan = hospital(&catalog, "0042");
    assert_eq!(told(changan), "长安医院 | - |  | 西安, 陕西 | -");
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
        assert_eq!(catalog.datasets()[0].title.as_str(), "a", "{name}");
    }
}

#[test]
fn a_profile_of_one_s_own_reads_what_no_other_does() {
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
fn short_words_are_places_and_cells_that_say_why_are_kept() {
    let text = "id,name,city,province,country code,phone,beds\n\
                1,Ospedale,Napoli,NA,IT,N/A,50%\n\
                2,Katutura,Windhoek,,NA,not available,08-2019\n\
                3,Nan Hospital,not available,Nan,TH,1,1200+\n";
    let catalog = load("places.csv", text);
    assert_eq!(told(hospital(&catalog, "1")), "Ospedale | - |  | Napoli, NA, IT | -");
    assert_eq!(told(hospital(&catalog, "2")), "Katutura | - |  | Windhoek, NA | -");
    assert_eq!(told(hospital(&catalog, "3")), "Nan Hospital | - |  | Nan, TH | -");
    // Why there is no city and no phone number is still to be read; and neither a share nor a month is a count of beds.
    assert_eq!(extra(hospital(&catalog, "3"), "city").as_deref(), Some("not available"));
    assert_eq!(extra(hospital(&catalog, "1"), "phone").as_deref(), Some("N/A"));
    assert_eq!(extra(hospital(&catalog, "1"), "beds").as_deref(), Some("50%"));
    assert_eq!(extra(hospital(&catalog, "2"), "beds").as_deref(), Some("08-2019"));
    assert!(hospital(&catalog, "1").details.figures.is_empty());
    assert_eq!(hospital(&catalog, "3").details.figures[0].quantity().unwrap().to_string(), "at least 1,200");
}

#[test]
fn decimal_commas_stand_in_coordinates() {
    let catalog = load(
        "europe.csv",
        "Krankenhaus;PLZ;Ort;Breitengrad;Längengrad;Betten\nNord;80331;München;48,1374;11,5755;320\n",
    );
    let details = catalog.hospitals().next().unwrap().1.details.peek().into_owned();
    assert_eq!((details.latitude, details.longitude), (Some(48.1374), Some(11.5755)));
}

#[test]
fn what_an_earlier_vintage_says_otherwise_is_kept_with_its_source() {
    let rows = |kind: &str, city: &str, owner: &str, phone: &str| {
        format!(
            "Facility ID,Facility Name,Address,City/Town,State,Hospital Type,Hospital Ownership,Telephone Number\n\
             010001,ALPHA,1 MAIN ST,{city},AL,{kind},{owner},{phone}\n"
        )
    };
    let old = rows("Critical Access Hospitals", "OLDTOWN", "Government - Local", "1");
    let new = rows("Acute Care Hospitals", "NEWTOWN", "Proprietary", "1");
    // The order of the files makes no difference.
    for files in [[("v-2017.csv", &old), ("v-2024.csv", &new)], [("v-2024.csv", &new), ("v-2017.csv", &old)]] {
        let catalog = load_all(&files.map(|(name, text)| (name, text.as_bytes())));
        let key = catalog.by_id("010001").unwrap();
        let alpha = catalog.hospital(key);
        assert_eq!(told(alpha), "ALPHA | - |  | NEWTOWN, AL, USA | Acute Care Hospitals");
        assert_eq!(alpha.details.ownership.as_ref().unwrap().text.as_str(), "Proprietary");
        let facts = alpha.details.all_facts();
        let facts: Vec<String> =
            facts.iter().map(|(label, fact)| format!("{label}: {} [{}]", fact.text, fact.source)).collect();
        assert_eq!(
            facts,
            [
                "ownership: Proprietary [v-2024]",
                "ownership: Government - Local [v-2017]",
                "address: 1 MAIN ST [v-2024]",
                "phone: 1 [v-2024]",
                "place: OLDTOWN, AL, USA [v-2017]",
                "kind: Critical Access Hospitals [v-2017]",
            ]
        );
        let source = catalog.source(key, "v-2017").unwrap();
        assert_eq!(source.edition.as_ref().unwrap().to_string(), "edition 2017");
    }
}

#[test]
fn web_services_and_maps_are_read_as_they_answer() {
    let names = |catalog: &Catalog| -> Vec<String> {
        catalog.hospitals().map(|(_, one)| format!("{} {:?}", one.name, one.details.peek().latitude)).collect()
    };
    let lines = load("lines.jsonl", "{\"name\": \"A\", \"lat\": 1.5, \"lon\": 2}\n{\"name\": \"B\"}\n");
    assert_eq!(names(&lines), ["A Some(1.5)", "B None"]);
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
fn a_given_profile_names_its_dataset_and_leaves_others_theirs() {
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
    let titles: Vec<&str> = catalog.datasets().iter().map(|dataset| dataset.title.as_str()).collect();
    assert_eq!(titles, ["My Register", "CMS Hospital General Information, edition 2024"]);
    assert_eq!(hospital(&catalog, "1").details.figures.len(), 1);
    let catalog = formats::load(&inputs[..1], &profile("", "bedz"), &mut ()).unwrap();
    assert_eq!(catalog.datasets()[0].title.as_str(), "My Register");
    let notes: Vec<&str> = catalog.datasets()[0].notes.iter().map(Text::as_str).collect();
    assert_eq!(notes, ["the profile names columns that are not here: bedz (beds.open)"]);
}

#[test]
fn an_encoding_is_meant_for_tables_and_not_for_json_beside_them() {
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
fn rows_that_are_set_aside_keep_the_ids_that_they_give() {
    let heads = "Hospital ID,Hospital,City\n";
    let sound = "1,Alpha,Rome\n";
    for (name, rows, ids, unknown) in [
        ("short", "007,Short\n", vec!["007"], 0),
        ("long", "008,Long, too,Rome\n", vec!["008"], 0),
        ("no name", "009,,Rome\n", vec!["009"], 0),
        ("no name and no id", ",,Rome\n", vec![], 1),
        ("an id that says that there is none", "n/a,,Rome\n", vec![], 1),
        ("headings again", "Hospital ID,Hospital,City\n", vec![], 0),
        ("nothing", ",,\n,\n", vec![], 1),
        ("a stray quote", "010,\"A,Rome\n011,\"B\",Rome\n012,C,Bari\n", vec!["010", "011"], 0),
        ("a stray quote and half a row", "010,\"A,Rome\n011\n012,\"B\",Rome\n", vec!["010", "012"], 1),
        ("a short row of two lines", "013,\"A\nB\"\n", vec!["013"], 0),
    ] {
        let catalog = load("aside.csv", &format!("{heads}{sound}{rows}"));
        let unread = &catalog.datasets()[0].rejected_ids;
        let found: Vec<&str> = unread.ids.iter().map(Text::as_str).collect();
        assert_eq!((found, unread.unknown), (ids, unknown), "{name}: {:?}", catalog.datasets()[0].rejected);
    }
    let objects = r#"[{"id": "1", "name": "Alpha"}, {"id": "2"}, {"city": "Rome"}, 5]"#;
    let unread = load("aside.json", objects).datasets()[0].rejected_ids.clone();
    assert_eq!((unread.ids, unread.unknown), (vec!["2".into()], 2));
}

/// A statement of a comparison: each side, and what limits it.
fn statement(comparison: &Comparison, label: &str) -> String {
    let row = comparison.facts.iter().find(|row| row.label == label).unwrap_or_else(|| panic!("no {label}"));
    let also = |side: &FactSide| {
        side.alternatives.iter().map(|(text, _)| format!(" (also {text})")).collect::<Vec<_>>().concat()
    };
    let words = |side: &FactSide| format!("{}{}", side.text, also(side));
    let side = |side: &Option<FactSide>| side.as_ref().map_or("-".to_owned(), words);
    format!("{} | {} | {}", side(&row.left), side(&row.right), row.limit.map_or("", |limit| limit.kind()))
}

#[test]
fn statements_of_two_vintages_meet_within_a_vintage() {
    let heads = "Provider ID,Hospital Name,City,State,Hospital Type,Phone Number,Hospital Ownership,Emergency Services,\
                 Hospital overall rating,Hospital overall rating footnote,Mortality national comparison";
    let table = |rows: &str| format!("{heads}\n{rows}");
    let a_2017 = "1,A,Rome,AL,Acute Care Hospitals,1-11,Federal,No,3,,x\n";
    let b_2017 = "2,B,Rome,AL,Acute Care Hospitals,222,State,No,3,,x\n";
    let a_2024 = "1,A,Rome,AL,Acute Care Hospitals,333,Tribal,Yes,3,,x\n";
    let b_2024 = "2,B,Rome,AL,Acute Care Hospitals,444,Local,Yes,3,,x\n";
    let other = "OBJECTID,ID,NAME,CITY,STATE,TELEPHONE,TYPE,STATUS,NAICS_CODE,OWNER,BEDS,TRAUMA,HELIPAD\n\
                 1,9,B,ROME,AL,555,GENERAL,OPEN,62,STATE,5,NONE,Y\n";
    let judged = |old: &str, new: &str, b: &str, label: &str| {
        let (old, new) = (table(old), table(new));
        let files: [(&str, &[u8]); 3] =
            [("met-2017.csv", old.as_bytes()), ("met-2024.csv", new.as_bytes()), ("met-hifld.csv", other.as_bytes())];
        let catalog = load_all(&files);
        let key = |id| catalog.by_id(id).unwrap();
        let [one, swapped] = [("1", b), (b, "1")]
            .map(|(left, right)| statement(&Comparison::new(&catalog, key(left), key(right)), label));
        let mut parts: Vec<&str> = swapped.split(" | ").collect();
        parts.swap(0, 1);
        assert_eq!(parts.join(" | "), one, "swapped");
        one
    };
    let (both_2017, both_2024) = ([a_2017, b_2017].concat(), [a_2024, b_2024].concat());
    for (old, new, b, label, expected) in [
        (&*both_2017, &*both_2024, "2", "Emergency Services", "Yes (also No) | Yes (also No) | "),
        (&both_2017, a_2024, "2", "Emergency Services", "No (also Yes) | No | "),
        (a_2017, &both_2024, "2", "Emergency Services", "Yes (also No) | Yes | "),
        (b_2017, a_2024, "2", "Emergency Services", "Yes | No | other-edition"),
        (&both_2017, &both_2024, "2", "ownership", "Tribal (also Federal) | Local (also State) | "),
        (&both_2017, a_2024, "2", "ownership", "Federal (also Tribal) | State | "),
        (&both_2017, a_2024, "2", "phone", "1-11 (also 333) | 222 | "),
        (&both_2017, &both_2024.replace("333", "(1) 11"), "2", "phone", "(1) 11 | 444 (also 222) | "),
        (b_2017, a_2024, "2", "ownership", "Tribal | State | other-edition"),
        (&both_2017, &both_2024, "9", "ownership", "Tribal (also Federal) | STATE | other-publisher"),
    ] {
        assert_eq!(judged(old, new, b, label), expected, "{label}: {old}{new}");
    }
}
