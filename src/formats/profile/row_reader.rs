//! Reads the details of a row from its text.

use std::borrow::Cow;
use std::fmt;

use crate::catalog::lazy::{LookAtFigures, ReadRow};
use crate::catalog::period::Age;
use crate::catalog::{Details, Extra, Fact, Figure, Measure, Missing, Observed, Period, Quantity};
use crate::formats::profile::cell::{self, CellValue};
use crate::formats::profile::column_marks::ColumnMarks;
use crate::formats::profile::plan::{FigurePlan, Plan};
use crate::formats::profile::row_head::HeadReader;
use crate::text::{self, Text};

/// Splits the text of a row into its cells.
pub(crate) trait SplitRow: fmt::Debug + Send + Sync {
    /// The cells as they stand, one for each heading; one that is not there is empty.
    fn split<'a>(&self, row: &'a str) -> Vec<Cow<'a, str>>;

    /// One of those cells, for one look at all rows; empty where it is not there.
    fn cell<'a>(&self, row: &'a str, column: usize) -> Cow<'a, str>;
}

/// Reads the rows of a dataset.
#[derive(Debug)]
pub(crate) struct RowReader {
    pub(super) plan: Plan,
    /// The decimal marks of its numbers.
    pub(super) marks: ColumnMarks,
    /// How rows are split into cells.
    format: Box<dyn SplitRow>,
    /// The id of the dataset's source.
    source: Text,
    /// The edition.
    edition: Option<Period>,
    /// Whether no column of ownership is also one of a field that is taken before it.
    has_plain_ownership: bool,
    /// Whether no column of figures is also one of a field that is taken before them.
    has_plain_figures: bool,
}

/// The cells of a row by column; an empty one is none.
type Cells<'a> = [Option<&'a str>];

/// The columns of a figure: its own, that of its footnotes, that of its period.
fn columns_of(plan: &FigurePlan) -> [Option<usize>; 3] {
    [Some(plan.column), plan.footnotes, plan.period]
}

/// What the cells of a figure say.
struct FigureCells {
    value: Observed,
    caveat: Option<Text>,
    /// None where the edition tells.
    period: Option<Period>,
}

impl FigureCells {
    /// Puts it in a figure of the same measure, which may be that of another row. What is the same in both is not copied:
    /// cores that count copies of the same text wait for each other.
    fn fill(self, figure: &mut Figure, edition: Option<&Period>) {
        (figure.value, figure.caveat) = (self.value, self.caveat);
        if self.period.is_some() {
            figure.period = self.period;
        } else if figure.period.as_ref() != edition {
            figure.period = edition.cloned();
        }
    }
}

/// The figures of a row, in the place of those of the row before.
#[derive(Default)]
struct FigureRow {
    figures: Vec<Figure>,
    /// How many are of this row.
    count: usize,
}

impl FigureRow {
    /// The next figure of this row, to be filled. Where the row before had one of the same measure there, it is that.
    fn next(&mut self, measure: &Text, blank: impl FnOnce() -> Figure) -> &mut Figure {
        if self.figures.get(self.count).is_none_or(|figure| figure.measure != *measure) {
            self.figures.truncate(self.count);
            self.figures.push(blank());
        }
        self.count += 1;
        &mut self.figures[self.count - 1]
    }

    /// The figures of this row.
    fn finish(&mut self) -> &[Figure] {
        self.figures.truncate(std::mem::take(&mut self.count));
        &self.figures
    }
}

