//! Reads the details of a row, from the cells that were kept of it as text.

use crate::catalog::lazy::ReadRow;
use crate::catalog::{Details, Extra, Fact, Figure, Missing, Observed, Period, Quantity};
use crate::formats::profile::cell::{self, CellValue};
use crate::formats::profile::column_marks::ColumnMarks;
use crate::formats::profile::plan::{FigurePlan, Plan};
use crate::text::Text;

/// Ends a cell that is kept. Cleaned text never holds it.
pub(crate) const CELL_END: char = '\u{1f}';

/// The character before a cell of the first column; that of the next column follows on it. They take two bytes for
/// every column that real files have.
pub(crate) const FIRST_COLUMN: u32 = 0x100;

/// Reads the kept cells of a dataset's rows.
#[derive(Debug)]
pub(crate) struct RowReader {
    pub(super) plan: Plan,
    /// The decimal marks of its numbers.
    pub(super) marks: ColumnMarks,
    /// The id of the dataset's source.
    source: Text,
    /// The edition.
    edition: Option<Period>,
}

/// The cells of a row by column; an empty one is none.
type Cells<'a> = [Option<&'a str>];

impl RowReader {
    /// Reads rows by `plan`; what they say has that source and edition.
    #[must_use]
    pub(crate) fn new(plan: Plan, source: Text, edition: Option<Period>) -> Self {
        Self { marks: ColumnMarks::new(&plan), plan, source, edition }
    }

