//! Files into a catalog: whatever people have on disk, opened as it is.
//!
//! | room | what it holds |
//! |---|---|
//! | `input` | bytes from files and standard input, within limits, unpacked |
//! | `encoding` | bytes → text |
//! | `headings`, `profile`, `profiles` | which columns mean what: data, not code |
//! | `plan`, `row`, `value` | a profile held against the columns of a file: from cells to a hospital |
//! | `table` | CSV and its kin |
//! | `dataset` | what a file of rows is as a whole: title, source, vintage |
//! | `start` | what parts the cells of a table, and where its headings stand |
//! | `aside` | whose the rows are that cannot be read |
//! | `stand` | where a row stands, and whether its quotes are in order |
//! | `kind`, `objects`, `properties`, `geometry` | GeoJSON, Overpass JSON, arrays of objects, JSON Lines |
//! | `watch` | looking on while a file is loaded |
//!
//! A file's kind is told from its contents, never from its name.

mod aside;
mod dataset;
mod encoding;
mod geometry;
mod headings;
pub mod input;
mod kind;
mod objects;
mod plan;
pub mod profile;
mod profiles;
mod properties;
mod row;
mod stand;
mod start;
mod table;
mod value;
pub mod watch;

use std::thread;

use encoding_rs::Encoding;

use crate::catalog::check;
use crate::catalog::problem::{Spot, line_of};
use crate::catalog::{self, Catalog, CatalogFile, Dataset, Gathering, Problem};
use crate::text::Text;
use encoding::Decoded;
pub use encoding::by_name;
pub use headings::Headings;
pub use input::{Input, LoadError, MAX_BYTES};
use kind::Kind;
use profile::Profile;
pub use profiles::{Match, built_in};
use start::Table;
pub use watch::{Progress, Watch};

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The encoding of all files; none detects it.
    pub encoding: Option<&'static Encoding>,
    /// The profile to read tables by; none chooses by their headings.
    pub profile: Option<Box<Profile>>,
    /// Whether every cell is held to what its column should be; what is not is remarked on.
    pub is_strict: bool,
}

/// Loads `inputs` into one catalog; the bundled hospitals when there are none.
///
/// # Errors
///
/// The first input that cannot be read, has problems, or clashes with one before it; or when `watch` stops it.
pub fn load(inputs: &[Input], options: &Options, watch: &mut dyn Watch) -> Result<Catalog, LoadError> {
    if inputs.is_empty() {
        return Ok(Catalog::bundled());
    }
    for (at, input) in inputs.iter().enumerate() {
        if inputs[..at].iter().any(|other| other.is_same(input)) {
            return Err(LoadError::unreadable(&input.origin(), "it is named twice; name it once"));
        }
    }
    let mut gathering = Gathering::default();
    for input in inputs {
        let bytes = input.read(watch)?;
        let (origin, stem) = (input.origin(), input.stem());
        Reading { origin, stem, options, watch, gathering: &mut gathering }.read(&bytes)?;
    }
    Ok(gathering.finish())
}

/// Loads what stands in memory as if it stood in a file of that name.
///
/// # Errors
///
/// As [`load`].
pub fn load_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Catalog, LoadError> {
    let mut gathering = Gathering::default();
    let input = Input::File(name.into());
    let (origin, stem) = (input.origin(), input.stem());
    Reading { origin, stem, options, watch: &mut (), gathering: &mut gathering }.read(bytes)?;
    Ok(gathering.finish())
}

/// The text of an input, unpacked and decoded; for looking at it without loading it.
///
/// # Errors
///
/// When it cannot be read or is no text.
pub fn text(input: &Input, options: &Options) -> Result<String, LoadError> {
    let bytes = input.read(&mut ())?;
    let unreadable = |reason: String| LoadError::unreadable(&input.origin(), reason);
    let unpacked = input::unpacked(&bytes).map_err(unreadable)?;
    let decoded = encoding::decode(unpacked.as_deref().unwrap_or(&bytes), options.encoding).map_err(unreadable)?;
    Ok(decoded.text.into_owned())
}

