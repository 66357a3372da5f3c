//! Typing and pasting into the search box.

use super::{browser, flow, quit};

#[test]
fn chinese_is_typed_and_found() {
    let mut terminal = flow(browser(), &[("/ 重 庆", "2 of 5")]);
    terminal.wait_for("the caret after the text", |screen| screen.cursor_position() == (1, 7));
    assert!(!terminal.screen().hide_cursor(), "an input method needs the caret");
    let terminal = flow(terminal, &[("Backspace Backspace 牡 丹", "▌Mudanjiang")]);
    quit(terminal);
}

#[test]
fn a_character_that_comes_in_pieces_is_one() {
    let mut terminal = browser();
    for byte in "/牡".bytes() {
        terminal.send(&[byte]);
        terminal.wait_until_taken();
    }
    terminal.see("1 of 5");
    quit(terminal);
}

#[test]
fn initials_and_pinyin_find_what_they_spell() {
    quit(flow(
        browser(),
        &[
            ("/ m d j n g", "▌Mudanjiang"),
            ("Esc", "press / to search"),
            ("/ s c m c", "alias SCMC"),
            ("Esc", "press / to search"),
            ("/ g u a n g d", "region Guangdong"),
        ],
    ));
}

#[test]
fn the_caret_moves_within_the_filter() {
    let mut terminal = flow(browser(), &[("/ c h n g", "/ chng"), ("Left Left o", "/ chong")]);
    terminal.wait_for("the caret in the middle", |screen| screen.cursor_position() == (1, 6));
    terminal.type_keys("C-a x C-e y");
    terminal.see("/ xchongy");
    terminal.type_keys("C-u");
    terminal.see("5 of 5");
    quit(terminal);
}

#[test]
fn a_field_is_completed() {
    quit(flow(
        browser(),
        &[("/ c i t", "Tab  city:"), ("Tab m", "city:m"), ("Tab", "/ city:Mudanjiang"), ("Enter", "1 of 5")],
    ));
}

#[test]
fn all_names_are_suggested_at_an_empty_word() {
    quit(flow(
        browser(),
        &[
            ("/ Tab", "Tab  name:  city:  region:"),
            ("c", "/ c"),
            ("h o n g Space Tab", "Tab  name:  city:  region:"),
            ("Tab", "/ chong name:"),
            ("x", "0 of 5"),
        ],
    ));
}

#[test]
fn a_mistake_in_the_query_is_marked_with_a_fix() {
    quit(flow(
        browser(),
        &[
            ("/ b e d s >", "beds needs a number"),
            ("2 0 0 0", "1 more may match"),
            ("Esc", "press / to search"),
            ("/ b e d z > 5", "did you mean beds?"),
        ],
    ));
}

#[test]
fn no_match_shows_how_to_continue() {
    quit(flow(browser(), &[("/ z z z z", "Nothing matches"), ("Enter", "0 of 5"), ("Esc", "5 of 5")]));
}

#[test]
fn a_paste_is_one_piece_of_text() {
    let mut terminal = browser();
    terminal.send(b"/\x1b[200~chong\nq\x1b[201~");
    terminal.see("/ chong q");
}

#[test]
fn a_hostile_paste_stays_text() {
    let mut terminal = browser();
    terminal.send("/\x1b[200~a\x1b]0;owned\x07\x1b[31m\u{202e}b\x1b[201~".as_bytes());
    terminal.see("␛[31m");
    assert!(!terminal.text().contains('\u{202e}'));
    quit(terminal);
}
