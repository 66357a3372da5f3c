//! Reads the details of a row from its text.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::catalog::lazy::{LookAtFigures, LookAtTexts, ReadRow};
use crate::catalog::number::DecimalMark;
use crate::catalog::period::Age;
use crate::catalog::{Details, Extra, Figure, Period, TextField};
use crate::formats::profile::column_marks::ColumnMarks;
use crate::formats::profile::figure_cells::{self, FigureCells, FigureRow};
use crate::formats::profile::plan::{FigurePlan, Plan};
use crate::formats::profile::row_head::HeadReader;
use crate::text::{self, Text};

/// Splits the text of a row into its cells.
pub(crate) trait SplitRow: fmt::Debug + Send + Sync {
    /// The cells as they stand, one for each heading; one that is not there is empty.
    fn split<'a>(&self, row: &'a str) -> Vec<Cow<'a, str>>;

    /// One of those cells, for one look at all rows; empty where it is not there.
    fn cell<'a>(&self, row: &'a str, column: usize) -> Cow<'a, str>;

    /// Hands over the cells of each of several rows that stand together.
    fn each_row(&self, rows: &str, look: &mut dyn FnMut(&[Cow<str>]));
}

/// Reads the rows of a dataset.
#[derive(Debug)]
pub(crate) struct RowReader {
    pub(super) plan: Plan,
    /// The decimal marks of its numbers.
    pub(super) marks: Arc<ColumnMarks>,
    /// How rows are split into cells.
    format: Arc<dyn SplitRow>,
    /// The id of the dataset's source.
    pub(super) source: Text,
    /// The edition.
    edition: Option<Period>,
    /// Whether no column of figures is also one of a field that is taken before them.
    has_plain_figures: bool,
}

/// The cells of a row by column; an empty one is none.
pub(crate) type Cells<'a> = [Option<&'a str>];

impl RowReader {
    /// Reads rows by `plan`; what they say has that source and edition.
    #[must_use]
    pub(crate) fn new(plan: Plan, format: Arc<dyn SplitRow>, source: Text, edition: Option<Period>) -> Self {
        let marks = Arc::new(ColumnMarks::new(&plan));
        Self::with_marks(plan, format, source, edition, marks)
    }

    /// The same rows by another plan; the decimal marks that have been seen still count.
    #[must_use]
    pub(crate) fn with_plan(&self, plan: Plan) -> Self {
        let (format, marks) = (Arc::clone(&self.format), Arc::clone(&self.marks));
        Self::with_marks(plan, format, self.source.clone(), self.edition.clone(), marks)
    }

    fn with_marks(
        plan: Plan,
        format: Arc<dyn SplitRow>,
        source: Text,
        edition: Option<Period>,
        marks: Arc<ColumnMarks>,
    ) -> Self {
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
        let facts = [
            &columns.ownership,
            &columns.founded,
            &columns.status,
            &columns.street,
            &columns.address,
            &columns.phone,
            &columns.website,
        ];
        let of_facts: Vec<usize> = facts.into_iter().flatten().copied().collect();
        let is_apart = |at: &usize| !before.contains(at);
        let figures = plan.figures.iter().flat_map(FigurePlan::columns).flatten();
        let has_plain_figures = figures.into_iter().all(|at| is_apart(&at) && !of_facts.contains(&at));
        Self { plan, marks, format, source, edition, has_plain_figures }
    }

