//! What must hold of the reading of any bytes.

use hospitui::catalog::{Catalog, Hospital};
use hospitui::formats::{self, Options};
use hospitui::report;

/// Reads the bytes as a file of that name. What is refused is refused in a short and printable message; what is read
/// and written as a catalog is the same when it is read again, and is then written as the same bytes.
///
/// # Panics
///
/// When any of that fails to hold, as the fuzzer wants it.
pub fn reading(name: &str, bytes: &[u8]) {
    let options = Options { is_strict: true, ..Options::default() };
    match formats::load_bytes(name, bytes, &options) {
        Ok(catalog) => round_trip(&catalog),
        Err(error) => {
            let says = error.to_string();
            assert!(says.contains(name), "{says}");
            assert!(says.len() < 2_048, "{says}");
            assert!(!says.contains(|c: char| c.is_control() && c != '\n'), "{says:?}");
        }
    }
}

fn round_trip(catalog: &Catalog) {
    let once = written(catalog);
    let again = hospitui::formats::native::read(&once, "again.json").unwrap_or_else(|problems| panic!("{}\n{once}", problems[0]));
    assert_eq!(hospitals(catalog), hospitals(&again));
    assert_eq!(once, written(&again));
}

fn written(catalog: &Catalog) -> String {
    let mut out = Vec::new();
    report::catalog::write(&mut out, catalog).expect("memory takes all");
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn hospitals(catalog: &Catalog) -> Vec<&Hospital> {
    catalog.hospitals().map(|(_, hospital)| hospital).collect()
}
