//! Splits the bytes of a terminal into sequences.
//!
//! The bytes alone do not tell a key from the start of a report: both begin with Esc. So it matters, too, how long the
//! terminal pauses and what comes in one read:
//!
//! - Esc alone is a key after a tenth of a second. The rest of a report may still come, up to half a second after it: a
//!   read of several bytes that has the form of one is that rest. A single byte is another key.
//! - Esc and the byte that begins a sequence (`[ ] P X ^ _`) wait for half a second for more. When nothing comes, they
//!   were two keys if each was read alone, and a report that was cut off if both came in one read. `ESC O` begins no
//!   report, only keys, so it is two keys in either case.
//! - Anything longer is dropped when it pauses for half a second, except a paste, which is passed on then, or by Ctrl-C
//!   that comes alone after a pause. A later read that has the end of the paste is pasted text up to there, and dropped.

use std::mem;
use std::time::Duration;

/// How long a key that begins with Esc may take to come whole. After that, Esc was a key of its own.
const KEY_TIMEOUT: Duration = Duration::from_millis(100);

/// How long a report or a string may pause. After that, no more of it will come.
const SEQUENCE_TIMEOUT: Duration = Duration::from_millis(500);

/// How long a paste may pause before its end is taken for lost. Until then no key acts. What comes later would be taken
/// for keys, so this is longer than a busy line pauses: terminals write a paste in one go, and a lost packet is sent again
/// after 200 to 400 ms.
const PASTE_TIMEOUT: Duration = Duration::from_millis(500);

/// Most bytes of a control sequence or an OSC that are looked at, and of a paste before it is passed on.
const MAX_CONTROL: usize = 256;
const MAX_PASTE: usize = 1 << 20;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
const CTRL_C: u8 = 0x03;
const CAN: u8 = 0x18;
const SUB: u8 = 0x1a;

/// What begins and ends a bracketed paste, after `ESC [`.
const PASTE_START: &[u8] = b"200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// Something that a terminal has sent, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sequence {
    /// A character.
    Char(char),
    /// A control character, such as Ctrl-C, Tab or Enter.
    Control(u8),
    /// Esc by itself.
    Escape,
    /// Esc and a character in one piece: a key with Alt, or Esc and then the key.
    Alt(char),
    /// Esc and a control character in one piece.
    AltControl(u8),
    /// `ESC [ … final`: the bytes after the bracket, the final one last.
    Csi(Vec<u8>),
    /// `ESC O` and this byte.
    Ss3(u8),
    /// `ESC ] …` without its end: the answer to a question for a colour.
    Osc(Vec<u8>),
    /// Pasted text.
    Paste(Vec<u8>),
}

/// What has come of a sequence that is not whole.
#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// The first bytes of a character, and whether Esc stood before it.
    Char(Vec<u8>, bool),
    Escape,
    /// Esc has been passed on as a key, but may have begun a report.
    AfterEscape,
    /// Esc and the byte that says what kind of sequence begins.
    Introducer {
        byte: u8,
        /// Whether it came in another read than Esc.
        is_apart: bool,
    },
    Csi(Vec<u8>),
    /// `ESC O` and the parameters of a key with modifiers, as older terminals send it.
    Ss3(Vec<u8>),
    /// So many more bytes belong to a key or a click and mean nothing here.
    Skip(u8),
    /// A string (DCS, SOS, OSC, PM, APC).
    String(StringState),
    Paste {
        bytes: Vec<u8>,
        has_paused: bool,
    },
}

/// How far a string has come.
#[derive(Debug)]
struct StringState {
    /// What is kept: the first bytes of an OSC, nothing of other strings.
    osc: Option<Vec<u8>>,
    /// The byte before. Esc ends the string together with a backslash.
    last: u8,
}

/// Splits bytes into sequences, however many come at a time.
#[derive(Debug, Default)]
pub(crate) struct Splitter {
    state: State,
    /// Whether the byte that is taken is the first of its read.
    starts_read: bool,
    /// Whether a paste has been passed on without its end, which may still come.
    lacks_paste_end: bool,
    found: Vec<Sequence>,
}

