//! Files that have several rows a hospital: a row a measure, or a row a period.
//!
//! | file | what it does |
//! |---|---|
//! | `import` | adds the hospitals to the catalog |
//! | `rows` | collects the rows, and puts those of one hospital together |
//! | `keys` | which measure a row gives |
//! | `survey` | looks at all rows |
//! | `measures` | finds the measures that the rows give |
//! | `reader` | rows of one hospital → details and figures, on first use |
//! | `period` | dates as publishers write them → the measured period |
//!
//! A hospital is then the bytes at which its rows stand, as it is one row elsewhere. Where the rows of a hospital are
//! scattered over the file, the text is written anew in the order of hospitals.

use std::collections::HashMap;

use crate::formats::profile::definition::ProfileColumns;
use crate::formats::profile::measure_rows::RowColumns;
use crate::formats::profile::missing_texts::MissingTexts;
use crate::formats::profile::sample::Sample;

pub(in crate::formats) mod import;
pub(super) mod keys;
pub(super) mod measures;
pub(super) mod period;
pub(super) mod reader;
pub(super) mod rows;
pub(super) mod survey;

/// The text that the first of some columns states in a row.
fn stated(row: &[String], columns: &[usize], missing: &MissingTexts) -> Option<String> {
    let mut texts = columns.iter().map(|at| Sample::cell(row, *at));
    texts.find(|text| !text.is_empty() && missing.reason(text).is_none()).map(str::to_owned)
}

/// How often rows of the sample repeat an id of a column: with the same name, and with another one.
fn repeats(id: usize, names: &[usize], (sample, missing): (&Sample, &MissingTexts)) -> [usize; 2] {
    let mut known: HashMap<String, Option<String>> = HashMap::new();
    let [mut repeated, mut contradicted] = [0, 0];
    for row in sample.rows() {
        let Some(id) = stated(row, &[id], missing) else { continue };
        let name = stated(row, names, missing);
        match known.get(&id) {
            Some(other) if *other == name => repeated += 1,
            Some(_) => contradicted += 1,
            None => {
                known.insert(id, name);
            }
        }
    }
    [repeated, contradicted]
}

/// The columns of ids, those first whose ids never stand with two names.
pub(super) fn ids_in_order(
    columns: &ProfileColumns<Vec<usize>>,
    (sample, missing): (&Sample, &MissingTexts),
) -> Vec<usize> {
    let mut ids = columns.id.clone();
    ids.sort_by_cached_key(|id| {
        let [_, contradicted] = repeats(*id, &columns.name, (sample, missing));
        let is_filled = sample.rows().all(|row| stated(row, &[*id], missing).is_some());
        (contradicted > 0, !is_filled)
    });
    ids
}

/// Whether a file has several rows a hospital: its headings name a measure and its value, or ids repeat in the sample, each
/// time with the same name, beside columns of numbers that no field of a hospital has.
pub(super) fn is_grouped(
    columns: &ProfileColumns<Vec<usize>>,
    rows: &RowColumns,
    has_numbers: bool,
    (sample, missing): (&Sample, &MissingTexts),
) -> bool {
    if rows.name_measures() && rows.value.is_some() {
        return true;
    }
    let Some(id) = columns.id.first() else { return false };
    let [repeated, contradicted] = repeats(*id, &columns.name, (sample, missing));
    let is_named = rows.name_measures() || rows.name_periods();
    // Rows without any number that differs are the same hospital twice.
    let is_usual = repeated * 4 >= sample.len() && has_numbers;
    repeated > 0 && contradicted == 0 && (is_named || is_usual)
}
