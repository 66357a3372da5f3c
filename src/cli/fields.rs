//! The command that lists which fields and measures hospitals have.

use std::io::Write;

use crate::catalog::Catalog;
use crate::cli::hospitals::Writer;
use crate::cli::outcome::{Failure, Outcome};
use crate::report;
use crate::search;

/// Lists what a query on the catalog can ask for.
pub(super) fn list(catalog: &Catalog, Writer { out, format, style }: Writer<impl Write>) -> Result<Outcome, Failure> {
    let fields = search::fields(catalog, &|| true).unwrap_or_default();
    report::fields::write(out, &fields, format, style)?;
    if catalog.is_empty() { Ok(Outcome::NoMatch("the catalog has no hospitals".to_owned())) } else { Ok(Outcome::Done) }
}
