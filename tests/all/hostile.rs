//! Hostile strings in every field and every output: only visible text may come out.
//!
//! Outputs are the screens, the clipboard, each `--format`, and standard error with its problems, queries and file names.
//! CSV, Markdown and HTML are checked with parsers of these formats, not with our own escaping.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::process::Stdio;

use hospitui::catalog::HospitalKey;
use hospitui::report::view::ComparisonView;
use hospitui::report::{self, Content, Format, List, TableStyle};
use hospitui::tui::app::{self, Copied, Effect};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::support::command::{folder, program};
use crate::support::hostile_catalog;
use crate::support::hostile_strings as strings;
use crate::support::hostile_strings::assert_printable;
use crate::support::screen::Screen;

/// The name of the hostile catalog.
const HOSTILE_NAME: &str = "hostile\u{1b}[31m\u{202e}|<b>.json";

/// Runs `hospitui` with `args`, and checks its standard output and standard error.
fn run(args: &[&str]) -> (String, String) {
    let output = program().args(args).stdin(Stdio::null()).output().unwrap();
    let [out, words] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    let shown = args.join(" ");
    assert!(output.status.code().is_some_and(|code| code <= 2), "{shown:?}: {words}");
    assert_printable(&out, &shown);
    assert_printable(&words, &shown);
    (out, words)
}

fn path(name: &str) -> PathBuf {
    folder("hostile").join(name)
}

/// Strings that can be passed as an argument.
fn arguments() -> impl Iterator<Item = String> {
    strings::all().into_iter().filter(|text| !text.contains('\0'))
}

/// Checks the hostile catalog in `format`: the list, each hospital, and each pair compared.
fn exports(format: Format) -> Vec<(String, String)> {
    let catalog = hospitui::formats::native::read(&hostile_catalog::json(&strings::all()), HOSTILE_NAME).unwrap();
    let keys: Vec<HospitalKey> = catalog.hospitals().map(|(key, _)| key).collect();
    let mut all = vec![("list".to_owned(), written(&Content::List(List::new(&catalog, keys.clone())), format))];
    for pair in keys.chunks(2) {
        let id = &catalog.hospital(pair[0]).id;
        let comparison = ComparisonView::new(&catalog, pair[0], pair[1]);
        all.push((format!("show {id}"), written(&Content::Hospital(&catalog, pair[0]), format)));
        all.push((format!("compare {id}"), written(&Content::Comparison(&catalog, &comparison), format)));
    }
    for (of, text) in &all {
        assert!(text.len() > 100, "{of} is empty");
        assert_printable(text, &format!("{of} as {format:?}"));
    }
    all
}

fn written(content: &Content, format: Format) -> String {
    let mut out = Vec::new();
    report::write(&mut out, content, format, TableStyle::default()).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_program_loads_every_string() {
    let count = strings::all().len();
    assert!(count >= 60, "{count}");
    let file = path("hostile.json");
    fs::write(&file, hostile_catalog::json(&strings::all())).unwrap();
    for format in ["table", "text", "json", "csv", "markdown", "html"] {
        let (out, _) = run(&["list", "-d", file.to_str().unwrap(), "--format", format]);
        assert!(out.len() > 1000 * count / 10, "{format}");
    }
}

#[test]
fn tables_sentences_and_json_are_printable() {
    for format in [Format::Table, Format::Text, Format::Json] {
        for (of, text) in exports(format) {
            let is_json = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            assert_eq!(is_json, format == Format::Json, "{of}");
        }
    }
}

#[test]
fn no_cell_of_a_spreadsheet_is_a_formula() {
    for (of, text) in exports(Format::Csv) {
        let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).into_records();
        for row in rows.map(|row| row.unwrap_or_else(|error| panic!("{of}: {error}"))) {
            for cell in &row {
                let is_number = cell.parse::<f64>().is_ok_and(f64::is_finite);
                let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
                assert!(is_number || !is_formula, "{of}: {cell}");
            }
        }
    }
}

