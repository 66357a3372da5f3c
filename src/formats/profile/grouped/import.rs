//! Adds hospitals of several rows to the catalog.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::lazy::ReadRow;
use crate::catalog::{Catalog, Family, Measure, Reference};
use crate::formats::error::LoadError;
use crate::formats::import::Import;
use crate::formats::profile::grouped::measures::RowMeasures;
use crate::formats::profile::grouped::reader::GroupedReader;
use crate::formats::profile::grouped::rows::{GroupedText, HospitalRows};
use crate::formats::profile::plan::Plan;
use crate::formats::profile::row_head::HeadReader;
use crate::formats::profile::row_import::{ParsedRows, RowImport};
use crate::formats::profile::row_reader::RowReader;
use crate::text::Text;

/// Adds the hospitals of a file whose rows have been collected. Whether there is any.
///
/// # Errors
///
/// When the observer stops it.
pub(crate) fn hospitals(
    rows: HospitalRows,
    file: &Arc<String>,
    reader: &Arc<RowReader>,
    import: &mut Import,
) -> Result<bool, LoadError> {
    let grouped = rows.grouped(file);
    let mut plan = reader.plan().clone();
    let family = family(&plan, import);
    let mut names = MeasureNames::new(import.builder.catalog().clone());
    let measures = RowMeasures::find(&grouped, reader.format(), &mut plan, &family, &mut |one| names.name(one));
    let mut defined: Vec<Measure> = plan.add_numbers(&family, |one| names.name(one));
    defined.extend(measures.measures().map(|measure| (**measure).clone()));
    import.builder.define_more(vec![family], defined);
    let plan = plan;
    let row = reader.with_plan(plan.clone());
    add(&grouped, &plan, reader, &Arc::new(GroupedReader::new(row, measures)), import)
}

/// The family of the measures that only a file defines.
pub(crate) fn family(plan: &Plan, import: &Import) -> Family {
    let (id, label) = if plan.is_known {
        (plan.profile.id.clone(), plan.profile.title.clone())
    } else {
        (import.stem.clone(), import.stem.clone())
    };
    Family { id, label, headline: false }
}

/// Adds each hospital by its first row; totals become reference values.
fn add(
    grouped: &GroupedText,
    plan: &Plan,
    reader: &Arc<RowReader>,
    rows_reader: &Arc<GroupedReader>,
    import: &mut Import,
) -> Result<bool, LoadError> {
    let mut head = HeadReader::new(plan);
    let mut parsed = ParsedRows::of_hospitals(&grouped.text, rows_reader.clone(), grouped.text.len());
    let mut references = Vec::new();
    let mut is_any = false;
    for bytes in &grouped.hospitals {
        let rows = &grouped.text[bytes.clone()];
        let mut is_first = true;
        reader.each_row(rows, &mut |cells| {
            if !std::mem::take(&mut is_first) {
                return;
            }
            let cell = |at: usize| cells.get(at).map_or("", |cell| &**cell);
            let Some(found) = head.read(&cell) else { return };
            if is_total(plan, &found.head.name) {
                let label = Text::clean(&found.head.name);
                references.push(Reference { label, figures: rows_reader.details(rows).figures });
            } else {
                is_any = true;
                parsed.push(found, bytes.clone());
            }
        });
    }
    if let Some(dataset) = import.dataset() {
        for reference in &references {
            let note = format!("“{}” is no hospital: its values are shown for reference", reference.label);
            dataset.notes.push(Text::clean(&note));
        }
        dataset.references = references;
    }
    let text = Arc::clone(&grouped.text);
    RowImport::new(import, &text, &|_| unreachable!("each hospital has its own id")).add(parsed)?;
    Ok(is_any)
}

/// Whether a name is that of a total.
fn is_total(plan: &Plan, name: &str) -> bool {
    let lower = name.to_lowercase();
    plan.profile.rows.totals.iter().any(|total| lower.contains(&total.to_lowercase()))
}

/// Gives the measures of a file ids that no other measure has. One that another file has already, called and defined alike,
/// is the same measure.
pub(crate) struct MeasureNames {
    catalog: Catalog,
    given: HashSet<Text>,
}

impl MeasureNames {
    /// No names given yet, beside those of the catalog.
    #[must_use]
    pub(crate) fn new(catalog: Catalog) -> Self {
        Self { catalog, given: HashSet::new() }
    }

    /// The measure under its own id.
    pub(crate) fn name(&mut self, measure: Measure) -> Measure {
        let ids =
            (1..).map(|nth| if nth == 1 { measure.id.clone() } else { Text::clean(&format!("{}-{nth}", measure.id)) });
        for id in ids {
            if self.given.contains(&id) {
                continue;
            }
            let found = match self.catalog.measures().get(&id) {
                None => Some(Measure { id: id.clone(), ..measure.clone() }),
                Some(known) => {
                    let alike = Measure { id: known.id.clone(), family: known.family.clone(), ..measure.clone() };
                    (*known == alike).then_some(alike)
                }
            };
            if let Some(found) = found {
                self.given.insert(id);
                return found;
            }
        }
        measure
    }
}
