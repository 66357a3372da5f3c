//! What the cells of a figure say, and figures of many rows in one place.

use crate::catalog::number::DecimalMark;
use crate::catalog::{Estimate, Figure, Missing, Observed, Period, Quantity};
use crate::formats::profile::cell::{self, CellValue};
use crate::formats::profile::plan::{FigurePlan, Plan};
use crate::formats::profile::sample::words;
use crate::text::Text;

/// What the cells of a figure say.
pub(super) struct FigureCells {
    value: Observed,
    caveat: Option<Text>,
    /// None where the edition tells.
    period: Option<Period>,
    estimate: Option<Box<Estimate>>,
}

/// The decimal mark of a cell.
type MarkOf<'m> = dyn Fn(usize, &str) -> Option<DecimalMark> + 'm;

impl FigureCells {
    /// Reads the cells of [`FigurePlan::columns`]; none where they say nothing, or the value is no number.
    pub(super) fn read(
        plan: &Plan,
        figure: &FigurePlan,
        mark: &MarkOf,
        cells: [Option<&str>; FigurePlan::COLUMNS],
    ) -> Option<Self> {
        let [value, footnotes, period, start, end, estimate @ ..] = cells;
        let footnotes = footnotes.and_then(|cell| cell::footnotes(cell, &plan.profile.footnotes));
        let (caveat, explained) = footnotes.map_or((None, None), |(text, reason)| (Some(Text::clean(&text)), reason));
        let measure = &figure.measure;
        let read = |text: &str| match cell::step(text, &measure.steps) {
            Some(step) => CellValue::Stated(Quantity::Exact(step)),
            None => cell::read(text, &plan.missing, figure.is_percent, mark(figure.column, text)),
        };
        let value = match value.map(read) {
            Some(CellValue::Stated(quantity)) if measure.check(quantity).is_ok() => Observed::Stated(quantity),
            Some(CellValue::Stated(_) | CellValue::Words) => return None,
            Some(CellValue::Missing(reason)) => Observed::Missing(explained.unwrap_or(reason)),
            None => Observed::Missing(explained.or_else(|| caveat.as_ref().map(|_| Missing::NotAvailable))?),
        };
        let span = || plan.days.span(start?, end?);
        let period = period.and_then(cell::date).or_else(span);
        Some(Self { value, caveat, period, estimate: self::estimate(plan, figure, mark, estimate) })
    }

    /// Puts it in a figure of the same measure, which may be that of another row. What is the same in both is not copied:
    /// cores that count copies of the same text wait for each other.
    pub(super) fn fill(self, figure: &mut Figure, edition: Option<&Period>) {
        (figure.value, figure.caveat, figure.estimate) = (self.value, self.caveat, self.estimate);
        if self.period.is_some() {
            figure.period = self.period;
        } else if figure.period.as_ref() != edition {
            figure.period = edition.cloned();
        }
    }
}

/// What the publisher gives beside a figure: the cells of its bounds, cases and comparison.
fn estimate(
    plan: &Plan,
    figure: &FigurePlan,
    mark: &MarkOf,
    [lower, upper, cases, comparison]: [Option<&str>; 4],
) -> Option<Box<Estimate>> {
    let number = |text: Option<&str>, column: Option<usize>| {
        let text = text?;
        match cell::read(text, &plan.missing, figure.is_percent, mark(column?, text)) {
            CellValue::Stated(Quantity::Exact(number)) => Some(number),
            _ => None,
        }
    };
    let beside = &figure.beside;
    let comparison = comparison.filter(|text| plan.missing.reason(text).is_none()).map(Text::clean);
    let (low, high, cases) = (number(lower, beside.lower), number(upper, beside.upper), number(cases, beside.cases));
    let counted = cases.and(beside.cases).and_then(|at| counted(&plan.headings[at]));
    Estimate { low, high, cases, counted, comparison }.some()
}

/// What a heading says that a value rests on.
fn counted(heading: &str) -> Option<Text> {
    const COUNTED: [&str; 7] = ["patients", "discharges", "surveys", "cases", "procedures", "births", "sample"];
    let words = words(heading);
    let named = COUNTED.into_iter().find(|counted| words.iter().any(|word| &**word == *counted))?;
    Some(if named == "sample" { "in the sample".into() } else { named.into() })
}

/// A figure before its cells are read.
pub(super) fn blank(measure: &Text, source: &Text) -> Figure {
    let (measure, source, value) = (measure.clone(), source.clone(), Observed::Missing(Missing::NotInSource));
    let (period, scope, caveat, note, estimate, derivation) = Default::default();
    Figure { measure, value, period, scope, source, caveat, note, estimate, derivation }
}

/// The figures of a row, in the place of those of the row before.
#[derive(Default)]
pub(super) struct FigureRow {
    figures: Vec<Figure>,
    /// How many are of this row.
    count: usize,
}

impl FigureRow {
    /// The next figure of this row, to be filled. Where the row before had one of the same measure there, it is that.
    pub(super) fn next(&mut self, measure: &Text, blank: impl FnOnce() -> Figure) -> &mut Figure {
        if self.figures.get(self.count).is_none_or(|figure| figure.measure != *measure) {
            self.figures.truncate(self.count);
            self.figures.push(blank());
        }
        self.count += 1;
        &mut self.figures[self.count - 1]
    }

    /// The figures of this row.
    pub(super) fn finish(&mut self) -> &[Figure] {
        self.figures.truncate(std::mem::take(&mut self.count));
        &self.figures
    }
}
