//! The structure of the code: which file may import which, and how long files and functions may be.
//!
//! Reads the sources as text. An import is any path that starts with `crate::`, `super::`, `self::` or the name of a child
//! module. It counts as an arrow to the file that the longest part of the path names. Test modules are not read.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Most lines of a file, and of a function from its `fn` line to its closing brace.
const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 40;

/// The files of `src` by module path, such as `catalog::period`; `lib.rs` is `""`. Each with its lines without tests.
struct House(BTreeMap<String, String>);

impl House {
    fn read() -> Self {
        let mut files = BTreeMap::new();
        walk(&source_folder(), "", &mut files);
        // What only tests use is declared so where it is named.
        let is_test = |module: &str| {
            let (parent, name) = module.rsplit_once("::").unwrap_or(("", module));
            let declares = |visibility: &&str| {
                let declaration = format!("#[cfg(test)]\n{visibility}mod {name};");
                files.get(parent).is_some_and(|text| text.contains(&declaration))
            };
            ["", "pub ", "pub(crate) ", "pub(super) "].iter().any(declares)
        };
        let tests: Vec<String> = files.keys().filter(|module| is_test(module)).cloned().collect();
        let in_tests =
            |module: &String| tests.iter().any(|test| module == test || module.starts_with(&format!("{test}::")));
        files.retain(|module, _| !in_tests(module));
        for text in files.values_mut() {
            *text = without_tests(text);
        }
        Self(files)
    }

    /// The file that a path into the crate stands in; none outside it.
    fn file_of(&self, path: &[&str]) -> Option<String> {
        (1..=path.len()).rev().map(|end| path[..end].join("::")).find(|module| self.0.contains_key(module))
    }

    /// The files that `module` imports from.
    fn imports(&self, module: &str) -> BTreeSet<String> {
        let own: Vec<&str> = module.split("::").filter(|part| !part.is_empty()).collect();
        let code = without_comments(&self.0[module]);
        let children = self.0.keys().filter_map(|other| match module {
            "" => Some(other.as_str()),
            _ => other.strip_prefix(module)?.strip_prefix("::"),
        });
        let children: Vec<&str> = children.filter(|name| !name.is_empty() && !name.contains("::")).collect();
        let imports = paths(&code, &children).into_iter().filter_map(|path| {
            let parts: Vec<&str> = path.split("::").collect();
            let (first, rest) = parts.split_first()?;
            let absolute: Vec<&str> = match *first {
                "crate" => rest.to_vec(),
                "self" => own.iter().chain(rest).copied().collect(),
                "super" => {
                    let up = parts.iter().take_while(|part| **part == "super").count();
                    own[..own.len().checked_sub(up)?].iter().chain(&parts[up..]).copied().collect()
                }
                _ => own.iter().chain(&parts).copied().collect(),
            };
            self.file_of(&absolute).filter(|file| file != module)
        });
        // A path to a child that names nothing in it leads to the parent again.
        imports.filter(|file| !module.is_empty() || !file.is_empty()).collect()
    }
}

fn source_folder() -> PathBuf {
    Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("src")
}

fn walk(folder: &Path, parent: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let module = if parent.is_empty() { name.to_owned() } else { format!("{parent}::{name}") };
        if path.is_dir() {
            walk(&path, &module, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let module = if module == "lib" { String::new() } else { module };
            files.insert(module, fs::read_to_string(&path).unwrap());
        }
    }
}

/// A file's text up to its test module.
fn without_tests(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..end].to_owned()
}

