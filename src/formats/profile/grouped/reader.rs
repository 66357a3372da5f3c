//! Reads the rows of one hospital: facts from the first, figures from each.

use std::borrow::Cow;

use crate::catalog::lazy::{LookAtFigures, LookAtTexts, ReadRow};
use crate::catalog::period::Age;
use crate::catalog::{Details, Estimate, Extra, Figure, Period, Quantity, TextField};
use crate::formats::profile::cell::{self, CellValue};
use crate::formats::profile::grouped::keys::RowCells;
use crate::formats::profile::grouped::measures::{KeyedMeasure, RowMeasures};
use crate::formats::profile::plan::{FigurePlan, Plan};
use crate::formats::profile::row_definition::PartRole;
use crate::formats::profile::row_reader::RowReader;
use crate::text::{self, Text};

/// Reads the rows of hospitals that have several.
#[derive(Debug)]
pub(crate) struct GroupedReader {
    /// Reads the cells of a row.
    row: RowReader,
    measures: RowMeasures,
}

/// The figures of a hospital's rows, as they are read.
#[derive(Default)]
struct RowFigures {
    /// Each with the key of its rows.
    figures: Vec<(usize, Figure)>,
    /// What other rows give of a measure in a period.
    parts: Vec<(usize, Option<Period>, Part)>,
    /// Values that are no numbers, under the names of their measures.
    words: Vec<(Text, Text)>,
}

/// What a row gives of the measure of another row.
enum Part {
    Lower(f64),
    Upper(f64),
    Cases(f64),
    Note(Text),
}

impl GroupedReader {
    /// Reads rows whose measures are those; `row` has the plan of what is the same in all rows of a hospital.
    #[must_use]
    pub(crate) fn new(row: RowReader, measures: RowMeasures) -> Self {
        Self { row, measures }
    }

    fn plan(&self) -> &Plan {
        self.row.plan()
    }

    /// The period that a row is of.
    fn period(&self, cells: &RowCells) -> Option<Period> {
        let cell = |at: usize| cells.get(at).map_or("", |cell| &**cell);
        let columns = &self.plan().rows;
        let days = self.measures.days;
        let span = columns.start.zip(columns.end).and_then(|(start, end)| days.span(cell(start), cell(end)));
        span.or_else(|| days.period(cell(columns.period?), columns.part.map_or("", cell)))
    }

    /// The figures of some measures, or of all.
    fn row_figures(&self, rows: &str, wanted: Option<&[Text]>) -> RowFigures {
        let mut found = RowFigures::default();
        self.row.each_row(rows, &mut |cells| {
            let cells: Vec<Cow<str>> = cells.iter().map(|cell| text::clean(cell)).collect();
            let (key, role) = self.measures.keys.of(&cells);
            let Some((at, keyed)) = self.measures.of(&key) else { return };
            let is_wanted = |plan: &FigurePlan| wanted.is_none_or(|wanted| wanted.contains(&plan.measure.id));
            if !keyed.figures.iter().chain(&self.measures.mapped).any(is_wanted) {
                return;
            }
            let period = self.period(&cells);
            self.mapped(&cells, period.as_ref(), &mut found);
            match role {
                PartRole::Value => self.values(at, keyed, &cells, period.as_ref(), &mut found),
                role => found.parts.extend(self.part(role, keyed, &cells).map(|part| (at, period, part))),
            }
        });
        found
    }

    /// The figures of known measures in a row; several rows of one period give each once.
    fn mapped(&self, cells: &RowCells, period: Option<&Period>, found: &mut RowFigures) {
        let stated: Vec<Option<&str>> =
            cells.iter().map(|cell| Some(&**cell).filter(|cell| !cell.is_empty())).collect();
        for plan in &self.measures.mapped {
            let Some(figure) = self.row.figure(plan, &stated) else { continue };
            let period = period.cloned().or_else(|| figure.period.clone());
            let figure = Figure { period, ..figure };
            if !found.figures.iter().any(|(_, other)| *other == figure) {
                found.figures.push((usize::MAX, figure));
            }
        }
    }

    /// The figures of a row.
    fn values(
        &self,
        at: usize,
        keyed: &KeyedMeasure,
        cells: &RowCells,
        period: Option<&Period>,
        found: &mut RowFigures,
    ) {
        let stated: Vec<Option<&str>> =
            cells.iter().map(|cell| Some(&**cell).filter(|cell| !cell.is_empty())).collect();
        let note = self.note(cells);
        for plan in &keyed.figures {
            match self.row.figure(plan, &stated) {
                Some(figure) => {
                    let period = period.cloned().or_else(|| figure.period.clone());
                    let note = note.clone();
                    found.figures.push((at, Figure { period, note, ..figure }));
                }
                None => {
                    found.words.extend(stated[plan.column].map(|text| (Text::clean(&keyed.label), Text::clean(text))));
                }
            }
        }
    }

    /// What columns say that differ among the rows of a measure.
    fn note(&self, cells: &RowCells) -> Option<Text> {
        let headings = &self.plan().headings;
        let stated = self.measures.notes.iter().filter(|at| cells.get(**at).is_some_and(|cell| !cell.is_empty()));
        let notes: Vec<String> = stated.map(|at| format!("{}: {}.", headings[*at], cells[*at])).collect();
        (!notes.is_empty()).then(|| Text::clean(&notes.join(" ")))
    }

