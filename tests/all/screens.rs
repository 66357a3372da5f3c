//! Types keys into the state of the browser and checks the screen.
//!
//! Snapshots have whole screens at four sizes. The README's pictures are drawn from the same buffers, so an outdated
//! picture fails a test; `HOSPITUI_BLESS=1 cargo test --test all screens` updates them.

use hospitui::tui::app::Effect;
use hospitui::tui::glyphs::Glyphs;
use hospitui::tui::theme::Theme;
use ratatui::style::{Color, Modifier};

use crate::support::picture;
use crate::support::screen::Screen;

mod comparison;
mod list;
mod styles;

/// Keys, what the screen shows after them, and what it does not.
const KEYS: &[(&str, &[&str], &[&str])] = &[
    ("", &["5 of 5", "Guangzhou Women and Children's Medical Center", "more than 1,500"], &["answered"]),
    ("Down Down", &["▌Shanghai Children's Medical Center", "bed capacity"], &["more than 1,500"]),
    ("j j k", &["▌Chongqing Health Center"], &[]),
    ("G", &["▌Children's Hospital of Chongqing"], &[]),
    ("G g", &["▌Guangzhou"], &[]),
    ("/ c h o n g", &["2 of 5", "/ chong", "Chongqing Health Center"], &["Mudanjiang", "Shanghai Children"]),
    ("/ m d j n g", &["0 of 5", "1 by letters with gaps", "▌Mudanjiang Women's"], &[]),
    ("/ 牡 丹", &["1 of 5", "Mudanjiang"], &[]),
    ("/ s c m c", &["alias SCMC"], &[]),
    ("/ g u a n g d", &["region Guangdong"], &[]),
    ("/ c h o n g Space b e d z > 5", &["2 of 5", "did you mean beds?"], &["Mudanjiang Women"]),
    ("/ b e d s >", &["5 of 5", "beds needs a number, as in beds>"], &[]),
    ("/ b e d s > 2 0 0 0", &["+ 1 possibly", "1 more may match"], &["▌Guangzhou"]),
    ("/ b e d s > ? 2 0 0 0", &["▌Guangzhou"], &["possibly"]),
    ("/ c i t", &["/ city:", "Tab  city:"], &[]),
    ("/ c i t Space x Left Left Tab", &["/ city: x"], &[]),
    ("/ c i t Tab m Tab", &["1 of 5", "/ city:Mudanjiang", "▌Mudanjiang"], &[]),
    ("v", &["caveats and notes shown"], &[]),
    ("v v", &["caveats and notes hidden"], &[]),
    ("Space G c x", &["A and B swapped"], &[]),
    ("/ ! c h o n g q i n g", &["3 of 5"], &["Chongqing Health"]),
    ("/ z z z z", &["0 of 5", "Nothing matches", "Esc clears"], &[]),
    ("/ q", &["/ q"], &[]),
    ("/ c h o n g Down", &["2 of 5", "▌Children's Hospital of Chongqing"], &[]),
    ("/ c h o n g Esc", &["5 of 5", "press / to search"], &[]),
    ("/ c h o n g Enter Esc", &["5 of 5"], &[]),
    ("/ s h x Backspace", &["1 of 5", "/ sh"], &[]),
    ("s", &["Sort", "✓  relevance (or file order)", "bed capacity", "1 hospital with a figure"], &[]),
    ("s Down Enter", &["sorted by name", "by name", "▌Children's"], &["with a figure"]),
    ("Down s Down Enter", &["sorted by name", "▌Chongqing Health"], &[]),
    ("Space s Down Enter", &["sorted by name", "A▌Guangzhou"], &[]),
    ("s Esc", &["5 of 5"], &["with a figure"]),
    ("/ s o r t : b e d s Enter g", &["by open beds", "▌1,925", "more than 1,500 ·", "this text does not say"], &[]),
    ("f", &["Filter by", "country", "China", "5 hospitals"], &[]),
    ("f Down Enter", &["/ region=Chongqing", "2 of 5"], &["Filter by"]),
    ("f Down Enter f Enter", &["2 of 5", "country=China"], &[]),
    ("f Down Enter f Down Enter", &["5 of 5"], &["region=Chongqing"]),
    ("Space", &["A▌Guangzhou"], &[]),
    ("Space Space", &["▌Guangzhou"], &["A▌Guangzhou"]),
    ("Space Down Space", &["A Guangzhou", "B▌Chongqing"], &[]),
    ("Space Down Space Down Space", &["A and B are marked"], &[]),
    ("c", &["mark a hospital with Space"], &[]),
    ("Space c", &["mark a hospital with Space"], &[]),
    ("Space Down Down Space c", &["answered", "A Guangzhou", "B Shanghai", "A larger by more than 620"], &[]),
    ("Space Down Down c", &["A Guangzhou", "B Shanghai"], &[]),
    ("Space Down Down c x", &["A Shanghai", "B Guangzhou"], &[]),
    ("Space Down Down c Esc", &["5 of 5"], &["one-sided"]),
    ("Space G c", &["5 answered · 4 cannot be told · 21 one-sided", "SIDE BY SIDE", "two years apart"], &[]),
    (
        "Space G c d",
        &["Compare: differing rows", "showing only differing rows", "two years apart"],
        &["ONLY IN", "Cincinnati"],
    ),
    ("Space G c d d", &["Summary", "showing all rows"], &[]),
    ("Space G c = G", &["rows in both texts", "partner institutions"], &["deliveries"]),
    (
        "Space G c -",
        &["rows in one text", "ONLY IN A'S TEXT · 6 measures, 7 other", "deliveries", "33,717"],
        &["Cincinnati", "SIDE BY SIDE"],
    ),
    (
        "Space G c - PageDown PageUp",
        &["ONLY IN A'S TEXT · 6 measures, 7 other", "ONLY IN B'S TEXT · 15 measures, 7 other"],
        &[],
    ),
    (
        "Space G c Enter",
        &["outpatient and emergency visits", "Esc closes", "Unit: visits a year", "! The source says"],
        &[],
    ),
    (
        "Space G c G",
        &["▌ ▸ ONLY IN B'S TEXT · 15 measures, 7 other", "Enter opens", "staff 3,968 (2019 or later)", "SOURCES"],
        &["Enter closes"],
    ),
    ("Space G c G Enter", &["▾ ONLY IN B'S TEXT · 15 measures, 7 other", "Enter closes", "doctoral supervisors"], &[]),
    ("Space G c G Enter Enter", &["▸ ONLY IN B'S TEXT · 15 measures, 7 other"], &["doctoral supervisors       46"]),
    ("Space G c n", &["▌ inpatients", "A larger by 40,720–"], &[]),
    ("Space G c n n n n n", &["no more rows with an answer", "▌ NSFC projects"], &[]),
    ("Space G c n n N", &["▌ inpatients"], &[]),
    ("Space G c Enter ? Esc", &["Row", "Esc closes"], &["Outside the search box"]),
    ("/ c h i l d r e n Enter s Down Enter s Up Enter", &["sorted by relevance"], &[]),
    ("?", &["Outside the search box", "search names", "Ctrl-u"], &[]),
    ("? G", &["Symbols in the comparison", "has a caveat"], &[]),
    ("? ?", &["5 of 5"], &["Outside the search box"]),
    ("? Esc", &["5 of 5"], &["Outside the search box"]),
    ("l", &["← list"], &[]),
    ("", &["2017 !", "15 caveats, 11 notes"], &["The source says"]),
    ("v", &["(v hides them)", "! The source says"], &[]),
    ("v v", &["(v shows them)"], &["The source says"]),
    ("m", &["mouse off"], &[]),
];

