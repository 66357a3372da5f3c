//! The comparisons of the ten pairs of bundled hospitals, and what no comparison may claim.

use std::fmt::Write as _;

use hospitui::catalog::{Catalog, HospitalKey};
use hospitui::compare::Answer;
use hospitui::report::view::{ComparisonView, Entry, Group, Subject, ValueView};
use hospitui::report::{self, Content, Format, TableStyle};

use crate::support::command::{folder, run};
use crate::support::screen::Screen;

/// Every pair, in catalog order.
fn pairs(catalog: &Catalog) -> Vec<[HospitalKey; 2]> {
    let keys: Vec<HospitalKey> = catalog.hospitals().map(|(key, _)| key).collect();
    let behind = |at: usize| keys[at + 1..].iter().copied();
    keys.iter().enumerate().flat_map(|(at, a)| behind(at).map(move |b| [*a, b])).collect()
}

fn views() -> Vec<ComparisonView> {
    let catalog = hospitui::formats::bundled();
    pairs(&catalog).into_iter().map(|[a, b]| ComparisonView::new(&catalog, a, b)).collect()
}

/// The view of two hospitals, given by words of their names.
fn view(a: &str, b: &str) -> ComparisonView {
    let catalog = hospitui::formats::bundled();
    let key = |name: &str| catalog.hospitals().find(|(_, one)| one.name.contains(name)).unwrap().0;
    ComparisonView::new(&catalog, key(a), key(b))
}

fn entry<'a>(view: &'a ComparisonView, label: &str) -> &'a Entry {
    view.entries.iter().find(|entry| entry.label == label).unwrap_or_else(|| panic!("no row {label}"))
}

fn limits(entry: &Entry) -> Vec<&str> {
    entry.limits.iter().map(|limit| limit.kind).collect()
}

fn written(catalog: &Catalog, [a, b]: [HospitalKey; 2], format: Format) -> String {
    let mut out = Vec::new();
    let view = ComparisonView::new(catalog, a, b);
    report::write(&mut out, &Content::Comparison(catalog, &view), format, TableStyle::default()).unwrap();
    String::from_utf8(out).unwrap()
}

const FORMATS: [Format; 6] = [Format::Table, Format::Text, Format::Json, Format::Csv, Format::Markdown, Format::Html];

#[test]
fn guangzhou_and_the_childrens_hospital_of_chongqing() {
    let view = view("Guangzhou", "Children's Hospital of Chongqing");
    let visits = entry(&view, "outpatient and emergency visits");
    assert_eq!((visits.answer, visits.answer_text.as_str()), (Answer::LeftLarger, "A larger by 1.275–1.385 million"));
    assert_eq!(limits(visits), ["years-apart", "caveat"]);
    assert_eq!(visits.limits[0].text, "two years apart");
    let inpatients = entry(&view, "inpatients");
    assert_eq!(
        (inpatients.answer, limits(inpatients)),
        (Answer::LeftLarger, vec!["counted-differently", "years-apart"])
    );
    assert_eq!(inpatients.sides[0].shown[0].phrase(), "136,071 discharges, 2017");
    assert_eq!(inpatients.sides[1].shown[0].phrase(), "95,300 hospitalizations, 2019");
    let beds = entry(&view, "open beds");
    assert_eq!((beds.answer, limits(beds)), (Answer::CannotTell, vec!["overlap", "undated", "caveat"]));
    assert_eq!(beds.sides[1].also[0].phrase(), "2,480 registered beds, 2019 or later");
    let specialties = entry(&view, "key specialties of the ministry");
    assert_eq!((specialties.answer, limits(specialties)), (Answer::RightLarger, vec!["undated", "counted-by-us"]));
    assert_eq!(specialties.sides[1].shown[0].text, "5 named");
}

#[test]
fn other_pairs_that_have_answers() {
    let view_of = view("Shanghai", "Guangzhou");
    let beds = entry(&view_of, "open beds");
    assert_eq!(
        (beds.answer, beds.answer_text.as_str()),
        (Answer::RightLarger, "B larger by more than 620 (more than about 1.7 times)")
    );
    let view_of = view("Mudanjiang", "Children's Hospital of Chongqing");
    for (label, text) in
        [("open beds", "B larger by 1,620 (about 6.31 times)"), ("staff", "B larger by 3,296 (about 5.9 times)")]
    {
        assert_eq!(entry(&view_of, label).answer_text, text);
    }
    let visits = entry(&view_of, "visits");
    assert_eq!((visits.answer, limits(visits)), (Answer::CannotTell, vec!["other-measure", "undated"]));
}

