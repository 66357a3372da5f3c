//! Tests that the schema files in `assets` describe what the code reads and writes.

use serde_json::{Value, json};

use crate::catalog::CatalogFile;
use crate::formats::native::bundled::BUNDLED;
use crate::formats::profile::{Profile, built_in};

const SCHEMA: &str = include_str!("../../../assets/catalog.schema.json");

fn generated() -> Value {
    let mut schema = schemars::schema_for!(CatalogFile);
    schema.insert("title".to_owned(), "hospitui catalog".into());
    serde_json::to_value(schema).unwrap()
}

fn generated_of_profiles() -> Value {
    let mut schema = schemars::schema_for!(Profile);
    schema.insert("title".to_owned(), "hospitui profile".into());
    serde_json::to_value(schema).unwrap()
}

#[test]
fn the_schema_files_are_those_of_the_code() {
    for (name, schema) in [("catalog", generated()), ("profile", generated_of_profiles())] {
        let path = format!("{}/assets/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
        let fresh = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("HOSPITUI_BLESS").is_some() {
            std::fs::write(&path, &fresh).unwrap();
            continue;
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == fresh, "assets/{name}.schema.json is stale: HOSPITUI_BLESS=1 cargo test --lib schema");
    }
}

#[test]
fn the_built_in_profiles_are_as_the_schema_says() {
    let validator = jsonschema::validator_for(&generated_of_profiles()).unwrap();
    for profile in built_in() {
        let value = serde_json::to_value(profile).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", profile.id);
    }
}

#[test]
fn schema_and_reader_agree() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let bundled: Value = serde_json::from_str(BUNDLED).unwrap();
    assert!(
        validator.is_valid(&bundled),
        "{:?}",
        validator.iter_errors(&bundled).map(|e| e.to_string()).collect::<Vec<_>>()
    );

    let figure = json!({"measure": "beds.open", "value": 3, "source": "s"});
    let with = |key: &str, value: Value| {
        let mut figure = figure.clone();
        figure[key] = value;
        json!({"title": "t", "hospitals": [{"id": "a", "name": "A", "figures": [figure]}]})
    };
    for (catalog, sound) in [
        (with("period", json!("2019")), true),
        (with("period", json!("2016/2018")), true),
        (with("period", json!({"unclear": "lately"})), true),
        (with("period", json!(2019)), false),
        (with("period", json!("19")), false),
        (with("perod", json!("2019")), false),
        (with("value", json!({"above": 1500})), true),
        (with("value", json!({"rounded": 4_700_000, "to": 100_000})), true),
        (with("value", json!({"missing": "suppressed"})), true),
        (with("value", json!({"missing": "lost"})), false),
        (with("value", json!({"above": 1, "below": 2})), false),
        (with("value", json!("many")), false),
        (with("scope", json!({"campus": "north"})), true),
        (with("scope", json!({"floor": "third"})), false),
        (with("source", Value::Null), false),
        (json!({"title": "t"}), false),
        (json!({"title": "t", "hospitals": []}), true),
    ] {
        assert_eq!(validator.is_valid(&catalog), sound, "schema: {catalog}");
        assert_eq!(serde_json::from_value::<CatalogFile>(catalog.clone()).is_ok(), sound, "reader: {catalog}");
    }
}