    /// What a row gives of the measure of another.
    fn part(&self, role: PartRole, keyed: &KeyedMeasure, cells: &RowCells) -> Option<Part> {
        let column = keyed.figures.first()?.column;
        let text = cells.get(column).map(|cell| &**cell).filter(|cell| !cell.is_empty())?;
        let number = || match cell::read(text, &self.plan().missing, false, self.row.mark(column, text)) {
            CellValue::Stated(Quantity::Exact(number)) => Some(number),
            _ => None,
        };
        match role {
            PartRole::Lower => number().map(Part::Lower),
            PartRole::Upper => number().map(Part::Upper),
            PartRole::Cases => number().map(Part::Cases),
            PartRole::Value | PartRole::Comparison | PartRole::Footnote | PartRole::Note => {
                number()?;
                let name = self.measures.keys.name(cells);
                let name = name.rsplit_once(": ").map_or(&*name, |(_, part)| part);
                Some(Part::Note(Text::clean(&format!("{name}: {text}."))))
            }
        }
    }
}

impl RowFigures {
    /// The figures, with what other rows give of them.
    fn finish(self) -> Vec<Figure> {
        let Self { mut figures, parts, .. } = self;
        for (key, period, part) in parts {
            let is_of =
                |(at, figure): &&mut (usize, Figure)| *at == key && (period.is_none() || figure.period == period);
            if let Some((_, figure)) = figures.iter_mut().find(is_of) {
                part.join(figure);
            }
        }
        figures.into_iter().map(|(_, figure)| figure).collect()
    }
}

impl Part {
    /// Adds it to a figure.
    fn join(self, figure: &mut Figure) {
        let mut estimate: Estimate = figure.estimate.take().map_or_else(Estimate::default, |estimate| *estimate);
        match self {
            Self::Lower(low) => estimate.low = Some(low),
            Self::Upper(high) => estimate.high = Some(high),
            Self::Cases(cases) => estimate.cases = Some(cases),
            Self::Note(note) => {
                let before = figure.note.take();
                figure.note =
                    Some(before.map_or_else(|| note.clone(), |before| Text::clean(&format!("{before} {note}"))));
            }
        }
        figure.estimate = estimate.some();
    }
}

impl GroupedReader {
    /// The figures of some measures.
    fn figures(&self, rows: &str, measures: &[Text]) -> Vec<Figure> {
        let mut figures = Vec::new();
        if self.row.may_state(measures) {
            figures = self.row.first_row(rows, &self.measures.is_row_wise).figures;
            figures.retain(|figure| measures.contains(&figure.measure));
        }
        if self.measures.measures().any(|measure| measures.contains(&measure.id)) {
            let found = self.row_figures(rows, Some(measures)).finish();
            figures.extend(found.into_iter().filter(|figure| measures.contains(&figure.measure)));
        }
        figures
    }
}

impl ReadRow for GroupedReader {
    fn details(&self, rows: &str) -> Details {
        let mut details = self.row.first_row(rows, &self.measures.is_row_wise);
        let found = self.row_figures(rows, None);
        if !found.words.is_empty() {
            if details.extra.is_empty() {
                let source = self.row.source().cloned().unwrap_or_default();
                details.extra.push(Extra { source, facts: Vec::new() });
            }
            details.extra[0].facts.extend(found.words.iter().cloned());
        }
        details.figures.extend(found.finish());
        details
    }

    fn for_each_texts(&self, rows: &mut dyn Iterator<Item = &str>, field: &TextField, look: &mut LookAtTexts) {
        // Values that are no numbers stand under the names of their measures.
        let is_heading = |heading: &Text| self.headings().iter().any(|(known, _)| known == heading);
        let is_in_first = !matches!(field, TextField::Other(heading) if !is_heading(heading));
        for (at, rows) in rows.enumerate() {
            let details =
                if is_in_first { self.row.first_row(rows, &self.measures.is_row_wise) } else { self.details(rows) };
            let texts = field.of_details(&details);
            look(at, &texts.iter().map(|text| &**text).collect::<Vec<_>>());
        }
    }

    fn point(&self, rows: &str) -> Option<[f64; 2]> {
        self.row.first_row(rows, &self.measures.is_row_wise).point()
    }

    fn headings(&self) -> Vec<(Text, TextField)> {
        let is_row_wise = |at: usize| self.measures.is_row_wise.get(at).copied().unwrap_or(false);
        let headings = self.row.fields_of_headings().enumerate().filter(|(at, _)| !is_row_wise(*at));
        headings.filter_map(|(_, heading)| heading).collect()
    }

    fn for_each_figures(&self, rows: &mut dyn Iterator<Item = &str>, measures: &[Text], look: &mut LookAtFigures) {
        for (at, rows) in rows.enumerate() {
            look(at, &self.figures(rows, measures));
        }
    }

    fn source(&self) -> Option<&Text> {
        self.row.source()
    }

    fn may_state(&self, measures: &[Text]) -> bool {
        self.row.may_state(measures) || self.measures.measures().any(|measure| measures.contains(&measure.id))
    }

    fn newest(&self, rows: &str) -> Option<Age> {
        self.row.newest(rows)
    }
}
