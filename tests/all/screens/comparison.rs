//! The comparison: its rows, the opened row, and what happens to them when more is loaded.

use std::sync::Arc;

use hospitui::catalog::{Catalog, CatalogFile};
use hospitui::compare::Distribution;
use hospitui::tui::app::{App, Effect, Event, Loading};
use hospitui::tui::glyphs::Glyphs;
use ratatui::layout::Size;

use crate::support::screen::Screen;

#[test]
fn open_beds_are_compared_and_other_beds_are_listed_as_also() {
    let text = Screen::new(120, 40).typed("Space Down Down Space c").text();
    let line = |start: &str| text.lines().find(|line| line.contains(start)).unwrap_or_default();
    assert!(line("▌ open beds").contains("more than 1,500") && line("▌ open beds").contains("880  as of 2022-03-11 !"));
    assert!(text.contains("A larger by more than 620") && text.contains("A's text is undated"), "{text}");
    assert!(text.contains("also 1,500 bed capacity"), "{text}");
    assert_eq!(text.matches("1,500 bed capacity").count(), 1, "no number is in two rows:\n{text}");
    let bars: Vec<&str> = text.lines().filter(|line| line.contains('━')).collect();
    assert!(bars[0].contains("A ━") && bars[0].contains('▸') && bars[1].contains("B ━"), "{text}");
    let start = |line: &str| line.chars().position(|c| c == '━');
    assert_eq!(start(bars[0]), start(bars[1]), "one axis");
}

#[test]
fn an_opened_row_shows_figures_definition_caveats_and_sources() {
    let text = Screen::new(120, 40).typed("Space G c n n n n n n Enter").text();
    for wanted in ["Row", "Sources", "“Hospital Introduction”", "A Guangzhou", "B Children's Hospital"] {
        assert!(text.contains(wanted), "{wanted}:\n{text}");
    }
}

#[test]
fn an_open_comparison_includes_data_loaded_meanwhile() {
    let of = |year: u32, beds: [u32; 2]| {
        let hospital = |(at, beds): (usize, &u32)| {
            format!(
                r#"{{"id": "h{at}", "name": "H{at}", "figures": [
                    {{"measure": "beds.open", "value": {beds}, "period": "{year}", "source": "s{year}"}}]}}"#
            )
        };
        let hospitals: Vec<String> = beds.iter().enumerate().map(hospital).collect();
        let source = format!(r#"[{{"id": "s{year}", "title": "Register"}}]"#);
        format!(r#"{{"title": "R", "ids": "register", "sources": {source}, "hospitals": [{}]}}"#, hospitals.join(","))
    };
    let catalog = hospitui::formats::native::read(&of(2020, [10, 20]), "old").unwrap();
    let mut more = catalog.clone();
    let later: CatalogFile = serde_json::from_str(&of(2024, [50, 30])).unwrap();
    more.add(later, "new".into(), String::new()).unwrap();
    let mut screen = Screen::of(catalog, 120, 30).typed("Space Down c");
    assert!(screen.text().contains("B larger by 10"), "{}", screen.text());
    screen.send(Event::Loaded(Arc::new(more), Loading::Done));
    assert!(screen.text().contains("A larger by 20"), "{}", screen.text());
}

/// A catalog of hospitals with the given numbers of beds.
fn rated(beds: &[u32]) -> Catalog {
    let hospital = |(at, beds): (usize, &u32)| {
        format!(
            r#"{{"id": "h{at}", "name": "H{at}", "figures": [
                {{"measure": "beds.open", "value": {beds}, "period": "2020", "source": "s"}},
                {{"measure": "staff.total", "value": 60, "period": "2020", "source": "s"}}]}}"#
        )
    };
    let hospitals: Vec<String> = beds.iter().enumerate().map(hospital).collect();
    let source = r#"[{"id": "s", "title": "Register"}]"#;
    hospitui::formats::native::read(
        &format!(r#"{{"title": "R", "sources": {source}, "hospitals": [{}]}}"#, hospitals.join(",")),
        "r",
    )
    .unwrap()
}

#[test]
fn an_opened_row_shows_ranks_and_the_formulas_of_derived_figures() {
    let beds = Screen::of(rated(&[10, 20, 20, 30, 40]), 120, 50).typed("Space Down c Enter").text();
    for wanted in [
        "Among the loaded hospitals of this source (2020)",
        "A 4 have more, none fewer, of 5",
        "B 2 have 20, this one included; 2 more, 1 fewer, of 5",
    ] {
        assert!(beds.contains(wanted), "{wanted}:\n{beds}");
    }
    let derived = Screen::of(rated(&[10, 20]), 120, 50).typed("Space Down c G Up Up Enter").text();
    assert!(!derived.contains("Among the loaded"), "{derived}");
    let text = Screen::of(rated(&[10, 20]), 120, 50).typed("Space Down c n n Enter").text();
    assert!(text.contains("derived: staff 60 (2020) ÷ open beds 10 (2020)"), "{text}");
    let bundled = Screen::new(120, 50).typed("Space G c n n Enter").text();
    assert!(!bundled.contains("Among the loaded"), "figures of different documents are not ranked:\n{bundled}");
}

