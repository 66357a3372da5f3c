//! Commands that answer from a catalog: list, show, compare.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use crate::catalog::{Catalog, HospitalKey};
use crate::cli::outcome::{Failure, Outcome, Unresolved};
use crate::cli::saved;
use crate::compare::Comparison;
use crate::formats::Input;
use crate::report::{self, Content, Format};
use crate::search::{self, Searcher};
use crate::text::Text;

/// How results are written: where to, in which format, and how wide a table may be.
pub(super) struct Writer<'a, W> {
    pub(super) out: &'a mut W,
    pub(super) format: Format,
    pub(super) width: Option<usize>,
}

impl<W: Write> Writer<'_, W> {
    fn write(&mut self, content: &Content) -> Result<(), Failure> {
        Ok(report::write(self.out, content, self.format, self.width)?)
    }
}

/// Lists the hospitals that match `query`.
pub(super) fn list(catalog: Arc<Catalog>, query: &str, mut writer: Writer<impl Write>) -> Result<Outcome, Failure> {
    let found = Searcher::once(Arc::clone(&catalog), query);
    if let Some(mistake) = found.query.mistakes.first() {
        return Err(Failure::Query { query: query.to_owned(), mistake: mistake.clone() });
    }
    let is_none = found.keys.is_empty();
    // A table without rows is only its heading; other formats stay whole for the program that reads them.
    if !(is_none && writer.format == Format::Table) {
        writer.write(&Content::List(&catalog, found.keys))?;
    }
    let more = found.possibly;
    let is_empty = catalog.is_empty();
    // The program ends here: to give the memory back piece by piece would take longer than the search.
    std::mem::forget(catalog);
    Ok(match is_none {
        false if more > 0 => Outcome::Noted(format!(
            "{more} more may match: their sources leave it open; put ? after the sign to include them"
        )),
        false => Outcome::Done,
        true if more > 0 => Outcome::NoMatch(format!(
            "none matches for certain, {more} may: their sources leave it open; put ? after the sign to include them"
        )),
        true if is_empty => Outcome::NoMatch("the catalog has no hospitals".to_owned()),
        true => Outcome::NoMatch(format!("no hospital matches “{}”", Text::clean(query))),
    })
}

/// Shows the one hospital that `words` name.
pub(super) fn show(catalog: &Arc<Catalog>, words: &str, mut writer: Writer<impl Write>) -> Result<Outcome, Failure> {
    let key = resolve(&mut Searcher::new(Arc::clone(catalog)), words)?;
    writer.write(&Content::Hospital(catalog, key))?;
    Ok(Outcome::Done)
}

/// Compares the two hospitals that are named, and saves the comparison where that is asked for. The catalog was read
/// from `inputs`.
pub(super) fn compare(
    catalog: &Arc<Catalog>,
    [a, b]: [&str; 2],
    save: Option<(&Path, &[Input])>,
    mut writer: Writer<impl Write>,
) -> Result<Outcome, Failure> {
    let mut searcher = Searcher::new(Arc::clone(catalog));
    let (left, right) = (resolve(&mut searcher, a)?, resolve(&mut searcher, b)?);
    if left == right {
        return Err(Failure::Unresolved(Unresolved::SameTwice(catalog.hospital(left).name.clone())));
    }
    let comparison = Comparison::new(catalog, left, right);
    if let Some((file, inputs)) = save {
        saved::save(&comparison, inputs, file)?;
    }
    writer.write(&Content::Comparison(comparison))?;
    Ok(Outcome::Done)
}

/// The one hospital that `words` name.
fn resolve(searcher: &mut Searcher, words: &str) -> Result<HospitalKey, Failure> {
    /// Most hospitals that are named in the message.
    const SHOWN: usize = 10;
    let catalog = Arc::clone(searcher.catalog());
    let named = |keys: &[HospitalKey]| {
        let hospitals = keys.iter().take(SHOWN).map(|key| catalog.hospital(*key));
        hospitals.map(|hospital| (hospital.id.clone(), hospital.name.clone())).collect::<Vec<_>>()
    };
    search::resolve(searcher, words).map_err(|unresolved| {
        let words = Text::clean(words);
        Failure::Unresolved(match unresolved {
            search::Unresolved::Several(keys) => Unresolved::Several { words, count: keys.len(), first: named(&keys) },
            search::Unresolved::None(keys) if keys.is_empty() => Unresolved::NoWords,
            search::Unresolved::None(keys) => Unresolved::NoMatch { words, nearest: named(&keys) },
        })
    })
}
