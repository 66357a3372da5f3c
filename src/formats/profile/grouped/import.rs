//! Adds hospitals of several rows to the catalog.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::lazy::ReadRow;
use crate::catalog::{Measure, Reference};
use crate::diagnostic::{Diagnostic, Spot};
use crate::formats::error::LoadError;
use crate::formats::import::Import;
use crate::formats::profile::grouped::measures::RowMeasures;
use crate::formats::profile::grouped::reader::GroupedReader;
use crate::formats::profile::grouped::rows::{GroupedText, HospitalRows};
use crate::formats::profile::measure_names::{MeasureNames, family};
use crate::formats::profile::plan::Plan;
use crate::formats::profile::row_head::HeadReader;
use crate::formats::profile::row_import::{DuplicateId, ParsedRows, RowImport};
use crate::formats::profile::row_reader::RowReader;
use crate::text::Text;

/// Ends a file, whose text is `file` and which `reader` has read. Whether any row is a hospital.
///
/// # Errors
///
/// When the observer stops it.
pub(crate) fn finish(rows: RowImport, file: &Arc<String>, reader: &Arc<RowReader>) -> Result<bool, LoadError> {
    if !reader.plan().is_grouped {
        return Ok(rows.finish());
    }
    let (rows, import) = rows.into_grouped();
    hospitals(rows, file, reader, import)
}

/// Adds the hospitals of a file whose rows have been collected. Whether there is any.
///
/// # Errors
///
/// When the observer stops it.
fn hospitals(
    rows: HospitalRows,
    file: &Arc<String>,
    reader: &Arc<RowReader>,
    import: &mut Import,
) -> Result<bool, LoadError> {
    note_names(&rows, import);
    let grouped = rows.grouped(file);
    let mut plan = reader.plan().clone();
    let family = family(&plan, import);
    let mut names = MeasureNames::new(import.builder.catalog().clone(), plan.is_known);
    let measures = RowMeasures::find(&grouped, reader.format(), &mut plan, &family, &mut |one| names.name(one));
    let mut defined: Vec<Measure> = plan.add_numbers(&family, |one| names.name(one));
    defined.extend(measures.own().map(|measure| (**measure).clone()));
    import.builder.define_more(vec![family], defined);
    let row = reader.with_plan(plan.clone());
    add(&grouped, &plan, reader, &Arc::new(GroupedReader::new(row, measures)), import)
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
    let (mut references, mut is_any) = (Vec::new(), false);
    for bytes in &grouped.hospitals {
        let rows = &grouped.text[bytes.clone()];
        reader.first_cells(rows, |cells| {
            let Some(found) = head.read(&|at| cells.get(at).map_or("", |cell| &**cell)) else { return };
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
    let origin = import.origin.clone();
    let duplicate = |duplicate: DuplicateId| duplicate_id(&text, &origin, &duplicate);
    RowImport::new(import, &text, &duplicate).add(parsed)?;
    Ok(is_any)
}

/// Notes that rows of one hospital give several names.
fn note_names(rows: &HospitalRows, import: &mut Import) {
    let renamed = rows.renamed();
    let Some([id, name, other]) = renamed.first() else { return };
    let hospitals: HashSet<&str> = renamed.iter().map(|[id, ..]| id.as_str()).collect();
    let count =
        if hospitals.len() == 1 { "1 hospital has".to_owned() } else { format!("{} hospitals have", hospitals.len()) };
    let note = format!("{count} several names in rows of one id; the first counts: {id} is “{name}” and “{other}”");
    if let Some(dataset) = import.dataset() {
        dataset.notes.push(Text::clean(&note));
    }
}

/// What is wrong with an id that hospitals of other names and places have.
fn duplicate_id(text: &str, origin: &Text, duplicate: &DuplicateId) -> Diagnostic {
    let DuplicateId { row, line, given, id } = duplicate;
    let end = text[row.clone()].find('\n').map_or(row.end, |line| row.start + line);
    let spot = Spot { text, line: *line, at: row.start..end };
    let message =
        format!("duplicate id `{given}`: a hospital of another name and place has it; this one is called `{id}`");
    Diagnostic::new(origin, &spot, "id", &message, "give each hospital an id of its own")
}

/// Whether a name is that of a total: one of the words for it, alone or at the end.
fn is_total(plan: &Plan, name: &str) -> bool {
    let lower = name.to_lowercase();
    let totals = plan.profile.rows.totals.iter().map(|total| total.to_lowercase());
    totals.into_iter().any(|total| lower == total || (total.contains(' ') && lower.ends_with(&total)))
}
