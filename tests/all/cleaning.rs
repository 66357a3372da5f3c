//! Checks the documented properties of text cleaning on many strings.
#![expect(clippy::print_stdout, reason = "the long runs say how much they did")]

use hospitui::text::{clean, clean_in_place, clean_lines, width};
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use crate::support::hostile_strings as strings;

/// Pieces of strings: characters that cleaning treats specially, and plain letters of many scripts.
const PIECES: &[&str] = &[
    "a",
    "Z",
    "7",
    " ",
    "  ",
    "-",
    "=",
    "|",
    "<",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "\u{1b}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{9b}",
    "\u{a0}",
    "\u{ad}",
    "\u{300}",
    "\u{301}",
    "\u{308}",
    "\u{34f}",
    "\u{61c}",
    "ب",
    "م",
    "\u{64e}",
    "ক",
    "\u{9cd}",
    "\u{1100}",
    "\u{1161}",
    "\u{11a8}",
    "\u{115f}",
    "\u{17b4}",
    "\u{180b}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{200d}\u{200d}",
    "\u{200e}",
    "\u{202e}",
    "\u{2028}",
    "\u{2060}",
    "\u{2066}",
    "\u{2800}",
    "\u{3000}",
    "\u{3164}",
    "重",
    "庆",
    "カ",
    "\u{3099}",
    "\u{fe0f}",
    "\u{feff}",
    "\u{fffd}",
    "\u{fffe}",
    "👩",
    "⚕",
    "🏽",
    "🇨",
    "🇳",
    "\u{1f1e6}",
    "\u{13430}",
    "\u{e0001}",
    "\u{e0100}",
    "\u{10ffff}",
    "é",
    "ß",
    "İ",
];

/// A string of up to thirty pieces, some of them random characters.
fn random_text(dice: &mut SmallRng) -> String {
    let mut text = String::new();
    for _ in 0..dice.random_range(0..30) {
        match dice.random_range(0..8) {
            0 => text.push(dice.random()),
            _ => text.push_str(PIECES.choose(dice).unwrap()),
        }
    }
    text
}

#[test]
fn cleaning_keeps_its_promises_on_random_strings() {
    clean_at_random(20_000);
}

#[test]
#[ignore = "takes a minute"]
fn cleaning_keeps_its_promises_on_a_million_random_strings() {
    clean_at_random(1_000_000);
}

fn clean_at_random(count: usize) {
    let mut dice = SmallRng::seed_from_u64(2026);
    for _ in 0..count {
        let raw = random_text(&mut dice);
        let once = clean(&raw).into_owned();
        let shown = format!("{raw:?} as {once:?}");
        strings::assert_printable(&once, &shown);
        assert!(!once.contains('\n') && once.trim() == once, "{shown}");
        assert_eq!(clean(&once), once, "{shown}: not the same again");
        let in_place = clean_in_place(&raw);
        strings::assert_printable(&in_place, &shown);
        assert_eq!(in_place.chars().count(), raw.chars().count(), "{shown}");
        let lines = clean_lines(&raw);
        strings::assert_printable(&lines, &shown);
        assert_eq!(lines.matches('\n').count(), raw.matches('\n').count(), "{shown}");
    }
    println!("{count} random strings cleaned");
}

#[test]
fn text_of_every_script_is_kept() {
    keep_at_random(20_000);
}

#[test]
#[ignore = "takes a minute"]
fn text_of_every_script_is_kept_a_million_times() {
    keep_at_random(1_000_000);
}

/// Ordinary texts are not changed.
fn keep_at_random(count: usize) {
    const WORDS: &[&str] = &[
        "مستشفى",
        "الأطفال",
        "مُحَمَّد",
        "می\u{200c}خواهم",
        "בֵּית",
        "חולים",
        "重庆",
        "医科大学",
        "附属儿童医院",
        "カ\u{3099}",
        "病院",
        "서울대학교병원",
        "\u{1112}\u{1161}\u{11ab}",
        "หน้า",
        "ที่",
        "हिन्दी",
        "क्\u{200d}ष",
        "র\u{200d}\u{9cd}যাব",
        "Hôpital",
        "e\u{301}t",
        "Ω",
        "Больница",
        "👩\u{200d}⚕\u{fe0f}",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦",
        "🏥",
        "👍🏽",
        "🇨🇳",
        "☎\u{fe0e}",
        "𠮷野家",
        "5,000",
        "–",
        "“x”",
    ];
    let mut dice = SmallRng::seed_from_u64(5);
    for _ in 0..count {
        let words: Vec<&str> = (0..dice.random_range(1..8)).map(|_| *WORDS.choose(&mut dice).unwrap()).collect();
        let text = words.join(" ");
        assert_eq!(clean(&text), text);
        assert!(width(&text) > 0);
    }
    println!("{count} texts kept");
}
