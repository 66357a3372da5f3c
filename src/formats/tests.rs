//! What is asked of all hospitals at once agrees with what each hospital says, also while a file is loaded.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::catalog::{Catalog, Figure, HospitalKey, Interval, ListKind, MeasureTable, TextField};
use crate::formats::import::Options;
use crate::formats::input::Input;
use crate::formats::load::{load, load_bytes};
use crate::formats::progress::{Progress, ProgressObserver};
use crate::text::Text;

/// The owner of a hospital, and each of its figures with the measure.
type Said = (Option<String>, Vec<(String, Option<Interval>)>);

/// What each hospital says, from the columns.
fn by_columns(catalog: &Catalog) -> Vec<Said> {
    let owners = catalog.texts(&TextField::Ownership);
    let owner = |key: HospitalKey| owners.number(key).map(|at| owners.values()[at].to_string());
    let mut all: Vec<_> = catalog.keys().map(|key| (owner(key), Vec::new())).collect();
    for id in catalog.measures().ids() {
        for figure in catalog.figure_column(&id.into()).figures() {
            all[figure.key.index()].1.push((id.to_owned(), figure.interval));
        }
    }
    all
}

/// The same, hospital by hospital.
fn by_hospital(catalog: &Catalog) -> Vec<Said> {
    let figure = |one: &Figure| (one.measure.to_string(), one.interval());
    let of_hospital = |key| {
        let owner = catalog.details(key).ownership.as_ref().map(|fact| fact.text.to_string());
        let mut figures: Vec<_> = Vec::new();
        for id in catalog.measures().ids() {
            figures.extend(catalog.figures(key).filter(|one| one.measure.as_str() == id).map(figure));
        }
        (owner, figures)
    };
    catalog.keys().map(of_hospital).collect()
}

const TABLE: &str =
    "id,name,ownership,beds,kind\n1,A,\"State, North\",\"1,200\",x\n2,B,NA,>5,y\n3,\"C \"\"c\"\"\",,n/a,\n4,D,z,7,\n";

const GEOJSON: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"A","ownership":"State","beds":"12"},"geometry":{"type":"Point","coordinates":[1,2]}},
{"type":"Feature","properties":{"name":"B","beds":"4-6","beds":"9"},"geometry":null},
{"type":"Feature","properties":{"name":"C","ownership":"","beds":"none"},"geometry":null}]}"#;

const CATALOG: &str = r#"{"title":"t","hospitals":[
{"id":"a","name":"A","ownership":{"text":"State","source":"s"},"figures":[{"measure":"beds.open","value":3,"period":"2019","source":"s"},{"measure":"visits.outpatient-emergency","value":600,"period":"2019","source":"s"}]},
{"id":"b","name":"B","owner\u0073hip":{"text":"Private","source":"s"},"figur\u0065s":[{"measure":"beds.open","value":5,"source":"s"}]},
{"id":"c","name":"C"}],
"sources":[{"id":"s","title":"S"}]}"#;

#[test]
fn columns_say_what_the_hospitals_say() {
    for (name, text, figures) in [("t.csv", TABLE, 4), ("t.geojson", GEOJSON, 3), ("t.json", CATALOG, 4)] {
        let catalog = load_bytes(name, text.as_bytes(), &Options::default()).unwrap();
        let columns = by_columns(&catalog);
        assert_eq!(columns, by_hospital(&catalog), "{name}");
        assert_eq!(columns.iter().map(|(_, figures)| figures.len()).sum::<usize>(), figures, "{name} {columns:?}");
        assert!(columns.iter().any(|(owner, _)| owner.is_some()), "{name}");
        let reporting = catalog.reporting("beds.open") + catalog.reporting("beds.unspecified");
        assert!(reporting > 1, "{name}");
    }
}

const WORDS: &str = "id,name,street,address,zip,phone,phone2,website,status,grade,type,Wing,Beds note,lat,lon,beds\n\
    1,A,5,Main Road,02114,\"(617) 1\",,see below,open,II,x,Suffolk,NA,42.3,-71.1,5\n\
    2,B,,\"Side, Street\",NA,,+1 2,http://b.example,NA,,y,,five,0,0,n/a\n\
    3,C,7,,,,,,,III,,\"Nor\"\"folk\",,91,5,7\n";

