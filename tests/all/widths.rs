//! Checks that what is drawn is as wide as what was measured, and that no letter goes without an ellipsis.
#![expect(clippy::print_stdout, reason = "the long run says how much it did")]

use std::fmt::Write;

use hospitui::catalog::Catalog;
use hospitui::report::{Content, Format, List, TableStyle, write};
use hospitui::text::{Text, clip, width};
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation;

use crate::support::screen::Screen;

/// The characters of many scripts, from first to last.
const SCRIPTS: &[[u32; 2]] = &[
    [0x20, 0x7e],
    [0xa1, 0x24f],
    [0x300, 0x36f],
    [0x370, 0x52f],
    [0x531, 0x5f4],
    [0x600, 0x6ff],
    [0x700, 0x7ff],
    [0x900, 0xdff],
    [0xe01, 0xfff],
    [0x1000, 0x13ff],
    [0x1780, 0x18aa],
    [0x1e00, 0x1fff],
    [0x2010, 0x27bf],
    [0x3000, 0x30ff],
    [0x1100, 0x11ff],
    [0x3400, 0x9fff],
    [0xa960, 0xd7fb],
    [0xfb1d, 0xfdff],
    [0xfe00, 0xfeff],
    [0xff00, 0xffdc],
    [0x10000, 0x1ffff],
    [0x20000, 0x2a6df],
];

/// Sequences whose width as a string is not the sum of the widths of their characters, or nearly so.
const SEQUENCES: &[&str] = &[
    "لا",
    "لأ",
    "لإ",
    "لآ",
    "السلام",
    "الإسكندرية",
    "مستشفى الولادة والأطفال بالأحساء",
    "שָׁלוֹם",
    "ｶﾞ",
    "ﾊﾟ",
    "👩\u{200d}⚕\u{fe0f}",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "👍🏽",
    "🇨🇳",
    "☎\u{fe0f}",
    "☎\u{fe0e}",
    "1\u{fe0f}\u{20e3}",
    "\u{1112}\u{1161}\u{11ab}",
    "क्ष",
    "क्\u{200d}ष",
    "ที่",
    "e\u{301}",
    "±①Ω○",
    " ",
];

/// A cleaned string of up to sixteen pieces of one or several scripts.
fn random_text(dice: &mut SmallRng) -> Text {
    let mut text = String::new();
    let script = *SCRIPTS.choose(dice).unwrap();
    for _ in 0..dice.random_range(1..16) {
        let [first, last] = if dice.random_bool(0.7) { script } else { *SCRIPTS.choose(dice).unwrap() };
        match dice.random_range(0..5) {
            0 => text.push_str(SEQUENCES.choose(dice).unwrap()),
            1 => text.push(' '),
            _ => text.extend(char::from_u32(dice.random_range(first..=last))),
        }
    }
    Text::clean(&text)
}

/// `text` without the graphemes that no terminal gives a cell to, such as the vowel of a Korean syllable without its
/// first letter.
fn seen(text: &str) -> String {
    text.graphemes(true).filter(|grapheme| width(grapheme) > 0).collect()
}

/// Draws `text` on a line of so many columns: the columns that it takes, and what stands in them.
fn drawn(text: &str, columns: usize) -> (usize, String) {
    let columns = u16::try_from(columns).unwrap();
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns.max(1), 1));
    let (end, _) = buffer.set_line(0, 0, &Line::raw(text), columns);
    let (mut shown, mut x) = (String::new(), 0);
    while x < end {
        shown.push_str(buffer[(x, 0)].symbol());
        x += buffer[(x, 0)].cell_width().max(1);
    }
    (end.into(), shown)
}

/// Asserts that `text` takes the columns that were measured, whole and cut to `columns`.
fn assert_measured(text: &str, columns: usize) {
    let measured = width(text);
    assert_eq!(drawn(text, measured + 8), (measured, seen(text)), "{text:?}");
    let cut = clip(text, columns);
    assert_eq!(drawn(&cut, columns), (width(&cut), seen(&cut)), "{text:?} cut to {columns} is {cut:?}");
    let is_whole = cut == text || columns == 0;
    assert!(is_whole || cut.strip_suffix('…').is_some_and(|start| text.starts_with(start)), "{text:?} as {cut:?}");
    assert_eq!(cut == text, measured <= columns, "{text:?} cut to {columns} is {cut:?}");
}

