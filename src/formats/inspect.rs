//! Looking at a file without opening it in the browser: its text, its diagnostics, its profile.

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, MAX_DIAGNOSTICS};
use crate::formats::compression::unpacked;
use crate::formats::contents::Contents;
use crate::formats::encoding::decode;
use crate::formats::error::{LoadError, Unreadable};
use crate::formats::fit::{Look, look};
use crate::formats::import::Options;
use crate::formats::input::Input;
use crate::formats::load::load;
use crate::formats::profile::definition::{Profile, id_of};
use crate::formats::profile::plan::Plan;
use crate::formats::skeleton;
use crate::formats::workbook::SheetError;

/// The text of an input, unpacked and decoded; for looking at it without loading it.
///
/// # Errors
///
/// When it cannot be read or is no text.
pub fn text(input: &Input, options: &Options) -> Result<String, LoadError> {
    let bytes = input.read(&mut ())?;
    let unreadable = |reason: Unreadable| LoadError::unreadable(&input.origin(), reason);
    let unpacked = unpacked(&bytes).map_err(|error| unreadable(error.into()))?;
    let decoded = decode(unpacked.as_deref().unwrap_or(&bytes), options.encoding);
    let decoded = decoded.map_err(|error| unreadable(error.into()))?;
    Ok(decoded.text.into_owned())
}

/// What a check of a file found.
#[derive(Debug)]
pub struct CheckReport {
    /// The diagnostics, by line.
    pub diagnostics: Vec<Diagnostic>,
    /// How many there are; not all may be listed.
    pub count: usize,
    /// Whether the count is that of all.
    pub is_all: bool,
    /// What could be read of it; none when nothing.
    pub catalog: Option<Catalog>,
}

/// Checks a file: every diagnostic with its line and fix.
///
/// # Errors
///
/// When it cannot be read at all.
pub fn check(input: &Input, options: &Options) -> Result<CheckReport, LoadError> {
    match load(std::slice::from_ref(input), options, &mut ()) {
        Ok(catalog) => {
            let logs = || catalog.datasets().iter().flat_map(|dataset| [&dataset.rejected, &dataset.remarks]);
            let mut diagnostics: Vec<Diagnostic> = logs().flat_map(|log| log.first.clone()).collect();
            diagnostics.sort_by_key(|one| (one.line, one.column));
            let count = logs().map(|log| log.count).sum();
            let is_all = count == diagnostics.len();
            Ok(CheckReport { diagnostics, count, is_all, catalog: Some(catalog) })
        }
        Err(LoadError::Invalid(diagnostics)) => {
            let count = diagnostics.len();
            Ok(CheckReport { diagnostics, count, is_all: count < MAX_DIAGNOSTICS, catalog: None })
        }
        Err(error) => Err(error),
    }
}

/// A profile for an input, to start from.
pub(crate) struct Draft {
    /// The profile by which it is read, with only the headings that it has; of an input that cannot be read yet, one to
    /// fill in. Headings that nothing is known of are listed with examples.
    pub(crate) profile: Profile,
    /// What has to be filled in or checked.
    pub(crate) note: Option<String>,
}

/// A profile for an input, to start from.
///
/// # Errors
///
/// When it cannot be read, is a catalog, or is no list at all.
pub(crate) fn profile_of(input: &Input, options: &Options) -> Result<Draft, LoadError> {
    let origin = input.origin();
    let unreadable = |reason| LoadError::unreadable(&origin, reason);
    let bytes = input.read(&mut ())?;
    let contents = match Contents::of(bytes.clone(), options) {
        // The first sheet is as good as any.
        Err(Unreadable::Workbook(SheetError::NoList { first, .. })) => {
            Contents::of(bytes, &Options { sheet: Some(first), ..options.clone() })
        }
        contents => contents,
    };
    let Look { headings, sample, fit, .. } = look(&contents.map_err(unreadable)?, &origin, options)?;
    let (mut profile, is_known, note) = match fit {
        Ok(fit) if fit.is_known => (fit.narrowed(), true, None),
        Ok(fit) => {
            let profile = fit.narrowed();
            let columns = Plan::new(fit, true, &sample).named_columns(&sample);
            (Profile { columns, ..profile }, false, None)
        }
        Err(reason) => {
            let (profile, note) = skeleton::guess(&headings, &sample, &reason);
            (profile, false, Some(note))
        }
    };
    profile.headings = skeleton::examples(&headings, &sample, &profile, note.is_some());
    if !is_known {
        // The title of the profile of synonyms does not fit one made for this file.
        profile.title = input.stem();
        profile.id = id_of(&profile.title);
        profile.note = None;
    }
    Ok(Draft { profile, note })
}