fn without_comments(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Every path that a text imports or names from its crate on.
fn paths(code: &str, children: &[&str]) -> Vec<String> {
    let (mut found, mut rest) = (Vec::new(), String::new());
    for statement in code.split_inclusive(';') {
        match statement.split_once("use ") {
            Some((before, tree)) if is_start_of_use(before) => {
                rest.push_str(before);
                let tree = tree.trim_end_matches(';').split_whitespace().collect::<Vec<_>>().join(" ");
                expand("", &tree, &mut found);
            }
            _ => rest.push_str(statement),
        }
    }
    let children: Vec<String> = children.iter().map(|child| format!("{child}::")).collect();
    for start in ["crate::", "super::"].into_iter().chain(children.iter().map(String::as_str)) {
        for (at, _) in rest.match_indices(start) {
            let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
            // A visibility, `pub(in crate::report)`, imports nothing.
            let is_inside = rest[..at].ends_with(|c: char| is_path(c) || c == '$') || rest[..at].ends_with("pub(in ");
            let end = rest[at..].find(|c| !is_path(c)).map_or(rest.len(), |end| at + end);
            if !is_inside {
                found.push(rest[at..end].trim_end_matches(':').to_owned());
            }
        }
    }
    found
}

/// Whether a `use` that comes after this text is a statement: it stands alone in its line, or after its visibility.
fn is_start_of_use(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default().trim();
    line.is_empty() || line == "pub" || (line.starts_with("pub(") && line.ends_with(')'))
}

/// The paths of a `use` tree, such as `crate::a::{b, c::{self, d}}`.
fn expand(before: &str, tree: &str, found: &mut Vec<String>) {
    let tree = tree.trim().split(" as ").next().unwrap_or_default();
    let Some((lead, rest)) = tree.split_once('{') else {
        found.push(format!("{before}{}", tree.trim_end_matches("::self").trim_end_matches("::*")));
        return;
    };
    let inner = rest.rsplit_once('}').map_or(rest, |(inner, _)| inner);
    let (mut depth, mut start) = (0, 0);
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let part = inner[start..at].trim();
                if !part.is_empty() {
                    expand(&format!("{before}{lead}"), part, found);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// The files on a way from `from` back to it, if there is one.
fn circle(from: &str, arrows: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    let mut ways = vec![vec![from.to_owned()]];
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop() {
        for next in &arrows[way.last().unwrap()] {
            if next == from {
                return Some(way);
            }
            if seen.insert(next.clone()) {
                ways.push(way.iter().chain([next]).cloned().collect());
            }
        }
    }
    None
}

#[test]
fn no_file_imports_itself_by_a_detour() {
    let house = House::read();
    let arrows: BTreeMap<String, BTreeSet<String>> =
        house.0.keys().map(|module| (module.clone(), house.imports(module))).collect();
    assert!(arrows.values().map(BTreeSet::len).sum::<usize>() > 100, "the imports are read");
    let circles: Vec<Vec<String>> = arrows.keys().filter_map(|module| circle(module, &arrows)).collect();
    assert!(circles.is_empty(), "circles of imports:\n{}", lines(circles.iter().map(|circle| circle.join(" -> "))));
}

/// The rooms in the order of the table in `lib.rs`, each with those that it may import from.
fn rooms(house: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut rooms: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in house.lines().filter_map(|line| line.strip_prefix("//! | [`")) {
        let name = line.split('`').next().unwrap().to_owned();
        let allowed = line.trim_end_matches(" |").rsplit('|').next().unwrap().trim();
        let allowed = match allowed {
            "–" => BTreeSet::new(),
            "all above" => rooms.iter().map(|(room, _)| room.clone()).collect(),
            some => some.split(", ").map(str::to_owned).collect(),
        };
        rooms.push((name, allowed));
    }
    rooms
}

#[test]
fn imports_between_rooms_are_those_of_the_map() {
    let house = House::read();
    let rooms = rooms(&fs::read_to_string(source_folder().join("lib.rs")).unwrap());
    assert!(rooms.len() > 7, "the map in lib.rs is read: {rooms:?}");
    let room = |module: &str| module.split("::").next().unwrap().to_owned();
    let mut wrong = Vec::new();
    for module in house.0.keys().filter(|module| !module.is_empty() && *module != "main") {
        let own = room(module);
        let (_, allowed) = rooms.iter().find(|(name, _)| *name == own).unwrap_or_else(|| panic!("{own} is on the map"));
        let up = house.imports(module).into_iter().filter(|file| !allowed.contains(&room(file)) && room(file) != own);
        wrong.extend(up.map(|file| format!("{module} -> {file}")));
    }
    assert!(wrong.is_empty(), "imports that the map in lib.rs does not allow:\n{}", lines(wrong));
}

#[test]
fn only_the_browser_names_the_libraries_of_the_screen() {
    let outside: Vec<String> = House::read()
        .0
        .iter()
        .filter(|(module, _)| !module.starts_with("tui"))
        .filter(|(_, text)| {
            ["ratatui", "crossterm"].iter().any(|name| without_comments(text).contains(&format!("{name}::")))
        })
        .map(|(module, _)| module.clone())
        .collect();
    assert!(outside.is_empty(), "{outside:?}");
}

#[test]
fn functions_of_every_visibility_are_found() {
    for line in
        ["fn f() {", "    pub fn f(", "pub(crate) fn f(", "pub(in crate::report) fn f(", "pub(super) const fn f("]
    {
        assert!(is_function(line), "{line}");
    }
    for line in ["pub(crate) struct S(fn() -> u8);", "fn f();", "fn f() {}", "let f = fn_of(x)"] {
        assert!(!is_function(line), "{line}");
    }
}

#[test]
fn the_paths_in_the_map_exist() {
    let map = fs::read_to_string(source_folder().join("lib.rs")).unwrap();
    let (_, table) = map.split_once("//! | to add | start at |").unwrap();
    let rows = table.lines().skip(1).take_while(|line| line.starts_with("//! |"));
    let named: Vec<&str> = rows.flat_map(|line| line.split('`').skip(1).step_by(2)).collect();
    let is_path = |name: &&&str| name.contains('/') || name.contains('.');
    let paths: Vec<&str> = named.iter().filter(is_path).copied().collect();
    assert!(paths.len() > 20, "the table is read: {paths:?}");
    let root = source_folder().parent().unwrap().to_owned();
    let exists = |path: &&&str| source_folder().join(path).exists() || root.join(path).exists();
    let missing: Vec<&str> = paths.iter().filter(|path| !exists(path)).copied().collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn files_and_functions_are_short() {
    let mut long = Vec::new();
    for (module, text) in &House::read().0 {
        let lines: Vec<&str> = text.lines().collect();
        if lines.len() > FILE_LINES {
            long.push(format!("{module}: {} lines", lines.len()));
        }
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_function(line)) {
            let indent = &line[..line.len() - line.trim_start().len()];
            let length = lines[at..].iter().take_while(|line| **line != format!("{indent}}}")).count() + 1;
            if length > FUNCTION_LINES && lines[at..].contains(&format!("{indent}}}").as_str()) {
                long.push(format!("{module}: {length} lines: {}", line.trim()));
            }
        }
    }
    assert!(long.is_empty(), "over {FILE_LINES} lines a file or {FUNCTION_LINES} a function:\n{}", lines(long));
}

/// Whether a function with a body of its own starts in a line.
fn is_function(line: &str) -> bool {
    let line = line.trim();
    let restricted = line.strip_prefix("pub(").and_then(|rest| rest.split_once(") ")).map(|(_, item)| item);
    let item = restricted.or_else(|| line.strip_prefix("pub ")).unwrap_or(line);
    let plain = item.strip_prefix("const ").unwrap_or(item);
    plain.starts_with("fn ") && !line.ends_with('}') && !line.ends_with(';')
}

fn lines(all: impl IntoIterator<Item = String>) -> String {
    all.into_iter().collect::<Vec<_>>().join("\n")
}
