//! Which key, click or paste a sequence is.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::tui::app::event::{Background, Event};
use crate::tui::input::sequence::Sequence;

/// The event that a sequence is; none for reports, and for keys that nobody has.
pub(crate) fn event(sequence: Sequence) -> Option<Event> {
    let key = |code, modifiers| Some(Event::Key(KeyEvent::new(code, modifiers)));
    match sequence {
        // Control characters of eight bits, which no key sends.
        Sequence::Char(c) | Sequence::Alt(c) if c.is_control() => None,
        Sequence::Char(c) => Some(Event::Key(character(c, KeyModifiers::NONE))),
        Sequence::Alt(c) => Some(Event::Key(character(c, KeyModifiers::ALT))),
        Sequence::Control(byte) => control(byte).and_then(|(code, modifiers)| key(code, modifiers)),
        Sequence::AltControl(byte) => {
            control(byte).and_then(|(code, modifiers)| key(code, modifiers | KeyModifiers::ALT))
        }
        Sequence::Escape => key(KeyCode::Esc, KeyModifiers::NONE),
        Sequence::Ss3(byte) => match final_key(byte) {
            Some(code) => key(code, KeyModifiers::NONE),
            None => key(rxvt_arrow(byte)?, KeyModifiers::CONTROL),
        },
        Sequence::Csi(bytes) => csi(&bytes),
        Sequence::Osc(bytes) => background(&bytes).map(Event::Background),
        Sequence::Paste(bytes) => Some(Event::Paste(String::from_utf8_lossy(&bytes).into_owned())),
    }
}

/// Whether a sequence is the answer to DA1, the question that every terminal answers.
pub(crate) fn is_device_attributes(sequence: &Sequence) -> bool {
    matches!(sequence, Sequence::Csi(bytes) if matches!(&bytes[..], [b'?', .., b'c']))
}

/// The background, by the answer to the question for its colour: `11;rgb:1c1c/1c1c/1c1c`.
fn background(osc: &[u8]) -> Option<Background> {
    let colour = xterm_color::Color::parse(osc.strip_prefix(b"11;")?).ok()?;
    Some(if colour.perceived_lightness() > 0.5 { Background::Light } else { Background::Dark })
}

fn character(c: char, modifiers: KeyModifiers) -> KeyEvent {
    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    KeyEvent::new(KeyCode::Char(c), modifiers | shift)
}

/// The key of a control character: Enter, Tab, Backspace, or a letter with Ctrl.
fn control(byte: u8) -> Option<(KeyCode, KeyModifiers)> {
    match byte {
        b'\r' => Some((KeyCode::Enter, KeyModifiers::NONE)),
        b'\t' => Some((KeyCode::Tab, KeyModifiers::NONE)),
        0x7f => Some((KeyCode::Backspace, KeyModifiers::NONE)),
        0x00 => Some((KeyCode::Char(' '), KeyModifiers::CONTROL)),
        0x01..=0x1a => Some((KeyCode::Char(char::from(byte - 1 + b'a')), KeyModifiers::CONTROL)),
        0x1c..=0x1f => Some((KeyCode::Char(char::from(byte - 0x1c + b'4')), KeyModifiers::CONTROL)),
        _ => None,
    }
}

/// The key that the last byte of a sequence names.
fn final_key(byte: u8) -> Option<KeyCode> {
    Some(match byte {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(byte - b'P' + 1),
        _ => return None,
    })
}

/// An arrow with Shift (`ESC [ a`) or Ctrl (`ESC O a`), as rxvt sends them.
fn rxvt_arrow(byte: u8) -> Option<KeyCode> {
    matches!(byte, b'a'..=b'd').then(|| final_key(byte.to_ascii_uppercase())).flatten()
}

/// What rxvt writes in place of `~` where Shift, Ctrl or both are pressed.
fn rxvt_modifiers(byte: u8) -> Option<KeyModifiers> {
    match byte {
        b'$' => Some(KeyModifiers::SHIFT),
        b'^' => Some(KeyModifiers::CONTROL),
        b'@' => Some(KeyModifiers::CONTROL | KeyModifiers::SHIFT),
        _ => None,
    }
}

/// The key that a number before `~` names.
fn numbered_key(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(u8::try_from(number - 10).ok()?),
        17..=21 => KeyCode::F(u8::try_from(number - 11).ok()?),
        23 | 24 => KeyCode::F(u8::try_from(number - 12).ok()?),
        _ => return None,
    })
}

/// Parameters are numbers between semicolons; a part after a colon is not needed. One that is left out is none.
fn parameters(text: &str) -> Option<Vec<Option<u32>>> {
    let number = |part: &str| {
        let part = part.split(':').next().unwrap_or_default();
        if part.is_empty() { Some(None) } else { part.parse().ok().map(Some) }
    };
    text.split(';').map(number).collect()
}