/// Every row in which both documents give a number of one measure has an answer or the limit that the intervals overlap.
#[test]
fn what_both_documents_give_has_an_answer() {
    for view in views() {
        for entry in
            view.entries.iter().filter(|entry| entry.subject == Subject::Measure && !entry.group.is_one_sided())
        {
            let is_one_measure = entry.measures.len() == 1 && entry.answer != Answer::Neither;
            let overlaps = limits(entry).contains(&"overlap");
            assert!(!is_one_measure || entry.answer.is_conclusive() || overlaps, "{}: {:?}", entry.label, entry.answer);
        }
    }
}

#[test]
fn the_text_of_a_pair_is_short_and_loses_no_caveat() {
    let catalog = hospitui::formats::bundled();
    for pair in pairs(&catalog) {
        let text = written(&catalog, pair, Format::Text);
        let view = ComparisonView::new(&catalog, pair[0], pair[1]);
        let names = view.hospitals.each_ref().map(|who| who.name.as_str()).join(" and ");
        let words = text.split_whitespace().count();
        assert!(words <= 900, "{names}: {words} words");
        let summary = view.summary_lines();
        let words: usize = summary.iter().map(|line| line.split_whitespace().count()).sum();
        assert!(words <= 120 && summary.len() <= 6, "{names}: a summary of {words} words");
        let lines: Vec<&str> = text.lines().take(summary.len()).collect();
        let same =
            lines.iter().zip(&summary).all(|(line, value)| line.trim_end_matches('.') == value.trim_end_matches('.'));
        assert!(same, "{names}: the text begins with the summary");
        let shown =
            view.entries.iter().filter(|entry| entry.subject == Subject::Measure).flat_map(|entry| &entry.sides);
        let caveats: Vec<&String> = shown
            .flat_map(|side| side.shown.iter().chain(&side.also))
            .filter_map(|value| value.caveat.as_ref())
            .collect();
        for caveat in &caveats {
            assert!(text.contains(caveat.trim_end_matches('.')), "{names} loses: {caveat}");
        }
        assert!(!caveats.is_empty(), "{names}");
    }
}

/// Tally, headings and summary count the same measures.
#[test]
fn one_number_of_measures_is_given_everywhere() {
    for view in views() {
        let names = view.hospitals.each_ref().map(|who| who.name.as_str()).join(" and ");
        let measures = |group: Group| -> usize {
            let contents = view.contents(group);
            contents.split(' ').next().unwrap().parse().unwrap_or_else(|_| panic!("{names}: {contents}"))
        };
        let [answered, unknown, left, right] =
            [Group::SideBySide, Group::CannotTell, Group::OnlyLeft, Group::OnlyRight].map(measures);
        let tally = format!("measures: {answered} answered · {unknown} cannot be told · {} one-sided", left + right);
        assert_eq!(view.tally, tally, "{names}");
        let summary = view.summary_lines().join(" ");
        for (side, count) in [("A", left), ("B", right)] {
            let counted = format!("Only in {side}'s text {count} measure");
            let alone = format!("Only in {side}'s text: ");
            assert!(count == 0 || summary.contains(&counted) || summary.contains(&alone), "{names}: {summary}");
        }
    }
}

#[test]
fn the_summary_comes_first_in_every_export() {
    let catalog = hospitui::formats::bundled();
    for pair in pairs(&catalog) {
        let view = ComparisonView::new(&catalog, pair[0], pair[1]);
        for format in FORMATS {
            let text = written(&catalog, pair, format);
            // Formats escape punctuation differently; letters, digits and spaces are the same in all.
            let plain =
                |text: &str| text.replace("&#39;", "").chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let (text, first_row) = (plain(&text).to_lowercase(), "sidebyside");
            for line in &view.summary_lines() {
                let at = text.find(&plain(line).to_lowercase()).unwrap_or_else(|| panic!("{format:?} lacks: {line}"));
                assert!(!text[..at].contains(first_row), "{format:?}: a row precedes the summary: {line}");
            }
        }
    }
}

#[test]
fn absence_is_stated_of_the_text_never_of_the_hospital() {
    let catalog = hospitui::formats::bundled();
    let mut texts: Vec<String> = Vec::new();
    for pair in pairs(&catalog) {
        texts.extend(FORMATS.map(|format| written(&catalog, pair, format)));
        let [a, b] = pair.map(HospitalKey::index);
        let keys = format!("{} Space {} c", "Down ".repeat(a), "Down ".repeat(b - a));
        for more in ["", "G Enter", "-", "Enter"] {
            texts.push(Screen::new(120, 60).typed(&format!("{keys} {more}")).text());
        }
    }
    for text in &texts {
        let text = text.to_lowercase();
        for wrong in [
            "not publish",
            "not report",
            "does not have",
            "hospital has no",
            "a has no",
            "b has no",
            "only a has",
            "only b has",
            "no data",
            "unpublished",
        ] {
            // A statement about a text or a number is not one about a hospital.
            assert!(!text.contains(wrong), "`{wrong}` in: {text}");
        }
    }
    assert!(texts.len() >= 100);
}

