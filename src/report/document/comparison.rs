//! A comparison as headed tables: a column a hospital, a row a measure, the verdict in words.

use std::cmp::Ordering;

use super::{Cell, Document, Kind, Section, identity, mention_period, sources};
use crate::catalog::{Figure, HospitalKey, Mention};
use crate::compare::{Bar, Comparison, FactSide, ListRow, Presence, Row, Side};
use crate::report::wording::{self, Citations};

pub(super) fn document(comparison: &Comparison) -> Document {
    let (left, right) = (comparison.left_hospital(), comparison.right_hospital());
    let columns = ["what", left.name.as_ref(), right.name.as_ref(), "verdict"];
    let citations = Citations::new(comparison.catalog, &[comparison.left, comparison.right]);
    let mut builder = Builder { comparison, citations };
    let mut sections = vec![Section { rows: builder.facts(), ..Section::new("Statements", &columns) }];
    for row in &comparison.rows {
        let cells = builder.row(row);
        match sections.last_mut().filter(|section| section.heading == row.family.label.as_str()) {
            Some(section) => section.rows.push(cells),
            None => sections.push(Section { rows: vec![cells], ..Section::new(&row.family.label, &columns) }),
        }
    }
    for list in &comparison.lists {
        let rows = list.rows.iter().map(|row| builder.listed(row)).collect();
        sections.push(Section { rows, ..Section::new(list.label, &columns) });
    }
    sections.extend([gaps(comparison), definitions(comparison)]);
    sections.retain(|section| !section.rows.is_empty());
    Document {
        title: format!("{} — {}", left.name, right.name),
        lead: vec![format!("{}.", wording::tally(comparison))],
        sections,
        sources: sources(&builder.citations),
        identity: identity(comparison.catalog),
    }
}

/// What each side does not publish although another loaded hospital does.
fn gaps(comparison: &Comparison) -> Section {
    let columns = ["hospital", "family", "measures that another loaded hospital reports"];
    let mut section = Section::new("Not published", &columns);
    for key in [comparison.left, comparison.right] {
        let name = comparison.catalog.hospital(key).name.as_str();
        let families = wording::gaps(&comparison.gaps(key)).into_iter();
        section.rows.extend(families.map(|(family, gaps)| [name, family, &gaps].map(Cell::stated).to_vec()));
    }
    section
}

/// What the measures of the rows count, and their terms in the country's own statistics.
fn definitions(comparison: &Comparison) -> Section {
    let mut section = Section::new("Definitions", &["measure", "unit", "native term", "definition"]);
    for row in &comparison.rows {
        let measure = row.measure;
        let term = measure.native_term.as_deref().unwrap_or_default();
        let cells = [measure.label.as_str(), measure.unit.as_str(), term, measure.definition.as_str()];
        section.rows.push(cells.map(Cell::stated).to_vec());
    }
    section.rows.dedup_by(|a, b| a[0].text() == b[0].text());
    section
}

struct Builder<'a, 'b> {
    comparison: &'b Comparison<'a>,
    citations: Citations<'a>,
}

impl Builder<'_, '_> {
    fn facts(&mut self) -> Vec<Vec<Cell>> {
        let (left, right) = (self.comparison.left, self.comparison.right);
        let mut rows = Vec::new();
        for row in &self.comparison.facts {
            let cells = [self.fact(left, row.left.as_ref()), self.fact(right, row.right.as_ref())];
            let [left, right] = cells;
            let reasons = row.reasons.iter();
            let verdict = reasons.fold(Cell::default(), |cell, reason| cell.with(Kind::Stated, reason.words()));
            rows.push(vec![Cell::stated(row.label), left, right, verdict]);
        }
        rows
    }

    fn fact(&mut self, key: HospitalKey, side: Option<&FactSide>) -> Cell {
        let Some(side) = side else { return Cell::missing("not in the source") };
        let mark = side.source.map_or(String::new(), |id| format!(" {}", self.citations.mark(key, id)));
        let cell = Cell::stated(format!("{}{mark}", side.text)).with_caveat(side.caveat);
        side.others.iter().fold(cell, |cell, (text, id)| {
            cell.with(Kind::Note, format!("also {text} {}", self.citations.mark(key, id)))
        })
    }

