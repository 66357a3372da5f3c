//! Finds the measures that the rows of a file give.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::Arc;

use hashbrown::HashMap;

use crate::catalog::{Family, Measure};
use crate::formats::profile::grouped::keys::RowKeys;
use crate::formats::profile::grouped::period::DayOrder;
use crate::formats::profile::grouped::rows::GroupedText;
use crate::formats::profile::grouped::survey::{KeyedRows, Survey};
use crate::formats::profile::number_columns::{self, NumberColumn};
use crate::formats::profile::plan::{FigurePlan, Plan};
use crate::formats::profile::row_reader::SplitRow;

/// The measures of a file by the keys of its rows.
#[derive(Debug)]
pub(crate) struct RowMeasures {
    /// Which measure a row gives.
    pub(crate) keys: RowKeys,
    by_key: HashMap<String, usize>,
    all: Vec<KeyedMeasure>,
    /// Figures of measures that the profile knows, which rows give one by one.
    pub(crate) mapped: Vec<FigurePlan>,
    /// Which columns say something of a row, and nothing of its hospital.
    pub(crate) is_row_wise: Vec<bool>,
    /// How dates are written.
    pub(crate) days: DayOrder,
    /// Columns of text that differ among the rows of a measure: what they say is a note.
    pub(crate) notes: Vec<usize>,
}

/// The measures of the rows of one key.
#[derive(Debug)]
pub(crate) struct KeyedMeasure {
    /// What the rows are called.
    pub(crate) label: String,
    /// How each number of a row is read.
    pub(crate) figures: Vec<FigurePlan>,
}

/// Gives a measure the id under which the catalog has it.
pub(crate) type NameMeasure<'n> = dyn FnMut(Measure) -> Measure + 'n;

impl RowMeasures {
    /// Looks at all rows and finds the measures, which are of that family. Columns of numbers that are the same in all rows
    /// of each hospital stay in `plan`; the others are taken from it.
    pub(crate) fn find(
        grouped: &GroupedText,
        split: &dyn SplitRow,
        plan: &mut Plan,
        family: &Family,
        named: &mut NameMeasure,
    ) -> Self {
        let texts = text_columns(plan);
        let columns = plan.rows.clone();
        let more = columns.unit.into_iter().collect();
        let mut keys = RowKeys { columns, more, parts: plan.profile.rows.parts.clone() };
        let survey = Survey::distinct(grouped, split, plan, &mut keys, &texts);
        let varies = survey.varies(plan);
        let Survey { keys: keyed, by_key, days, .. } = survey;
        let (row_wise, numbers) = take_row_wise(plan, &varies);
        let mapped = take_mapped(plan, &varies);
        let is_note = |(nth, at): (usize, &usize)| {
            let differs = keyed.iter().any(|keyed| keyed.texts[nth].is_none());
            (differs && varies[*at] && !keys.more.contains(at)).then_some(*at)
        };
        let notes = texts.iter().enumerate().filter_map(is_note).collect();
        let mut maker = MeasureMaker { plan, numbers: &numbers, texts: &texts, varies: &varies, family, named };
        let all = keyed.iter().map(|keyed| {
            let stated = keyed.stated.iter().zip(&row_wise).filter(|(_, is_row_wise)| **is_row_wise);
            maker.keyed(keyed, &stated.map(|(stated, _)| *stated).collect::<Vec<_>>())
        });
        let all = all.collect();
        let numbers = numbers.iter().flat_map(NumberColumn::all_columns);
        let of_numbers: HashSet<usize> = numbers
            .chain(mapped.iter().flat_map(FigurePlan::columns).flatten())
            .chain(texts.iter().copied().filter(|at| varies[*at]))
            .collect();
        let is_row_wise = |at| plan.rows.contains(at) || of_numbers.contains(&at);
        let is_row_wise = (0..plan.headings.len()).map(is_row_wise).collect();
        Self { keys, by_key, all, mapped, is_row_wise, days, notes }
    }

    /// The measures of a row.
    pub(crate) fn of(&self, key: &str) -> Option<(usize, &KeyedMeasure)> {
        let at = *self.by_key.get(key)?;
        Some((at, &self.all[at]))
    }

    /// The measures that only the file defines.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Arc<Measure>> {
        self.all.iter().flat_map(|keyed| &keyed.figures).map(|figure| &figure.measure)
    }

    /// Every measure.
    pub(crate) fn measures(&self) -> impl Iterator<Item = &Arc<Measure>> {
        self.all.iter().flat_map(|keyed| &keyed.figures).chain(&self.mapped).map(|figure| &figure.measure)
    }
}

