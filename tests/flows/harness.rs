//! The real program in a pseudo-terminal: keys and signals go in, the screen comes out.
//!
//! Every wait has a deadline and nothing sleeps for a guessed time. The harness answers what a program may
//! ask its terminal, as terminals do.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// Longest that anything may take. Far above what is needed, for slow machines.
const DEADLINE: Duration = Duration::from_secs(20);

/// A running program and its terminal.
pub struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser,
}

impl Terminal {
    /// Starts `hospitui` with `args` on a terminal of that size, and waits for its first screen.
    pub fn browse(width: u16, height: u16, args: &[&str], env: &[(&str, &str)]) -> Self {
        let mut terminal = Self::start(width, height, args, env);
        terminal.wait_for("the first screen", |screen| screen.contents().contains("? help"));
        terminal
    }

    /// Starts `hospitui` with `args` on a terminal of that size.
    pub fn start(width: u16, height: u16, args: &[&str], env: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_hospitui"));
        command.args(args);
        command.env_remove("NO_COLOR");
        for (name, value) in env {
            command.env(name, value);
        }
        Self::spawn(width, height, command)
    }

    /// Starts any program on a terminal of 120 by 40.
    pub fn command(program: &str, args: &[&str]) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(args);
        Self::spawn(120, 40, command)
    }

    fn spawn(width: u16, height: u16, mut command: CommandBuilder) -> Self {
        command.env("TERM", "xterm-256color");
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, output) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = vec![0; 65536];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self {
            master: Some(pair.master),
            child,
            keys,
            output,
            parser: vt100::Parser::new(cells(height), cells(width), 0),
        }
    }

    /// Types keys separated by spaces: characters, or names such as `Down`, `Enter`, `C-c`.
    pub fn type_keys(&mut self, keys: &str) {
        for name in keys.split_whitespace() {
            let bytes = match name {
                "Up" => "\x1b[A".to_owned(),
                "Down" => "\x1b[B".to_owned(),
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

    /// Sends bytes as a terminal would.
    pub fn send(&mut self, bytes: &[u8]) {
        // A program that has ended no longer reads; the test will see that from its exit.
        let _ = self.keys.write_all(bytes).and_then(|()| self.keys.flush());
    }

    /// Reads until the screen is as wanted.
    pub fn wait_for(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let start = Instant::now();
        while !wanted(self.parser.screen()) {
            let left = DEADLINE.checked_sub(start.elapsed()).unwrap_or_default();
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("{what} did not come; the screen is:\n{}", self.text());
                }
            }
        }
    }

    /// Reads until the screen shows `text`.
    pub fn see(&mut self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Reads until the screen no longer shows `text`.
    pub fn see_gone(&mut self, text: &str) {
        self.wait_for(&format!("an end of {text}"), |screen| !screen.contents().contains(text));
    }

    fn take(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        for (question, answer) in
            // In the order in which programs ask: the background first, then what every terminal answers.
            [
                ("\x1b[6n", "\x1b[1;1R"),
                ("\x1b]11;?", "\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\"),
                ("\x1b[c", "\x1b[?62;22c"),
            ]
        {
            if bytes.windows(question.len()).any(|part| part == question.as_bytes()) {
                self.send(answer.as_bytes());
            }
        }
    }

    pub fn text(&self) -> String {
        self.parser.screen().contents()
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        self.parser.screen_mut().set_size(cells(height), cells(width));
    }

    pub fn signal(&self, signal: Signal) {
        let pid = self.child.process_id().and_then(|pid| i32::try_from(pid).ok()).and_then(Pid::from_raw);
        kill_process(pid.unwrap(), signal).unwrap();
    }

    /// Whether the kernel hands keys over unprocessed: no echo, no lines.
    pub fn is_raw(&self) -> bool {
        let modes = self.master.as_ref().unwrap().get_termios().unwrap();
        !format!("{:?}", modes.local_flags).contains("ICANON")
    }

    /// Waits until the terminal is raw, or is no longer.
    pub fn wait_for_raw(&self, raw: bool) {
        let start = Instant::now();
        while self.is_raw() != raw {
            assert!(start.elapsed() < DEADLINE, "raw mode stays {}", !raw);
            thread::sleep(Duration::from_millis(1));
        }
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

    /// Closes the terminal under the program, as when a window is closed.
    pub fn hang_up(&mut self) {
        // The reading thread holds the terminal open until it finds that nobody listens to it any more; a key
        // makes the program write, which wakes it.
        self.output = mpsc::channel().1;
        self.type_keys("j");
        self.keys = Box::new(std::io::sink());
        self.master = None;
    }

    /// Reads what is left and waits for the end of the program.
    pub fn wait_for_end(&mut self) -> ExitStatus {
        let start = Instant::now();
        let status = loop {
            while let Ok(bytes) = self.output.try_recv() {
                self.take(&bytes);
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < DEADLINE, "the program does not end; the screen is:\n{}", self.text());
            thread::sleep(Duration::from_millis(1));
        };
        // The reader ends with the program, and with it the channel.
        while let Ok(bytes) = self.output.recv_timeout(DEADLINE) {
            self.take(&bytes);
        }
        status
    }

    /// Asserts that the terminal is as a shell wants it.
    pub fn assert_restored(&self) {
        assert!(!self.is_raw(), "raw mode stays on");
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "the alternate screen stays on");
        assert!(!screen.hide_cursor(), "the cursor stays hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste stays on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse stays captured");
    }
}

/// A size as the emulator takes it.
fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has rows and columns")
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
