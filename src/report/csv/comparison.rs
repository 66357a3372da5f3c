//! A comparison as flat records: the summary, the entries, the sources, the data files.

use std::io::Write;

use crate::report::csv::sheet::{Sheet, bound, row};
use crate::report::view::{ComparisonView, Entry, Group, SideView, Subject, ValueView};

/// The columns of one side.
const SIDE: [&str; 9] = ["value", "low", "high", "period", "scope", "source", "source_title", "caveat", "also"];

/// The columns before and after those of the sides.
const HEAD: [&str; 5] = ["section", "family", "measure", "label", "unit"];
const TAIL: [&str; 9] = [
    "answer",
    "says",
    "parts",
    "limits",
    "difference_low",
    "difference_high",
    "key",
    "left_hospital",
    "right_hospital",
];

pub(super) fn write<W: Write>(sheet: &mut Sheet<W>, view: &ComparisonView) -> csv::Result<()> {
    let side = |name: &str| SIDE.map(|head| format!("{name}_{head}"));
    row(sheet, &[&HEAD.map(str::to_owned)[..], &side("left"), &side("right"), &TAIL.map(str::to_owned)].concat())?;
    let ids = view.hospitals.each_ref().map(|who| who.id.clone());
    for line in &view.summary {
        remark(sheet, "Summary", "", line, &ids)?;
    }
    for entry in &view.entries {
        // Each name of a one-sided list has its own record.
        let split = if entry.subject == Subject::Names { named(entry) } else { vec![entry.clone()] };
        split.iter().try_for_each(|entry| record(sheet, view, entry, &ids))?;
    }
    for source in &view.sources {
        remark(sheet, "Source", &source.id, &source.text, &ids)?;
    }
    view.data_files.iter().try_for_each(|line| remark(sheet, "Data file", "", line, &ids))
}

/// The record of an entry.
fn record<W: Write>(sheet: &mut Sheet<W>, view: &ComparisonView, entry: &Entry, ids: &[String; 2]) -> csv::Result<()> {
    let measures: Vec<&str> = entry.measures.iter().map(|one| one.id.as_str()).collect();
    let units: Vec<&str> = entry.measures.iter().map(|one| one.unit.as_str()).collect();
    let group = view.title(entry.group);
    let head = [group, &entry.heading, &measures.join(" | "), &entry.title(), &units.join(" | ")].map(str::to_owned);
    let [left, right] = entry.sides.each_ref().map(|side| cells(view, side));
    let limits: Vec<&str> = entry.limits.iter().map(|limit| limit.text.as_str()).collect();
    let parts: Vec<String> = entry.parts.iter().map(|part| format!("{}: {}", part.label, part.answer.name())).collect();
    let tail = [
        entry.answer.name().to_owned(),
        entry.answer_text.clone(),
        parts.join("; "),
        limits.join("; "),
        bound(entry.difference.map(|one| one.low)),
        bound(entry.difference.map(|one| one.high)),
        entry.key.clone(),
    ];
    row(sheet, &[&head[..], &left, &right, &tail, ids].concat())
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
fn remark<W: Write>(
    sheet: &mut Sheet<W>,
    section: &str,
    label: &str,
    text: &str,
    ids: &[String; 2],
) -> csv::Result<()> {
    let mut cells = vec![String::new(); HEAD.len() + 2 * SIDE.len() + TAIL.len() - 2];
    for (at, text) in [(0, section), (3, label), (HEAD.len(), text)] {
        text.clone_into(&mut cells[at]);
    }
    row(sheet, &[&cells[..], ids].concat())
}

/// The cells of one side of an entry. Several values are joined in each cell.
fn cells(view: &ComparisonView, side: &SideView) -> [String; 9] {
    let join = |cell: &dyn Fn(&ValueView) -> String, by: &str| side.shown.iter().map(cell).collect::<Vec<_>>().join(by);
    let interval = |value: &ValueView| value.figure.as_ref().and_then(crate::catalog::Figure::interval);
    let value = if side.shown.is_empty() { side.missing.to_owned() } else { join(&|value| value.text.clone(), " / ") };
    let also: Vec<String> = side.also.iter().map(|value| also(view, value)).collect();
    [
        value,
        join(&|value| bound(interval(value).map(|one| one.low)), " / "),
        join(&|value| bound(interval(value).map(|one| one.high)), " / "),
        join(&|value| value.when.clone(), " / "),
        join(&|value| scope(value), " / "),
        join(&|value| cited(view, value, |source| &source.id), " / "),
        join(&|value| cited(view, value, |source| &source.title), " / "),
        join(
            &|value| [&value.formula, &value.caveat].into_iter().flatten().cloned().collect::<Vec<_>>().join(" "),
            " / ",
        ),
        also.join("; "),
    ]
}

/// The part that a figure counts; empty for facts and names.
fn scope(value: &ValueView) -> String {
    let whole = || value.figure.as_ref().map_or(String::new(), |_| "whole hospital".to_owned());
    value.part.clone().unwrap_or_else(whole)
}

fn also(view: &ComparisonView, value: &ValueView) -> String {
    let caveat = value.caveat.as_ref().map_or(String::new(), |caveat| format!(", caveat: {caveat}"));
    format!("{} (source: {}{caveat})", value.phrase(), cited(view, value, |source| &source.id))
}

fn cited(view: &ComparisonView, value: &ValueView, of: impl Fn(&crate::report::view::SourceView) -> &String) -> String {
    let named = view.sources.iter().filter(|source| value.sources.contains(&source.number));
    named.map(|source| of(source).clone()).collect::<Vec<_>>().join("; ")
}