#[test]
fn keys_change_the_screen_as_documented() {
    for (keys, shown, hidden) in KEYS {
        let screen = Screen::new(120, 40).typed(keys);
        let text = screen.text();
        for wanted in *shown {
            assert!(text.contains(wanted), "after `{keys}` the screen lacks {wanted:?}:\n{text}");
        }
        for unwanted in *hidden {
            assert!(!text.contains(unwanted), "after `{keys}` the screen has {unwanted:?}:\n{text}");
        }
    }
}

#[test]
fn only_the_expected_effects_are_requested() {
    let last = |keys: &str| Screen::new(120, 40).typed(keys).last_effect();
    assert_eq!(last("q"), Some(Effect::Quit));
    assert_eq!(last("C-c"), Some(Effect::Quit));
    assert_eq!(last("/ C-c"), Some(Effect::Quit));
    assert_eq!(last("Space G c C-c"), Some(Effect::Quit));
    assert_eq!(last("? C-c"), Some(Effect::Quit));
    assert_eq!(last("/ q"), None, "in the search box q is text");
    assert_eq!(last("Esc Esc Esc"), None, "Esc never quits");
    assert_eq!(last("C-z"), Some(Effect::Suspend));
    assert_eq!(last("m"), Some(Effect::CaptureMouse(false)));
    assert!(
        matches!(last("y"), Some(Effect::Copy { text, .. }) if text.contains("Guangzhou") && text.contains("[1] “Hospital"))
    );
    let row = last("Space G c n n n y");
    assert!(
        matches!(&row, Some(Effect::Copy { text, .. }) if text.contains("two years apart") && text.contains("\n[1] “Hospital")),
        "{row:?}"
    );
}

