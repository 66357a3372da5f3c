//! From inputs to a catalog: each file is unpacked, decoded, and read by what it looks like.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::thread;

use crate::catalog::{Catalog, CatalogBuilder, CatalogFile, Dataset};
use crate::diagnostic::{Diagnostic, Spot, line_of};
use crate::formats::archive::{Archive, ArchiveError, Entry};
use crate::formats::contents::Contents;
use crate::formats::detect::Shape;
use crate::formats::encoding::DecodedFile;
use crate::formats::error::{LoadError, Unreadable};
use crate::formats::fit::look;
use crate::formats::import::{Import, Options};
use crate::formats::input::Input;
use crate::formats::json::assignment;
use crate::formats::native::bundled::{bundled, sha256};
use crate::formats::native::check::read_observed;
use crate::formats::preview::Preview;
use crate::formats::progress::{Progress, ProgressObserver};
use crate::formats::table::start::Table;
use crate::formats::workbook::Sheet;
use crate::formats::{json, table};
use crate::text::{Text, clip};

/// Loads `inputs` into one catalog; the bundled hospitals when there are none.
///
/// # Errors
///
/// The first input that cannot be read, has problems, or clashes with one before it; or when the observer stops it.
pub fn load(inputs: &[Input], options: &Options, observer: &mut dyn ProgressObserver) -> Result<Catalog, LoadError> {
    if inputs.is_empty() {
        return Ok(bundled());
    }
    for (at, input) in inputs.iter().enumerate() {
        if inputs[..at].iter().any(|other| other.is_same(input)) {
            return Err(LoadError::unreadable(&input.origin(), Unreadable::NamedTwice));
        }
    }
    let mut builder = CatalogBuilder::default();
    for input in inputs {
        let (origin, stem) = (input.origin(), input.stem());
        let mut preview = Preview::default();
        let is_first = builder.catalog().is_empty();
        let bytes = input.read_with(observer, &mut |bytes, observer| {
            let read = |text: Arc<String>, builder: &mut CatalogBuilder| {
                let (origin, stem) = (origin.clone(), stem.clone());
                let mut import = Import { origin, stem, options, observer: &mut (), builder };
                let decoded = DecodedFile { text, original: None, encoding: None, unread: 0 };
                // What is wrong with it is said when all of it has come.
                let _ = read_text(&decoded, &mut import);
            };
            if is_first && observer.wants_preview() {
                preview.show(bytes, observer, read);
            }
        })?;
        read(bytes, Import { origin, stem, options, observer, builder: &mut builder })?;
    }
    Ok(builder.finish())
}

/// Loads bytes in memory as if they were a file of that name.
///
/// # Errors
///
/// As [`load`].
pub fn load_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Catalog, LoadError> {
    let mut builder = CatalogBuilder::default();
    let input = Input::File(name.into());
    let (origin, stem) = (input.origin(), input.stem());
    read(bytes.to_vec(), Import { origin, stem, options, observer: &mut (), builder: &mut builder })?;
    Ok(builder.finish())
}

/// Reads the bytes of one file.
fn read(bytes: Vec<u8>, mut import: Import) -> Result<(), LoadError> {
    let contents = Contents::of(bytes, import.options);
    read_contents(contents.map_err(|reason| LoadError::unreadable(&import.origin, reason))?, &mut import)
}

fn read_contents(contents: Contents, import: &mut Import) -> Result<(), LoadError> {
    match contents {
        Contents::Text(decoded, original) => {
            let text = Arc::clone(&decoded.text);
            let original = original.as_deref().unwrap_or(text.as_bytes());
            with_sum(original, import, |import| read_text(&decoded, import))
        }
        Contents::Sheet(sheet, original) => {
            import.origin = within(&import.origin, &sheet.name);
            with_sum(&original, import, |import| read_sheet(sheet, import))
        }
        Contents::Archive(bytes) => read_archive(&bytes, import),
    }
}

