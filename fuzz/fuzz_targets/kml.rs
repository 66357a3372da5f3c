//! Reads random bytes as KML.
#![no_main]

mod hold;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hold::reading("fuzzed.kml", &[b"<kml>", bytes].concat()));
