//! What is asked of all hospitals at once, as columns: the texts of a field, the figures of a measure.
//!
//! A column is made on all cores when it is first asked for, and kept with the catalog. To sort or filter by it again then
//! reads no row.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use hashbrown::HashMap;
use rayon::prelude::*;

use crate::catalog::derive;
use crate::catalog::figure::Figure;
use crate::catalog::hospitals::{Chunk, Hospitals};
use crate::catalog::interval::Interval;
use crate::catalog::measure::MeasureTable;
use crate::catalog::period::Period;
use crate::catalog::store::{Catalog, HospitalKey};
use crate::text::Text;

/// A field of which a hospital has one text at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextField {
    /// City or town.
    City,
    /// Province, state or region.
    Region,
    /// Country.
    Country,
    /// What kind of hospital it is.
    Kind,
    /// Who owns it.
    Ownership,
}

/// The texts of a field: each distinct one once, and which of them each hospital has.
#[derive(Debug, Default)]
pub(crate) struct TextColumn {
    /// In the order of the first hospital that has each.
    values: Vec<Text>,
    /// By the position of the hospital: the number of its text, from 1; 0 for none.
    numbers: Vec<u32>,
}

impl TextColumn {
    /// The distinct texts, in the order in which they first stand.
    pub(crate) fn values(&self) -> &[Text] {
        &self.values
    }

    /// Which of the texts a hospital has.
    pub(crate) fn number(&self, key: HospitalKey) -> Option<usize> {
        (self.numbers[key.index()] as usize).checked_sub(1)
    }

    /// How many hospitals have each text.
    pub(crate) fn counts(&self) -> Vec<usize> {
        self.counts_of(&self.numbers, |number| *number)
    }

    /// How many of some hospitals have each text.
    pub(crate) fn counts_among(&self, keys: &[HospitalKey]) -> Vec<usize> {
        self.counts_of(keys, |key| self.numbers[key.index()])
    }

    fn counts_of<T>(&self, all: &[T], number: impl Fn(&T) -> u32) -> Vec<usize> {
        let mut counts = vec![0; self.values.len() + 1];
        for one in all {
            counts[number(one) as usize] += 1;
        }
        counts.split_off(1)
    }
}

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
    /// All figures, in the order of the hospitals.
    pub(crate) fn figures(&self) -> &[ColumnFigure] {
        &self.figures
    }

    /// The bases, each with a number by which figures name it.
    pub(crate) fn bases(&self) -> &[FigureBasis] {
        &self.bases
    }

    /// The basis of a figure of this column.
    pub(crate) fn basis(&self, figure: &ColumnFigure) -> usize {
        figure.basis as usize
    }

    /// The latest figure of each hospital that counts the whole of it, of unknown periods the last named.
    pub(crate) fn latest(&self) -> impl Iterator<Item = &ColumnFigure> {
        let ages: Vec<_> = self.bases.iter().map(|basis| basis.example.period.as_ref().map(Period::age)).collect();
        let by_hospital = self.figures.chunk_by(|one, next| one.key == next.key);
        by_hospital.filter_map(move |figures| {
            let whole = figures.iter().filter(|figure| self.bases[self.basis(figure)].example.scope.is_none());
            whole.max_by_key(|figure| &ages[self.basis(figure)])
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

/// Which hospitals state a number of which measure.
#[derive(Debug, Default)]
pub(crate) struct Reporting {
    measures: BTreeMap<Text, Reporters>,
}

/// The hospitals that state a number of one measure.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reporters {
    /// A bit for each hospital, by its position: whether a source states a number, of the whole of it or of a part.
    stated: Vec<u64>,
    /// How many hospitals have a number for the whole of them, stated or derived.
    pub whole: usize,
}

impl Reporters {
    fn state(&mut self, key: HospitalKey, hospitals: usize) {
        self.stated.resize(hospitals.div_ceil(64), 0);
        self.stated[key.index() / 64] |= 1 << (key.index() % 64);
    }

    fn add(&mut self, other: &Self) {
        self.whole += other.whole;
        if self.stated.len() < other.stated.len() {
            self.stated.resize(other.stated.len(), 0);
        }
        self.stated.iter_mut().zip(&other.stated).for_each(|(bits, others)| *bits |= others);
    }

    /// How many of some hospitals state a number.
    pub(crate) fn count_among(&self, keys: &[HospitalKey]) -> usize {
        let states = |key: &&HospitalKey| {
            self.stated.get(key.index() / 64).is_some_and(|bits| bits >> (key.index() % 64) & 1 == 1)
        };
        keys.iter().filter(states).count()
    }
}

impl Reporting {
    /// The measures of which some hospital states a number or has a derived one.
    pub(crate) fn measures(&self) -> impl Iterator<Item = (&Text, &Reporters)> {
        self.measures.iter()
    }

    /// How many hospitals have a number of a measure for the whole of them.
    pub(crate) fn whole(&self, measure: &str) -> usize {
        self.measures.get(measure).map_or(0, |reporters| reporters.whole)
    }

    fn add(mut self, other: Self) -> Self {
        for (measure, reporters) in other.measures {
            self.measures.entry(measure).or_default().add(&reporters);
        }
        self
    }
}

/// The columns that have been asked for.
#[derive(Debug, Default)]
pub(super) struct Columns {
    texts: [OnceLock<TextColumn>; 5],
    figures: Mutex<HashMap<Text, Arc<FigureColumn>>>,
    reporting: OnceLock<Reporting>,
}

impl Catalog {
    /// The texts of a field, of all hospitals.
    pub(crate) fn texts(&self, field: TextField) -> &TextColumn {
        self.columns.texts[field as usize].get_or_init(|| text_column(&self.hospitals, field))
    }

    /// The figures of a measure, of all hospitals; also those that are derived.
    pub(crate) fn figures_of(&self, measure: &Text) -> Arc<FigureColumn> {
        // Two questions at once wait for each other: each makes its column on all cores.
        let mut known = self.columns.figures.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry_ref(measure).or_insert_with(|| Arc::new(self.figure_column(measure))))
    }

    /// Which hospitals state a number of which measure.
    pub(crate) fn reporters(&self) -> &Reporting {
        self.columns.reporting.get_or_init(|| self.count_reporters())
    }

    fn figure_column(&self, measure: &Text) -> FigureColumn {
        let formula = self.measures().get(measure).and_then(|measure| measure.formula.as_ref());
        let parts = formula.into_iter().flat_map(|formula| [&formula.divide, &formula.by]);
        let wanted: Vec<Text> = parts.chain([measure]).cloned().collect();
        let chunks: Vec<_> = self.hospitals.chunks().collect();
        let columns: Vec<FigureColumn> = chunks
            .into_par_iter()
            .map(|(first, chunk)| {
                let mut column = FigureColumn::default();
                for_each_figures(chunk, &wanted, self.measures(), &mut |at, figures| {
                    let key = HospitalKey::at(first + at);
                    let of_measure = figures.filter(|figure| figure.measure == *measure);
                    of_measure.for_each(|figure| column.push(key, figure, self.dataset_index(key)));
                });
                column
            })
            .collect();
        let mut all = FigureColumn::default();
        all.figures.reserve_exact(columns.iter().map(|column| column.figures.len()).sum());
        columns.into_iter().for_each(|column| all.append(column));
        all
    }

    fn count_reporters(&self) -> Reporting {
        let chunks: Vec<_> = self.hospitals.chunks().collect();
        let wanted: Vec<Text> = self.measures().ids().map(Text::from).collect();
        let count = |mut counts: Reporting, (first, chunk): (usize, &Arc<Chunk>)| {
            for_each_figures(chunk, &wanted, self.measures(), &mut |at, figures| {
                counts.count(HospitalKey::at(first + at), self.len(), figures);
            });
            counts
        };
        chunks.into_par_iter().fold(Reporting::default, count).reduce(Reporting::default, Reporting::add)
    }
}

impl Reporting {
    fn count(&mut self, key: HospitalKey, hospitals: usize, figures: &mut dyn Iterator<Item = &Figure>) {
        let mut whole: Vec<&Text> = Vec::new();
        for figure in figures.filter(|figure| figure.quantity().is_some()) {
            if !self.measures.contains_key(&figure.measure) {
                self.measures.insert(figure.measure.clone(), Reporters::default());
            }
            let Some(reporters) = self.measures.get_mut(&figure.measure) else { continue };
            if figure.derivation.is_none() {
                reporters.state(key, hospitals);
            }
            if figure.scope.is_none() && !whole.contains(&&figure.measure) {
                whole.push(&figure.measure);
                reporters.whole += 1;
            }
        }
    }
}

/// Hands over the figures of those measures of each hospital of a chunk, and what is derived of them.
fn for_each_figures(
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
                if hospital.details.may_have_figures() {
                    look(at, &hospital.details.peek().figures);
                }
            }
        }
    }
}

