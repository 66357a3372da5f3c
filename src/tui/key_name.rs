//! The names of keys, as people write them, and which of them no terminal sends.

use crossterm::event::{KeyCode, KeyEvent};

use crate::tui::keymap;

/// Why a name stands for no key that can be pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoKey {
    /// No key has that name.
    Unknown,
    /// Terminals send what another key sends: its name.
    ArrivesAs(String),
    /// Terminals send nothing of its own for it.
    Unsent,
}

/// The keys that are named by a word or a sign.
const NAMED: [&str; 15] = [
    "Space",
    "↑",
    "↓",
    "←",
    "→",
    "PgUp",
    "PgDn",
    "Home",
    "End",
    "Enter",
    "Esc",
    "Tab",
    "Backspace",
    "Delete",
    "Insert",
];

/// Other names of keys.
const ALSO: [(&str, &str); 6] =
    [("Up", "↑"), ("Down", "↓"), ("Left", "←"), ("Right", "→"), ("PageUp", "PgUp"), ("PageDown", "PgDn")];

/// Keys with Ctrl that send the same byte as another key.
const SAME_WITH_CTRL: [(&str, &str); 19] = [
    ("i", "Tab"),
    ("m", "Enter"),
    ("[", "Esc"),
    ("3", "Esc"),
    ("?", "Backspace"),
    ("8", "Backspace"),
    ("@", "Ctrl-Space"),
    ("2", "Ctrl-Space"),
    ("`", "Ctrl-Space"),
    ("\\", "Ctrl-4"),
    ("]", "Ctrl-5"),
    ("^", "Ctrl-6"),
    ("~", "Ctrl-6"),
    ("_", "Ctrl-7"),
    ("/", "Ctrl-7"),
    ("Tab", "Tab"),
    ("Enter", "Enter"),
    ("Esc", "Esc"),
    ("Backspace", "Ctrl-h"),
];

/// The name of a key as the table has it.
pub(super) fn canonical(name: &str) -> Result<String, NoKey> {
    for modifier in ["Ctrl-", "Alt-", "Shift-"] {
        if let Some(rest) = name.strip_prefix(modifier).filter(|rest| !rest.is_empty()) {
            let key = plain(rest)?;
            return match modifier {
                "Ctrl-" => with_ctrl(&key),
                "Alt-" => with_alt(&key),
                _ => with_shift(&key),
            };
        }
    }
    plain(name)
}

/// Whether a key types a character.
pub(super) fn is_text(key: &str) -> bool {
    key == "Space" || key.chars().count() == 1 && !is_arrow(key)
}

fn is_arrow(key: &str) -> bool {
    matches!(key, "↑" | "↓" | "←" | "→")
}

fn is_function(key: &str) -> bool {
    key.strip_prefix('F').and_then(|n| n.parse().ok()).is_some_and(|n: u8| (1..=12).contains(&n))
}

fn plain(name: &str) -> Result<String, NoKey> {
    let name = ALSO.iter().find(|(other, _)| *other == name).map_or(name, |(_, name)| name);
    let mut characters = name.chars();
    match (characters.next(), characters.next()) {
        _ if is_function(name) || NAMED.contains(&name) => Ok(name.to_owned()),
        (Some(c), None) if !c.is_control() => {
            let read = keymap::name(keymap::half_width(KeyEvent::from(KeyCode::Char(c))));
            if read == name { Ok(read) } else { Err(NoKey::ArrivesAs(read)) }
        }
        _ => Err(NoKey::Unknown),
    }
}

fn with_ctrl(key: &str) -> Result<String, NoKey> {
    // Terminals send no case with Ctrl.
    let key = if key.len() == 1 { key.to_lowercase() } else { key.to_owned() };
    if let Some((_, other)) = SAME_WITH_CTRL.iter().find(|(same, _)| *same == key) {
        return Err(NoKey::ArrivesAs((*other).to_owned()));
    }
    let has_byte = key.len() == 1 && key.chars().all(|c| matches!(c, 'a'..='z' | '4'..='7'));
    if is_text(&key) && !has_byte && key != "Space" { Err(NoKey::Unsent) } else { Ok(format!("Ctrl-{key}")) }
}

