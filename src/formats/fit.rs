//! The headings of a file, and the profile that fits them, without reading its rows.

use std::sync::Arc;

use crate::formats::contents::Contents;
use crate::formats::detect::Shape;
use crate::formats::error::{LoadError, Unreadable};
use crate::formats::import::Options;
use crate::formats::json::assignment;
use crate::formats::profile::builtin::{self, ProfileMatch};
use crate::formats::profile::headings::Headings;
use crate::formats::profile::sample::Sample;
use crate::formats::table::start::Table;
use crate::formats::{json, table};
use crate::text::Text;

/// The profile by which a file is read.
///
/// # Errors
///
/// When it has no headings that mean anything, or is a catalog.
pub(crate) fn fit(contents: &Contents, origin: &Text, options: &Options) -> Result<ProfileMatch, LoadError> {
    let unreadable = |reason: Unreadable| LoadError::unreadable(origin, reason);
    let headings = match contents {
        Contents::Text(decoded, _) => of_text(&decoded.text, origin, options)?,
        Contents::Sheet(sheet, _) => {
            table::reader::head(&Table::of_sheet(sheet.text.clone(), sheet.headings), origin)?.headings
        }
        Contents::Archive(_) => {
            return Err(unreadable(Unreadable::Other("a zip archive; unpack the file that is meant")));
        }
    };
    builtin::choose(Headings::new(headings), options.profile.as_deref(), &Sample::default())
        .map_err(|error| LoadError::unreadable(origin, error))
}

/// The headings of a text.
fn of_text(text: &Arc<String>, origin: &Text, options: &Options) -> Result<Vec<Text>, LoadError> {
    let unreadable = |reason: Unreadable| LoadError::unreadable(origin, reason);
    let bare = assignment::without(text).map(Arc::new);
    let text = bare.as_ref().unwrap_or(text);
    match Shape::of(text) {
        Shape::PriceList => Err(unreadable(Unreadable::PriceList)),
        Shape::Catalog => Err(unreadable(Unreadable::IsCatalog)),
        Shape::Markup => Err(unreadable(Unreadable::Markup)),
        Shape::Table => {
            let table = Table::find(Arc::clone(text), options.profile.as_deref());
            Ok(table::reader::head(&table, origin)?.headings)
        }
        Shape::Objects(kind) => json::reader::headings(text, &kind, origin),
    }
}