    /// How rows are split into cells.
    pub(crate) fn format(&self) -> &dyn SplitRow {
        &*self.format
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

    /// The decimal mark of a cell.
    pub(crate) fn mark(&self, column: usize, text: &str) -> Option<DecimalMark> {
        self.marks.mark(column, text)
    }

    /// Hands over the cells of each of several rows that stand together.
    pub(crate) fn each_row(&self, rows: &str, look: &mut dyn FnMut(&[Cow<str>])) {
        self.format.each_row(rows, look);
    }

    /// Hands over the cells of the first of several rows.
    pub(crate) fn first_cells(&self, rows: &str, look: impl FnOnce(&[Cow<str>])) {
        let mut look = Some(look);
        self.format.each_row(rows, &mut |cells| {
            if let Some(look) = look.take() {
                look(cells);
            }
        });
    }

    /// What the first of several rows says of the hospital; columns that are hidden say nothing of it.
    pub(crate) fn first_row(&self, rows: &str, is_hidden: &[bool]) -> Details {
        let mut details = Details::default();
        self.first_cells(rows, |split| {
            details = self.with_split(split, |cells| {
                for (cell, is_hidden) in cells.iter_mut().zip(is_hidden) {
                    *cell = cell.filter(|_| !is_hidden);
                }
                self.details_of(cells)
            });
        });
        details
    }

    /// What `look` makes of the cells that are not in the hospital's own fields.
    fn with_cells<T>(&self, row: &str, look: impl FnOnce(&mut Cells) -> T) -> T {
        self.with_split(&self.format.split(row), look)
    }

    /// The same of a row that is split.
    fn with_split<T>(&self, split: &[Cow<str>], look: impl FnOnce(&mut Cells) -> T) -> T {
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
    pub(super) fn with_plain_cells<T>(
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

    /// The figures; a cell that is no number stays.
    fn figures(&self, cells: &mut Cells) -> Vec<Figure> {
        let read: Vec<(&FigurePlan, Option<Figure>)> =
            self.plan.figures.iter().map(|plan| (plan, self.figure(plan, cells))).collect();
        let mut figures = Vec::with_capacity(read.len());
        for (plan, figure) in read {
            if let Some(figure) = figure {
                for at in [Some(plan.column), plan.footnotes].into_iter().flatten().chain(plan.beside.iter()) {
                    cells[at] = None;
                }
                figures.push(figure);
            }
        }
        figures
    }

    /// A figure; none where the cell says nothing, or is no number.
    pub(crate) fn figure(&self, plan: &FigurePlan, cells: &Cells) -> Option<Figure> {
        let read = self.figure_cells(plan, plan.columns().map(|at| cells[at?]))?;
        let mut figure = self.blank_figure(plan);
        read.fill(&mut figure, self.edition.as_ref());
        Some(figure)
    }

    /// What the cells of a figure say.
    fn figure_cells(&self, plan: &FigurePlan, cells: [Option<&str>; FigurePlan::COLUMNS]) -> Option<FigureCells> {
        FigureCells::read(&self.plan, plan, &|at, text| self.marks.mark(at, text), cells)
    }

    /// A figure before its cells are read.
    fn blank_figure(&self, plan: &FigurePlan) -> Figure {
        figure_cells::blank(&plan.measure.id, &self.source)
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

    /// A cell as it is shown under its own heading: a code such as -999 as what it means.
    pub(super) fn shown(&self, cell: &str) -> Text {
        match self.missing(cell) {
            Some(reason) if cell.starts_with("-9") => reason.words().into(),
            _ => Text::clean(cell),
        }
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
            website: self.website(cells),
            figures: self.figures(cells),
            ..Details::default()
        };
        let rest = plan.headings.iter().zip(cells.iter());
        let facts: Vec<(Text, Text)> =
            rest.filter_map(|(heading, cell)| Some((heading.clone(), self.shown((*cell)?)))).collect();
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

    fn for_each_texts(&self, rows: &mut dyn Iterator<Item = &str>, field: &TextField, look: &mut LookAtTexts) {
        self.for_each_row_texts(rows, field, look);
    }

    fn point(&self, row: &str) -> Option<[f64; 2]> {
        self.point_of_row(row)
    }

    fn headings(&self) -> Vec<(Text, TextField)> {
        self.fields_of_headings().flatten().collect()
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
        let plans: Vec<&FigurePlan> =
            self.plan.figures.iter().filter(|plan| measures.contains(&plan.measure.id)).collect();
        let mut figures = FigureRow::default();
        for (at, row) in rows.enumerate() {
            for plan in &plans {
                let cells = plan.columns().map(|at| at.map(|at| self.format.cell(row, at)));
                let clean = cells.each_ref().map(|cell| cell.as_deref().map(text::clean));
                let stated = clean.each_ref().map(|cell| cell.as_deref().filter(|cell| !cell.is_empty()));
                if let Some(cells) = self.figure_cells(plan, stated) {
                    cells.fill(figures.next(&plan.measure.id, || self.blank_figure(plan)), self.edition.as_ref());
                }
            }
            look(at, figures.finish());
        }
    }

    fn source(&self) -> Option<&Text> {
        Some(&self.source)
    }

    fn may_state(&self, measures: &[Text]) -> bool {
        self.plan.figures.iter().any(|figure| measures.contains(&figure.measure.id))
    }

    fn newest(&self, _: &str) -> Option<Age> {
        self.edition.as_ref().map(Period::age)
    }
}
