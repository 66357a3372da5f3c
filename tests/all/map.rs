//! The map of the hospitals found.

use crossterm::event::{KeyCode, KeyModifiers, MouseButton, MouseEventKind};
use hospitui::catalog::Catalog;
use hospitui::formats::{Options, load_bytes};
use hospitui::tui::Panes;
use hospitui::tui::app::Event;
use hospitui::tui::glyphs::Glyphs;
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use crate::support::screen::Screen;

fn load(rows: &str) -> Catalog {
    let text = format!("id,name,city,state,latitude,longitude\n{rows}");
    load_bytes("t.csv", text.as_bytes(), &Options::default()).unwrap()
}

/// A cross of hospitals around one in the middle, a degree apart, one far away, and two of which no place is known.
fn cross() -> Catalog {
    load(
        "1,Middle Hospital,Town,Northland,60,10\n2,North Hospital,,,61,10\n3,East Hospital,,,60,12\n\
         4,South Hospital,,,59,10\n5,West Hospital,,,60,8\n6,Far Hospital,,,60,16\n7,Nowhere,,,,\n8,Elsewhere,,,,\n",
    )
}

fn screen(width: u16, height: u16) -> Screen {
    Screen::of(cross(), width, height)
}

/// The lines of the map, without those above and below it.
fn canvas(screen: &Screen) -> Vec<String> {
    let text = screen.text();
    let lines = text.lines().skip(1).take_while(|line| !line.contains(" km") || line.contains("Hospital"));
    lines.map(str::to_owned).collect()
}

/// Where a character is drawn.
fn place_of(screen: &Screen, sign: char) -> Option<(u16, u16)> {
    let area = screen.buffer().area;
    let mut cells = (0..area.height).flat_map(|y| (0..area.width).map(move |x| (x, y)));
    cells.find(|(x, y)| screen.symbol(*x, *y).starts_with(sign))
}

fn is_braille(c: char) -> bool {
    ('\u{2801}'..='\u{28ff}').contains(&c)
}

fn dots(screen: &Screen) -> u32 {
    screen.text().chars().filter(|c| is_braille(*c)).map(|c| (u32::from(c) - 0x2800).count_ones()).sum()
}

#[test]
fn the_map_shows_the_hospitals_found_and_says_how_many_it_cannot() {
    for (width, height) in [(40, 10), (50, 15), (80, 24), (120, 40), (200, 50)] {
        let map = screen(width, height).typed("M");
        let text = map.text();
        map.assert_sound(&text);
        if width >= 80 {
            assert!(text.contains("Map  6 hospitals found · 2 more without coordinates"), "{text}");
        }
        assert!(text.contains('├') && text.contains(" km") && place_of(&map, '◆').is_some(), "{text}");
        // The selected one is a sign of its own.
        assert!(width == 40 || (5..=6).contains(&dots(&map)), "{}: {text}", dots(&map));
        assert!(map.heard().starts_with("Middle Hospital · Town"), "{}", map.heard());
        assert!(map.bottom().contains("? help"), "{}", map.bottom());
        for key in ["M", "q", "Esc"] {
            let closed = screen(width, height).typed("M").typed(key);
            assert!(!closed.text().contains("Map  ") && closed.text().contains("Middle Hospital"), "{key}");
        }
    }
    let found = screen(80, 24).typed("/ n o r t h Enter M");
    assert!(found.text().contains("Map  2 hospitals found\n"), "only what the query finds: {}", found.text());
    let word = screen(80, 24).typed("/ e a s t Enter M");
    assert!(word.text().contains("Map  1 hospital found"), "{}", word.text());
    assert!(word.heard().starts_with("East Hospital · 60, 12"), "{}", word.heard());
}

#[test]
fn shapes_are_true_in_the_middle_of_the_map() {
    // A degree east of 60 degrees north is half as long as a degree north, and a line is as high as two columns.
    let map = || Screen::of(load(SQUARE), 120, 40).typed("M");
    let at = |keys: &str| place_of(&map().typed(keys), '◆').unwrap();
    let (middle, north, east) = (at(""), at("Up"), at("Right"));
    assert_eq!((north.0, east.1), (middle.0, middle.1));
    let (up, right) = (middle.1 - north.1, east.0 - middle.0);
    assert!(up > 8 && right.abs_diff(2 * up) <= 2, "{up} lines up, {right} columns right");
}

const SQUARE: &str = "1,M,,,60,10\n2,N,,,61,10\n3,E,,,60,12\n4,S,,,59,10\n5,W,,,60,8\n";

#[test]
fn arrows_go_to_the_next_hospital_in_their_direction() {
    for (keys, name) in [
        ("Up", "North"),
        ("k", "North"),
        ("Right", "East"),
        ("l", "East"),
        ("Down", "South"),
        ("j", "South"),
        ("Left", "West"),
        ("h", "West"),
        ("l l", "Far"),
        ("l l h h", "Middle"),
        ("Up Down", "Middle"),
    ] {
        let map = screen(80, 24).typed("M").typed(keys);
        assert!(map.heard().starts_with(&format!("{name} Hospital")), "{keys}: {}", map.heard());
    }
    let end = screen(80, 24).typed("M Up Up");
    assert!(end.heard().starts_with("North Hospital"), "{}", end.heard());
    assert_eq!(end.bottom(), " no hospital lies further north");
}