#[test]
fn random_strings_take_the_columns_that_were_measured() {
    let mut dice = SmallRng::seed_from_u64(16);
    for _ in 0..100_000 {
        let text = random_text(&mut dice);
        assert_measured(&text, dice.random_range(0..40));
    }
}

/// A catalog of hospitals with these names.
fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Catalog {
    let mut hospitals = String::new();
    for (at, name) in names.into_iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        let name = serde_json::to_string(name).unwrap();
        let _ = write!(
            hospitals,
            r#"{comma}{{"id": "h{at}", "name": {name}, "native_name": {name}, "place": {{"city": "Mitte"}}}}"#
        );
    }
    let text = format!(r#"{{"title": "Names", "hospitals": [{hospitals}]}}"#);
    hospitui::formats::native::read(&text, "names.json").unwrap()
}

/// Whether `line` has `name`, whole or the start of it with an ellipsis.
fn shows(line: &str, name: &str) -> bool {
    let starts = name.grapheme_indices(true).map(|(at, _)| name[..at].trim_end()).skip(1);
    line.contains(name) || starts.filter(|start| !start.is_empty()).any(|start| line.contains(&format!("{start}…")))
}

/// Asserts that list, detail, comparison and table show these names whole or with an ellipsis, in columns that line up.
fn assert_names_are_shown(names: &[&str]) {
    let columns = 70 + u16::try_from(names.len() % 60).unwrap();
    let height = u16::try_from(2 * names.len() + 12).unwrap();
    let seen: Vec<String> = names.iter().map(|name| seen(name)).collect();
    let screen = Screen::of(named(names.iter().copied()), columns, height).typed("Space Down Space");
    let text = screen.text();
    let mut lines = text.lines();
    for name in &seen {
        // The list has them in this order.
        assert!(lines.any(|line| shows(line, name)), "{name:?} is cut without a sign:\n{text}");
    }
    let compared = screen.typed("c").text();
    for name in &seen[..2] {
        assert!(compared.lines().any(|line| shows(line, name)), "{name:?} is cut without a sign:\n{compared}");
    }
    let catalog = named(names.iter().copied());
    let keys = catalog.hospitals().map(|(key, _)| key).collect();
    let mut table = Vec::new();
    let style = TableStyle { width: Some(100), has_colour: false };
    write(&mut table, &Content::List(List::new(&catalog, keys)), Format::Table, style).unwrap();
    let table = String::from_utf8(table).unwrap();
    let places: Vec<usize> = table.lines().filter_map(|line| line.find("Mitte").map(|at| width(&line[..at]))).collect();
    assert!(places.len() == names.len() && places.iter().all(|at| *at == places[0]), "{places:?}\n{table}");
}

#[test]
fn names_are_whole_or_end_with_an_ellipsis_on_every_screen() {
    assert_names_are_shown(&["مستشفى السلام", "مستشفى الأمل", "مستشفى الولادة والأطفال بالأحساء", "Al Amal لا"]);
    let mut dice = SmallRng::seed_from_u64(88);
    for _ in 0..100 {
        let texts: Vec<Text> = (0..20).map(|_| random_text(&mut dice)).filter(|text| width(text) > 0).collect();
        assert_names_are_shown(&texts.iter().map(|text| &**text).collect::<Vec<_>>());
    }
}

#[test]
#[ignore = "takes minutes; HOSPITUI_NAMES gives a file of names, one a line, in the place of random ones"]
fn many_names_are_whole_or_end_with_an_ellipsis() {
    let names: Vec<Text> = if let Ok(path) = std::env::var("HOSPITUI_NAMES") {
        std::fs::read_to_string(path).unwrap().lines().map(Text::clean).collect()
    } else {
        let mut dice = SmallRng::seed_from_u64(89);
        (0..50_000).map(|_| random_text(&mut dice)).collect()
    };
    let names: Vec<Text> = names.into_iter().filter(|name| width(name) > 0).collect();
    for name in &names {
        (0..60).step_by(7).for_each(|columns| assert_measured(name, columns));
    }
    for names in names.chunks(100) {
        assert_names_are_shown(&names.iter().map(|name| &**name).collect::<Vec<_>>());
    }
    println!("{} names shown", names.len());
}
