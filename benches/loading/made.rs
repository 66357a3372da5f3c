//! Generates files of hospitals with the columns and fields of real ones.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::{env, process};

use hospitui::catalog::Hospital;
use hospitui::text::Text;
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use serde::Serialize;
use serde_json::{Value, json};

use crate::corpus;
use crate::records::{Facility, Provider};

const COUNTS: [usize; 3] = [5_400, 98_000, 200_000];
const COUNTRIES: &[(&str, &str)] = &[("Kenya", "KEN"), ("Nigeria", "NGA"), ("Ghana", "GHA"), ("Côte d'Ivoire", "CIV")];
const REGIONS: &[&str] = &["Northern", "Upper East", "Coast", "Ashanti", "Nairobi", "Ebonyi", "Western Area"];
const KINDS: &[&str] = &["Health Post", "Health Centre", "Hospital", "Dispensary", "Clinic", "District Hospital"];
const OWNERS: &[&str] = &["MoH", "Govt.", "FBO", "NGO", ""];
const STATES: &[&str] = &["AL", "CA", "NY", "TX", "WY"];

/// A temporary folder with the files.
pub struct Folder(PathBuf);

impl Folder {
    /// Writes the files.
    pub fn new() -> Self {
        let folder = Self(env::temp_dir().join(format!("hospitui-loading-{}", process::id())));
        fs::create_dir_all(&folder.0).expect("a folder for the files");
        for count in COUNTS {
            let hospitals = corpus::generated(count);
            let mut random = SmallRng::seed_from_u64(count as u64);
            table(&folder.table(count), count, &hospitals, &mut random);
            catalog(&folder.catalog(count), &hospitals, &mut random);
        }
        folder
    }

    /// The files, in the order of size.
    pub fn files(&self) -> Vec<PathBuf> {
        COUNTS.iter().flat_map(|count| [self.table(*count), self.catalog(*count)]).collect()
    }

    fn table(&self, count: usize) -> PathBuf {
        self.0.join(format!("generated-{count}.csv"))
    }

    fn catalog(&self, count: usize) -> PathBuf {
        self.0.join(format!("generated-{count}.json"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Writes a table: the smallest in the 38 columns of a national authority, the others in the 12 columns of a list of a
/// continent.
fn table(path: &Path, count: usize, hospitals: &[Hospital], random: &mut SmallRng) {
    let mut table = csv::Writer::from_path(path).expect("a table can be written");
    let is_short = count == COUNTS[0];
    table.write_record(if is_short { Provider::HEADINGS } else { Facility::HEADINGS }).expect("headings");
    for (at, hospital) in hospitals.iter().enumerate() {
        let row = if is_short { provider(at, hospital, random) } else { facility(hospital, random) };
        table.write_record(row).expect("a row");
    }
}

fn one<'a>(from: &[&'a str], random: &mut SmallRng) -> &'a str {
    from.choose(random).unwrap_or(&"")
}

fn facility(hospital: &Hospital, random: &mut SmallRng) -> Vec<String> {
    let (country, iso) = *COUNTRIES.choose(random).unwrap_or(&("", ""));
    let (region, kind, owner) = (one(REGIONS, random), one(KINDS, random), one(OWNERS, random));
    let [lat, long] =
        [-30.0..15.0, -17.0..50.0].map(|degrees| format!("{:.6}", random.random_range::<f64, _>(degrees)));
    let name = hospital.name.as_str();
    let row = [country, region, name, kind, owner, &lat, &long, "GPS", iso, kind, "2.0", "Tier2 health center"];
    row.map(str::to_owned).into()
}

fn provider(at: usize, hospital: &Hospital, random: &mut SmallRng) -> Vec<String> {
    let (id, street, zip) = (format!("{at:06}"), format!("{} MAIN STREET", at % 9_000 + 1), format!("{:05}", at * 17));
    let phone = format!("(555) 555-{:04}", at % 10_000);
    let (city, state) = (one(REGIONS, random).to_uppercase(), one(STATES, random));
    let name = hospital.name.as_str();
    let head = [&id, name, &street, &city, state, &zip, &city, &phone, "Acute Care Hospitals", "Proprietary"];
    let mut row: Vec<String> = head.map(str::to_owned).into();
    row.extend(["Yes", "Y"].map(str::to_owned));
    let is_rated = random.random_ratio(1, 2);
    for heading in &Provider::HEADINGS[row.len()..] {
        row.push(match (heading.to_lowercase().ends_with("footnote"), is_rated) {
            (true, true) => String::new(),
            (true, false) => "16".to_owned(),
            (false, true) => random.random_range(1..6).to_string(),
            (false, false) => "Not Available".to_owned(),
        });
    }
    row
}

/// Writes a catalog: names, place, kind and ownership with its source; one third of the hospitals has beds.
fn catalog(path: &Path, hospitals: &[Hospital], random: &mut SmallRng) {
    /// The fields in the order of real catalogs: sources come before the records that name them.
    #[derive(Serialize)]
    struct Catalog {
        title: &'static str,
        sources: [Value; 1],
        hospitals: Vec<Value>,
    }

    let catalog = Catalog {
        title: "Generated hospitals",
        sources: [json!({"id": "list", "title": "A list of hospitals", "publisher": "Nobody", "language": "en"})],
        hospitals: hospitals.iter().map(|hospital| record(hospital, random)).collect(),
    };
    let file = BufWriter::new(File::create(path).expect("a catalog can be written"));
    serde_json::to_writer(file, &catalog).expect("a catalog can be written");
}

fn record(hospital: &Hospital, random: &mut SmallRng) -> Value {
    let (country, _) = *COUNTRIES.choose(random).unwrap_or(&("", ""));
    let [latitude, longitude] = [-30.0..15.0, -17.0..50.0].map(|degrees| random.random_range::<f64, _>(degrees));
    let region = one(REGIONS, random);
    let mut record = json!({
        "id": hospital.id.as_str(),
        "name": hospital.name.as_str(),
        "aliases": hospital.aliases.iter().map(Text::as_str).collect::<Vec<_>>(),
        "place": {"region": region, "country": country, "latitude": latitude, "longitude": longitude},
        "kind": one(KINDS, random),
        "ownership": {"text": "public", "source": "list"},
    });
    if let Some(native) = &hospital.native_name {
        record["native_name"] = native.as_str().into();
    }
    if random.random_ratio(1, 3) {
        let beds = random.random_range(5..900);
        record["figures"] = json!([{"measure": "beds.open", "value": beds, "period": "2019", "source": "list"}]);
    }
    record
}
