//! Runs the program as a command, and writes files for it.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_hospitui");

/// Variables that the program heeds besides its own.
const HEEDED: [&str; 16] = [
    "LC_ALL",
    "LC_CTYPE",
    "LANG",
    "COLORTERM",
    "COLORFGBG",
    "NO_COLOR",
    "PAGER",
    "LESS",
    "LV",
    "STY",
    "TMUX",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "SSH_TTY",
    "SSH_CONNECTION",
    "XDG_CONFIG_HOME",
];

/// The variables of whoever runs the tests that would change what the program does.
pub fn variables_of_the_runner() -> impl Iterator<Item = OsString> {
    let own = env::vars_os().map(|(name, _)| name).filter(|name| name.to_string_lossy().starts_with("HOSPITUI_"));
    own.chain(HEEDED.into_iter().map(OsString::from))
}

/// A command that does not get [`variables_of_the_runner`], nor reads a configuration.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for variable in variables_of_the_runner() {
        command.env_remove(variable);
    }
    command.env("HOSPITUI_CONFIG", "");
    command
}

/// The program, as [`command`] makes it.
pub fn program() -> Command {
    command(PROGRAM)
}

/// Runs the program with `args` and an empty standard input.
pub fn run(args: &[&str]) -> Output {
    program().args(args).stdin(Stdio::null()).output().unwrap()
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
