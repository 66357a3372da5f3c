//! The figures of a measure, of all hospitals.

use std::sync::Arc;

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
    /// Reads the figures of a measure, on all cores, with those that are derived. `dataset` tells the file that a hospital
    /// came from.
    pub(super) fn new(
        hospitals: &Hospitals,
        table: &MeasureTable,
        measure: &Text,
        dataset: &(impl Fn(HospitalKey) -> usize + Sync),
    ) -> Self {
        let formula = table.get(measure).and_then(|measure| measure.formula.as_ref());
        let parts = formula.into_iter().flat_map(|formula| [&formula.divide, &formula.by]);
        let wanted: Vec<Text> = parts.chain([measure]).cloned().collect();
        let chunks: Vec<_> = hospitals.chunks().collect();
        let of_chunk = |(first, chunk): (usize, &Arc<Chunk>)| {
            let mut column = Self::default();
            for_each_figures(chunk, &wanted, table, &mut |at, figures| {
                let key = HospitalKey::at(first + at);
                let of_measure = figures.filter(|figure| figure.measure == *measure);
                of_measure.for_each(|figure| column.push(key, figure, dataset(key)));
            });
            column
        };
        let columns: Vec<Self> = chunks.into_par_iter().map(of_chunk).collect();
        let mut all = Self::default();
        all.figures.reserve_exact(columns.iter().map(|column| column.figures.len()).sum());
        for column in columns {
            all.append(column);
        }
        all
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

    fn push(&mut self, key: HospitalKey, figure: &Figure, dataset: usize) {
        let known = self.bases.iter().rposition(|basis| basis.includes(figure, dataset));
        let basis = known.unwrap_or_else(|| {
            self.bases.push(FigureBasis { example: figure.clone(), key, dataset });
            self.bases.len() - 1
        });
        let basis = u32::try_from(basis).expect("there are fewer bases than figures");
        self.figures.push(ColumnFigure { key, basis, interval: figure.interval() });
    }

    fn append(&mut self, other: Self) {
        let moved: Vec<u32> = other.bases.into_iter().map(|basis| self.number(basis)).collect();
        let figures = other.figures.into_iter();
        self.figures.extend(figures.map(|figure| ColumnFigure { basis: moved[figure.basis as usize], ..figure }));
    }

    fn number(&mut self, basis: FigureBasis) -> u32 {
        let known = self.bases.iter().position(|known| known.includes(&basis.example, basis.dataset));
        let at = known.unwrap_or_else(|| {
            self.bases.push(basis);
            self.bases.len() - 1
        });
        u32::try_from(at).expect("there are fewer bases than figures")
    }
}

/// Hands over the figures of those measures of each hospital of a chunk, and what is derived of them.
pub(super) fn for_each_figures(
    chunk: &Chunk,
    measures: &[Text],
    table: &MeasureTable,
    look: &mut dyn FnMut(usize, &mut dyn Iterator<Item = &Figure>),
) {
    let mut look = |at: usize, figures: &[Figure]| {
        if !figures.is_empty() {
            let derived = derive::derived(figures, table);
            look(at, &mut figures.iter().chain(&derived));
        }
    };
    match chunk {
        Chunk::Rows(rows) if !rows.reader().may_state(measures) => {}
        Chunk::Rows(rows) => {
            for at in 0..rows.len() {
                look(at, &rows.reader().figures(rows.row(at), measures));
            }
        }
        Chunk::Whole(hospitals) => {
            for (at, hospital) in hospitals.iter().enumerate() {
                look(at, &hospital.details.peek().figures);
            }
        }
    }
}
