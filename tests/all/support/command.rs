//! Runs the program as a command, and writes files for it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_hospitui");

/// Runs the program with `args` and an empty standard input.
pub fn run(args: &[&str]) -> Output {
    Command::new(PROGRAM).args(args).env("HOSPITUI_CONFIG", "").stdin(Stdio::null()).output().unwrap()
}

/// A folder for the files of one group of tests, because all tests run at the same time.
pub fn folder(group: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(group);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Writes a file into the folder of `group`.
pub fn file(group: &str, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder(group).join(name);
    fs::write(&path, bytes).unwrap();
    path
}
