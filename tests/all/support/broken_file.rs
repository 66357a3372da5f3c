//! Files made for one test, and the program run on them under a deadline.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::command::{self, PROGRAM};

/// How long any file may take, large and strange ones too.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// How long what is refused unread may take on a machine that has nothing else to do.
const AT_ONCE: Duration = Duration::from_millis(100);

/// Most bytes of what is told of a file.
const MESSAGE: usize = 2_048;

/// How a run ended.
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub words: String,
    /// The most memory that it was seen to hold, in KiB; none when it had ended before the first look.
    pub peak: Option<u64>,
    took: Duration,
}

/// Runs again and again what is refused unread; the fastest run counts, since the machine may be busy.
#[expect(clippy::print_stdout, reason = "says what was reached")]
pub fn at_once(refused: impl Fn() -> Ended) {
    let fastest = (0..10).map(|_| refused().took).min().unwrap();
    println!("refused after {fastest:?}");
    assert!(fastest < AT_ONCE, "{fastest:?}");
}

/// Runs the program in so many KiB of address space.
#[cfg(unix)]
pub fn run_within(kib: u64, args: &[&str], deadline: Duration) -> Ended {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {kib} && exec \"$0\" \"$@\""), PROGRAM]).args(args);
    ended(&mut command, None, deadline)
}

/// Runs the program; a run that outlasts its deadline fails the test.
pub fn run(args: &[&str], stdin: Option<&[u8]>, deadline: Duration) -> Ended {
    let mut command = Command::new(PROGRAM);
    command.args(args);
    ended(&mut command, stdin, deadline)
}

pub fn ended(command: &mut Command, stdin: Option<&[u8]>, deadline: Duration) -> Ended {
    let input = if stdin.is_some() { Stdio::piped() } else { Stdio::null() };
    let mut child = command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    if let Some(bytes) = stdin {
        child.stdin.take().unwrap().write_all(bytes).unwrap();
    }
    let pid = Pid::from_child(&child);
    let (send, receive) = mpsc::channel();
    thread::spawn(move || send.send(child.wait_with_output()));
    let (started, mut peak) = (Instant::now(), None);
    loop {
        match receive.recv_timeout(Duration::from_millis(20)) {
            Ok(output) => {
                let output = output.unwrap();
                let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
                return Ended {
                    code: output.status.code(),
                    out: text(output.stdout),
                    words: text(output.stderr),
                    peak,
                    took: started.elapsed(),
                };
            }
            Err(RecvTimeoutError::Timeout) if started.elapsed() < deadline => peak = memory(pid).or(peak),
            Err(error) => {
                let _ = kill_process(pid, Signal::KILL);
                panic!("{command:?} was not done in {deadline:?}: {error}");
            }
        }
    }
}

fn memory(pid: Pid) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", pid.as_raw_nonzero())).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

/// What the standard output of a run has to be.
enum Out {
    Nothing,
    /// A catalog, whole, of so many hospitals.
    Catalog(usize),
    /// Text with these words in it.
    Text(&'static [&'static str]),
}

/// A file with one fault, and what comes of it.
pub struct Case {
    name: &'static str,
    bytes: Option<Vec<u8>>,
    args: Vec<&'static str>,
    code: i32,
    says: &'static [&'static str],
    out: Out,
}

/// A file of that name and contents; `hospitui convert` is run on it, unless something else is.
pub fn file(name: &'static str, bytes: impl AsRef<[u8]>) -> Case {
    let bytes = Some(bytes.as_ref().to_vec());
    Case { name, bytes, args: vec!["convert", "@"], code: 2, says: &[], out: Out::Nothing }
}

