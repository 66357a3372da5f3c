//! The figures of a measure, of all hospitals.

use std::sync::Arc;

use hashbrown::HashMap;
use rayon::prelude::*;

use crate::catalog::derive;
use crate::catalog::figure::Figure;
use crate::catalog::hospitals::{Chunk, Hospitals};
use crate::catalog::interval::Interval;
use crate::catalog::key::HospitalKey;
use crate::catalog::measure::MeasureTable;
use crate::catalog::period::Period;
use crate::text::Text;

/// The figures of one measure, of all hospitals.
#[derive(Debug, Default)]
pub(crate) struct FigureColumn {
    /// In the order of the hospitals.
    figures: Vec<ColumnFigure>,
    /// What figures have in common.
    bases: Vec<FigureBasis>,
}

/// A figure in a column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ColumnFigure {
    /// Of which hospital.
    pub key: HospitalKey,
    /// The position of its basis among those of the column.
    basis: u32,
    /// The numbers that it may mean; none where there is no number.
    pub interval: Option<Interval>,
}

impl ColumnFigure {
    /// The position of its basis among those of the column.
    pub(crate) fn basis(&self) -> usize {
        self.basis as usize
    }
}

/// What many figures of a column have in common.
#[derive(Clone, Debug)]
pub(crate) struct FigureBasis {
    /// A figure of this basis.
    pub example: Figure,
    /// The hospital of that figure.
    pub key: HospitalKey,
    /// The file that the hospital came from.
    dataset: usize,
}

impl FigureBasis {
    fn includes(&self, figure: &Figure, dataset: usize) -> bool {
        let Self { example, .. } = self;
        let is_whole = |figure: &Figure| figure.scope.is_none();
        self.dataset == dataset
            && example.source == figure.source
            && example.period == figure.period
            && is_whole(example) == is_whole(figure)
            && example.derivation.is_some() == figure.derivation.is_some()
    }
}

impl FigureColumn {
    /// Reads the figures of some measures, on all cores, with those that are derived: a column for each measure. `dataset`
    /// tells the file that a hospital came from.
    pub(super) fn read(
        hospitals: &Hospitals,
        table: &MeasureTable,
        measures: &[Text],
        dataset: &(impl Fn(HospitalKey) -> usize + Sync),
    ) -> Vec<Self> {
        let formulas: Vec<_> = measures.iter().filter_map(|measure| table.get(measure)?.formula.as_ref()).collect();
        // To derive figures of a million hospitals takes longer than to read them.
        let derives_from = (!formulas.is_empty()).then_some(table);
        let parts = formulas.into_iter().flat_map(|formula| [&formula.divide, &formula.by]);
        let wanted: Vec<Text> = parts.chain(measures).cloned().collect();
        let chunks: Vec<_> = hospitals.chunks().collect();
        let of_chunk = |(first, chunk): (usize, &Arc<Chunk>)| {
            let mut columns: Vec<FigureColumnBuilder> = Vec::new();
            columns.resize_with(measures.len(), FigureColumnBuilder::default);
            for_each_figures(chunk, &wanted, derives_from, &mut |at, figures| {
                let key = HospitalKey::at(first + at);
                for figure in figures {
                    if let Some(column) = measures.iter().position(|measure| *measure == figure.measure) {
                        columns[column].push(key, figure, dataset(key));
                    }
                }
            });
            columns
        };
        let parts: Vec<Vec<FigureColumnBuilder>> = chunks.into_par_iter().map(of_chunk).collect();
        let mut all: Vec<FigureColumnBuilder> = Vec::new();
        all.resize_with(measures.len(), FigureColumnBuilder::default);
        for part in parts {
            all.iter_mut().zip(part).for_each(|(all, part)| all.append(part.column));
        }
        all.into_iter().map(FigureColumnBuilder::finish).collect()
    }

    /// All figures, in the order of the hospitals.
    pub(crate) fn figures(&self) -> &[ColumnFigure] {
        &self.figures
    }

    /// What the figures have in common.
    pub(crate) fn bases(&self) -> &[FigureBasis] {
        &self.bases
    }

    /// The latest figure of each hospital that counts the whole of it, of unknown periods the last named.
    pub(crate) fn latest(&self) -> impl Iterator<Item = &ColumnFigure> {
        let ages: Vec<_> = self.bases.iter().map(|basis| basis.example.period.as_ref().map(Period::age)).collect();
        let by_hospital = self.figures.chunk_by(|one, next| one.key == next.key);
        by_hospital.filter_map(move |figures| {
            let whole = figures.iter().filter(|figure| self.bases[figure.basis()].example.scope.is_none());
            whole.max_by_key(|figure| &ages[figure.basis()])
        })
    }
}

/// Collects the figures of a column.
#[derive(Default)]
struct FigureColumnBuilder {
    column: FigureColumn,
    /// The positions of the bases.
    known: HashMap<BasisKey, u32>,
    /// The basis of the last figure: as a rule that of the next one.
    last: u32,
}

/// What tells bases apart: file, source, period, whether it counts the whole hospital, whether it is derived.
type BasisKey = (usize, Text, Option<Period>, bool, bool);

impl FigureColumnBuilder {
    fn push(&mut self, key: HospitalKey, figure: &Figure, dataset: usize) {
        let is_last = self.column.bases.get(self.last as usize).is_some_and(|basis| basis.includes(figure, dataset));
        if !is_last {
            self.last = self.number(FigureBasis { example: figure.clone(), key, dataset });
        }
        self.column.figures.push(ColumnFigure { key, basis: self.last, interval: figure.interval() });
    }

    fn append(&mut self, other: FigureColumn) {
        let moved: Vec<u32> = other.bases.into_iter().map(|basis| self.number(basis)).collect();
        let figures = other.figures.into_iter();
        self.column.figures.extend(figures.map(|figure| ColumnFigure { basis: moved[figure.basis()], ..figure }));
    }

    /// The position of a basis, which is added if it is new.
    fn number(&mut self, basis: FigureBasis) -> u32 {
        let Figure { source, period, scope, derivation, .. } = &basis.example;
        let key = (basis.dataset, source.clone(), period.clone(), scope.is_none(), derivation.is_some());
        let all = &mut self.column.bases;
        *self.known.entry(key).or_insert_with(|| {
            all.push(basis);
            u32::try_from(all.len() - 1).expect("there are fewer bases than figures")
        })
    }

    fn finish(mut self) -> FigureColumn {
        self.column.figures.shrink_to_fit();
        self.column
    }
}

/// Hands over the figures of those measures of each hospital of a chunk, and what is derived of them by a table if one is
/// given.
pub(super) fn for_each_figures(
    chunk: &Chunk,
    measures: &[Text],
    derives_from: Option<&MeasureTable>,
    look: &mut dyn FnMut(usize, &mut dyn Iterator<Item = &Figure>),
) {
    let mut look = |at: usize, figures: &[Figure]| {
        if !figures.is_empty() {
            let derived = derives_from.map_or_else(Vec::new, |table| derive::derived(figures, table));
            look(at, &mut figures.iter().chain(&derived));
        }
    };
    match chunk {
        Chunk::Rows(rows) if !rows.reader().may_state(measures) => {}
        Chunk::Rows(rows) => {
            let texts = &mut (0..rows.len()).map(|at| rows.row(at));
            rows.reader().for_each_figures(texts, measures, &mut look);
        }
        Chunk::Whole(hospitals) => {
            for (at, hospital) in hospitals.iter().enumerate() {
                look(at, &hospital.details.peek().figures);
            }
        }
    }
}