/// The columns of text that no field of a hospital has, and that do not tell what a row is of.
fn text_columns(plan: &Plan) -> Vec<usize> {
    let numbers = plan.numbers.iter().flat_map(NumberColumn::all_columns);
    let figures = plan.figures.iter().flat_map(FigurePlan::columns).flatten();
    let named = plan.columns.iter().flat_map(|(_, columns)| columns).copied();
    let taken: HashSet<usize> = numbers.chain(figures).chain(named).collect();
    let is_free = |at: &usize| !taken.contains(at) && !plan.rows.contains(*at) && plan.rows.value != Some(*at);
    (0..plan.headings.len()).filter(is_free).collect()
}

/// Takes the columns of numbers that rows give one by one from the plan. For each column whether it is one of them.
fn take_row_wise(plan: &mut Plan, varies: &[bool]) -> (Vec<bool>, Vec<NumberColumn>) {
    let main = plan.rows.value;
    // Where rows are told apart by their periods alone, each number is of one.
    let are_periods = plan.rows.name_periods() && !plan.rows.name_measures();
    let is_row_wise = |number: &NumberColumn| are_periods || varies[number.column] || Some(number.column) == main;
    let flags: Vec<bool> = plan.numbers.iter().map(is_row_wise).collect();
    let (taken, kept) = std::mem::take(&mut plan.numbers).into_iter().partition(is_row_wise);
    plan.numbers = kept;
    (flags, taken)
}

/// Takes the figures of known measures that rows give one by one from the plan.
fn take_mapped(plan: &mut Plan, varies: &[bool]) -> Vec<FigurePlan> {
    let are_periods = plan.rows.name_periods();
    let is_row_wise = |figure: &FigurePlan| are_periods || varies[figure.column];
    let (taken, kept) = std::mem::take(&mut plan.figures).into_iter().partition(is_row_wise);
    plan.figures = kept;
    taken
}

/// Makes the measures of a file.
struct MeasureMaker<'a, 'n> {
    plan: &'a Plan,
    /// The columns of numbers that rows give one by one.
    numbers: &'a [NumberColumn],
    texts: &'a [usize],
    varies: &'a [bool],
    family: &'a Family,
    named: &'a mut NameMeasure<'n>,
}

impl MeasureMaker<'_, '_> {
    /// The measures of the rows of a key; `stated` tells which columns of numbers say anything.
    fn keyed(&mut self, keyed: &KeyedRows, stated: &[bool]) -> KeyedMeasure {
        let main = self.plan.rows.value;
        let is_main = |number: &NumberColumn| Some(number.column) == main;
        let mut columns: Vec<&NumberColumn> =
            self.numbers.iter().zip(stated).filter(|(_, stated)| **stated).map(|(number, _)| number).collect();
        if columns.is_empty() {
            columns.extend(self.numbers.iter().find(|number| is_main(number)));
        }
        // The value itself stands first.
        columns.sort_by_key(|number| !is_main(number));
        let is_sole = columns.len() == 1;
        let label = if keyed.label.is_empty() { keyed.key.clone() } else { self.label(keyed) };
        let figures = columns.into_iter().map(|number| {
            let measure = self.measure(keyed, &label, number, is_sole || is_main(number));
            FigurePlan::of(number, measure)
        });
        KeyedMeasure { figures: figures.collect(), label }
    }

    /// The label of a key. A name of several rows, `CLABSI: Lower Confidence Limit`, is cut at its part.
    fn label(&self, keyed: &KeyedRows) -> String {
        let has_parts = !self.plan.profile.rows.parts.is_empty();
        let name = keyed.label.split_once(':').filter(|_| has_parts && !keyed.is_labelled);
        name.map_or_else(|| keyed.label.clone(), |(name, _)| name.to_owned())
    }

    /// The measure of a column of numbers in the rows of a key; the main column is called as the key.
    fn measure(&mut self, keyed: &KeyedRows, label: &str, number: &NumberColumn, is_main: bool) -> Measure {
        let heading = &self.plan.headings[number.column];
        let id = if keyed.key.is_empty() || keyed.key.contains(char::is_whitespace) {
            number_columns::measure_id(&keyed.key).to_string()
        } else {
            keyed.key.clone()
        };
        let (id, label) = match (keyed.key.is_empty(), is_main) {
            (true, _) => (number_columns::measure_id(heading).to_string(), heading.to_string()),
            (false, true) => (id, label.to_owned()),
            (false, false) => (format!("{id}.{}", number_columns::measure_id(heading)), format!("{label}, {heading}")),
        };
        if let Some(known) = self.plan.profile.measure(&id) {
            return known.clone();
        }
        let mut definition = self.plan.definition(heading, &self.family.label);
        if !keyed.key.is_empty() {
            let _ = write!(definition, " for “{}”", keyed.key);
        }
        definition.push('.');
        for (text, at) in keyed.texts.iter().zip(self.texts).filter(|(_, at)| self.varies[**at]) {
            if let Some(text) = text.as_ref().filter(|text| !text.is_empty()) {
                let _ = write!(definition, " {}: {text}.", self.plan.headings[*at]);
            }
        }
        (self.named)(number_columns::measure(&id, &label, number.symbol, self.family, &definition))
    }
}
