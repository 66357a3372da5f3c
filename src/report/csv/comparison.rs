//! A comparison as flat records: the summary, the entries, the sources, the data files.

use std::io::Write;

use crate::catalog::Figure;
use crate::report::csv::sheet::{Column, Sheet, bound, row};
use crate::report::view::{ComparisonView, Entry, Group, SideView, SourceView, Subject, ValueView};

/// The columns before those of the sides.
const HEAD: [Column<Record>; 5] = [
    ("section", |record| &record.section),
    ("family", |record| &record.family),
    ("measure", |record| &record.measure),
    ("label", |record| &record.label),
    ("unit", |record| &record.unit),
];

/// The columns of one side. Their headings are prefixed with `left_` or `right_`.
const SIDE: [Column<SideRecord>; 11] = [
    ("value", |side| &side.value),
    ("low", |side| &side.low),
    ("high", |side| &side.high),
    ("period", |side| &side.period),
    ("scope", |side| &side.scope),
    ("source", |side| &side.source),
    ("source_title", |side| &side.source_title),
    ("formula", |side| &side.formula),
    ("caveat", |side| &side.caveat),
    ("note", |side| &side.note),
    ("also", |side| &side.also),
];

/// The columns after those of the sides.
const TAIL: [Column<Record>; 9] = [
    ("answer", |record| &record.answer),
    ("answer_text", |record| &record.answer_text),
    ("parts", |record| &record.parts),
    ("limits", |record| &record.limits),
    ("difference_low", |record| &record.difference_low),
    ("difference_high", |record| &record.difference_high),
    ("key", |record| &record.key),
    ("left_hospital", |record| &record.hospitals[0]),
    ("right_hospital", |record| &record.hospitals[1]),
];

/// A record. Fields that do not apply are empty.
#[derive(Default)]
struct Record {
    section: String,
    family: String,
    measure: String,
    label: String,
    unit: String,
    sides: [SideRecord; 2],
    answer: String,
    answer_text: String,
    parts: String,
    limits: String,
    difference_low: String,
    difference_high: String,
    key: String,
    /// The ids of the two hospitals.
    hospitals: [String; 2],
}

/// One side of a record. Several values are joined in each field.
#[derive(Default)]
struct SideRecord {
    value: String,
    low: String,
    high: String,
    period: String,
    scope: String,
    source: String,
    source_title: String,
    formula: String,
    caveat: String,
    note: String,
    also: String,
}

pub(super) fn write<W: Write>(sheet: &mut Sheet<W>, view: &ComparisonView) -> csv::Result<()> {
    let headings = |columns: &[Column<Record>]| columns.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>();
    let side = |side: &str| SIDE.iter().map(|(name, _)| format!("{side}_{name}")).collect::<Vec<_>>();
    row(sheet, [headings(&HEAD), side("left"), side("right"), headings(&TAIL)].concat())?;
    let ids = view.hospitals.each_ref().map(|who| who.id.clone());
    let mut write = |record: Record| {
        let record = Record { hospitals: ids.clone(), ..record };
        let sides = record.sides.iter().flat_map(|side| SIDE.iter().map(move |(_, cell)| cell(side)));
        let [head, tail] = [&HEAD[..], &TAIL[..]].map(|columns| columns.iter().map(|(_, cell)| cell(&record)));
        row(sheet, head.chain(sides).chain(tail))
    };
    view.summary_lines().iter().try_for_each(|line| write(remark("Summary", "", line)))?;
    for entry in &view.entries {
        // Each name of a one-sided list has its own record.
        let split = if entry.subject == Subject::Names { named(entry) } else { vec![entry.clone()] };
        split.iter().try_for_each(|entry| write(record(view, entry)))?;
    }
    view.sources.iter().try_for_each(|source| write(remark("Source", &source.id, &source.text)))?;
    view.data_files.iter().try_for_each(|line| write(remark("Data file", "", line)))
}

