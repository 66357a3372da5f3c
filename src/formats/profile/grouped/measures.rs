//! Finds the measures that the rows of a file give.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use rayon::prelude::*;

use crate::catalog::{Family, Measure};
use crate::formats::profile::grouped::period::DayOrder;
use crate::formats::profile::grouped::rows::GroupedText;
use crate::formats::profile::measure_rows::RowColumns;
use crate::formats::profile::number_columns::{self, NumberColumn};
use crate::formats::profile::plan::{FigurePlan, Plan};
use crate::formats::profile::row_definition::{MeasurePart, PartRole};
use crate::formats::profile::row_reader::SplitRow;
use crate::text;

/// Which measure a row gives: the text by which its rows are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowKeys {
    columns: RowColumns,
    /// Further columns that tell rows apart.
    more: Vec<usize>,
    parts: Vec<MeasurePart>,
}

/// The cells of a row, clean.
pub(crate) type RowCells<'a> = [Cow<'a, str>];

impl RowKeys {
    /// The key of a row, and what the row gives of the measure.
    pub(crate) fn of<'c>(&self, cells: &'c RowCells) -> (Cow<'c, str>, PartRole) {
        let cell = |at: &usize| cells.get(*at).map_or("", |cell| &**cell);
        let id = self.columns.id.as_ref().map(cell).filter(|id| !id.is_empty());
        let base = |part: &MeasurePart| Some((id?.strip_suffix(&*part.suffix)?, part.gives));
        let (key, role) = match (self.parts.iter().find_map(base), id) {
            (Some((base, role)), _) => (Cow::Borrowed(base), role),
            (None, Some(id)) => (Cow::Borrowed(id), PartRole::Value),
            (None, None) => (Cow::Owned(self.name(cells)), PartRole::Value),
        };
        let more = self.more.iter().map(cell).filter(|text| !text.is_empty());
        (more.fold(key, |key, more| if key.is_empty() { more.into() } else { format!("{key}, {more}").into() }), role)
    }

    /// The name of the measure of a row; empty where it has none.
    pub(crate) fn name(&self, cells: &RowCells) -> String {
        let names = self.columns.name.iter().filter_map(|at| cells.get(*at)).map(|cell| &**cell);
        names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(": ")
    }
}

/// What all rows of a measure have in common.
#[derive(Clone, Debug)]
struct KeyedRows {
    key: String,
    label: String,
    /// Whether the label is that of a row with the value itself.
    is_labelled: bool,
    /// Which columns of numbers hold a number.
    stated: Vec<bool>,
    /// What each column of text says, as long as it says the same in all rows.
    texts: Vec<Option<String>>,
}

/// What a look at all rows finds.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    keys: Vec<KeyedRows>,
    by_key: HashMap<String, usize>,
    /// In how many hospitals each column says different things in different rows.
    varies: Vec<usize>,
    hospitals: usize,
    /// How dates are written.
    days: DayOrder,
    /// Whether two rows of a hospital give one measure for one period.
    has_duplicates: bool,
}

/// Looks at rows.
struct Surveyor<'a> {
    plan: &'a Plan,
    keys: &'a RowKeys,
    /// Columns of text that no field of a hospital has.
    texts: &'a [usize],
}

impl Surveyor<'_> {
    /// Looks at the rows of a hospital.
    fn hospital(&self, split: &dyn SplitRow, rows: &str, survey: &mut Survey) {
        let mut first: Option<Vec<String>> = None;
        let mut seen: HashSet<u64> = HashSet::new();
        let mut varies = vec![false; self.plan.headings.len()];
        split.each_row(rows, &mut |cells| {
            match &mut first {
                None => first = Some(cells.iter().map(std::string::ToString::to_string).collect()),
                Some(first) => {
                    for ((varies, cell), first) in varies.iter_mut().zip(cells).zip(first) {
                        if first.is_empty() {
                            first.push_str(cell);
                        }
                        *varies |= !cell.is_empty() && **cell != **first;
                    }
                }
            }
            let cells: Vec<Cow<str>> = cells.iter().map(|cell| text::clean(cell)).collect();
            let columns = &self.plan.rows;
            let when = [columns.start, columns.end, columns.period].map(|at| cells.get(at?).map(|cell| &**cell));
            for date in when.iter().flatten() {
                survey.days.collect(date);
            }
            let (key, role) = self.keys.of(&cells);
            survey.has_duplicates |= !seen.insert(FixedState::default().hash_one((&key, role, when)));
            self.keyed(&key, role, &cells, survey);
        });
        survey.varies.resize(varies.len(), 0);
        survey.varies.iter_mut().zip(varies).for_each(|(count, varies)| *count += usize::from(varies));
        survey.hospitals += 1;
    }

    fn keyed(&self, key: &str, role: PartRole, cells: &RowCells, survey: &mut Survey) {
        let text = |at: &usize| cells.get(*at).map_or("", |cell| &**cell);
        let at = survey.by_key.get(key).copied().unwrap_or_else(|| {
            let texts = self.texts.iter().map(|at| Some(text(at).to_owned())).collect();
            let stated = vec![false; self.plan.numbers.len()];
            let label = self.keys.name(cells);
            survey.by_key.insert(key.to_owned(), survey.keys.len());
            survey.keys.push(KeyedRows { key: key.to_owned(), label, is_labelled: false, stated, texts });
            survey.keys.len() - 1
        });
        let keyed = &mut survey.keys[at];
        if role == PartRole::Value {
            if !keyed.is_labelled {
                keyed.label = self.keys.name(cells);
                keyed.is_labelled = true;
            }
            for (stated, number) in keyed.stated.iter_mut().zip(&self.plan.numbers) {
                let cell = text(&number.column);
                *stated |= !cell.is_empty() && self.plan.missing.reason(cell).is_none();
            }
        }
        for (known, at) in keyed.texts.iter_mut().zip(self.texts) {
            if known.as_deref().is_some_and(|known| known != text(at)) {
                *known = None;
            }
        }
    }
}