fn with_alt(key: &str) -> Result<String, NoKey> {
    // Esc and one of these begin a sequence, and Esc twice is Esc twice.
    let begins_sequence = matches!(key, "[" | "]" | "O" | "P" | "X" | "^" | "_" | "Esc");
    if begins_sequence { Err(NoKey::Unsent) } else { Ok(format!("Alt-{key}")) }
}

fn with_shift(key: &str) -> Result<String, NoKey> {
    match key {
        // A letter with Shift is its capital.
        _ if is_text(key) => Err(NoKey::Unknown),
        "Enter" | "Esc" | "Backspace" => Err(NoKey::ArrivesAs(key.to_owned())),
        _ => Ok(format!("Shift-{key}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::app::event::Event;
    use crate::tui::input::decode;
    use crate::tui::input::sequence::Splitter;

    /// The name under which the keys of these bytes are looked up.
    fn pressed(bytes: &[u8]) -> Vec<String> {
        let mut splitter = Splitter::default();
        splitter.push(bytes);
        splitter.expire();
        let events = splitter.drain().into_iter().filter_map(decode::event);
        events.map(|event| if let Event::Key(key) = event { keymap::name(key) } else { String::new() }).collect()
    }

    #[test]
    fn a_key_with_ctrl_can_be_given_when_its_byte_arrives_under_that_name() {
        for c in (' '..='~').filter(|c| !c.is_ascii_uppercase()) {
            let key = plain(&c.to_string().replace(' ', "Space")).unwrap();
            // What xterm sends, whose digits stand for the signs above their letters.
            let byte = match c {
                'a'..='z' | '@'..='_' => c as u8 & 0x1f,
                ' ' | '2' | '`' => 0,
                '3'..='7' => c as u8 - b'3' + 0x1b,
                '~' => 0x1e,
                '/' => 0x1f,
                '8' | '?' => 0x7f,
                _ => c as u8,
            };
            let name = format!("Ctrl-{key}");
            match canonical(&name) {
                Ok(known) => assert_eq!(vec![known], pressed(&[byte]), "{name}"),
                Err(NoKey::ArrivesAs(other)) => assert_eq!(vec![other], pressed(&[byte]), "{name}"),
                Err(error) => {
                    assert_eq!((error, pressed(&[byte])), (NoKey::Unsent, vec![keymap::name(char_key(c))]), "{name}");
                }
            }
        }
        for unsent in ["Ctrl-;", "Ctrl-1", "Ctrl-é", "Ctrl-重"] {
            assert_eq!(canonical(unsent), Err(NoKey::Unsent), "{unsent}");
        }
    }

    fn char_key(c: char) -> KeyEvent {
        KeyEvent::from(KeyCode::Char(c))
    }

    #[test]
    fn a_key_with_alt_can_be_given_when_it_begins_no_sequence() {
        for c in '!'..='~' {
            let name = format!("Alt-{c}");
            let is_sent = pressed(format!("\x1b{c}").as_bytes()) == [name.clone()];
            // Alone it is a key, but what comes soon after it becomes part of a sequence.
            assert_eq!(canonical(&name), if is_sent && c != 'O' { Ok(name.clone()) } else { Err(NoKey::Unsent) });
        }
        assert_eq!((canonical("Alt-Esc"), pressed(b"\x1b\x1b").len()), (Err(NoKey::Unsent), 2));
        assert_eq!(canonical("Alt-Enter"), Ok(pressed(b"\x1b\r").remove(0)));
    }

    #[test]
    fn other_names_of_a_key_are_the_same_key() {
        for (name, known) in [("Down", "↓"), ("Shift-PageUp", "Shift-PgUp"), ("Ctrl-Q", "Ctrl-q"), ("F12", "F12")] {
            assert_eq!(canonical(name).as_deref(), Ok(known));
        }
        for (name, other) in [("Shift-Enter", "Enter"), ("Ctrl-Backspace", "Ctrl-h"), ("／", "/"), ("ｑ", "q")] {
            assert_eq!(canonical(name), Err(NoKey::ArrivesAs(other.to_owned())), "{name}");
        }
    }
}
