//! Reads random bytes as a table, with the encoding and separator that are detected.
#![no_main]

mod hold;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hold::reading("fuzzed.csv", bytes));
