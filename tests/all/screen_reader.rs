//! Use by ear: a screen reader says the line in which the cursor stands, and the line at the bottom.

use std::sync::Arc;

use crossterm::event::{KeyCode, MouseEventKind};
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
fn a_hospital_is_read_from_its_name_whatever_was_scrolled_before() {
    for (width, height) in [(80, 24), (120, 16)] {
        let lines = all_lines(width, "l");
        for before in ["S-Down S-Down S-Down Enter", "l Down Down Down Down h l", "l S-Down Down h Tab"] {
            let (_, down) = heard(Screen::new(width, height).typed(before), "Down", lines.len() - 1);
            assert_eq!(down, lines, "after `{before}` at {width}x{height}");
        }
    }
}

#[test]
fn a_long_name_is_never_cut_to_another_one() {
    let title = |screen: &Screen| screen.text().lines().nth(1).unwrap().split(['│', '┃']).nth(1).unwrap().to_owned();
    let screen = Screen::new(80, 24).typed("l Down");
    assert!(title(&screen).ends_with("Medical") && screen.text().contains("Center"), "{}", screen.text());
    let scrolled = screen.typed("Down Down");
    assert!(title(&scrolled).trim_end().ends_with('…'), "{}", scrolled.text());
}

#[test]
fn the_title_looks_selected_only_while_it_is_read() {
    let background = |keys: &str| {
        let screen = Screen::new(80, 24).typed(keys);
        let x =
            u16::try_from(screen.text().lines().nth(1).unwrap().chars().position(|c| c == '│').unwrap()).unwrap() + 2;
        screen.buffer()[(x, 1)].style().bg
    };
    assert_ne!(background("l"), background(""));
    assert_eq!(background("l Down"), background(""));
}

