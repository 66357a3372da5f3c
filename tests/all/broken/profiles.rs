//! Broken profiles: the message names the profile and its problem.

use crate::support::broken_file::{Case, check_all, file};

const BY: [&str; 5] = ["list", "-d", "assets/hospitals.json", "--profile", "@"];

fn profile(rest: &str) -> String {
    format!("{{\"id\": \"p\", \"title\": \"P\", \"columns\": {{\"name\": [\"name\"]}}{rest}}}")
}

fn cases() -> Vec<Case> {
    let broken = |name, text: String| file(name, text).by(&BY);
    vec![
        broken("empty-profile.json", String::new()).refused(&["the file is empty"]),
        broken("cut-profile.json", profile("")[..30].to_owned())
            .refused(&["EOF while parsing", "hospitui profile FILE"]),
        broken("followed-profile.json", profile("") + " {").refused(&["more text follows the profile"]),
        broken("unknown-profile.json", profile(", \"collumns\": {}"))
            .refused(&["unknown field `collumns`", "hospitui profile FILE"]),
        broken("hostile-profile.json", profile(&format!(", \"\\u001b[31m\u{202e}{}\": 1", "x".repeat(9_000))))
            .refused(&["at `␛[31m�xxx", "…"]),
        broken("nameless-profile.json", r#"{"id": "p", "title": "P", "columns": {}}"#.to_owned())
            .refused(&["`columns.name` is empty", "say which column"]),
        broken("measure-profile.json", profile(r#", "figures": [{"columns": ["b"], "measure": "bedz"}]"#))
            .refused(&["the measure `bedz` is neither built in nor defined", "define it there"]),
        broken("edition-profile.json", profile(r#", "editions": [{"headings": ["a"], "edition": "soon"}]"#))
            .refused(&["`soon` is no edition", "write 2017"]),
        broken("table-profile.csv", "id,name\n1,A\n".to_owned()).refused(&["hospitui profile FILE"]),
        file("unfit.csv", "id,hospital\n1,A\n")
            .by(&["convert", "@", "--profile", "assets/profiles/hifld-hospitals.json"])
            .refused(&["the profile `hifld-hospitals` finds no column for the name", "the headings are: id, hospital"]),
        file("catalog.json", r#"{"title": "T", "hospitals": []}"#)
            .by(&["profile", "@"])
            .refused(&["catalogs need no profile"]),
        file("markup.kml", "<?xml version=\"1.0\"?>").by(&["profile", "@"]).refused(&["a web page or XML"]),
    ]
}

#[test]
fn a_broken_profile_is_refused_with_a_fix() {
    check_all("profiles", 12, &cases());
}
