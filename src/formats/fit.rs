//! The headings of a file, and the profile that fits them, without reading its rows.

use std::sync::Arc;

use crate::formats::contents::Contents;
use crate::formats::detect::Shape;
use crate::formats::error::{LoadError, Unreadable};
use crate::formats::import::Options;
use crate::formats::json::assignment;
use crate::formats::profile::builtin::{self, ProfileMatch};
use crate::formats::profile::definition::positions;
use crate::formats::profile::headings::Headings;
use crate::formats::profile::sample::Sample;
use crate::formats::table::start::Table;
use crate::formats::{json, table};
use crate::text::Text;

/// The headings of a file, what its columns hold, and the profile by which it is read.
pub(crate) struct Look {
    /// The headings; the positions of columns that have none.
    pub(crate) headings: Vec<Text>,
    /// Some of its rows.
    pub(crate) sample: Sample,
    /// Whether it is a plain list of names, a line each.
    pub(crate) is_names: bool,
    /// The profile, or why there is none.
    pub(crate) fit: Result<ProfileMatch, Unreadable>,
}

/// Looks at the contents of a file.
///
/// # Errors
///
/// When they are no list, or a catalog, which needs no profile.
pub(crate) fn look(contents: &Contents, origin: &Text, options: &Options) -> Result<Look, LoadError> {
    match contents {
        Contents::Text(decoded, _) => at_text(&decoded.text, origin, options),
        Contents::Sheet(sheet, _) => {
            at_table(&Table::of_sheet(sheet.text.clone(), sheet.headings, options.profile.as_deref()), origin, options)
        }
        Contents::Archive(_) => {
            Err(LoadError::unreadable(origin, Unreadable::Other("a zip archive; unpack the file that is meant")))
        }
    }
}

fn at_text(text: &Arc<String>, origin: &Text, options: &Options) -> Result<Look, LoadError> {
    let unreadable = |reason: Unreadable| LoadError::unreadable(origin, reason);
    let bare = assignment::without(text).map(Arc::new);
    let text = bare.as_ref().unwrap_or(text);
    match Shape::of(text) {
        Shape::PriceList => Err(unreadable(Unreadable::PriceList)),
        Shape::Catalog => Err(unreadable(Unreadable::IsCatalog)),
        Shape::Markup => Err(unreadable(Unreadable::Markup)),
        Shape::Table => at_table(&Table::find(Arc::clone(text), options.profile.as_deref()), origin, options),
        Shape::Objects(kind) => {
            let (headings, sample) = json::reader::look(text, &kind, origin)?;
            let fit = builtin::choose(Headings::new(headings.clone()), options.profile.as_deref(), &sample);
            Ok(Look { headings, sample, is_names: false, fit: fit.map_err(Unreadable::from) })
        }
    }
}

fn at_table(table: &Table, origin: &Text, options: &Options) -> Result<Look, LoadError> {
    let (head, mut sample) = table::reader::look(table, origin)?;
    let fit = table::reader::fit(&head, options.profile.as_deref(), &sample);
    let mut headings = head.headings;
    if matches!(fit, Err(Unreadable::NoHeadingLine)) {
        let first = std::mem::take(&mut headings);
        headings = positions(first.len());
        sample.push_first(first.iter().map(Text::to_string).collect());
    }
    Ok(Look { headings, sample, is_names: table.start.is_none(), fit })
}
