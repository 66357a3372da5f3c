//! Job control: the program as a job of a shell.

use super::*;

/// Reads until a line of output starts with `start`, not one that was typed.
fn see_line(terminal: &mut Terminal, start: &str) {
    terminal.wait_for(start, |screen| screen.contents().lines().any(|line| line.starts_with(start)));
}

/// Reads until a line is `start` followed by the number of a process, and returns that number.
fn see_pid(terminal: &mut Terminal, start: &str) -> Pid {
    see_line(terminal, start);
    let text = terminal.text();
    let pid = text.lines().find_map(|line| line.strip_prefix(start)?.trim().parse().ok());
    pid.and_then(Pid::from_raw).unwrap_or_else(|| panic!("{text}"))
}

/// A shell with job control. The program is its first job.
struct Shell {
    terminal: Terminal,
    /// The program.
    pid: Pid,
}

impl Shell {
    fn new() -> Self {
        let mut terminal =
            Terminal::command("env", &["PS1=ready> ", "bash", "--noediting", "--norc", "--noprofile", "-i"]);
        terminal.see("ready>");
        Self::type_line(&mut terminal, &format!("'{PROGRAM}'"));
        terminal.see("? help");
        terminal.type_keys("C-z");
        terminal.see("Stopped");
        Self::type_line(&mut terminal, "echo job $(jobs -p)");
        let pid = see_pid(&mut terminal, "job ");
        Self { terminal, pid }
    }

    /// Types a line after clearing the screen, so that only its result is seen.
    fn type_line(terminal: &mut Terminal, line: &str) {
        terminal.send(format!("printf '\\e[H\\e[J'; {line}\r").as_bytes());
    }

    fn run(&mut self, line: &str) {
        Self::type_line(&mut self.terminal, line);
    }

    /// The state of the process: `T` if stopped, `S` if waiting; none if it has ended.
    fn state(&self) -> Option<char> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid.as_raw_nonzero())).ok()?;
        stat.rsplit_once(") ")?.1.chars().next().filter(|state| *state != 'Z')
    }

    /// Waits until `wanted` holds. It does not wait for the end of a frame, because a shell draws none.
    fn wait_until(&mut self, wanted: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !wanted(self) {
            assert!(start.elapsed() < Duration::from_secs(60), "{:?}: {}", self.state(), self.terminal.text());
            self.terminal.wait_until_taken();
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

#[test]
fn in_the_background_it_stops_again() {
    let mut shell = Shell::new();
    // The shell must have noticed the second stop before it continues the job.
    shell.run("bg; wait %1; echo waited");
    see_line(&mut shell.terminal, "waited");
    assert_eq!(shell.state(), Some('T'));
    shell.terminal.assert_restored();
    shell.run("fg");
    shell.terminal.see("? help");
    shell.terminal.type_keys("q");
    shell.terminal.see("ready>");
    shell.wait_until(|shell| shell.state().is_none());
    shell.terminal.assert_restored();
}

#[test]
fn started_in_the_background_it_can_be_ended() {
    let mut shell = Shell::new();
    shell.run(&format!("kill %1; '{PROGRAM}' --theme dark & sleep 0.3; echo behind $!"));
    shell.pid = see_pid(&mut shell.terminal, "behind ");
    shell.wait_until(|shell| shell.state() == Some('T'));
    shell.run("kill $!; kill -CONT $!");
    shell.wait_until(|shell| shell.state().is_none());
    shell.terminal.assert_restored();
}

#[test]
fn in_the_background_it_can_be_ended() {
    for line in ["kill %1", "bg; kill %1"] {
        let mut shell = Shell::new();
        shell.run(line);
        shell.wait_until(|shell| shell.state().is_none());
        shell.run("echo over");
        see_line(&mut shell.terminal, "over");
        shell.terminal.assert_restored();
    }
}

#[test]
fn a_program_that_was_stopped_in_mid_use_leaves_no_screen_when_it_is_ended() {
    let mut shell = Shell::new();
    shell.run("fg");
    shell.terminal.see("? help");
    rustix::process::kill_process(shell.pid, Signal::STOP).unwrap();
    shell.wait_until(|shell| shell.state() == Some('T'));
    // The browser's screen is still there, below the output of the shell.
    shell.wait_until(|shell| shell.terminal.text().contains("Stopped"));
    shell.run("kill %1");
    shell.wait_until(|shell| shell.state().is_none());
    shell.run("echo over");
    shell.wait_until(|shell| !shell.terminal.screen().alternate_screen());
    see_line(&mut shell.terminal, "over");
    shell.terminal.assert_restored();
}

#[test]
fn brought_to_the_foreground_at_once_it_continues() {
    let mut shell = Shell::new();
    for _ in 0..10 {
        shell.run("bg; fg");
        shell.terminal.see("? help");
        shell.terminal.type_keys("C-z");
        shell.terminal.see("Stopped");
    }
}
