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
    /// In the order of the hospitals, those of a chunk together.
    parts: Vec<Vec<ColumnFigure>>,
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

/// Columns that are being read. The reading can be stopped, and goes on from there.
#[derive(Debug)]
pub(super) struct FigureReading {
    measures: Vec<Text>,
    /// Of each chunk that has been read, a column for each measure.
    chunks: Vec<Option<Vec<ChunkColumn>>>,
}

impl FigureReading {
    /// Nothing read yet of the figures of some measures.
    pub(super) fn new(measures: Vec<Text>) -> Self {
        Self { measures, chunks: Vec::new() }
    }

    /// The measures of the columns.
    pub(super) fn measures(&self) -> &[Text] {
        &self.measures
    }

    /// Reads the figures, on all cores, with those that are derived, while that is `wanted`; whether all are read. `dataset`
    /// tells the file that a hospital came from.
    pub(super) fn read_while(
        &mut self,
        hospitals: &Hospitals,
        table: &MeasureTable,
        dataset: &(impl Fn(HospitalKey) -> usize + Sync),
        wanted: &(dyn Fn() -> bool + Sync),
    ) -> bool {
        let measures = &self.measures;
        let formulas: Vec<_> = measures.iter().filter_map(|measure| table.get(measure)?.formula.as_ref()).collect();
        // To derive figures of a million hospitals takes longer than to read them.
        let derives_from = (!formulas.is_empty()).then_some(table);
        let parts = formulas.into_iter().flat_map(|formula| [&formula.divide, &formula.by]);
        let to_read: Vec<Text> = parts.chain(measures).cloned().collect();
        let of_chunk = |(first, chunk): (usize, &Arc<Chunk>)| {
            let mut columns: Vec<ChunkColumn> = Vec::new();
            columns.resize_with(measures.len(), ChunkColumn::default);
            for_each_figures(chunk, &to_read, derives_from, &mut |at, figures| {
                let key = HospitalKey::at(first + at);
                for figure in figures {
                    if let Some(column) = measures.iter().position(|measure| *measure == figure.measure) {
                        columns[column].push(key, figure, dataset(key));
                    }
                }
            });
            for column in &mut columns {
                column.figures.shrink_to_fit();
            }
            columns
        };
        let all: Vec<_> = hospitals.chunks().collect();
        self.chunks.resize_with(all.len(), || None);
        self.chunks.par_iter_mut().zip(all).for_each(|(columns, chunk)| {
            if columns.is_none() && wanted() {
                *columns = Some(of_chunk(chunk));
            }
        });
        self.chunks.iter().all(Option::is_some)
    }

    /// The columns, all chunks having been read, each with its measure.
    pub(super) fn finish(self) -> impl Iterator<Item = (Text, FigureColumn)> {
        let mut columns: Vec<FigureColumnBuilder> = Vec::new();
        columns.resize_with(self.measures.len(), FigureColumnBuilder::default);
        for chunk in self.chunks.into_iter().flatten() {
            columns.iter_mut().zip(chunk).for_each(|(column, chunk)| column.append(chunk));
        }
        self.measures.into_iter().zip(columns.into_iter().map(FigureColumnBuilder::finish))
    }
}

impl FigureColumn {
    /// All figures, in the order of the hospitals.
    pub(crate) fn figures(&self) -> impl Iterator<Item = &ColumnFigure> {
        self.parts.iter().flatten()
    }

    /// How many figures there are.
    pub(super) fn len(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// What the figures have in common.
    pub(crate) fn bases(&self) -> &[FigureBasis] {
        &self.bases
    }

    /// The latest figure of each hospital that counts the whole of it, of unknown periods the last named.
    pub(crate) fn latest(&self) -> impl Iterator<Item = &ColumnFigure> {
        let ages: Vec<_> = self.bases.iter().map(|basis| basis.example.period.as_ref().map(Period::age)).collect();
        let by_hospital = self.parts.iter().flat_map(|part| part.chunk_by(|one, next| one.key == next.key));
        by_hospital.filter_map(move |figures| {
            let whole = figures.iter().filter(|figure| self.bases[figure.basis()].example.scope.is_none());
            whole.max_by_key(|figure| &ages[figure.basis()])
        })
    }
}

/// The figures of one measure, of the hospitals of a chunk.
#[derive(Debug, Default)]
struct ChunkColumn {
    figures: Vec<ColumnFigure>,
    bases: Bases,
    /// The basis of the last figure: as a rule that of the next one.
    last: u32,
}

impl ChunkColumn {
    fn push(&mut self, key: HospitalKey, figure: &Figure, dataset: usize) {
        let is_last = self.bases.all.get(self.last as usize).is_some_and(|basis| basis.includes(figure, dataset));
        if !is_last {
            self.last = self.bases.number(FigureBasis { example: figure.clone(), key, dataset });
        }
        self.figures.push(ColumnFigure { key, basis: self.last, interval: figure.interval() });
    }
}

/// What figures have in common, each basis once.
#[derive(Debug, Default)]
struct Bases {
    all: Vec<FigureBasis>,
    /// The positions of the bases.
    known: HashMap<BasisKey, u32>,
}

/// What tells bases apart: file, source, period, whether it counts the whole hospital, whether it is derived.
type BasisKey = (usize, Text, Option<Period>, bool, bool);

impl Bases {
    /// The position of a basis, which is added if it is new.
    fn number(&mut self, basis: FigureBasis) -> u32 {
        let Figure { source, period, scope, derivation, .. } = &basis.example;
        let key = (basis.dataset, source.clone(), period.clone(), scope.is_none(), derivation.is_some());
        *self.known.entry(key).or_insert_with(|| {
            self.all.push(basis);
            u32::try_from(self.all.len() - 1).expect("there are fewer bases than figures")
        })
    }
}

/// Puts the columns of chunks together.
#[derive(Default)]
struct FigureColumnBuilder {
    parts: Vec<Vec<ColumnFigure>>,
    bases: Bases,
}

impl FigureColumnBuilder {
    /// Adds the figures of the next chunk. They stay where they are in memory.
    fn append(&mut self, mut chunk: ChunkColumn) {
        let moved: Vec<u32> = chunk.bases.all.into_iter().map(|basis| self.bases.number(basis)).collect();
        if (0..).zip(&moved).any(|(own, moved)| own != *moved) {
            chunk.figures.iter_mut().for_each(|figure| figure.basis = moved[figure.basis()]);
        }
        if !chunk.figures.is_empty() {
            self.parts.push(chunk.figures);
        }
    }

    fn finish(self) -> FigureColumn {
        FigureColumn { parts: self.parts, bases: self.bases.all }
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
