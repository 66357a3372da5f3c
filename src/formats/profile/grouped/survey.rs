//! Looks at all rows of a file: which measures they give, and which columns differ among the rows of a hospital.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use rayon::prelude::*;

use crate::formats::profile::grouped::keys::{RowCells, RowKeys};
use crate::formats::profile::grouped::period::DayOrder;
use crate::formats::profile::grouped::rows::GroupedText;
use crate::formats::profile::plan::Plan;
use crate::formats::profile::row_definition::PartRole;
use crate::formats::profile::row_reader::SplitRow;
use crate::text;

/// What all rows of a measure have in common.
#[derive(Clone, Debug)]
pub(crate) struct KeyedRows {
    /// The key.
    pub(crate) key: String,
    /// The name of the measure.
    pub(crate) label: String,
    /// Whether the label is that of a row with the value itself.
    pub(crate) is_labelled: bool,
    /// Which columns of numbers hold a number.
    pub(crate) stated: Vec<bool>,
    /// What each column of text says, as long as it says the same in all rows.
    pub(crate) texts: Vec<Option<String>>,
}

/// What a look at all rows finds.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// The measures in the order of their first rows.
    pub(crate) keys: Vec<KeyedRows>,
    /// Their positions by their keys.
    pub(crate) by_key: HashMap<String, usize>,
    /// In how many hospitals each column says different things in different rows.
    varies: Vec<usize>,
    hospitals: usize,
    /// How dates are written.
    pub(crate) days: DayOrder,
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
    pub(crate) fn varies(&self, plan: &Plan) -> Vec<bool> {
        const FEW: usize = 50;
        let figures = plan.figures.iter().map(|figure| figure.column);
        let numbers: HashSet<usize> = plan.numbers.iter().map(|number| number.column).chain(figures).collect();
        let is_number = |at: usize| numbers.contains(&at);
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

impl Survey {
    /// Looks at all rows.
    fn of(grouped: &GroupedText, split: &dyn SplitRow, surveyor: &Surveyor) -> Survey {
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
    pub(crate) fn distinct(
        grouped: &GroupedText,
        split: &dyn SplitRow,
        plan: &Plan,
        keys: &mut RowKeys,
        texts: &[usize],
    ) -> Self {
        const MOST_MEASURES: usize = 20_000;
        const MOST_TRIED: usize = 8;
        let look = |keys: &RowKeys| Self::of(grouped, split, &Surveyor { plan, keys, texts });
        let mut found = look(keys);
        let varies = found.varies(plan);
        let varying: Vec<usize> = texts.iter().copied().filter(|at| varies[*at]).collect();
        for at in varying.into_iter().take(MOST_TRIED) {
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
}
