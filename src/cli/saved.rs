//! Saves a comparison to a file, and replays it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::catalog::HospitalKey;
use crate::cli::args::Cli;
use crate::cli::outcome::{Failure, Outcome, SavedError, UnresolvedHospital};
use crate::formats::{self, Input};
use crate::report::saved::{CatalogLocation, SavedCatalog, SavedComparison, SavedHospital};
use crate::report::view::ComparisonView;

/// Saves `comparison` to `file`. An existing file is only overwritten if it is a saved comparison.
pub(super) fn save(comparison: &SavedComparison, file: &Path) -> Result<(), Failure> {
    let target = target_of(file);
    if target.exists() && !is_saved(&target) {
        return Err(Failure::saved(file, SavedError::NotSavedComparison));
    }
    let text = comparison.to_json().map_err(|error| Failure::saved(file, SavedError::Content(error)))?;
    // Written to a draft first, so that a full disk does not leave half a file.
    let mut draft = target.as_os_str().to_owned();
    draft.push(format!(".{}.draft", std::process::id()));
    let written = File::create_new(&draft)
        .and_then(|mut new| new.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&draft, &target));
    written.map_err(|error| {
        let _ = fs::remove_file(&draft);
        Failure::saved(file, SavedError::Write(error))
    })
}

/// The file to write. A symbolic link is followed, so that it is not replaced.
fn target_of(file: &Path) -> PathBuf {
    match file.canonicalize() {
        Ok(target) => target,
        // A link to a file that does not exist yet.
        Err(_) => match fs::read_link(file) {
            Ok(named) => file.parent().map_or_else(|| named.clone(), |folder| folder.join(&named)),
            Err(_) => file.to_owned(),
        },
    }
}

/// Whether a file is a saved comparison.
fn is_saved(file: &Path) -> bool {
    /// The largest file that is read, in bytes. A saved comparison takes about a hundredth of this.
    const LONGEST: u64 = 16 << 20;
    let is_file = fs::metadata(file).is_ok_and(|about| about.is_file());
    let mut text = String::new();
    let read = |text: &mut String| File::open(file)?.take(LONGEST).read_to_string(text);
    is_file && read(&mut text).is_ok() && SavedComparison::read(&text).is_ok()
}

/// The inputs of a saved comparison.
fn inputs_of(saved: &SavedComparison) -> Result<Vec<Input>, SavedError> {
    let input = |catalog: &SavedCatalog| match &catalog.from {
        CatalogLocation::Bundled => None,
        CatalogLocation::File(path) => Some(Ok(Input::File(path.clone()))),
        CatalogLocation::Stdin => Some(Err(SavedError::FromStdin)),
    };
    saved.catalogs.iter().filter_map(input).collect()
}

/// Repeats the comparison saved in `file` and lists the changes. It reads `inputs`, or else the saved inputs.
pub(super) fn replay(
    cli: &Cli,
    inputs: Vec<Input>,
    file: &Path,
    out: &mut impl Write,
    notify: &mut dyn FnMut(&str),
) -> Result<Outcome, Failure> {
    let failed = |error| Failure::saved(file, error);
    let text = formats::text(&Input::from(file.to_owned()), &formats::Options::default())?;
    let saved = SavedComparison::read(&text).map_err(|error| failed(SavedError::Content(error)))?;
    let inputs = if inputs.is_empty() { inputs_of(&saved).map_err(failed)? } else { inputs };
    let catalog = cli.data.load(&inputs, notify)?;
    let key = |named: &SavedHospital| {
        let is_of_file = |key: &HospitalKey| catalog.dataset_index(*key) == named.catalog;
        let mut found = catalog.all_by_id(&named.id);
        // Editions that are merged by id share one hospital, which belongs to another file of the catalog.
        let key = found.clone().find(is_of_file).or_else(|| found.next());
        key.ok_or_else(|| Failure::UnresolvedHospital(UnresolvedHospital::Removed(named.id.clone())))
    };
    let view = ComparisonView::new(&catalog, key(&saved.left)?, key(&saved.right)?);
    let now = SavedComparison::new(&catalog, &view, &inputs);
    let changes = saved.changes(&now);
    for change in &changes {
        writeln!(out, "{change}")?;
    }
    if changes.is_empty() {
        writeln!(out, "Nothing has changed: {} and {} compare as before.", saved.left.id, saved.right.id)?;
        return Ok(Outcome::Done);
    }
    Ok(Outcome::Changed)
}
