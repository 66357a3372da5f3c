//! Whole catalogs from JSON: the bundled one, and one in memory.

use sha2::{Digest, Sha256};

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::formats::native::check::read_file;

/// The hospitals that come with the program.
pub(crate) const BUNDLED: &str = include_str!("../../../assets/hospitals.json");

/// The hospitals that come with the program.
///
/// # Panics
///
/// Never in a release: a test reads the bundled file.
#[must_use]
pub fn bundled() -> Catalog {
    read(BUNDLED, "bundled").expect("the bundled catalog is valid, as a test shows")
}

/// Reads the text of one catalog file; `origin` names it in diagnostics.
///
/// # Errors
///
/// All diagnostics of the text, each with its place and its fix.
pub fn read(text: &str, origin: &str) -> Result<Catalog, Vec<Diagnostic>> {
    let file = read_file(text, origin)?;
    let mut catalog = Catalog::default();
    // The check has compared its measures with the built-in ones, and there are no others.
    let _ = catalog.add(file, origin.into(), sha256(text.as_bytes()));
    Ok(catalog)
}

/// The SHA-256 of some bytes, in hexadecimal.
#[must_use]
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_catalog_loads() {
        let catalog = bundled();
        assert_eq!(catalog.len(), 5);
        for (key, hospital) in catalog.hospitals() {
            assert_eq!(catalog.by_id(&hospital.id), Some(key));
            assert!(hospital.native_name.is_some(), "{}", hospital.id);
        }
    }
}
