//! The clipboard: the way by which a text gets there, and what to tell the user of it.
//!
//! Three ways lead there. A program of the desktop (`wl-copy`, `xclip`, `xsel`, `pbcopy`) says whether it worked, but needs
//! the desktop of this machine. OSC 52 asks the terminal, also over SSH, but terminals do not say whether they heed it.
//! Within tmux, its own command takes the text and passes it on.
//!
//! The crates for this do less: `arboard` and `copypasta` know the desktop only, and on X11 the text is gone when the
//! program ends. The command of crossterm is not wrapped for GNU screen, and ends with a sequence that ends the wrapping.

use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::thread;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::tui::environment::{Environment, Multiplexer};

/// Longest text that is sent to a terminal, in bytes: in base 64 it takes the 100,000 bytes that most terminals accept.
const LONGEST: usize = 74_994;

/// Longest piece of a sequence that GNU screen passes on. It drops strings of 768 bytes.
const LONGEST_PIECE: usize = 700;

/// Which way a text takes to the clipboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clipboard {
    /// The surest way that is there.
    #[default]
    Auto,
    /// The sequence OSC 52, which asks the terminal.
    Osc52,
    /// A program of the desktop, or tmux.
    Command,
    /// None.
    Off,
}

impl Clipboard {
    /// The ways, each with its name and what it does.
    pub(crate) const ALL: [(&'static str, Self, &'static str); 4] = [
        ("auto", Self::Auto, "The surest way that is there"),
        ("osc52", Self::Osc52, "Ask the terminal, by the sequence OSC 52"),
        ("command", Self::Command, "Run wl-copy, xclip, xsel, pbcopy or tmux"),
        ("off", Self::Off, "Never copy"),
    ];
}

/// What to write, where no program took a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Copying {
    /// This, to the terminal.
    Sequence(String),
    /// Nothing; the reason.
    Refused(String),
}

/// A text that no program took, and what the last one said of it; nothing, if no program is there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotTaken {
    pub(super) text: String,
    pub(super) reason: Option<String>,
}

impl<F: Fn(&str) -> Option<String>> Environment<F> {
    /// The commands that may take a text, the surest first. Over SSH the desktop of this machine is not the user's.
    fn commands(&self, is_asked_for: bool) -> Vec<&'static [&'static str]> {
        let mut commands: Vec<&[&str]> = Vec::new();
        let is_near = is_asked_for || !(self.has("SSH_CONNECTION") || self.has("SSH_TTY"));
        if is_near && self.has("WAYLAND_DISPLAY") {
            commands.push(&["wl-copy"]);
        }
        if is_near && self.has("DISPLAY") {
            commands.extend([&["xclip", "-selection", "clipboard"][..], &["xsel", "--clipboard", "--input"]]);
        }
        if is_near && cfg!(target_os = "macos") {
            commands.push(&["pbcopy"]);
        }
        if self.has("TMUX") {
            commands.push(&["tmux", "load-buffer", "-w", "-"]);
        }
        commands
    }

    /// The sequence that sends `text` to the terminal's clipboard; the reason where none would get there.
    fn sequence(&self, text: &str) -> Result<String, String> {
        if matches!(self.term().as_str(), "linux" | "dumb") {
            return Err("this terminal has no clipboard".to_owned());
        }
        if text.len() > LONGEST {
            let (long, most) = (text.len().div_ceil(1000), LONGEST / 1000);
            return Err(format!("{long} kB, and terminals take {most} kB; `hospitui compare --format` writes all"));
        }
        let sequence = format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(text));
        Ok(if self.multiplexer() == Multiplexer::Screen { wrapped_for_screen(&sequence) } else { sequence })
    }
}

/// A sequence in pieces that GNU screen passes on to its own terminal.
fn wrapped_for_screen(sequence: &str) -> String {
    // All of it is ASCII.
    let pieces = sequence.as_bytes().chunks(LONGEST_PIECE).map(String::from_utf8_lossy);
    pieces.flat_map(|piece| ["\x1bP".into(), piece, "\x1b\\".into()]).collect()
}

/// A program, and its arguments.
type Program = &'static [&'static str];

/// The programs that may take a text, the surest first.
pub(super) fn programs(way: Clipboard) -> Vec<Program> {
    match way {
        Clipboard::Off | Clipboard::Osc52 => Vec::new(),
        Clipboard::Auto | Clipboard::Command => Environment::present().commands(way == Clipboard::Command),
    }
}

