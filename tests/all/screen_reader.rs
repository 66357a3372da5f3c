//! Use by ear: a screen reader says the line in which the cursor stands, and the line at the bottom.

use std::sync::Arc;

use hospitui::tui::Panes;
use hospitui::tui::app::{App, Copied, Effect, Event};
use hospitui::tui::glyphs::Glyphs;
use ratatui::layout::Size;

use crate::support::screen::Screen;

/// What is heard at first, and after each of so many presses of a key.
fn heard(screen: Screen, key: &str, presses: usize) -> (Screen, Vec<String>) {
    let mut heard = vec![screen.heard()];
    let mut screen = screen;
    for _ in 0..presses {
        screen = screen.typed(key);
        heard.push(screen.heard());
    }
    (screen, heard)
}

/// The lines of a text that opens with these keys, from a screen that is high enough for all.
fn all_lines(width: u16, keys: &str) -> Vec<String> {
    let (_, mut lines) = heard(Screen::new(width, 200).typed(keys), "Down", 180);
    lines.dedup_by(|line, before| line == before && !line.is_empty());
    lines.truncate(lines.iter().rposition(|line| !line.is_empty()).unwrap_or(0) + 1);
    lines
}

#[test]
fn every_line_of_a_text_is_reached_downwards_and_upwards() {
    for keys in ["l", "j v l", "?", "Space G c = Enter", "Space G c - Enter"] {
        for (width, height) in [(80, 24), (120, 16), (50, 15)] {
            let when = format!("after `{keys}` at {width}x{height}");
            let lines = all_lines(width, keys);
            assert!(lines.len() > 8, "{when}: {lines:?}");
            let (screen, down) = heard(Screen::new(width, height).typed(keys), "Down", lines.len() - 1);
            assert_eq!(down, lines, "{when}");
            let (_, up) = heard(screen, "Up", lines.len() - 1);
            assert_eq!(up.into_iter().rev().collect::<Vec<_>>(), lines, "{when}, upwards");
        }
    }
}

#[test]
fn the_ends_and_pages_of_a_text_are_heard() {
    for keys in ["l", "?", "Space G c Enter"] {
        let lines = all_lines(80, keys);
        let mut screen = Screen::new(80, 24).typed(keys).typed("End");
        assert_eq!(screen.heard(), *lines.last().unwrap(), "{keys}");
        screen = screen.typed("Home");
        assert_eq!(screen.heard(), lines[0], "{keys}");
        for _ in 0..lines.len() {
            screen = screen.typed("PageDown");
        }
        assert_eq!(screen.heard(), *lines.last().unwrap(), "{keys}");
    }
}

#[test]
fn another_hospital_is_read_from_its_start() {
    let name = "Chongqing Health Center for Women and Children";
    let screen = Screen::new(120, 20).typed("l G h j l");
    assert_eq!(screen.heard(), name);
    assert!(screen.typed("Down").heard().starts_with("重庆市"));
}

#[test]
fn what_stands_before_the_rows_of_a_comparison_and_behind_them_is_heard() {
    let screen = Screen::new(80, 24).typed("Space G c");
    assert!(screen.heard().contains("outpatient and"), "{}", screen.heard());
    let (_, up) = heard(screen, "Up", 40);
    assert!(up.iter().any(|line| line.contains("Cannot be told: open beds")), "{up:#?}");
    assert!(up.last().unwrap().contains("Outpatient and emergency visits: A 4.7"), "{up:#?}");
    for (width, height) in [(80, 24), (50, 12)] {
        let (_, down) = heard(Screen::new(width, height).typed("Space G c G"), "Down", 60);
        assert!(down.iter().any(|line| line.contains("[2] “About us”")), "{down:#?}");
        assert!(down.last().unwrap().ends_with("entry."), "{down:#?}");
    }
}

#[test]
fn what_opens_is_named() {
    for (keys, heard, bottom) in [
        ("l", "Guangzhou Women and Children's Medical", " / search"),
        ("Tab", "Guangzhou Women and Children's Medical", " / search"),
        ("j Right", "Chongqing Health Center for Women", " / search"),
        ("Space G c Enter", "outpatient and emergency visits", " Row   ↑↓ move"),
        ("?", "In the list and the detail pane", " Help   ↑↓ move"),
        ("s", "▌✓  relevance (or", " Sort by   ↑↓ move   Enter choose"),
        ("f", "▌   China", " Filter by   ↑↓ move   Enter choose"),
    ] {
        for (width, height) in [(80, 24), (50, 24)] {
            let screen = Screen::new(width, height).typed(keys);
            let (line, last) = (screen.heard(), screen.bottom());
            assert!(line.starts_with(heard), "after `{keys}` at {width}: {line}");
            // Narrow screens have less room for hints.
            let bottom = if width < 80 { bottom.split("   ").next().unwrap_or_default() } else { bottom };
            assert!(last.starts_with(bottom) && last.contains("? help"), "after `{keys}` at {width}: {last}");
            assert!(screen.typed("Esc").bottom().starts_with(if keys.starts_with("Space") { " ↑↓" } else { " /" }));
        }
    }
}

