//! The shapes of JSON: every object has the fields that the README lists, and no others.

use std::collections::BTreeMap;

use super::*;

/// The fields of each object by its name in the README's table; those that may be left out end with `?`.
fn documented() -> BTreeMap<String, Vec<String>> {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let table = readme.split("<!-- shapes -->").nth(1).unwrap().split("<!-- /shapes -->").next().unwrap();
    let mut shapes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in table.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let (object, fields) = line.trim_matches('|').split_once('|').unwrap();
        let fields = fields.replace("(as in `list`)", "");
        let mut names: Vec<String> = fields.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        if names.first().is_some_and(|name| name == "list") {
            names.splice(..1, shapes["`list`: an array of hospitals"].clone());
        }
        assert!(shapes.insert(object.trim().to_owned(), names).is_none(), "{object} is listed twice");
    }
    shapes
}

/// Compares objects with the table.
struct Shapes {
    documented: BTreeMap<String, Vec<String>>,
    seen: BTreeMap<String, usize>,
}

impl Shapes {
    /// Checks one object, or each object of an array; `null` is none.
    fn check(&mut self, name: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::Array(all) => all.iter().for_each(|one| self.check(name, one)),
            Value::Object(object) => {
                let fields = self.documented.get(name).unwrap_or_else(|| panic!("{name} is not documented"));
                for field in object.keys() {
                    let is_known = fields.iter().any(|known| known.trim_end_matches('?') == field);
                    assert!(is_known, "{name} has the field {field}: {value}");
                }
                for field in fields.iter().filter(|field| !field.ends_with('?')) {
                    assert!(object.contains_key(field), "{name} lacks the field {field}: {value}");
                }
                *self.seen.entry(name.to_owned()).or_default() += 1;
            }
            other => panic!("{name} is no object: {other}"),
        }
    }

    fn figures(&mut self, figures: &Value) {
        self.check("a figure", figures);
        figures.as_array().unwrap().iter().for_each(|figure| self.figures(&figure["parts"]));
    }

    fn hospital(&mut self, shown: &Value) {
        self.check("`show`: one hospital", shown);
        self.figures(&shown["figures"]);
        for fact in ["grade", "ownership", "founded", "status", "address", "phone", "website"] {
            self.check("a fact: `grade` in `show`, `ownership` to `website`", &shown[fact]);
        }
        self.check("a source", &shown["sources"]);
        self.check("a catalog", &shown["catalogs"]);
    }

    fn comparison(&mut self, compared: &Value) {
        self.check("`compare`: an object", compared);
        self.check("`list`: an array of hospitals", &compared["left"]);
        self.check("`list`: an array of hospitals", &compared["right"]);
        self.check("a source", &compared["sources"]);
        self.check("a catalog", &compared["catalogs"]);
        for row in compared["rows"].as_array().unwrap() {
            self.check("a row", row);
            self.check("a limit", &row["limits"]);
            self.check("a part of equal totals", &row["parts"]);
            self.check("`difference` and `ratio`", &row["difference"]);
            self.check("`difference` and `ratio`", &row["ratio"]);
            for side in ["left", "right"] {
                self.check("a side of a row", &row[side]);
                self.figures(&row[side]["figures"]);
                self.figures(&row["also"][side]);
            }
        }
        for entry in ["statements", "lists"].into_iter().flat_map(|list| compared[list].as_array().unwrap()) {
            self.check("a statement, or an entry of `lists`", entry);
            self.check("a limit", &entry["limits"]);
            self.check("a value of its `left` or `right`", &entry["left"]);
            self.check("a value of its `left` or `right`", &entry["right"]);
        }
    }
}

