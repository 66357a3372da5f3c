//! Commands that query a catalog: list, show, compare.

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use crate::catalog::{Catalog, HospitalKey};
use crate::cli::outcome::{Failure, Outcome, UnresolvedHospital};
use crate::cli::saved;
use crate::formats::Input;
use crate::report::saved::SavedComparison;
use crate::report::view::ComparisonView;
use crate::report::{self, Content, Format};
use crate::search::{self, Searcher};
use crate::text::Text;

/// Where and how to write results: the output, the format, and the maximum width of a table.
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
    let found = Searcher::once(Arc::clone(&catalog), query, false);
    if let Some(mistake) = found.query.mistakes.first() {
        return Err(Failure::Query { query: query.to_owned(), mistake: mistake.clone() });
    }
    let has_match = !found.keys.is_empty();
    // An empty table would be only its heading. Other formats are written even if empty, for programs that read them.
    if has_match || writer.format != Format::Table {
        // What is asked of a name such as `beds` may be several measures; those that nobody reports are no columns.
        let mut measures = found.query.measures();
        measures.retain(|id| measures_of(&catalog, &found.keys, id));
        writer.write(&Content::List(&catalog, found.keys, measures))?;
    }
    let more = found.possibly;
    let is_empty = catalog.is_empty();
    // The program ends here. Freeing 200,000 hospitals would take another 15 ms, a fifteenth of the whole command.
    std::mem::forget(catalog);
    Ok(match has_match {
        true if more > 0 => Outcome::Noted(format!(
            "{more} more may match, because their figures are not exact; use ? as in beds>?2000 to include them"
        )),
        true => Outcome::Done,
        false if more > 0 => Outcome::NoMatch(format!(
            "no certain match, but {more} may match, because their figures are not exact; use ? as in beds>?2000 to \
            include them"
        )),
        false if is_empty => Outcome::NoMatch("the catalog has no hospitals".to_owned()),
        false => Outcome::NoMatch(format!("no hospital matches “{}”", Text::clean(query))),
    })
}

/// Whether some hospital that was found reports a measure.
fn measures_of(catalog: &Catalog, keys: &[HospitalKey], id: &Text) -> bool {
    let column = catalog.figure_column(id);
    let stated = column.latest().filter(|figure| figure.interval.is_some());
    let reporters: HashSet<HospitalKey> = stated.map(|figure| figure.key).collect();
    keys.iter().any(|key| reporters.contains(key))
}

/// Shows the hospital that `words` identify.
pub(super) fn show(catalog: &Arc<Catalog>, words: &str, mut writer: Writer<impl Write>) -> Result<Outcome, Failure> {
    let key = resolve(&mut Searcher::new(Arc::clone(catalog)), words)?;
    writer.write(&Content::Hospital(catalog, key))?;
    Ok(Outcome::Done)
}

/// Compares two hospitals. `save` has the file to save the comparison to, and the inputs of the catalog.
pub(super) fn compare(
    catalog: &Arc<Catalog>,
    [a, b]: [&str; 2],
    save: Option<(&Path, &[Input])>,
    mut writer: Writer<impl Write>,
) -> Result<Outcome, Failure> {
    let mut searcher = Searcher::new(Arc::clone(catalog));
    let (left, right) = (resolve(&mut searcher, a)?, resolve(&mut searcher, b)?);
    if left == right {
        return Err(Failure::UnresolvedHospital(UnresolvedHospital::SameTwice(catalog.hospital(left).name.clone())));
    }
    let comparison = ComparisonView::new(catalog, left, right);
    if let Some((file, inputs)) = save {
        saved::save(&SavedComparison::new(catalog, &comparison, inputs), file)?;
    }
    writer.write(&Content::Comparison(catalog, &comparison))?;
    Ok(Outcome::Done)
}

/// Finds the hospital that `words` identify.
fn resolve(searcher: &mut Searcher, words: &str) -> Result<HospitalKey, Failure> {
    /// The largest number of hospitals listed in the message.
    const SHOWN: usize = 10;
    let catalog = Arc::clone(searcher.catalog());
    let named = |keys: &[HospitalKey]| {
        let hospitals = keys.iter().take(SHOWN).map(|key| catalog.hospital(*key));
        hospitals.map(|hospital| (hospital.id.clone(), hospital.name.clone())).collect::<Vec<_>>()
    };
    search::resolve(searcher, words).map_err(|unresolved| {
        let words = Text::clean(words);
        Failure::UnresolvedHospital(match unresolved {
            search::Unresolved::Several(keys) => {
                UnresolvedHospital::Several { words, count: keys.len(), first: named(&keys) }
            }
            search::Unresolved::None(keys) if keys.is_empty() => UnresolvedHospital::NoWords,
            search::Unresolved::None(keys) => UnresolvedHospital::NoMatch { words, nearest: named(&keys) },
        })
    })
}