const OBJECTS: &str = r#"{"title":"t","sources":[{"id":"s","title":"S"}],"hospitals":[
{"id":"a","name":"A","address":{"text":"5 Main Road, 02114 Boston","source":"s"},"place":{"latitude":1.5,"longitude":-2},
 "specialties":[{"name":"Eyes","native_name":"眼","source":"s"},{"name":"Ears","detail":"both","source":"s"}],
 "accreditations":[{"scheme":"JCI","level":"gold","source":"s"}]},
{"id":"b","name":"B","ext\u0072a":[{"source":"s","facts":{"County":"X","PLZ":"10115"}}],"people":[{"name":"P","source":"s"}]},
{"id":"c","name":"C","status":{"text":"open","source":"s"}}]}"#;

/// What each hospital says in a field, from the column, and hospital by hospital.
fn texts(catalog: &Catalog, field: &TextField) -> [Vec<Vec<String>>; 2] {
    let column = catalog.texts(field);
    let by_column = catalog.keys().map(|key| column.texts(key).map(ToString::to_string).collect());
    let by_hospital = catalog.keys().map(|key| {
        let details = catalog.details(key);
        let own = catalog.summary(key).texts(field).map(|texts| texts.into_iter().map(str::to_owned).collect());
        own.unwrap_or_else(|| field.of_details(&details).iter().map(ToString::to_string).collect())
    });
    [by_column.collect(), by_hospital.collect()]
}

