//! The bare parse of a file into structs of `String`s.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_json::value::RawValue;

/// A record with a text field for each heading. Numbers are text too, because columns also have footnotes.
macro_rules! record {
    ($name:ident: $($field:ident = $heading:literal,)*) => {
        #[derive(Deserialize)]
        #[expect(dead_code, reason = "they are parsed, not read")]
        pub struct $name { $(#[serde(rename = $heading)] $field: String,)* }

        impl $name {
            pub const HEADINGS: &[&str] = &[$($heading),*];
        }
    };
}

record! { Facility:
    country = "Country",
    admin1 = "Admin1",
    name = "Facility name",
    kind = "Facility type",
    ownership = "Ownership",
    lat = "Lat",
    long = "Long",
    from = "LL source",
    iso = "iso3c",
    class = "facility_type_9",
    tier = "Tier",
    tier_name = "Tier_name",
}

record! { Provider:
    id = "Facility ID",
    name = "Facility Name",
    address = "Address",
    city = "City/Town",
    state = "State",
    zip = "ZIP Code",
    county = "County/Parish",
    phone = "Telephone Number",
    kind = "Hospital Type",
    ownership = "Hospital Ownership",
    emergency = "Emergency Services",
    birthing = "Meets criteria for birthing friendly designation",
    rating = "Hospital overall rating",
    rating_footnote = "Hospital overall rating footnote",
    mortality = "MORT Group Measure Count",
    mortality_own = "Count of Facility MORT Measures",
    mortality_better = "Count of MORT Measures Better",
    mortality_same = "Count of MORT Measures No Different",
    mortality_worse = "Count of MORT Measures Worse",
    mortality_footnote = "MORT Group Footnote",
    safety = "Safety Group Measure Count",
    safety_own = "Count of Facility Safety Measures",
    safety_better = "Count of Safety Measures Better",
    safety_same = "Count of Safety Measures No Different",
    safety_worse = "Count of Safety Measures Worse",
    safety_footnote = "Safety Group Footnote",
    readmission = "READM Group Measure Count",
    readmission_own = "Count of Facility READM Measures",
    readmission_better = "Count of READM Measures Better",
    readmission_same = "Count of READM Measures No Different",
    readmission_worse = "Count of READM Measures Worse",
    readmission_footnote = "READM Group Footnote",
    experience = "Pt Exp Group Measure Count",
    experience_own = "Count of Facility Pt Exp Measures",
    experience_footnote = "Pt Exp Group Footnote",
    timely = "TE Group Measure Count",
    timely_own = "Count of Facility TE Measures",
    timely_footnote = "TE Group Footnote",
}

/// A catalog in the simplest types. Fields with several forms stay raw JSON.
#[derive(Deserialize)]
struct Catalog {
    #[expect(dead_code, reason = "they are parsed, not read")]
    title: String,
    #[serde(default)]
    #[expect(dead_code, reason = "they are parsed, not read")]
    sources: Vec<HashMap<String, String>>,
    hospitals: Vec<Hospital>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are parsed, not read")]
pub struct Hospital {
    id: String,
    name: String,
    native_name: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    place: Option<Place>,
    kind: Option<String>,
    grade: Option<Fact>,
    ownership: Option<Fact>,
    founded: Option<Fact>,
    status: Option<Fact>,
    address: Option<Fact>,
    phone: Option<Fact>,
    website: Option<Fact>,
    #[serde(default)]
    figures: Vec<Figure>,
    campuses: Option<Box<RawValue>>,
    rankings: Option<Box<RawValue>>,
    accreditations: Option<Box<RawValue>>,
    specialties: Option<Box<RawValue>>,
    affiliations: Option<Box<RawValue>>,
    partners: Option<Box<RawValue>>,
    programmes: Option<Box<RawValue>>,
    milestones: Option<Box<RawValue>>,
    people: Option<Box<RawValue>>,
    #[serde(default)]
    extra: Vec<Extra>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are parsed, not read")]
struct Place {
    city: Option<String>,
    region: Option<String>,
    country: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are parsed, not read")]
struct Fact {
    text: String,
    source: String,
    caveat: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are parsed, not read")]
struct Figure {
    measure: String,
    value: Box<RawValue>,
    period: Option<Box<RawValue>>,
    scope: Option<Box<RawValue>>,
    source: String,
    caveat: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are parsed, not read")]
struct Extra {
    source: String,
    facts: HashMap<String, String>,
}

/// The records of a file.
pub enum Records {
    Facilities(Vec<Facility>),
    Providers(Vec<Provider>),
    Rows(Vec<Vec<String>>),
    Hospitals(Vec<Hospital>),
    Values(Vec<Value>),
}

impl Records {
    pub fn len(&self) -> usize {
        match self {
            Self::Facilities(all) => all.len(),
            Self::Providers(all) => all.len(),
            Self::Rows(all) => all.len(),
            Self::Hospitals(all) => all.len(),
            Self::Values(all) => all.len(),
        }
    }
}

/// Parses a file into records.
pub fn typed(bytes: &[u8]) -> Records {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    if !is_json(bytes) {
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let headings = rows.headers().expect("the table has headings").clone();
        let has = |all: &[&str]| all.iter().all(|one| headings.iter().any(|heading| heading == *one));
        return match () {
            () if has(Facility::HEADINGS) => Records::Facilities(all(rows)),
            () if has(Provider::HEADINGS) => Records::Providers(all(rows)),
            () => Records::Rows(all(rows)),
        };
    }
    if let Ok(catalog) = serde_json::from_str::<Catalog>(text) {
        return Records::Hospitals(catalog.hospitals);
    }
    let mut value: Value = serde_json::from_str(text).expect("the JSON can be parsed");
    let field = ["/features", "/elements"].into_iter().find(|field| value.pointer(field).is_some());
    let records = value.pointer_mut(field.unwrap_or_default()).and_then(Value::as_array_mut);
    Records::Values(records.map(std::mem::take).expect("there are records in the JSON"))
}

fn all<T: DeserializeOwned>(mut rows: csv::Reader<&[u8]>) -> Vec<T> {
    rows.deserialize().collect::<Result<_, _>>().expect("the table can be parsed")
}

/// Parses a file and keeps nothing. Returns the number of rows of a table, or 0 for JSON.
pub fn skim(bytes: &[u8]) -> usize {
    if is_json(bytes) {
        serde_json::from_slice::<IgnoredAny>(bytes).expect("the JSON can be parsed");
        return 0;
    }
    let mut rows = ReaderBuilder::new().flexible(true).from_reader(bytes);
    let (mut row, mut count) = (ByteRecord::new(), 0);
    while rows.read_byte_record(&mut row).expect("the table can be parsed") {
        count += 1;
    }
    count
}

/// Reads a table row by row and keeps every cell as a `String`. The bytes of the file are not kept.
pub fn strings(file: &Path) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut kept) = (table(file), StringRecord::new(), Vec::new());
    while rows.read_record(&mut row).expect("the table can be parsed") {
        kept.push(row.iter().map(str::to_owned).collect());
    }
    kept
}

/// Reads a table row by row into one record. Returns the number of rows.
pub fn bytes(file: &Path) -> usize {
    let (mut rows, mut row, mut count) = (table(file), ByteRecord::new(), 0);
    while rows.read_byte_record(&mut row).expect("the table can be parsed") {
        count += 1;
    }
    count
}

fn table(file: &Path) -> csv::Reader<File> {
    ReaderBuilder::new().buffer_capacity(1 << 16).from_path(file).expect("the file can be read")
}

fn is_json(bytes: &[u8]) -> bool {
    bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| matches!(byte, b'{' | b'['))
}