/// What to call a part of a file.
fn within(origin: &Text, part: &str) -> Text {
    Text::clean(&format!("{origin}/{part}"))
}

/// Reads each file of an archive that is a list of hospitals, as a dataset of its own.
fn read_archive(bytes: &[u8], import: &mut Import) -> Result<(), LoadError> {
    let (origin, stem) = (import.origin.clone(), import.stem.clone());
    let unreadable = |error: ArchiveError| LoadError::unreadable(&origin, error);
    let mut archive = Archive::open(bytes).map_err(unreadable)?;
    let entries = archive.entries.clone();
    let (mut skipped, mut found) = (Vec::new(), false);
    for entry in &entries {
        let is_alone = entries.len() == 1;
        match list_in(&mut archive, entry, import.options, is_alone) {
            Ok(contents) => {
                import.origin = within(&origin, &entry.name);
                import.stem = Input::File(entry.name.as_str().into()).stem();
                let before = import.builder.catalog().len();
                match read_contents(contents, import) {
                    Ok(()) => found = true,
                    // What is left out is said; what has been read in part is not left out.
                    Err(LoadError::Unreadable { reason, .. })
                        if !is_alone && import.builder.catalog().len() == before =>
                    {
                        skipped.push((entry.name.clone(), reason));
                    }
                    Err(error) => return Err(error),
                }
            }
            Err(reason) => skipped.push((entry.name.clone(), reason)),
        }
    }
    (import.origin, import.stem) = (origin.clone(), stem);
    if !found {
        return Err(unreadable(ArchiveError::without_list(&skipped)));
    }
    let named: Vec<&str> = skipped.iter().map(|(name, _)| name.as_str()).filter(|name| !is_picture(name)).collect();
    if let Some(dataset) = import.dataset().filter(|_| !named.is_empty()) {
        let named = named.join(", ");
        dataset.notes.push(Text::clean(&format!("other files of the archive are no lists: {}", clip(&named, 300))));
    }
    Ok(())
}

/// The contents of a file in an archive, when it is a list of hospitals; else why it is none. Of several files a text
/// without headings is no list of names.
fn list_in(archive: &mut Archive, entry: &Entry, options: &Options, is_alone: bool) -> Result<Contents, Unreadable> {
    let contents = Contents::of(archive.bytes(entry)?, options)?;
    match &contents {
        Contents::Archive(_) => Err(ArchiveError::Nested(entry.name.clone()).into()),
        _ if is_alone => Ok(contents),
        _ => match look(&contents, &entry.name, options) {
            Ok(look) if look.is_names => Err(Unreadable::Other("a text without headings")),
            Ok(look) => look.fit.map(|_| contents),
            Err(LoadError::Unreadable { reason: Unreadable::IsCatalog, .. }) => Ok(contents),
            Err(LoadError::Unreadable { reason, .. }) => Err(reason),
            Err(_) => Err(Unreadable::Other("no list of hospitals")),
        },
    }
}

/// Maps bring pictures of their own.
fn is_picture(name: &str) -> bool {
    [".png", ".jpg", ".jpeg", ".gif"].iter().any(|ending| name.to_lowercase().ends_with(ending))
}

/// Reads a dataset whose bytes are `original`, of which it states the sum.
fn with_sum(
    original: &[u8],
    import: &mut Import,
    read: impl FnOnce(&mut Import) -> Result<(), LoadError>,
) -> Result<(), LoadError> {
    thread::scope(|scope| {
        // The sum takes a while; the file is read meanwhile.
        let sum = thread::Builder::new().spawn_scoped(scope, || sha256(original));
        read(import)?;
        import.builder.end();
        if let Some(dataset) = import.dataset() {
            // Where no thread can be had, it takes a moment longer.
            let sum = sum.ok().and_then(|sum| sum.join().ok());
            dataset.sha256 = sum.unwrap_or_else(|| sha256(original));
        }
        import.observer.on_catalog(import.builder.catalog());
        Ok(())
    })
}