/// Gives a text to the first of some programs that takes it, on a thread of its own, and tells which did.
pub(super) fn give(
    programs: Vec<Program>,
    text: String,
    tell: impl FnOnce(Result<&'static str, NotTaken>) + Send + 'static,
) -> io::Result<()> {
    let give = move || {
        let mut reason = None;
        for program in programs {
            match run(program, &text) {
                Ok(()) => return tell(Ok(program[0])),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => reason = Some(format!("{} says: {error}", program[0])),
            }
        }
        tell(Err(NotTaken { text, reason }));
    };
    thread::Builder::new().name("clipboard".to_owned()).spawn(give).map(drop)
}

/// What to do with a text that no program took.
pub(super) fn without_program(NotTaken { text, reason }: &NotTaken, way: Clipboard) -> Copying {
    match way {
        Clipboard::Off => Copying::Refused("copying is turned off (clipboard = \"off\")".to_owned()),
        Clipboard::Command => Copying::Refused(reason.clone().unwrap_or_else(|| {
            let fix = "install wl-clipboard, xclip or xsel, or use --clipboard osc52";
            format!("no program for the clipboard is here; {fix}")
        })),
        Clipboard::Auto | Clipboard::Osc52 => {
            Environment::present().sequence(text).map_or_else(Copying::Refused, Copying::Sequence)
        }
    }
}

/// Runs a program with a text as its input. The error is what it says when it fails.
fn run(program: Program, text: &str) -> io::Result<()> {
    let [name, arguments @ ..] = program else { return Err(io::ErrorKind::InvalidInput.into()) };
    let mut command = Command::new(name);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let written = child.stdin.take().map_or(Ok(()), |mut input| input.write_all(text.as_bytes()));
    let status = child.wait()?;
    if status.success() {
        return written;
    }
    // Programs that stay to serve the clipboard leave this open; they have succeeded.
    let mut said = String::new();
    let _ = child.stderr.take().map(|mut error| error.read_to_string(&mut said));
    Err(io::Error::other(said.lines().next().map_or_else(|| status.to_string(), str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &'static [(&str, &str)]) -> Environment<impl Fn(&str) -> Option<String>> {
        Environment(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    fn programs(variables: &'static [(&str, &str)], is_asked_for: bool) -> Vec<&'static str> {
        environment(variables).commands(is_asked_for).into_iter().map(|command| command[0]).collect()
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn the_desktop_is_used_where_the_user_sits_at_it() {
        assert_eq!(programs(&[], true), [""; 0]);
        assert_eq!(
            programs(&[("WAYLAND_DISPLAY", "wayland-0"), ("DISPLAY", ":0")], false),
            ["wl-copy", "xclip", "xsel"]
        );
        assert_eq!(programs(&[("DISPLAY", ":0"), ("SSH_TTY", "/dev/pts/1"), ("TMUX", "t")], false), ["tmux"]);
        assert_eq!(programs(&[("DISPLAY", ":0"), ("SSH_TTY", "/dev/pts/1")], true), ["xclip", "xsel"]);
    }

    #[test]
    fn gnu_screen_gets_pieces_that_it_passes_on_whole() {
        let text = "重庆 3,370,000 ".repeat(300);
        let plain = environment(&[("TERM", "xterm")]).sequence(&text).unwrap();
        let wrapped = environment(&[("TERM", "screen"), ("STY", "1.pts")]).sequence(&text).unwrap();
        let pieces: Vec<&str> = wrapped.split_inclusive("\x1b\\").collect();
        assert!(pieces.len() > 8 && pieces.iter().all(|piece| piece.len() < 768), "{}", pieces.len());
        let passed_on = pieces.iter().map(|piece| piece.strip_prefix("\x1bP").unwrap().strip_suffix("\x1b\\").unwrap());
        assert_eq!(passed_on.collect::<String>(), plain);
        assert!(plain.ends_with('\x07'), "what ends with ESC \\ would end the wrapping");
    }

    #[test]
    fn what_cannot_get_there_is_not_sent() {
        let terminal = environment(&[("TERM", "xterm")]);
        assert!(terminal.sequence(&"x".repeat(LONGEST)).unwrap().len() <= 100_000);
        assert!(terminal.sequence(&"x".repeat(LONGEST + 1)).unwrap_err().contains("75 kB"));
        assert!(environment(&[("TERM", "linux")]).sequence("x").is_err());
        let text = NotTaken { text: "x".to_owned(), reason: None };
        assert!(matches!(without_program(&text, Clipboard::Off), Copying::Refused(reason) if reason.contains("off")));
    }

    /// What [`give`] tells.
    #[cfg(unix)]
    fn given(programs: Vec<Program>, text: &str) -> Result<&'static str, NotTaken> {
        let (sender, told) = std::sync::mpsc::channel();
        give(programs, text.to_owned(), move |result| sender.send(result).unwrap()).unwrap();
        told.recv().unwrap()
    }

    #[test]
    #[cfg(unix)]
    fn the_next_program_is_tried_where_one_fails() {
        let fails: Program = &["sh", "-c", "cat >&2; exit 3"];
        let missing: Program = &["no-such-program-of-this-name"];
        let takes: Program = &["bash", "-c", "test \"$(cat)\" = 重庆"];
        assert_eq!(given(vec![missing, fails, takes], "重庆"), Ok("bash"));
        let not_taken = |reason: Option<&str>| NotTaken { text: "重庆".into(), reason: reason.map(str::to_owned) };
        assert_eq!(given(vec![fails, missing], "重庆"), Err(not_taken(Some("sh says: 重庆"))));
        assert_eq!(given(vec![missing], "重庆"), Err(not_taken(None)));
    }
}
