//! Reports of terminals, in pieces and with pauses, on a simulated clock.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEventKind};
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use ratatui::layout::Size;

use super::decode;
use super::sequence::Splitter;
use crate::tui::app::event::Background;
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
fn after_every_prefix_of_every_report_a_key_is_typed_into_the_search_box() {
    let mut app = App::new(crate::formats::bundled().into(), Size::new(120, 40), Glyphs::UNICODE, true);
    let (mut queue, mut splitter) = (EventQueue::default(), Splitter::default());
    let mut send = |bytes: &[u8]| {
        splitter.push(bytes);
        pause(&mut splitter, PAUSE);
        for event in events(&mut splitter) {
            queue.push(event);
        }
        while let Some(event) = queue.next(&app) {
            app.handle(event);
        }
        app.browse.search_box.text().to_owned()
    };
    assert_eq!(send(b"/cho"), "cho");
    for (name, report) in reports() {
        // Esc by itself is the key.
        for length in 2..=report.len() {
            let what = format!("{name}: {}", report[..length].escape_ascii());
            assert_eq!(send(&report[..length]), "cho", "{what}");
            assert_eq!(send(b"j"), "choj", "{what}");
            assert_eq!(send(b"\x7f"), "cho", "{what}");
        }
    }
}

#[test]
fn a_report_is_no_event_however_it_comes() {
    for (name, report) in reports() {
        let is_background = name.contains("background");
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

#[test]
fn the_rest_of_a_report_may_come_after_its_esc_was_taken_for_a_key() {
    for (name, report) in reports() {
        let is_background = name.contains("background");
        for milliseconds in [101, 200, 350, 499] {
            let mut splitter = Splitter::default();
            splitter.push(&report[..1]);
            pause(&mut splitter, Duration::from_millis(milliseconds));
            let found = events(&mut splitter);
            assert!(matches!(&found[..], [escape] if is_key(escape, KeyCode::Esc)), "{name}: {found:?}");
            // The rest comes in two pieces. The first is no single byte, which would be a key.
            let middle = report.len().min(3);
            splitter.push(&report[1..middle]);
            pause(&mut splitter, Duration::from_millis(99));
            splitter.push(&report[middle..]);
            let found = events(&mut splitter);
            // A private string has no form until its end.
            if report.len() > 3 && report[1] != b'X' {
                assert_eq!(found.len(), usize::from(is_background), "{name} after {milliseconds} ms: {found:?}");
            }
            // The rest comes whole.
            splitter.push(&report[..1]);
            pause(&mut splitter, Duration::from_millis(milliseconds));
            events(&mut splitter);
            splitter.push(&report[1..]);
            let found = events(&mut splitter);
            assert_eq!(found.len(), usize::from(is_background), "{name} after {milliseconds} ms: {found:?}");
            assert_eq!(splitter.timeout(), None, "{name}");
        }
    }
}

/// The characters of keys; other keys and modifiers as they are printed for debugging.
fn typed(splitter: &mut Splitter) -> String {
    let text = |event: &Event| match event {
        Event::Key(KeyEvent { code: KeyCode::Esc, .. }) => "Esc ".to_owned(),
        Event::Key(KeyEvent { code: KeyCode::Char(c), modifiers, .. }) => {
            let prefix = if modifiers.contains(KeyModifiers::ALT) { "Alt-" } else { "" };
            format!("{prefix}{c}")
        }
        other => format!("{other:?} "),
    };
    events(splitter).iter().map(text).collect()
}

#[test]
fn keys_that_could_begin_a_report_are_keys_after_esc() {
    for c in "[]^_PXO".chars() {
        let mut splitter = Splitter::default();
        for milliseconds in [30, 99] {
            splitter.push(b"\x1b");
            pause(&mut splitter, Duration::from_millis(milliseconds));
            splitter.push(&[c as u8]);
            pause(&mut splitter, PAUSE);
            assert_eq!(typed(&mut splitter), format!("Alt-{c}"), "Esc and {c} after {milliseconds} ms");
        }
        for milliseconds in [101, 300, 499, 600] {
            splitter.push(b"\x1b");
            pause(&mut splitter, Duration::from_millis(milliseconds));
            splitter.push(&[c as u8]);
            splitter.push(b"j");
            assert_eq!(typed(&mut splitter), format!("Esc {c}j"), "Esc and {c} after {milliseconds} ms");
        }
    }
}

#[test]
fn words_that_begin_as_a_report_does_are_typed_after_esc() {
    for word in ["Paris", "Xiamen", "Oslo", "Pj", "重庆", "jj"] {
        let mut splitter = Splitter::default();
        splitter.push(b"\x1b");
        pause(&mut splitter, Duration::from_millis(200));
        splitter.push(word.as_bytes());
        assert_eq!(typed(&mut splitter), format!("Esc {word}"));
    }
    let mut splitter = Splitter::default();
    for piece in [&b"\x1bO"[..], b"s", b"l"] {
        splitter.push(piece);
        pause(&mut splitter, Duration::from_millis(150));
    }
    assert_eq!(typed(&mut splitter), "Alt-Osl");
    splitter.push(b"\x1bO");
    pause(&mut splitter, Duration::from_millis(499));
    splitter.push(b"P");
    let found = events(&mut splitter);
    assert!(matches!(&found[..], [key] if is_key(key, KeyCode::F(1))), "a key in two pieces: {found:?}");
}

#[test]
fn control_c_ends_a_paste_whose_end_is_lost() {
    let mut splitter = Splitter::default();
    splitter.push(b"\x1b[200~one");
    for key in [&b"j"[..], b"q", b"\x1b"] {
        pause(&mut splitter, Duration::from_millis(400));
        splitter.push(key);
        assert_eq!(typed(&mut splitter), "", "keys cannot be told from the paste");
    }
    // As a part of the text.
    splitter.push(b"\x03");
    assert_eq!(typed(&mut splitter), "");
    pause(&mut splitter, Duration::from_millis(150));
    splitter.push(b"\x03");
    let found = events(&mut splitter);
    let [Event::Paste(text), Event::Key(key)] = &found[..] else { panic!("{found:?}") };
    assert_eq!(text, "onejq\x1b\x03");
    assert_eq!(*key, KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
    assert_eq!(splitter.timeout(), None);
}

#[test]
fn after_half_a_second_a_paste_whose_end_is_lost_holds_no_key() {
    let mut splitter = Splitter::default();
    splitter.push(b"\x1b[200~one");
    pause(&mut splitter, Duration::from_millis(499));
    splitter.push(b" two");
    pause(&mut splitter, PAUSE);
    splitter.push(b"j");
    let found = events(&mut splitter);
    let [Event::Paste(text), key] = &found[..] else { panic!("{found:?}") };
    assert_eq!(text, "one two");
    assert!(is_key(key, KeyCode::Char('j')), "{key:?}");
    assert_eq!(splitter.timeout(), None);
}

#[test]
fn the_rest_of_a_paste_that_paused_does_not_act() {
    for rest in [&b"q rest\x1b[201~"[..], b"\x1b[201~", b"\x1b[A\x1b]11\x1b[201~"] {
        let mut splitter = Splitter::default();
        splitter.push(b"\x1b[200~ab");
        pause(&mut splitter, Duration::from_millis(700));
        let found = events(&mut splitter);
        assert!(matches!(&found[..], [Event::Paste(text)] if text == "ab"), "{found:?}");
        splitter.push(&[rest, b"j"].concat());
        assert_eq!(typed(&mut splitter), "j", "{}", rest.escape_ascii());
        // Only once: a paste of its own is one.
        splitter.push(b"k\x1b[200~l\x1b[201~m");
        let found = events(&mut splitter);
        assert!(matches!(&found[..], [_, Event::Paste(text), _] if text == "l"), "{found:?}");
    }
    let mut splitter = Splitter::default();
    splitter.push(b"\x1b[200~ab");
    pause(&mut splitter, PAUSE);
    splitter.push(b"j\x1b[200~cd\x1b[201~k");
    let found = events(&mut splitter);
    assert!(matches!(&found[..], [_, _, Event::Paste(text), _] if text == "cd"), "the end belongs to it: {found:?}");
}

#[test]
fn a_paste_of_any_length_ends_at_its_end() {
    for length in (1 << 20) - 6..=1 << 20 {
        let mut splitter = Splitter::default();
        splitter.push(b"\x1b[200~");
        splitter.push(&vec![b'a'; length]);
        splitter.push(b"\x1b[201~j");
        let found = events(&mut splitter);
        let [parts @ .., last] = &found[..] else { panic!("nothing of {length} bytes") };
        assert!(is_key(last, KeyCode::Char('j')), "after {length} bytes");
        let text: String = parts.iter().map(|event| if let Event::Paste(part) = event { part } else { "" }).collect();
        assert!(text.bytes().all(|byte| byte == b'a') && text.len() == length, "{length} bytes");
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
    let alt = |code| KeyEvent::new(code, KeyModifiers::ALT);
    let shift = |code| KeyEvent::new(code, KeyModifiers::SHIFT);
    let control = |code| KeyEvent::new(code, KeyModifiers::CONTROL);
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
        (b"\x1b[97;2u", shift(KeyCode::Char('A'))),
        (b"\x1b[97:65;2:1u", shift(KeyCode::Char('A'))),
        (b"\x1b[27;2;65~", shift(KeyCode::Char('A'))),
        (b"\x1b[98;33u", alt(KeyCode::Char('b'))),
        (b"\x1b[98;3u", alt(KeyCode::Char('b'))),
        (b"\x1b[1;3D", alt(KeyCode::Left)),
        (b"\x1b[1;9D", alt(KeyCode::Left)),
        (b"\x1b[1;33C", alt(KeyCode::Right)),
        (b"\x1b[106;129u", KeyCode::Char('j').into()),
        (b"\x1b[5$", shift(KeyCode::PageUp)),
        (b"\x1b[7$", shift(KeyCode::Home)),
        (b"\x1b[2$", shift(KeyCode::Insert)),
        (b"\x1b[6^", control(KeyCode::PageDown)),
        (b"\x1b[a", shift(KeyCode::Up)),
        (b"\x1b[b", shift(KeyCode::Down)),
        (b"\x1b[c", shift(KeyCode::Right)),
        (b"\x1b[d", shift(KeyCode::Left)),
        (b"\x1bOa", control(KeyCode::Up)),
        (b"\x1bOd", control(KeyCode::Left)),
        (b"\x1bb", alt(KeyCode::Char('b'))),
        (b"\x0e", control(KeyCode::Char('n'))),
        (b"\x7f", KeyCode::Backspace.into()),
        ("重".as_bytes(), KeyCode::Char('重').into()),
    ] {
        let mut splitter = Splitter::default();
        splitter.push(bytes);
        let [Event::Key(read)] = events(&mut splitter)[..] else { panic!("{}", bytes.escape_ascii()) };
        // Keys with Shift are equal in either case.
        assert_eq!((read.code, read.modifiers), (key.code, key.modifiers), "{}", bytes.escape_ascii());
    }
    let mut splitter = Splitter::default();
    splitter.push(b"\x1b[106;1:3u\x1b[57441;1u\x1b[200\x03");
    assert_eq!(events(&mut splitter).len(), 1, "a key that goes up, a key without a character, and Ctrl-c");
}

#[test]
fn the_colour_of_the_background_says_whether_it_is_dark() {
    for (answer, background) in [
        ("11;rgb:fcfc/bcbc/dcdc", Some(Background::Light)),
        ("11;rgb:0000/2b2b/3636", Some(Background::Dark)),
        ("11;rgb:ff/ff/ff", Some(Background::Light)),
        ("11;rgba:0000/0000/0000/cccc", Some(Background::Dark)),
        ("11;#fdf6e3", Some(Background::Light)),
        ("11;rgb:ff/ff", None),
        ("11;?", None),
        ("10;rgb:0000/0000/0000", None),
        ("111;rgb:ff/ff/ff", None),
    ] {
        for end in ["\x07", "\x1b\\"] {
            let mut splitter = Splitter::default();
            splitter.push(format!("\x1b]{answer}{end}").as_bytes());
            let found = events(&mut splitter);
            let said = found.iter().map(|event| if let Event::Background(it) = event { Some(*it) } else { None });
            assert_eq!(said.collect::<Vec<_>>(), background.map(Some).into_iter().collect::<Vec<_>>(), "{answer}");
        }
    }
}

#[test]
fn keys_with_super_or_hyper_are_no_event() {
    for bytes in [&b"\x1b[113;9u"[..], b"\x1b[113;17u", b"\x1b[99;13u", b"\x1b[1;9A", b"\x1b[3;9~", b"\x1b[27;9;113~"] {
        let mut splitter = Splitter::default();
        splitter.push(bytes);
        assert_eq!(typed(&mut splitter), "", "{}", bytes.escape_ascii());
    }
}

#[test]
fn motion_of_the_mouse_is_no_event_unless_it_drags() {
    let kinds = |bytes: &[u8]| -> Vec<MouseEventKind> {
        let mut splitter = Splitter::default();
        splitter.push(bytes);
        let kind = |event| if let Event::Mouse(mouse) = event { Some(mouse.kind) } else { None };
        events(&mut splitter).into_iter().filter_map(kind).collect()
    };
    let left = MouseButton::Left;
    assert_eq!(kinds(b"\x1b[<35;5;5M\x1b[<51;5;5M\x1b[<34;5;5M\x1b[67;5;5M"), []);
    assert_eq!(
        kinds(b"\x1b[<0;5;5M\x1b[<32;6;5M\x1b[<0;6;5m\x1b[<65;6;5M"),
        [MouseEventKind::Down(left), MouseEventKind::Drag(left), MouseEventKind::Up(left), MouseEventKind::ScrollDown]
    );
}
