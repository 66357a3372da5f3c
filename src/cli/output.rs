//! Where results go: to a file or a pipe as they are; to a terminal in its width and with colours, and through a pager where
//! they are longer than the screen.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::SIGINT;

use crate::cli::args::{OutputArgs, When};
use crate::report::TableStyle;
use crate::tui;

/// The pager where `PAGER` names none.
const DEFAULT: &str = "less";

/// What pagers are told where nobody else tells them: leave at once what fits the screen, pass colours on, and leave what was
/// read on the screen.
const TOLD: [(&str, &str); 2] = [("LESS", "FRX"), ("LV", "-c")];

/// Characters of a command that only a shell understands.
const OF_THE_SHELL: &str = "|&;<>()$`\\\"'*?[#~=%\n";

/// The results of a command.
#[derive(Debug)]
pub struct Output {
    out: BufWriter<io::Stdout>,
    /// Columns and lines of the terminal; none when it is none.
    terminal: Option<(usize, usize)>,
    pager: Pager,
}

#[derive(Debug)]
enum Pager {
    /// Results are written at once.
    None,
    /// They are held back until they are longer than the screen.
    Waiting(Held),
    /// They go to a pager.
    Running(Child, BufWriter<ChildStdin>),
}

/// Results that may yet fit the screen.
#[derive(Debug, Default)]
struct Held {
    command: String,
    text: Vec<u8>,
    /// Lines of the screen that are full, and columns of the one that is not.
    lines: usize,
    columns: usize,
    /// Whether it ends within a sequence that sets a colour.
    is_in_colour: bool,
}

impl Output {
    /// The standard output.
    #[must_use]
    pub fn stdout() -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal().then(tui::terminal_size).flatten();
        Self { out: BufWriter::new(stdout), terminal, pager: Pager::None }
    }

    /// How a table is to look here.
    pub(super) fn style(&self, args: OutputArgs) -> TableStyle {
        let is_refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let has_colour = match args.color {
            When::Auto => self.terminal.is_some() && !is_dumb(),
            When::Always => true,
            When::Never => false,
        };
        TableStyle { width: self.terminal.map(|(columns, _)| columns), has_colour: has_colour && !is_refused }
    }

    /// Has a pager show what is longer than the screen, if there is one to show it on.
    pub(super) fn page(&mut self, args: OutputArgs) {
        let command = env::var("PAGER").unwrap_or_else(|_| DEFAULT.to_owned());
        let is_wanted = !args.no_pager && !matches!(command.trim(), "" | "cat") && !is_dumb();
        if is_wanted && self.terminal.is_some() {
            self.pager = Pager::Waiting(Held { command, ..Held::default() });
        }
    }

    /// Writes what is left, and waits until the pager is closed. To be called before anything else is written to the terminal.
    ///
    /// # Errors
    ///
    /// When the output cannot be written to.
    pub fn finish(&mut self) -> io::Result<()> {
        match std::mem::replace(&mut self.pager, Pager::None) {
            Pager::None => {}
            Pager::Waiting(held) => self.out.write_all(&held.text)?,
            Pager::Running(mut child, mut input) => {
                let written = input.flush();
                drop(input);
                child.wait()?;
                written?;
            }
        }
        self.out.flush()
    }

    /// Hands what is held back to the pager. One that does not start is done without.
    fn start_pager(&mut self, Held { command, text, .. }: Held) -> io::Result<()> {
        match start(&command) {
            Some((child, mut input)) => {
                let written = input.write_all(&text);
                self.pager = Pager::Running(child, input);
                written
            }
            None => self.out.write_all(&text),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.pager {
            Pager::None => return self.out.write(bytes),
            Pager::Running(_, input) => return input.write(bytes),
            Pager::Waiting(held) => {
                let (columns, lines) = self.terminal.unwrap_or((usize::MAX, usize::MAX));
                held.push(bytes, columns);
                // The shell's prompt takes a line, too.
                if held.lines < lines {
                    return Ok(bytes.len());
                }
            }
        }
        if let Pager::Waiting(held) = std::mem::replace(&mut self.pager, Pager::None) {
            self.start_pager(held)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.pager {
            Pager::None => self.out.flush(),
            Pager::Waiting(_) => Ok(()),
            Pager::Running(_, input) => input.flush(),
        }
    }
}

impl Held {
    /// Adds text, which a terminal of so many columns breaks. Each character counts for one column, and colours for none.
    fn push(&mut self, bytes: &[u8], columns: usize) {
        self.text.extend_from_slice(bytes);
        for byte in bytes {
            let is_start = byte & 0xC0 != 0x80;
            self.is_in_colour |= *byte == 0x1b;
            self.columns += usize::from(is_start && !self.is_in_colour);
            self.is_in_colour &= *byte != b'm';
            if *byte == b'\n' || self.columns > columns {
                self.lines += 1;
                self.columns = usize::from(*byte != b'\n');
            }
        }
    }
}

/// Whether the terminal can do nothing but print.
fn is_dumb() -> bool {
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Starts a pager; none when it cannot be started.
fn start(command: &str) -> Option<(Child, BufWriter<ChildStdin>)> {
    let needs_shell = |text: &str| text.contains(|c| OF_THE_SHELL.contains(c));
    let mut words = command.split_whitespace();
    let program = words.next()?;
    let mut process = if needs_shell(command) {
        // A shell would start, whether there is a pager or not.
        if !needs_shell(program) && !is_installed(program) {
            return None;
        }
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(command);
        shell
    } else {
        let mut pager = Command::new(program);
        pager.args(words);
        pager
    };
    for (variable, value) in TOLD.into_iter().filter(|(variable, _)| env::var_os(variable).is_none()) {
        process.env(variable, value);
    }
    let mut child = process.stdin(Stdio::piped()).spawn().ok()?;
    // The keys of an interrupt go to the pager, which knows what to do with them.
    let _ = signal_hook::flag::register(SIGINT, Arc::new(AtomicBool::new(false)));
    let input = child.stdin.take()?;
    Some((child, BufWriter::new(input)))
}

/// Whether a program can be found.
fn is_installed(program: &str) -> bool {
    if program.contains('/') {
        return Path::new(program).is_file();
    }
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders).any(|folder| folder.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_a_terminal_breaks_them() {
        for (text, lines) in [
            ("", 0),
            ("a", 0),
            ("a\n", 1),
            ("abcd\n", 1),
            ("abcde\n", 2),
            ("abcdefghi", 2),
            ("北京\n\n", 2),
            ("\u{1b}[1mab\u{1b}[0mcd\n", 1),
        ] {
            let mut held = Held::default();
            held.push(text.as_bytes(), 4);
            assert_eq!(held.lines, lines, "{text:?}");
        }
    }
}
