//! Random use: keys, characters, pastes, clicks and sizes in any order. The screen is drawn and checked after each event.
#![expect(clippy::print_stdout, reason = "a long run prints its size")]

use std::fmt::Write as _;

use crossterm::event::{MouseButton, MouseEventKind};
use hospitui::catalog::Catalog;
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use crate::support::hostile_catalog;
use crate::support::hostile_strings as strings;
use crate::support::screen::Screen;

/// The number of events in a sequence.
const EVENTS: usize = 40;

const KEYS: &[&str] = &[
    "Up",
    "Down",
    "j",
    "k",
    "h",
    "l",
    "g",
    "G",
    "PageUp",
    "PageDown",
    "Home",
    "End",
    "C-u",
    "C-d",
    "C-w",
    "C-a",
    "C-k",
    "/",
    "Enter",
    "Esc",
    "Space",
    "c",
    "f",
    "x",
    "d",
    "=",
    "-",
    "n",
    "N",
    "y",
    "Y",
    "s",
    "m",
    "?",
    "Tab",
    "Left",
    "Right",
    "Backspace",
    "a",
    "重",
    ":",
    ">",
    "\"",
    "!",
    "C-z",
    "o",
    "u",
    "v",
    "q",
    "S-Up",
    "S-Down",
    "C-Up",
    "C-Down",
    "C-n",
    "C-p",
    "C-j",
    "C-g",
    "C-l",
    "M-b",
    "M-f",
    "M-d",
    "F1",
    "M",
    "+",
    "L",
    "H",
    "0",
];

const MOUSE: &[MouseEventKind] = &[
    MouseEventKind::Down(MouseButton::Left),
    MouseEventKind::Down(MouseButton::Right),
    MouseEventKind::Up(MouseButton::Left),
    MouseEventKind::Drag(MouseButton::Left),
    MouseEventKind::Moved,
    MouseEventKind::ScrollDown,
    MouseEventKind::ScrollUp,
    MouseEventKind::ScrollLeft,
];

const SIZES: &[(u16, u16)] = &[(120, 40), (80, 24), (50, 15), (40, 10), (39, 9), (1, 1), (0, 0), (200, 50), (79, 300)];

#[test]
fn random_use_never_breaks_the_screen() {
    use_at_random(40);
}

#[test]
#[ignore = "takes minutes"]
fn ten_thousand_sequences_of_random_use_never_break_the_screen() {
    use_at_random(10_000);
}

/// Keys in the comparison while the window changes before its resize event.
#[test]
fn twenty_thousand_keys_in_the_comparison_meet_any_size() {
    const KEYS: &[&str] = &[
        "j", "k", "PageDown", "PageUp", "C-d", "C-u", "g", "G", "n", "N", "d", "=", "-", "x", "Enter", "Esc", "?", "y",
        "Y",
    ];
    let (mut dice, mut keys) = (SmallRng::seed_from_u64(14), 0);
    while keys < 20_000 {
        let mut screen = Screen::new(120, 40).typed("Space");
        for _ in 0..dice.random_range(1..5) {
            screen = screen.typed("j");
        }
        screen = screen.typed("c");
        for _ in 0..250 {
            let key = *KEYS.choose(&mut dice).unwrap();
            if dice.random_range(0..4) == 0 {
                let (width, height) = (dice.random_range(0..160), dice.random_range(0..50));
                if dice.random() {
                    screen.resize_unannounced(width, height);
                } else {
                    screen.resize(width, height);
                }
            }
            screen = screen.typed(key);
            screen.assert_sound(key);
            keys += 1;
        }
    }
}

