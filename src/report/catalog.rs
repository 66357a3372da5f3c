//! Writes what is loaded as one catalog file, with one hospital a line, so that line-based tools can compare two files.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use crate::catalog::{Catalog, CatalogFile};
use crate::text::Text;

/// The id of sources that differ from dataset to dataset: such datasets cannot be written as one.
#[must_use]
pub fn ambiguous_source(catalog: &Catalog) -> Option<Text> {
    let mut known = HashMap::new();
    let sources = catalog.datasets().iter().flat_map(|dataset| &dataset.about().sources);
    sources
        .into_iter()
        .find(|source| *known.entry(&source.id).or_insert(*source) != *source)
        .map(|source| source.id.clone())
}

/// What all datasets say beside their hospitals.
fn about(catalog: &Catalog) -> Cow<'_, CatalogFile> {
    let [first, others @ ..] = catalog.datasets() else { return Cow::Owned(CatalogFile::default()) };
    if others.is_empty() {
        return Cow::Borrowed(first.about());
    }
    let mut all = first.about().clone();
    for other in others.iter().map(|dataset| dataset.about()) {
        all.title = Text::clean(&format!("{}; {}", all.title, other.title));
        all.ids = all.ids.filter(|ids| other.ids.as_ref() == Some(ids));
        add(&mut all.sources, &other.sources);
        add(&mut all.families, &other.families);
        add(&mut all.measures, &other.measures);
        add(&mut all.terms, &other.terms);
    }
    Cow::Owned(all)
}

fn add<T: Clone + PartialEq>(all: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
}

/// Writes all that `catalog` has been loaded from. Of hospitals with one id the later ones get another.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, catalog: &Catalog) -> io::Result<()> {
    let head = serde_json::to_string_pretty(&*about(catalog))?;
    // The list of hospitals is the last field, and empty here.
    let head = head.strip_suffix("[]\n}").unwrap_or(&head);
    out.write_all(head.as_bytes())?;
    out.write_all(b"[")?;
    let mut ids = HashSet::new();
    for (at, key) in catalog.keys().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        // A copy is dropped again, with all that is read to write it.
        let mut hospital = catalog.copy_of(key);
        // Ids within a dataset are unique.
        if catalog.datasets().len() > 1 && !ids.insert(hospital.id.clone()) {
            let other = |nth: usize| Text::clean(&format!("{}~{nth}", hospital.id));
            // One more number than there are ids is free.
            let free = (2..ids.len() + 3).map(other).find(|id| !ids.contains(id));
            hospital.id = free.unwrap_or_default();
            ids.insert(hospital.id.clone());
        }
        serde_json::to_writer(&mut *out, &hospital)?;
    }
    out.write_all(b"\n]\n}\n")
}