fn text_column(hospitals: &Hospitals, field: TextField) -> TextColumn {
    let chunks: Vec<&Arc<Chunk>> = hospitals.chunks().map(|(_, chunk)| chunk).collect();
    let columns: Vec<TextColumn> = chunks.into_par_iter().map(|chunk| texts_of(chunk, field)).collect();
    let mut all = TextColumn::default();
    all.numbers.reserve_exact(hospitals.len());
    let mut known = HashMap::new();
    for column in columns {
        let numbers: Vec<u32> = column.values.into_iter().map(|text| all.number_of(&mut known, &text)).collect();
        let number = |own: &u32| own.checked_sub(1).map_or(0, |at| numbers[at as usize]);
        all.numbers.extend(column.numbers.iter().map(number));
    }
    all
}

/// The texts of a field in a chunk.
fn texts_of(chunk: &Chunk, field: TextField) -> TextColumn {
    let mut column = TextColumn::default();
    let mut known = HashMap::new();
    let mut push = |text: Option<&str>| {
        let number = text.map_or(0, |text| column.number_of(&mut known, text));
        column.numbers.push(number);
    };
    for at in 0..chunk.len() {
        let summary = chunk.summary(at);
        match (field, chunk) {
            (TextField::City, _) => push(summary.city.map(Text::as_str)),
            (TextField::Region, _) => push(summary.region.map(Text::as_str)),
            (TextField::Country, _) => push(summary.country.map(Text::as_str)),
            (TextField::Kind, _) => push(summary.kind.map(Text::as_str)),
            (TextField::Ownership, Chunk::Rows(rows)) => push(rows.reader().ownership(rows.row(at)).as_deref()),
            (TextField::Ownership, Chunk::Whole(hospitals)) => {
                push(hospitals[at].details.peek().ownership.as_ref().map(|fact| fact.text.as_str()));
            }
        }
    }
    column
}

impl TextColumn {
    /// The number of a text, from 1.
    fn number_of(&mut self, known: &mut HashMap<Text, u32>, text: &str) -> u32 {
        if let Some(number) = known.get(text) {
            return *number;
        }
        let text = Text::from(text);
        self.values.push(text.clone());
        let number = u32::try_from(self.values.len()).expect("there are fewer texts than hospitals");
        known.insert(text, number);
        number
    }
}
