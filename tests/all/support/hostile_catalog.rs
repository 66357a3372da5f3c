//! A catalog with every hostile string in every field, with a pair of hospitals for each string.

use serde_json::{Value, json};

/// The catalog as JSON; the pair of string `n` has the ids `n-a` and `n-b`, with the string before them.
pub fn json(strings: &[String]) -> String {
    let mut catalog = json!({ "title": strings.join(" "), "hospitals": [], "sources": [], "families": [], "measures": [],
        "terms": [] });
    for (at, text) in strings.iter().enumerate() {
        let (source, measure, family) = (format!("{text} s{at}"), format!("{text} m{at}"), format!("{text} f{at}"));
        push(
            &mut catalog,
            "sources",
            json!({ "id": source, "title": text, "publisher": text, "published": text,
            "address": text, "language": text, "note": text }),
        );
        push(&mut catalog, "families", json!({ "id": family, "label": format!("{text} family") }));
        push(
            &mut catalog,
            "measures",
            json!({ "id": measure, "label": format!("{text} label"), "unit": text, "symbol": text, "family": family,
            "concept": text, "native_term": text, "definition": text }),
        );
        push(
            &mut catalog,
            "terms",
            json!({ "name": format!("{text} {at}"), "aliases": [format!("{text} alias {at}")] }),
        );
        for side in ["a", "b"] {
            push(&mut catalog, "hospitals", hospital(text, &format!("{text} {at}-{side}"), &source, &measure));
        }
    }
    catalog.to_string()
}

fn push(catalog: &mut Value, list: &str, record: Value) {
    catalog[list].as_array_mut().unwrap().push(record);
}

/// A hospital with `text` in every field.
fn hospital(text: &str, id: &str, source: &str, measure: &str) -> Value {
    let fact = json!({ "text": text, "source": source, "caveat": text });
    let period = json!({ "unclear": text });
    let item = json!([{ "name": text, "native_name": text, "detail": text, "period": period, "source": source,
        "caveat": text }]);
    let campus = format!("{text} campus");
    let figure = |value: Value, scope: Value| {
        json!({ "measure": measure, "value": value, "period": period, "scope": scope,
        "source": source, "caveat": text })
    };
    json!({
        "id": id, "name": format!("{text} {id}"), "native_name": text, "aliases": [text], "kind": text,
        "place": { "city": text, "region": text, "country": text },
        "grade": fact, "ownership": fact, "founded": fact,
        "campuses": [{ "id": campus, "name": text, "native_name": text, "note": text, "source": source }],
        "figures": [
            { "measure": measure, "value": 5, "source": source, "caveat": text },
            figure(json!(7), json!({ "campus": campus })),
            figure(json!({ "missing": "suppressed" }), json!({ "department": text })),
        ],
        "rankings": [{ "list": text, "publisher": text, "field": text, "region": text, "rank": 3, "of": 9,
            "period": period, "source": source, "caveat": text }],
        "accreditations": [{ "scheme": text, "level": text, "issuer": text, "period": period, "source": source,
            "caveat": text }],
        "specialties": item, "affiliations": item, "partners": item, "programmes": item, "milestones": item, "people": item,
    })
}
