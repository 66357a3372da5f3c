//! Menus: finding an entry by its letters, choosing several filters, turning the order; and what the list shows then.

use hospitui::catalog::Catalog;
use hospitui::formats::{Options, load_bytes};
use hospitui::tui::app::Effect;
use hospitui::tui::glyphs::Glyphs;

use crate::support::screen::Screen;

/// 600 hospitals in 60 regions, with two columns of few values and one of many.
fn many() -> Catalog {
    let row = |at: usize| {
        let (region, helipad) = (at % 60, if at.is_multiple_of(2) { "Yes" } else { "No" });
        let beds = if at.is_multiple_of(3) { 10 * at } else { 1_000 };
        format!("{at},Hospital {at:03},Region {region:02},County {},{helipad},code{at},{beds}\n", region % 4)
    };
    let rows: String = (0..600).map(row).collect();
    let text = format!("id,name,state,county,helipad,inspector,beds\n{rows}");
    load_bytes("many.csv", text.as_bytes(), &Options::default()).unwrap()
}

fn screen() -> Screen {
    Screen::of(many(), 200, 40)
}

/// The lines of the menu.
fn menu(screen: &Screen) -> String {
    let text = screen.text();
    let lines = text.lines().skip_while(|line| !line.contains('╭')).take_while(|line| !line.contains('╰'));
    lines.map(|line| line.split_once(['│', '╭']).map_or("", |(_, rest)| rest)).collect::<Vec<_>>().join("\n")
}

/// The text of the search box.
fn query(screen: &Screen) -> String {
    let text = screen.text();
    let line = text.lines().find(|line| line.trim_start().starts_with('/')).unwrap_or_default();
    let line = line.split(['│', '╭']).next().unwrap_or_default().trim_start_matches([' ', '/']);
    line.split("  ").next().unwrap_or_default().trim().to_owned()
}

#[test]
fn every_value_can_be_reached_and_found_by_its_letters() {
    let all = screen().typed("f");
    for label in ["region", "Region 00", "10 hospitals", "━━━━━━━━"] {
        assert!(menu(&all).contains(label), "no {label}:\n{}", all.text());
    }
    let found = all.typed("/ 5 9");
    assert!(menu(&found).contains("Filter by: 59") && menu(&found).contains("Region 59"), "{}", found.text());
    assert!(!menu(&found).contains("Region 00"), "{}", found.text());
    // Letters that are commands are letters there; Esc shows all again, and then closes.
    let others = found.typed("Backspace Backspace h e l");
    assert!(menu(&others).contains("helipad") && !menu(&others).contains("Region"), "{}", others.text());
    let none = others.typed("q q q");
    assert!(none.text().contains("nothing here has “helqqq”"), "{}", none.text());
    let all = none.typed("Esc");
    assert!(menu(&all).contains("Region 00") && menu(&all).contains("Filter by"), "{}", all.text());
    assert!(!all.typed("Esc").text().contains("Filter by"));
    // A letter that is no command begins it.
    let begun = screen().typed("f r e g i o n 4 2");
    assert!(begun.text().contains("Filter by: region42") && begun.text().contains("Region 42"), "{}", begun.text());
}

#[test]
fn several_filters_are_chosen_while_the_menu_stays_open() {
    let both = screen().typed("f Space Down Space");
    let text = both.text();
    assert!(text.contains("Filter by") && text.contains("20 of 600"), "{text}");
    assert_eq!(text.matches('✓').count(), 2, "{text}");
    // The values of a field are one of several, and those of another field must hold, too.
    let other = both.typed("/ y e s Space");
    assert!(other.text().contains("helipad: Yes – 10 of 600"), "{}", other.text());
    let closed = other.typed("Enter");
    assert!(!closed.text().contains("Filter by"), "Enter closes: {}", closed.text());
    assert_eq!(query(&closed), "region=\"Region 00\"|\"Region 01\" helipad=Yes");
    // Each is taken back alone.
    let back = closed.typed("f Space Enter");
    assert_eq!(query(&back), "region=\"Region 01\" helipad=Yes");
    // Enter chooses where nothing has been chosen one by one, as Space and Enter do.
    let one = screen().typed("f Enter");
    assert!(one.text().contains("10 of 600") && !one.text().contains("Filter by"), "{}", one.text());
}

#[test]
fn what_is_selected_stays_selected_when_the_values_are_counted_again() {
    let open = screen().typed("f / c o u n t y Down Down");
    let before = open.heard();
    let chosen = open.typed("Space");
    assert!(before.contains("County") && chosen.heard().contains("✓"), "{before}\n{}", chosen.heard());
    let name = |heard: &str| heard.split("County ").nth(1).unwrap()[..1].to_owned();
    assert_eq!(name(&before), name(&chosen.heard()));
}