/// The figures of a side that a screen shows.
fn figures_on(screen: &str, view: &ComparisonView, side: usize) -> usize {
    let flat = screen.replace(['┃', '│'], " ");
    let flat = flat.split_whitespace().collect::<Vec<_>>().join(" ");
    // A short number may occur elsewhere, so its period must follow.
    let is_seen = |value: &&ValueView| {
        let (text, when) = (&value.text, &value.when);
        let is_plain = text.chars().count() > 3 && flat.contains(text.as_str());
        let is_dated = flat.contains(&format!("{text} ({when}")) || flat.contains(&format!("{text} {when}"));
        value.figure.is_some() && (is_plain || is_dated)
    };
    let measures = view.entries.iter().filter(|entry| entry.subject == Subject::Measure);
    measures.filter(|entry| entry.sides[side].shown.iter().any(|value| is_seen(&value))).count()
}

#[test]
fn the_first_screen_shows_figures_of_both() {
    let catalog = hospitui::formats::bundled();
    for pair in pairs(&catalog) {
        let [a, b] = pair.map(HospitalKey::index);
        let keys = format!("{} Space {} c", "Down ".repeat(a), "Down ".repeat(b - a));
        let screen = Screen::new(80, 24).typed(&keys).text();
        let view = ComparisonView::new(&catalog, pair[0], pair[1]);
        for side in [0, 1] {
            let shown = figures_on(&screen, &view, side);
            assert!(shown >= 3, "{shown} figures of {} in\n{screen}", view.hospitals[side].name);
        }
    }
}

#[test]
fn a_page_passes_over_nothing() {
    let catalog = hospitui::formats::bundled();
    let long = format!(
        r#"{{"title": "T", "sources": [{{"id": "s", "title": "S"}}], "hospitals": [
        {{"id": "a", "name": "A", "website": {{"text": "{}", "source": "s"}}}},
        {{"id": "b", "name": "B", "website": {{"text": "{}", "source": "s"}}}}]}}"#,
        (0..400).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" "),
        (0..300).map(|n| format!("other{n}")).collect::<Vec<_>>().join(" "),
    );
    let long = hospitui::formats::native::read(&long, "test").unwrap();
    for (catalog, keys) in [(catalog, "Space Down c G Enter g"), (long, "Space Down c")] {
        for (width, height) in [(50, 15), (80, 24), (120, 40)] {
            for (page, back, lines) in [("PageDown", "PageUp", 1), ("C-d", "C-u", 2)] {
                let mut screen = Screen::of(catalog.clone(), width, height).typed(keys);
                let all = screen.page_lines();
                let text_height = usize::from(height) - 5;
                let (mut seen, mut top) = (vec![false; all], screen.top());
                for _ in 0..all {
                    (top..(top + text_height).min(all)).for_each(|line| seen[line] = true);
                    screen = screen.typed(page);
                    let next = screen.top();
                    assert!(next <= top + (text_height - 1) / lines + 1, "{page} at {width}x{height}");
                    if next == top {
                        break;
                    }
                    top = next;
                }
                let unseen: Vec<usize> = (0..all).filter(|line| !seen[*line]).collect();
                assert_eq!(unseen, [0; 0], "{page} at {width}x{height} passes over lines of {all}");
                for _ in 0..all {
                    screen = screen.typed(back);
                }
                assert_eq!(screen.top(), 0, "{back} leads back to the start");
            }
        }
    }
}

#[test]
fn a_saved_comparison_has_the_file_with_the_id() {
    let file = |beds: u32| {
        format!(
            r#"{{"title": "T{beds}", "sources": [{{"id": "s", "title": "S"}}], "hospitals": [
            {{"id": "x", "name": "X{beds}", "figures": [{{"measure": "beds.open", "value": {beds}, "source": "s"}}]}},
            {{"id": "y", "name": "Y{beds}", "figures": [{{"measure": "beds.open", "value": 3, "source": "s"}}]}}]}}"#
        )
    };
    let folder = folder("same-ids");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).unwrap();
        folder.join(name).to_str().unwrap().to_owned()
    };
    let (one, two) = (write("one.json", &file(5)), write("two.json", &file(7)));
    let saved_file = folder.join("saved_file");
    let _ = std::fs::remove_file(&saved_file);
    let saved = run(&["compare", "X7", "Y7", "-d", &one, "-d", &two, "--save", saved_file.to_str().unwrap()]);
    assert!(saved.status.success(), "{}", String::from_utf8_lossy(&saved.stderr));
    let same = run(&["compare", "--replay", saved_file.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&same.stdout).contains("Nothing has changed"), "{same:?}");
    write("one.json", &file(6));
    let other = String::from_utf8(run(&["compare", "--replay", saved_file.to_str().unwrap()]).stdout).unwrap();
    assert!(other.contains("T5") && !other.contains("open beds"), "only the catalog has changed: {other}");
    write("two.json", &file(8));
    let changed = String::from_utf8(run(&["compare", "--replay", saved_file.to_str().unwrap()]).stdout).unwrap();
    assert!(changed.contains("open beds, A: was 7") && changed.contains("now 8"), "{changed}");
}