#[test]
fn markdown_has_only_headings_tables_lists_and_plain_text() {
    // Extensions that GitHub and similar sites support.
    let dialect = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    for (of, text) in exports(Format::Markdown) {
        let mut cells = 0;
        let mut columns = 0;
        for event in Parser::new_ext(&text, dialect) {
            match event {
                Event::Start(Tag::Table(aligned)) => columns = aligned.len(),
                Event::Start(Tag::TableCell) => cells += 1,
                Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                    assert_eq!(std::mem::take(&mut cells), columns, "{of}: a row has other columns than its head");
                }
                Event::Start(
                    Tag::Heading { .. } | Tag::Paragraph | Tag::TableHead | Tag::TableRow | Tag::List(None) | Tag::Item,
                )
                | Event::End(_)
                | Event::Text(_)
                | Event::SoftBreak => {}
                Event::InlineHtml(html) if &*html == "<br>" => {}
                other => panic!("{of}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_page_has_only_our_tags() {
    const TAGS: &str = "!DOCTYPE html head meta title style body main h1 h2 p table thead tbody tr th td span i a footer \
         div nav details summary";
    for (of, text) in exports(Format::Html) {
        for piece in text.split('<').skip(1) {
            let (tag, _) = piece.split_once('>').unwrap_or_else(|| panic!("{of}: no end of <{piece}"));
            let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
            assert!(TAGS.split(' ').any(|known| known == name), "{of}: <{tag}>");
            // Attribute values are in quotes, and their content is not an attribute.
            let outside: String = tag.split('"').step_by(2).collect();
            assert!(tag.matches('"').count() % 2 == 0 && !outside.contains(" on"), "{of}: <{tag}>");
            assert!(
                !tag.contains("href") || tag.starts_with("a href=\"#source") || tag.starts_with("a href=\"#section-"),
                "{of}: <{tag}>"
            );
        }
    }
}

#[test]
fn screens_and_the_clipboard_are_printable() {
    look_at_every(8);
}

#[test]
#[ignore = "takes a minute"]
fn every_screen_and_the_clipboard_are_printable() {
    look_at_every(1);
}

/// Keys that lead from screen to screen and back to the list. Each string has a pair of hospitals.
const KEYS: &[&str] = &[
    "l G h",
    "y",
    "Space j Space c",
    "y",
    "Y",
    "G",
    "Enter",
    "Esc",
    "l",
    "Esc",
    "d",
    "x",
    "n",
    "Esc",
    "Space k Space",
    "j j",
];

/// Visits the screens of every `step`-th hospital.
fn look_at_every(step: usize) {
    let strings = strings::all();
    let json = hostile_catalog::json(&strings);
    let catalog = hospitui::formats::native::read(&json, HOSTILE_NAME).unwrap();
    let mut screen = Screen::of(catalog, 120, 40);
    for (at, text) in strings.iter().enumerate() {
        if at % step > 0 {
            screen = screen.typed("j j");
            continue;
        }
        for keys in KEYS {
            screen = screen.typed(keys);
            assert_printable(&screen.text(), &format!("{keys} at {text:?}"));
            assert!(
                screen.buffer().content.iter().all(|cell| cell.symbol().chars().count() <= 20),
                "{keys} at {text:?}"
            );
            if let Some(Effect::Copy { text: copied, brief }) = screen.last_effect() {
                assert_printable(&copied, &format!("a copy of {text:?}"));
                screen.send(app::Event::Copied(brief, Copied::By("xclip")));
                assert_printable(&screen.text(), &format!("a copy of {text:?}"));
            }
        }
    }
}

#[test]
fn a_query_that_is_typed_or_pasted_is_printable() {
    for text in strings::all() {
        let mut screen = Screen::new(100, 30).typed("/").pasted(&text);
        screen.assert_sound(&format!("pasted {text:?}"));
        screen = screen.typed("C-u");
        for c in text.chars().take(300) {
            screen = screen.character(c);
        }
        screen.assert_sound(&format!("typed {text:?}"));
        assert!(screen.buffer().content.iter().all(|cell| cell.symbol().chars().count() <= 20), "{text:?}");
    }
}

#[test]
fn queries_names_and_wrong_arguments_are_repeated_printable() {
    for text in arguments() {
        for args in [["list", "--", &text], ["show", "--", &text], ["list", "--format", &text]] {
            run(&args);
        }
        run(&["list", "--", &format!("{text} beds>{text}")]);
        run(&["compare", "--", &text, "scmc"]);
        run(&[&format!("--{text}")]);
        run(&[&text]);
    }
}

#[test]
fn what_is_made_of_files_is_printable() {
    let all = strings::all();
    let (catalog, changed, table) = (path("made.json"), path("made-changed.json"), path("made.csv"));
    fs::write(&catalog, hostile_catalog::json(&all)).unwrap();
    let other: Vec<String> = all.iter().map(|text| format!("{text} later")).collect();
    fs::write(&changed, hostile_catalog::json(&other)).unwrap();
    let mut writer = csv::Writer::from_path(&table).unwrap();
    for first in ["name", "A"] {
        writer.write_record(std::iter::once(first.to_owned()).chain(arguments())).unwrap();
    }
    writer.flush().unwrap();
    let [catalog, changed, table] = [&catalog, &changed, &table].map(|path| path.to_str().unwrap());
    for format in ["text", "json"] {
        run(&["diff", catalog, changed, "--format", format]);
    }
    for file in [catalog, table] {
        let (converted, words) = run(&["convert", file]);
        assert!(
            hospitui::formats::native::read(&converted, "converted").is_ok_and(|read| !read.is_empty()),
            "{file}: {words}"
        );
    }
    let (profile, _) = run(&["profile", table]);
    assert!(profile.len() > 100);
}

#[test]
fn a_saved_comparison_is_printable_for_any_name_of_the_data() {
    let saved = path("saved.json");
    let saved_name = saved.to_str().unwrap();
    for text in arguments() {
        let name: String = text.chars().filter(|c| *c != '/').take(40).collect();
        let file = path(&format!("saved {name} data.json"));
        fs::write(&file, hostile_catalog::json(&["A".to_owned()])).unwrap();
        let file_name = file.to_str().unwrap();
        run(&["compare", "A 0-a", "A 0-b", "-d", file_name, "--save", saved_name]);
        assert_printable(&fs::read_to_string(&saved).unwrap(), &name);
        let (out, words) = run(&["compare", "--replay", saved_name]);
        assert!(out.contains("Nothing has changed"), "{name:?}: {out}{words}");
        fs::remove_file(file).unwrap();
        fs::remove_file(&saved).unwrap();
    }
}

#[test]
fn a_comparison_of_a_path_that_is_not_utf_8_is_not_saved() {
    let folder = path("").join(std::ffi::OsStr::from_bytes(b"no text \xff"));
    let (data, link, saved) = (folder.join("data.json"), path("link-to-no-text.json"), path("not-saved.json"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(&data, hostile_catalog::json(&["A".to_owned()])).unwrap();
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink(&data, &link).unwrap();
    for data in [&data, &link] {
        let output = program()
            .args(["compare", "A 0-a", "A 0-b", "--save", saved.to_str().unwrap(), "-d"])
            .arg(data)
            .output()
            .unwrap();
        let words = String::from_utf8(output.stderr).unwrap();
        assert!(words.contains("is not UTF-8; rename the file"), "{words}");
        assert_printable(&words, "its messages");
        assert_eq!((output.status.code(), saved.exists()), (Some(2), false));
    }
}

#[test]
fn file_names_are_repeated_printable() {
    for (at, text) in arguments().enumerate() {
        let name: Vec<u8> = text.bytes().filter(|byte| *byte != b'/').take(200).chain([b'~', 0xff]).collect();
        let file = path("").join(std::ffi::OsStr::from_bytes(&name));
        fs::write(&file, r#"{"title": "t", "hospitals": [{"id": "x", "nam": 1}]}"#).unwrap();
        for command in [&["check"][..], &["list", "-d"], &["compare", "--replay"]] {
            let output = program().args(command).arg(&file).output().unwrap();
            for bytes in [output.stdout, output.stderr] {
                assert_printable(&String::from_utf8(bytes).unwrap(), &format!("{command:?} of file {at}: {text:?}"));
            }
        }
        fs::remove_file(file).unwrap();
    }
}

#[test]
fn problems_of_a_file_are_printable_and_short() {
    let file = path("hostile-problems.json");
    let file_name = file.to_str().unwrap();
    for text in strings::all() {
        let quoted = serde_json::to_string(&text).unwrap();
        for faulty in [
            format!(r#"{{"title": "t", {quoted}: 1, "hospitals": []}}"#),
            format!(r#"{{"title": "t", "hospitals": [{{"id": "x", "name": "X", "kindd": {quoted}}}]}}"#),
            format!(r#"{{"title": "t", "hospitals": [{{"id": {quoted}, "name": "X", "figures": {quoted}}}]}}"#),
            format!(
                r#"{{"title": "t", "sources": [{{"id": "s", "title": "S"}}], "hospitals": [{{"id": "x", "name": "X", "figures": [{{"measure": {quoted}, "value": 5, "period": {quoted}, "source": {quoted}}}]}}]}}"#
            ),
            format!(r#"{{"format": {quoted}, "catalogs": [], {quoted}: 1}}"#),
            text.clone(),
        ] {
            fs::write(&file, faulty).unwrap();
            run(&["check", file_name]);
            run(&["check", file_name, "--format", "json"]);
            let (_, words) = run(&["list", "-d", file_name]);
            assert!(words.len() < 5 * 2048, "{text:?}: {} bytes", words.len());
            run(&["compare", "--replay", file_name]);
        }
    }
}