impl Splitter {
    /// Takes the bytes of one read.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        match &self.state {
            State::AfterEscape => {
                self.state = if may_follow_escape(bytes) { State::Escape } else { State::Ground };
            }
            // The end of the paste is lost. What is pasted comes without a pause.
            State::Paste { has_paused: true, .. } if bytes == [CTRL_C] => self.end_paste(),
            _ => {}
        }
        let late = if self.lacks_paste_end { end_of_late_paste(bytes) } else { None };
        if late.is_some() {
            (self.state, self.lacks_paste_end) = (State::Ground, false);
        }
        for (at, byte) in bytes[late.unwrap_or(0)..].iter().enumerate() {
            self.starts_read = at == 0;
            self.take(*byte);
        }
    }

    /// The sequences that are whole.
    pub(crate) fn drain(&mut self) -> Vec<Sequence> {
        mem::take(&mut self.found)
    }

    /// How long to wait for the rest of what has begun; none when nothing has.
    pub(crate) fn timeout(&self) -> Option<Duration> {
        match &self.state {
            State::Ground => None,
            State::Escape | State::Paste { has_paused: false, .. } => Some(KEY_TIMEOUT),
            State::AfterEscape => Some(SEQUENCE_TIMEOUT.saturating_sub(KEY_TIMEOUT)),
            State::Paste { has_paused: true, .. } => Some(PASTE_TIMEOUT.saturating_sub(KEY_TIMEOUT)),
            State::Introducer { .. } | State::Csi(_) | State::Ss3(_) | State::Char(..) => Some(SEQUENCE_TIMEOUT),
            State::Skip(_) | State::String(_) => Some(SEQUENCE_TIMEOUT),
        }
    }

    /// Ends what has begun, or a part of the wait for it, when no more of it came in time.
    pub(crate) fn expire(&mut self) {
        match mem::take(&mut self.state) {
            State::Escape => {
                self.found.push(Sequence::Escape);
                self.state = State::AfterEscape;
            }
            State::Introducer { byte, is_apart } if is_apart || byte == b'O' => self.push_char(char::from(byte), true),
            State::Paste { bytes, has_paused: false } => self.state = State::Paste { bytes, has_paused: true },
            State::Paste { bytes, has_paused: true } => self.pass_unfinished_paste(bytes),
            // Half a report, half a character: nobody typed them.
            State::Introducer { .. } | State::Csi(_) | State::Ss3(_) | State::Char(..) => {}
            State::Skip(_) | State::String(_) => {}
            State::Ground | State::AfterEscape => {}
        }
    }

    fn take(&mut self, byte: u8) {
        match mem::take(&mut self.state) {
            State::Ground | State::AfterEscape => self.ground(byte, false),
            State::Char(bytes, is_alt) => self.character(bytes, byte, is_alt),
            State::Escape => self.escape(byte),
            State::Introducer { byte: b'[', .. } => self.csi(Vec::new(), byte),
            State::Introducer { byte: b'O', .. } => self.ss3(byte),
            State::Introducer { byte: introducer, .. } => {
                self.string(StringState { osc: (introducer == b']').then(Vec::new), last: 0 }, byte);
            }
            State::Csi(bytes) => self.csi(bytes, byte),
            State::Ss3(parameters) => self.ss3_with_parameters(parameters, byte),
            State::Skip(_) if byte == ESC || byte == CTRL_C => self.ground(byte, false),
            State::Skip(more) if more > 1 => self.state = State::Skip(more - 1),
            State::Skip(_) => {}
            State::String(so_far) => self.string(so_far, byte),
            State::Paste { bytes, .. } => self.paste(bytes, byte),
        }
    }

    /// A byte outside any sequence; after Esc, if it is the second of two that came in one piece.
    fn ground(&mut self, byte: u8, is_alt: bool) {
        match byte {
            ESC => self.state = State::Escape,
            0x00..0x20 | 0x7f if is_alt => self.found.push(Sequence::AltControl(byte)),
            0x00..0x20 | 0x7f => self.found.push(Sequence::Control(byte)),
            0x20..0x7f => self.push_char(char::from(byte), is_alt),
            0xc2..=0xf4 => self.state = State::Char(vec![byte], is_alt),
            0x80..=0x9f => self.c1(byte),
            // No character begins so.
            _ => {}
        }
    }

    /// A control character of 8 bits. Some begin a report, as Esc and the letter 0x40 below them do.
    fn c1(&mut self, byte: u8) {
        if let 0x90 | 0x98 | 0x9b | 0x9d..=0x9f = byte {
            self.state = State::Introducer { byte: byte - 0x40, is_apart: false };
        }
    }

    fn push_char(&mut self, c: char, is_alt: bool) {
        self.found.push(if is_alt { Sequence::Alt(c) } else { Sequence::Char(c) });
    }

    fn character(&mut self, mut bytes: Vec<u8>, byte: u8, is_alt: bool) {
        if byte & 0xc0 != 0x80 {
            // The character was cut off.
            return self.ground(byte, false);
        }
        bytes.push(byte);
        let length = match bytes[0] {
            0xf0.. => 4,
            0xe0.. => 3,
            _ => 2,
        };
        if bytes.len() < length {
            self.state = State::Char(bytes, is_alt);
        } else if let Some(c) = std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()) {
            match c {
                '\u{80}'..='\u{9f}' => self.c1(bytes[1]),
                _ => self.push_char(c, is_alt),
            }
        }
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'[' | b'O' | b'P' | b'X' | b']' | b'^' | b'_' => {
                self.state = State::Introducer { byte, is_apart: self.starts_read };
            }
            ESC => {
                self.found.push(Sequence::Escape);
                self.state = State::Escape;
            }
            _ => self.ground(byte, true),
        }
    }

    /// After `ESC O`: a key, or another one if this byte was read alone and ends no key that can be cut in two.
    fn ss3(&mut self, byte: u8) {
        let is_whole = match byte {
            b'A'..=b'D' | b'F' | b'H' | b'M' | b'P'..=b'S' => true,
            0x20..0x7f => !self.starts_read,
            _ => false,
        };
        if let b'0'..=b';' = byte
            && is_whole
        {
            self.state = State::Ss3(vec![byte]);
        } else if is_whole {
            self.found.push(Sequence::Ss3(byte));
        } else {
            self.push_char('O', true);
            self.ground(byte, false);
        }
    }

    /// The same key in its usual form: `ESC O 5 A` and `ESC O 1 ; 5 A` are `ESC [ 1 ; 5 A`.
    fn ss3_with_parameters(&mut self, mut parameters: Vec<u8>, byte: u8) {
        match byte {
            b'0'..=b';' if parameters.len() < MAX_CONTROL => {
                parameters.push(byte);
                self.state = State::Ss3(parameters);
            }
            0x40..0x7f => {
                let first: &[u8] = if parameters.contains(&b';') { b"" } else { b"1;" };
                self.found.push(Sequence::Csi([first, &parameters, &[byte]].concat()));
            }
            // It was cut off.
            _ => self.ground(byte, false),
        }
    }

    fn csi(&mut self, mut bytes: Vec<u8>, byte: u8) {
        match byte {
            // A key of rxvt with Shift: `ESC [ 5 $`. Reports with this byte have two numbers or a marker before it.
            b'$' if !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit) => {
                bytes.push(byte);
                self.found.push(Sequence::Csi(bytes));
            }
            0x20..0x40 => {
                if bytes.len() < MAX_CONTROL {
                    bytes.push(byte);
                }
                self.state = State::Csi(bytes);
            }
            // A function key of the Linux console (`ESC [ [ A`), and a click of an old terminal, go on after the final byte.
            b'[' if bytes.is_empty() => self.state = State::Csi(vec![byte]),
            b'M' if bytes.is_empty() => self.state = State::Skip(3),
            0x40..0x7f => {
                bytes.push(byte);
                if bytes == PASTE_START {
                    self.lacks_paste_end = false;
                    self.state = State::Paste { bytes: Vec::new(), has_paused: false };
                } else {
                    self.found.push(Sequence::Csi(bytes));
                }
            }
            // It was cut off.
            _ => self.ground(byte, false),
        }
    }

    fn string(&mut self, mut string: StringState, byte: u8) {
        match (string.last, byte) {
            (ESC, b'\\') => self.end_string(string),
            (ESC, ESC) => self.state = State::Escape,
            // Another sequence begins: the string was cut off.
            (ESC, _) => self.escape(byte),
            (_, CAN | SUB) => {}
            (_, BEL) => self.end_string(string),
            // The end in 8 bits, which may also be the last byte of a character.
            (..0x80, 0x9c) => self.end_string(string),
            (0xc2, 0x9c) => {
                // As a character of two bytes, the first of which has been kept.
                if let Some(kept) = &mut string.osc {
                    kept.pop();
                }
                self.end_string(string);
            }
            // No report has one, and it must always work.
            (_, CTRL_C) => self.found.push(Sequence::Control(byte)),
            _ => {
                if let Some(kept) = string.osc.as_mut().filter(|kept| byte != ESC && kept.len() < MAX_CONTROL) {
                    kept.push(byte);
                }
                self.state = State::String(StringState { last: byte, ..string });
            }
        }
    }

    fn end_string(&mut self, string: StringState) {
        self.found.extend(string.osc.map(Sequence::Osc));
    }

    fn paste(&mut self, mut bytes: Vec<u8>, byte: u8) {
        bytes.push(byte);
        if bytes.ends_with(PASTE_END) {
            bytes.truncate(bytes.len() - PASTE_END.len());
            self.found.push(Sequence::Paste(bytes));
            return;
        }
        if bytes.len() >= MAX_PASTE {
            // The end may have begun.
            let begun = (0..PASTE_END.len()).rev().find(|length| bytes.ends_with(&PASTE_END[..*length])).unwrap_or(0);
            let rest = bytes.split_off(bytes.len() - begun);
            self.found.push(Sequence::Paste(mem::replace(&mut bytes, rest)));
        }
        self.state = State::Paste { bytes, has_paused: false };
    }

    fn end_paste(&mut self) {
        if let State::Paste { bytes, .. } = mem::take(&mut self.state) {
            self.pass_unfinished_paste(bytes);
        }
    }

    fn pass_unfinished_paste(&mut self, bytes: Vec<u8>) {
        self.found.push(Sequence::Paste(bytes));
        self.lacks_paste_end = true;
    }
}

