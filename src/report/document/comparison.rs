//! A comparison as headed tables: the groups by what can be said, a column a hospital.

use crate::report::document::layout::{Cell, Document, Kind, Section};
use crate::report::view::{ComparisonView, Entry, Group, Said, SideView, Subject, upper_first};

pub(super) fn document(view: &ComparisonView) -> Document {
    let [left, right] = view.hospitals.each_ref().map(|who| who.name.as_str());
    let mut sections: Vec<Section> = Group::ALL.into_iter().map(|group| section(view, group)).collect();
    sections.push(definitions(view));
    sections.retain(|section| !section.rows.is_empty());
    Document {
        title: format!("{left} — {right}"),
        lead: view.summary.clone(),
        sections,
        sources: view.sources.iter().map(|source| (source.number, source.text.clone())).collect(),
        identity: view.made_from.clone(),
    }
}

fn section(view: &ComparisonView, group: Group) -> Section {
    let [left, right] = view.hospitals.each_ref().map(|who| who.name.as_str());
    let [a, b] = [format!("A {left}"), format!("B {right}")];
    let columns = match group {
        Group::OnlyLeft => vec!["what", &a],
        Group::OnlyRight => vec!["what", &b],
        Group::SideBySide | Group::CannotTell => vec!["what", &a, &b, "what can be said"],
    };
    let heading = format!("{} ({})", view.title(group), view.count(group));
    let mut section = Section { is_folded: group.is_one_sided(), ..Section::new(&heading, &columns) };
    section.rows.extend(view.rows(group).map(row));
    if group == Group::CannotTell {
        section.rows.extend(view.without_number().into_iter().map(|(labels, [a, b])| {
            let says = Cell::stated("No number in either text");
            vec![Cell::stated(labels.join(", ")), Cell::missing(a), Cell::missing(b), says]
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
            let says = Cell::stated(upper_first(&entry.says));
            cells.push(entry.limits.iter().fold(says, |cell, limit| cell.with(Kind::Note, limit.text.as_str())));
        }
    }
    cells
}

/// What one side says where the other does not.
fn one_side(entry: &Entry, at: usize) -> Cell {
    if entry.subject == Subject::Names { names(&entry.sides[at]) } else { side(&entry.sides[at]) }
}

fn side(side: &SideView) -> Cell {
    let mut cell =
        side.shown.iter().fold(Cell::default(), |cell, said| remarks(cell.with(Kind::Stated, line(said)), said));
    if side.shown.is_empty() {
        cell = cell.with(Kind::Missing, side.missing);
    }
    side.also.iter().fold(cell, |cell, said| remarks(cell.with(Kind::Note, format!("also {}", line(said))), said))
}

/// Many names as one line, each with its caveat.
fn names(side: &SideView) -> Cell {
    let name = |said: &Said| {
        let caveat = said.caveat.as_ref().map_or(String::new(), |caveat| format!(" (caveat: {caveat})"));
        format!("{}{caveat}", said.phrase())
    };
    let marks = side.shown.first().map_or(String::new(), Said::marks);
    Cell::stated(format!("{} {marks}", side.shown.iter().map(name).collect::<Vec<_>>().join("; ")))
}

fn line(said: &Said) -> String {
    format!("{} {}", said.phrase(), said.marks()).trim_end().to_owned()
}

fn remarks(cell: Cell, said: &Said) -> Cell {
    let cell = said.formula.iter().fold(cell, |cell, formula| cell.with(Kind::Note, formula.as_str()));
    let cell = said.note.iter().fold(cell, |cell, note| cell.with(Kind::Note, format!("note: {note}")));
    said.caveat.iter().fold(cell, |cell, caveat| cell.with(Kind::Caveat, caveat.as_str()))
}

/// What the measures that stand in both texts count, and their terms in the country's own statistics.
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
