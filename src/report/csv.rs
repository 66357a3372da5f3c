//! Flat records for spreadsheets and scripts.
//!
//! A cell that a spreadsheet would read as a formula is prefixed with an apostrophe, so opening a file runs nothing.
//! Numbers stay numbers. `low` and `high` are the bounds of a value; an empty `high` means that there is no upper bound.

mod comparison;
mod hospital;
mod sheet;

use std::io::{self, Write};

use crate::catalog::{Catalog, HospitalKey, Place};
use crate::report::content::Content;
use crate::report::view::ComparisonView;
use sheet::{Sheet, row};

/// Writes `content` with a row of headings.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, content: &Content) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    match content {
        Content::List(catalog, keys) => list(&mut sheet, catalog, keys),
        Content::Hospital(catalog, key) => hospital::write(&mut sheet, catalog, *key),
        Content::Comparison(view) => comparison::write(&mut sheet, &ComparisonView::new(view)),
    }
    .map_err(as_io)?;
    sheet.flush()
}

/// The I/O error inside `error`. Its kind tells whether the pipe was closed.
fn as_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn list<W: Write>(sheet: &mut Sheet<W>, catalog: &Catalog, keys: &[HospitalKey]) -> csv::Result<()> {
    sheet.write_record(["id", "name", "native_name", "city", "region", "country", "kind", "dataset"])?;
    for &key in keys {
        let (hospital, titles) = (catalog.hospital(key), catalog.titles_on(key));
        let Place { city, region, country } = &hospital.place;
        let known = [&hospital.native_name, city, region, country, &hospital.kind];
        let [native, city, region, country, kind] = known.map(|text| text.as_deref().unwrap_or_default());
        row(sheet, &[&hospital.id, &hospital.name, native, city, region, country, kind, &titles])?;
    }
    Ok(())
}
