//! What the user should know about the files.

use crate::catalog::Catalog;
use crate::report::wording::count;

/// What the user should know about the files.
pub(super) fn file_notes(catalog: &Catalog) -> Option<String> {
    let several = catalog.datasets().len() > 1;
    let mut notes = Vec::new();
    for dataset in catalog.datasets() {
        let origin = if several { format!("{}: ", dataset.origin) } else { String::new() };
        notes.extend(dataset.notes.iter().map(|note| format!("{origin}{note}")));
        if dataset.rejected.count > 0 {
            let rows = count(dataset.rejected.count, "row");
            notes.push(format!("{origin}{rows} rejected; `hospitui check` lists them"));
        }
    }
    (!notes.is_empty()).then(|| notes.join(" · "))
}
