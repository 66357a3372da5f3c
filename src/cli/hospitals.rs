//! Commands that query a catalog: list, show, compare.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use crate::catalog::{Catalog, HospitalKey};
use crate::cli::args::ListArgs;
use crate::cli::outcome::{Failure, Outcome, UnresolvedHospital, Usage};
use crate::cli::saved;
use crate::formats::Input;
use crate::report::saved::SavedComparison;
use crate::report::view::ComparisonView;
use crate::report::wording::{count, number};
use crate::report::{self, Column, Content, Format, List, TableStyle};
use crate::search::{self, Answer, Resolved, Searcher};
use crate::text::Text;

/// Where and how to write results: the output, the format, and how a table looks.
pub(super) struct Writer<'a, W> {
    pub(super) out: &'a mut W,
    pub(super) format: Format,
    pub(super) style: TableStyle,
}

impl<W: Write> Writer<'_, W> {
    fn write(&mut self, content: &Content) -> Result<(), Failure> {
        Ok(report::write(self.out, content, self.format, self.style)?)
    }
}

/// Lists the hospitals that match `query`.
pub(super) fn list(
    catalog: Arc<Catalog>,
    query: &str,
    args: &ListArgs,
    mut writer: Writer<impl Write>,
) -> Result<Outcome, Failure> {
    let columns = columns(&catalog, &args.columns)?;
    // In front, where no quote of the query is open.
    let sorted = args.sort.as_ref().map(|order| format!("{} {query}", search::query::sorted_by(order)));
    let query = sorted.as_deref().unwrap_or(query).trim();
    let mut found = Searcher::once(Arc::clone(&catalog), query, args.fuzzy);
    if let Some(mistake) = found.query.mistakes.first() {
        return Err(Failure::Query { query: query.to_owned(), mistake: mistake.clone() });
    }
    let outcome = found_in_words(&found, query, args, catalog.len());
    let mut keys = std::mem::take(&mut found.keys);
    keys.truncate(args.limit.unwrap_or(usize::MAX));
    if args.count {
        writeln!(writer.out, "{}", found.length())?;
    } else if found.length() > 0 || writer.format != Format::Table {
        // An empty table would be only its heading. Other formats are written even if empty, for programs that read them.
        let list = List::new(&catalog, keys).showing(&found.query);
        let list = if columns.is_empty() { list } else { list.with_columns(columns) };
        writer.write(&Content::List(list))?;
    }
    // The program ends here. Freeing 200,000 hospitals would take another 15 ms, a fifteenth of the whole command.
    std::mem::forget((catalog, found));
    Ok(outcome)
}

/// The columns of these names.
fn columns(catalog: &Catalog, names: &[String]) -> Result<Vec<Column>, Failure> {
    let mut columns: Vec<Column> = Vec::new();
    for name in names {
        let found = Column::named(name, catalog)
            .map_err(|mistake| Failure::Usage(Usage::Column { name: Text::clean(name), mistake }))?;
        for column in found {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
    }
    Ok(columns)
}

/// How many hospitals were found: `13 of 4,807 hospitals, the first 10 listed`.
fn found_in_words(found: &Answer, query: &str, args: &ListArgs, all: usize) -> Outcome {
    let possibly = (found.possibly > 0).then(|| {
        let more = number(found.possibly);
        let only = if found.total == 0 { "but " } else { "" };
        let also = if found.total == 0 { "" } else { " more" };
        format!(
            "{only}{more}{also} may match, because their figures are not exact; use ? as in beds>?2000 to include them"
        )
    });
    if found.total == 0 && found.by_gaps > 0 {
        let (gaps, query) = (count(found.by_gaps, "hospital"), Text::clean(query));
        let have = if found.by_gaps == 1 { "has" } else { "have" };
        return Outcome::Noted(format!("no hospital has “{query}”; {gaps} {have} its letters with gaps"));
    }
    if found.total == 0 {
        return Outcome::NoMatch(match possibly {
            Some(possibly) => format!("no certain match, {possibly}"),
            None if args.count => String::new(),
            None if found.without_place > 0 => {
                format!("no hospital matches “{}”; {}", Text::clean(query), without_coordinates(found.without_place))
            }
            None if all == 0 => "the catalog has no hospitals".to_owned(),
            None => format!("no hospital matches “{}”", Text::clean(query)),
        });
    }
    let total = if found.total == all { count(all, "hospital") } else { of(found.total, all) };
    let gaps = match found.by_gaps {
        0 => String::new(),
        gaps => format!(", then {} by letters with gaps", number(gaps)),
    };
    let listed = args.limit.filter(|limit| *limit < found.length());
    let listed = listed.map_or_else(String::new, |limit| format!(", the first {} listed", number(limit)));
    let counted = (!args.quiet && !args.count).then(|| format!("{total}{gaps}{listed}"));
    let placeless = (found.without_place > 0).then(|| without_coordinates(found.without_place));
    match counted.into_iter().chain(possibly).chain(placeless).collect::<Vec<_>>() {
        said if said.is_empty() => Outcome::Done,
        said => Outcome::Noted(said.join("; ")),
    }
}

fn without_coordinates(hospitals: usize) -> String {
    let have = if hospitals == 1 { "has" } else { "have" };
    format!("{} {have} no coordinates", count(hospitals, "hospital"))
}

/// `13 of 4,807 hospitals`.
fn of(some: usize, all: usize) -> String {
    format!("{} of {}", number(some), count(all, "hospital"))
}

/// Shows the hospital that `words` identify.
pub(super) fn show(catalog: &Arc<Catalog>, words: &str, mut writer: Writer<impl Write>) -> Result<Outcome, Failure> {
    let found = resolve(&mut Searcher::new(Arc::clone(catalog)), words)?;
    writer.write(&Content::Hospital(catalog, found.key))?;
    Ok(other_names(&[(words, found)]))
}

/// Compares two hospitals. `save` has the file to save the comparison to, and the inputs of the catalog.
pub(super) fn compare(
    catalog: &Arc<Catalog>,
    [a, b]: [&str; 2],
    save: Option<(&Path, &[Input])>,
    mut writer: Writer<impl Write>,
) -> Result<Outcome, Failure> {
    let mut searcher = Searcher::new(Arc::clone(catalog));
    let found = [resolve(&mut searcher, a)?, resolve(&mut searcher, b)?];
    let [left, right] = found.map(|found| found.key);
    if left == right {
        return Err(Failure::UnresolvedHospital(UnresolvedHospital::SameTwice(catalog.hospital(left).name.clone())));
    }
    let comparison = ComparisonView::new(catalog, left, right);
    if let Some((file, inputs)) = save {
        saved::save(&SavedComparison::new(catalog, &comparison, inputs), file)?;
    }
    writer.write(&Content::Comparison(catalog, &comparison))?;
    Ok(other_names(&[(a, found[0]), (b, found[1])]))
}

/// Says of words that are exactly a name that other hospitals have them in longer names.
fn other_names(found: &[(&str, Resolved)]) -> Outcome {
    let several = found.iter().filter(|(_, found)| found.others > 0);
    let said = several.map(|(words, found)| {
        let others = count(found.others, "other hospital");
        let have = if found.others == 1 { "has" } else { "have" };
        format!("“{}” is exactly the name of this hospital; {others} {have} it in a longer name", Text::clean(words))
    });
    match said.collect::<Vec<_>>() {
        said if said.is_empty() => Outcome::Done,
        said => Outcome::Noted(said.join("; ")),
    }
}

/// Finds the hospital that `words` identify.
pub(super) fn resolve(searcher: &mut Searcher, words: &str) -> Result<Resolved, Failure> {
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