impl Survey {
    /// Which columns say something of rows, and not of their hospitals: numbers that differ in any hospital, and texts that
    /// differ in more than a few, since a text such as an address may be written in several ways.
    fn varies(&self, plan: &Plan) -> Vec<bool> {
        const FEW: usize = 50;
        let is_number = |at: usize| plan.numbers.iter().any(|number| number.column == at);
        let varies = |at: usize| {
            let count = self.varies.get(at).copied().unwrap_or(0);
            if is_number(at) { count > 0 } else { count > 0 && count * FEW >= self.hospitals }
        };
        (0..plan.headings.len()).map(varies).collect()
    }

    /// Adds what later rows show.
    fn and(mut self, later: Self) -> Self {
        self.varies.resize(later.varies.len().max(self.varies.len()), 0);
        self.varies.iter_mut().zip(later.varies).for_each(|(varies, later)| *varies += later);
        self.hospitals += later.hospitals;
        self.days = self.days.and(later.days);
        self.has_duplicates |= later.has_duplicates;
        for keyed in later.keys {
            match self.by_key.get(&keyed.key) {
                None => {
                    self.by_key.insert(keyed.key.clone(), self.keys.len());
                    self.keys.push(keyed);
                }
                Some(at) => self.keys[*at].add(keyed),
            }
        }
        self
    }
}

impl KeyedRows {
    fn add(&mut self, later: Self) {
        if !self.is_labelled && later.is_labelled {
            (self.label, self.is_labelled) = (later.label, true);
        }
        self.stated.iter_mut().zip(later.stated).for_each(|(stated, later)| *stated |= later);
        for (known, later) in self.texts.iter_mut().zip(later.texts) {
            if *known != later {
                *known = None;
            }
        }
    }
}

/// The measures of a file by the keys of its rows.
#[derive(Debug)]
pub(crate) struct RowMeasures {
    /// Which measure a row gives.
    pub(crate) keys: RowKeys,
    by_key: HashMap<String, usize>,
    all: Vec<KeyedMeasure>,
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
        let mut keys = RowKeys { columns, more: Vec::new(), parts: plan.profile.rows.parts.clone() };
        let survey = survey_distinct(grouped, split, plan, &mut keys, &texts);
        let varies = survey.varies(plan);
        let Survey { keys: keyed, by_key, days, .. } = survey;
        let (row_wise, numbers) = take_row_wise(plan, &varies);
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
        let of_numbers = |at: usize| numbers.iter().any(|number| number.all_columns().any(|column| column == at));
        let is_row_wise = |at| plan.rows.contains(at) || of_numbers(at) || (varies[at] && texts.contains(&at));
        let is_row_wise = (0..plan.headings.len()).map(is_row_wise).collect();
        Self { keys, by_key, all, is_row_wise, days, notes }
    }

    /// The measures of a row.
    pub(crate) fn of(&self, key: &str) -> Option<(usize, &KeyedMeasure)> {
        let at = *self.by_key.get(key)?;
        Some((at, &self.all[at]))
    }

    /// Every measure.
    pub(crate) fn measures(&self) -> impl Iterator<Item = &Arc<Measure>> {
        self.all.iter().flat_map(|keyed| &keyed.figures).map(|figure| &figure.measure)
    }
}

/// The columns of text that no field of a hospital has, and that do not tell what a row is of.
fn text_columns(plan: &Plan) -> Vec<usize> {
    let of_numbers = |at: usize| {
        plan.numbers.iter().any(|number| number.all_columns().any(|column| column == at))
            || plan.figures.iter().any(|figure| figure.columns().any(|column| column == at))
    };
    let is_named = |at: usize| plan.columns.iter().any(|(_, columns)| columns.contains(&at));
    let is_free =
        |at: &usize| !is_named(*at) && !of_numbers(*at) && !plan.rows.contains(*at) && plan.rows.value != Some(*at);
    (0..plan.headings.len()).filter(is_free).collect()
}

fn survey(grouped: &GroupedText, split: &dyn SplitRow, surveyor: &Surveyor) -> Survey {
    const HOSPITALS: usize = 256;
    let parts = grouped.hospitals.par_chunks(HOSPITALS).map(|hospitals| {
        let mut survey = Survey::default();
        for rows in hospitals {
            surveyor.hospital(split, &grouped.text[rows.clone()], &mut survey);
        }
        survey
    });
    // The order of the parts is that of the file.
    parts.collect::<Vec<_>>().into_iter().fold(Survey::default(), Survey::and)
}

/// Looks at all rows. Where two rows of a hospital would give one measure for one period, other columns are made part of the
/// key, as long as that tells rows apart.
fn survey_distinct(
    grouped: &GroupedText,
    split: &dyn SplitRow,
    plan: &Plan,
    keys: &mut RowKeys,
    texts: &[usize],
) -> Survey {
    const MOST_MEASURES: usize = 20_000;
    let look = |keys: &RowKeys| survey(grouped, split, &Surveyor { plan, keys, texts });
    let mut found = look(keys);
    let varies = found.varies(plan);
    let varying: Vec<usize> = texts.iter().copied().filter(|at| varies[*at]).collect();
    for at in varying {
        if !found.has_duplicates {
            break;
        }
        keys.more.push(at);
        let next = look(keys);
        if next.keys.len() > found.keys.len() && next.keys.len() <= MOST_MEASURES {
            found = next;
        } else {
            keys.more.pop();
        }
    }
    found
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
        let mut definition = format!("As the file gives it in its column “{heading}”");
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