/// What `ESC [` and these bytes are.
fn csi(bytes: &[u8]) -> Option<Event> {
    let (last, rest) = bytes.split_last()?;
    let text = std::str::from_utf8(rest).ok()?;
    match (text, *last) {
        ("[", b'A'..=b'E') => return Some(Event::Key(KeyCode::F(last - b'A' + 1).into())),
        ("?997;1", b'n') => return Some(Event::Background(Background::Dark)),
        ("?997;2", b'n') => return Some(Event::Background(Background::Light)),
        _ => {}
    }
    if let Some(mouse) = text.strip_prefix('<') {
        return sgr_mouse(mouse, *last).map(Event::Mouse);
    }
    // Anything else with a marker or an intermediate byte is a report: `?2026;2$y`. The `$` of rxvt is the last byte.
    if !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b';' | b':')) {
        return None;
    }
    // A key that goes up, from a terminal that another program has asked to tell it.
    if text.split(';').nth(1).is_some_and(|modifiers| modifiers.ends_with(":3")) {
        return None;
    }
    let parameters = parameters(text)?;
    let at = |at: usize| parameters.get(at).copied().flatten();
    let key = |code, modifiers| Some(Event::Key(KeyEvent::new(code, modifiers)));
    let modified = |code, modifiers| key(code, modifiers_of(modifiers)?);
    match *last {
        b'~' if at(0) == Some(27) => unicode_key(at(2)?, at(1)),
        b'~' => modified(numbered_key(at(0)?)?, at(1)),
        b'$' | b'^' | b'@' => key(numbered_key(at(0)?)?, rxvt_modifiers(*last)?),
        b'a'..=b'd' if text.is_empty() => key(rxvt_arrow(*last)?, KeyModifiers::SHIFT),
        b'u' => unicode_key(at(0)?, at(1)),
        b'Z' => modified(KeyCode::BackTab, at(1).or(Some(2))),
        b'M' if parameters.len() == 3 => urxvt_mouse(&parameters).map(Event::Mouse),
        // A cursor position, which is a report; F3 comes as `ESC O R` or `13~`.
        b'R' | b'M' => None,
        // Option and an arrow in iTerm2, Meta in xterm; other keys with this number have Super.
        b'C' | b'D' if at(1) == Some(9) => key(final_key(*last)?, KeyModifiers::ALT),
        last => modified(final_key(last)?, at(1)),
    }
}

/// A key by its character: `ESC [ 27 ; 5 ; 106 ~` and `ESC [ 106 ; 5 u`.
fn unicode_key(character: u32, modifiers: Option<u32>) -> Option<Event> {
    let modifiers = modifiers_of(modifiers)?;
    let code = match char::from_u32(character)? {
        '\x1b' => KeyCode::Esc,
        '\r' => KeyCode::Enter,
        '\t' if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        '\t' => KeyCode::Tab,
        '\x7f' | '\x08' => KeyCode::Backspace,
        // Keys without a character, in the private area, and characters that are no text.
        c if c.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&c) => return None,
        // The character is told without Shift.
        c if modifiers == KeyModifiers::SHIFT || modifiers == KeyModifiers::SHIFT | KeyModifiers::ALT => {
            KeyCode::Char(capital(c))
        }
        c => KeyCode::Char(c),
    };
    Some(Event::Key(KeyEvent::new(code, modifiers)))
}

/// The capital of a letter; other characters as they are.
fn capital(c: char) -> char {
    let mut capitals = c.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) => capital,
        _ => c,
    }
}

/// Modifiers are one more than a sum: 1 for Shift, 2 for Alt, 4 for Ctrl, 32 for Meta, which is Alt here. None with Super
/// (8) or Hyper (16): such keys mean something else than the key alone.
fn modifiers_of(parameter: Option<u32>) -> Option<KeyModifiers> {
    let sum = parameter.unwrap_or(1).saturating_sub(1);
    let flag = |bits: u32, modifier: KeyModifiers| if sum & bits != 0 { modifier } else { KeyModifiers::NONE };
    let modifiers = flag(1, KeyModifiers::SHIFT) | flag(2 | 32, KeyModifiers::ALT) | flag(4, KeyModifiers::CONTROL);
    (sum & (8 | 16) == 0).then_some(modifiers)
}

/// `ESC [ < button ; column ; row M`, with `m` at the end when the button goes up.
fn sgr_mouse(text: &str, last: u8) -> Option<MouseEvent> {
    let parameters = parameters(text)?;
    let [Some(button), Some(column), Some(row)] = parameters[..] else { return None };
    let event = mouse(button, column, row)?;
    let kind = match (last, event.kind) {
        (b'M', kind) => kind,
        (b'm', MouseEventKind::Down(button)) => MouseEventKind::Up(button),
        _ => return None,
    };
    Some(MouseEvent { kind, ..event })
}

/// `ESC [ button ; column ; row M`, the button counted from 32.
fn urxvt_mouse(parameters: &[Option<u32>]) -> Option<MouseEvent> {
    let [Some(button), Some(column), Some(row)] = *parameters else { return None };
    mouse(button.checked_sub(32)?, column, row)
}

/// A click at a column and a row, counted from 1. The button's low bits and those from 64 on say which it is, 32 that
/// it moved, and 4, 8 and 16 are Shift, Alt and Ctrl.
fn mouse(button: u32, column: u32, row: u32) -> Option<MouseEvent> {
    let number = button & 0b11 | (button >> 6 & 0b11) << 2;
    let pressed = [MouseButton::Left, MouseButton::Middle, MouseButton::Right].get(number as usize).copied();
    let kind = match (number, pressed, button & 32 != 0) {
        (_, Some(pressed), false) => MouseEventKind::Down(pressed),
        (0, _, true) => MouseEventKind::Drag(MouseButton::Left),
        // Other motion means nothing here, and each event is drawn.
        (..=3, _, true) => return None,
        (3, None, false) => MouseEventKind::Up(MouseButton::Left),
        (4, ..) => MouseEventKind::ScrollUp,
        (5, ..) => MouseEventKind::ScrollDown,
        (6, ..) => MouseEventKind::ScrollLeft,
        (7, ..) => MouseEventKind::ScrollRight,
        _ => return None,
    };
    let place = |one_based: u32| u16::try_from(one_based.checked_sub(1)?).ok();
    Some(MouseEvent {
        kind,
        column: place(column)?,
        row: place(row)?,
        modifiers: modifiers_of(Some((button >> 2 & 0b111) + 1))?,
    })
}
