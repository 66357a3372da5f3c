//! Reports of terminals, in pieces and with pauses, on a simulated clock.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent};
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use ratatui::layout::Size;

use super::decode;
use super::sequence::Splitter;
use crate::tui::app::{App, Event};
use crate::tui::event_queue::EventQueue;
use crate::tui::glyphs::Glyphs;

/// After such a pause nothing that came before belongs to what comes next.
const PAUSE: Duration = Duration::from_millis(500);

/// What terminals are known to send: a name, a tab, and the bytes with `^[` for Esc and `^G` for BEL.
const REPORTS: &str = include_str!("../../../tests/data/reports.txt");

fn reports() -> Vec<(&'static str, Vec<u8>)> {
    let report = |line: &'static str| {
        let (name, bytes) = line.split_once('\t').unwrap();
        (name, bytes.replace("^[", "\x1b").replace("^G", "\x07").into_bytes())
    };
    REPORTS.lines().map(report).collect()
}

/// Lets time pass without a byte.
fn pause(splitter: &mut Splitter, mut left: Duration) {
    while let Some(timeout) = splitter.timeout().filter(|timeout| *timeout <= left) {
        left -= timeout;
        splitter.expire();
    }
}

fn events(splitter: &mut Splitter) -> Vec<Event> {
    splitter.drain().into_iter().filter_map(decode::event).collect()
}

fn is_key(event: &Event, code: KeyCode) -> bool {
    matches!(event, Event::Key(key) if *key == KeyEvent::from(code))
}

#[test]
fn after_every_prefix_of_every_report_a_key_moves_the_list() {
    let mut app = App::new(crate::formats::bundled().into(), Size::new(120, 40), Glyphs::UNICODE, true);
    let (mut queue, mut splitter, mut prefixes) = (EventQueue::default(), Splitter::default(), 0);
    for (name, report) in reports() {
        for length in 1..=report.len() {
            let what = format!("{name}: {}", report[..length].escape_ascii());
            splitter.push(&report[..length]);
            pause(&mut splitter, PAUSE);
            splitter.push(b"j");
            for event in events(&mut splitter) {
                queue.push(event);
            }
            while let Some(event) = queue.next(&app) {
                assert_eq!(app.handle(event), None, "{what}");
            }
            assert_eq!(app.browse.selected, 1, "{what}");
            app.handle(Event::Key(KeyCode::Char('k').into()));
            prefixes += 1;
        }
    }
    assert!(prefixes > 600, "{prefixes}");
}

#[test]
fn a_report_is_no_event_however_it_comes() {
    for (name, report) in reports() {
        let is_background = name.contains("dark");
        let mut splitter = Splitter::default();
        for length in 1..report.len() {
            splitter.push(&report[..length]);
            pause(&mut splitter, Duration::from_millis(99));
            splitter.push(&report[length..]);
            assert_eq!(events(&mut splitter).len(), usize::from(is_background), "{name} in two");
        }
        for byte in &report {
            splitter.push(&[*byte]);
            pause(&mut splitter, Duration::from_millis(99));
        }
        assert_eq!(events(&mut splitter).len(), usize::from(is_background), "{name} byte by byte");
        assert_eq!(splitter.timeout(), None, "{name} has an end");
    }
}

/// A report with random contents, cut short or whole.
fn random_report(dice: &mut SmallRng) -> Vec<u8> {
    let mut report = vec![0x1b];
    if dice.random_range(0..2) == 0 {
        report.push(b'[');
        report.push(*b"?>=".choose(dice).unwrap());
        let length = dice.random_range(0..20);
        report.extend((0..length).map(|_| *b"0123456789;: $!".choose(dice).unwrap()));
        report.push(dice.random_range(0x40..0x7f));
    } else {
        report.push(*b"PX]^_".choose(dice).unwrap());
        let text: String = (0..dice.random_range(1..60)).map(|_| random_char(dice)).collect();
        report.extend(text.bytes());
        report.extend(*[&b"\x07"[..], b"\x1b\\"].choose(dice).unwrap());
    }
    if dice.random_range(0..4) == 0 {
        // Two bytes may as well be a key with Alt.
        report.truncate(dice.random_range(3..=report.len()));
    }
    report
}

fn random_char(dice: &mut SmallRng) -> char {
    let c = if dice.random_range(0..4) == 0 { dice.random() } else { char::from(dice.random_range(b' '..0x7f)) };
    if c.is_control() { 'c' } else { c }
}

#[test]
fn a_million_bytes_of_reports_in_pieces_are_no_event() {
    let (mut dice, mut splitter, mut bytes) = (SmallRng::seed_from_u64(16), Splitter::default(), 0);
    while bytes < 1_000_000 {
        for _ in 0..100 {
            let report = random_report(&mut dice);
            bytes += report.len();
            for piece in report.chunks(dice.random_range(1..30)) {
                splitter.push(piece);
                pause(&mut splitter, Duration::from_millis(99));
            }
        }
        let acts: Vec<Event> =
            events(&mut splitter).into_iter().filter(|event| !matches!(event, Event::Background(_))).collect();
        assert!(acts.is_empty(), "after {bytes} bytes: {acts:?}");
        pause(&mut splitter, PAUSE);
        splitter.push(b"j");
        let [key] = &events(&mut splitter)[..] else { panic!("no key after {bytes} bytes") };
        assert!(is_key(key, KeyCode::Char('j')), "after {bytes} bytes: {key:?}");
    }
}

#[test]
fn what_keys_send_is_read() {
    let alt = |c| KeyEvent::new(KeyCode::Char(c), crossterm::event::KeyModifiers::ALT);
    let shift = |code| KeyEvent::new(code, crossterm::event::KeyModifiers::SHIFT);
    let control = |code| KeyEvent::new(code, crossterm::event::KeyModifiers::CONTROL);
    for (bytes, key) in [
        (&b"\x1b[A"[..], KeyCode::Up.into()),
        (b"\x1bOB", KeyCode::Down.into()),
        (b"\x1b[1;2B", shift(KeyCode::Down)),
        (b"\x1b[1;5A", control(KeyCode::Up)),
        (b"\x1b[5~", KeyCode::PageUp.into()),
        (b"\x1b[4~", KeyCode::End.into()),
        (b"\x1bOP", KeyCode::F(1).into()),
        (b"\x1b[[A", KeyCode::F(1).into()),
        (b"\x1b[11~", KeyCode::F(1).into()),
        (b"\x1b[Z", shift(KeyCode::BackTab)),
        (b"\x1b[27u", KeyCode::Esc.into()),
        (b"\x1b[106;5u", control(KeyCode::Char('j'))),
        (b"\x1b[27;5;106~", control(KeyCode::Char('j'))),
        (b"\x1b[106;1:1u", KeyCode::Char('j').into()),
        (b"\x1bb", alt('b')),
        (b"\x0e", control(KeyCode::Char('n'))),
        (b"\x7f", KeyCode::Backspace.into()),
        ("重".as_bytes(), KeyCode::Char('重').into()),
    ] {
        let mut splitter = Splitter::default();
        splitter.push(bytes);
        let [Event::Key(read)] = events(&mut splitter)[..] else { panic!("{}", bytes.escape_ascii()) };
        assert_eq!(read, key, "{}", bytes.escape_ascii());
    }
    let mut splitter = Splitter::default();
    splitter.push(b"\x1b[106;1:3u\x1b[57441;1u\x1b[200\x03");
    assert_eq!(events(&mut splitter).len(), 1, "a key that goes up, a key without a character, and Ctrl-c");
}