/// How many bytes of a read belong to a paste that began before it; none where no end of one comes first.
fn end_of_late_paste(bytes: &[u8]) -> Option<usize> {
    let place = |wanted: &[u8]| bytes.windows(wanted.len()).position(|part| part == wanted);
    let end = place(PASTE_END)?;
    let is_first = place(b"\x1b[200~").is_none_or(|start| end < start);
    is_first.then_some(end + PASTE_END.len())
}

/// Whether the bytes of a read may be the rest of a report whose Esc came before them. Nobody types several bytes at once,
/// but an input method may send a word, which can begin with a capital letter.
fn may_follow_escape(bytes: &[u8]) -> bool {
    let [introducer, second, ..] = *bytes else { return false };
    let has_end = || bytes.contains(&BEL) || bytes.windows(2).any(|pair| pair == [ESC, b'\\']);
    match introducer {
        b'[' | b']' | b'^' | b'_' => true,
        b'P' => (0x20..0x40).contains(&second) || has_end(),
        b'X' => has_end(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of bytes, all at once and then nothing for a while.
    fn split(bytes: &[u8]) -> Vec<Sequence> {
        let mut splitter = Splitter::default();
        splitter.push(bytes);
        let whole = end(&mut splitter);
        // One byte at a time gives the same.
        for byte in bytes {
            splitter.push(&[*byte]);
        }
        assert_eq!(end(&mut splitter), whole, "{}", bytes.escape_ascii());
        whole
    }

    fn end(splitter: &mut Splitter) -> Vec<Sequence> {
        while splitter.timeout().is_some() {
            splitter.expire();
        }
        splitter.drain()
    }

    #[test]
    fn keys_with_modifiers_of_older_terminals_are_read_in_one_piece() {
        let mut splitter = Splitter::default();
        splitter.push(b"\x1bO5A\x1bO1;5Qj\x1bO5\x03");
        let expected = [
            Sequence::Csi(b"1;5A".to_vec()),
            Sequence::Csi(b"1;5Q".to_vec()),
            Sequence::Char('j'),
            Sequence::Control(CTRL_C),
        ];
        assert_eq!(splitter.drain(), expected);
    }

    #[test]
    fn sequences_end_where_the_standard_says() {
        use Sequence::{Alt, AltControl, Char, Control, Csi, Escape, Osc, Paste, Ss3};

        let osc = |text: &str| Osc(text.into());
        for (bytes, expected) in [
            (&b"aB"[..], vec![Char('a'), Char('B')]),
            ("é重".as_bytes(), vec![Char('é'), Char('重')]),
            (b"\x03\r", vec![Control(3), Control(13)]),
            (b"\x1b", vec![Escape]),
            (b"\x1bj", vec![Alt('j')]),
            ("\x1b重".as_bytes(), vec![Alt('重')]),
            (b"\x1b\x7f", vec![AltControl(0x7f)]),
            (b"\x1b\x1b", vec![Escape, Escape]),
            (b"\x1bO", vec![Alt('O')]),
            (b"\x1b[A\x1bOP", vec![Csi(b"A".to_vec()), Ss3(b'P')]),
            (b"\x1b[5$j\x1b[4;2$yj", vec![Csi(b"5$".to_vec()), Char('j'), Csi(b"4;2$y".to_vec()), Char('j')]),
            (b"\x1b[?2026;2$yj", vec![Csi(b"?2026;2$y".to_vec()), Char('j')]),
            (b"\x1b[?1;1", vec![]),
            (b"\x1bP>|WezTerm 2024\x1b\\j", vec![Char('j')]),
            (b"\x1b_Gi=31;OK\x1b\\j", vec![Char('j')]),
            (b"\x1b]11;rgb:fcfc/bcbc/dcdc\x07j", vec![osc("11;rgb:fcfc/bcbc/dcdc"), Char('j')]),
            (b"\x1b]11;rgb:1c/1c/1c\x1b\\\x1b[?62cj", vec![osc("11;rgb:1c/1c/1c"), Csi(b"?62c".to_vec()), Char('j')]),
            (b"\x1b]11;rgb:fc\x18j", vec![Char('j')]),
            (b"\x1b]52;c;aGVsbG8=", vec![]),
            (b"\x1b]11;rgb\x03", vec![Control(3)]),
            (b"\x1b]11;rgb\x1b\x1b[A", vec![Csi(b"A".to_vec())]),
            (b"\x1b]11;rgb\x1b[A", vec![Csi(b"A".to_vec())]),
            (b"\x1b[200~a\x1b[Ab\x1b[201~c", vec![Paste(b"a\x1b[Ab".to_vec()), Char('c')]),
            (b"\x1b[200~cut", vec![Paste(b"cut".to_vec())]),
            (b"\x1b[M !!j\x1b[[Aj", vec![Char('j'), Csi(b"[A".to_vec()), Char('j')]),
            (b"\xe9\x87j\xffj", vec![Char('j'), Char('j')]),
            (b"\x9b?997;1nj\x9bA", vec![Csi(b"?997;1n".to_vec()), Char('j'), Csi(b"A".to_vec())]),
            ("\u{9b}?997;1nj".as_bytes(), vec![Csi(b"?997;1n".to_vec()), Char('j')]),
            (b"\x90>|x\x9cj\x9d11;rgb:cc\xc2\x9cj", vec![Char('j'), osc("11;rgb:cc"), Char('j')]),
            (b"\x9d11;rgb:cc\x9cj", vec![osc("11;rgb:cc"), Char('j')]),
            ("\u{9d}l朜 title\u{9c}j".as_bytes(), vec![osc("l朜 title"), Char('j')]),
            (b"\x84j\x9b", vec![Char('j')]),
        ] {
            assert_eq!(split(bytes), expected, "{}", bytes.escape_ascii());
        }
    }
}
