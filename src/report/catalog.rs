//! Writes a loaded dataset as a catalog file, with one hospital a line, so that line-based tools can compare two files.

use std::io::{self, Write};

use crate::catalog::{Catalog, CatalogFile};

/// Writes the dataset that `catalog` was loaded from.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, catalog: &Catalog) -> io::Result<()> {
    let none = CatalogFile::default();
    let about = catalog.datasets().first().map_or(&none, |dataset| dataset.about());
    let head = serde_json::to_string_pretty(about)?;
    // The list of hospitals is the last field, and empty here.
    let head = head.strip_suffix("[]\n}").unwrap_or(&head);
    out.write_all(head.as_bytes())?;
    out.write_all(b"[")?;
    for (at, key) in catalog.keys().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        // A copy is dropped again, with all that is read to write it.
        serde_json::to_writer(&mut *out, &catalog.copy_of(key))?;
    }
    out.write_all(b"\n]\n}\n")
}
