//! Resources of FHIR that are places of care: organizations and locations.

use std::borrow::Cow;

use serde_json::Value;

use crate::formats::json::property_list::Properties;

/// The properties of an organization or a location, alone or as the entry of a bundle; of another resource nothing.
pub(crate) fn properties(entry: &Value) -> Properties<'static> {
    let resource = entry.get("resource").unwrap_or(entry);
    let kind = resource.get("resourceType").and_then(Value::as_str).unwrap_or_default();
    if !["Organization", "Location"].contains(&kind) {
        return Vec::new();
    }
    let mut found = Found::default();
    let identifiers = elements(resource.get("identifier"));
    let own = identifiers.iter().find_map(|identifier| text(identifier.get("value")));
    found.push("@id", own.or_else(|| text(resource.get("id"))));
    let point = |axis| resource.pointer(&format!("/position/{axis}")).filter(|number| number.is_number());
    for (heading, axis) in [("@lat", "latitude"), ("@lon", "longitude")] {
        found.push(heading, point(axis).map(Value::to_string));
    }
    found.push("name", text(resource.get("name")));
    for (nth, alias) in elements(resource.get("alias")).into_iter().enumerate() {
        let heading = if nth == 0 { "alias".to_owned() } else { format!("alias {}", nth + 1) };
        found.push(&heading, text(Some(alias)));
    }
    found.push("type", elements(resource.get("type")).into_iter().find_map(display));
    found.address(elements(resource.get("address")).first());
    for contact in elements(resource.get("telecom")) {
        let system = text(contact.get("system")).unwrap_or_else(|| "telecom".to_owned());
        found.push(&system, text(contact.get("value")));
    }
    found.push("status", text(resource.get("status")));
    for (key, of) in [
        ("active", "/active"),
        ("partOf", "/partOf/display"),
        ("managingOrganization", "/managingOrganization/display"),
    ] {
        found.push(key, resource.pointer(of).and_then(|value| text(Some(value))));
    }
    for identifier in &identifiers {
        if let Some(system) = text(identifier.get("system")) {
            found.push(&system, text(identifier.get("value")));
        }
    }
    found.0
}

#[derive(Default)]
struct Found(Properties<'static>);

impl Found {
    /// Adds a property that says something; of several of one heading the first.
    fn push(&mut self, heading: &str, text: Option<String>) {
        let is_new = !self.0.iter().any(|(other, _)| other == heading);
        self.0.extend(
            text.filter(|text| is_new && !text.is_empty()).map(|text| (Cow::Owned(heading.to_owned()), text.into())),
        );
    }

    fn address(&mut self, address: Option<&&Value>) {
        let Some(address) = address else { return };
        let lines: Vec<String> =
            elements(address.get("line")).into_iter().filter_map(|line| text(Some(line))).collect();
        let line = if lines.is_empty() { text(address.get("text")) } else { Some(lines.join(", ")) };
        self.push("address", line);
        for (heading, key) in [
            ("city", "city"),
            ("state", "state"),
            ("district", "district"),
            ("country", "country"),
            ("postal code", "postalCode"),
        ] {
            self.push(heading, text(address.get(key)));
        }
    }
}

/// The elements of an array, or the value alone.
fn elements(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(Value::Null) | None => Vec::new(),
        Some(one) => vec![one],
    }
}

/// What a concept is called.
fn display(concept: &Value) -> Option<String> {
    let coding = elements(concept.get("coding"));
    let named = |key: &str| coding.iter().find_map(|coding| text(coding.get(key)));
    named("display").or_else(|| text(concept.get("text"))).or_else(|| named("code"))
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
        other => Some(other.to_string()),
    }
}