    fn row(&mut self, row: &Row) -> Vec<Cell> {
        let [left_bar, right_bar] = row.bars().map_or([None, None], |bars| bars.map(Some));
        let left = self.side(self.comparison.left, row, &row.left, left_bar);
        let right = self.side(self.comparison.right, row, &row.right, right_bar);
        let mut verdict = Cell::default();
        for reason in &row.reasons {
            verdict = verdict.with(Kind::Stated, reason.words());
        }
        let verdict = verdict.with(Kind::Note, larger(self.comparison, row).unwrap_or_default());
        vec![Cell::stated(wording::row_label(row)), left, right, verdict]
    }

    fn side(&mut self, key: HospitalKey, row: &Row, side: &Side, bar: Option<Bar>) -> Cell {
        let catalog = self.comparison.catalog;
        let mut cell = Cell { bar, ..Cell::default() };
        for figure in &side.figures {
            let part = catalog.hospital(key).details.scope_name(figure.scope.as_ref());
            let part = part.map_or(String::new(), |part| format!(", {part} only"));
            let when = wording::period(figure.period.as_ref());
            let marks = self.citations.marks(key, figure);
            let text = format!("{}, {when}{part} {marks}", wording::value(row.measure, figure));
            cell = cell.with(Kind::Stated, text).with_notes(catalog, figure);
        }
        if side.figures.is_empty() {
            cell = cell.with(Kind::Missing, wording::missing(row.measure, side));
        }
        let mut aside = |cell: Cell, lead: &str, figure: &Figure| {
            let marks = self.citations.marks(key, figure);
            let text = format!("{lead} {} {marks}", wording::aside(catalog, figure));
            cell.with(Kind::Note, text).with_notes(catalog, figure)
        };
        for figure in &side.instead {
            cell = aside(cell, "instead", figure);
        }
        for figure in &side.history {
            cell = aside(cell, "also", figure);
        }
        cell
    }

    fn listed(&mut self, row: &ListRow) -> Vec<Cell> {
        let left = self.mentions(self.comparison.left, &row.left);
        let right = self.mentions(self.comparison.right, &row.right);
        let mut verdict = Cell::stated(match row.presence() {
            Presence::Shared => "shared".to_owned(),
            Presence::OnlyLeft => format!("only {}", self.comparison.left_hospital().name),
            Presence::OnlyRight => format!("only {}", self.comparison.right_hospital().name),
        });
        for reason in row.reasons() {
            verdict = verdict.with(Kind::Stated, reason.words());
        }
        vec![Cell::stated(row.name), left, right, verdict]
    }

    fn mentions(&mut self, key: HospitalKey, mentions: &[Mention]) -> Cell {
        if mentions.is_empty() {
            return Cell::missing("not in the source");
        }
        mentions.iter().fold(Cell::default(), |cell, mention| {
            let detail = mention.detail().unwrap_or_else(|| "yes".to_owned());
            let when = mention_period(mention);
            let when = if when.is_empty() { when } else { format!(", {when}") };
            let mark = self.citations.mark(key, mention.source());
            cell.with(Kind::Stated, format!("{detail}{when} {mark}")).with_caveat(mention.caveat())
        })
    }
}

/// Which side is larger and by how much, where the rules allow to say it.
pub fn larger(comparison: &Comparison, row: &Row) -> Option<String> {
    let side = match row.order()? {
        Ordering::Equal => return Some("equal".to_owned()),
        Ordering::Less => comparison.right_hospital(),
        Ordering::Greater => comparison.left_hospital(),
    };
    wording::difference(row).map(|difference| format!("{}: {difference}", side.name))
}

/// Who has it, in words.
#[must_use]
pub fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Shared => "shared",
        Presence::OnlyLeft => "only left",
        Presence::OnlyRight => "only right",
    }
}