impl RowReader {
    /// Reads rows by `plan`; what they say has that source and edition.
    #[must_use]
    pub(crate) fn new(plan: Plan, format: Box<dyn SplitRow>, source: Text, edition: Option<Period>) -> Self {
        let columns = &plan.columns;
        let head = [
            &columns.name,
            &columns.native_name,
            &columns.aliases,
            &columns.city,
            &columns.region,
            &columns.country,
            &columns.kind,
            &columns.id,
        ];
        let point = [&columns.latitude, &columns.longitude];
        let before: Vec<usize> = head.into_iter().chain(point).chain([&columns.grade]).flatten().copied().collect();
        let facts =
            [&columns.ownership, &columns.founded, &columns.status, &columns.address, &columns.phone, &columns.website];
        let of_facts: Vec<usize> = facts.into_iter().flatten().copied().collect();
        let is_apart = |at: &usize| !before.contains(at);
        let figures = plan
            .figures
            .iter()
            .flat_map(|figure| [Some(figure.column), figure.footnotes, figure.period].into_iter().flatten());
        let has_plain_figures = figures.into_iter().all(|at| is_apart(&at) && !of_facts.contains(&at));
        let has_plain_ownership = columns.ownership.iter().all(is_apart);
        let marks = ColumnMarks::new(&plan);
        Self { plan, marks, format, source, edition, has_plain_ownership, has_plain_figures }
    }

    /// Which column of the file is what.
    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Whether any column holds numbers.
    pub(crate) fn has_numbers(&self) -> bool {
        self.marks.columns().next().is_some()
    }

    /// Collects the decimal marks of a row's cells. Whether one of them is new.
    pub(crate) fn collect_marks<'a>(&self, cells: impl Fn(usize) -> &'a str) -> bool {
        let new = self.marks.columns().filter(|at| self.marks.collect(*at, &text::clean(cells(*at))));
        new.count() > 0
    }

    /// What `look` makes of the cells that are not in the hospital's own fields.
    fn with_cells<T>(&self, row: &str, look: impl FnOnce(&mut Cells) -> T) -> T {
        let split = self.format.split(row);
        let mut head = HeadReader::new(&self.plan);
        head.read(&|at| split.get(at).map_or("", |cell| &**cell));
        let clean: Vec<Cow<str>> = split.iter().map(|cell| text::clean(cell)).collect();
        let mut cells: Vec<Option<&str>> = vec![None; head.taken().len()];
        for ((cell, is_taken), text) in cells.iter_mut().zip(head.taken()).zip(&clean) {
            *cell = Some(&**text).filter(|text| !is_taken && !text.is_empty());
        }
        look(&mut cells)
    }

    /// What `look` makes of the cells of some columns, which no other field has.
    fn with_plain_cells<T>(
        &self,
        row: &str,
        columns: impl Iterator<Item = usize>,
        look: impl FnOnce(&mut Cells) -> T,
    ) -> T {
        let found: Vec<(usize, Cow<str>)> = columns.map(|at| (at, self.format.cell(row, at))).collect();
        let clean: Vec<(usize, Cow<str>)> = found.iter().map(|(at, cell)| (*at, text::clean(cell))).collect();
        let mut cells = vec![None; self.plan.headings.len()];
        for (at, cell) in clean.iter().filter(|(_, cell)| !cell.is_empty()) {
            cells[*at] = Some(&**cell);
        }
        look(&mut cells)
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
        let measure = self.plan.profile.measure(&plan.measure)?;
        let mut figure = self.blank_figure(plan);
        self.figure_cells(plan, measure, columns_of(plan).map(|at| cells[at?]))?
            .fill(&mut figure, self.edition.as_ref());
        Some(figure)
    }

    /// A figure before its cells are read.
    fn blank_figure(&self, plan: &FigurePlan) -> Figure {
        let (measure, source, value) =
            (plan.measure.clone(), self.source.clone(), Observed::Missing(Missing::NotInSource));
        Figure { measure, value, period: None, scope: None, source, caveat: None, note: None, derivation: None }
    }

    /// What the cells of a figure say: its own, that of its footnotes, that of its period.
    fn figure_cells(&self, plan: &FigurePlan, measure: &Measure, cells: [Option<&str>; 3]) -> Option<FigureCells> {
        let [value, footnotes, period] = cells;
        let footnotes = footnotes.and_then(|cell| cell::footnotes(cell, &self.plan.profile.footnotes));
        let (caveat, explained) = footnotes.map_or((None, None), |(text, reason)| (Some(Text::clean(&text)), reason));
        let read = |text: &str| match cell::step(text, &measure.steps) {
            Some(step) => CellValue::Stated(Quantity::Exact(step)),
            None => cell::read(text, &self.plan.missing, plan.is_percent, self.marks.mark(plan.column, text)),
        };
        let value = match value.map(read) {
            Some(CellValue::Stated(quantity)) if measure.check(quantity).is_ok() => Observed::Stated(quantity),
            Some(CellValue::Stated(_) | CellValue::Words) => return None,
            Some(CellValue::Missing(reason)) => Observed::Missing(explained.unwrap_or(reason)),
            None => Observed::Missing(explained.or_else(|| caveat.as_ref().map(|_| Missing::NotAvailable))?),
        };
        Some(FigureCells { value, caveat, period: period.and_then(cell::date) })
    }
    /// What of a row's cells cannot be read as what it should be, each with its heading.
    pub(crate) fn unreadable(&self, row: &str) -> Vec<(Text, String, &'static str)> {
        self.with_cells(row, |cells| self.unreadable_cells(cells))
    }

    fn unreadable_cells(&self, cells: &mut Cells) -> Vec<(Text, String, &'static str)> {
        let mut found = Vec::new();
        if self.point(cells).0.is_none() {
            for at in self.plan.columns.latitude.iter().chain(&self.plan.columns.longitude) {
                found.extend(
                    cells[*at]
                        .filter(|cell| self.missing(cell).is_none())
                        .map(|cell| (*at, cell, "no place on the globe")),
                );
            }
        }
        self.figures(cells);
        for plan in &self.plan.figures {
            found.extend(cells[plan.column].map(|cell| (plan.column, cell, "no number that this measure can have")));
        }
        found.into_iter().map(|(at, cell, what)| (self.plan.headings[at].clone(), cell.to_owned(), what)).collect()
    }

    fn details_of(&self, cells: &mut Cells) -> Details {
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
}