    fn cells<'a>(&self, kept: &'a str) -> Vec<Option<&'a str>> {
        let mut cells = vec![None; self.plan.headings.len()];
        for cell in kept.split_terminator(CELL_END) {
            let mut chars = cell.chars();
            let column = chars.next().and_then(|sign| u32::from(sign).checked_sub(FIRST_COLUMN));
            if let Some(place) = column.and_then(|column| cells.get_mut(column as usize)) {
                *place = Some(chars.as_str());
            }
        }
        cells
    }

    /// Takes the first cell of `columns` that says something.
    fn take<'a>(&self, cells: &mut Cells<'a>, columns: &[usize]) -> Option<&'a str> {
        // A cell that says why there is no value stays, to be shown under its own heading.
        let is_stated = |at: &&usize| cells[**at].is_some_and(|cell| self.missing(cell).is_none());
        let at = columns.iter().find(is_stated)?;
        cells[*at].take()
    }

    fn missing(&self, text: &str) -> Option<Missing> {
        self.plan.missing.reason(text)
    }

    fn fact(&self, cells: &mut Cells, columns: &[usize]) -> Option<Fact> {
        let text = Text::clean(self.take(cells, columns)?);
        Some(Fact { text, source: self.source.clone(), caveat: None, note: None })
    }

    /// All parts of an address, joined.
    fn address(&self, cells: &mut Cells) -> Option<Fact> {
        let stated = |at: &usize| cells[*at].filter(|cell| self.missing(cell).is_none());
        let filled: Vec<usize> = self.plan.columns.address.iter().copied().filter(|at| stated(at).is_some()).collect();
        let parts: Vec<&str> = filled.iter().filter_map(|at| cells[*at].take()).collect();
        let text = (!parts.is_empty()).then(|| Text::clean(&parts.join(", ")))?;
        Some(Fact { text, source: self.source.clone(), caveat: None, note: None })
    }

    /// Degrees, when they lie on the globe; else the cell stays.
    fn degrees(cells: &mut Cells, columns: &[usize], most: f64) -> Option<f64> {
        let read = |at: &usize| Some((*at, cell::degrees(cells[*at]?).filter(|degrees| degrees.abs() <= most)?));
        let (at, degrees) = columns.iter().find_map(read)?;
        cells[at] = None;
        Some(degrees)
    }

    /// Latitude and longitude; one without the other, or 0, 0, is none.
    fn point(&self, cells: &mut Cells) -> (Option<f64>, Option<f64>) {
        let before = cells.to_vec();
        let latitude = Self::degrees(cells, &self.plan.columns.latitude, 90.0);
        let longitude = Self::degrees(cells, &self.plan.columns.longitude, 180.0);
        match (latitude, longitude) {
            (Some(latitude), Some(longitude)) if latitude != 0.0 || longitude != 0.0 => {
                // Other columns that say the same need not be shown again.
                for (columns, degrees) in
                    [(&self.plan.columns.latitude, latitude), (&self.plan.columns.longitude, longitude)]
                {
                    for at in columns {
                        let same = |cell: &str| cell::degrees(cell).is_some_and(|other| (other - degrees).abs() < 1e-9);
                        cells[*at] = cells[*at].filter(|cell| !same(cell));
                    }
                }
                (Some(latitude), Some(longitude))
            }
            _ => {
                cells.copy_from_slice(&before);
                (None, None)
            }
        }
    }

    /// The figures; a cell that is no number stays.
    fn figures(&self, cells: &mut Cells) -> Vec<Figure> {
        let read: Vec<(&FigurePlan, Option<Figure>)> =
            self.plan.figures.iter().map(|plan| (plan, self.figure(plan, cells))).collect();
        let mut figures = Vec::with_capacity(read.len());
        for (plan, figure) in read {
            if let Some(figure) = figure {
                cells[plan.column] = None;
                if let Some(at) = plan.footnotes {
                    cells[at] = None;
                }
                figures.push(figure);
            }
        }
        figures
    }

    fn figure(&self, plan: &FigurePlan, cells: &Cells) -> Option<Figure> {
        let profile = &self.plan.profile;
        let footnotes = plan.footnotes.and_then(|at| cell::footnotes(cells[at]?, &profile.footnotes));
        let (caveat, explained) = footnotes.map_or((None, None), |(text, reason)| (Some(Text::clean(&text)), reason));
        let measure = profile.measure(&plan.measure)?;
        let read = |text: &str| match cell::step(text, &measure.steps) {
            Some(step) => CellValue::Stated(Quantity::Exact(step)),
            None => cell::read(text, &self.plan.missing, plan.is_percent, self.marks.mark(plan.column, text)),
        };
        let value = match cells[plan.column].map(read) {
            Some(CellValue::Stated(quantity)) if measure.check(quantity).is_ok() => Observed::Stated(quantity),
            Some(CellValue::Stated(_) | CellValue::Words) => return None,
            Some(CellValue::Missing(reason)) => Observed::Missing(explained.unwrap_or(reason)),
            None => Observed::Missing(explained.or_else(|| caveat.as_ref().map(|_| Missing::NotAvailable))?),
        };
        let local = plan.period.and_then(|at| cell::date(cells[at]?));
        let (measure, source) = (plan.measure.clone(), self.source.clone());
        let period = local.or_else(|| self.edition.clone());
        Some(Figure { measure, value, period, scope: None, source, caveat, note: None, derivation: None })
    }

    /// What of a row's cells cannot be read as what it should be, each with its heading.
    pub(crate) fn unreadable<'a>(&'a self, kept: &'a str) -> Vec<(&'a Text, &'a str, &'static str)> {
        let mut cells = self.cells(kept);
        let mut found = Vec::new();
        if self.point(&mut cells).0.is_none() {
            for at in self.plan.columns.latitude.iter().chain(&self.plan.columns.longitude) {
                found.extend(
                    cells[*at]
                        .filter(|cell| self.missing(cell).is_none())
                        .map(|cell| (*at, cell, "no place on the globe")),
                );
            }
        }
        self.figures(&mut cells);
        for plan in &self.plan.figures {
            found.extend(cells[plan.column].map(|cell| (plan.column, cell, "no number that this measure can have")));
        }
        found.into_iter().map(|(at, cell, what)| (&self.plan.headings[at], cell, what)).collect()
    }
}

impl ReadRow for RowReader {
    fn details(&self, kept: &str) -> Details {
        let mut cells = self.cells(kept);
        let cells = cells.as_mut_slice();
        let plan = &self.plan;
        let (latitude, longitude) = self.point(cells);
        let mut details = Details {
            latitude,
            longitude,
            grade: self.fact(cells, &plan.columns.grade),
            ownership: self.fact(cells, &plan.columns.ownership),
            founded: self.fact(cells, &plan.columns.founded),
            status: self.fact(cells, &plan.columns.status),
            address: self.address(cells),
            phone: self.fact(cells, &plan.columns.phone),
            website: self.fact(cells, &plan.columns.website),
            figures: self.figures(cells),
            ..Details::default()
        };
        let rest = plan.headings.iter().zip(cells.iter());
        let facts: Vec<(Text, Text)> =
            rest.filter_map(|(heading, cell)| Some((heading.clone(), Text::clean((*cell)?)))).collect();
        if !facts.is_empty() {
            details.extra.push(Extra { source: self.source.clone(), facts });
        }
        details
    }

    fn source(&self) -> &Text {
        &self.source
    }

    fn has_figures(&self) -> bool {
        !self.plan.figures.is_empty()
    }

    fn edition(&self) -> Option<Period> {
        self.edition.clone()
    }
}
