//! Makes files for one test, and runs the program on them with a deadline.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::command::{self, PROGRAM, program};

/// The time limit for any file, including large ones.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// The time limit on an idle machine for files that are refused without being read.
const AT_ONCE: Duration = Duration::from_millis(100);

/// The maximum length of the messages about a file, in bytes.
const MESSAGE: usize = 2_048;

/// The result of a run.
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub words: String,
    /// The observed peak memory in KiB; none if the run ended before the first measurement.
    pub peak: Option<u64>,
    took: Duration,
}

/// Runs several times a file that is refused without being read. The fastest run counts, because the machine may be busy.
#[expect(clippy::print_stdout, reason = "messages what was reached")]
pub fn at_once(refused: impl Fn() -> Ended) {
    let fastest = (0..10).map(|_| refused().took).min().unwrap();
    println!("refused after {fastest:?}");
    assert!(fastest < AT_ONCE, "{fastest:?}");
}

/// Runs the program with an address space of the given size in KiB.
#[cfg(unix)]
pub fn run_within(kib: u64, args: &[&str], deadline: Duration) -> Ended {
    let mut command = command::command("sh");
    command.args(["-c", &format!("ulimit -v {kib} && exec \"$0\" \"$@\""), PROGRAM]).args(args);
    ended(&mut command, None, deadline)
}

/// Runs the program. A run that exceeds its deadline fails the test.
pub fn run(args: &[&str], stdin: Option<&[u8]>, deadline: Duration) -> Ended {
    let mut command = program();
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

/// The expected standard output of a run.
enum Out {
    Nothing,
    /// A complete catalog with this number of hospitals.
    Catalog(usize),
    /// A text that contains these words.
    Text(&'static [&'static str]),
}

/// A file with one fault, and the expected result.
pub struct Case {
    name: &'static str,
    bytes: Option<Vec<u8>>,
    args: Vec<&'static str>,
    code: i32,
    messages: &'static [&'static str],
    out: Out,
}

/// A file with the given name and content. By default, `hospitui convert` is run on it.
pub fn file(name: &'static str, bytes: impl AsRef<[u8]>) -> Case {
    let bytes = Some(bytes.as_ref().to_vec());
    Case { name, bytes, args: vec!["convert", "@"], code: 2, messages: &[], out: Out::Nothing }
}

/// A path in the arguments without a file.
pub fn no_file(args: &[&'static str]) -> Case {
    Case { name: "none", bytes: None, args: args.to_vec(), code: 2, messages: &[], out: Out::Nothing }
}

impl Case {
    /// Sets other arguments; `@` stands for the file.
    pub fn by(self, args: &[&'static str]) -> Self {
        Self { args: args.to_vec(), ..self }
    }

    /// Expects that the file is refused: exit 2, nothing on standard output, these words on standard error.
    pub fn refused(self, messages: &'static [&'static str]) -> Self {
        Self { messages, ..self }
    }

    /// Expects this number of hospitals; other rows are rejected with these words on standard error.
    pub fn rejected(self, hospitals: usize, messages: &'static [&'static str]) -> Self {
        Self { code: 1, messages, out: Out::Catalog(hospitals), ..self }
    }

    /// Expects that everything is read, with these words on standard error.
    pub fn read(self, hospitals: usize, messages: &'static [&'static str]) -> Self {
        Self { code: 0, messages, out: Out::Catalog(hospitals), ..self }
    }

    /// Expects that `hospitui check` reports it in these words.
    pub fn listed(self, messages: &'static [&'static str]) -> Self {
        Self { code: 1, args: vec!["check", "@"], out: Out::Text(messages), ..self }
    }

    /// Expects that the command succeeds, with these words on standard output.
    pub fn shown(self, args: &[&'static str], messages: &'static [&'static str]) -> Self {
        Self { code: 0, args: args.to_vec(), out: Out::Text(messages), ..self }
    }

    /// Makes the file, runs the program on it, and checks the result.
    fn check_in(&self, folder: &Path) {
        let path = folder.join(self.name);
        if let Some(bytes) = &self.bytes {
            fs::write(&path, bytes).unwrap();
        }
        let args: Vec<&str> =
            self.args.iter().map(|arg| if *arg == "@" { path.to_str().unwrap() } else { *arg }).collect();
        let ended = run(&args, None, DEADLINE);
        self.check(&ended);
        if self.bytes.is_some() {
            fs::remove_file(&path).unwrap();
        }
    }

    fn check(&self, ended: &Ended) {
        let Ended { code, out, words, .. } = ended;
        let context = format!("{} {:?}: exit {code:?}\n{words}\n--\n{}", self.name, self.args, cut(out));
        assert_eq!(*code, Some(self.code), "{context}");
        assert_clean(words, &context);
        for text in self.messages {
            assert!(words.contains(text), "no “{text}” in {context}");
        }
        assert!(!self.messages.is_empty() || words.is_empty(), "unexpected messages: {context}");
        assert!(
            self.code != 2 || self.bytes.is_none() || words.contains(stem(self.name)),
            "no file is named: {context}"
        );
        match self.out {
            Out::Nothing => assert_eq!(out, "", "{context}"),
            Out::Catalog(hospitals) => {
                let catalog: Value = serde_json::from_str(out).unwrap_or_else(|error| panic!("{error}: {context}"));
                assert_eq!(catalog["hospitals"].as_array().map(Vec::len), Some(hospitals), "{context}");
            }
            Out::Text(texts) => {
                for text in texts {
                    assert!(out.contains(text), "no “{text}” in {context}");
                }
                assert_clean(&out.replace("\n\n", "\n"), &context);
            }
        }
    }
}

/// The part of a name that is shown unchanged.
fn stem(name: &str) -> &str {
    name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or(name)
}

fn cut(text: &str) -> String {
    text.chars().take(1_500).collect()
}

/// Asserts that messages have no control characters and are short.
pub fn assert_clean(words: &str, context: &str) {
    assert!(words.len() < MESSAGE, "{} bytes are too much: {context}", words.len());
    let is_control =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!words.contains(is_control), "a control character: {context:?}");
}

/// A folder for the files of one test.
pub fn folder(name: &str) -> PathBuf {
    let path = command::folder("broken").join(name);
    fs::create_dir_all(&path).unwrap();
    path
}

/// Checks all cases, of which there must be at least `min_count`, and reports every one that fails.
pub fn check_all(name: &str, min_count: usize, cases: &[Case]) {
    assert!(cases.len() >= min_count, "{} cases", cases.len());
    let folder = folder(name);
    let failed = cases.iter().filter(|case| {
        let examined = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| case.check_in(&folder)));
        examined.is_err()
    });
    let failed: Vec<_> = failed.map(|case| case.name).collect();
    assert!(failed.is_empty(), "{} of {} cases: {failed:?}", failed.len(), cases.len());
}
