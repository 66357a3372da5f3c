//! Which keys the line editor of the search box takes for itself.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::InputRequest;
use tui_input::backend::crossterm::to_input_request;

/// What a key asks of the line editor; none when it means nothing there.
pub(super) fn request(key: KeyEvent) -> Option<InputRequest> {
    to_input_request(&Event::Key(with_ctrl(key)))
}

/// Whether a key with Ctrl or Alt, or a function key, moves the cursor or edits the text.
pub(super) fn takes_chord(key: KeyEvent) -> bool {
    let is_known = !key.modifiers.contains(KeyModifiers::ALT) || edits_by_words(key);
    is_known && request(key).is_some()
}

/// Whether a key with Alt moves or deletes by words.
pub(super) fn edits_by_words(key: KeyEvent) -> bool {
    let by_words = [KeyCode::Left, KeyCode::Right, KeyCode::Backspace, KeyCode::Delete];
    by_words.contains(&key.code) || matches!(key.code, KeyCode::Char('b' | 'f' | 'd'))
}

/// A key with Alt that moves or deletes by words, as the line editor knows it: with Ctrl.
fn with_ctrl(key: KeyEvent) -> KeyEvent {
    if !key.modifiers.contains(KeyModifiers::ALT) {
        return key;
    }
    let code = match key.code {
        KeyCode::Char('b') => KeyCode::Left,
        KeyCode::Char('f') => KeyCode::Right,
        KeyCode::Char('d') => KeyCode::Delete,
        // The editor deletes the word before the cursor by this key itself.
        KeyCode::Backspace => return key,
        code => code,
    };
    KeyEvent { code, modifiers: KeyModifiers::CONTROL, ..key }
}
