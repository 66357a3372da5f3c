//! The JSON shapes, stable for scripts.
//!
//! - `list` is an array of hospitals: `id`, `name`, `native_name`, `aliases`, `city`, `region`, `country`, `kind`,
//!   `grade`, `dataset` (its title), `file`. Unknown values are `null`.
//! - `show` is one hospital: the same fields, and `figures` (each with `measure`, `label`, `family`, `unit`, `text`,
//!   `value`, `low`, `high`, `period`, `scope`, `source`, `sources`, `caveat`, `note`, `formula`, `parts`), the lists of
//!   the catalog file, `extra` (the additional columns of the dataset), and `sources`.
//! - `compare` is an object: `left` and `right` (as in `list`), `summary` (at most six lines), `rows`, `statements`,
//!   `lists`, `sources`. A row has `key`, `group`, `family`, `label`, `direction`, `measures` (two if the sides have
//!   different ones), `answer`, `says` (the answer in words), `parts` (of equal totals, each with its answer), `limits`
//!   (each with `kind`, `note`, and `years` if it has such a number), `left` and `right` (`text`, `missing`: the reason
//!   for a missing number or `null`, `figures`), `also` (related figures of `left` and `right`), `difference` and `ratio`
//!   (each with `larger`, `low`, `high`).
//! - `show` and `compare` end with `catalogs`: title, file and SHA-256 of each loaded file.
//!
//! `low` and `high` are the bounds of a value; `high` is `null` if there is no upper bound. Answers are the names of
//! [`crate::compare::Answer`] in kebab case; limits are those of [`crate::compare::Limit::kind`].

mod comparison;
mod hospital;
mod parts;
mod text;

use std::io::{self, Write};

use crate::report::content::Content;
use crate::report::view::ComparisonView;
use hospital::FullHospital;
use parts::HospitalSummary;
pub(crate) use text::{escape_invisible, pretty};

/// Writes `content` as indented JSON with a newline at the end.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, content: &Content) -> io::Result<()> {
    match content {
        Content::List(catalog, keys) => {
            pretty(out, &keys.iter().map(|&key| HospitalSummary::new(catalog, key)).collect::<Vec<_>>())
        }
        Content::Hospital(catalog, key) => pretty(out, &FullHospital::new(catalog, *key)),
        Content::Comparison(compared) => comparison::write(out, compared.catalog, &ComparisonView::new(compared)),
    }
}
