//! Reads random bytes as a JSON file: a catalog, GeoJSON, an Overpass answer or a plain array.
#![no_main]

mod hold;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hold::reading("fuzzed.json", bytes));