/// No file at all: a path that stands in the arguments.
pub fn no_file(args: &[&'static str]) -> Case {
    Case { name: "none", bytes: None, args: args.to_vec(), code: 2, says: &[], out: Out::Nothing }
}

impl Case {
    /// Other arguments; `@` is the file.
    pub fn by(self, args: &[&'static str]) -> Self {
        Self { args: args.to_vec(), ..self }
    }

    /// Nothing is understood: exit 2, nothing on standard output, these words on standard error.
    pub fn refused(self, says: &'static [&'static str]) -> Self {
        Self { says, ..self }
    }

    /// So many hospitals are understood; the rest is set aside, which is told.
    pub fn aside(self, hospitals: usize, says: &'static [&'static str]) -> Self {
        Self { code: 1, says, out: Out::Catalog(hospitals), ..self }
    }

    /// All is understood; these words are told all the same.
    pub fn read(self, hospitals: usize, says: &'static [&'static str]) -> Self {
        Self { code: 0, says, out: Out::Catalog(hospitals), ..self }
    }

    /// `hospitui check` lists it in these words.
    pub fn listed(self, says: &'static [&'static str]) -> Self {
        Self { code: 1, args: vec!["check", "@"], out: Out::Text(says), ..self }
    }

    /// The command succeeds, with these words on standard output.
    pub fn shown(self, args: &[&'static str], says: &'static [&'static str]) -> Self {
        Self { code: 0, args: args.to_vec(), out: Out::Text(says), ..self }
    }

    /// Makes the file, runs the program on it, and judges what it says.
    fn examine(&self, folder: &Path) {
        let path = folder.join(self.name);
        if let Some(bytes) = &self.bytes {
            fs::write(&path, bytes).unwrap();
        }
        let args: Vec<&str> =
            self.args.iter().map(|arg| if *arg == "@" { path.to_str().unwrap() } else { *arg }).collect();
        let ended = run(&args, None, DEADLINE);
        self.judge(&ended);
        if self.bytes.is_some() {
            fs::remove_file(&path).unwrap();
        }
    }

    fn judge(&self, ended: &Ended) {
        let Ended { code, out, words, .. } = ended;
        let told = format!("{} {:?}: exit {code:?}\n{words}\n--\n{}", self.name, self.args, cut(out));
        assert_eq!(*code, Some(self.code), "{told}");
        assert_clean(words, &told);
        for says in self.says {
            assert!(words.contains(says), "no “{says}” in {told}");
        }
        assert!(!self.says.is_empty() || words.is_empty(), "something is told: {told}");
        assert!(self.code != 2 || self.bytes.is_none() || words.contains(stem(self.name)), "no file is named: {told}");
        match self.out {
            Out::Nothing => assert_eq!(out, "", "{told}"),
            Out::Catalog(hospitals) => {
                let catalog: Value = serde_json::from_str(out).unwrap_or_else(|error| panic!("{error}: {told}"));
                assert_eq!(catalog["hospitals"].as_array().map(Vec::len), Some(hospitals), "{told}");
            }
            Out::Text(says) => {
                for says in says {
                    assert!(out.contains(says), "no “{says}” in {told}");
                }
                assert_clean(&out.replace("\n\n", "\n"), &told);
            }
        }
    }
}

/// The part of a name that is shown as it stands.
fn stem(name: &str) -> &str {
    name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or(name)
}

fn cut(text: &str) -> String {
    text.chars().take(1_500).collect()
}

/// What reaches a terminal obeys nothing, and is short.
pub fn assert_clean(words: &str, told: &str) {
    assert!(words.len() < MESSAGE, "{} bytes are too much: {told}", words.len());
    let obeyed =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!words.contains(obeyed), "a control character: {told:?}");
}

/// A folder for the files of one test.
pub fn folder(name: &str) -> PathBuf {
    let path = command::folder("broken").join(name);
    fs::create_dir_all(&path).unwrap();
    path
}

/// Examines each of at least so many cases; every one that fails is told, not the first alone.
pub fn examine_all(name: &str, at_least: usize, cases: &[Case]) {
    assert!(cases.len() >= at_least, "{} cases", cases.len());
    let folder = folder(name);
    let failed = cases.iter().filter(|case| {
        let examined = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| case.examine(&folder)));
        examined.is_err()
    });
    let failed: Vec<_> = failed.map(|case| case.name).collect();
    assert!(failed.is_empty(), "{} of {} cases: {failed:?}", failed.len(), cases.len());
}