#[test]
fn the_texts_of_each_field_are_what_the_hospitals_say() {
    let merged = |first: &str, second: &str| {
        let dir = std::env::temp_dir().join(format!("hospitui-texts-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let paths = [(dir.join("2023.csv"), first), (dir.join("2024.csv"), second)];
        for (path, text) in &paths {
            std::fs::write(path, text).unwrap();
        }
        let catalog = load(&paths.map(|(path, _)| Input::from(path)), &Options::default(), &mut ()).unwrap();
        std::fs::remove_dir_all(&dir).unwrap();
        catalog
    };
    let alone = |name: &str, text: &str| load_bytes(name, text.as_bytes(), &Options::default()).unwrap();
    let later = WORDS.replace("Suffolk", "Essex").replace("open", "closed");
    let mut said = 0;
    for catalog in [alone("t.csv", WORDS), alone("t.json", OBJECTS), alone("t.geojson", GEOJSON), merged(WORDS, &later)]
    {
        let columns = catalog.outline().headings().iter().map(|(_, field)| field.clone());
        let lists = [ListKind::Specialties, ListKind::Accreditations, ListKind::People].map(TextField::List);
        let facts = [TextField::Name, TextField::Ownership, TextField::Address, TextField::Status, TextField::Grade];
        for field in columns.chain(lists).chain(facts).filter(|field| *field != TextField::Postcode) {
            let [by_column, by_hospital] = texts(&catalog, &field);
            assert_eq!(by_column, by_hospital, "{field:?}");
            said += by_column.concat().len();
        }
        for key in catalog.keys() {
            assert_eq!(catalog.points().of(key), catalog.details(key).point());
        }
    }
    assert!(said > 80, "{said}");
    let zips = |catalog: &Catalog| texts(catalog, &TextField::Postcode)[0].concat();
    assert_eq!(zips(&alone("t.csv", WORDS)), ["02114"]);
    assert_eq!(zips(&alone("t.json", OBJECTS)), ["02114", "10115"]);
}

#[test]
fn the_hospitals_that_say_something_in_a_field_are_counted() {
    let catalog = load_bytes("t.csv", WORDS.as_bytes(), &Options::default()).unwrap();
    let uses = catalog.field_uses(&|| true).unwrap();
    let use_of =
        |field: &TextField| uses.iter().find(|one| one.field == *field).map(|one| (one.hospitals, &*one.example));
    assert_eq!(use_of(&TextField::Name), Some((3, "A")));
    assert_eq!(use_of(&TextField::Other("Wing".into())), Some((2, "Suffolk")));
    assert_eq!(use_of(&TextField::Phone), Some((1, "(617) 1")));
    assert_eq!(use_of(&TextField::List(ListKind::People)), None);
    let other = load_bytes("t.csv", WORDS.as_bytes(), &Options::default()).unwrap();
    assert!(other.field_uses(&|| false).is_none() && other.field_uses(&|| true).is_some());
}

/// Asks for all columns each time that it is shown what has come.
struct Asking(usize);

impl ProgressObserver for Asking {
    fn on_progress(&mut self, _: &Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn on_catalog(&mut self, so_far: &Catalog) {
        for catalog in [so_far, &so_far.clone()] {
            assert_eq!(by_columns(catalog).len(), catalog.len());
            let _ = (catalog.reporting("beds.unspecified"), catalog.by_id("1").map(|key| catalog.same_name(key)));
        }
        self.0 += 1;
    }
}

#[test]
fn columns_asked_for_while_a_file_is_loaded_are_not_those_of_the_whole() {
    let rows: Vec<String> = (0..9_000).map(|at| format!("{at};H{at};o{};{}\n", at % 7, at % 900)).collect();
    let rows = rows.concat();
    let path = std::env::temp_dir().join(format!("hospitui-columns-{}.csv", std::process::id()));
    std::fs::write(&path, format!("id;name;ownership;beds\n{rows}late;Late;o;1.200\nlast;Last;p;12,5\n")).unwrap();
    let mut asking = Asking(0);
    let inputs = [Input::from(path.clone())];
    let catalog = load(&inputs, &Options::default(), &mut asking).unwrap();
    let fresh = load(&inputs, &Options::default(), &mut ()).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(asking.0 > 2, "{} looks", asking.0);
    assert_eq!(by_columns(&catalog), by_columns(&fresh));
    assert_eq!((catalog.reporting("beds.unspecified"), catalog.len()), (9_002, 9_002));
}

#[test]
fn a_reading_of_figures_that_was_stopped_goes_on() {
    let rows: Vec<String> = (0..20_000).map(|at| format!("{at},H{at},{}\n", at % 900)).collect();
    let rows = rows.concat();
    let text = format!("id,name,beds\n{rows}");
    let load = || load_bytes("t.csv", text.as_bytes(), &Options::default()).unwrap();
    let (stopped, fresh) = (load(), load());
    let ids: Vec<_> = ["beds.unspecified", "beds.open"].map(Into::into).to_vec();
    // How many chunks are read when so many may be.
    let read = |catalog: &Catalog, most: usize| {
        let asked = AtomicUsize::new(0);
        let is_whole = catalog.read_figures(&ids, &|| asked.fetch_add(1, Ordering::Relaxed) < most).is_some();
        (is_whole, asked.into_inner().min(most))
    };
    let (_, chunks) = read(&fresh, usize::MAX);
    assert!(chunks > 4, "{chunks} chunks");
    assert_eq!([read(&stopped, 2), read(&stopped, 2)], [(false, 2); 2]);
    assert_eq!(read(&stopped, usize::MAX), (true, chunks - 4));
    assert_eq!(read(&stopped, usize::MAX), (true, 0));
    assert_eq!(by_columns(&stopped), by_columns(&fresh));
}

#[test]
fn columns_of_figures_are_dropped_when_they_are_many_and_read_again() {
    let measures = MeasureTable::standard();
    let stated = measures.ids().filter(|id| measures.get(id).is_some_and(|measure| measure.formula.is_none()));
    let ids: Vec<Text> = stated.take(20).map(Text::from).collect();
    let figure = |id: &Text| format!(r#"{{"measure":"{id}","value":1,"period":"2019","source":"s"}}"#);
    let figures = ids.iter().map(figure).collect::<Vec<_>>().join(",");
    let hospitals = ["a", "b"].map(|id| format!(r#"{{"id":"{id}","name":"H","figures":[{figures}]}}"#)).join(",");
    let text = format!(r#"{{"title":"t","hospitals":[{hospitals}],"sources":[{{"id":"s","title":"S"}}]}}"#);
    let catalog = load_bytes("t.json", text.as_bytes(), &Options::default()).unwrap();
    let is_kept = |id: &Text| catalog.read_figures(std::slice::from_ref(id), &|| false).is_some();
    let first_kept = || ids.iter().position(is_kept);
    assert_eq!(first_kept(), None);
    for (at, id) in ids.iter().enumerate() {
        assert_eq!(catalog.figure_column(id).figures().count(), 2, "{id}");
        assert!(is_kept(id) && (at < 16 || !is_kept(&ids[at - 16])), "{id}");
    }
    assert_eq!(first_kept(), Some(4));
    // All that are asked for at once are kept.
    assert!(catalog.read_figures(&ids, &|| true).is_some());
    assert_eq!(first_kept(), Some(0));
    assert!(ids.iter().all(is_kept));
}
