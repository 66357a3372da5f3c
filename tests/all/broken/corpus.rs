//! The corpus of the fuzzers: inputs that each cover code of the readers that no earlier input covers.

use std::fs;
use std::path::Path;

use hospitui::formats::{self, Options};
use hospitui::report;

/// Reads every input of a fuzz target as a file with the given name. What can be read is also written.
fn read_all(target: &str, name: &str, [fewest, fewest_understood]: [usize; 2]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let (mut count, mut understood) = (0, 0);
    for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        let options = Options { is_strict: true, ..Options::default() };
        count += 1;
        match formats::load_bytes(name, &fs::read(&path).unwrap(), &options) {
            Ok(catalog) => {
                report::catalog::write(&mut std::io::sink(), &catalog).unwrap();
                understood += 1;
            }
            Err(error) => {
                let message = error.to_string();
                assert!(message.contains(name) && message.len() < 2_048, "{}: {message}", path.display());
            }
        }
    }
    assert!(count >= fewest && understood >= fewest_understood, "{target}: {understood} of {count} understood");
}

#[test]
fn what_fuzzers_found_is_read_or_refused() {
    read_all("catalog", "fuzzed.json", [600, 40]);
    read_all("table", "fuzzed.csv", [400, 100]);
}