#[test]
fn what_lies_in_which_direction_is_said_with_how_far_it_is() {
    let map = screen(200, 50).typed("M");
    let text = map.text();
    // One degree of latitude is 111.4 km long there, two of longitude 111.6 km.
    for says in ["next north: North Hospital, 111 km", "east: East Hospital, 112 km", "south: South Hospital, 111 km"] {
        assert!(text.contains(says), "no {says}: {text}");
    }
    // On small screens, and where a reader goes line by line, PgDn reads on.
    for panes in [Panes::Auto, Panes::One] {
        let mut map = screen(50, 15).panes(panes).typed("M");
        let mut heard = map.heard();
        for _ in 0..6 {
            map = map.typed("PageDown");
            heard = format!("{heard} {}", map.heard());
        }
        assert!(heard.contains("next north: North") && heard.contains("west: West"), "{heard}");
        let next = map.typed("Right");
        assert!(next.heard().starts_with("East Hospital"), "read from its start: {}", next.heard());
    }
    let alone = Screen::of(load("1,Alone,,,1,1\n"), 80, 24).typed("M");
    assert!(alone.text().contains("no other hospital lies elsewhere"), "{}", alone.text());
}

#[test]
fn zooming_keeps_the_selected_hospital_in_its_place_and_all_can_be_shown_again() {
    let map = || screen(80, 24).typed("M");
    let (start, before) = (place_of(&map(), '◆').unwrap(), canvas(&map()));
    let near = map().typed("+");
    let at = place_of(&near, '◆').unwrap();
    assert!(at.0.abs_diff(start.0) <= 1 && at.1.abs_diff(start.1) <= 1, "{start:?} {at:?}");
    assert_ne!(canvas(&near), before);
    let nearest = map().typed("+ + + + + +");
    assert_eq!(dots(&nearest), 0, "nothing else is seen: {}", nearest.text());
    for keys in ["0", "z", "- - - - - - -"] {
        assert_eq!(canvas(&map().typed("+ + + + + +").typed(keys)), before, "{keys}");
    }
    // Further hospitals are gone to, and come into view.
    let far = map().typed("+ + + + + + l l");
    assert!(far.heard().starts_with("Far") && place_of(&far, '◆').is_some(), "{}", far.text());
}

#[test]
fn the_map_is_moved_and_the_selection_stays() {
    let at = |keys: &str| place_of(&screen(80, 24).typed("M +").typed(keys), '◆').unwrap();
    let start = at("");
    assert!(at("J").1 < start.1 && at("K").1 > start.1);
    assert!(at("L").0 < start.0);
    let mut shifted = screen(80, 24).typed("M +");
    shifted.send(Event::Key(crossterm::event::KeyEvent::new(KeyCode::Right, KeyModifiers::SHIFT)));
    assert_eq!(place_of(&shifted, '◆'), Some(at("L")));
    assert!(shifted.heard().starts_with("Middle"), "{}", shifted.heard());
}

#[test]
fn enter_shows_the_hospital_in_the_detail_pane() {
    for (width, height) in [(120, 40), (50, 15)] {
        let detail = screen(width, height).typed("M Right Enter");
        assert_eq!(detail.heard(), "East Hospital");
        let list = detail.typed("Esc");
        assert!(list.heard().contains("East Hospital"), "it is selected in the list, too: {}", list.heard());
    }
    // Also one far behind what is known of the list, in file order and among matches.
    let rows = (0..3_000).map(|at| format!("{at},Hospital {at:04},,,{},{}", at / 100, at % 100));
    let rows = rows.collect::<Vec<_>>().join("\n");
    for before in ["", "/ h o s p i t a l Enter ", "s Down Enter "] {
        let keys = format!("{before}M Down Enter");
        let screen = Screen::of(load(&format!("x,Hospital X,,,29.5,50\n{rows}")), 120, 40).typed(&keys);
        let name = screen.heard();
        assert!(name.starts_with("Hospital "), "{before}: {}", screen.text());
        let list = screen.typed("Esc");
        assert!(list.heard().contains(&name), "{before}: {name}: {}", list.text());
    }
}

#[test]
fn hospitals_are_marked_and_compared_on_the_map() {
    let marked = screen(120, 40).typed("M Space Right");
    assert!(marked.bottom().starts_with(" c compare"), "{}", marked.bottom());
    assert!(place_of(&marked, 'A').is_some(), "{}", marked.text());
    let back = marked.typed("Left");
    assert!(back.heard().starts_with("A Middle Hospital"), "{}", back.heard());
    let compared = back.typed("Up c");
    assert!(compared.text().contains(" B North Hospital"), "{}", compared.text());
    let map = compared.typed("Esc");
    assert!(map.heard().starts_with("North Hospital") && map.text().contains("Map  6"), "{}", map.text());
    let help = map.typed("?");
    assert!(help.text().contains(" Help "), "{}", help.text());
    assert!(help.typed("Esc").heard().starts_with("North"));
}

