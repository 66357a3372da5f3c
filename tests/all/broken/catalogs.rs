//! Broken catalogs. A catalog with any problem is refused as a whole.

use crate::support::broken_file::{Case, check_all, file};

fn catalog(hospitals: &str) -> String {
    format!("{{\"title\": \"T\", \"hospitals\": [\n{hospitals}\n]}}")
}

fn hospital(fields: &str) -> String {
    catalog(&format!("{{\"id\": \"a\", \"name\": \"A\", {fields}}}"))
}

fn grammar() -> Vec<Case> {
    let valid = catalog(r#"{"id": "a", "name": "A"}"#);
    let deep = format!("{{\"title\": \"T\",\n\"hospitals\": {}{}}}", "[".repeat(50_000), "]".repeat(50_000));
    vec![
        file("cut.json", &valid[..valid.len() - 4]).refused(&[":2:", "the file ends too early: is it whole?"]),
        file("comma.json", catalog("{\"id\": \"a\", \"name\": \"A\"},"))
            .refused(&[":3:1: not valid JSON", "JSON ends without a comma"]),
        file("more.json", format!("{valid}\nx"))
            .refused(&[":4:1: not valid JSON: trailing characters", "holds one value"]),
        file("nan.json", hospital("\"place\": {\"latitude\": NaN}"))
            .refused(&[":2:", "not valid JSON: expected value"]),
        file("huge.json", hospital("\"place\": {\"latitude\": 1e400}")).refused(&[":2:", "number out of range"]),
        file("surrogate.json", hospital(r#""kind": "\ud800""#)).refused(&[":2:34: not valid JSON", "hex escape"]),
        file("surrogate-key.json", hospital("\n\"\\ud800\": 1")).refused(&[":3:", "not valid JSON", "hex escape"]),
        file("double-hospitals.json", "{\"title\": \"T\", \"hospitals\": [],\n\"hospitals\": []}")
            .refused(&[":2:14: duplicate field `hospitals`", "keep one of them"]),
        file("raw-escape.json", hospital("\"kind\": \"\u{1b}\"")).refused(&[":2:", "control character"]),
        file("deep.json", deep).refused(&[":2:", "nested too deep"]),
        file("latin.json", b"{\"title\": \"T\",\n\"hospitals\": [], \"ids\": \"\xe9\"}")
            .refused(&["line 2 is not UTF-8 (byte 0xE9)"]),
        file("marked.json", format!("\u{feff}{valid}")).read(1, &[]),
        file(
            "wide.json",
            "\u{feff}{\"title\": \"T\", \"hospitals\": []}"
                .encode_utf16()
                .flat_map(u16::to_be_bytes)
                .collect::<Vec<_>>(),
        )
        .read(0, &["read as UTF-16BE"]),
    ]
}

fn rules() -> Vec<Case> {
    let figure = |fields: &str| hospital(&format!("\"figures\": [{{{fields}}}]"));
    let long = "x".repeat(5 << 20);
    let many = |fields: &str, count: usize| {
        let one = |at: usize| format!("{{\"id\": \"{at}\", \"name\": \"A\", {fields}}}");
        catalog(&(0..count).map(one).collect::<Vec<_>>().join(",\n"))
    };
    vec![
        file("double-key.json", hospital("\"kind\": \"x\", \"kind\": \"y\"")).refused(&[
            ":2:",
            "duplicate field `kind`",
            "keep one",
        ]),
        file("double-ids.json", catalog("{\"id\": \"a\", \"name\": \"A\"},\n{\"id\": \"a\", \"name\": \"B\"}"))
            .refused(&[":3:8: duplicate id `a`", "an id of its own"]),
        file("unknown.json", hospital("\"kindd\": \"x\"")).refused(&[
            ":2:",
            "unknown field `kindd`",
            "did you mean `kind`?",
        ]),
        file("no-source.json", figure("\"measure\": \"beds.open\", \"value\": 5"))
            .refused(&["the field `source` is missing"]),
        file("no-hospitals.json", "{\"title\": \"T\"}")
            .refused(&["the field `hospitals` is missing", "add \"hospitals\""]),
        file("off-globe.json", hospital("\"place\": {\"latitude\": 91}")).refused(&[
            ":2:",
            "outside the globe",
            "give degrees",
        ]),
        file("wrong-type.json", "{\"title\": \"T\", \"hospitals\": 5}")
            .refused(&["hospitals", "invalid type: integer `5`"]),
        file("hostile.json", hospital("\"\u{202e}\\u001b[31mkind\": \"x\"")).refused(&[":2:", "unknown field"]),
        file("long-name.json", catalog(&format!("{{\"id\": \"a\", \"name\": \"{long}\"}}"))).read(1, &[]),
        file("long-key.json", hospital(&format!("\"{long}\": 1"))).refused(&[":2:", "unknown field `xxx"]),
        file("long-value.json", hospital(&format!("\"figures\": \"{long}\"")))
            .refused(&[":2:", "invalid type: string"]),
        file("wide-keys.json", many(&format!("\"{}\": 1", "院".repeat(4_000)), 9)).refused(&["more problems"]),
        file("all-wrong.json", many("\"grade\": {\"text\": \"3A\", \"source\": \"none\"}", 20_000))
            .refused(&["unknown source `none`", "more problems; `hospitui check` lists all"]),
    ]
}

#[test]
fn a_broken_catalog_is_refused_with_its_line_and_a_fix() {
    check_all("grammar", 11, &grammar());
    check_all("rules", 13, &rules());
}