#[test]
fn a_replay_reports_the_changed_part_and_ignores_wording() {
    let measure = |id: &str, more: &str| {
        format!(r#"{{"id": "{id}", "label": "{id}", "unit": "x", "family": "f", "definition": "X."{more}}}"#)
    };
    let part = measure("better", r#", "part_of": {"measure": "reported", "label": "better"}"#);
    let file = |better: u32, label: &str| {
        let figure = |id: &str, value: u32| {
            format!(r#"{{"measure": "{id}", "value": {value}, "period": "2020", "source": "s"}}"#)
        };
        let of = |id: &str, better: u32| {
            format!(
                r#"{{"id": "{id}", "name": "{id}", "figures": [{}, {}]}}"#,
                figure("reported", 7),
                figure("better", better)
            )
        };
        format!(
            r#"{{"title": "T", "sources": [{{"id": "s", "title": "{label}"}}], "measures": [{}, {part}], "hospitals": [{}, {}]}}"#,
            measure("reported", ""),
            of("x", better),
            of("y", 1)
        )
    };
    let folder = folder("saved_file-parts");
    let (data, saved_file) = (folder.join("data.json"), folder.join("saved_file"));
    let _ = std::fs::remove_file(&saved_file);
    let (path, saved_file) = (data.to_str().unwrap().to_owned(), saved_file.to_str().unwrap().to_owned());
    let replayed = |text: String| {
        std::fs::write(&data, text).unwrap();
        String::from_utf8(run(&["compare", "--replay", &saved_file]).stdout).unwrap()
    };
    std::fs::write(&data, file(5, "S")).unwrap();
    assert!(run(&["compare", "x", "y", "-d", &path, "--save", &saved_file]).status.success());
    let changed = replayed(file(3, "S"));
    assert!(changed.contains("reported, A: was 7, 2020 · better: 5, 2020, now 7, 2020 · better: 3, 2020"), "{changed}");
    let renamed = replayed(file(5, "Another title of the source"));
    assert!(renamed.contains("the catalog “T”") && !renamed.contains("reported"), "{renamed}");
}

/// The answers of the ten pairs as a Markdown table.
fn table() -> String {
    let mut out = "# What the comparisons of the bundled hospitals say\n\n\
        Made by `HOSPITUI_BLESS=1 cargo test --test all pairs`. Measures only; facts and names are in the comparison itself.\n\n\
        | A | B | with an answer | cannot be told, and why | only in A's text | only in B's text |\n|---|---|---|---|---|---|\n"
        .to_owned();
    for view in views() {
        let measures = |group: Group| view.group(group).filter(|entry| entry.subject == Subject::Measure);
        let answered: Vec<String> = measures(Group::SideBySide)
            .map(|entry| {
                let limits: Vec<&str> = entry
                    .limits
                    .iter()
                    .filter(|limit| limit.kind != "caveat")
                    .map(|limit| limit.brief.as_str())
                    .collect();
                let limits = if limits.is_empty() { "comparable".to_owned() } else { limits.join(", ") };
                format!("{}: {} ({limits})", entry.label, entry.answer_text)
            })
            .collect();
        let untold: Vec<String> = measures(Group::CannotTell)
            .map(|entry| {
                let why = entry.limits.first().map_or(entry.answer_text.as_str(), |limit| limit.text.as_str());
                format!("{}: {why}", entry.label)
            })
            .collect();
        let [a, b] = view.hospitals.each_ref().map(|who| who.name.as_str());
        let (left, right) = (measures(Group::OnlyLeft).count(), measures(Group::OnlyRight).count());
        writeln!(out, "| {a} | {b} | {} | {} | {left} | {right} |", answered.join("<br>"), untold.join("<br>"))
            .unwrap();
    }
    out
}

#[test]
fn the_table_of_pairs_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/bundled-pairs.md");
    if std::env::var_os("HOSPITUI_BLESS").is_some() {
        std::fs::write(path, table()).unwrap();
    }
    let text = std::fs::read_to_string(path).unwrap_or_default();
    assert!(text == table(), "{path} is stale: HOSPITUI_BLESS=1 cargo test --test all pairs");
}