#[test]
fn the_caret_is_where_the_next_letter_goes() {
    assert_eq!(Screen::new(120, 40).typed("").cursor(), None);
    assert_eq!(Screen::new(120, 40).typed("/").cursor(), Some((3, 1)));
    assert_eq!(Screen::new(120, 40).typed("/ 重 庆 a").cursor(), Some((8, 1)));
    assert_eq!(Screen::new(120, 40).typed("/ 重 庆 Left").cursor(), Some((5, 1)));
    let long = "/ ".to_owned() + &"x ".repeat(100);
    let (column, _) = Screen::new(80, 24).typed(&long).cursor().unwrap();
    assert!(column < 35, "the cursor stays in the list: {column}");
}

#[test]
fn a_paste_is_text_whatever_it_holds() {
    let text = Screen::new(120, 40).typed("/").pasted("chong\u{1b}[31m\nq").text();
    assert!(text.contains("/ chong␛[31m q"), "{text}");
    let from_detail = Screen::new(120, 40).typed("l").pasted("牡丹").text();
    assert!(from_detail.contains("1 of 5"), "{from_detail}");
    let text = Screen::new(120, 40).pasted("牡丹").text();
    assert!(text.contains("1 of 5"), "{text}");
}

#[test]
fn the_mouse_selects_and_scrolls() {
    let clicked = Screen::new(120, 40).clicked(5, 7);
    assert!(clicked.text().contains("▌Shanghai"), "{}", clicked.text());
    let scrolled = Screen::new(120, 40).wheel(90, 20, 3);
    assert_ne!(scrolled.text(), Screen::new(120, 40).text());
    assert!(scrolled.text().contains("▌Guangzhou"), "the list stays");
    let listed = Screen::new(120, 40).wheel(5, 7, 2);
    assert!(listed.text().contains("▌Shanghai"), "{}", listed.text());
    let filter = Screen::new(120, 40).clicked(5, 1);
    assert_eq!(filter.cursor(), Some((3, 1)));
}

#[test]
fn nothing_is_typed_on_a_screen_too_small_to_show_it() {
    let mut screen = Screen::new(120, 40).typed("/ c h");
    let before = screen.text();
    screen.resize(39, 9);
    let mut screen = screen.typed("x y Backspace").pasted("pasted");
    screen.resize(120, 40);
    assert_eq!(screen.text(), before);
}

