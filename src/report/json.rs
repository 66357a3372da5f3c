//! The JSON shapes, stable for scripts.
//!
//! - `list` is an array of hospitals: `id`, `name`, `native_name`, `aliases`, `city`, `region`, `country`,
//!   `kind`, `grade`, `dataset` (its title), `file`. What is unknown is `null`.
//! - `show` is one hospital: the same, and `figures` (each with `measure`, `label`, `family`, `unit`, `text`,
//!   `value`, `low`, `high`, `period`, `scope`, `source`, `sources`, `caveat`, `note`, `formula`, `parts`), the lists of the catalog file,
//!   `extra` (what a dataset says under headings of its own), and `sources`.
//! - `compare` is an object: `left` and `right` (as in `list`), `summary` (at most six lines), `rows`, `statements`,
//!   `lists`, `sources`. A row has `key`, `group`, `family`, `label`, `direction`, `measures` (two where the sides count differently),
//!   `answer`, `says` (the answer in words), `parts` (of equal totals, each with its answer), `limits` (each with `kind`, `years` where it has that amount, and `note`),
//!   `left` and `right` (`text`, `missing`: `null`, or why there is no number, `figures`), `also` (the same figures of
//!   `left` and `right` that stand beside them), `difference` and `ratio` (each with `larger`, `low`, `high`).
//! - `show` and `compare` end with `catalogs`: title, file and SHA-256 of what was loaded.
//!
//! `low` and `high` bound what a value may mean; `high` is `null` when the source sets no top. Answers are the names of
//! [`crate::compare::Answer`] in kebab case, limits those of [`crate::compare::Limit::kind`].

mod comparison;
mod hospital;
mod parts;
mod text;

use std::io::{self, Write};

use crate::report::content::Content;
use crate::report::view::ComparisonView;
use hospital::Whole;
use parts::Summary;
pub(crate) use text::{escape_unseen, pretty};

/// Writes `content` as JSON, indented, with a line end.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, content: &Content) -> io::Result<()> {
    match content {
        Content::List(catalog, keys) => {
            pretty(out, &keys.iter().map(|&key| Summary::new(catalog, key)).collect::<Vec<_>>())
        }
        Content::Hospital(catalog, key) => pretty(out, &Whole::new(catalog, *key)),
        Content::Comparison(compared) => comparison::write(out, compared.catalog, &ComparisonView::new(compared)),
    }
}
