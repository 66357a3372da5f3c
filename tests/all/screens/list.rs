//! The list: selection, typing ahead, long lists.

use hospitui::catalog::Catalog;
use hospitui::tui::app::Effect;

use crate::support::screen::Screen;

#[test]
fn keys_typed_ahead_act_on_the_intended_list() {
    let marked = Screen::new(120, 40).typed_ahead("/ m d j n g Enter Space").text();
    assert!(marked.contains("A▌Mudanjiang"), "{marked}");
    let mut left = Screen::new(120, 40).typed_ahead("/ m d j C-c");
    assert_eq!(left.last_effect(), Some(Effect::Quit), "leaving overtakes");
    left.resize(80, 24);
}

#[test]
fn the_selected_row_stays_selected() {
    // It stays selected even while an incomplete query does not match it.
    let screen = Screen::new(120, 40).typed("Down Down Down / b e d s > 1 0 0");
    assert!(screen.text().contains("▌Mudanjiang"), "{}", screen.text());
    let at = |keys: &str| {
        let text = Screen::new(120, 40).typed(keys).text();
        text.lines().find(|line| line.starts_with('▌')).map(|line| line.chars().skip(2).take(20).collect::<String>())
    };
    let papers = at("Space G c n n n");
    assert_eq!(papers.as_deref().map(str::trim), Some("SCI papers"));
    for keys in ["x", "=", "d d", "x x"] {
        let kept = at(&format!("Space G c n n n {keys}"));
        assert_eq!(kept.as_deref().map(str::trim), Some("SCI papers"), "after {keys}");
    }
}

/// A catalog of `hospitals` hospitals; every second one has a q in its name.
fn long_catalog(hospitals: usize) -> Catalog {
    let hospital = |at: usize| {
        let letter = if at.is_multiple_of(2) { 'Q' } else { 'R' };
        format!("{{\"id\": \"{at}\", \"name\": \"{letter} Hospital {at:04}\"}}")
    };
    let hospitals: Vec<String> = (0..hospitals).map(hospital).collect();
    let text = format!("{{\"title\": \"Many\", \"hospitals\": [{}]}}", hospitals.join(","));
    hospitui::formats::native::read(&text, "many.json").unwrap()
}

#[test]
fn a_long_list_is_there_wherever_the_user_goes() {
    let keys = |pages: usize, rest: &str| format!("{}{rest}", "PageDown ".repeat(pages));
    for (keys, shown) in [
        ("G".to_owned(), &["▌R Hospital 2999", "Q Hospital 2998"][..]),
        (keys(60, ""), &["▌"]),
        (format!("s Down Enter {}", keys(60, "/ q")), &["1,500 of 3,000", "▌Q Hospital"]),
        ("/ q G".to_owned(), &["0 of 3,000"]),
        ("/ h o s p Enter G".to_owned(), &["3,000 of 3,000", "▌R Hospital 2999"]),
        ("/ r Enter G k k".to_owned(), &["1,500 of 3,000", "▌R Hospital 2995"]),
    ] {
        let screen = Screen::of(long_catalog(3000), 90, 16).typed(&keys);
        let text = screen.text();
        for wanted in shown {
            assert!(text.contains(wanted), "after `{keys}` the screen lacks {wanted:?}:\n{text}");
        }
        let rows = text.lines().filter(|line| line.contains("Hospital ") && !line.contains("Hospitals")).count();
        assert!(rows >= 11 || text.contains("Nothing matches"), "after `{keys}` rows are blank:\n{text}");
    }
}