#[test]
fn hints_behind_a_title_are_clicked_where_they_stand() {
    let screen = Screen::new(80, 24).typed("s");
    let end = screen.bottom().find("choose").map(|at| screen.bottom()[..at].chars().count() + "choose".len());
    let end = u16::try_from(end.unwrap()).unwrap();
    let chosen = screen.clicked(end - 1, 23);
    assert!(chosen.bottom().contains("sorted by relevance"), "{}", chosen.bottom());
}

#[test]
fn what_was_copied_is_said() {
    let copied = |width: u16, keys: &str, how: Copied| {
        let mut screen = Screen::new(width, 24).typed(keys);
        let Some(Effect::Copy { brief, .. }) = screen.last_effect() else { panic!("`{keys}` copies nothing") };
        screen.send(Event::Copied(brief, how));
        screen.text().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let last = |width: u16, keys: &str, how: Copied| copied(width, keys, how).pop().unwrap();
    let by = || Copied::By("xclip");
    let row = "copied: outpatient and emergency visits: A 4.7 million, 2017 [1]; B 3.37 million, 2019 [2] (by xclip)";
    assert_eq!(last(120, "Space G c y", by()), format!(" {row}"));
    let short = last(60, "Space G c y", by());
    assert!(
        short.starts_with(" copied: outpatient and emergency visits: A") && short.ends_with("… (by xclip)"),
        "{short}"
    );
    let one_sided = last(120, "Space G c - y", by());
    assert!(one_sided.starts_with(" copied: deliveries: A 33,717, 2017") && !one_sided.contains("B "), "{one_sided}");
    assert_eq!(last(120, "j y", by()), " copied: Chongqing Health Center for Women and Children (by xclip)");
    assert_eq!(last(120, "Space G c Y", by()), " copied: the whole comparison, as Markdown (by xclip)");
    let sent = last(80, "y", Copied::Sent(None));
    assert_eq!(sent, " copied, if the terminal allows it (OSC 52): Guangzhou Women and Children's Me…");
    assert_eq!(last(80, "y", Copied::Refused("why".to_owned())), " not copied: why");
}

#[test]
fn a_filter_that_is_chosen_or_taken_back_is_said_with_what_it_finds() {
    let chosen = Screen::new(80, 24).typed("f Down Enter");
    assert_eq!(chosen.bottom(), " region: Chongqing – 2 of 5 hospitals");
    let back = chosen.typed("f Down Enter");
    assert_eq!(back.bottom(), " region: Chongqing taken back – 5 of 5 hospitals");
    assert!(back.typed("j").bottom().starts_with(" /"), "until the next key");
    let measure = Screen::new(80, 24).typed("f End Enter");
    assert!(measure.bottom().starts_with(" has figures of: "), "{}", measure.bottom());
}

#[test]
fn the_menu_of_filters_says_that_it_counts() {
    let size = Size::new(80, 24);
    let mut app = App::new(Arc::new(hospitui::formats::bundled()), size, Glyphs::UNICODE, true);
    let asked = Screen::keys("f").find_map(|key| app.handle(Event::Key(key)));
    let mut screen = Screen::showing(app, size);
    assert_eq!(screen.heard(), "counting…");
    assert!(screen.bottom().starts_with(" Filter by"), "{}", screen.bottom());
    screen.answer(asked);
    assert!(screen.heard().starts_with("▌   China"), "{}", screen.heard());
}

#[test]
fn one_pane_stands_alone_at_any_width() {
    for width in [50, 80, 120, 200] {
        let list = Screen::new(width, 24).panes(Panes::One).typed("j");
        assert!(list.heard().contains("▌Chongqing Health Center"), "{}", list.heard());
        assert!(!list.text().contains("deliveries") && list.text().contains("5 of 5"), "{width}:\n{}", list.text());
        let detail = list.typed("Enter");
        assert_eq!(detail.heard(), "Chongqing Health Center for Women and Children");
        assert!(!detail.text().contains("Mudanjiang") && detail.text().contains("deliveries"), "{}", detail.text());
        assert!(detail.typed("Esc").text().contains("Mudanjiang"), "{width}");
        let help = Screen::new(width, 24).panes(Panes::One).typed("?");
        let beside = help.text().lines().skip(1).take(22).filter(|line| !line.starts_with(['│', '╭', '╰'])).count();
        assert_eq!(beside, 0, "{width}:\n{}", help.text());
    }
    assert!(Screen::new(120, 24).typed("j").text().contains("deliveries"), "two panes otherwise");
}

#[test]
fn a_row_of_the_comparison_is_a_sentence_where_there_is_one_pane() {
    let at = |width: u16, keys: &str| Screen::new(width, 24).panes(Panes::One).typed(keys).heard();
    let visits = "▌ outpatient and emergency visits: A 4.7 million 2017 !; B 3.37 million 2019 – \
                  A larger by 1.275–1.385 million; two years apart";
    assert_eq!(at(140, "Space G c"), visits);
    let short = at(80, "Space G c");
    assert!(visits.starts_with(&short) && short.contains("B 3.37 million"), "{short}");
    assert_eq!(at(120, "Space G c -"), "▌ deliveries: 33,717 2017");
    assert!(at(120, "Space G c = G").starts_with("▌ partner institutions abroad: A "));
    assert_eq!(at(120, "Space G c Enter"), "outpatient and emergency visits");
}