/// A catalog of two hospitals with parts of equal totals.
fn parts() -> String {
    let measure = |id: &str, part: &str| {
        format!(r#"{{"id": "{id}", "label": "{id}", "unit": "x", "family": "f", "definition": "X."{part}}}"#)
    };
    let figure = |id: &str, value: u32| {
        format!(r#"{{"measure": "{id}", "value": {value}, "period": "2020", "source": "s", "caveat": "c"}}"#)
    };
    let hospital = |id: &str, better: u32| {
        let figures = [figure("reported", 7), figure("better", better)].join(",");
        format!(
            r#"{{"id": "{id}", "name": "{id}", "figures": [{figures}],
                "website": {{"text": "{id}.org", "source": "s", "caveat": "c", "note": "n"}}}}"#
        )
    };
    let measures =
        [measure("reported", ""), measure("better", r#", "part_of": {"measure": "reported", "label": "better"}"#)];
    let catalog = format!(
        r#"{{"title": "T", "sources": [{{"id": "s", "title": "S"}}], "measures": [{}], "hospitals": [{}, {}]}}"#,
        measures.join(","),
        hospital("x", 5),
        hospital("y", 1)
    );
    file("shapes.json", catalog.as_bytes()).to_str().unwrap().to_owned()
}

fn parsed(args: &[&str]) -> Value {
    let output = run(&[args, &["--format", "json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{args:?}: {error}: {}", messages(&output)))
}

#[test]
fn json_shapes_are_as_documented() {
    let mut shapes = Shapes { documented: documented(), seen: BTreeMap::new() };
    let list = parsed(&["list"]);
    shapes.check("`list`: an array of hospitals", &list);
    let ids: Vec<&str> = list.as_array().unwrap().iter().map(|hospital| hospital["id"].as_str().unwrap()).collect();
    for id in &ids {
        shapes.hospital(&parsed(&["show", id]));
        ids.iter().filter(|other| other != &id).for_each(|other| shapes.comparison(&parsed(&["compare", id, other])));
    }
    shapes.check("`list`: an array of hospitals", &parsed(&["list", "sort:beds.open"]));
    for measure in ["beds.open", "founded"] {
        let cited = parsed(&["cite", "scmc", measure]);
        shapes.check("`cite`: an array of citations", &cited);
        shapes.check("a cited statement", &cited[0]["statement"]);
        shapes.figures(&Value::from_iter(cited[0]["figure"].as_object().map(|figure| Value::from(figure.clone()))));
        shapes.check("a source", &cited[0]["sources"]);
        shapes.check("a catalog", &cited[0]["catalogs"]);
    }
    shapes.check("`fields`: an array of fields and measures", &parsed(&["fields"]));
    let data = parts();
    shapes.hospital(&parsed(&["show", "x", "-d", &data]));
    shapes.comparison(&parsed(&["compare", "x", "y", "-d", &data]));

    let table = |name: &str, text: &str| file(name, text.as_bytes()).to_str().unwrap().to_owned();
    let old = table("shapes-2023.csv", "Hospital ID,Hospital,City,Beds\n1,A,Rome,5\n2,B,Rome,6\n3,C,Rome,7\n");
    let new = table("shapes-2024.csv", "Hospital ID,Hospital,City,Helipad\n1,A,Oslo,yes\n2,B\n4,D,Rome,no\n");
    let named = table("shapes-2025.csv", "Hospital ID,Hospital,City,Helipad\n1,Alpha,Oslo,yes\n");
    for changes in [parsed(&["diff", &old, &new]), parsed(&["diff", &new, &named])] {
        shapes.check("`diff`: an object", &changes);
        shapes.check("an added or removed hospital", &changes["added"]);
        shapes.check("an added or removed hospital", &changes["removed"]);
        shapes.check("a renamed hospital", &changes["renamed"]);
        shapes.check("a changed hospital", &changes["changed"]);
        for hospital in changes["changed"].as_array().unwrap() {
            shapes.check("a change", &hospital["changes"]);
        }
        for edition in ["old", "new"] {
            shapes.check("an unread hospital", &changes[format!("unread_in_{edition}")]);
            shapes.check("a field in only one file", &changes[format!("only_in_{edition}")]);
        }
    }
    let checked = parsed(&["check", "tests/data/faulty.json"]);
    shapes.check("`check`: an array of files", &checked);
    shapes.check("a problem", &checked[0]["problems"]);
    let unseen: Vec<&String> = shapes.documented.keys().filter(|name| !shapes.seen.contains_key(*name)).collect();
    assert!(unseen.is_empty(), "documented, but in no output: {unseen:?}");
}
