//! Runs the real program in a pseudo-terminal: sends keys and signals, and reads the screen.
//!
//! Every wait has a deadline, and nothing sleeps for a guessed time. Reading and writing run on their own threads, so a
//! program that hangs fails the test instead of blocking it. Questions to the terminal are answered as terminals do.

use std::num::NonZeroU16;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use super::command::{PROGRAM, variables_of_the_runner};
use super::terminal_requests::Asked;
use super::terminal_threads::{Keys, read_on_a_thread};

/// The deadline of every wait. It is generous, because the machine may be busy.
const DEADLINE: Duration = Duration::from_secs(60);

/// Questions that programs ask a terminal, with the answers, in the order of asking: first the background colour, then a
/// question that every terminal answers.
const QUESTIONS: [(&str, &str); 3] =
    [("\x1b[6n", "\x1b[1;1R"), ("\x1b]11;?", "\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\"), ("\x1b[c", "\x1b[?62;22c")];

/// A running program and its terminal.
pub struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    child: Box<dyn Child + Send + Sync>,
    keys: Keys,
    output: Receiver<Vec<u8>>,
    frozen: Arc<AtomicBool>,
    parser: vt100::Parser<Asked>,
    /// The end of the last output, which may have the start of a question or the end of a frame.
    tail: Vec<u8>,
    /// Whether it answers questions.
    answers: bool,
}

impl Terminal {
    /// Starts `hospitui` with `args` in a terminal of the given size, and waits until hospitals are shown. On a busy machine
    /// the first screen is drawn before they are loaded.
    pub fn browse(width: u16, height: u16, args: &[&str], env: &[(&str, &str)]) -> Self {
        let mut terminal = Self::start(width, height, args, env);
        let is_there = |text: &str| text.contains("? help") && text.contains(" of ") && !text.contains(" 0 of 0 ");
        terminal.wait_for("the first hospitals", |screen| is_there(&screen.contents()));
        terminal
    }

    /// Starts `hospitui` with `args` in a terminal of the given size.
    pub fn start(width: u16, height: u16, args: &[&str], env: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(args);
        Self::spawn(width, height, command, env)
    }

    /// Starts `hospitui` in a terminal that answers no question.
    pub fn silent(width: u16, height: u16, env: &[(&str, &str)]) -> Self {
        let mut terminal = Self::start(width, height, &[], env);
        terminal.answers_nothing();
        terminal
    }

    /// Has the terminal answer no question from now on.
    pub fn answers_nothing(&mut self) {
        self.answers = false;
    }

    /// Writes over the screen, as another program may, without the program's knowledge.
    pub fn write_over(&mut self, text: &str) {
        self.parser.process(format!("\x1b[5;5H{text}").as_bytes());
    }

    /// Starts any program in a terminal of 120 by 40.
    pub fn command(program: &str, args: &[&str]) -> Self {
        Self::command_with(program, args, &[])
    }

    /// Starts any program in a terminal of 120 by 40, with these variables.
    pub fn command_with(program: &str, args: &[&str], env: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(args);
        Self::spawn(120, 40, command, env)
    }

    fn spawn(width: u16, height: u16, mut command: CommandBuilder, env: &[(&str, &str)]) -> Self {
        variables_of_the_runner().for_each(|name| command.env_remove(name));
        command.env("TERM", "xterm-256color");
        command.env("HOSPITUI_CONFIG", "");
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        for (name, value) in env {
            command.env(name, value);
        }
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let frozen = Arc::new(AtomicBool::new(false));
        let output = read_on_a_thread(pair.master.try_clone_reader().unwrap(), Arc::clone(&frozen));
        let keys = Keys::new(pair.master.take_writer().unwrap());
        let parser = vt100::Parser::new_with_callbacks(cells(height), cells(width), 0, Asked::default());
        Self { master: Some(pair.master), child, keys, output, frozen, parser, tail: Vec::new(), answers: true }
    }

    /// Types keys separated by spaces: characters, or names such as `Down`, `Enter`, `C-c`. `Esc` must be the last, because
    /// the terminal would combine it with the next key to a key with Alt.
    pub fn type_keys(&mut self, keys: &str) {
        assert!(!keys.contains("Esc "), "see what Esc does before the next key: {keys}");
        for name in keys.split_whitespace() {
            let bytes = match name {
                "Up" => "\x1b[A".to_owned(),
                "Down" => "\x1b[B".to_owned(),
                "Right" => "\x1b[C".to_owned(),
                "Left" => "\x1b[D".to_owned(),
                "Home" => "\x1b[H".to_owned(),
                "End" => "\x1b[F".to_owned(),
                "PageUp" => "\x1b[5~".to_owned(),
                "PageDown" => "\x1b[6~".to_owned(),
                "F1" => "\x1bOP".to_owned(),
                "Enter" => "\r".to_owned(),
                "Esc" => "\x1b".to_owned(),
                "Space" => " ".to_owned(),
                "Tab" => "\t".to_owned(),
                "Backspace" => "\x7f".to_owned(),
                other => match other.strip_prefix("C-") {
                    Some(letter) => char::from(letter.as_bytes()[0] & 0x1f).to_string(),
                    None => other.to_owned(),
                },
            };
            self.send(bytes.as_bytes());
        }
    }

    /// Sends bytes as a terminal would, without waiting until they are read.
    pub fn send(&mut self, bytes: &[u8]) {
        self.keys.send(bytes);
    }

    /// Reads until the program has read everything that was sent, or has ended.
    pub fn wait_until_taken(&mut self) {
        let start = Instant::now();
        self.read();
        while !self.keys.are_written() {
            self.read();
            assert!(start.elapsed() < DEADLINE, "the program takes no more; the screen is:\n{}", self.text());
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Reads until `wanted` holds for the screen.
    pub fn wait_for(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        self.wait_until(what, |terminal| wanted(terminal.screen()));
    }

    /// Reads until `wanted` holds for the terminal after a complete frame.
    pub fn wait_until(&mut self, what: &str, wanted: impl Fn(&Self) -> bool) {
        self.wait_until_any_time(what, |terminal| terminal.is_at_frame_end() && wanted(terminal));
    }

    /// Reads until `wanted` holds for the terminal, in whatever way another program between draws its frames.
    pub fn wait_until_any_time(&mut self, what: &str, wanted: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !wanted(self) {
            let left = DEADLINE.checked_sub(start.elapsed()).unwrap_or_default();
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("{what} did not come; the screen is:\n{}", self.text());
                }
            }
        }
    }

    /// Whether the screen has a complete frame: every frame ends by hiding or showing the cursor, and placing it.
    fn is_at_frame_end(&self) -> bool {
        let tail = String::from_utf8_lossy(&self.tail);
        let hides_or_places = tail.rfind("\x1b[?25").is_some_and(|at| match tail.split_at(at + 5) {
            (_, "l" | "h") => true,
            (_, placed) => {
                // The output may come in pieces that end within a sequence.
                placed.get(1..).is_some_and(|place| place.starts_with("\x1b["))
                    && placed.ends_with('H')
                    && placed.len() <= 12
            }
        });
        hides_or_places || !self.screen().alternate_screen()
    }

    /// Reads until the screen shows `text`.
    pub fn see(&mut self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Reads until the screen no longer shows `text`.
    pub fn see_gone(&mut self, text: &str) {
        self.wait_for(&format!("an end of {text}"), |screen| !screen.contents().contains(text));
    }

    /// Reads the available output.
    fn read(&mut self) {
        while let Ok(bytes) = self.output.try_recv() {
            self.take(&bytes);
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        self.tail.extend_from_slice(bytes);
        for (question, answer) in QUESTIONS.into_iter().filter(|_| self.answers) {
            let from = self.tail.len().saturating_sub(bytes.len() + question.len() - 1);
            if self.tail[from..].windows(question.len()).any(|part| part == question.as_bytes()) {
                self.keys.send(answer.as_bytes());
            }
        }
        self.tail.drain(..self.tail.len().saturating_sub(32));
    }

    /// The screen as text, without the spaces that end its lines: what was drawn over leaves some.
    pub fn text(&self) -> String {
        trimmed(self.parser.screen())
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The requests of the program other than drawing.
    pub fn asked(&self) -> &Asked {
        self.parser.callbacks()
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.claim_size(width, height);
        self.parser.screen_mut().set_size(cells(height), cells(width));
    }

    /// Tells the program a size without changing the size of the screen here.
    pub fn claim_size(&self, width: u16, height: u16) {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    pub fn signal(&self, signal: Signal) {
        let pid = self.child.process_id().and_then(|pid| i32::try_from(pid).ok()).and_then(Pid::from_raw);
        kill_process(pid.unwrap(), signal).unwrap();
    }

    /// A number from `/proc` about the process, such as `VmRSS` in kilobytes.
    pub fn status(&self, name: &str) -> usize {
        let path = format!("/proc/{}/status", self.child.process_id().unwrap());
        let status = std::fs::read_to_string(path).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim_start_matches(':').split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Whether the program is still running.
    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Whether the terminal is in raw mode: no echo, no line editing.
    pub fn is_raw(&self) -> bool {
        let modes = self.master.as_ref().unwrap().get_termios().unwrap();
        !format!("{:?}", modes.local_flags).contains("ICANON")
    }

    /// Waits until the terminal is in raw mode, or no longer is.
    pub fn wait_for_raw(&self, raw: bool) {
        let start = Instant::now();
        while self.is_raw() != raw {
            assert!(start.elapsed() < DEADLINE, "raw mode stays {}", !raw);
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Sets the modes of a shell, as a shell does while a program is stopped.
    pub fn make_cooked(&self) {
        let name = self.master.as_ref().unwrap().tty_name().unwrap();
        let status = std::process::Command::new("stty").arg("-F").arg(name).arg("sane").status().unwrap();
        assert!(status.success() && !self.is_raw());
    }

    /// Whether the process is stopped, as by Ctrl-Z.
    pub fn is_stopped(&self) -> bool {
        let pid = self.child.process_id().unwrap();
        std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| stat.contains(") T "))
    }

    /// Waits until the process is stopped.
    pub fn wait_until_stopped(&mut self) {
        let start = Instant::now();
        while !self.is_stopped() {
            assert!(start.elapsed() < DEADLINE, "the program does not stop");
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Stops reading until the program blocks in a write, like a terminal that hangs or was stopped with Ctrl-S.
    pub fn freeze(&mut self) {
        self.frozen.store(true, Ordering::SeqCst);
        let start = Instant::now();
        let process = format!("/proc/{}", self.child.process_id().unwrap());
        let read = |name: &str| std::fs::read_to_string(format!("{process}/{name}")).unwrap_or_default();
        // The process must be asleep, not waiting for events, and for some time, because drawing may sleep for a moment.
        let mut stuck = 0;
        while stuck < 50 {
            let is_stuck = read("stat").contains(") S ") && !read("wchan").contains("futex");
            stuck = if is_stuck { stuck + 1 } else { 0 };
            if !is_stuck {
                self.type_keys("?");
            }
            assert!(start.elapsed() < DEADLINE, "the program is not stuck");
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Closes the terminal while the program runs, as closing a window does.
    pub fn hang_up(&mut self) {
        // The reading thread keeps the terminal open until it finds its receiver gone. A key makes the program write, which
        // wakes the thread.
        self.output = mpsc::channel().1;
        self.type_keys("j");
        self.keys.close();
        self.master = None;
    }

    /// Reads the remaining output and waits for the end of the program.
    pub fn wait_for_end(&mut self) -> ExitStatus {
        let start = Instant::now();
        let status = loop {
            self.read();
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < DEADLINE, "the program does not end; the screen is:\n{}", self.text());
            thread::sleep(Duration::from_millis(1));
        };
        self.frozen.store(false, Ordering::SeqCst);
        // The reader and its channel end with the program.
        while let Ok(bytes) = self.output.recv_timeout(DEADLINE) {
            self.take(&bytes);
        }
        status
    }

    /// Asserts that the terminal is restored for the shell.
    pub fn assert_restored(&self) {
        assert!(!self.is_raw(), "raw mode stays on");
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "the alternate screen stays on");
        assert!(!screen.hide_cursor(), "the cursor stays hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste stays on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse stays captured");
    }
}

/// A screen as text, without the spaces that end its lines.
pub fn trimmed(screen: &vt100::Screen) -> String {
    screen.contents().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// A size in the type of the emulator.
fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has rows and columns")
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
