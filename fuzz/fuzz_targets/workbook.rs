//! Reads random bytes as a workbook or an archive.
#![no_main]

mod hold;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hold::reading("fuzzed.xls", bytes));