/// The record of an entry.
fn record(view: &ComparisonView, entry: &Entry) -> Record {
    let measures: Vec<&str> = entry.measures.iter().map(|one| one.id.as_str()).collect();
    let units: Vec<&str> = entry.measures.iter().map(|one| one.unit.as_str()).collect();
    let limits: Vec<&str> =
        entry.limits.iter().map(|limit| &limit.text).chain(&entry.references).map(String::as_str).collect();
    let parts: Vec<String> = entry.parts.iter().map(|part| format!("{}: {}", part.label, part.answer.name())).collect();
    Record {
        section: view.title(entry.group).to_owned(),
        family: entry.heading.clone(),
        measure: measures.join(" | "),
        label: entry.title(),
        unit: units.join(" | "),
        sides: entry.sides.each_ref().map(|side| side_record(view, side)),
        answer: entry.answer.name().to_owned(),
        answer_text: entry.answer_text.clone(),
        parts: parts.join("; "),
        limits: limits.join("; "),
        difference_low: bound(entry.difference.map(|one| one.low)),
        difference_high: bound(entry.difference.map(|one| one.high)),
        key: entry.key.clone(),
        hospitals: <[String; 2]>::default(),
    }
}

/// An entry for each name of a list.
fn named(entry: &Entry) -> Vec<Entry> {
    let side = usize::from(entry.group == Group::OnlyRight);
    let one = |value: &ValueView| {
        let mut one = entry.clone();
        one.sides[side].shown = vec![value.clone()];
        one
    };
    entry.sides[side].shown.iter().map(one).collect()
}

/// A record with a single text, which is in the column of the left value.
fn remark(section: &str, label: &str, text: &str) -> Record {
    let left = SideRecord { value: text.to_owned(), ..SideRecord::default() };
    let sides = [left, SideRecord::default()];
    Record { section: section.to_owned(), label: label.to_owned(), sides, ..Record::default() }
}

fn side_record(view: &ComparisonView, side: &SideView) -> SideRecord {
    let join = |cell: &dyn Fn(&ValueView) -> String| {
        let cells: Vec<String> = side.shown.iter().map(cell).collect();
        if cells.iter().all(String::is_empty) { String::new() } else { cells.join(" / ") }
    };
    let interval = |value: &ValueView| value.figure.as_ref().and_then(Figure::interval);
    let also: Vec<String> = side.also.iter().map(|value| also(view, value)).collect();
    SideRecord {
        value: if side.shown.is_empty() { side.missing.to_owned() } else { join(&|value| value.text.clone()) },
        low: join(&|value| bound(interval(value).map(|one| one.low))),
        high: join(&|value| bound(interval(value).map(|one| one.high))),
        period: join(&|value| value.when.clone()),
        scope: join(&scope),
        source: join(&|value| cited(view, value, |source| &source.id)),
        source_title: join(&|value| cited(view, value, |source| &source.title)),
        formula: join(&|value| value.formula.clone().unwrap_or_default()),
        caveat: join(&|value| value.caveat.clone().unwrap_or_default()),
        note: join(&|value| value.note.clone().unwrap_or_default()),
        also: also.join("; "),
    }
}

/// The part that a figure counts; empty for facts and names.
fn scope(value: &ValueView) -> String {
    let whole = || value.figure.as_ref().map_or(String::new(), |_| "whole hospital".to_owned());
    value.part.clone().unwrap_or_else(whole)
}

fn also(view: &ComparisonView, value: &ValueView) -> String {
    let remark =
        |name: &str, text: &Option<String>| text.as_ref().map_or(String::new(), |text| format!(", {name}: {text}"));
    let remarks = remark("caveat", &value.caveat) + &remark("note", &value.note);
    format!("{} (source: {}{remarks})", value.phrase(), cited(view, value, |source| &source.id))
}

fn cited(view: &ComparisonView, value: &ValueView, of: impl Fn(&SourceView) -> &String) -> String {
    let named = view.sources.iter().filter(|source| value.sources.contains(&source.number));
    named.map(|source| of(source).clone()).collect::<Vec<_>>().join("; ")
}