#[test]
fn a_line_of_a_hospital_that_is_clicked_is_read() {
    let screen = || Screen::new(80, 24).typed("l Down Down Down");
    let reads = |screen: &Screen, y: u16| screen.text().lines().nth(y.into()).unwrap().contains(&screen.heard());
    for y in [1, 2, 7] {
        let clicked = screen().clicked(60, y);
        assert!(!clicked.heard().is_empty() && reads(&clicked, y), "row {y}: {}", clicked.heard());
        let line = clicked.heard();
        assert_ne!(clicked.typed("Down").heard(), line, "row {y}");
    }
    // Without the keys there, too; and the wheel does not leave the reader at the name.
    assert!(reads(&Screen::new(80, 24).clicked(60, 7), 7));
    let name = Screen::new(80, 24).typed("l").heard();
    let wheel = Screen::new(80, 24).typed("l").wheel(60, 7, 1);
    assert_ne!(wheel.heard(), name);
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
        ("s", "✓  relevance (or", " Sort by   ↑↓ move   Enter choose"),
        ("f", "China", " Filter by   ↑↓ move   Enter choose"),
    ] {
        for (width, height) in [(80, 24), (50, 24)] {
            let screen = Screen::new(width, height).typed(keys);
            let (line, last) = (screen.heard(), screen.bottom());
            // The first entry of a group names it.
            let is_heard = if matches!(keys, "s" | "f") { line.contains(heard) } else { line.starts_with(heard) };
            assert!(is_heard && (keys != "f" || line.contains("country")), "after `{keys}` at {width}: {line}");
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
fn numbers_of_hospitals_have_one_style() {
    let hospital = |at: usize| {
        let place = if at < 3 { "China" } else { "Chad" };
        format!("{{\"id\": \"{at}\", \"name\": \"Hospital {at:04}\", \"place\": {{\"country\": \"{place}\"}}}}")
    };
    let hospitals: Vec<String> = (0..2005).map(hospital).collect();
    let text = format!("{{\"title\": \"Many\", \"hospitals\": [{}]}}", hospitals.join(","));
    let many = hospitui::formats::native::read(&text, "many.json").unwrap();
    let chosen = Screen::of(many, 120, 24).typed("f Enter");
    assert_eq!(chosen.bottom(), " country: Chad – 2,002 of 2,005 hospitals");
    assert!(chosen.text().contains("2,002 of 2,005"), "{}", chosen.text());
}

#[test]
fn comparing_is_offered_first_once_a_hospital_is_marked() {
    for (width, height) in [(40, 10), (50, 15), (80, 24), (120, 40)] {
        for keys in ["Space", "Space j", "Space j Space", "Space l"] {
            // The detail pane has a way back, too, which leaves no room in 40 columns.
            if width == 40 && keys.ends_with('l') {
                continue;
            }
            let bottom = Screen::new(width, height).typed(keys).bottom();
            assert!(bottom.starts_with(" c compare") && bottom.ends_with("q quit"), "`{keys}` at {width}: {bottom}");
        }
        assert!(Screen::new(width, height).typed("Space Space").bottom().starts_with(" / search"), "{width}");
    }
}

#[test]
fn a_key_that_means_nothing_is_answered_in_the_list_and_beside_it() {
    for place in ["", "l "] {
        for key in ["!", "@", "C-t", "Backspace"] {
            let bottom = Screen::new(80, 24).typed(&format!("{place}{key}")).bottom();
            assert!(
                bottom.starts_with(" no command for “") && bottom.ends_with("? for help"),
                "{place}{key}: {bottom}"
            );
        }
        let mut screen = Screen::new(80, 24).typed(place);
        for code in [KeyCode::F(5), KeyCode::Insert, KeyCode::Delete] {
            screen.send(Event::Key(code.into()));
            assert!(screen.bottom().starts_with(" no command for “"), "{code:?}: {}", screen.bottom());
        }
        assert!(screen.typed("w").text().contains("/ w"), "a letter still begins a search");
    }
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
    assert!(screen.heard().starts_with("▌country") && screen.heard().contains("China"), "{}", screen.heard());
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

/// The screen with one pane.
fn one_pane(width: u16, height: u16, keys: &str) -> Screen {
    Screen::new(width, height).panes(Panes::One).typed(keys)
}

#[test]
fn a_comparison_is_read_line_by_line_where_there_is_one_pane() {
    for keys in ["Space G c", "Space G c d", "Space j c"] {
        for (width, height) in [(80, 24), (120, 40), (50, 15)] {
            let when = format!("after `{keys}` at {width}x{height}");
            // From a screen that is high enough for all lines.
            let (_, mut lines) = heard(one_pane(width, 400, keys), "Down", 300);
            lines.dedup_by(|line, before| line == before && !line.is_empty());
            let is_there = |text: &str| lines.iter().any(|line| line.contains(text));
            assert!(lines.len() > 15 && is_there("SIDE BY SIDE ·") && is_there("SOURCES"), "{when}: {lines:#?}");
            let plain = |lines: &[String]| lines.iter().map(|line| line.replace('▌', " ")).collect::<Vec<_>>();
            let (screen, down) = heard(one_pane(width, height, keys), "Down", lines.len() - 1);
            assert_eq!(plain(&down), plain(&lines), "{when}");
            let (screen, mut up) = heard(screen, "Up", lines.len() - 1);
            up.reverse();
            assert_eq!(plain(&up), plain(&lines), "{when}, upwards");
            let end = screen.typed("G");
            assert_eq!(plain(&[end.heard()]), plain(&lines[lines.len() - 1..]), "{when}, at the end");
            assert_eq!(end.typed("g").heard(), lines[0], "{when}, back at the start");
        }
    }
}

#[test]
fn keys_act_on_the_row_that_is_read_where_there_is_one_pane() {
    let screen = one_pane(80, 24, "Space G c");
    let first = "outpatient and emergency visits: A larger";
    assert!(!screen.heard().contains(first), "{}", screen.heard());
    // On a line before the rows, Enter and `y` only go to the row that comes next.
    for key in ["Enter", "y"] {
        let there = one_pane(80, 24, "Space G c").typed(key);
        assert!(there.heard().starts_with(&format!("▌ {first}")) && there.last_effect().is_none(), "{key}");
    }
    let mut screen = screen.typed("n");
    assert!(screen.heard().starts_with(&format!("▌ {first}")), "{}", screen.heard());
    screen = screen.typed("Down");
    assert!(screen.heard().starts_with("▌ ") && !screen.heard().contains(first), "the second line of that row");
    let Some(Effect::Copy { brief, .. }) = screen.typed("y").last_effect() else {
        panic!("a row that is read is copied")
    };
    assert!(brief.starts_with("outpatient and emergency visits: A 4.7 million"), "{brief}");
    let opened = one_pane(80, 24, "Space G c n Down Down");
    let title = opened.heard();
    assert!(!title.contains("outpatient"), "{title}");
    // What is read stays through another width, and through what comes on top.
    let mut resized = one_pane(80, 24, "Space G c n n");
    let start = resized.heard().chars().take(20).collect::<String>();
    resized.resize(50, 15);
    assert!(resized.heard().starts_with(&start), "{start}: {}", resized.heard());
    assert!(resized.typed("? Esc").heard().starts_with(&start));
}

#[test]
fn lines_around_the_rows_are_read_one_by_one_with_two_panes() {
    for (width, height) in [(80, 24), (120, 40), (50, 12)] {
        let screen = || Screen::new(width, height).typed("Space G c");
        // Up to the first line of the page and down again to the first row.
        let (top, mut up) = heard(screen(), "Up", 30);
        up.dedup_by(|line, before| line == before && !line.is_empty());
        let (_, down) = heard(top, "Down", up.len() - 1);
        up.reverse();
        assert_eq!(down, up, "{width}x{height}");
        // Down to the last line of the page and up again to the last row.
        let (end, mut down) = heard(screen().typed("G"), "Down", 40);
        down.dedup_by(|line, before| line == before && !line.is_empty());
        assert!(down.len() > 5, "{down:#?}");
        let (_, up) = heard(end, "Up", down.len() - 1);
        down.reverse();
        assert_eq!(up, down, "{width}x{height}");
    }
}

#[test]
fn the_wheel_leaves_behind_lines_that_are_only_read() {
    let selected = |screen: &Screen| screen.text().lines().position(|line| line.contains('▌'));
    let mut screen = Screen::new(120, 40).typed("Space G c");
    for _ in 0..5 {
        screen = screen.mouse(MouseEventKind::ScrollUp, 20, 20);
    }
    let first = selected(&screen);
    assert_ne!(selected(&screen.wheel(20, 20, 1)), first);
}

#[test]
fn a_row_of_the_comparison_is_a_sentence_where_there_is_one_pane() {
    let at = |width: u16, keys: &str| one_pane(width, 24, keys).heard();
    let visits = "▌ outpatient and emergency visits: A larger by 1.275–1.385 million; two years apart – \
                  A 4.7 million, 2017, with a caveat; B 3.37 million, 2019";
    assert_eq!(at(160, "Space G c n"), visits);
    let short = at(80, "Space G c n");
    assert!(visits.starts_with(&short) && short.contains("A larger by 1.275–1.385 million; two"), "{short}");
    let next = at(80, "Space G c n Down");
    assert!(visits.ends_with(next.trim_start_matches(['▌', ' '])), "{next}");
    let text = one_pane(120, 90, "Space G c -").text();
    assert!(text.contains("▌ deliveries: 33,717, 2017"), "{text}");
    assert!(!text.contains(" !"), "{text}");
    assert_eq!(at(120, "Space G c n Enter"), "outpatient and emergency visits");
}