impl ReadRow for RowReader {
    fn details(&self, row: &str) -> Details {
        self.with_cells(row, |cells| self.details_of(cells))
    }

    fn ownership(&self, row: &str) -> Option<String> {
        let columns = &self.plan.columns.ownership;
        if columns.is_empty() {
            None
        } else if self.has_plain_ownership {
            self.with_plain_cells(row, columns.iter().copied(), |cells| self.take(cells, columns).map(str::to_owned))
        } else {
            self.details(row).ownership.map(|fact| fact.text.to_string())
        }
    }

    fn for_each_figures(&self, rows: &mut dyn Iterator<Item = &str>, measures: &[Text], look: &mut LookAtFigures) {
        if !self.has_plain_figures {
            for (at, row) in rows.enumerate() {
                let mut figures = self.details(row).figures;
                figures.retain(|figure| measures.contains(&figure.measure));
                look(at, &figures);
            }
            return;
        }
        let plans = self.plan.figures.iter().filter(|plan| measures.contains(&plan.measure));
        let plans: Vec<_> = plans.filter_map(|plan| Some((plan, self.plan.profile.measure(&plan.measure)?))).collect();
        let mut figures = FigureRow::default();
        for (at, row) in rows.enumerate() {
            for (plan, measure) in &plans {
                let cells = columns_of(plan).map(|at| at.map(|at| self.format.cell(row, at)));
                let clean = cells.each_ref().map(|cell| cell.as_deref().map(text::clean));
                let stated = clean.each_ref().map(|cell| cell.as_deref().filter(|cell| !cell.is_empty()));
                if let Some(cells) = self.figure_cells(plan, measure, stated) {
                    cells.fill(figures.next(&plan.measure, || self.blank_figure(plan)), self.edition.as_ref());
                }
            }
            look(at, figures.finish());
        }
    }

    fn source(&self) -> Option<&Text> {
        Some(&self.source)
    }

    fn may_state(&self, measures: &[Text]) -> bool {
        self.plan.figures.iter().any(|figure| measures.contains(&figure.measure))
    }

    fn newest(&self, _: &str) -> Option<Age> {
        self.edition.as_ref().map(Period::age)
    }
}
