//! What the user should know about the files.

use crate::catalog::Catalog;
use crate::report::wording;

/// What the user should know about the files.
pub(super) fn file_notes(catalog: &Catalog) -> Option<String> {
    let is_one_file = catalog.datasets().len() == 1;
    let notes = wording::notes(catalog).into_iter();
    let notes = notes.map(|(origin, note)| if is_one_file { note } else { format!("{origin}: {note}") });
    let notes: Vec<String> = notes.collect();
    (!notes.is_empty()).then(|| notes.join(" · "))
}
