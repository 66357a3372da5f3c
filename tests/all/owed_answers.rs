//! Answers that the terminal still owes when the program gives it back: the shell must not read them.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::support::command::PROGRAM;
use crate::support::terminal::Terminal;

/// What a terminal answers: the colour of its background, and its attributes.
const ANSWER: &[u8] = b"\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\\x1b[?62;22c";

/// How long the answer comes after the end of the program was asked for, as over a slow line.
const DELAY: Duration = Duration::from_millis(150);

/// A shell that runs the program and then reads what was typed meanwhile, in a terminal that does not answer by itself.
struct Shell {
    terminal: Terminal,
    /// Where the shell writes the number of the process.
    pid_file: PathBuf,
}

impl Shell {
    /// Runs a command of the program, and waits until it has asked so many questions. `$RUN` is the program; where it is
    /// run by `bash -c "$NOTED"`, the test knows the number of its process.
    fn new(name: &str, command: &str, env: &[(&str, &str)], questions: usize) -> Self {
        let pid_file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("owed-{name}.pid"));
        let noted = format!("echo $$ > '{}'; exec '{PROGRAM}'", pid_file.display());
        let script = format!("{command}; IFS= read -rs -t 1 -d '' typed; printf 'typed: %q.\\n' \"$typed\"");
        let env = [&[("RUN", PROGRAM), ("NOTED", noted.as_str())], env].concat();
        let mut terminal = Terminal::command_with("bash", &["-c", &script], &env);
        terminal.answers_nothing();
        terminal.wait_until_any_time("the question", |terminal| terminal.asked().background_colour == questions);
        Self { terminal, pid_file }
    }

    fn signal(&self, signal: Signal) {
        let pid = fs::read_to_string(&self.pid_file).unwrap().trim().parse().unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
    }

    /// Answers late, and sees that the shell finds nothing typed and shows nothing of the answer.
    fn assert_nothing_is_left(mut self, when: &str) {
        thread::sleep(DELAY);
        self.terminal.send(ANSWER);
        self.terminal.wait_until_any_time(when, |terminal| terminal.text().contains("typed: "));
        let text = self.terminal.text();
        assert!(text.contains("typed: ''."), "{when}: {text}");
        assert!(!text.contains("rgb") && !text.contains("62;22c"), "{when}: {text}");
    }
}

#[test]
fn the_shell_does_not_get_the_answer_after_quitting() {
    let mut shell = Shell::new("quit", "$RUN", &[], 1);
    shell.terminal.type_keys("q");
    shell.assert_nothing_is_left("q");
}

#[test]
fn the_shell_does_not_get_the_answer_when_the_data_cannot_be_loaded() {
    let data = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("owed-bad.json");
    fs::write(&data, "{\"a\":").unwrap();
    let shell = Shell::new("bad", "$RUN \"$DATA\"", &[("DATA", data.to_str().unwrap())], 1);
    shell.assert_nothing_is_left("data that cannot be loaded");
}

#[test]
fn the_shell_does_not_get_the_answer_after_a_signal() {
    for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
        let name = format!("signal-{}", signal.as_raw());
        let shell = Shell::new(&name, "bash -c \"$NOTED\"", &[], 1);
        shell.signal(signal);
        shell.assert_nothing_is_left(&name);
    }
}

#[test]
fn the_shell_does_not_get_the_answer_after_a_stop() {
    let stopped = "set -m; bash -c \"$NOTED\"; kill -KILL %1";
    let shell = Shell::new("stop", stopped, &[], 1);
    shell.signal(Signal::TSTP);
    shell.assert_nothing_is_left("SIGTSTP");
    let mut shell = Shell::new("key", stopped, &[], 1);
    shell.terminal.type_keys("C-z");
    shell.assert_nothing_is_left("Ctrl-Z");
}

#[test]
fn the_shell_does_not_get_the_answer_after_a_panic() {
    let mut shell = Shell::new("panic", "$RUN", &[("HOSPITUI_TEST_PANIC", "main x")], 1);
    shell.terminal.send(b"\x1b[200~x\x1b[201~");
    shell.assert_nothing_is_left("a panic");
}

#[test]
fn the_shell_gets_neither_of_two_answers() {
    // Brought to the foreground, the program enters the screen and is told that it continues: it asks twice.
    let mut shell = Shell::new("fg", "set -m; $RUN & sleep 0.1; fg", &[], 2);
    shell.terminal.send(ANSWER);
    shell.terminal.type_keys("q");
    shell.assert_nothing_is_left("two questions");
}