fn read_sheet(sheet: Sheet, import: &mut Import) -> Result<(), LoadError> {
    let mut dataset = Dataset::of(import.origin.clone(), Vec::new());
    if let Some(others) = &sheet.others {
        dataset.notes.push(Text::clean(&format!("there are other sheets, which --sheet NAME reads: {others}")));
    }
    table::reader::read(
        &Table::of_sheet(sheet.text, sheet.headings, import.options.profile.as_deref()),
        import,
        dataset,
    )
}

fn read_text(decoded: &DecodedFile, import: &mut Import) -> Result<(), LoadError> {
    let mut dataset = Dataset::of(import.origin.clone(), Vec::new());
    if let Some(name) = decoded.encoding {
        dataset.notes.push(Text::clean(&format!("read as {name}; --encoding NAME reads it as another")));
    }
    note_unread(decoded, &mut dataset);
    let bare = assignment::without(&decoded.text).map(Arc::new);
    let text = bare.as_ref().unwrap_or(&decoded.text);
    match Shape::of(text) {
        Shape::Markup => Err(LoadError::unreadable(&import.origin, Unreadable::Markup)),
        Shape::PriceList => Err(LoadError::unreadable(&import.origin, Unreadable::PriceList)),
        Shape::Catalog => read_catalog(text, import, dataset),
        Shape::Table => {
            let table = Table::find(Arc::clone(text), import.options.profile.as_deref());
            table::reader::read(&table, import, dataset)
        }
        Shape::Objects(kind) => json::reader::read(text, &kind, import, dataset),
    }
}

/// Reads a catalog of our own form. What has come so far is shown as soon as it can be understood: when the file names
/// its sources before its hospitals.
fn read_catalog(text: &Arc<String>, import: &mut Import, dataset: Dataset) -> Result<(), LoadError> {
    let before = import.builder.catalog().clone();
    // Behind other files' hospitals these have to be copied to be shown: this is done when there are twice as many.
    let mut next = 0;
    let file = read_observed(text, &dataset.origin, &mut |file: &CatalogFile, bytes: usize| {
        let mut so_far = before.clone();
        let hospitals = before.len() + file.hospitals.len();
        let (bytes, of) = (bytes as u64, Some(text.len() as u64));
        let progress = Progress { file: dataset.origin.clone(), bytes, of, hospitals };
        let flow = import.observer.on_progress(&progress);
        let is_due = before.is_empty() || file.hospitals.len() >= next;
        if is_due {
            next = file.hospitals.len() * 2;
        }
        if is_due && so_far.add(file.clone(), dataset.origin.clone(), String::new()).is_ok() {
            import.observer.on_catalog(&so_far);
        }
        flow == ControlFlow::Continue(())
    });
    match file {
        Ok(Some(file)) => Ok(import.builder.add(file, dataset)?),
        Ok(None) => Err(LoadError::Stopped),
        Err(diagnostics) => Err(LoadError::Invalid(diagnostics)),
    }
}

/// Notes that some characters could not be read: what is shown in their place is not what the file says.
fn note_unread(decoded: &DecodedFile, dataset: &mut Dataset) {
    if decoded.unread == 0 {
        return;
    }
    let count = decoded.unread;
    let characters = if count == 1 { "character" } else { "characters" };
    let at = decoded.text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0);
    let line = line_of(decoded.text.as_bytes(), at);
    let message = format!("{count} {characters} could not be read, the first on line {line}; each shows as \u{fffd}");
    let fix = "name the right encoding with --encoding, or fetch the file again";
    dataset.notes.push(Text::clean(&format!("{message}; {fix}")));
    let spot = Spot { text: &decoded.text, line, at: at..at + 1 };
    let origin = dataset.origin.clone();
    dataset.remarks.push_with(|| Diagnostic::new(&origin, &spot, "", &message, fix));
}