#[test]
fn a_measure_has_a_histogram() {
    let line = |screen: Screen| {
        let text = screen.typed("f / b e d s").text();
        text.lines().find(|line| line.contains("beds") && line.contains("hospitals")).unwrap().to_owned()
    };
    assert!(line(screen()).contains('█'), "{}", line(screen()));
    let ascii = line(screen().glyphs(&Glyphs::ASCII));
    assert!(ascii.contains('#') && ascii.contains("600 hospitals"), "{ascii}");
}

#[test]
fn the_first_entry_of_each_group_names_it() {
    for width in [50, 100] {
        let heard = Screen::of(many(), width, 30).typed("f / y e s").heard();
        assert!(
            heard.contains("helipad") && heard.contains("Yes") && heard.contains("300 hospitals"),
            "{width}: {heard}"
        );
    }
}

#[test]
fn choosing_the_chosen_order_turns_it() {
    let by_beds = screen().typed("s / b e d s Enter");
    assert!(by_beds.text().contains("Hospital 597"), "the most first: {}", by_beds.text());
    assert!(
        by_beds.bottom().contains("sorted by beds, kind not stated") || by_beds.bottom().contains("sorted by beds")
    );
    let again = by_beds.typed("s");
    assert!(again.text().contains("largest first (again turns it)"), "{}", again.text());
    let turned = again.typed("Enter");
    assert!(turned.bottom().contains("smallest first"), "{}", turned.bottom());
    assert!(turned.text().contains("Hospital 000") && turned.text().contains("smallest first"), "{}", turned.text());
    let back = turned.typed("s Enter");
    assert!(back.text().contains("Hospital 597") && !back.text().contains("smallest"), "{}", back.text());
    // An order in the query is turned there.
    let typed = screen().typed("/ s o r t : n a m e Enter s Enter");
    assert_eq!(query(&typed), "sort:-name");
    assert!(typed.text().contains("Hospital 599"), "{}", typed.text());
}

#[test]
fn sorting_goes_to_the_top_unless_a_hospital_was_chosen() {
    let first = |screen: &Screen| screen.text().lines().nth(2).unwrap_or_default().to_owned();
    let untouched = screen().typed("s / b e d s Enter");
    assert!(first(&untouched).contains("Hospital 597"), "{}", untouched.text());
    for keys in ["j", "Space"] {
        let chosen = screen().typed(keys).typed("s / b e d s Enter");
        assert!(!chosen.text().contains("Hospital 597"), "{keys}: {}", chosen.text());
    }
}

#[test]
fn the_list_shows_what_it_is_sorted_and_filtered_by() {
    let row = |keys: &str, name: &str| {
        let text = screen().typed(keys).text();
        let is_row = |line: &str| line.split('│').next().is_some_and(|list| list.contains(name));
        let at = text.lines().skip(2).position(is_row).unwrap_or_else(|| panic!("no {name}: {text}"));
        text.lines().skip(2 + at).take(2).collect::<Vec<_>>().join("\n")
    };
    let sorted = row("/ s o r t : b e d s Enter", "Hospital 597");
    assert!(sorted.contains("5,970"), "{sorted}");
    let filtered = row("/ b e d s > 5 9 0 0 Enter", "Hospital 597");
    assert!(filtered.contains("5,970"), "{filtered}");
    let field = row("/ h e l i p a d : y e s Enter", "Hospital 002");
    assert!(field.contains("helipad: Yes"), "{field}");
    let two = row("/ h e l i p a d : y e s Space b e d s > 1 Enter", "Hospital 002");
    assert!(two.contains("helipad: Yes · 1,000 ") || two.contains("helipad: Yes · beds"), "{two}");
}

/// What is copied after these keys.
fn copied(screen: Screen, keys: &str) -> (String, String) {
    match screen.typed(keys).last_effect() {
        Some(Effect::Copy { text, brief }) => (text, brief),
        other => panic!("`{keys}` copies nothing: {other:?}"),
    }
}

#[test]
fn the_figure_that_is_read_is_copied_as_a_citation() {
    let bundled = || Screen::new(120, 40).typed("G l");
    let mut screen = bundled();
    let mut seen = Vec::new();
    for _ in 0..30 {
        let heard = screen.heard();
        let (text, brief) = copied(screen, "y");
        seen.push((heard, text, brief));
        screen = bundled().typed(&"j ".repeat(seen.len()));
    }
    let (heard, text, brief) = seen.iter().find(|(heard, ..)| heard.contains("1,925")).unwrap();
    assert!(heard.contains("open beds"), "{heard}");
    assert!(text.contains("Open beds: 1,925,") && text.contains("Source: “About us”"), "{text}");
    assert!(text.contains("SHA-256 ") && text.contains(" Accessed 20") && text.ends_with(".\n"), "{text}");
    assert_eq!(brief, "open beds: 1,925");
    // On the name the whole hospital is copied, as in the list.
    let (name, ..) = &seen[0];
    assert!(name.contains("Children's Hospital of Chongqing"), "{name}");
    assert_eq!(seen[0].1, copied(Screen::new(120, 40), "G y").0);
    assert!(!seen[0].1.contains("Accessed"), "{}", seen[0].1);
}