#[test]
fn a_click_selects_the_nearest_hospital_and_the_wheel_zooms() {
    let east = place_of(&screen(80, 24).typed("M Right"), '◆').unwrap();
    let clicked = screen(80, 24).typed("M").clicked(east.0 + 2, east.1 + 1);
    assert!(clicked.heard().starts_with("East Hospital"), "{}", clicked.heard());
    let (x, y) = (east.0 + 2, east.1 + 1);
    let second = clicked.mouse(MouseEventKind::Up(MouseButton::Left), x, y).clicked(x, y);
    assert_eq!(second.heard(), "East Hospital", "a second click shows it");
    let near = screen(80, 24).typed("M").mouse(MouseEventKind::ScrollUp, east.0, east.1);
    assert_ne!(canvas(&near), canvas(&screen(80, 24).typed("M")));
    let again = near.wheel(east.0, east.1, 1);
    assert_eq!(canvas(&again), canvas(&screen(80, 24).typed("M")));
}

#[test]
fn hospitals_at_the_same_place_are_told_and_reached() {
    let map = Screen::of(load("1,One,,,5,5\n2,Two,,,5,5\n3,Three,,,6,6\n"), 80, 24).typed("M");
    assert!(map.heard().contains("1 of 2 here"), "{}", map.heard());
    let next = map.typed("Tab");
    assert!(next.heard().starts_with("Two") && next.heard().contains("2 of 2 here"), "{}", next.heard());
    assert!(next.typed("Tab").heard().starts_with("One"));
}

#[test]
fn hospitals_on_both_sides_of_the_date_line_stand_together() {
    let map = Screen::of(load("1,West of it,,,-17,179\n2,East of it,,,-17,-179\n"), 80, 24).typed("M");
    let (near, other) = (place_of(&map, '◆').unwrap(), map.typed("Right"));
    assert!(other.heard().starts_with("East of it · -17, -179"), "{}", other.heard());
    assert!(other.text().contains("west: West of it, 213 km"), "{}", other.text());
    assert!(place_of(&other, '◆').unwrap().0 > near.0);
}

#[test]
fn without_coordinates_the_key_says_so() {
    let none = Screen::new(80, 24).typed("M");
    assert_eq!(none.bottom(), " the data have no coordinates of any of the 5 hospitals found");
    assert!(!none.text().contains("Map  "), "{}", none.text());
    let one = screen(80, 24).typed("/ n o w h e r e Enter M");
    assert_eq!(one.bottom(), " the data have no coordinates of the hospital found");
    let nothing = screen(80, 24).typed("/ z z z z Enter M");
    assert_eq!(nothing.bottom(), " no hospital is found that a map could show");
    // A hospital of the list without coordinates leaves the selection to the first one that has them.
    let last = screen(80, 24).typed("G M");
    assert!(last.heard().starts_with("Middle"), "{}", last.heard());
}

#[test]
fn in_ascii_the_map_is_drawn_in_ascii() {
    let map = screen(80, 24).glyphs(&Glyphs::ASCII).typed("M");
    assert!(map.text().is_ascii(), "{}", map.text());
    assert!(place_of(&map, '@').is_some() && map.text().contains("|--"), "{}", map.text());
    assert_eq!(canvas(&map).join("").matches('.').count(), 5, "{}", map.text());
}

#[test]
fn whole_screens_with_the_map() {
    for (width, height) in [(80, 24), (120, 40), (50, 15), (200, 50)] {
        insta::assert_snapshot!(format!("map-{width}x{height}"), screen(width, height).typed("M").text());
    }
}

#[test]
fn a_map_survives_every_size_and_what_is_loaded_meanwhile() {
    let mut map = screen(120, 40).typed("M Right +");
    for (width, height) in [(39, 9), (0, 0), (40, 10), (50, 15), (200, 50), (1, 300), (80, 24)] {
        map.resize(width, height);
        map.assert_sound(&format!("{width}x{height}"));
        map = map.typed("Up + Down L");
    }
    map.assert_sound("at the end");
}

#[test]
fn random_use_of_the_map_never_breaks_the_screen() {
    const KEYS: &[&str] = &[
        "Up", "Down", "Left", "Right", "H", "J", "K", "L", "+", "-", "+", "0", "Tab", "Space", "c", "Esc", "M",
        "Enter", "PageDown", "g", "G", "?", "q",
    ];
    let mut dice = SmallRng::seed_from_u64(19);
    for _ in 0..30 {
        let mut map = screen(80, 24).typed("M");
        let mut played = String::from("M");
        for _ in 0..40 {
            let key = *KEYS.choose(&mut dice).unwrap();
            played = format!("{played} {key}");
            match dice.random_range(0..12) {
                0 => map.resize(dice.random_range(0..130), dice.random_range(0..50)),
                1 => map.resize_unannounced(dice.random_range(0..130), dice.random_range(0..50)),
                2 => map = map.clicked(dice.random_range(0..130), dice.random_range(0..50)),
                _ => map = map.typed(key),
            }
            map.assert_sound(&played);
        }
    }
}
