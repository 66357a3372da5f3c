//! Any bytes as a table, in whatever encoding and with whatever separator they seem to have.
#![no_main]

mod hold;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hold::reading("fuzzed.csv", bytes));
