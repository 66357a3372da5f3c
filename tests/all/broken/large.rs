//! Files that are too large or unusually large: sparse, without line ends, large only after decompression.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::broken_file::{DEADLINE, Ended, assert_clean, at_once, folder, run, run_within};

const MIB: usize = 1 << 20;

/// A large file that is removed when the test ends, also if it fails.
struct Large(PathBuf);

impl Large {
    fn new(name: &str) -> (Self, BufWriter<File>) {
        let path = folder("large").join(name);
        let file = File::create(&path).unwrap();
        (Self(path), BufWriter::new(file))
    }

    /// A file with `start`, followed by `piece` repeated to the given size in MiB.
    fn of(name: &str, start: &str, piece: &str, mib: usize) -> Self {
        let (large, mut file) = Self::new(name);
        file.write_all(start.as_bytes()).unwrap();
        let pieces = piece.repeat(MIB / piece.len());
        for _ in 0..mib {
            file.write_all(pieces.as_bytes()).unwrap();
        }
        file.flush().unwrap();
        large
    }
}

impl Drop for Large {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn refused(path: &Path, deadline: std::time::Duration, texts: &[&str]) -> Ended {
    check_refused(run(&["convert", path.to_str().unwrap()], None, deadline), texts)
}

fn check_refused(ended: Ended, texts: &[&str]) -> Ended {
    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{}", ended.words);
    for text in texts {
        assert!(ended.words.contains(text), "no “{text}” in {}", ended.words);
    }
    assert_clean(&ended.words, &ended.words);
    ended
}

#[test]
fn a_file_beyond_the_limit_is_refused_unread() {
    let (large, file) = Large::new("sparse.csv");
    file.get_ref().set_len(2 << 30).unwrap();
    // The memory is too small to read it.
    at_once(|| {
        let ended = run_within(512 << 10, &["convert", large.0.to_str().unwrap()], DEADLINE);
        check_refused(ended, &["sparse.csv: larger than 1024 MiB", "split it"])
    });
}

#[test]
fn a_line_without_end_is_refused() {
    one_line(20);
}

#[test]
#[ignore = "writes 200 MB; for a release build"]
fn a_line_of_200_megabytes_is_refused() {
    one_line(200);
}

fn one_line(mib: usize) {
    let table = Large::of("line.csv", "name", "x", mib);
    refused(&table.0, DEADLINE, &["line.csv: line 1 is longer than 1024 KiB", "a line for each row"]);
    let row = Large::of("row.csv", "name\n", "x,", mib);
    refused(&row.0, DEADLINE, &["line 2 is longer than 1024 KiB"]);
    let array = Large::of("array.json", "[", r#"{"name":"A"},"#, mib);
    refused(&array.0, DEADLINE, &["array.json:1:", "the file ends too early"]);
    let catalog = Large::of("catalog.json", r#"{"title":"T","hospitals":["#, r#"{"id":"a","name":"A"},"#, mib);
    refused(&catalog.0, DEADLINE, &["catalog.json:1:", "the file ends too early"]);
}

/// One wrong field in a large catalog: finding its line may not take many times the file size in memory.
#[test]
#[expect(clippy::print_stdout, reason = "prints what was measured")]
fn one_fault_in_a_large_catalog_is_found_in_little_memory() {
    let (large, mut file) = Large::new("fault.json");
    file.write_all(b"{\"title\": \"T\", \"hospitals\": [\n").unwrap();
    for at in 0..60_000 {
        writeln!(file, r#"{{"id": "h{at}", "name": "Hospital number {at}", "place": {{"city": "Chongqing"}}}},"#)
            .unwrap();
    }
    file.write_all(b"{\"id\": \"last\", \"name\": 5}]}").unwrap();
    file.flush().unwrap();
    let size = file.get_ref().metadata().unwrap().len() >> 10;
    let ended =
        refused(&large.0, DEADLINE, &["fault.json:60002:24: invalid type: integer `5`", "hospitals[60000].name"]);
    let peak = ended.peak.expect("a large file takes a while");
    println!("{peak} KiB at most for a file of {size} KiB with one fault");
    // The program itself takes up to 16 MiB in a debug build.
    assert!(peak < size * 8 + (16 << 10), "{peak} KiB for a file of {size}");
}

#[test]
#[ignore = "unpacks a gigabyte; for a release build"]
fn what_unpacks_to_more_than_the_limit_is_refused() {
    let (large, file) = Large::new("bomb.csv.gz");
    let mut packed = GzEncoder::new(file, Compression::best());
    let zeros = vec![0; MIB];
    for _ in 0..1_200 {
        packed.write_all(&zeros).unwrap();
    }
    packed.finish().unwrap().flush().unwrap();
    let ended = refused(&large.0, DEADLINE, &["bomb.csv.gz: larger than 1024 MiB", "split it"]);
    let peak = ended.peak.expect("a gigabyte takes a while");
    assert!(peak < 1_500 << 10, "{peak} KiB");
}
