//! The web addresses of a hospital: its own, and those of what is cited.

use crate::catalog::{Catalog, HospitalKey};
use crate::report::wording::Citations;
use crate::text::{link_target, links};

/// A web address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// What it is the address of.
    pub(crate) label: String,
    /// As the text has it.
    pub(crate) text: String,
    /// As a browser takes it.
    pub(crate) target: String,
}

/// The web addresses of a hospital, its website first, and each once.
pub(crate) fn of_hospital(catalog: &Catalog, key: HospitalKey) -> Vec<Address> {
    let details = &catalog.hospital(key).details;
    let mut all = Vec::new();
    if let Some(website) = &details.website {
        let text = website.text.trim();
        // A register gives the bare name of a server.
        let is_bare = links(text).is_empty() && text.contains('.') && !text.contains([' ', '@']);
        if is_bare {
            add(&mut all, "website", text);
        }
    }
    for one in details.all_facts() {
        add_all(&mut all, one.label, &one.fact.text);
    }
    for (heading, text) in details.extra.iter().flat_map(|extra| &extra.facts) {
        add_all(&mut all, heading, text);
    }
    for source in Citations::new(catalog, &[key]).all() {
        let text = source.address.as_deref().unwrap_or_default();
        add_all(&mut all, &format!("source “{}”", source.title), text);
    }
    all
}

fn add_all(all: &mut Vec<Address>, label: &str, text: &str) {
    for at in links(text) {
        add(all, label, &text[at]);
    }
}

fn add(all: &mut Vec<Address>, label: &str, text: &str) {
    let target = link_target(text);
    if !all.iter().any(|known| known.target == target) {
        all.push(Address { label: label.to_owned(), text: text.to_owned(), target });
    }
}
