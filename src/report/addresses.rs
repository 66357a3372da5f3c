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
        // What was no character for the screen, such as a mark of direction, is not part of an address.
        let text = website.text.trim_matches(|c: char| c.is_whitespace() || c == char::REPLACEMENT_CHARACTER);
        if links(text).is_empty() && is_bare(text) {
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

/// Whether a text is an address without its beginning, as registers have it: the name of a server, and perhaps a path.
fn is_bare(text: &str) -> bool {
    let server = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let mut labels = server.split('.');
    let last = labels.next_back().unwrap_or_default();
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let is_top = last.chars().count() >= 2 && last.chars().all(|c| c.is_alphabetic() || c == '-');
    is_top && server.contains('.') && labels.all(is_label) && !text.contains([' ', '@'])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_address_begins_with_the_name_of_a_server() {
        for bare in ["chop.edu", "wch.example.com/", "klinik.example/kinder?x=1", "医院.中国", "a.b-c.org:8080/x"] {
            assert!(is_bare(bare), "{bare}");
        }
        for other in ["n.a.", "N/A", "none", "1.200", "a@b.org", "see a.org", ".org", "a..org", "x.y"] {
            assert!(!is_bare(other), "{other}");
        }
    }
}
