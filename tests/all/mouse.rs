//! The mouse: clicks and double clicks, menus, the footer, scroll bars.

use std::fmt::Write as _;

use crossterm::event::{MouseButton, MouseEventKind};

use crate::support::screen::Screen;

/// The place of a text on the screen.
fn place_of(screen: &Screen, text: &str) -> (u16, u16) {
    let shown = screen.text();
    let (row, line) = shown.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap_or_else(|| {
        panic!("{text} is not on the screen:\n{shown}");
    });
    let column = hospitui::text::width(&line[..line.find(text).unwrap()]);
    (u16::try_from(column).unwrap(), u16::try_from(row).unwrap())
}

fn click_on(screen: Screen, text: &str) -> Screen {
    let (column, row) = place_of(&screen, text);
    screen.clicked(column, row).mouse(MouseEventKind::Up(MouseButton::Left), column, row)
}

fn assert_shows(screen: &Screen, text: &str) {
    assert!(screen.text().contains(text), "{text} is not on the screen:\n{}", screen.text());
}

fn assert_lacks(screen: &Screen, text: &str) {
    assert!(!screen.text().contains(text), "{text} is on the screen:\n{}", screen.text());
}

/// Asserts that the entry of a menu with this label is selected.
fn assert_selected(screen: &Screen, label: &str) {
    let text = screen.text();
    assert!(text.lines().any(|line| line.contains("│ ▌") && line.contains(label)), "{label} is not selected:\n{text}");
}

fn many() -> Screen {
    let mut hospitals = String::new();
    for at in 0..1000 {
        let comma = if at == 0 { "" } else { "," };
        write!(hospitals, r#"{comma}{{"id": "h{at}", "name": "Hospital {at:03}"}}"#).unwrap();
    }
    let json = format!(r#"{{"title": "many", "hospitals": [{hospitals}]}}"#);
    Screen::of(hospitui::formats::native::read(&json, "test").unwrap(), 120, 40)
}

#[test]
fn a_click_selects_an_entry_of_a_menu_and_another_one_chooses_it() {
    let screen = click_on(Screen::new(120, 40).typed("s"), "bed capacity");
    assert_selected(&screen, "bed capacity");
    let screen = click_on(screen, "bed capacity");
    assert_shows(&screen, "sorted by bed capacity");
    assert_lacks(&screen, "Sort by");
    let screen = click_on(Screen::new(120, 40).typed("f"), "Chongqing  ");
    // Several filters can be chosen: the menu stays.
    let screen = click_on(screen, "Chongqing  ");
    assert_shows(&screen, "Filter by");
    assert_shows(&screen.typed("Enter"), "/ region=Chongqing");
}

#[test]
fn the_second_click_on_a_chosen_entry_does_not_reach_what_lies_below() {
    let screen = Screen::new(120, 40).typed("s");
    let (column, row) = place_of(&screen, "relevance");
    let screen = screen.clicked(column, row).clicked(column, row);
    assert_shows(&screen, "sorted by relevance");
    assert_shows(&screen, "▌Guangzhou");
}

#[test]
fn a_click_in_the_filter_menu_waits_for_no_count_and_closes_nothing_before_it() {
    let choices = Screen::new(120, 40).typed("f");
    let (column, row) = place_of(&choices, "Shanghai  ");
    // Where a row will be, and where the first one will be, which is selected.
    for (column, row) in [(column, row), place_of(&choices, "China  ")] {
        let screen = Screen::new(120, 40).clicked_ahead("f", column, row);
        assert_shows(&screen, "Filter by");
        assert_selected(&screen, "China");
        assert_shows(&screen, "press / t");
    }
    // The menu can be closed, and when the rows are there they can be clicked.
    let counting = Screen::new(120, 40).unanswered("f");
    assert_shows(&counting, "counting…");
    let (column, row) = place_of(&counting, "Esc closes");
    assert_lacks(&Screen::new(120, 40).clicked_ahead("f", column + 1, row), "Filter by");
    let screen = click_on(Screen::new(120, 40).clicked_ahead("f", column, row + 20), "Shanghai  ");
    assert_selected(&screen, "Shanghai");
}

#[test]
fn a_click_beside_an_overlay_closes_it() {
    for open in ["s", "f", "?", "Space G c Enter"] {
        let screen = Screen::new(120, 40).typed(open);
        assert_shows(&screen, "Esc closes");
        assert_lacks(&screen.clicked(2, 37), "Esc closes");
        let screen = click_on(Screen::new(120, 40).typed(open), "Esc closes");
        assert_lacks(&screen, "Esc closes");
        let screen = Screen::new(120, 40).typed(open);
        let (column, row) = place_of(&screen, "Esc closes");
        assert_shows(&screen.clicked(column - 20, row), "Esc closes");
    }
}

#[test]
fn the_hints_of_the_footer_can_be_clicked() {
    let screen = click_on(Screen::new(120, 40), "/ search");
    assert_eq!(screen.cursor(), Some((3, 1)));
    let screen = click_on(click_on(Screen::new(120, 40), "Space mark"), "move");
    assert_shows(&screen, "A Guangzhou");
    let screen = click_on(screen, "compare");
    assert_shows(&screen, "SIDE BY SIDE");
    let screen = click_on(screen, "Esc back");
    assert_shows(&click_on(screen, "? help"), "Help");
    let screen = Screen::new(120, 40);
    let (column, row) = place_of(&screen, "q quit");
    assert_eq!(screen.clicked(column + 2, row).last_effect(), Some(hospitui::tui::app::Effect::Quit));
    assert_lacks(&Screen::new(120, 40).clicked(119, 39), "Esc closes");
}

#[test]
fn a_double_click_opens_what_enter_opens() {
    let twice = |screen: Screen, text: &str| click_on(click_on(screen, text), text);
    assert_shows(&twice(Screen::new(120, 40), "Shanghai"), "← list");
    assert_shows(&twice(Screen::new(120, 40).typed("/ s h a"), "Shanghai"), "← list");
    assert_shows(&twice(Screen::new(120, 40).typed("Space G c"), "inpatients"), "Esc closes");
    let apart = click_on(click_on(Screen::new(120, 40), "Shanghai"), "Mudanjiang");
    assert_lacks(&apart, "← list");
}

#[test]
fn scroll_bars_are_dragged() {
    let drag = MouseEventKind::Drag(MouseButton::Left);
    // The bar of the list stands on its right.
    let screen = many().clicked(40, 38);
    assert_shows(&screen, "Hospital 999");
    let screen = screen.mouse(drag, 60, 19);
    assert_shows(&screen, "Hospital 480");
    screen.assert_sound("in the middle");
    let screen = screen.mouse(drag, 47, 0);
    assert_shows(&screen, "Hospital 000");
    let screen = screen.mouse(MouseEventKind::Up(MouseButton::Left), 47, 0).mouse(drag, 47, 37);
    assert_shows(&screen, "Hospital 000");
    let help = Screen::new(120, 40).typed("?").clicked(109, 37);
    assert_shows(&help, "has a caveat");
    let compared = Screen::new(120, 40).typed("Space G c").clicked(119, 38);
    assert_shows(&compared, "SOURCES");
    compared.assert_sound("at the end");
    let detail = Screen::new(120, 20).clicked(119, 18);
    assert_shows(&detail, "Undated profile");
}
