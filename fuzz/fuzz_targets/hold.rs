//! The invariants of reading any bytes.

use hospitui::catalog::{Catalog, Hospital};
use hospitui::formats::{self, Options};
use hospitui::report;

/// Reads the bytes as a file with the given name. A refusal must have a short, printable message. A catalog that is read
/// and written must have the same hospitals when it is read again, and the same bytes when it is written again.
///
/// # Panics
///
/// When an invariant does not hold.
pub fn reading(name: &str, bytes: &[u8]) {
    let options = Options { is_strict: true, ..Options::default() };
    match formats::load_bytes(name, bytes, &options) {
        Ok(catalog) => round_trip(&catalog),
        Err(error) => {
            let message = error.to_string();
            assert!(message.contains(name), "{message}");
            assert!(message.len() < 2_048, "{message}");
            assert!(!message.contains(|c: char| c.is_control() && c != '\n'), "{message:?}");
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
    report::catalog::write(&mut out, catalog).expect("writing to memory cannot fail");
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn hospitals(catalog: &Catalog) -> Vec<&Hospital> {
    catalog.hospitals().map(|(_, hospital)| hospital).collect()
}