/// What is wrong with a file.
#[derive(Debug)]
pub struct Judged {
    /// The problems, by line.
    pub problems: Vec<Problem>,
    /// How many there are; not all may be among the problems.
    pub count: usize,
    /// Whether the count is that of all.
    pub is_all: bool,
    /// What could be read of it; none when nothing.
    pub catalog: Option<Catalog>,
}

/// Judges a file: every problem with its line and cure.
///
/// # Errors
///
/// When it cannot be read at all.
pub fn judge(input: &Input, options: &Options) -> Result<Judged, LoadError> {
    match load(std::slice::from_ref(input), options, &mut ()) {
        Ok(catalog) => {
            let notes = || catalog.datasets().iter().flat_map(|dataset| [&dataset.aside, &dataset.remarks]);
            let mut problems: Vec<Problem> = notes().flat_map(|notes| notes.first.clone()).collect();
            problems.sort_by_key(|problem| (problem.line, problem.column));
            let count = notes().map(|notes| notes.count).sum();
            let is_all = count == problems.len();
            Ok(Judged { problems, count, is_all, catalog: Some(catalog) })
        }
        Err(LoadError::Problems(problems)) => {
            let count = problems.len();
            Ok(Judged { problems, count, is_all: count < check::MAX_PROBLEMS, catalog: None })
        }
        Err(error) => Err(error),
    }
}

/// The profile by which an input would be read, held to the headings that it has: one to start from.
///
/// # Errors
///
/// When it cannot be read, is a catalog, or has no headings that mean anything.
pub fn profile_of(input: &Input, options: &Options) -> Result<Profile, LoadError> {
    let text = text(input, options)?;
    let headings = match Shape::of(&text) {
        Shape::Catalog => {
            return Err(LoadError::unreadable(&input.origin(), "this is a catalog; catalogs need no profile"));
        }
        Shape::Markup => return Err(LoadError::unreadable(&input.origin(), MARKUP)),
        Shape::Table => table::headings(&Table::find(&text, options.profile.as_deref()), &input.origin())?,
        Shape::Objects(kind) => objects::headings(&text, kind, &input.origin())?,
    };
    let fit = profiles::choose(Headings::new(headings), options.profile.as_deref())
        .map_err(|reason| LoadError::unreadable(&input.origin(), reason))?;
    let mut profile = fit.narrowed();
    if !fit.is_known {
        // What is said of the profile of synonyms does not hold of one made for this file.
        profile.title = input.stem();
        profile.id = profile::id_of(&profile.title);
        profile.note = None;
    }
    Ok(profile)
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A catalog of our own form.
    Catalog,
    /// JSON of another form.
    Objects(Kind),
    /// A web page, KML or other XML, which none of the readers understands.
    Markup,
    /// Rows of cells.
    Table,
}

/// What to say of a web page; it is often what a portal sends in place of a file.
const MARKUP: &str = "this is a web page or XML, not data that can be read; fetch the file itself, as CSV or GeoJSON";

impl Shape {
    /// What `text` looks like.
    #[must_use]
    pub fn of(text: &str) -> Self {
        match text.trim_start().as_bytes().first() {
            Some(b'{' | b'[') => Kind::of(text).map_or(Self::Catalog, Self::Objects),
            Some(b'<') => Self::Markup,
            _ => Self::Table,
        }
    }
}

/// One file that is being read.
struct Reading<'a> {
    /// What to call it.
    origin: Text,
    /// Its name without folder and endings.
    stem: Text,
    options: &'a Options,
    watch: &'a mut dyn Watch,
    gathering: &'a mut Gathering,
}