/// A window that is made smaller while a key is held: frames have sizes for which no event has come yet.
#[test]
fn a_screen_that_shrinks_before_its_resize_event_is_drawn() {
    let hospital = |at| format!(r#"{{"id": "h{at}", "name": "Hospital {at}"}}"#);
    let hospitals: Vec<String> = (0..5_000).map(hospital).collect();
    let json = format!(r#"{{"title": "many", "hospitals": [{}]}}"#, hospitals.join(","));
    for keys in ["G", "? G", "Space j c G", "s G", "f"] {
        let mut screen = Screen::of(hospitui::formats::native::read(&json, "test").unwrap(), 120, 40);
        for (width, height) in [(120, 15), (40, 40), (10, 6), (0, 0), (200, 50), (50, 10), (80, 24)] {
            screen = screen.typed(keys);
            screen.resize_unannounced(width, height);
            screen = screen.typed("j k PageDown");
            screen.assert_sound(&format!("{keys} at {width}x{height}"));
            screen = screen.typed("Esc Esc");
        }
    }
    let mut screen = Screen::new(120, 40).typed("Space j c");
    screen.resize(10, 6);
    screen.typed("l Enter G").assert_sound("no key acts on what cannot be seen");
}

/// Plays the given number of sequences, and checks every screen.
fn use_at_random(sequences: u64) {
    let hostile = strings::all();
    for sequence in 0..sequences {
        let mut dice = SmallRng::seed_from_u64(sequence);
        let mut screen = Screen::of(catalog(sequence), 120, 40);
        let mut played = format!("sequence {sequence}:");
        for _ in 0..EVENTS {
            screen = play(screen, &mut dice, &hostile, &mut played);
            screen.assert_sound(&played);
        }
    }
    println!("{sequences} sequences of {EVENTS} events, each drawn and checked");
}

/// Mostly the bundled hospitals; sometimes none, one, thousands, or hostile ones.
fn catalog(sequence: u64) -> Catalog {
    let json = match sequence % 8 {
        4 => {
            let hospital = |at| format!(r#"{{"id": "h{at}", "name": "Hospital {at}", "native_name": "第{at}医院"}}"#);
            let hospitals: Vec<String> = (0..3_000).map(hospital).collect();
            &format!(r#"{{"title": "many", "hospitals": [{}]}}"#, hospitals.join(","))
        }
        5 => &hostile_catalog::json(&strings::all()),
        6 => r#"{"title": "none", "hospitals": []}"#,
        7 => r#"{"title": "one", "hospitals": [{"id": "a", "name": "A"}]}"#,
        _ => return hospitui::formats::bundled(),
    };
    hospitui::formats::native::read(json, "test").unwrap()
}

fn play(mut screen: Screen, dice: &mut SmallRng, hostile: &[String], played: &mut String) -> Screen {
    let at = (dice.random_range(0..130), dice.random_range(0..45));
    match dice.random_range(0..24) {
        0 => {
            let (width, height) = match dice.random_range(0..3) {
                0 => (dice.random_range(0..130), dice.random_range(0..50)),
                _ => *SIZES.choose(dice).unwrap(),
            };
            let is_announced = dice.random();
            write!(played, " {width}x{height} {}", if is_announced { "" } else { "unannounced" }).unwrap();
            if is_announced {
                screen.resize(width, height);
            } else {
                screen.resize_unannounced(width, height);
            }
            screen
        }
        1 | 2 => {
            let kind = *MOUSE.choose(dice).unwrap();
            write!(played, " {kind:?} at {at:?}").unwrap();
            screen.mouse(kind, at.0, at.1)
        }
        3 => {
            let text = hostile.choose(dice).unwrap();
            write!(played, " paste {:?}", text.chars().take(40).collect::<String>()).unwrap();
            screen.pasted(text)
        }
        4 => {
            let c: char = dice.random();
            write!(played, " {c:?}").unwrap();
            screen.character(c)
        }
        5 => {
            let keys: Vec<&str> = (0..5).map(|_| *KEYS.choose(dice).unwrap()).collect();
            write!(played, " at once {keys:?}").unwrap();
            screen.typed_ahead(&keys.join(" "))
        }
        _ => {
            let key = *KEYS.choose(dice).unwrap();
            write!(played, " {key}").unwrap();
            screen.typed(key)
        }
    }
}