#[test]
fn the_footer_offers_only_what_the_selection_allows() {
    let footer = |screen: &Screen| screen.text().lines().last().unwrap().to_owned();
    let on_row = Screen::new(140, 40).typed("Space G c");
    assert!(footer(&on_row).contains(" y copy") && footer(&on_row).contains("Enter open"), "{}", footer(&on_row));
    let on_group = Screen::new(140, 40).typed("Space G c G");
    assert!(
        !footer(&on_group).contains(" y copy") && footer(&on_group).contains("Enter open"),
        "{}",
        footer(&on_group)
    );
    let copied = on_group.typed("y");
    assert_eq!(copied.last_effect(), None);
    assert!(footer(&copied).contains("select a row to copy"), "{}", footer(&copied));
    let hospital = |id: &str, staff: u32| {
        let figure = |measure: &str, value: &str| {
            format!(r#"{{"measure": "{measure}", "value": {value}, "period": "2020", "source": "s"}}"#)
        };
        let figures = [figure("beds.open", r#"{"missing": "suppressed"}"#), figure("staff.total", &staff.to_string())];
        format!(r#"{{"id": "{id}", "name": "{id}", "figures": [{}]}}"#, figures.join(","))
    };
    let hospitals = [hospital("x", 5), hospital("y", 6)].join(",");
    let text = format!(r#"{{"title": "T", "sources": [{{"id": "s", "title": "S"}}], "hospitals": [{hospitals}]}}"#);
    let without_number = hospitui::formats::native::read(&text, "t").unwrap();
    let on_missing = Screen::of(without_number, 140, 40).typed("Space Down c G");
    assert!(
        on_missing.text().contains("▌ No number in either text") && on_missing.text().contains("1 without a number")
    );
    assert!(!footer(&on_missing).contains("copy") && !footer(&on_missing).contains("open"), "{}", footer(&on_missing));
    let mut empty = Screen::new(140, 40).typed("/ z z z z Enter");
    assert!(!footer(&empty).contains(" y copy"), "{}", footer(&empty));
    empty = empty.typed("y");
    assert!(
        empty.last_effect().is_none() && footer(&empty).contains("select a hospital to copy"),
        "{}",
        footer(&empty)
    );
}

#[test]
fn resizing_keeps_place_and_recovers_from_too_small() {
    let mut screen = Screen::new(120, 40).typed("G Space g c j j j j j j j j");
    let before = screen.text();
    screen.resize(39, 9);
    assert!(screen.text().contains("hospitui needs 40x10 (now 39x9)"), "{}", screen.text());
    screen.resize(120, 40);
    assert_eq!(screen.text(), before);
}

#[test]
fn chinese_text_stays_aligned() {
    for (width, height) in [(80, 24), (120, 40), (200, 50)] {
        let screen = Screen::new(width, height).typed("");
        let dividers = |y: u16| (0..width).filter(|x| "│┃".contains(&screen.symbol(*x, y))).collect::<Vec<u16>>();
        let first = dividers(1);
        assert_eq!(first.len(), 1, "one divider");
        assert!((1..height - 1).all(|y| dividers(y)[0] == first[0]), "{width}x{height}:\n{}", screen.text());
    }
}

#[test]
fn the_sign_of_a_caveat_is_seen_at_every_width() {
    for width in 40..130 {
        let text = Screen::new(width, 200).typed("j l").text();
        assert_eq!(text.matches("year” !").count(), 2, "{width}:\n{text}");
    }
}

#[test]
fn colour_is_never_the_only_signal() {
    for keys in ["", "Space G c", "?"] {
        let plain = Screen::new(120, 40).theme(Theme::PLAIN).typed(keys);
        assert_eq!(plain.text(), Screen::new(120, 40).typed(keys).text());
        for cell in &plain.buffer().content {
            assert!(cell.fg == Color::Reset && cell.bg == Color::Reset, "a colour in the plain theme");
        }
    }
    let selected = Screen::new(120, 40).theme(Theme::PLAIN);
    let reversed = selected.buffer().content.iter().any(|cell| cell.modifier.contains(Modifier::REVERSED));
    assert!(reversed, "the selection shows without colour");
}

#[test]
fn ascii_holds_nothing_else_but_letters_of_the_data() {
    for keys in ["", "/ c h o n g", "Space", "Space G c", "Space G c j j Enter", "?", "s", "f", "v", "l", "/ b e d s >"]
    {
        for (width, height) in [(80, 24), (200, 50)] {
            let text = Screen::new(width, height).glyphs(&Glyphs::ASCII).typed(keys).text();
            let other: Vec<char> = text.chars().filter(|c| !c.is_ascii() && !c.is_alphabetic()).collect();
            assert!(other.is_empty(), "after `{keys}`: {other:?}\n{text}");
        }
    }
    let text = Screen::new(80, 24).glyphs(&Glyphs::ASCII).typed("").text();
    assert!(text.contains("广州市妇女儿童医疗中心"), "{text}");
}

#[test]
fn whole_screens_at_the_four_sizes() {
    for (width, height) in [(80, 24), (120, 40), (200, 50), (50, 15)] {
        for (name, keys) in [
            ("browse", ""),
            ("filter", "/ c h o n g"),
            ("compare", "Space G c j j"),
            ("row", "Space G c j j Enter"),
            ("help", "?"),
        ] {
            let text = Screen::new(width, height).typed(keys).text();
            insta::assert_snapshot!(format!("{name}-{width}x{height}"), text);
        }
    }
}

#[test]
fn the_readme_pictures_are_fresh() {
    for (name, keys) in [("browse", "/ c h o n g"), ("compare", "Space G c j j"), ("help", "?")] {
        let screen = Screen::new(110, 30).typed(keys);
        let fresh = picture::svg(screen.buffer(), screen.cursor());
        let path = format!("{}/assets/pictures/{name}.svg", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("HOSPITUI_BLESS").is_some() {
            std::fs::create_dir_all(std::path::Path::new(&path).parent().unwrap()).unwrap();
            std::fs::write(&path, &fresh).unwrap();
        }
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(old == fresh, "{path} is stale: HOSPITUI_BLESS=1 cargo test --test all screens");
    }
}