impl Reading<'_> {
    fn read(mut self, bytes: &[u8]) -> Result<(), LoadError> {
        let origin = self.origin.clone();
        let unreadable = |reason: String| LoadError::unreadable(&origin, reason);
        thread::scope(|scope| {
            // The sum takes a while; the file is read meanwhile.
            let sum = thread::Builder::new().spawn_scoped(scope, || catalog::sha256(bytes));
            let unpacked = input::unpacked(bytes).map_err(unreadable)?;
            let plain = unpacked.as_deref().unwrap_or(bytes);
            let decoded = encoding::decode(plain, self.options.encoding).map_err(unreadable)?;
            self.text(&decoded)?;
            if let Some(dataset) = self.gathering.dataset() {
                // Where no thread can be had, it takes a moment longer.
                let sum = sum.ok().and_then(|sum| sum.join().ok());
                dataset.sha256 = sum.unwrap_or_else(|| catalog::sha256(bytes));
            }
            self.watch.look(self.gathering.catalog());
            Ok(())
        })
    }

    fn text(&mut self, decoded: &Decoded) -> Result<(), LoadError> {
        let mut dataset = Dataset::of(self.origin.clone(), Vec::new());
        if let Some(name) = decoded.encoding {
            dataset.notes.push(Text::clean(&format!("read as {name}; --encoding NAME reads it as another")));
        }
        note_unread(decoded, &mut dataset);
        match Shape::of(&decoded.text) {
            Shape::Markup => Err(LoadError::unreadable(&self.origin, MARKUP)),
            Shape::Catalog => self.catalog(&decoded.text, dataset),
            Shape::Table => table::read(&decoded.text, self, dataset),
            Shape::Objects(kind) => objects::read(&decoded.text, kind, self, dataset),
        }
    }

    /// Shows what has come, at that byte of so many.
    ///
    /// # Errors
    ///
    /// When it is to stop.
    fn tell(&mut self, origin: &Text, byte: u64, of: usize) -> Result<(), LoadError> {
        let hospitals = self.gathering.catalog().len();
        let progress = Progress { file: origin.clone(), bytes: byte, of: Some(of as u64), hospitals };
        let goes_on = self.watch.goes_on(&progress);
        self.watch.look(self.gathering.catalog());
        if goes_on { Ok(()) } else { Err(LoadError::Stopped) }
    }

    /// Reads a catalog of our own form. What has come so far is shown as soon as it can be understood: when the
    /// file names its sources before its hospitals.
    fn catalog(&mut self, text: &str, dataset: Dataset) -> Result<(), LoadError> {
        let before = self.gathering.catalog().clone();
        // Behind other files' hospitals these have to be copied for a look, so each look waits until it has twice as many.
        let mut next = 0;
        let file = check::read_watched(text, &dataset.origin, &mut |file: &CatalogFile| {
            let mut so_far = before.clone();
            let (hospitals, bytes) = (before.len() + file.hospitals.len(), text.len() as u64);
            let progress = Progress { file: dataset.origin.clone(), bytes, of: Some(bytes), hospitals };
            let goes_on = self.watch.goes_on(&progress);
            let is_due = before.is_empty() || file.hospitals.len() >= next;
            if is_due {
                next = file.hospitals.len() * 2;
            }
            if is_due && so_far.add(file.clone(), dataset.origin.clone(), String::new()).is_ok() {
                self.watch.look(&so_far);
            }
            goes_on
        });
        match file {
            Ok(Some(file)) => self.gathering.add(file, dataset).map_err(LoadError::Clash),
            Ok(None) => Err(LoadError::Stopped),
            Err(problems) => Err(LoadError::Problems(problems)),
        }
    }
}

/// Notes that some characters could not be read: what is shown in their place is not what the file says.
fn note_unread(decoded: &Decoded, dataset: &mut Dataset) {
    if decoded.unread == 0 {
        return;
    }
    let count = decoded.unread;
    let characters = if count == 1 { "character" } else { "characters" };
    let at = decoded.text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0);
    let line = line_of(&decoded.text, at);
    let message = format!("{count} {characters} could not be read, the first on line {line}; each shows as \u{fffd}");
    let cure = "name the right encoding with --encoding, or fetch the file again";
    dataset.notes.push(Text::clean(&format!("{message}; {cure}")));
    let spot = Spot { text: &decoded.text, line, at: at..at + 1 };
    let origin = dataset.origin.clone();
    dataset.remarks.push_with(|| Problem::new(&origin, &spot, "", &message, cure));
}
