//! A comparison as tables: one for each group of entries, with a column for each hospital.

use crate::report::document::layout::{Cell, Document, LineKind, Section};
use crate::report::view::{ComparisonView, Entry, Group, SideView, Subject, ValueView, upper_first};

pub(super) fn document(view: &ComparisonView) -> Document {
    let [left, right] = view.hospitals.each_ref().map(|who| who.name.as_str());
    let mut sections: Vec<Section> = Group::ALL.into_iter().map(|group| section(view, group)).collect();
    sections.push(definitions(view));
    sections.retain(|section| !section.rows.is_empty());
    Document {
        title: format!("{left} — {right}"),
        lead: view.summary_lines(),
        sections,
        sources: view.sources.iter().map(|source| (source.number, source.text.clone())).collect(),
        data_files: view.data_files.clone(),
    }
}

fn section(view: &ComparisonView, group: Group) -> Section {
    let [left, right] = view.hospitals.each_ref().map(|who| who.name.as_str());
    let [a, b] = [format!("A {left}"), format!("B {right}")];
    let columns = match group {
        Group::OnlyLeft => vec!["what", &a],
        Group::OnlyRight => vec!["what", &b],
        Group::SideBySide | Group::CannotTell => vec!["what", &a, &b, "answer"],
    };
    let heading = format!("{} ({})", view.title(group), view.contents(group));
    let is_one_sided = group.is_one_sided();
    let mut section = Section { is_folded: is_one_sided, has_bars: !is_one_sided, ..Section::new(&heading, &columns) };
    section.rows.extend(view.rows(group).map(row));
    if group == Group::CannotTell {
        section.rows.extend(view.without_number().into_iter().map(|(labels, [a, b])| {
            let answer = Cell::stated("No number in either text");
            vec![Cell::stated(labels.join(", ")), Cell::missing(a), Cell::missing(b), answer]
        }));
    }
    let reasons = view.reasons(group).into_iter();
    section.rows.extend(reasons.map(|reason| vec![Cell::default(), Cell::missing(reason)]));
    section
}

fn row(entry: &Entry) -> Vec<Cell> {
    let mut cells = vec![Cell::stated(upper_first(&entry.title()))];
    match entry.group {
        Group::OnlyLeft => cells.push(one_side(entry, 0)),
        Group::OnlyRight => cells.push(one_side(entry, 1)),
        Group::SideBySide | Group::CannotTell => {
            for (at, side) in entry.sides.iter().enumerate() {
                let bar = entry.bars.map(|bars| bars[at]);
                cells.push(Cell { bar, ..self::side(side) });
            }
            let answer = Cell::stated(upper_first(&entry.answer_text));
            let notes = entry.limits.iter().map(|limit| &limit.text).chain(&entry.references);
            cells.push(notes.fold(answer, |cell, note| cell.with(LineKind::Note, note.as_str())));
        }
    }
    cells
}

/// The cell of the only side that has values.
fn one_side(entry: &Entry, at: usize) -> Cell {
    if entry.subject == Subject::Names { names(&entry.sides[at]) } else { side(&entry.sides[at]) }
}

fn side(side: &SideView) -> Cell {
    let shown = |cell: Cell, value: &ValueView| {
        remarks(cell.with_cited(LineKind::Stated, value.phrase(), &value.sources), value)
    };
    let also = |cell: Cell, value: &ValueView| {
        remarks(cell.with_cited(LineKind::Note, format!("also {}", value.phrase()), &value.sources), value)
    };
    let mut cell = side.shown.iter().fold(Cell::default(), shown);
    if side.shown.is_empty() {
        cell = cell.with(LineKind::Missing, side.missing);
    }
    side.also.iter().fold(cell, also)
}

/// All names in one line, each with its caveat.
fn names(side: &SideView) -> Cell {
    let name = |value: &ValueView| {
        let caveat = value.caveat.as_ref().map_or(String::new(), |caveat| format!(" (caveat: {caveat})"));
        format!("{}{caveat}", value.phrase())
    };
    let sources = side.shown.first().map_or(&[][..], |value| &value.sources);
    let names = side.shown.iter().map(name).collect::<Vec<_>>().join("; ");
    Cell::default().with_cited(LineKind::Stated, names, sources)
}

fn remarks(cell: Cell, value: &ValueView) -> Cell {
    let cell = value.formula.iter().fold(cell, |cell, formula| cell.with(LineKind::Note, formula.as_str()));
    let cell = value.note.iter().fold(cell, |cell, note| cell.with(LineKind::Note, format!("note: {note}")));
    value.caveat.iter().fold(cell, |cell, caveat| cell.with(LineKind::Caveat, caveat.as_str()))
}

/// The definitions of the measures that are in both texts, with their terms in the country's statistics.
fn definitions(view: &ComparisonView) -> Section {
    let columns = ["measure", "unit", "native term", "definition"];
    let mut section = Section { is_folded: true, ..Section::new("Definitions", &columns) };
    for one in view.entries.iter().filter(|entry| !entry.group.is_one_sided()).flat_map(|entry| &entry.measures) {
        let term = one.native_term.as_deref().unwrap_or_default();
        section.rows.push([one.label.as_str(), &one.unit, term, &one.definition].map(Cell::stated).to_vec());
    }
    section.rows.dedup_by(|a, b| a[0].text() == b[0].text());
    section
}