#[test]
fn an_opened_row_counts_the_hospitals_anew_when_more_are_loaded() {
    let (old, new) = (Arc::new(rated(&[10, 20, 20])), Arc::new(rated(&[10, 20, 20, 30, 40])));
    let open = "Space Down c Enter";
    let mut screen = Screen::of((*old).clone(), 120, 50).typed(open);
    assert!(screen.text().contains("A 2 have more, none fewer, of 3"), "{}", screen.text());
    screen.send(Event::Loaded(Arc::clone(&new), Loading::Done));
    assert!(screen.text().contains("A 4 have more, none fewer, of 5"), "{}", screen.text());

    // A count of the old catalog that comes late is dropped.
    let size = Size::new(120, 50);
    let mut app = App::new(Arc::clone(&old), size, Glyphs::UNICODE, true);
    let asked = Screen::keys(open).map(|key| app.handle(Event::Key(key))).last().flatten();
    let Some(Effect::Count(generation, bases, sides)) = asked else { panic!("{asked:?}") };
    let loaded = app.handle(Event::Loaded(new, Loading::Done));
    assert!(
        matches!(&loaded, Some(Effect::Count(later, same, _)) if *later > generation && *same == bases),
        "{loaded:?}"
    );
    let late = Distribution::of_bases(&old, bases, sides);
    app.handle(Event::Counted(generation, late));
    let mut screen = Screen::showing(app, size);
    assert!(screen.text().contains("counting the loaded hospitals…"), "{}", screen.text());
    screen.answer(loaded);
    assert!(screen.text().contains("A 4 have more, none fewer, of 5"), "{}", screen.text());
}

#[test]
fn facts_of_different_editions_are_marked_on_the_screen() {
    let edition = |year: &str, ids: &[(&str, &str)]| {
        let hospital = |(id, text): &(&str, &str)| {
            let extra = format!(r#"[{{"source": "s{year}", "facts": {{"Helipad": "{text}"}}}}]"#);
            format!(r#"{{"id": "{id}", "name": "{id}", "extra": {extra}}}"#)
        };
        let hospitals = ids.iter().map(hospital).collect::<Vec<_>>().join(",");
        let source = format!(r#"{{"id": "s{year}", "title": "Edition {year}"}}"#);
        format!(r#"{{"title": "{year}", "ids": "register", "sources": [{source}], "hospitals": [{hospitals}]}}"#)
    };
    let screen = |old: &[(&str, &str)], keys: &str| {
        let mut catalog = hospitui::formats::native::read(&edition("2024", &[("alpha", "roof")]), "new").unwrap();
        let old: CatalogFile = serde_json::from_str(&edition("2017", old)).unwrap();
        catalog.add(old, "old".into(), String::new()).unwrap();
        Screen::of(catalog, 100, 20).typed("Space Down c").typed(keys).text()
    };
    let (met, apart) = (&[("alpha", "none"), ("bravo", "yard")][..], &[("bravo", "yard")][..]);
    for (old, keys, shown, hidden) in [
        (met, "", &["none [2]", "yard", "also roof [1]"][..], &["different editions"][..]),
        (met, "Enter", &["also roof [1]", "yard [2]"], &["different editions"]),
        (apart, "", &["roof", "yard", "different editions"], &["also "]),
        (apart, "Enter", &["different editions", "roof [1]", "yard [2]"], &["also "]),
        (apart, "-", &["No rows to show."], &["roof"]),
        (met, "=", &["none [2]", "yard"], &["No rows"]),
    ] {
        let text = screen(old, keys);
        for wanted in shown {
            assert!(text.contains(wanted), "after `{keys}` the screen lacks {wanted:?}:\n{text}");
        }
        for unwanted in hidden {
            assert!(!text.contains(unwanted), "after `{keys}` the screen has {unwanted:?}:\n{text}");
        }
    }
}

#[test]
fn rows_higher_than_the_screen_and_the_last_source_can_be_read() {
    let mut screen = Screen::new(40, 10).typed("Space Down Down Space c");
    let mut seen = String::new();
    for _ in 0..400 {
        seen.push_str(&screen.text());
        screen = screen.typed("j");
    }
    for wanted in ["880  as of", "also 1,500 bed", "more than 1,500", "[2] “Shanghai", "2022-03-11"] {
        assert!(seen.contains(wanted), "{wanted} never came");
    }
    let end = Screen::new(50, 15).typed("Space G c G").text();
    assert!(end.contains("Some lists repeat an"), "{end}");
}

#[test]
fn a_copied_row_names_only_its_own_sources() {
    let figure = |measure: &str, source: &str| {
        format!(r#"{{"measure": "{measure}", "value": 7, "period": "2020", "source": "{source}"}}"#)
    };
    let hospital = |id: &str| {
        let figures = [figure("beds.open", "s"), figure("staff.total", "t")].join(",");
        format!(r#"{{"id": "{id}", "name": "{id}", "figures": [{figures}]}}"#)
    };
    let sources = r#"[{"id": "s", "title": "Register of beds"}, {"id": "t", "title": "Register of staff"}]"#;
    let hospitals = [hospital("x"), hospital("y")].join(",");
    let text = format!(r#"{{"title": "T", "sources": {sources}, "hospitals": [{hospitals}]}}"#);
    let catalog = hospitui::formats::native::read(&text, "t").unwrap();
    let copied = Screen::of(catalog, 120, 40).typed("Space Down c y").last_effect();
    let Some(Effect::Copy { text, .. }) = copied else { panic!("{copied:?}") };
    assert!(text.contains("Open beds: A 7"), "{text}");
    assert!(text.contains("Register of beds") && !text.contains("Register of staff"), "{text}");
}
